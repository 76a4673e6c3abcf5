"""Which words are spelt unlike the rest of their language, so that a voice that guesses is likely to be wrong."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

# Letters beyond a-z that a language's own words have; a voice says any other as it finds it.
_LETTERS = {
    "en": "",
    "de": "äöüß",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúü",
    "it": "àèéìíîòóùú",
    "pt": "ãáàâçéêíõóôúü",
    "nl": "áéëèïóöü",
    "pl": "ąćęłńóśźż",
    "sv": "åäöé",
    "da": "æøåé",
    "nb": "æøåéòô",
}
# How names of other languages are spelt, and English ones are not: Xi, Niamh, Buttigieg, Bordeaux, Ngozi.
_FOREIGN_NAME = re.compile(
    r"^(?:[bdgm]j|mb|mp|n[dgkj]|ts(?!e)|tz|dz|zh|zw|xi|xu|qi|sz|cz|[hfklt]j|vl|sr|gw|pf|kj|schl|schm|schw|ao|eo|oj|woj|sw[aeiou][aeiou])"
    r"|aa|uu|jk|[bdgkmrstv]j|q(?!u|$)|cch|ggi|gli|tsch|schl|schn|sz|cz|rz[ey]|wicz|mh|bh|dh|aoi|eoi|uil"
    r"|(?:eaux?|oux|ieux?|euil|eille|ouille|ois|ij|iej|ieg|[^aeiouy]uz|eci|uci|ck?i|[bdfgklmprstv]j|ovi[cć]|owsk[ia]|zz[aio]|gn[aeo]|ghi|cci|yk|ejk)$"
    r"|[bcdfghjklmnpqrtvwxz]{5}"
)
# And how other words are: fewer shapes, since English has borrowed from everywhere.
_FOREIGN_WORD = re.compile(
    r"^(?:tz|ng|nk|mb|sz|cz|schl|schm(?!uck)|pf|hj|kj|gj|fj|zeit|welt|uber)"
    r"|cch|ggi[ao]|glie|tsch|sch[nw]|freude|q(?!u|$)|(?:eaux|ieux|euil|ouille|ij|ische|cci|ghi|zz[ai]|oisie)$"
)
_ENDINGS = ("", "s", "es", "ed", "ing", "er", "'s", "’s")
_PLAIN = re.compile(r"[a-z]{3,}")


class Spelling:
    """How a language spells, learnt from the words that a voice knows in it."""

    def __init__(self, language: str, known: frozenset[str], ordinary: Iterable[str] = ()) -> None:
        """Learn from the dictionary and from `ordinary` words, in lower case, when first asked."""
        self._language = language.partition("-")[0].lower()
        self._known = known
        self._ordinary = ordinary

    def knows(self, word: str) -> bool:
        """Tell whether the voice has been taught `word`, or what it is the plural or the like of."""
        lower = word.lower()
        return any(lower.endswith(ending) and lower.removesuffix(ending) in self._known for ending in _ENDINGS)

    def is_foreign(self, word: str, *, name: bool) -> bool:
        """Tell whether `word`, or `name`, is spelt as no word of the language is."""
        lower = word.lower()
        own = _LETTERS.get(self._language)
        if own is None:
            return False
        if any(not letter.isascii() and letter.isalpha() and letter not in own for letter in lower):
            return True
        return self._language == "en" and (_FOREIGN_NAME if name else _FOREIGN_WORD).search(lower) is not None

    def is_odd(self, word: str) -> bool:
        """Tell whether some three letters of `word` stand together in no word that is known."""
        return self._language == "en" and not self._threes.issuperset(_threes(word.lower()))

    @cached_property
    def _threes(self) -> frozenset[str]:
        return _threes_of(self._known).union(*map(_threes, self._ordinary))


@lru_cache(maxsize=16)
def _threes_of(words: frozenset[str]) -> frozenset[str]:
    return frozenset(three for word in words for three in _threes(word))


def _threes(word: str) -> list[str]:
    if not _PLAIN.fullmatch(word):
        return []
    edged = f"_{word}_"
    return [edged[at : at + 3] for at in range(len(edged) - 2)]
