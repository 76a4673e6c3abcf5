"""Figures inside larger forms: the shared pieces of patterns, and how the pieces are said."""

import re

from earmark.spoken.locales import words
from earmark.spoken.locales.en_numbers import MAGNITUDES, VULGAR
from earmark.spoken.numbers import fraction, number
from earmark.spoken.passage import Passage

DIGITS = "0123456789"
VULGARS = "".join(VULGAR)
START = r"(?:(?<![\w.,])|(?<=(?<![\w.])c)(?=\d\d))(?<!\d/)(?<![\w£$€]['’])"  # nothing that the figure could be a part of stands before it
NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,3}(?: \d{3}){1,4}(?![\d,])|\d{1,15})(?:\.\d{1,12})?"
FIGURE = rf"(?:{NUMBER}(?: ?[{VULGARS}])?|\.\d{{1,8}}|[{VULGARS}])"
MINUS = r"(?:(?<![\w\d)%.°′″])[-−–‒‐](?=[\d.£$€]))"
DASH = r"(?: ?[-–‒‑‐−] ?|—)"  # a long dash between spaces is a pause
END = r"(?![\w])(?!,\d)(?!\.\d)"
MAGNITUDE = "|".join(sorted(MAGNITUDES, key=len, reverse=True))

DETERMINERS = words(
    """a an the this that its his her their our my your another each every one first second third last new old
    whose per any single record initial average minimum maximum annual proposed planned extra further additional
    massive huge whopping estimated reported whole total potential initial"""
)
FUNCTION_WORDS = words(
    """a an the and or but nor if then than that which who whom whose as at by for from in into of off on onto out
    over per to up upon with within without about above after again against all along already also among around
    away back be because been before behind being below between both can could did do does down during each
    either else even ever every had has have he her here him his how i is it its just last later less like made
    make may me might more most much must my near next no not now once only other our own she should since so
    some still such their them there these they this those though through too toward towards under until us very
    via was we well were what when where while will would yesterday today tomorrow tonight yet you your
    according apart ago altogether each apiece across following despite because compared plus minus versus
    instead"""
)

_AHEAD = re.compile(r"[ -]([^\W\d_][\w’'-]{0,30})")
_BEHIND = re.compile(r"([^\W\d_][\w’'-]{0,30}),?[ (“\"'‘]{1,3}$")


def next_word(passage: Passage, position: int) -> str:
    """Return the word right behind `position`, after a space or a hyphen, "" if another thing stands there."""
    match = _AHEAD.match(passage.text, position)
    return match[1] if match else ""


def previous_word(passage: Passage, position: int) -> str:
    """Return the word right before `position`, "" if there is none."""
    match = _BEHIND.search(passage.text, max(0, position - 36), position)
    return match[1] if match else ""


_ONE_OF = frozenset({" a ", "an ", "a "})
_SAME_AGAIN = re.compile(r"\b(?:an?|the|its|his|her|their|this|that|one|each) \d[\d.,]{0,8}[ -]?[a-z]{1,8} $")
_COUNTED = re.compile(r"(?<![\d.,£$€-])\d{1,3} $")  # "14 30,000lb GBU-57 bombs"
_OWNING = words("the its his her their our new")
_RATED_TOO = re.compile(r" \d[\d.]{0,5}-?[A-Za-z]{1,4} [a-z]")  # "a 6.7in 120Hz screen"
_PEOPLE = words("Mr Mrs Ms Miss Dr Sir Lord Lady Dame Prof President I")
_SHORTENED = words("it he she that there here what who where how")  # "it’s 5km away" is "it is"
# What was done with a sum or along a distance, and no noun behind that.
_DONE = re.compile(
    r" (?:[a-z]{2,12}(?<!e)(?<!sh)(?<!sl)(?<!mop)(?<!seab)(?<!hundr)(?<!infrar)ed|agreed|spent|lost|paid|given|owed|made|taken|left|set aside|cut|sought|won|stolen|held|run|put)"
    r"(?: (?:by|on|to|in|from|for|at|over|under|so|has|have|had|was|were|is|are|will|would|could|last|this|each|every|since|between|during|through|when|out|up|a year)\b|[.,;:)]|$)"
)
_OPENED = frozenset({" “", ' "', " ‘"})
# "a 2.1m-long, 150kg tuna", "a 23cm x 33cm tin"
_LISTED = re.compile(r"[\d½]-?[a-z]{0,3}-[a-z]{3,8}, $|\b(?:an?|the|each|one) \d[\d.]{0,5} ?[a-z]{1,3} ?[x×] ?$")


def _word_at(text: str, position: int) -> str:
    match = _WORD.match(text, position)
    return match.group() if match else ""


_SIZED = re.compile(r"\d[\d,.]{0,7}-([a-z]{2,12}) ")
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,30}")


def attributive(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the quantity at `[start, end)` describes a noun: "a 10km run", "the £5m-a-year job"."""
    text = passage.text
    if text[end : end + 1] in "-‑‐" and text[end + 1 : end + 2].isalpha():
        return True
    if (
        text[start - 1 : start] == "("
        and text[end : end + 1] == ")"
        and _SAME_AGAIN.search(passage.before(start - 1, 30))
    ):
        return _names(next_word(passage, end + 1))  # "a 20cm (8in) tin"
    word = _described(passage, end)
    one_of = text[max(0, start - 3) : start].lower() in _ONE_OF
    if (one_of and _RATED_TOO.match(text, end)) or (
        _names(word) and (one_of or _COUNTED.search(passage.before(start, 6)))
    ):
        return True  # "a 12in Rambo-style knife"
    before = previous_word(passage, start).lower()
    genitive = before.endswith(("’s", "'s")) and before[:-2] not in _SHORTENED
    owned = (before in _OWNING or genitive) and word not in _PEOPLE  # "the £5m Turner prize"
    done = before == "the" and _DONE.match(text, end)  # "the £5m saved has been spent"
    if done or not _names(word) or not (word[0].islower() or (word.isupper() and len(word) > 1) or owned):
        return False
    sub = text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha()  # "sub-£100 phones"
    if sub or _LISTED.search(passage.before(start)):
        return True
    return before in DETERMINERS or genitive


def _described(passage: Passage, end: int) -> str:
    """Return the word that a quantity ending at `end` may describe, "" if there is none."""
    text = passage.text
    if text[end : end + 2] == " (":
        # "the $1tn (£750bn) company": what is in brackets says the same again
        closing = text.find(") ", end, end + 24)
        end = closing + 1 if closing > 0 else end
    word = next_word(passage, end)
    if not word and text[end : end + 2] in _OPENED:
        word = next_word(passage, end + 1) or _word_at(text, end + 2)  # the £22bn “black hole”
    if not word and text[end : end + 2] == ", ":
        # "a £45m, five-year contract": one adjective after the other
        word = next_word(passage, end + 1)
        word = word if "-" in word else ""
        sized = _SIZED.match(text, end + 2)  # "the £15.6bn, 62-mile crossing"
        word = sized[1] if sized else word
    return word


def _names(word: str) -> bool:
    return bool(word) and (word if word.isupper() else word.lower()) not in FUNCTION_WORDS


_MILLION_AFTER = re.compile(
    r" (?:people|km|sq|kg|who|have|has|had|were|are|don['’]t|didn['’]t|did|will|voted|of|more|in|euros|dollars|pounds|years|[a-z]{3,20}s)\b|\+|-a-|-strong"
)
_MILLION_BEFORE = re.compile(
    r"(?i)(?:to|from|by|about|around|some|over|than|nearly|almost|estimated|only|just|another|extra|further|of|the|up to|with"
    r"|has|have|had|reached|sold|cost|costs|for|an?|at|and|between|its|roughly|approximately|attracted|drew|passed|hit|topped"
    r"|exceeded|population|first|last) $"
)


def is_million(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the "m" of the figure at `[start, end)` is millions, where nothing says metres."""
    if _MILLION_AFTER.match(passage.text, end):
        return True
    return bool(_MILLION_BEFORE.search(passage.text, max(0, start - 20), start))


def counted(word: str) -> bool:
    """Tell whether the word is a plural that a figure may count or describe: "1500 jobs", "500ml bottles"."""
    return (
        len(word) > 3  # noqa: PLR2004 (short words ending in s are no plurals)
        and word.islower()
        and word.endswith("s")
        and not word.endswith(("ss", "ous", "us", "’s", "'s"))
        and word not in _NO_PLURALS
    )


_NO_PLURALS = words(
    "this does means always sometimes besides unless across towards afterwards alas less news perhaps downwards upwards onwards was has says goes comes makes shows gives takes sees leaves remains seems needs looks gets brings marks saw versus plus overseas"
)


def say_number(text: str, passage: Passage) -> str:
    """Return the words of a `FIGURE`: "1,234.5", "1½", ".5"."""
    american = passage.american
    text = text.strip()
    if text[-1:] in VULGAR:
        top, bottom = VULGAR[text[-1]]
        name = fraction_words(top, bottom)
        whole = text[:-1].strip()
        return (
            f"{number(whole, american=american)} and {name}"
            if whole
            else name.removeprefix("a ")
            if text == "½"
            else name
        )
    return number(text, american=american)


def fraction_words(top: int, bottom: int) -> str:
    """Return a printed fraction as it is said behind a whole number: "a half", "three quarters", "a third"."""
    words = fraction(top, bottom)
    return "a " + words.removeprefix("one ") if top == 1 else words


def is_one(text: str) -> bool:
    """Tell whether a figure takes the singular."""
    return text.strip() in {"1", "½", "¼", "⅓", "⅛", "⅕"}


def signed(sign: str | None, words: str) -> str:
    """Put "minus" before the words if there is a sign."""
    if sign == "+":
        return f"plus {words}"
    return f"minus {words}" if sign else words
