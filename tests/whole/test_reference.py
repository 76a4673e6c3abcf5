"""The reference is what the code says now, and lacks nothing that a user can set, type, meet or find."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from earmark.checks.options import LEVELS
from earmark.cli import exits
from earmark.cli.app import app
from earmark.readers import metadata
from earmark.settings import keys
from earmark.writers.formats import WRITERS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """Return docs/reference.py as a module."""
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text("utf-8")


def sections(text: str) -> dict[str, str]:
    """Return what stands under each heading of the second level."""
    parts = re.split(r"^## `?([^`\n]+)`?\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_what_is_committed_is_what_the_code_says(generator: ModuleType) -> None:
    pages: dict[Path, str] = generator.pages()
    stale = [path.relative_to(DOCS).as_posix() for path, text in pages.items() if path.read_text("utf-8") != text]
    assert stale == [], "run `make reference`, and commit what it writes"


def test_every_setting_is_in_it() -> None:
    under = sections(page("settings"))
    check = (DOCS / "check.md").read_text("utf-8")
    missing = [
        f"{section}.{key}"
        for section, key, _ in keys()
        if f"| `{key}` |" not in (check if section == "check" else under[f"[{section}]"])
    ]
    assert missing == []


def commands() -> Iterator[tuple[str, Any]]:
    """Yield each command by its whole name, one that has others inside before these."""
    group: Any = typer.main.get_command(app)
    waiting = list(group.commands.items())
    while waiting:
        name, command = waiting.pop(0)
        yield name, command
        waiting[:0] = [(f"{name} {inner}", one) for inner, one in getattr(command, "commands", {}).items()]


def test_every_command_and_option_is_in_it() -> None:
    under = sections(page("commands"))
    assert list(under) == [f"earmark {name}" for name, _ in commands()]
    for name, command in commands():
        for parameter in command.params:
            names = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]
            for one in names:
                assert f"`{one}`" in under[f"earmark {name}"], (name, one)


def test_every_way_to_end_is_in_it() -> None:
    text = page("exit-codes")
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    assert codes == set(exits.MEANINGS)
    assert codes >= set(exits.CODES.values())
    for code in codes:
        assert re.search(rf"^\| {code} \| \S", text, re.MULTILINE), code
    for error in exits.CODES:
        assert f"| `{error.__name__}` |" in text


def test_every_problem_is_in_it(generator: ModuleType) -> None:
    codes = generator.problem_codes()
    assert {"alt-missing", "unclosed-html", "feed-no-date", "front-matter"} <= codes
    text = page("problems") + (DOCS / "check.md").read_text("utf-8")
    assert [code for code in sorted(codes | set(LEVELS)) if f"| `{code}` |" not in text] == []


def test_every_key_of_front_matter_is_in_it() -> None:
    text = page("front-matter")
    assert [key for key in metadata._KEYS if f"`{key}`" not in text] == []  # noqa: SLF001 (all that there are)


def test_every_published_file_is_in_it(samples: Path) -> None:
    first, _, above = page("files").partition("## In the folder of all editions")
    assert all(f"| `{name}` |" in first for name in WRITERS)
    for folder in (path for path in samples.iterdir() if path.is_dir() and path.name[0] != "."):
        for name in (path.name for path in folder.iterdir()):
            general = re.sub(r"^picture-\d+\.\w+$", "picture-<n>.png", name.replace(folder.name, "<slug>"))
            assert f"| `{general}` |" in first, name
    for path in samples.iterdir():
        assert path.is_dir() or f"| `{path.name}` |" in above, path.name
