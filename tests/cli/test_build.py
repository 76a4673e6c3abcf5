import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from earmark.cli import building
from earmark.errors import EngineError, WriteError
from earmark.pipeline.produce import Production
from earmark.storage import ObjectStore
from earmark.storage.files import Staged

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
ONE = "# One\n\nThis is the first sentence. This is the second.\n"
TWO = "# Two\n\nOnly a sentence.\n"
FILES = [
    "captions.srt",
    "captions.vtt",
    "chapters.json",
    "cover.png",
    "edition.json",
    "embed.html",
    "index.html",
    "one.epub",
    "one.mp3",
    "page.css",
    "page.js",
    "transcript.html",
    "transcript.json",
    "transcript.txt",
]


@pytest.fixture(autouse=True)
def _no_preface(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("SAY_AUTHORS", "SAY_DATE", "SAY_DURATION", "SAY_SYNTHETIC", "SAY_ENDING"):
        monkeypatch.setenv(f"EARMARK_NARRATION_{key}", "false")
    monkeypatch.setenv("EARMARK_FEED_PUBLISH", "false")  # or each build would tell that it needs an address


def test_a_folder_is_built_then_left_alone_then_only_the_edit_is_spoken(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    write("two.md", TWO)
    first = run("build")
    assert (first.code, first.err) == (0, "2 articles of 2 to make\n")
    lines = first.out.splitlines()
    assert min(lines[:2]).startswith("made one: 0:0")
    assert re.fullmatch(r"made one: 0:\d\d, 3 of 3 utterances spoken", min(lines[:2]))
    assert re.fullmatch(r"2 made, 0 unchanged, 0 failed, \d+ seconds of audio, 0 words left out and listed", lines[2])
    assert sorted(path.name for path in (site / "audio" / "one").iterdir()) == FILES

    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (site / "audio").rglob("*.*")}
    second = run("build")
    assert (second.code, second.err) == (0, "")
    assert second.out.startswith("0 made, 2 unchanged, 0 failed, ")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (site / "audio").rglob("*.*")} == before

    write("one.md", ONE.replace("second", "changed"))
    third = run("build")
    assert re.match(r"made one: 0:\d\d, 1 of 3 utterances spoken\n1 made, 1 unchanged", third.out)


def test_a_touched_article_is_read_and_left_alone(run: Run, write: Write) -> None:
    path = write("one.md", ONE)
    run("build")
    os.utime(path, ns=(1, 1))
    assert run("build").out.startswith("0 made, 1 unchanged")


def test_force_makes_again_without_speaking_again(run: Run, write: Write) -> None:
    write("one.md", ONE)
    run("build")
    assert ", 0 of 3 utterances spoken" in run("build", "--force").out


def test_what_decides_makes_stale_and_what_does_not_does_not(run: Run, write: Write) -> None:
    write("one.md", ONE)
    write("earmark.toml", "[reading]\nseconds = 3\n[engines.gtts]\ntld = 'de'\n[cache]\nmost_bytes = 10_000_000\n")
    assert run("build", "articles").out.startswith("made one")
    write("earmark.toml", "[reading]\nseconds = 4\n")
    assert run("build", "articles").out.startswith("0 made, 1 unchanged")
    write("earmark.toml", "[pauses]\nsentence = 400\n")
    assert ", 0 of 3 utterances spoken" in run("build", "articles").out
    assert ", 3 of 3 utterances spoken" in run("build", "articles", "--voice", "high").out


def test_a_lost_index_is_made_again_from_the_records(run: Run, write: Write, site: Path) -> None:
    write("one.md", "---\ncover: pictures/c.png\n---\n" + ONE)
    picture = site / "articles" / "pictures" / "c.png"
    picture.parent.mkdir()
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02 rest")
    run("build")
    (site / "audio" / ".earmark" / "index").unlink()
    assert run("build").out.startswith("0 made, 1 unchanged")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02 other")
    assert run("build").out.startswith("made one")
    picture.unlink()
    failed = run("build")
    assert failed.code == 1
    assert "cover 'pictures/c.png' can't be read: No such file or directory" in failed.err


@pytest.mark.parametrize("name", FILES)
def test_a_harmed_or_missing_file_makes_the_edition_again(run: Run, write: Write, site: Path, name: str) -> None:
    write("one.md", ONE)
    run("build")
    path = site / "audio" / "one" / name
    right = path.read_bytes()
    for harm in (lambda: path.write_bytes(right[:-1]), path.unlink):
        harm()
        assert run("build").out.startswith("made one")
        assert path.read_bytes() == right


def test_what_an_earlier_version_published_and_this_one_does_not_goes(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    run("build")
    record = site / "audio" / "one" / "edition.json"
    old = json.loads(record.read_bytes())
    old["files"].append({"name": "page.html", "bytes": 1, "sha256": "0", "type": "text/html"})
    record.write_text(json.dumps(old), encoding="utf-8")
    for name in ("page.html", "mine.txt"):
        (site / "audio" / "one" / name).touch()
    run("build")
    assert sorted(path.name for path in (site / "audio" / "one").iterdir()) == sorted([*FILES, "mine.txt"])


def test_a_record_that_names_files_elsewhere_removes_nothing(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    run("build")
    (site / "precious").touch()
    record = site / "audio" / "one" / "edition.json"
    record.write_text(record.read_text("utf-8").replace('"captions.srt"', '"../../precious"'), encoding="utf-8")
    assert run("build").out.startswith("made one")
    assert (site / "precious").exists()


def test_a_broken_article_among_good_ones(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    write("two.md", "---\ntitle: [\n---\nText.\n")
    write("three.md", "text " * 100)
    write("earmark.toml", "[reading]\nmost_bytes = 100\n")
    ended = run("build", "articles")
    assert ended.code == 1
    assert ended.out.startswith("made one")
    assert "1 made, 0 unchanged, 2 failed" in ended.out
    assert re.search(r"^failed articles/two\.md:\d: ", ended.err, re.MULTILINE)
    assert "failed articles/three.md: it has more than the 100 bytes that are read" in ended.err
    assert not (site / "audio" / "two").exists()


def test_an_article_with_nothing_to_say(run: Run, write: Write) -> None:
    write("empty.md", "")
    ended = run("build", "articles")
    assert ended.code == 1
    assert "failed articles/empty.md: there are no words in it to say. Write some, or set draft: true" in ended.err


def test_what_was_not_taken_as_it_is_written_is_said(run: Run, write: Write, site: Path) -> None:
    (site / "articles" / "old.txt").write_bytes("A caf\xe9 by the sea.\n".encode("cp1252"))
    write("lost.md", "---\ncover: https://example.org/a.png\n---\n\nHe came.\n\n<script>\n\nNobody hears this.\n")
    ended = run("build")
    assert ended.code == 0
    assert "warning: articles/old.txt:1: it is not UTF-8 and was read as Windows-1252. Save it as UTF-8" in ended.err
    assert "warning: articles/lost.md:2: its cover is an address" in ended.err
    assert "error: articles/lost.md:7: '<script>' is never closed" in ended.err


def test_drafts_and_silent_articles_are_skipped(run: Run, write: Write, site: Path) -> None:
    write("draft.md", "---\ndraft: true\n---\nText.\n")
    write("silent.md", "---\naudio: false\n---\nText.\n")
    ended = run("build")
    assert ended.code == 0
    assert "skipped articles/draft.md: it is a draft\n" in ended.out
    assert "skipped articles/silent.md: its front matter says audio: false\n" in ended.out
    assert ended.out.splitlines()[-1].startswith("0 made, 0 unchanged, 0 failed, 2 skipped, 0 seconds of audio")
    assert not (site / "audio" / "draft").exists()


def test_two_articles_of_one_slug(run: Run, write: Write) -> None:
    write("house.md", ONE)
    write("House.txt", "Other words.\n")
    ended = run("build")
    assert ended.code == 1
    assert "failed articles/house.md: its edition would be called 'house', as that of House.txt is." in ended.err
    assert "Give one of them another slug in its front matter." in ended.err
    again = run("build")
    assert again.out.startswith("0 made, 1 unchanged, 1 failed")


def test_a_newcomer_does_not_take_an_editions_slug(run: Run, write: Write) -> None:
    write("zebra.md", "---\nslug: animal\n---\n" + ONE)
    run("build")
    write("zebra.md", "---\nslug: animal\n---\n" + ONE + "\nMore.\n")
    write("ant.md", "---\nslug: animal\n---\n" + TWO)
    ended = run("build")
    assert "made animal" in ended.out
    assert "failed articles/ant.md: its edition would be called 'animal', as that of zebra.md is" in ended.err


def test_two_folders_into_one_do_not_overwrite_each_other(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    (site / "essays").mkdir()
    (site / "essays" / "one.md").write_text(TWO, encoding="utf-8")
    run("build", "articles")
    ended = run("build", "essays")
    assert ended.code == 1
    assert "its edition would be called 'one', as that of articles/one.md is" in ended.err
    assert "orphaned" not in ended.err


def test_an_orphan_is_reported_and_left_alone(run: Run, write: Write, site: Path) -> None:
    path = write("one.md", ONE)
    write("two.md", TWO)
    run("build", "articles")
    path.unlink()
    for _ in range(2):
        ended = run("build", "articles")
        assert ended.code == 0
        assert ended.err == "orphaned one: its article one.md is gone; it is left alone\n"
        (site / "audio" / ".earmark" / "index").unlink(missing_ok=True)
    assert (site / "audio" / "one" / "one.mp3").exists()


def test_an_article_that_merely_was_not_named_has_no_orphan(run: Run, write: Write) -> None:
    write("one.md", ONE)
    write("sub/two.md", TWO)
    run("build", "articles")
    assert run("build", "articles/one.md").err == ""
    assert "orphaned" not in run("build", "articles/sub").err


def test_another_slug_leaves_an_orphan(run: Run, write: Write) -> None:
    write("one.md", ONE)
    run("build")
    write("one.md", "---\nslug: uno\n---\n" + ONE)
    ended = run("build")
    assert "made uno" in ended.out
    assert ended.err.splitlines()[-1] == "orphaned one: one.md is published as uno now; it is left alone"


def test_standard_input_is_an_article(run: Run, site: Path) -> None:
    ended = run("build", "-", given=b"# Hello there\n\nWorld.\n")
    assert ended.code == 0
    assert ended.out.startswith("made hello-there")
    record = json.loads((site / "audio" / "hello-there" / "edition.json").read_bytes())
    assert record["source"] == {"path": "-"}
    other = run("build", "-", given=b"# Other\n\nWorld.\n")
    assert other.err == "1 article of 1 to make\n"
    other_record = json.loads((site / "audio" / "other" / "edition.json").read_bytes())
    assert other_record["guid"] != record["guid"]


def test_standard_input_that_is_wrong_or_too_much(run: Run, write: Write) -> None:
    wrong = run("build", "-", given=b"---\ntitle: [\n---\n")
    assert wrong.code == 1
    assert re.search(r"^failed standard input:\d: ", wrong.err, re.MULTILINE)
    write("earmark.toml", "[reading]\nmost_bytes = 10\n")
    much = run("build", "-", "articles", given=b"x" * 1000)
    assert "standard input: it has more than the 10 bytes that are read" in much.err


def test_the_report_tells_everything(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE + "\n![](picture.png)\n\n![x]( )\n\nREAD MORE: Other things\n")
    write("bad.md", "---\ntitle: [\n---\n")
    write("draft.md", "---\ndraft: true\n---\n")
    gone = write("gone.md", TWO)
    run("build")
    gone.unlink()
    ended = run("build", "--force", "--report", "report.json")
    report = json.loads((site / "report.json").read_bytes())
    assert report["schema"] == 1
    assert report["exit_code"] == ended.code == 1
    assert report["interrupted"] is False
    assert report["out"] == "audio"
    assert report["troubles"] == []
    assert report["orphans"] == [{"slug": "gone", "source": "gone.md"}]
    bad, draft, one = report["articles"]
    assert (bad["source"], bad["status"], bad["error"]["type"]) == ("bad.md", "failed", "ReadError")
    assert bad["error"]["line"] == 3
    assert bad["error"]["message"].startswith("articles/bad.md:3: ")
    assert draft == {"source": "draft.md", "status": "skipped", "reason": "it is a draft"}
    assert (one["source"], one["status"], one["slug"], one["title"]) == ("one.md", "made", "one", "One")
    assert one["spoken"] == 0
    assert one["files"] == [f"one/{name}" for name in FILES if name != "edition.json"]
    assert report["totals"] == {
        "made": 1,
        "unchanged": 0,
        "skipped": 1,
        "failed": 1,
        "deferred": 0,
        "seconds": one["duration"],
        "omitted_words": one["omitted_words"],
    }
    run("build", "--report", "report.json")
    again = json.loads((site / "report.json").read_bytes())["articles"][2]
    assert again == {
        "source": "one.md",
        "status": "unchanged",
        "slug": "one",
        "title": "One",
        "duration": one["duration"],
        "omitted_words": one["omitted_words"],
    }


@pytest.mark.parametrize(
    ("name", "words"), [("no/such/report.json", "is not there"), ("articles", "a folder has this name")]
)
def test_a_report_that_cannot_be_written_is_said_before_the_build(
    run: Run, write: Write, site: Path, name: str, words: str
) -> None:
    write("one.md", ONE)
    ended = run("build", "--report", name)
    assert ended.code == 1
    assert words in ended.err
    assert not (site / "audio").exists()


def test_a_rehearsal_speaks_and_writes_nothing(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    write("draft.md", "---\ndraft: true\n---\nText.\n")
    ended = run("build", "--dry-run")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "articles/draft.md: it is a draft",
        "articles/one.md: 49 characters, 3 utterances, about 1 min, 3 to be spoken",
        "  One",
        "  This is the first sentence.",
        "  This is the second.",
        "1 of 2 articles to make: 49 characters, 3 utterances, about 1 min, 3 to be spoken",
    ]
    assert sorted(path.name for path in site.iterdir()) == ["articles"]
    run("build")
    write("one.md", ONE.replace("second", "changed"))
    again = run("build", "--dry-run")
    assert "1 to be spoken\n  This is the changed.\n1 of 2" in again.out
    write("one.md", ONE)
    run("build")
    assert "articles/one.md: unchanged\n0 of 2 articles to make" in run("build", "--dry-run").out


def test_a_rehearsal_tells_of_failures_and_cuts_its_list(run: Run, write: Write) -> None:
    write("long.md", "".join(f"Sentence number {'x' * n}.\n\n" for n in range(1, 31)))
    write("z-same.md", "---\nslug: long\n---\nText.\n")
    write("covered.md", "---\ncover: no.png\n---\nText.\n")
    write("data.docx", "")
    ended = run("build", "--dry-run", "articles", "articles/data.docx")
    assert ended.code == 1
    assert "  and 11 more\n" in ended.out
    assert "error: articles/data.docx: this kind of file is not read. What is read: .htm .html .markdown" in ended.err
    assert "error: articles/z-same.md: its edition would be called 'long', as that of long.md is" in ended.err
    assert "cover 'no.png' can't be read" in ended.err


def test_an_empty_folder_is_said_to_be_one(run: Run, site: Path) -> None:
    ended = run("build")
    assert ended.code == 0
    assert (
        ended.err
        == f"there is no article in {site / 'articles'}; what is read: .htm .html .markdown .md .mdown .text .txt\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nothing.md"], 2, "error: nothing.md: there is no such file or folder. Check the spelling."),
        (["--jobs", "-1"], 2, "Invalid value for '--jobs'"),
        (["--nonsense"], 2, "No such option"),
        (["--engine", "expeak"], 4, "error: engine expeak: no such engine is installed. Did you mean espeak?"),
        (["--voice", "hihg"], 4, "error: engine tone: there is no voice 'hihg'. Did you mean high?"),
    ],
)
def test_what_cannot_even_begin(run: Run, write: Write, arguments: list[str], code: int, words: str) -> None:
    write("one.md", ONE)
    ended = run("build", *arguments)
    assert ended.code == code
    assert words in ended.err
    assert "made" not in ended.out


def test_wrong_settings_name_the_file_and_the_key(run: Run, write: Write) -> None:
    write("one.md", ONE)
    path = write("earmark.toml", "[voice]\nrat = 1\n")
    ended = run("build")
    assert ended.code == 4
    assert ended.err == f"error: {path}: voice.rat: there is no such setting. Did you mean rate?\n".replace(
        str(path), "articles/earmark.toml"
    )


def test_sounds_that_cannot_be_used_name_the_file_and_the_key(run: Run, write: Write) -> None:
    write("one.md", ONE)
    write("earmark.toml", "[audio]\nintro = 'no.wav'\n")
    missing = run("build")
    assert missing.code == 4
    assert "articles/earmark.toml: audio.intro: no.wav can't be read: No such file or directory" in missing.err
    write("no.wav", "not a sound")
    wrong = run("build")
    assert wrong.code == 4
    assert "articles/earmark.toml: audio.intro: " in wrong.err


def test_a_large_sound_is_refused_unread(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("one.md", ONE)
    write("long.wav", "x" * 100)
    write("earmark.toml", "[audio]\nintro = 'long.wav'\n")
    monkeypatch.setattr("earmark.library.inputs.dressing._MOST_SOUND", 99)
    assert "long.wav is larger than 100 MB" in run("build").err


@pytest.mark.parametrize(
    ("cover", "data", "words"),
    [
        ("../secret.png", b"\x89PNG\r\n\x1a\n", "is outside the folder of articles. Copy it inside."),
        (
            "c.gif",
            b"GIF89a",
            "is no picture that players show. Use a JPEG or PNG of at most 8 MB and 100 million pixels.",
        ),
        ("'/'", b"", "is no file. Name a JPEG or PNG"),
        ('"a\\0b"', b"", "is no path"),
    ],
)
def test_covers_that_cannot_be_used(run: Run, site: Path, cover: str, data: bytes, words: str) -> None:
    (site / "articles" / "one.md").write_text(f"---\ncover: {cover}\n---\n{ONE}", encoding="utf-8")
    for name in ("secret.png", "articles/c.gif"):
        (site / name).write_bytes(data)
    ended = run("build")
    assert ended.code == 1
    assert words in ended.err


def test_a_cover_on_the_web_is_not_fetched(run: Run, write: Write, site: Path) -> None:
    write("one.md", f"---\ncover: https://example.org/c.png\n---\n{ONE}")
    assert run("build").code == 0
    (site / "audio" / ".earmark" / "index").unlink()
    assert run("build").out.startswith("0 made, 1 unchanged")


def test_a_disk_that_is_full_fails_what_it_must(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("one.md", ONE)
    write("two.md", TWO)

    def full(path: Path, content: bytes | Iterable[bytes], **how: bool) -> Staged:
        if path.parent.name == "one":
            raise WriteError("no space left on device", path=path, hint="Free some space")
        return Staged(path, content, **how)

    monkeypatch.setattr("earmark.library.writing.Staged", full)
    ended = run("build")
    assert ended.code == 1
    assert "failed articles/one.md: audio/one/one.mp3: no space left on device. Free some space" in ended.err
    assert "1 made, 0 unchanged, 1 failed" in ended.out
    assert not Path("audio/one").exists()


def test_an_index_and_a_cache_that_cannot_be_kept_cost_no_edition(
    run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("one.md", ONE)
    (site / "audio" / ".earmark" / "index").mkdir(parents=True)

    def fails(self: ObjectStore, most_bytes: int) -> int:
        assert most_bytes == 5_000_000_000
        raise WriteError("read-only file system", path=self.folder / "size")

    monkeypatch.setattr(ObjectStore, "hold_to", fails)
    ended = run("build", "--report", "r.json")
    assert ended.code == 1
    assert "made one" in ended.out
    assert "error: audio/.earmark/index: " in ended.err
    assert "read-only file system" in ended.err
    report = json.loads((site / "r.json").read_bytes())
    assert [trouble["type"] for trouble in report["troubles"]] == ["WriteError", "WriteError"]


def test_a_file_where_the_editions_should_go(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    (site / "audio").touch()
    ended = run("build")
    assert ended.code == 1
    assert "failed articles/one.md: audio/.earmark/locks/one: " in ended.err
    (site / "audio").unlink()
    (site / "audio").mkdir()
    (site / "audio" / "one").touch()
    assert "audio/one: the folder can't be made: File exists" in run("build").err


def test_an_engine_that_fails_costs_the_code_of_an_engine(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("one.md", ONE)

    def fails(*_: object) -> None:
        raise EngineError("it is broken", engine="tone")

    monkeypatch.setattr(Production, "produce", fails)
    assert run("build").code == 4


def test_a_fault_of_ours_costs_one_article_and_is_said(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("one.md", ONE)
    write("two.md", TWO)

    def faulty(path: Path, content: bytes | Iterable[bytes], **how: bool) -> Staged:
        if path.parent.name == "one":
            raise KeyError("x")
        return Staged(path, content, **how)

    monkeypatch.setattr("earmark.library.writing.Staged", faulty)
    ended = run("build")
    assert ended.code == 1
    assert "failed articles/one.md: earmark failed on it (KeyError: 'x'). This is a fault" in ended.err
    assert "made two" in ended.out
    monkeypatch.setenv("EARMARK_DEBUG", "1")
    with pytest.raises(KeyError):
        building.run(
            building.Asked(
                sources=(Path("articles"),),
                out=Path("audio"),
                flags={},
                jobs=1,
                force=True,
                report=None,
                plain=True,
                cache=site_cache(),
            )
        )


def site_cache() -> Path:
    return Path(os.environ["EARMARK_CACHE"])


def test_the_cache_is_where_it_is_said_to_be(
    run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("one.md", ONE)
    run("build", "--cache", "elsewhere")
    assert (site / "elsewhere" / "objects").is_dir()
    assert not (site / "cache").exists()
    monkeypatch.delenv("EARMARK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(site / "home"))
    run("build", "--force")
    assert (site / "home" / "earmark" / "objects").is_dir()


def test_a_build_tells_once_what_the_feed_needs_and_a_run_with_nothing_to_do_does_not(
    run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EARMARK_FEED_PUBLISH")
    write("one.md", ONE)
    write("two.md", TWO)
    told = run("build", "--report", "report.json").err
    assert told.count("note: there is no feed to subscribe to") == 1
    assert '[site] address = "https://example.org/audio/"' in told
    report = json.loads((site / "report.json").read_bytes())
    assert [notice["code"] for notice in report["notices"]] == ["feed-no-address"]
    assert run("build").err == ""
    monkeypatch.setenv("EARMARK_SITE_ADDRESS", "https://example.org/audio")
    told = run("build").err
    assert "warning: 2 articles have no date" in told
    assert "https://example.org/audio/one/one.mp3?v=" in (site / "audio" / "feed.xml").read_text()


def test_an_article_that_was_moved_is_told_loudly_with_the_line_it_needs(run: Run, write: Write, site: Path) -> None:
    path = write("one.md", ONE)
    run("build")
    guid = json.loads((site / "audio" / "one" / "edition.json").read_bytes())["guid"]
    path.rename(path.with_name("uno.md"))
    ended = run("build", "--report", "report.json")
    line = f"id: {guid}"
    assert (
        f"moved one.md to uno.md: subscribers would get it a second time; put this line into the front matter of uno.md: {line}"
        in ended.err
    )
    assert ended.out.splitlines()[-1].endswith(", 1 MOVED WITHOUT AN ID")
    report = json.loads((site / "report.json").read_bytes())
    assert report["moved"] == [{"old": "one.md", "new": "uno.md", "slug": "one", "id": guid, "line": line}]


@pytest.mark.parametrize(("epoch", "code"), [("1700000000", 0), ("", 0), ("yesterday", 4), ("-1", 4), ("9" * 12, 4)])
def test_the_epoch_is_a_count_of_seconds(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, epoch: str, code: int
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    write("one.md", ONE)
    assert run("build").code == code
