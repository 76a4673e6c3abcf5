"""Languages in documents: which tags may stand there, and which way they are written."""

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{5,8})*", re.ASCII)
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_SCRIPT = 4


def language_tag(tag: str) -> str | None:
    """Return `tag` if it is a well-formed language tag, else None: a reader's voices are chosen by it."""
    return tag if _TAG.fullmatch(tag) else None


def direction(tag: str) -> str:
    """Return "rtl" or "ltr", by the tag's script if it names one, else by its language."""
    primary, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT and part.isalpha()), "")
    return "rtl" if (script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT) else "ltr"
