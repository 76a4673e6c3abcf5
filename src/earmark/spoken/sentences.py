"""Where sentences end: spans for synthesis and captions, and clause ends within them."""

import re

from earmark.spoken.locales.endings import Endings, endings_for

_CLOSERS = "\"'”’»›«‹“‘)\\]}」』）】*_"
_OPENERS = "\"'“‘«‹([{„‚「『（【*_¿¡—–-"
# A terminator with what closes behind it (quotes, brackets, footnote marks), where a sentence may end.
_CANDIDATE = re.compile(
    rf"(?P<stop>[.!?…]{{1,12}}|[؟۔।॥])(?P<close>(?:[{_CLOSERS}]|[ \u00a0\u202f]»){{0,8}})(?P<note>(?:\[[\w ]{{1,12}}\]){{1,6}}|[¹²³⁰⁴-⁹†‡*]{{1,4}}|(?<=[a-z”\"][.!?”\"])\d{{1,2}})?"
    rf"(?P<close2>[{_CLOSERS}]{{0,4}})(?=\s|$|(?P<glued>(?<=[a-z][.!?])[A-Z][a-z]|(?<=[.!?][”\"])[A-Z][a-z]))"
    rf"|(?P<wide>[。！？｡]{{1,12}}[{_CLOSERS}]{{0,8}})|(?P<line>\n)"
)
_NEXT = re.compile(rf"\s*[{_OPENERS}]{{0,6}}\s?(?P<word>\w[\w’'-]{{0,40}})?")
_BEFORE = re.compile(r"[\w.&’'-]{1,40}$")
_REPORTING = re.compile(r"\s*(?:[A-ZÀ-Þ][\w.’'-]{0,30}\s+){1,4}(?P<verb>[a-zà-ÿ]{3,12})\b")
_NEW_STATEMENT = re.compile(r":| (?:\w{2,12} )?(?:that|how|why|whether)\b")
_SPACED = re.compile(r"(?<!\w)[a-zäöü]\. ?\w$")
_COUNTED = re.compile(r"\d ?[a-z]{2}$")
_OLD_MONEY = re.compile(r"\d[sd]$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.){1,6}[^\W\d_]{1,2}")
_ITEM = re.compile(r"[a-z]\) ")
_NEAR = 8  # characters before a full stop that decide
_DAY = 2  # figures of a day of the month
_NAMED = re.compile(r"[A-Z][\w’']+ \w{2,4}$")
_CLAUSE = re.compile(r"(?:[;:]|,|\s[—–-]|—)[”’\"')]{0,3}(?=\s)")

type_span = tuple[int, int]


def split(text: str, language: str, *, protected: tuple[type_span, ...] = ()) -> tuple[type_span, ...]:
    """Return the spans of the sentences of `text`, in order, trimmed of white space.

    They cover every character but white space. No sentence ends inside a `protected` span (code, an
    abbreviation with full stops, an address). A forced line break ends a sentence where a new one follows.
    """
    endings = endings_for(language)
    spans: list[type_span] = []
    start, closed = 0, 0
    for match in _CANDIDATE.finditer(text):
        end = match.end()
        while closed < len(protected) and protected[closed][1] <= end:
            closed += 1
        if closed < len(protected) and protected[closed][0] < end < protected[closed][1]:
            continue
        if _ends(text, start, match, endings):
            _add(spans, text, start, end)
            start = end
    _add(spans, text, start, len(text))
    return tuple(spans)


def clauses(text: str, limit: int) -> tuple[type_span, ...]:
    """Return spans of at most `limit` characters where the text allows: cut at clauses, else at spaces.

    They cover every character but white space, in order. A word longer than `limit` is cut.
    """
    spans: list[type_span] = []
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit + 1]
        cuts = [match.end() for match in _CLAUSE.finditer(window)]
        cut = cuts[-1] if cuts and cuts[-1] * 3 >= limit else max(window.rfind(" "), window.rfind("\n"))
        if cut <= 0:
            cut = limit
        _add(spans, text, start, start + cut)
        start += cut
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[type_span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends(text: str, start: int, match: re.Match[str], endings: Endings) -> bool:  # noqa: PLR0911 (one return for each way of reading)
    if match["wide"]:
        return True
    after = _NEXT.match(text, match.end())
    word = (after["word"] if after else None) or ""
    if match["line"]:
        line = text[start : match.start()].rstrip()
        return bool(line) and line[-1] not in ",;:—–-(" and not word[:1].islower()
    if match["stop"][0] in "؟۔।॥":
        return True
    if match.end() == len(text):
        return True
    if word[:1].islower() and not match["glued"] and not (after and _ITEM.match(text, after.start("word"))):
        return False
    if match["stop"][0] in "!?":
        return not _reported(text, match, endings)
    if match["stop"] != "." or match["close"] or match["note"]:
        return not (match["close"] and _reported(text, match, endings))
    return _full_stop(text, start, match, word, endings)


def _reported(text: str, match: re.Match[str], endings: Endings) -> bool:
    """Tell whether “Stop!” is followed by who said it: one sentence for the listener."""
    if not match["close"] or match["close"][-1] not in "\"'”’»":
        return False
    after = _REPORTING.match(text, match.end(), match.end() + 120)
    if after is None or after["verb"] not in endings.reporting:
        return False
    return _NEW_STATEMENT.match(text, after.end()) is None  # “No.” She said: “Yes.”


def _full_stop(text: str, start: int, match: re.Match[str], word: str, endings: Endings) -> bool:  # noqa: PLR0911 (one return for each way of reading)
    before = _BEFORE.search(text, max(start, match.start() - 40), match.start())
    last = before.group().strip("'’-") if before else ""
    key = _key(last, endings)
    starts = word in endings.starters
    if key in endings.streets:
        # "St. John" goes on; "10 Downing St. He left" does not.
        return starts and _NAMED.search(text, max(start, match.start() - 40), match.start()) is not None
    near = text[max(start, match.start() - _NEAR) : match.start()]
    if endings.addresses and word[:1].isdigit() and key.endswith(endings.addresses):
        return False
    if key in endings.never:
        # "Ft. Worth" goes on; "it is 5 ft. It is wide" does not.
        return starts and key in endings.lengths and _COUNTED.search(near) is not None
    if key in endings.times:
        return word[:1].isupper() and word not in endings.dates
    if key in endings.numbered and not (len(last) == 1 and last.isupper()):
        return not word[:1].isdigit() and not _roman(word)
    if key in endings.sometimes or _DOTTED.fullmatch(key):
        return starts
    if len(last) == 1 and last.isalpha():
        return _letter(last, word, near, starts=starts, first=near.strip() == last)
    if last.isdigit():
        # "1. First" numbers an item; German "3. Oktober" is an ordinal.
        at_start = near == text[start : match.start()][:_NEAR] and not near.removesuffix(last).strip(" (\n")
        return not at_start and not (endings.ordinal_dot and len(last) <= _DAY and not starts)
    return not (word[:1].isdigit() and _OLD_MONEY.search(near))


def _key(word: str, endings: Endings) -> str:
    """Return an abbreviation as the tables have it, without what is glued to it: "10a.m.", "2010-Dec."."""
    key = word.lower()
    tail = key.rpartition("-")[2]
    if tail in endings.sometimes or tail in endings.lengths:
        return tail  # "2010-Dec.", "30-yr."
    bare = key.lstrip("0123456789.")
    return bare if bare in endings.times else key


def _letter(letter: str, word: str, near: str, *, starts: bool, first: bool) -> bool:
    """Tell whether a sentence ends behind a single letter: an initial, half of "z. B.", the end of "Plan B"."""
    if letter.islower() and len(word) == 1:
        return False  # "z. B.", "p. ej."
    if _SPACED.search(near):
        return starts  # "u. a.", "z. B."
    return not letter.isupper() or (starts and (letter == "I" or not first))


def _roman(word: str) -> bool:
    return bool(word) and all(letter in "IVXLC" for letter in word)
