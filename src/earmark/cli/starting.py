"""What `earmark init` does once its arguments are known: asks, then writes what is not there."""

import json
import locale
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

import typer
from msgspec import Struct

from earmark import __version__
from earmark.cli.telling import console
from earmark.errors import SettingsError, WriteError
from earmark.library.inputs.house import web_address
from earmark.readers import READERS
from earmark.settings import FILE_NAME
from earmark.storage.files import write_errors

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ARTICLES = "articles"
_PLACEHOLDER = "https://example.org/audio/"  # RFC 2606: nobody's; the feed works with it on this machine
_WORKFLOWS = {"github": ".github/workflows/audio.yml", "gitlab": ".gitlab-ci.yml"}


class _Question(Struct, frozen=True):
    """One thing to ask: what it is for, what it is if nobody says, and what makes an answer good."""

    name: str
    words: str
    default: Callable[[Mapping[str, str]], str]
    check: Callable[[str], str]


def run(folder: Path, given: Mapping[str, str | None], *, ci: str, ask: bool) -> int:
    """Ask for what is not given, write what is not there, and say what to do next."""
    if folder.exists() and not folder.is_dir():
        raise WriteError("this is no folder", path=folder, hint="Name a folder, or one that is to be made.")
    settings = _settings_there(folder)
    if settings:
        unused = ", ".join(name for name, value in given.items() if value is not None)
        console.note(f"{settings} is there already: left as it is{f', and {unused} not used' if unused else ''}")
    answers = {} if settings else _answers(folder, given, ask=ask and sys.stdin.isatty())
    wrote = 0
    for path, content, purpose in _wanted(folder, answers, settings, ci=ci):
        new = _write(folder / path, content, purpose)
        wrote += new
        if new and path in _WORKFLOWS.values():
            _say_where_from(folder / path)
    if not wrote:
        console.result("nothing to write: everything is there already")
    if answers.get("address") == _PLACEHOLDER:
        console.note(f"{_PLACEHOLDER} stands for your own address: put that into earmark.toml before you publish")
    _say_next(folder)
    return 0


def _settings_there(folder: Path) -> Path | None:
    """Return the earmark.toml that holds already, if there is one."""
    candidates = (folder / _ARTICLES / FILE_NAME, folder / FILE_NAME)
    return next((path for path in candidates if path.exists()), None)


def _questions(folder: Path) -> tuple[_Question, ...]:
    name = re.sub(r"[-_]+", " ", folder.resolve().name).strip()
    return (
        _Question("title", "What is the publication called?", lambda _: name.title() or "Articles", _one_line),
        _Question("language", "Which language are the articles in?", lambda _: _system_language(), _language),
        _Question("author", "Who wrote an article that names nobody?", lambda said: said["title"], _one_line),
        _Question(
            "address",
            "Where will the folder audio/ be on the web? It can be put right later, before you publish.",
            lambda _: _PLACEHOLDER,
            lambda text: web_address(text, "address"),
        ),
    )


def _answers(folder: Path, given: Mapping[str, str | None], *, ask: bool) -> dict[str, str]:
    """Return the answer to each question: given, asked for, or the default. Nothing is written before all are there."""
    said: dict[str, str] = {}
    for question in _questions(folder):
        flag = given[question.name]
        if flag is not None:
            said[question.name] = question.check(flag.strip())
        elif ask:
            said[question.name] = _asked(question, question.default(said))
        else:
            said[question.name] = question.default(said)
    return said


def _asked(question: _Question, default: str) -> str:
    """Ask until the answer is a good one, line by line: nothing is drawn over."""
    while True:
        try:
            text = typer.prompt(question.words, default=default, err=True)
        except typer.Abort:  # Ctrl-C, or nothing more to read
            raise KeyboardInterrupt from None
        try:
            return question.check(str(text).strip())
        except SettingsError as error:
            console.note(f"{error.message}. {error.hint}")


def _one_line(text: str) -> str:
    return " ".join(console.printable(text).split())


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        hint = "Give a tag as en, en-US or pt-BR."
        raise SettingsError(f"{text[:20]!r} is no language", path="command line", key="language", hint=hint)
    return text


def _system_language() -> str:
    """Return the system's language, "en" where it has none."""
    name = (locale.getlocale()[0] or os.environ.get("LANG", "")).partition(".")[0].replace("_", "-")
    return name if _LANGUAGE.fullmatch(name) and len(name.partition("-")[0]) == 2 else "en"  # noqa: PLR2004 (de, not "German" or "C")


def _wanted(
    folder: Path, answers: Mapping[str, str], settings: Path | None, *, ci: str
) -> Iterator[tuple[str, str, str]]:
    """Yield each file that a beginning has: its path, what it holds, and what it is for."""
    if settings is None:
        values = {name: json.dumps(text, ensure_ascii=False) for name, text in answers.items()}
        values["description"] = json.dumps(f"{answers['title']}, to listen to.", ensure_ascii=False)
        text = _filled("earmark.toml", **values, id=json.dumps(str(uuid4())))
        yield f"{_ARTICLES}/{FILE_NAME}", text, "the settings, each with what it does"
    if _has_articles(folder / _ARTICLES):
        console.note(f"there are articles in {folder / _ARTICLES} already: no first one is written")
    else:
        author = json.dumps(answers.get("author") or "The author", ensure_ascii=False)
        text = _filled("first-article.md", author=author, date=_today())
        yield f"{_ARTICLES}/first-article.md", text, "a first article, to hear and to replace"
    if ci in _WORKFLOWS:
        text = _filled(f"{ci}.yml", requirement=_requirement())
        yield _WORKFLOWS[ci], text, "makes the audio at each push, and publishes it"
    yield ".gitignore", _filled("gitignore"), "keeps what is made out of git"


def _filled(name: str, **values: str) -> str:
    text = files("earmark.cli").joinpath("starter", name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _has_articles(folder: Path) -> bool:
    return any(path.suffix.lower() in READERS for path in folder.rglob("*")) if folder.is_dir() else False


def _today() -> str:
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(moment) if moment.isdecimal() else time.time(), tz=UTC).date().isoformat()


def _requirement() -> str:
    """Return what pip installs this very earmark from: the commit where it came from a repository, else its version."""
    found = _origin()
    version = found.get("vcs_info", {})
    if version.get("vcs") == "git" and version.get("commit_id"):
        return f'"earmark @ git+{found["url"]}@{version["commit_id"]}"'
    return f"earmark=={__version__}"


def _origin() -> dict[str, Any]:
    """Return what pip noted of where this earmark came from; nothing where that was an index of packages."""
    try:
        origin = distribution("earmark").read_text("direct_url.json")
    except PackageNotFoundError:  # pragma: no cover (run from a source tree that nobody installed)
        origin = None
    return dict(json.loads(origin)) if origin else {}


def _say_where_from(workflow: Path) -> None:
    """Say what a workflow lacks that was written by an earmark from a folder: no other machine has that one."""
    if "vcs_info" in (origin := _origin()) or not origin:
        return
    console.note(
        f"this earmark came from {console.printable(origin.get('url', 'a file'))}, which no other machine has: "
        f"{workflow} installs earmark {__version__} from where pip looks. If it is not there, put its repository in:"
        ' "earmark @ git+https://…"'
    )


def _write(path: Path, content: str, purpose: str) -> int:
    """Write a file that is not there; return how many that were."""
    with write_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(content)
        except FileExistsError:
            console.note(f"{path} is there already: left as it is")
            _say_what_it_lacks(path, content)
            return 0
    console.result(f"wrote {path}: {purpose}")
    return 1


def _say_what_it_lacks(path: Path, content: str) -> None:
    """Say which lines a .gitignore that is there would need."""
    if path.name != ".gitignore" or not path.is_file():
        return
    has = set(path.read_text(encoding="utf-8", errors="replace").split())
    missing = [line for line in content.splitlines() if line and not line.startswith("#")]
    if not has.intersection(variant for line in missing for variant in (line, line.strip("/"), line.lstrip("/"))):
        console.note(f"to keep what is made out of git, add to it: {' '.join(missing)}")


def _say_next(folder: Path) -> None:
    here = folder.resolve() == Path.cwd()
    console.result("next:")
    if not here:
        console.result(f"  cd {folder}")
    console.result("  earmark build   makes the audio, in audio/")
    console.result("  earmark serve   shows it in a browser, and makes it anew when an article changes")
