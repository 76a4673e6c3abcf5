"""Writes the reference of the documentation from the code that it describes: `make reference`.

What the code doesn't say of itself (what a published file is for, what a problem means) stands in reference.toml, and
a code or key that is not there ends the run with its name.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import typer
from msgspec import Meta

import earmark
from earmark import engines, options
from earmark.checks.options import LEVELS, CheckOptions
from earmark.cli import exits, schema
from earmark.cli.app import app
from earmark.cli.telling import report
from earmark.engines.options import Prices, kind_of
from earmark.errors import EngineError
from earmark.readers import READERS, metadata
from earmark.settings import ENVIRONMENT_PREFIX, SECRET_PREFIX, Settings
from earmark.writers.record import media_type

DOCS = Path(__file__).parent
SOURCE = Path(earmark.__file__).parent
_BAR = r"\|"
_MARKS = re.compile(r"[*_\[\]\\]")
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")

# What the code doesn't say of itself: what each file, key and problem is for.
TOLD: Mapping[str, Any] = tomllib.loads((DOCS / "reference.toml").read_text("utf-8"))


def main() -> None:
    """Write every page anew, and the published schemas."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def pages() -> dict[Path, str]:
    """Return the text of each generated file by its path."""
    reference = DOCS / "reference"
    return {
        reference / "commands.md": commands(),
        reference / "settings.md": settings(),
        reference / "front-matter.md": front_matter(),
        reference / "files.md": files(),
        reference / "exit-codes.md": exit_codes(),
        reference / "problems.md": problems(),
        DOCS / "check.md": check(),
        DOCS / "earmark.schema.json": schema.schema().decode(),
        DOCS / "report.schema.json": report.schema().decode(),
    }


def table(header: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; a bar in a cell stays text."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', _BAR) for cell in line)} |\n" for line in lines)


def _plain(text: str) -> str:
    """Return a text with nothing in it that Markdown would take for a mark, but for code."""
    parts = text.split("`")
    for at in range(0, len(parts), 2):
        parts[at] = _MARKS.sub(r"\\\g<0>", parts[at]).replace("<", "&lt;")
    return "`".join(parts)


def page(title: str, *parts: str) -> str:
    """Return a whole page."""
    return "\n".join((f"# {title}\n", *(f"{part.strip()}\n" for part in parts if part.strip())))


# Commands.


def commands() -> str:
    """Return the page of all commands and their options."""
    group: Any = typer.main.get_command(app)
    parts = [_COMMANDS]
    for name, command in _commands_of(group):
        parts.append(f"## `earmark {name}`")
        parts.append(_reflowed(command.help or ""))
        context = typer.Context(command, info_name=f"earmark {name}")
        parts.append(f"```text\n{' '.join(command.get_usage(context).removeprefix('Usage: ').split())}\n```")
        parts.append(table(("Argument or option", "What it does"), _options(command, context)))
    return page("Commands", *parts)


def _commands_of(group: Any, under: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command by what is typed for it, those that belong to another behind that."""
    for name, command in group.commands.items():
        yield f"{under}{name}", command
        yield from _commands_of(command, f"{under}{name} ") if hasattr(command, "commands") else ()


_COMMANDS = """
Every command takes `--help`, and `earmark --version` prints the version. Results go to standard output, everything else
to standard error. How each ends is told in [Exit codes](exit-codes.md).

These variables of the environment hold for all of them: `NO_COLOR` (no colours); `ACCESSIBLE=1`, `CI` or `TERM=dumb`
(the same as `--plain`); `EARMARK_CACHE` (where spoken clips are kept); `SOURCE_DATE_EPOCH` (the feed's `lastBuildDate`).
[Settings](settings.md) can come from the environment too.
"""


def _options(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        if parameter.param_type_name == "option":
            names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
            kind = "" if parameter.is_flag or parameter.count else f" `{_metavar(parameter, context)}`"
            text = parameter.help or ""
        else:
            names, kind = f"`{_metavar(parameter, context)}`", ""
            text = getattr(parameter, "help", "") or ""
        yield f"{names}{kind}", " ".join((*_plain(text).split(), *_default(parameter)))


def _metavar(parameter: Any, context: Any) -> str:
    text = str(parameter.metavar or parameter.make_metavar(context))
    return "`, `".join(text.strip("<>[]").split("|"))


def _default(parameter: Any) -> Iterator[str]:
    default = parameter.default
    if isinstance(default, str | int | float) and not isinstance(default, bool) and default != "":
        yield f"Default: `{default}`."


def _reflowed(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.replace("\b", "").split("\n\n"))


# Settings.


def settings() -> str:
    """Return the page of all settings: every key, its type, its default and what it sets."""
    parts = [_SETTINGS]
    for field in msgspec.structs.fields(Settings):
        if field.name == "check":
            parts += ["## `[check]`", _CHECK]
        elif field.name == "engines":
            continue
        else:
            parts += [f"## `[{field.encode_name}]`", _doc(field.type), _settings(field.encode_name)]
    parts += ["## `[engines.NAME]`", _ENGINES, table(_HEADER, map(_setting, _fields(Prices)))]
    for name in engines.OWN:
        try:
            kind = kind_of(name)
        except EngineError:  # it needs an extra that is not installed here
            continue
        if kind is not None and _fields(kind):
            parts += [f"### `[engines.{name}]`", table(_HEADER, map(_setting, _fields(kind)))]
    return page("Settings", *parts)


_HEADER = ("Key", "Value", "Default", "What it sets")
_SETTINGS = f"""
Settings stand in `earmark.toml`, in the folder of the articles or above it. Every key has a default, so the file may be
empty or missing. An unknown key or a wrong value is an error that names the file and the key, with the near miss.

A flag of a command goes before the environment, that before `earmark.toml`, and that before the default. In the environment a
setting is called `{ENVIRONMENT_PREFIX}SECTION_KEY`: `{ENVIRONMENT_PREFIX}VOICE_RATE=1.2` sets `rate` in `[voice]`. `earmark settings` lists
what is in force, and where each value comes from. For editors there is a
[JSON Schema of earmark.toml](../earmark.schema.json), which a first line `#:schema ./earmark.schema.json` names.
"""
_CHECK = """
How much each finding of `earmark check` matters: `"error"`, `"warning"` or `"off"`. The keys are the codes of the findings,
and [What `earmark check` finds](../check.md) lists them all with their defaults.
"""
_ENGINES = f"""
An engine's own options stand in a section of its name, or in the environment as `{ENVIRONMENT_PREFIX}ENGINES_NAME_KEY`. A
secret has no place in settings: engines read it from the variable `{SECRET_PREFIX}NAME`, and nothing ever shows it.
These two can be set for every engine:
"""


def _doc(kind: Any) -> str:
    return _reflowed(kind.__doc__ or "")


def _fields(kind: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _settings(section: str) -> str:
    kind = next(field.type for field in _fields(Settings) if field.encode_name == section)
    return table(_HEADER, map(_setting, _fields(kind)))


def _setting(field: msgspec.structs.FieldInfo) -> tuple[str, str, str, str]:
    default = field.default if field.default is not msgspec.NODEFAULT else None
    if default is None and field.default_factory is not msgspec.NODEFAULT:
        default = field.default_factory()
    shown = "none" if default is None else f"`{msgspec.json.encode(default).decode()}`"
    text = options.description(field.type)
    return f"`{field.encode_name}`", _value(field.type), shown, _plain(text)


_WORDS: Mapping[object, str] = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}


def _value(kind: Any) -> str:
    """Return what a setting may be, with its bounds."""
    notes = [item for item in get_args(kind)[1:] if isinstance(item, Meta)]
    base = get_args(kind)[0] if notes else kind
    if notes and any(isinstance(item, Meta) for item in get_args(base)[1:]):  # bounds that several keys share
        return _value(base)
    if get_origin(base) is Literal:
        return ", ".join(f"`{msgspec.json.encode(one).decode()}`" for one in get_args(base))
    if get_origin(base) is tuple:
        return "list of texts"
    if get_origin(base) is dict:
        return "pairs of texts"
    low = next(
        (note.ge if note.ge is not None else note.gt for note in notes if (note.ge, note.gt) != (None, None)), None
    )
    high = next((note.le for note in notes if note.le is not None), None)
    above = any(note.gt is not None for note in notes)
    bounds = [f"{'more than' if above else 'from'} {low}"] if low is not None else []
    bounds += [f"to {high}"] if high is not None else []
    return " ".join((_WORDS.get(base, "text"), *bounds))


# Front matter, files, exit codes, problems.


def front_matter() -> str:
    """Return the page of the keys that an article's front matter may have."""
    by_field: dict[str, list[str]] = {}
    for key, (field, _) in metadata._KEYS.items():  # noqa: SLF001 (the table itself, so that nothing is told twice)
        by_field.setdefault(field, []).append(key)
    rows = [
        (f"`{names[0]}`", ", ".join(f"`{name}`" for name in names[1:]), TOLD["front-matter"][field])
        for field, names in by_field.items()
    ]
    suffixes = ", ".join(f"`{suffix}`" for suffix in sorted(READERS))
    return page(
        "Front matter", _FRONT_MATTER.format(suffixes=suffixes), table(("Key", "Also written", "What it is"), rows)
    )


_FRONT_MATTER = """
What stands above an article: YAML between `---` lines, TOML between `+++` lines, or a JSON object. Nothing in it is needed.
Keys that are not in this table are left to other programs; one that looks like a slip of these is told. Upper and
lower case are the same. Where several names stand for one thing, the first that is given counts.

Articles are files whose names end in {suffixes}.
"""


def files() -> str:
    """Return the page of every file that is published."""
    header = ("File", "Type", "What it is", "Made where")
    return page(
        "Published files",
        _FILES,
        "## In the folder of an edition",
        table(header, map(_file, TOLD["edition-files"])),
        "## In the folder of all editions",
        table(header, map(_file, TOLD["folder-files"])),
        _KEPT,
    )


def _file(told: Mapping[str, Any]) -> tuple[str, str, str, str]:
    made = " is on and ".join(f"`{one}`" for one in told.get("on", ()))
    return f"`{told['name']}`", f"`{media_type(told['name'])}`", told["what"], f"{made} is on" if made else "always"


_FILES = """
Each article becomes a folder, named by its slug: `slug` in its front matter, else its file's name, and for an `index.md` the
name of its folder. These names are a contract: other programs may count on them.
"""
_KEPT = """
`.earmark/` beside them is what earmark remembers from run to run. It is not to be published, and can always be made again.
"""


def exit_codes() -> str:
    """Return the page of the codes that a command may end with, and of the errors behind them."""
    codes = sorted(value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int))
    rows = [(str(code), exits.MEANINGS[code]) for code in codes]
    errors = sorted((code, kind.__name__, _summary(kind)) for kind, code in exits.CODES.items())
    return page(
        "Exit codes",
        "Where several apply, the first of these counts: "
        + ", ".join(str(exits.combined([*rest])) for rest in _orders(codes))
        + ".",
        table(("Code", "Meaning"), rows),
        "## Which error ends with which",
        "For those who use earmark's packages from Python; each is a class of `earmark.errors` or near it.",
        table(("Error", "Code", "What it is"), ((f"`{name}`", str(code), text) for code, name, text in errors)),
    )


def _orders(codes: list[int]) -> Iterator[list[int]]:
    """Yield what is left of the codes after each strongest one, so that the order itself is asked of the code."""
    left = [code for code in codes if code != exits.OK]
    while left:
        yield left
        left = [code for code in left if code != exits.combined(left)]


def _summary(kind: type) -> str:
    return _plain(" ".join((kind.__doc__ or "").strip().partition("\n\n")[0].split()))


def problems() -> str:
    """Return the page of the problems that are told but are none of `check`'s."""
    codes = sorted(problem_codes() - set(LEVELS))
    missing = [code for code in codes if code not in TOLD["problems"]]
    if missing:
        sys.exit(f"the reference: say in docs/reference.toml what these mean: {', '.join(missing)}")
    return page(
        "Problems that a build tells",
        _PROBLEMS,
        table(("Code", "What it is"), ((f"`{code}`", TOLD["problems"][code]) for code in codes)),
    )


_PROBLEMS = """
A build says what it could not take as it is written, with file and line; `edition.json` and the build's report keep it,
each with its code. Most codes are findings of `earmark check` too, and [What `earmark check` finds](../check.md) explains them.
These are told by a build alone:
"""


@cache
def problem_codes() -> frozenset[str]:
    """Return every code of a problem that the source code names."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "examining.py":  # what `earmark doctor` finds is of the machine
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [word.value for word in node.keywords if word.arg == "code"]
            if name.lower().strip("_") in {"problem", "fault"}:
                given += node.args[:1]
            found |= {str(one.value) for one in given if isinstance(one, ast.Constant)}
    return frozenset(code for code in found if _CODE.fullmatch(code))


def check() -> str:
    """Return the page of `earmark check` with its table of codes as they are now."""
    text = (DOCS / "check.md").read_text("utf-8")
    start = text.index("| code | level |")
    end = text.index("\n\n", start) + 1
    meanings = {field.encode_name: options.description(field.type) for field in _fields(CheckOptions)}
    rows = ((f"`{code}`", level, meanings[code]) for code, level in LEVELS.items())
    return text[:start] + table(("code", "level", "what it is"), rows) + text[end:]


if __name__ == "__main__":
    main()
