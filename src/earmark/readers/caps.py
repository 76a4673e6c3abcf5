"""What a parser is never given: sources made to stall it. Each check is one pass over the text."""

import re

from earmark.errors import ReadError

MOST_ATTRIBUTES = 256  # of one element; lexbor compares each with all before it
MOST_OPEN = 1_000  # elements inside each other; browsers stop at 512
MOST_REOPENED = 3_000_000  # formatting elements that a tree builder would copy into later blocks

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</(?P=raw)|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[^>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+'|))*+)>?",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_ATTRIBUTE = re.compile(r"[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?")
# Elements that end by themselves, or never hold anything.
_SHORT = frozenset(
    [
        "area",
        "base",
        "body",
        "br",
        "caption",
        "col",
        "colgroup",
        "dd",
        "dt",
        "embed",
        "head",
        "hr",
        "html",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "optgroup",
        "option",
        "p",
        "param",
        "rp",
        "rt",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_MARKERS = frozenset(["td", "th", "caption", "object", "applet", "marquee", "template"])
_TWINS = 3  # of the same formatting element; a tree builder keeps no more open


def check_html(html: str, *, name: str) -> None:
    """Raise `ReadError` for markup on which a tree builder takes time or memory out of all proportion."""
    tree = _Outline(name)
    for found in _TAG.finditer(html):
        tag = found["name"]
        if tag is None:
            continue
        if found["end"]:
            tree.end(tag.lower())
        else:
            tree.start(tag.lower(), found)
        if len(found["attributes"]) > MOST_ATTRIBUTES:
            tree.count_attributes(tag.lower(), found["attributes"])


class _Outline:
    """How deep a tree would go and how much it would copy, from its tags alone; never less than it will."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.reopened = 0
        self.on_root = 0  # attributes of <html> and <body>, which a tree builder adds to those it has
        self.formatting: list[tuple[str, list[tuple[str, str]]]] = [("", [])]

    def start(self, tag: str, found: re.Match[str]) -> None:
        if tag in ("html", "body"):
            self.on_root += 1
            if self.on_root > MOST_ATTRIBUTES:
                raise self._refusal("<html> and <body> stand in it too often", "Take them out")
        if tag not in _SHORT:
            self.depth += 1
            if self.depth > MOST_OPEN:
                raise self._refusal(
                    f"more than {MOST_OPEN:,} elements in it are never closed", f"Close <{tag}> where it ends"
                )
        if tag in _MARKERS:
            if tag in ("td", "th", "caption") and self.formatting[-1][0] in ("td", "th", "caption"):
                self.formatting.pop()
            self.formatting.append((tag, []))
        opened = self.formatting[-1][1]
        self.reopened += len(opened)
        if self.reopened > MOST_REOPENED:
            raise self._refusal("too many of its formatting elements are never closed", "Close them where they end")
        if tag in _FORMATTING:
            twin = (tag, found["attributes"])
            if opened.count(twin) < _TWINS:
                opened.append(twin)

    def end(self, tag: str) -> None:
        if tag not in _SHORT and self.depth:
            self.depth -= 1
        if tag in _FORMATTING:
            opened = self.formatting[-1][1]
            last = next((at for at in range(len(opened) - 1, -1, -1) if opened[at][0] == tag), None)
            if last is not None:
                del opened[last]
        elif tag in _MARKERS or tag == "table":
            names = {"td", "th", "caption"} if tag == "table" else {tag}
            if self.formatting[-1][0] in names:
                self.formatting.pop()

    def count_attributes(self, tag: str, attributes: str) -> None:
        count = sum(1 for _ in _ATTRIBUTE.finditer(attributes))
        if tag in ("html", "body"):
            self.on_root += count
        if max(count, self.on_root) > MOST_ATTRIBUTES:
            raise self._refusal(f"<{tag}> has more than {MOST_ATTRIBUTES} attributes", "Take out those of no use")

    def _refusal(self, why: str, hint: str) -> ReadError:
        return ReadError(why, source=self.name, hint=hint)
