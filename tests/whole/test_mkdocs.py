"""A small site built by MkDocs: each page has its player, and its edition is made of its own words."""

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from earmark.errors import SettingsError
from earmark.mkdocs import _plan as plan_in
from earmark.settings import Settings

FRAME = re.compile(r'<p class="earmark"><iframe src="([^"]+)" title="([^"]+)"')
MACRO = "def on_page_markdown(markdown, **_):\n    return markdown.replace('{{ port }}', 'Skerry')\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EARMARK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EARMARK_VOICE_ENGINE", "tone")
    (tmp_path / "macro.py").write_text(MACRO)
    for name, text in {
        "index.md": "Welcome to {{ port }}\n=====================\n\nThe manual begins here.\n",
        "guide/install.md": "# Install it\n\nRun the program.\n\n## Then\n\n![A dial](dial.png)\n",
        "guide/index.md": "Only words.\n",
        "silent.md": "---\naudio: false\n---\n# Silent\n\nNothing.\n",
    }.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "docs/guide/dial.png").write_bytes(
        bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
                      "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")
    )  # fmt: skip
    return tmp_path


Build = Callable[..., dict[str, str]]


@pytest.fixture
def make(site: Path) -> Build:
    """Return what builds the site and gives its pages."""

    def makes(options: str = "", *, strict: bool = False) -> dict[str, str]:
        plugin = f"plugins:\n  - earmark:\n      {options}\n" if options else "plugins: [earmark]\n"
        settings = f"site_name: Manual\nsite_url: https://example.org/manual/\nhooks: [macro.py]\n{plugin}"
        (site / "mkdocs.yml").write_text(settings)
        build(load_config(str(site / "mkdocs.yml"), strict=strict))
        pages = [path for path in (site / "site").rglob("index.html") if "audio" not in path.parts[-3:]]
        return {path.parent.relative_to(site / "site").as_posix(): path.read_text() for path in pages}

    return makes


def test_each_page_has_its_player_and_its_edition(make: Build, site: Path) -> None:
    pages = make()
    for page, slug, title in (
        (".", "home", "Welcome to Skerry"),
        ("guide/install", "guide-install", "Install it"),
        ("guide", "guide", "Index"),
    ):
        (frame,) = FRAME.findall(pages[page])
        target = (site / "site" / page / urlsplit(frame[0]).path).resolve()
        assert target == (site / f"site/audio/{slug}/embed.html").resolve()
        assert target.is_file()
        assert title in frame[1]
        record = json.loads((target.parent / "edition.json").read_text())
        assert (record["title"], record["language"]) == (title, "en")
        assert (target.parent / f"{slug}.mp3").is_file()
    assert '</h1>\n<p class="earmark">' in pages["guide/install"]
    assert not FRAME.findall(pages["silent"])
    assert not (site / "site/audio/silent").exists()
    assert not list((site / "site/audio").glob(".*"))
    assert "https://example.org/manual/audio/home/home.mp3" in (site / "site/audio/feed.xml").read_text()


def test_it_says_what_other_plugins_have_made_of_a_page(make: Build, site: Path) -> None:
    make()
    spoken = (site / "site/audio/home/transcript.txt").read_text()
    assert "Skerry" in spoken
    assert "port" not in spoken
    pictures = list((site / "site/audio/guide-install").glob("picture-*.png"))
    assert len(pictures) == 1


def test_only_what_changed_is_made_again(make: Build, site: Path, caplog: pytest.LogCaptureFixture) -> None:
    make()
    before = (site / "site/audio/guide-install/guide-install.mp3").read_bytes()
    (site / "docs/index.md").write_text("# Welcome\n\nIt begins otherwise.\n")
    with caplog.at_level(logging.INFO, "mkdocs"):
        make()
    made = [line for line in caplog.messages if "made the audio" in line]
    assert len(made) == 1
    assert made[0].endswith("made the audio of index.md")
    assert (site / "site/audio/guide-install/guide-install.mp3").read_bytes() == before


def test_a_page_that_is_gone_takes_its_audio_along(make: Build, site: Path) -> None:
    make()
    (site / "docs/guide/install.md").unlink()
    (site / "docs/guide/dial.png").unlink()
    make()
    assert not (site / "site/audio/guide-install").exists()
    assert not (site / ".earmark/mkdocs/audio/guide-install").exists()
    assert "guide-install" not in (site / "site/audio/feed.xml").read_text()


def test_a_page_that_was_moved_is_told_with_the_line_that_it_needs(
    make: Build, site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make()
    (site / "docs/guide/install.md").rename(site / "docs/guide/setup.md")
    make()
    assert any(re.search(r"guide/setup\.md was guide/install\.md: .* needs id: ", line) for line in caplog.messages)
    assert (site / ".earmark/mkdocs/audio/guide-install").is_dir()


def test_settings_lexicon_and_templates_beside_mkdocs_yml_hold(make: Build, site: Path) -> None:
    (site / "earmark.toml").write_text('[site]\ntitle = "The Manual"\n[outputs]\nepub = false\n')
    (site / "lexicon.toml").write_text('"manual" = "handbook"\n')
    (site / "templates").mkdir()
    (site / "templates/properties.css").write_text(":root { --planted: 1 }")
    make()
    folder = site / "site/audio/home"
    assert not (folder / "home.epub").exists()
    assert "handbook" in (folder / "edition.json").read_text()
    assert "--planted" in (folder / "page.css").read_text()
    assert "The Manual" in (site / "site/audio/feed.xml").read_text()


def test_settings_choose_which_pages_are_heard(make: Build, site: Path) -> None:
    make()
    (site / "earmark.toml").write_text('[articles]\nexclude = ["guide/"]\n')
    pages = make()
    assert FRAME.findall(pages["."])
    assert not FRAME.findall(pages["guide/install"])
    assert not (site / "site/audio/guide-install").exists()
    assert "guide-install" not in (site / "site/audio/feed.xml").read_text()


def test_a_page_that_fails_is_a_warning_and_has_no_player(
    make: Build, site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (site / "docs/bad.md").write_text("---\nslug: Not A Slug\n---\n# Bad\n\nWords.\n")
    pages = make()
    assert not FRAME.findall(pages["bad"])
    assert FRAME.findall(pages["guide"])
    assert any("can't name a folder" in line for line in caplog.messages)
    with pytest.raises(Abort):
        make(strict=True)


def test_it_can_be_left_out_and_the_player_too(make: Build, site: Path) -> None:
    pages = make("enabled: false")
    assert not any(FRAME.findall(text) for text in pages.values())
    assert not (site / "site/audio").exists()
    pages = make("{player: false, out: sound/editions}")
    assert not any(FRAME.findall(text) for text in pages.values())
    assert (site / "site/sound/editions/home/home.mp3").is_file()


@pytest.mark.parametrize("out", ["../outside", "/tmp/outside", "a/../../b", "''"])  # noqa: S108 (to be refused)
def test_audio_stays_in_the_site(make: Build, out: str) -> None:
    with pytest.raises(Abort):
        make(f"out: {out}")


def test_settings_that_are_wrong_end_the_build(make: Build, site: Path) -> None:
    (site / "earmark.toml").write_text("[voice]\nrate = 9\n")
    with pytest.raises(Abort):
        make()


def test_the_environment_holds_as_for_any_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "work" / "articles").mkdir(parents=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("EARMARK_CACHE", "s3://spoken/clips")
    plan = plan_in(site / "work", Settings())
    assert (plan.epoch, plan.shared_cache) == (1_700_000_000, "s3://spoken/clips")
    assert "s3:" not in plan.cache.parts
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(SettingsError, match="is no moment"):
        plan_in(site / "work", Settings())
