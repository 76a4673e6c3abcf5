import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from earmark.library.book import bind
from earmark.storage import write_atomically

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
ONE = "---\nauthors: [Ann Lee]\ndate: 2024-03-01\ntags: [sea]\n---\n# One\n\nThis is the first. This is the second.\n"
TWO = "---\nlanguage: de\ndate: 2025-01-01\n---\n# Zwei\n\nNur ein Satz. READ & < more.\n"


def text(book: Path, name: str) -> str:
    with ZipFile(book) as archive:
        assert archive.testzip() is None
        return archive.read(name).decode()


def test_articles_are_bound_in_the_order_in_which_they_are_named(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    write("two.md", TWO)
    write("draft.md", "---\ndraft: true\n---\n# No\n\nNot yet.\n")
    ended = run("book", "articles/two.md", "articles", "-o", "issue.epub", "--title", "Issue <1>")
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[-1].startswith("issue.epub: 2 articles, 0:")
    book = site / "issue.epub"
    assert "Zwei" in text(book, "EPUB/1/article.xhtml")
    assert "One" in text(book, "EPUB/2/article.xhtml")
    package = text(book, "EPUB/package.opf")
    assert "<dc:title>Issue &lt;1&gt;</dc:title>" in package
    assert "<dc:creator>Ann Lee</dc:creator>" in package
    assert '<meta property="dcterms:modified">2025-01-01T00:00:00Z</meta>' in package
    records = [json.loads((site / "audio" / slug / "edition.json").read_bytes()) for slug in ("one", "two")]
    seconds = sum(record["duration"] for record in records)
    assert f'<meta property="media:duration">0:00:{seconds:06.3f}</meta>' in package
    navigation = text(book, "EPUB/nav.xhtml")
    assert navigation.index(">Zwei</a>") < navigation.index(">One</a>")
    with ZipFile(book) as archive:
        assert archive.read("EPUB/2/article.mp3") == (site / "audio" / "one" / "one.mp3").read_bytes()


def test_a_book_is_the_same_bytes_and_builds_only_what_changed(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    assert run("book").code == 0
    first = (site / "book.epub").read_bytes()
    assert "0 made, 1 unchanged" in run("book").out
    assert (site / "book.epub").read_bytes() == first
    assert "<dc:title>book</dc:title>" in text(site / "book.epub", "EPUB/package.opf")


def test_no_book_without_all_its_articles(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    write("bad.md", "---\ntitle: [\n---\n")
    ended = run("book")
    assert ended.code == 1
    assert "no book was written: some article failed" in ended.err
    assert not (site / "book.epub").exists()
    ended = run("book", write("draft.md", "---\ndraft: true\n---\n# No\n\nNot yet.\n"))
    assert (ended.code, "there is no article" in ended.err) == (1, True)


def test_books_need_the_articles_own(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    (site / "articles" / "earmark.toml").write_text("[outputs]\nepub = false\n", encoding="utf-8")
    ended = run("book")
    assert ended.code == 4
    assert "outputs.epub: it is off" in ended.err


def test_a_book_that_is_harmed_inside_is_named(
    run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte of a sound, then of a package: no half of it becomes a book."""
    write("one.md", ONE)
    run("build")
    epub = site / "audio" / "one" / "one.epub"
    whole = epub.read_bytes()
    for place in (whole.index(b"Info"), whole.index(b"<package")):
        harmed = whole[:place] + b"?" + whole[place + 1 :]

        def harm(*arguments: Any, harmed: bytes = harmed, **named: Any) -> Any:  # noqa: ANN401 (as `bind`)
            epub.write_bytes(harmed)
            return bind(*arguments, **named)

        monkeypatch.setattr("earmark.cli.binding.bind", harm)
        ended = run("book")
        assert ended.code == 1
        assert "one.epub: it is harmed" in ended.err
        assert not (site / "book.epub").exists()


@pytest.mark.parametrize("harm", ["one.epub: not a zip: can't be read", "edition.json: {}: its record can't be read"])
def test_a_harmed_edition_is_named(
    run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    """It is harmed between the build, which would make it again, and the binding."""
    name, data, says = harm.split(": ")
    write("one.md", ONE)
    run("build")

    def harmed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (as `bind`)
        write_atomically(site / "audio" / "one" / name, data.encode())
        return bind(*arguments, **named)

    monkeypatch.setattr("earmark.cli.binding.bind", harmed)
    ended = run("book")
    assert ended.code == 1
    assert says in ended.err
    assert "earmark build --force" in ended.err


def test_chapters_become_mp3s_of_the_same_frames(run: Run, write: Write, site: Path, ffmpeg: str) -> None:
    """Each is exactly as long as its chapter, sounds as it does in the whole, and is in the list."""
    import subprocess  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415

    words = "The lamp was lit every night by the keeper of the rock and by nobody else. " * 12
    write("one.md", f"# One\n\n{words}\n\n## Second\n\n{words}\n\n## Third & last\n\n{words}\n")
    (site / "articles" / "earmark.toml").write_text(
        "[outputs]\nchapter_mp3s = true\nepub = false\ntranscript = false\n", encoding="utf-8"
    )
    assert run("build").code == 0
    folder = site / "audio" / "one"
    record = json.loads((folder / "edition.json").read_bytes())
    names = [file["name"] for file in record["files"]]
    assert "one.epub" not in names
    assert "transcript.txt" not in names
    assert {"one-01.mp3", "one-02.mp3", "one-03.mp3", "one.m3u8"} <= set(names)
    listed = (folder / "one.m3u8").read_text("utf-8").splitlines()
    assert listed[:2] == ["#EXTM3U", "#PLAYLIST:One"]
    assert listed[6:] == [
        f"#EXTINF:{round(record['chapters'][2]['end'] - record['chapters'][2]['start'])},Third & last",
        "one-03.mp3",
    ]

    def decoded(name: str) -> Any:  # noqa: ANN401 (an array)
        command = [ffmpeg, "-v", "error", "-i", str(folder / name), "-f", "s16le", "-ac", "1", "-"]
        return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.int16)  # noqa: S603 (found by conftest)

    whole, rate = decoded("one.mp3"), record["sample_rate"]
    for number, chapter in enumerate(record["chapters"], start=1):
        part, start = decoded(f"one-{number:02}.mp3"), round(chapter["start"] * rate)
        assert abs(len(part) - (chapter["end"] - chapter["start"]) * rate) < rate / 500
        begins = (
            min(
                range(start - 40, start + 41),
                key=lambda at: int(np.abs(part[:9000].astype(int) - whole[max(at, 0) :][:9000]).sum()),
            )
            if start
            else 0
        )
        same = whole[begins : begins + len(part)]
        assert np.abs(part[: len(same)].astype(int) - same).max() <= 3
        assert record["chapters"][number - 1]["title"] in run("inspect", folder / f"one-{number:02}.mp3").out
