"""The gate: every way in which an edition can be unfit is named by its code, and a fit one passes."""

import json
import os
import re
import shutil
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
import pytest

from earmark.checks.options import LEVELS
from earmark.library.build import Plan, build
from earmark.library.gate.check import Scope, check
from earmark.library.gate.deep import look_into
from earmark.library.gate.findings import Inspection
from earmark.library.inputs.choosing import Choice, choose
from earmark.library.inputs.sources import discover
from earmark.library.preview import preview
from earmark.readers import READERS
from earmark.settings import Layer, merge
from earmark.storage.files import PREFIX, SUFFIX
from earmark.writers.record import is_whole, parse

ONE = "---\ntitle: One\nlanguage: en\ntags: [sea]\n---\n\nIt rained. It snowed.\n"
TWO = "# Two\n\nIt was dry.\n\n## After that\n\nIt rained again.\n"
SETTINGS = '[site]\nlanguage = "en"\ntitle = "Weather"\naddress = "https://example.org/audio/"\n'

Checks = Callable[..., Inspection]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two articles and their fresh editions, to be copied."""
    site = tmp_path_factory.mktemp("built")
    (site / "articles").mkdir()
    (site / "articles" / "earmark.toml").write_text(SETTINGS, encoding="utf-8")
    (site / "articles" / "one.md").write_text(ONE, encoding="utf-8")
    (site / "articles" / "two.md").write_text(TWO, encoding="utf-8")
    build(plan(site), tell=lambda _event: None, stop=threading.Event())
    return site


def plan(site: Path, *sources: str, choice: Choice | None = None, **settings: object) -> Plan:
    out = site / "audio"
    named = [site / "articles" / source for source in sources]
    folder = discover(named or [site / "articles"], suffixes=READERS, out=out)
    file = Layer("file", {"site": {"language": "en", "title": "Weather", "address": "https://example.org/audio/"}})
    force = merge(file, Layer("test", {"voice": {"engine": "tone"}, **settings}))
    choice = choice or Choice()
    return Plan(
        folder=choose(folder, named, force.articles, choice),
        settings=force,
        out=out,
        cache=site / "cache",
        jobs=2,
        choice=choice,
    )


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder; times are kept, so that nothing in it is stale."""
    return Path(shutil.copytree(built, tmp_path / "site"))


@pytest.fixture
def checks(site: Path) -> Checks:
    """Return what checks the folder."""

    def run(
        *sources: str, choice: Choice | None = None, deep: bool = False, fix: bool = False, **settings: object
    ) -> Inspection:
        whole = not sources and choice is None
        return check(plan(site, *sources, choice=choice, **settings), Scope(whole=whole, deep=deep, fix=fix))

    return run


def told(inspection: Inspection) -> list[tuple[str, str]]:
    return [(finding.code, finding.source or Path(finding.file).name) for finding in inspection.findings]


def test_fresh_editions_pass_in_either_depth_and_nothing_is_written(site: Path, checks: Checks) -> None:
    before = {path: path.stat() for path in site.rglob("*")}
    for deep in (False, True):
        inspection = checks(deep=deep)
        assert told(inspection) == []
        assert [article.state for article in inspection.articles] == ["fresh", "fresh"]
    after = {path: path.stat() for path in site.rglob("*")}
    assert {path: stat.st_mtime_ns for path, stat in after.items()} == {
        path: stat.st_mtime_ns for path, stat in before.items()
    }


def test_only_stats_where_nothing_has_changed(site: Path, checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = Path.open

    def opens(path: Path, *arguments: object, **named: object) -> object:
        opened.append(str(path))
        return real(path, *arguments, **named)  # type: ignore[call-overload]  # passed on as they come

    monkeypatch.setattr(Path, "open", opens)
    assert told(checks()) == []
    published = [
        name for name in opened if name.startswith((str(site / "audio" / "one"), str(site / "articles" / "one")))
    ]
    assert published == []


def test_a_new_article_is_missing_its_edition(site: Path, checks: Checks) -> None:
    (site / "articles" / "new.md").write_text("# New\n\nHail.\n", encoding="utf-8")
    assert told(checks()) == [("edition-missing", "new.md")]
    (site / "audio" / "new").mkdir()
    assert checks().findings[0].message == "its edition was never finished"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("source", "its article was edited"),
        ("settings", "settings were changed"),
        ("lexicon", "the lexicon says words of it otherwise now"),
    ],
)
def test_a_stale_edition_says_why(site: Path, checks: Checks, change: str, reason: str) -> None:
    settings: dict[str, object] = {}
    if change == "source":
        (site / "articles" / "one.md").write_text(ONE.replace("snowed", "hailed"), encoding="utf-8")
    elif change == "settings":
        settings = {"pauses": {"paragraph": 900}}
    else:
        (site / "articles" / "lexicon.toml").write_text('snowed = "snode"\n', encoding="utf-8")
    finding = checks(**settings).findings[0]
    assert (finding.code, finding.message) == ("edition-stale", f"its edition one is out of date: {reason}")


def test_a_harmed_edition_names_the_file(site: Path, checks: Checks) -> None:
    (site / "audio" / "one" / "captions.vtt").unlink()
    with (site / "audio" / "two" / "two.mp3").open("ab") as file:
        file.write(b"more")
    one, two = checks().findings
    assert (one.code, one.message) == ("edition-harmed", "of its edition one, captions.vtt is gone")
    assert "of its edition two, two.mp3 has " in two.message


def test_an_orphan_is_one_only_in_the_whole_folder(site: Path, checks: Checks) -> None:
    (site / "articles" / "one.md").unlink()
    inspection = checks()
    assert told(inspection)[0] == ("edition-orphaned", "one.md")
    assert inspection.orphans == ("one",)
    assert told(checks("two.md")) == []
    assert told(checks(choice=Choice(only=("two*",)))) == []


def test_what_is_excluded_after_it_was_published_is_told(checks: Checks) -> None:
    inspection = checks(articles={"exclude": ["one.md"]})
    assert [article.source for article in inspection.articles] == ["two.md"]
    assert told(inspection) == [("edition-withdrawn", "one.md")]
    assert inspection.orphans == ("one",)


def test_an_article_that_was_moved_needs_its_id(site: Path, checks: Checks) -> None:
    guid = json.loads((site / "audio" / "one" / "edition.json").read_bytes())["guid"]
    (site / "articles" / "one.md").rename(site / "articles" / "uno.md")
    inspection = checks()
    moved = next(finding for finding in inspection.findings if finding.code == "edition-moved")
    assert moved.source == "uno.md"
    assert moved.hint == f"Write this line into its front matter: id: {guid}"
    (site / "articles" / "uno.md").write_text(ONE.replace("---\n", f"---\nid: {guid}\n", 1), encoding="utf-8")
    assert "edition-moved" not in {code for code, _ in told(checks())}


def test_one_id_for_two_articles_is_told(site: Path, checks: Checks) -> None:
    for name in ("one", "two"):
        path = site / "articles" / f"{name}.md"
        text = path.read_text("utf-8").removeprefix("---\n")
        end = "" if name == "one" else "---\n"
        path.write_text(f"---\nid: same\n{end}{text}", encoding="utf-8")
    build(plan(site), tell=lambda _event: None, stop=threading.Event())
    assert told(checks()) == [("front-matter", "two.md")]


def test_an_edition_whose_article_wants_none_is_told(site: Path, checks: Checks) -> None:
    (site / "articles" / "one.md").write_text(ONE.replace("---\n", "---\naudio: false\n", 1), encoding="utf-8")
    inspection = checks()
    assert told(inspection) == [("edition-withdrawn", "one.md")]
    assert inspection.errors == 1
    assert [article.state for article in inspection.articles] == ["skipped", "fresh"]


def test_audio_may_be_off_unless_an_article_asks_for_it(site: Path, checks: Checks) -> None:
    (site / "articles" / "new.md").write_text("---\naudio: true\n---\n# New\n\nHail.\n", encoding="utf-8")
    (site / "articles" / "other.md").write_text("# Other\n\nHail.\n", encoding="utf-8")
    states = {article.source: article.state for article in checks(articles={"audio": False}).articles}
    assert (states["new.md"], states["other.md"]) == ("missing", "skipped")


def test_tags_choose_among_fresh_and_new_articles(site: Path, checks: Checks) -> None:
    (site / "articles" / "new.md").write_text(ONE.replace("One", "New"), encoding="utf-8")
    (site / "articles" / "other.md").write_text("# Other\n\nHail.\n", encoding="utf-8")
    inspection = checks(choice=Choice(tags=("Sea",)))
    assert [article.source for article in inspection.articles] == ["new.md", "one.md"]


def test_an_article_that_cannot_be_read_is_a_finding(site: Path, checks: Checks) -> None:
    (site / "articles" / "bad.md").write_bytes(bytes(range(256)) * 8)
    (site / "articles" / "matter.md").write_text("---\ntitle: no\n---\nHail.\n", encoding="utf-8")
    (site / "articles" / "cover.md").write_text("---\ntitle: Hail\ncover: gone.png\n---\nHail.\n", encoding="utf-8")
    (site / "articles" / "taken.md").write_text("---\ntitle: Hail\nslug: one\n---\nHail.\n", encoding="utf-8")
    inspection = checks()
    assert sorted(told(inspection)) == [
        ("front-matter", "cover.md"),
        ("front-matter", "matter.md"),
        ("front-matter", "taken.md"),
        ("unreadable", "bad.md"),
    ]
    assert sum(article.state == "unreadable" for article in inspection.articles) == 4


def test_findings_of_fresh_editions_are_remembered(site: Path, checks: Checks) -> None:
    (site / "articles" / "one.md").write_text(f"{ONE}\nSee [here](https://example.org).\n", encoding="utf-8")
    build(plan(site), tell=lambda _event: None, stop=threading.Event())
    for _ in range(2):
        finding = checks().findings[0]
        assert (finding.code, finding.line, finding.slug) == ("link-text-vague", 9, "one")
        (site / "audio" / ".earmark" / "index").unlink(missing_ok=True)  # they are in the record too


def test_levels_are_the_settings_to_choose(site: Path, checks: Checks) -> None:
    (site / "articles" / "one.md").write_text(f"{ONE}\nSee [here](https://example.org).\n", encoding="utf-8")
    quiet = {"edition-stale": "off", "link-text-vague": "warning"}
    inspection = checks(check=quiet)
    assert [(finding.code, finding.level) for finding in inspection.findings] == [("link-text-vague", "warning")]
    assert inspection.errors == 0


def test_half_written_files_are_told_and_swept_by_fix(site: Path, checks: Checks) -> None:
    left = [site / "audio" / f"{PREFIX}0{SUFFIX}", site / "audio" / "one" / f"{PREFIX}1{SUFFIX}"]
    for path in left:
        path.write_bytes(b"half")
    assert [code for code, _ in told(checks())] == ["leftover-file", "leftover-file"]
    assert told(checks("one.md")) == []
    inspection = checks(fix=True)
    assert told(inspection) == []
    assert len(inspection.fixed) == 2
    assert not any(path.exists() for path in left)


def test_deep_names_the_sound_whose_length_the_feed_has_wrong(site: Path, checks: Checks) -> None:
    feed = site / "audio" / "feed.xml"
    feed.write_text(re.sub(r'length="\d+"', 'length="7"', feed.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    (finding,) = [one for one in checks(deep=True).findings if one.code == "feed-differs"]
    assert re.fullmatch(r"the feed says that (\w+)/\1\.mp3 has 7 bytes, and it has \d+", finding.message)


def test_fix_brings_back_index_front_page_and_feed_and_no_more(site: Path, checks: Checks) -> None:
    shutil.rmtree(site / "audio" / ".earmark")
    (site / "audio" / "index.html").unlink()
    (site / "audio" / "feed.xml").write_text("<rss/>", encoding="utf-8")
    articles = {path: path.read_bytes() for path in (site / "articles").iterdir()}
    assert {code for code, _ in told(checks())} == {"front-differs", "feed-differs"}
    assert not (site / "audio" / ".earmark" / "index").exists()
    assert told(checks(fix=True)) == []
    assert (site / "audio" / ".earmark" / "index").is_file()
    assert told(checks(deep=True)) == []
    assert {path: path.read_bytes() for path in (site / "articles").iterdir()} == articles


def test_one_flipped_bit_in_any_published_file_is_found(site: Path, checks: Checks) -> None:
    """With the size and the times that it had: a disk does not tell when it forgets."""
    published = [path for path in (site / "audio").rglob("*") if path.is_file() and ".earmark" not in path.parts]
    assert len(published) > 20
    generator = np.random.default_rng(5)
    for path in published:
        stat, data = path.stat(), path.read_bytes()
        harmed = bytearray(data)
        harmed[int(generator.integers(len(data)))] ^= 1 << int(generator.integers(8))
        path.write_bytes(bytes(harmed))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        files = {finding.file for finding in checks(deep=True).findings if finding.level == "error"}
        assert str(path) in files, path
        path.write_bytes(data)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert told(checks(deep=True)) == []


def test_deep_needs_no_index(site: Path, checks: Checks) -> None:
    shutil.rmtree(site / "audio" / ".earmark")
    path = site / "audio" / "one" / "edition.json"
    path.write_bytes(path.read_bytes().replace(b'"title": "One"', b'"title": "Two"', 1))
    assert ("edition-harmed", "one.md") in told(checks(deep=True))


def rewrite(site: Path, **changes: object) -> None:
    """Write a record anew, whole and sealed, that says something else."""
    path = site / "audio" / "two" / "edition.json"
    record = json.loads(path.read_bytes())
    del record["sha256"]
    body = msgspec.json.format(msgspec.json.encode({**record, **changes}), indent=2).removesuffix(b"\n}")
    path.write_bytes(body + b',\n  "sha256": "%s"\n}\n' % sha256(body).hexdigest().encode())
    assert is_whole((path.read_bytes(),))


def test_chapters_and_loudness_are_measured_on_the_mp3_itself(site: Path) -> None:
    record = json.loads((site / "audio" / "two" / "edition.json").read_bytes())
    assert look_into(site / "audio", "two") == ()
    chapters = record["chapters"]
    rewrite(site, chapters=[{**chapters[0], "end": chapters[0]["end"] + 0.5}, *chapters[1:]])
    faults = look_into(site / "audio", "two")
    assert {(fault.code, fault.file) for fault in faults} == {
        ("chapters-differ", "two.mp3"),
        ("chapters-differ", "chapters.json"),
    }
    rewrite(site, chapters=[*chapters, chapters[-1]])
    assert re.search(r"are \d, and the record has \d", look_into(site / "audio", "two")[0].message)
    rewrite(site, chapters=chapters, loudness={**record["loudness"], "integrated_lufs": -23.0})
    assert [fault.code for fault in look_into(site / "audio", "two")] == ["loudness-differs"]


def test_a_record_that_cannot_be_read_is_a_fault(site: Path) -> None:
    path = site / "audio" / "two" / "edition.json"
    path.write_bytes(b"{}")
    assert [fault.message for fault in look_into(site / "audio", "two")] == ["this is no record of this edition"]
    path.unlink()
    assert look_into(site / "audio", "two")[0].code == "edition-harmed"


def test_what_is_no_mp3_and_no_chapters_is_a_fault(site: Path) -> None:
    folder = site / "audio" / "two"
    files = json.loads((folder / "edition.json").read_bytes())["files"]
    for name, data in (("two.mp3", b"no sound"), ("chapters.json", b"no chapters")):
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(data)
        replaced = [
            {**file, "bytes": len(data), "sha256": sha256(data).hexdigest()} if file["name"] == name else file
            for file in files
        ]
        rewrite(site, files=replaced)
        assert parse((folder / "edition.json").read_bytes())
        assert [(fault.code, fault.file) for fault in look_into(site / "audio", "two")] == [("edition-harmed", name)]
        (folder / name).write_bytes(before)


def test_an_index_that_cannot_be_written_is_a_trouble(site: Path, checks: Checks) -> None:
    shutil.rmtree(site / "audio" / ".earmark")
    (site / "audio" / ".earmark").write_bytes(b"a file is in the way")
    inspection = checks(fix=True)
    assert {type(trouble).__name__ for trouble in inspection.troubles} == {"WriteError"}


def test_a_preview_stops_when_it_is_told_to(site: Path) -> None:
    (site / "articles" / "one.md").write_text(ONE.replace("snowed", "hailed"), encoding="utf-8")
    stop = threading.Event()
    stop.set()
    assert list(preview(plan(site), stop)) == []


def test_a_preview_beside_a_record_without_cues_is_all_of_it(site: Path) -> None:
    path = site / "audio" / "two" / "edition.json"
    path.write_bytes(path.read_bytes().replace(b'"cues": [', b'"clues": [', 1))
    (site / "articles" / "two.md").write_text(TWO.replace("again", "no more"), encoding="utf-8")
    (one,) = preview(plan(site), threading.Event())
    assert one.path
    assert len(one.changed) > 4


def test_a_code_for_every_way_to_fail() -> None:
    assert {"edition-missing", "edition-stale", "edition-orphaned", "edition-moved", "edition-harmed"} <= LEVELS.keys()
    assert {"chapters-differ", "loudness-differs", "feed-differs", "front-differs"} <= LEVELS.keys()
