"""Finds what is opened and never closed, behind which a browser shows nothing more: nobody means that."""

import re
from collections.abc import Iterator

from earmark.article import Problem, Severity
from earmark.readers.elements import STARTING

_ATTRIBUTES = r"(?:[^>=]|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|))*+"
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|(?P<comment>\Z)))"
    r"|<[!?][^>]*+(?:>|(?P<declaration>\Z))"
    rf"|<(?P<raw>script|style|title|iframe|noembed|noframes)(?=[\s/>]){_ATTRIBUTES}(?:\Z|>.*?(?:</(?P=raw)(?=[\s/>])|(?P<text>\Z)))"
    rf"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|(?P<tag>\Z))",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_CONCEALED = re.compile(
    r"(?:^|\s)hidden(?=[\s=/]|\Z)|\bstyle\s*=\s*[\"']?[^\"'>]{0,500}display\s*:\s*none\b", re.IGNORECASE
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_EMPTY = frozenset(
    {"input", "img", "br", "hr", "link", "meta", "source", "col", "area", "embed", "wbr", "param", "track"}
)
_SWALLOWED = re.compile(r"\n.*?<[a-z/]", re.IGNORECASE | re.DOTALL)
_OPENING = re.compile(
    r"<(?:!--|[!?/]|(?:script|style|title|iframe|noembed|noframes|template)\b[^>]*+>?|\w*+)", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*+>?")
_SHOWN = 40  # characters of the opening
_MOST = 10  # problems of one article: what follows is mostly of the same making


def unclosed(html: str, source: str, *, first_line: int) -> tuple[Problem, ...]:
    """Return a problem for each stretch of `html` that is hidden because its tag, quote or comment never ends.

    Where it stands is looked for in `source`, which `html` was made of; `first_line` is its first line in the file.
    """
    problems: list[Problem] = []
    for start, end, hint in (*_hidden(html), *_left_hidden(html)):
        words = len(_WORD.findall(_TAG.sub(" ", _OPENING.sub("", html[start:end], count=1))))
        if not words or len(problems) == _MOST:
            continue
        before, tag_end, _ = html[start : start + _SHOWN].partition("\n")[0].partition(">")
        opening = before.rstrip() + tag_end
        count = f"{words:,} words" if words > 1 else "1 word"
        problems.append(
            Problem(
                "unclosed-html",
                Severity.ERROR,
                f"{opening!r} is never closed: no browser shows what follows (about {count}), and it is not said",
                hint,
                line=_line(source, opening, first_line),
            )
        )
    return tuple(problems)


class _Concealed:
    """An element that its author hides, whose end is looked for."""

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.hint = f"Close it with </{name}>, or take out what hides it."
        self._open = 1

    def ends_at(self, name: str, *, closing: bool) -> bool:
        """Tell whether a tag ends it: its own end tag, or of a paragraph whatever begins a block."""
        if name == self.name:
            self._open += -1 if closing else name != "p"
            return self._open == 0 or (name == "p" and not closing)
        return self.name == "p" and not closing and name in STARTING


def _hidden(html: str) -> Iterator[tuple[int, int, str]]:
    """Yield start and end of what is hidden, and what to do about it."""
    templates: list[int] = []
    for found in _MARKUP.finditer(html):
        name = (found["name"] or found["raw"] or "").lower()
        if found["comment"] is not None:
            yield found.start(), found.end(), 'Close the comment with "-->".'
        elif found["declaration"] is not None or found["tag"] is not None:
            yield found.start(), found.end(), _MISSING
        elif found["text"] is not None:
            yield found.start(), found.end(), f"Close it with </{name}>, or write &lt;{name}> where no tag is meant."
        elif found["attributes"] and _SWALLOWED.search(found["attributes"]):
            yield found.start(), found.end(), _MISSING
        elif name == "template" and found["end"]:
            del templates[-1:]
        elif name == "template":
            templates.append(found.start())
    if templates:
        yield templates[0], len(html), "Close it with </template>."


def _left_hidden(html: str) -> Iterator[tuple[int, int, str]]:
    """Yield what stands in an element that its author hides and does not close."""
    hidden: _Concealed | None = None
    for found in _MARKUP.finditer(html) if "hidden" in html or "display" in html else ():
        name = (found["name"] or "").lower()
        if not name:
            continue
        if hidden is None:
            if name not in _EMPTY and not found["end"] and _CONCEALED.search(found["attributes"] or ""):
                hidden = _Concealed(name, found.start())
        elif hidden.ends_at(name, closing=bool(found["end"])):
            if not found["end"] and _BLANK_LINE.search(html, hidden.start, found.start()):
                yield hidden.start, found.start(), hidden.hint
            hidden = None
    if hidden is not None:
        yield hidden.start, len(html), hidden.hint


_MISSING = 'A quotation mark or a ">" is missing in it; write &lt; where no tag is meant.'


def _line(source: str, opening: str, first_line: int) -> int | None:
    """Return the one line of the source on which `opening` stands, None where several could be meant."""
    at = source.find(opening)
    if at < 0 or source.find(opening, at + 1) >= 0:
        return None
    return source.count("\n", 0, at) + first_line
