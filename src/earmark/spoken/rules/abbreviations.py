"""Abbreviations: titles, saints and streets, numbers and pages, initials without a full stop's pause."""

import re

from earmark.spoken.letters import spell
from earmark.spoken.locales import words
from earmark.spoken.locales.en_abbreviations import ANYWHERE, NEEDS_DOT, NUMBERED, NUMBERED_DOTTED, ONLY_DOTTED
from earmark.spoken.locales.en_counties import COUNTIES, IRISH_COUNTIES, ONLY_COUNTIES
from earmark.spoken.locales.en_states import STATES
from earmark.spoken.locales.en_titles import DOTTED_TITLES, NUNS, SAINTS, STREETS, TITLES
from earmark.spoken.locales.endings import ENGLISH
from earmark.spoken.numbers import cardinal, digits
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import next_word


def _any(words: object) -> str:
    return "|".join(re.escape(str(word)) for word in sorted(words, key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


_TITLE = Pattern(
    rf"(?<![\w.’'-])(?P<t>{_any(TITLES)})(?P<dot>\.)?(?= ?[A-ZÀ-ÞŁŚŻŽ“\"‘]|-[A-Z]| \d(?:st|nd|rd|th) [A-Z]| (?:and|&) (?:M|D)[a-z]{{1,2}}\b|(?<=[a-z] [CGH][a-z]{2})$)(?! ?[A-Z]{{4}})"
)


def _title(match: re.Match[str], passage: Passage) -> str | None:
    title, dot = match["t"], match["dot"]
    nun = title == "Sr" and next_word(passage, match.end()) in NUNS
    if (title in DOTTED_TITLES and not dot and not nun) or (title == "Sr" and not nun):
        return None  # "Sr. Director", "King Sr. said"
    text = passage.text
    if text[match.end() : match.end() + 1] != " ":
        if not dot:
            return None
        return TITLES[title].capitalize() + " " if match.start() == 0 else TITLES[title] + " "
    if title in STREETS and re.search(r"\d", passage.before(match.start(), 30)) and _street_before(text, match.start()):
        return None
    if title == "Gen" and re.match(r" (?:[XYZ]|Alpha|Beta)\b", text[match.end() : match.end() + 7]):
        return "Gen"  # as those who are of it say
    words = TITLES[title]
    return words.capitalize() if match.start() == 0 and title != "Messrs" else words


_LOWER_TITLE = Pattern(r"(?<![\w.’'-])(?P<t>mr|mrs|ms|dr|prof)\.(?= [a-z])")


def _lower_title(match: re.Match[str], _passage: Passage) -> str:
    return TITLES[match["t"].capitalize()]


_PLACE = Pattern(rf"(?<![\w.’'-])(?P<t>{_any(STREETS)})(?P<dot>\.)?(?![\w’'])")
_SAINT = Pattern(r"(?<![\w.’'-])(?P<st>St|Sts)(?P<dot>\.)?(?P<gap> ?|-)(?P<name>[A-Z][\w’'-]{0,30})")


def _street_before(text: str, position: int) -> bool:
    """Tell whether a street's own name stands before: "Baker St", "42nd St", not "In St"."""
    before = re.search(
        r"(?P<number>\d )?(?:(?:[NSEW]\.? )?(?P<name>[A-Z][\w’']{1,30}|\d{1,3}(?:st|nd|rd|th)|[A-Z]),? )$",
        text[max(0, position - 40) : position],
    )
    if not before:
        return False
    return before["name"] not in _OPENERS


_OPENERS = words(
    """The In At On By From To Of And But For With Near St Saint When While As Street Road Is Was Dear Our Old New
    Then Visit"""
)


def _saint(match: re.Match[str], passage: Passage) -> str | None:
    text = passage.text
    if not match["gap"] and not match["dot"]:
        return None
    known = match["name"].rstrip("'’") in SAINTS or match["name"].removesuffix("'s").removesuffix("’s") in SAINTS
    if not known and _street_before(text, match.start()):
        return None
    return f"{'saints' if match['st'] == 'Sts' else 'Saint'}{match['gap'] or ' '}{match['name']}"


def _street(match: re.Match[str], passage: Passage) -> str | None:
    if not _street_before(passage.text, match.start()):
        return None
    if match["t"] in {"Cl", "Ct", "Pl", "Av", "Ste"} and not re.search(r"\d|['’]s $", passage.before(match.start())):
        return None
    return STREETS[match["t"]] + _kept(match, passage)


def _kept(match: re.Match[str], passage: Passage) -> str:
    """Keep the full stop of an abbreviation that also ends its sentence."""
    if not match.group().endswith("."):
        return ""
    return "." if passage.ends(match.end()) else ""


_NUMBERED = Pattern(
    rf"(?<![\w.’'&-])(?P<n>{_any(NUMBERED)})(?P<dot>\.)?(?P<gap> ?)(?=\d|#\d|[A-Z]{{1,4}}/\d|[IVXL]{{1,5}}\b|(?<= )[ivxl]{{2,6}}\b|(?<= )[ivxl]{{1,6}}[-–])"
)


def _numbered(match: re.Match[str], passage: Passage) -> str | None:
    name, dot = match["n"], match["dot"]
    if dot and name in {"No", "no"} and _SPEAKER.match(passage.text, match.end()):
        return None  # "No. I never did.": the sentence ends
    if name in NUMBERED_DOTTED and not dot:
        return None
    if not dot and not match["gap"] and name not in {"p", "pp", "Mk", "No", "№", "§", "§§", "¶", "Nº", "N°"}:
        return None
    return NUMBERED[name] + (" " if dot or match["gap"] or not name.isalpha() else "")


_SPEAKER = re.compile(r"I(?:[’']|,? [a-z])(?!f (?:the|a)\b)")
# Of an Act of Parliament: "under s 23", "s18 wounding".
_SECTION = Pattern(
    r"(?:(?P<led>(?<=under )|(?<=Under )|(?<=denies )|(?<=to ))ss?|(?<![\w.’'-])s)\.? ?(?P<n>\d{1,3}[A-Z]?)(?(led)(?!\w)|(?= (?:of the|wounding|notices?|orders?|powers?|GBH)\b))"
)


def _section(match: re.Match[str], _passage: Passage) -> str:
    several = match.group().startswith("ss")
    number, letter = match["n"].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), match["n"][-1:]
    return f"section{'s' if several else ''} {cardinal(int(number))}{'' if letter.isdigit() else ' ' + letter}"


_PAGES = Pattern(r"(?<![\w&.’'-])(?P<p>pp?)\.? ?(?P<a>\d{1,4})(?:[-–](?P<b>\d{1,4}))?(?![\w,-])(?!\.\d)")


def _pages(match: re.Match[str], _passage: Passage) -> str:
    words, last = cardinal(int(match["a"])), match["b"] or ""
    if len(last) < len(match["a"]):
        last = match["a"][: len(match["a"]) - len(last)] + last  # pp 33–5
    return (
        f"pages {words} to {cardinal(int(last))}"
        if match["b"]
        else f"{'pages' if match['p'] == 'pp' else 'page'} {words}"
    )


_LIFE = Pattern(r"(?:(?<=\()(?P<l>[bdr])\.? ?(?=1\d{3}|20\d\d)|(?<=[;,] )(?P<l2>[bd])(?:\.? (?=\d)|\. (?=[A-Z])))")
_LIVES = {"b": "born ", "d": "died ", "r": "reigned "}
_PARTY = Pattern(r"(?<=\()(?P<p>Lab|Con|Lib Dem|C|LD|Ind|Lab/Co-op|PC)(?=, [A-Z])")
_PARTIES = {"Lab": "Labour", "Con": "Conservative", "Ind": "Independent", "Lab/Co-op": "Labour and Co-op"}
# Short before a sum of money, behind a letter, in an address, before an operation's name.
_BESIDE = Pattern(
    r"(?<!\w)(?P<e>[Ee])st\.? (?=[£$€])|(?<=(?<!\w)[A-HS] )(?P<coy>Coy)(?!\w)|(?<=, )(?P<nr>[Nn]r)(?= [A-Z][a-z])|(?P<won>(?<=\ban )inns(?= and \d))|(?<=\()diss(?=[);,])|(?<![\w-])(?<!Co )(?P<op>Op)(?= [A-Z][a-z]{3})"
)


def _beside(match: re.Match[str], _passage: Passage) -> str:
    if match["e"]:
        return f"{match['e']}stimate "
    named = {"coy": "company", "op": "Operation", "nr": "near", "won": "innings"}
    return next((said for group, said in named.items() if match[group]), "dissolved")


_COUNTY = Pattern(
    rf"(?:(?<=, )(?P<c>{_any(COUNTIES)})\.?(?=[.,;:)]|$)|(?:(?<=\bin )|(?<=\bnear ))(?P<in>{_any(ONLY_COUNTIES)})(?![\w.’'-])(?! [A-Z]))"
)
_IRISH = Pattern(rf"(?<![\w.])Co\.?(?= (?:{_any(IRISH_COUNTIES)})\b)")


def _life(match: re.Match[str], _passage: Passage) -> str:
    return _LIVES[match["l"] or match["l2"]]


def _county(match: re.Match[str], passage: Passage) -> str:
    return COUNTIES[match["c"] or match["in"]] + _kept(match, passage)


_ANYWHERE = Pattern(rf"(?<![\w.’'/-])(?P<t>{_any(ANYWHERE)})(?P<dot>\.)?(?![\w/’'-])")
_ONLY_DOTTED = Pattern(rf"(?<![\w.’'-])(?P<t>{_any(ONLY_DOTTED)})\.(?![\w])")


def _anywhere(match: re.Match[str], passage: Passage) -> str | None:
    found = match["t"]
    if found in NEEDS_DOT and not match["dot"]:
        return None
    return ANYWHERE[found] + _kept(match, passage)


def _only_dotted(match: re.Match[str], passage: Passage) -> str | None:
    found, text = match["t"], passage.text
    if found in {"max", "min", "Max", "Min", "co", "ed", "est", "temp", "No", "avg"} and not re.match(
        r" [a-z\d£$€]", text[match.end() : match.end() + 2]
    ):
        return None
    if found == "No" and not re.match(r" \d", text[match.end() : match.end() + 2]):
        return None
    before = passage.before(match.start())
    if found in {"Co", "Sr", "Inc", "Corp"} and not before.strip():
        return None
    return ONLY_DOTTED[found] + _kept(match, passage)


_VERSUS = Pattern(r"(?<=[\w.)’'%,] )v(?P<dot>\.)?(?= [A-Z\d])")


def _versus(_match: re.Match[str], _passage: Passage) -> str:
    return "versus"


# A comma or a postal code makes sure that "IN" and "OR" are states.
_STATE = Pattern(
    rf"(?:(?<=[a-z.], )|(?<=\([DRI]-)|(?<=, [DRI]-)|(?<=\bin )(?=[A-Z][a-z]{{3,5}}\.))(?P<s>{_any(STATES)})(?P<dot>\.)?(?P<zip> (?P<z>\d{{5}})(?:-(?P<z4>\d{{4}}))?)?(?![\w])"
)


_TOWN = re.compile(r"[A-Z][a-z]{3,20}, $")
_CLOSED = re.compile(r"[.,;:)]|$")


def _state(match: re.Match[str], passage: Passage) -> str | None:
    name = match["s"]
    led = passage.before(match.start(), 3) == "in "  # "in Calif.", but the British go to Mass
    if (not name.isupper() and not match["dot"]) or (led and not passage.american):
        return None
    if (
        not match["zip"]
        and not match["dot"]
        and not (
            passage.american
            and _TOWN.search(passage.before(match.start()))
            and _CLOSED.match(passage.after(match.end(), 2))
        )
        and (
            name in {"OK", "OH", "HI", "IN", "OR", "ME", "MS", "CO", "PA", "AI"}
            or passage.after(match.end()).lstrip()[:1].islower()
        )
    ):
        return None
    words = STATES[name]
    if match["z"]:
        words += f" {digits(match['z'])}" + (f", {digits(match['z4'])}" if match["z4"] else "")
    return words + _kept(match, passage)


_INITIALS = Pattern(
    r"(?<![\w.&])(?P<i>(?:[A-ZÀ-Þ]\.[ -]?){1,4})(?=(?:[A-ZÀ-Þ][\w’'-]*[a-z]|(?:van|von|de|du|le|la|di|da) [A-Z]))"
)
_DOTTED = Pattern(r"(?<![\w.&])(?P<l>(?:[A-Za-z]\.){2,6}(?:[A-Za-z](?![\w]))?)(?P<s>['’]?s)?(?![\w])")


def _initials(match: re.Match[str], passage: Passage) -> str | None:
    letters = re.findall(r"[A-ZÀ-Þ]", match["i"])
    before = passage.before(match.start()).rstrip()
    if len(letters) == 1:
        # "Plan B. The": a letter that ends its sentence; and "Q. What?" is no name.
        named = re.search(r"[A-Z][\w’'-]{1,30}$", before)
        if not match["i"].endswith(" ") or (not named and before and before[-1] not in '(“"‘,—–'):
            return None
        if not before and match["i"][0] in "QA":
            return None
        if next_word(passage, match.end() - 1) in ENGLISH.starters:
            return None
    return f"{spell(''.join(letters))} "


def _dotted(match: re.Match[str], passage: Passage) -> str | None:
    letters = match["l"].replace(".", "")
    if not letters.isascii() or letters in {"am", "pm", "ie", "eg"}:
        return None
    if letters.islower() and letters not in {"us", "rpm", "mph", "wpm", "asap", "aka", "uk", "usa"}:
        return None
    joined = letters.upper()
    suffix = "'s" if match["s"] else ""
    kept = "." if match.group().endswith(".") and passage.ends(match.end()) else ""
    if joined in {"US", "UK", "EU", "UN", "USA", "DC", "FBI", "BBC"} and not suffix:
        return joined + kept
    return spell(joined) + suffix + kept


TITLE = Rule("title", "MDPRFSHLCGABJITKW", _TITLE, _title)
LOWER_TITLE = Rule("title", ".", _LOWER_TITLE, _lower_title)
SAINT = Rule("saint", "S", _SAINT, _saint)
STREET = Rule("street", "SRABLDCPHETG", _PLACE, _street)
NUMBERS = Rule("abbreviation", "0123456789IVXLivxl", _NUMBERED, _numbered)
PAGES = Rule("abbreviation", "p", _PAGES, _pages, figures=True)
SECTION = Rule("abbreviation", "s", _SECTION, _section, figures=True)
BESIDE = Rule(
    "abbreviation",
    "",
    _BESIDE,
    _beside,
    has=("est ", "est. ", "Est ", "Est. ", "Coy", "an inns ", "(diss", ", Nr ", ", nr ", "Op "),
)
PARTY = Rule("party", "(", _PARTY, lambda match, _passage: _PARTIES.get(match["p"]))
COUNTY = Rule("county", "", _COUNTY, _county)
IRISH_COUNTY = Rule("county", "C", _IRISH, lambda _match, _passage: "County", has=("Co ", "Co. "))
LIFE = Rule("abbreviation", "(;,", _LIFE, _life, figures=True)
ANY = Rule("abbreviation", "", _ANYWHERE, _anywhere)
DOTTED_ONLY = Rule("abbreviation", ".", _ONLY_DOTTED, _only_dotted)
VERSUS = Rule("versus", "v", _VERSUS, _versus, has=(" v ", " v. "))
STATE = Rule("state", ",(.", _STATE, _state)
INITIALS = Rule("initials", ".", _INITIALS, _initials)
LETTERS = Rule("letters", ".", _DOTTED, _dotted)
