"""Front matter, found and parsed: YAML between `---`, TOML between `+++`, or a JSON object; what it means is metadata's."""

import re
from collections.abc import Mapping

import yaml
from msgspec import Struct, field

from earmark.errors import ReadError

MOST_CHARACTERS = 65_536
MOST_EVENTS = 20_000
MOST_DEPTH = 32
MOST_ALIASES = 16  # enough for a hand, too few for a bomb

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?:[ \t\n]|\Z)")
_WORD = re.compile(r"[\w.-]+\Z")


class _Loader(yaml.SafeLoader):
    """Takes a set as the list that is written: Python's own have another order in each run."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:  # noqa: FBT001, FBT002 (as in its base)
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError) as error:  # a value that is none of what its tag says
            why = str(error) if isinstance(error, ValueError) else f"a value is no {node.tag.rpartition(':')[2]}"
            raise yaml.constructor.ConstructorError(None, None, why, node.start_mark) from None

    def construct_listed(self, node: yaml.Node) -> list[object]:
        if not isinstance(node, yaml.MappingNode):
            raise yaml.constructor.ConstructorError(None, None, "a set is written as keys alone", node.start_mark)
        return [self.construct_object(key, deep=True) for key, _ in node.value]


_Loader.add_constructor("tag:yaml.org,2002:set", _Loader.construct_listed)


class Entry(Struct, frozen=True):
    """One entry of the mapping: its value, the value as written if it is a scalar, and its line.

    `lines` are those of the keys of a value that is a mapping itself.
    """

    value: object
    written: str
    line: int
    lines: Mapping[object, int] = field(default_factory=dict)


class FrontMatter(Struct, frozen=True):
    """What stands above an article: entries by key, and where the article begins."""

    entries: dict[str, Entry]
    end: int  # offset of the first character after it
    lines: int  # how many lines it takes


def split(text: str, *, name: str) -> FrontMatter:
    """Return the front matter of `text`; no entries and an end at 0 where there is none.

    Only a mapping between "---" and "---" or "..." is front matter, and what Hugo knows besides, TOML between "+++"
    and a JSON object: anything else there is text. Raises `ReadError` with the line where it is meant as a mapping
    but can't be read.
    """
    if text.startswith(("+++", "{")):
        from earmark.readers.frontmatter_others import split_others  # noqa: PLC0415 (its parsers are rarely needed)

        return split_others(text, name=name)
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return FrontMatter({}, 0, 0)
    source = text[opening.end() : closing.start()]
    found = FrontMatter({}, closing.end(), text.count("\n", 0, closing.end()))
    if not source.strip():  # a form not filled in, unless there is nothing else: then it is two lines of text
        return found if text[closing.end() :].strip() else FrontMatter({}, 0, 0)
    try:
        entries = _entries(source, name)
    except (yaml.YAMLError, ValueError) as error:
        if not _meant(source):
            return FrontMatter({}, 0, 0)
        raise _broken(error, name) from None
    if entries is None:
        return FrontMatter({}, 0, 0)
    return FrontMatter(entries, found.end, found.lines)


def _meant(source: str) -> bool:
    """Tell whether what can't be parsed was meant as a mapping: it begins with a key."""
    lines = (line for line in source.split("\n") if line.strip() and not line.startswith("#"))
    return _KEY.match(next(lines, "")) is not None


def _entries(source: str, name: str) -> dict[str, Entry] | None:
    if len(source) > MOST_CHARACTERS:
        if _meant(source):
            raise too_large(name)
        return None
    _check_events(source, name)
    loader = _Loader(source)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            return None
        written = {key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
        values = loader.construct_document(node)
    finally:
        loader.dispose()
    keys = [key for key in values if isinstance(key, str)]
    if len(keys) < len(values) or not all(_WORD.match(key) for key in keys):
        prose = not any(_KEY.match(line) for line in source.split("\n"))
        if prose:  # "He said to me: go home" is a mapping to YAML, and a sentence to its author
            return None
    return {
        key: Entry(
            values[key],
            written[key][1].value if key in written and isinstance(written[key][1], yaml.ScalarNode) else "",
            written[key][0].start_mark.line + 2 if key in written else 1,
            _lines(loader, written[key][1]) if key in written else {},
        )
        for key in keys
    }


def _lines(loader: yaml.SafeLoader, node: yaml.Node) -> dict[object, int]:
    """Return the line of each key of a mapping that was constructed; none for any other value."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    scalars = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    return {loader.construct_object(key): key.start_mark.line + 2 for key in scalars}


def _check_events(source: str, name: str) -> None:
    depth = aliases = 0
    for count, event in enumerate(yaml.parse(source, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if count > MOST_EVENTS or depth > MOST_DEPTH or aliases > MOST_ALIASES:
            mark = event.start_mark
            raise too_large(name, mark.line + 2 if mark else None)


def too_large(name: str, line: int | None = None) -> ReadError:
    """Return the error for front matter that would take too long to go through."""
    return ReadError(
        "its front matter is too large, too deep, or repeats itself too often",
        source=name,
        line=line,
        hint="Keep to simple keys, values and lists",
        code="front-matter",
    )


def _broken(error: yaml.YAMLError | ValueError, name: str) -> ReadError:
    line, why = None, str(error)
    if isinstance(error, yaml.MarkedYAMLError):
        ended = "end of stream" in str(error.problem)  # then what was never closed is of more use than the end
        mark = (error.context_mark if ended else None) or error.problem_mark
        line = mark.line + 2 if mark is not None else None
        why = error.problem or error.context or why
    return invalid("YAML", why, name, line, "Put values that hold a colon, a quotation mark or a # in quotes")


def invalid(syntax: str, why: str, name: str, line: int | None, hint: str) -> ReadError:
    """Return the error for front matter that does not follow its own syntax."""
    message = f"its front matter is not valid {syntax}: {' '.join(why.split())}"
    return ReadError(message, source=name, line=line, hint=hint, code="front-matter")
