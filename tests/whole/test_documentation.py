"""The documentation as a site: built strictly, each page with its sound, each link leading somewhere, and fit for all."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).parents[2]
# The site as `make docs` builds it, but for what takes long and is tested elsewhere.
CHEAP = {
    "VOICE_ENGINE": "tone",
    "OUTPUTS_COVER": "false",
    "OUTPUTS_EPUB": "false",
    "OUTPUTS_TRANSCRIPT": "false",
    "LIBRARY_PUBLISH": "false",
    "NARRATION_TABLE_ROWS": "0",
    "VOICE_RATE": "3",
    "READING_SECONDS": "60",  # however busy the machine is
}


SHORT = 400  # words of a page whose sound is made in every run; that of all pages is made where tests may take long


def written() -> tuple[Path, ...]:
    """Return the documentation's pages as they are written."""
    return tuple(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "comparison")


def built(folder: Path, spoken: Iterable[Path]) -> Path:
    """Build the documentation with the sound of some pages, and return where it is; a warning fails it."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    include = json.dumps([path.relative_to(ROOT / "docs").as_posix() for path in spoken])
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**CHEAP, "CACHE": str(folder / "cache"), "ARTICLES_INCLUDE": include}.items():
            patch.setenv(f"EARMARK_{name}", value)
        build(load_config(str(folder / "mkdocs.yml"), strict=True))
    return folder / "build/docs"


@pytest.fixture(scope="module")
def short() -> frozenset[Path]:
    """Return the pages whose sound is made in every run."""
    found = frozenset(path for path in written() if len(path.read_text("utf-8").split()) < SHORT)
    assert len(found) > 4
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, short: frozenset[Path]) -> Path:
    return built(tmp_path_factory.mktemp("docs"), short)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, LexborHTMLParser]:
    return pages_of(site)


def pages_of(site: Path) -> dict[Path, LexborHTMLParser]:
    """Return the site's pages, without those of the editions."""
    found = (path for path in site.rglob("*.html") if "audio" not in path.relative_to(site).parts)
    return {path: LexborHTMLParser(path.read_text("utf-8")) for path in found if path.name != "404.html"}


def place_of(page: Path) -> Path:
    """Return where a page lies in the site."""
    place = page.relative_to(ROOT / "docs")
    return place.with_name("index.html") if place.name == "index.md" else place.with_suffix("") / "index.html"


def assert_heard(site: Path, path: Path, page: LexborHTMLParser) -> None:
    (frame,) = page.css("p.earmark iframe")
    player = (path.parent / str(frame.attributes["src"])).resolve()
    assert player.is_relative_to(site.resolve() / "audio")
    sound = player.parent / f"{player.parent.name}.mp3"
    assert sound.stat().st_size > 10_000
    assert str(frame.attributes["title"]).startswith("Listen to")


def test_a_page_can_be_listened_to(site: Path, pages: dict[Path, LexborHTMLParser], short: frozenset[Path]) -> None:
    assert pages.keys() == {site / place_of(path) for path in written()}
    for path in short:
        place = site / place_of(path)
        assert_heard(site, place, pages[place])


@pytest.mark.soak
def test_each_page_can_be_listened_to(tmp_path: Path) -> None:
    site = built(tmp_path, written())
    pages = pages_of(site)
    assert len(pages) == len(written())
    for path, page in pages.items():
        assert_heard(site, path, page)


def test_every_link_leads_somewhere(site: Path, pages: dict[Path, LexborHTMLParser]) -> None:
    lost: list[str] = []
    for path, page in pages.items():
        for link in page.css("a[href], link[href], script[src], img[src]"):
            address, anchor = urldefrag(str(link.attributes.get("href") or link.attributes.get("src")))
            assert urlsplit(address).netloc in {"", "www.mkdocs.org"}, (
                path,
                address,
            )  # the theme's own footer
            if urlsplit(address).scheme:
                continue
            target = (path.parent / unquote(urlsplit(address).path)).resolve() if address else path.resolve()
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or not target.is_relative_to(site.resolve()):
                lost.append(f"{path.relative_to(site)}: {address}")
            elif (
                anchor and target.suffix == ".html" and not re.search(rf'id="{re.escape(anchor)}"', target.read_text())
            ):
                lost.append(f"{path.relative_to(site)}: {address}#{anchor}")
    assert lost == []


def test_the_switch_between_light_and_dark_finds_what_it_switches(pages: dict[Path, LexborHTMLParser]) -> None:
    for page in pages.values():
        assert len(page.css("head style#hljs-light")) == len(page.css("head style#hljs-dark")) == 1


def test_each_page_passes_our_own_rules(command: Path) -> None:
    done = subprocess.run(  # noqa: S603 (the command under test)
        [command, "check", "--articles", "--strict", ROOT / "docs"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
