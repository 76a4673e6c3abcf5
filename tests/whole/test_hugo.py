"""The example site by Hugo: its editions are made of its content, and each page has its player."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest

ROOT = Path(__file__).parents[2]
FRAME = re.compile(r'<iframe class="earmark" src="([^"]+)" title="([^"]+)"')
BASE = "https://example.org/notes/"
PAGES = {
    "posts/the-tide-table": ("the-tide-table", "Listen to: The tide table"),
    "posts/the-west-wind": ("the-west-wind", "Listen to: The west wind"),
    "posts/winter-list": ("winter-list", "Listen to: The winter list"),
}


@pytest.fixture(scope="module")
def hugo(tmp_path_factory: pytest.TempPathFactory, find_checker: Callable[[str], str], command: Path) -> Path:
    """Build the editions and the site, as its page in the documentation says, and return its folder."""
    program = find_checker("hugo")
    site = tmp_path_factory.mktemp("hugo") / "site"
    shutil.copytree(ROOT / "examples/hugo", site, ignore=shutil.ignore_patterns("audio", "public", "resources"))
    build: list[str | Path] = [
        command,
        "build",
        "content",
        "-o",
        "audio",
        "--engine",
        "tone",
        "--cache",
        site / "cache",
        "--plain",
    ]
    steps: tuple[list[str | Path], ...] = (build, [program, "--quiet", "--panicOnWarning"])
    for line in steps:
        done = subprocess.run(line, cwd=site, check=False, capture_output=True, text=True)  # noqa: S603 (the commands under test)
        assert done.returncode == 0, done.stdout + done.stderr
    return site


def test_each_page_has_its_player_and_the_player_its_sound(hugo: Path) -> None:
    public = hugo / "public"
    for page, (slug, title) in PAGES.items():
        text = (public / page / "index.html").read_text()
        ((address, named),) = FRAME.findall(text)
        assert named == title
        place = urljoin(f"{BASE}{page}/", address)
        assert place == f"{BASE}audio/{slug}/embed.html"
        embed = public / place.removeprefix(BASE)
        sounds = re.findall(r'<(?:audio|source)[^>]* src="([^"]+)"', embed.read_text())
        assert sounds
        for sound in sounds:
            assert (embed.parent / urlsplit(sound).path).stat().st_size > 10_000
        assert 'href="/notes/audio/feed.xml"' in text


def test_drafts_and_lists_of_pages_have_none(hugo: Path) -> None:
    assert sorted(path.name for path in (hugo / "audio").iterdir() if (path / "edition.json").exists()) == sorted(
        slug for slug, _ in PAGES.values()
    )
    for page in ("index.html", "posts/index.html"):
        assert not FRAME.findall((hugo / "public" / page).read_text())


def test_the_feed_is_served_beside_them(hugo: Path) -> None:
    feed = feedparser.parse((hugo / "public/audio/feed.xml").read_bytes())
    assert not feed.bozo
    listed = {entry.title: entry.enclosures[0] for entry in feed.entries}
    assert list(listed) == ["The west wind", "The tide table", "The winter list"]
    for enclosure in listed.values():
        sound = hugo / "public" / urlsplit(enclosure.href.removeprefix(BASE)).path
        assert sound.stat().st_size == int(enclosure.length)


def test_shortcodes_are_not_read_aloud(hugo: Path) -> None:
    record = json.loads((hugo / "audio/the-tide-table/edition.json").read_bytes())
    said = " ".join(cue["printed"] for cue in record["cues"])
    assert "A wooden board with two columns of figures" in said
    assert "Nobody is paid to." in said
    assert "{{" not in said
    assert {(left["reason"], left["printed"]) for left in record["omitted"]} == {
        ("shortcode", '{{< tide station="quay" >}}'),
        ("shortcode", "{{< aside >}}"),
    }


def test_what_earmark_keeps_for_itself_is_not_published(hugo: Path) -> None:
    assert (hugo / "audio/.earmark").is_dir()
    assert not list((hugo / "public/audio").glob(".earmark/*"))
