"""Words of one spelling and two sounds, told apart by the words around them."""

import re

from earmark.spoken.locales.en_heteronyms import BOTH_SIDES, HETERONYMS, Heteronym
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_WORD = Pattern(
    rf"(?<![\w'’-])(?P<w>{'|'.join(sorted({*HETERONYMS, *map(str.capitalize, HETERONYMS)}, key=len, reverse=True))})(?![\w'’])"
)
_AROUND = 40  # characters on either side that decide


def _heteronym(match: re.Match[str], passage: Passage) -> str | None:
    word = match["w"]
    found = HETERONYMS.get(word) or HETERONYMS[word.lower()]
    if not _asked_for(found, word, passage.before(match.start(), _AROUND), passage.after(match.end(), _AROUND)):
        return None
    return found.said.capitalize() if word[0].isupper() else found.said


def _asked_for(heteronym: Heteronym, word: str, before: str, after: str) -> bool:
    if re.search(heteronym.not_before, before) or re.match(heteronym.not_behind, after):
        return False
    sides = (re.search(heteronym.before, before), re.match(heteronym.behind, after))
    return all(sides) if word.lower() in BOTH_SIDES else any(sides)


_READ = Pattern(
    r"(?i)\b(?:(?:have|has|had|having|’ve|'ve|been|was|were|be|being|is|are|widely|well|never|i|we|they|you|he|she) )(?:(?:also|just|already|recently|widely|once|only|never|ever|always) )?(?P<read>read)\b(?P<after>[^.;!?]{0,60}?\b(?:yesterday|last (?:night|week|month|year)|ago|earlier|in (?:19|20)\d\d)\b)?"
)


def _read(match: re.Match[str], passage: Passage) -> Reading | None:
    helper = match.group().split()[0].lower().lstrip("’'")
    subject = helper in {"i", "we", "they", "you", "he", "she", "never"}
    # "I read" may be now; "he read" is past, or it would have an s.
    if subject and not match["after"] and helper not in {"he", "she"}:
        return None
    if helper in {"he", "she"} and re.search(
        r"(?i)\b(?:can|could|will|would|should|may|might|must|did|does|let|made|helped|help|that) $",
        passage.text[max(0, match.start() - 8) : match.start()],
    ):
        return None
    return Reading(match.start("read"), match.end("read"), "red" if match["read"].islower() else "Red")


HETERONYM = Rule("heteronym", "", _WORD, _heteronym)
READ = Rule("heteronym", "eE", _READ, _read, has=("read", "READ", "Read"))
