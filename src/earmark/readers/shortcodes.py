"""Hugo's shortcodes in a Markdown text: a figure becomes a figure, the others are marked as left out.

Hugo works them out before it reads the Markdown, with templates that only the site has. What one stands for is
therefore not known here; its own line is no sentence to read aloud, and what stands between a pair is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from earmark.errors import ReadError

OMITTED = "earmark-shortcode"  # the element around what is not said
MOST = 5_000  # shortcodes of one article

Render = Callable[[str], str]

_OPENS = ("{{<", "{{%")
# Never past where the next one opens, so that one which is not closed costs no more than its own length.
_PIECE = (
    r"(?:(?!\{\{[<%]|[>%]\}\})"
    r"(?:\"(?:[^\"\\{]|\\.|\{(?!\{[<%]))*+\"|`(?:[^`{]|\{(?!\{[<%]))*+`|[^\"`])"
    r")*+"
)
_TAG = re.compile(rf"\{{\{{(?P<sign>[<%])(?P<inside>{_PIECE})[>%]\}}\}}", re.DOTALL)
_NAME = re.compile(r"\s*(?P<close>/?)\s*(?P<name>[\w./-]+)")
_ARGUMENT = re.compile(
    r"(?:(?P<key>[\w-]++)\s*+=\s*+)?(?:\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|`(?P<raw>[^`]*+)`|(?P<bare>[^\s\"`=]++))",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})", re.MULTILINE)
_TICKS = re.compile(r"`+")
_IN_AN_ADDRESS = ("](", "](<", '="', "='", "=")
_MARKED = re.compile(r"[*_`\[<&]")
_PARAGRAPH = re.compile(r"\A\s*<p>(.*)</p>\s*\Z", re.DOTALL)
_WORDY = re.compile(r"[^\w\s]")
_CODE_FENCE = "~~~~~~~~"


@dataclass(frozen=True, slots=True)
class _Shortcode:
    """A shortcode as written: its name, whether it ends a pair, and what it is given."""

    name: str
    closes: bool
    named: Mapping[str, str]
    listed: tuple[str, ...]


def expand(text: str, render: Render, *, name: str, first_line: int = 1) -> str:
    """Return a Markdown text without shortcodes: what they print if that is known, else marked as left out.

    `render` makes HTML of a caption's Markdown; `name` and `first_line` are for errors. Raises `ReadError` for more
    than are read. What stands in code stays as it is.
    """
    if not any(opening in text for opening in _OPENS):
        return text
    pieces: list[str] = []
    last, until = 0, ""
    tags = list(_outside_code(text))
    if len(tags) > MOST:
        line = text.count("\n", 0, tags[MOST][0].start()) + first_line
        raise ReadError(f"it has more than {MOST:,} shortcodes", source=name, line=line, hint="Split it.")
    last_closing = {found.name: at for at, (_, found) in enumerate(tags) if found is not None and found.closes}
    for at, (tag, found) in enumerate(tags):
        if until and not (found is not None and found.closes and found.name == until):
            continue
        before = text[last : tag.start()]
        pieces.append(before.strip("\n") if until else before)
        last = tag.end()
        if found is None:  # {{</* so */>}} shows how one is written
            inside = tag["inside"].removeprefix("/*").removesuffix("*/")
            pieces.append(_literal(f"{{{{{tag['sign']}{inside}{tag['sign'].replace('<', '>')}}}}}"))
        elif until:
            pieces.append(f"\n{_CODE_FENCE}\n\n")
            until = ""
        elif found.name == "highlight" and not found.closes and last_closing.get("highlight", -1) > at:
            until = found.name
            pieces.append(f"\n\n{_CODE_FENCE} {_language(found)}\n")
        else:
            pieces.append(_printed(found, tag[0], text[max(0, tag.start() - 3) : tag.start()], render))
    return "".join((*pieces, text[last:]))


def _outside_code(text: str) -> Iterator[tuple[re.Match[str], _Shortcode | None]]:
    """Yield each shortcode that stands in no code, in order; None for one that is only shown."""
    fence, ticks, last = "", 0, 0
    for tag in _TAG.finditer(text):
        between = text[last : tag.start()]
        for found in _FENCE.finditer(between):
            begins_line = found.start() > 0 or last == 0
            if begins_line and (not fence or (found[1][0] == fence[0] and len(found[1]) >= len(fence))):
                fence = "" if fence else found[1]
        line = between.rfind("\n") + 1
        ticks = (0 if line else ticks) + len(_TICKS.findall(between, line))
        last = tag.end()
        if fence or ticks % 2:
            continue
        inside = tag["inside"].strip()
        if inside.startswith("/*") and inside.endswith("*/"):
            yield tag, None
            continue
        name = _NAME.match(tag["inside"])
        if name:
            yield tag, _read(name, tag["inside"])


def _read(name: re.Match[str], inside: str) -> _Shortcode:
    named: dict[str, str] = {}
    listed: list[str] = []
    for found in _ARGUMENT.finditer(inside, name.end()):
        value = found["raw"] if found["raw"] is not None else found["bare"]
        if found["quoted"] is not None:
            value = _ESCAPED.sub(r"\1", found["quoted"])
        if found["key"]:
            named.setdefault(found["key"], value)
        elif value != "/":
            listed.append(value)
    return _Shortcode(name["name"], bool(name["close"]), named, tuple(listed))


def _printed(found: _Shortcode, written: str, before: str, render: Render) -> str:
    """Return what stands in the article instead of a shortcode."""
    if found.closes or found.name == "earmark":  # the end of a pair prints nothing, and the player is ours
        return ""
    if before.endswith(_IN_AN_ADDRESS):
        return quote(_target(found), safe="/#?&=:;,+@!$~.%-")
    if found.name == "figure" or ("src" in found.named and "alt" in found.named):
        return _figure(found, render)
    if found.name in ("ref", "relref"):
        return _literal(_target(found))
    return f"<{OMITTED}>{_literal(written)}</{OMITTED}>"


def _target(found: _Shortcode) -> str:
    """Return the address that a shortcode in a link leads to, as far as it says."""
    return found.named.get("path") or next(iter(found.listed), "")


def _language(found: _Shortcode) -> str:
    given = found.listed[0] if found.listed else found.named.get("lang", "")
    return "".join(_WORDY.sub("", given).split())


def _figure(found: _Shortcode, render: Render) -> str:
    """Return a figure as Hugo's own shortcode makes it: where it has no `alt`, the caption stands for that too."""
    given = found.named
    source = given.get("src") or next(iter(found.listed), "")
    shown = [_inline(given[key], render) for key in ("title", "caption", "attr") if given.get(key, "").strip()]
    alt = given.get("alt", given.get("caption"))
    words = "" if alt is None else f' alt="{_attribute(alt)}"'
    caption = f"<figcaption>{' '.join(shown)}</figcaption>" if shown else ""
    return f'\n\n<figure><img src="{_attribute(source)}"{words}>{caption}</figure>\n\n'


def _attribute(text: str) -> str:
    return escape(" ".join(text.split()))


def _inline(text: str, render: Render) -> str:
    """Return a caption's Markdown as HTML on one line."""
    line = " ".join(text.split())
    if not _MARKED.search(line):
        return escape(line, quote=False)
    made = " ".join(render(line).split())
    paragraph = _PARAGRAPH.match(made)
    return paragraph[1] if paragraph else made


def _literal(text: str) -> str:
    """Return a text that no Markdown is seen in."""
    return _WORDY.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(text.split())).replace("_", "&#95;")
