"""Of many editions, an edit writes its own files and the few that tell of it; the end is the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from threading import Event
from zlib import crc32

from earmark.library.build import Plan, build
from earmark.library.catalogue.episodes import SHELVES
from earmark.library.inputs.sources import discover
from earmark.readers import READERS
from earmark.settings import Layer, merge

SETTINGS: Mapping[str, Mapping[str, object]] = {
    "site": {"title": "Many", "address": "https://example.org/audio/", "language": "en"},
    "voice": {"engine": "tone"},
    "outputs": {"epub": False, "transcript": False},
    "feed": {"editions": 2},
    "library": {"editions": 2},
}
NAMES = ("a", "b", "c", "d", "e")


def write(articles: Path, name: str, words: str) -> None:
    day = 1 + NAMES.index(name)
    (articles / f"{name}.md").write_text(f"---\ntitle: Of {name}\ndate: 2026-01-{day:02}\n---\n\n{words}\n", "utf-8")


def run(articles: Path, out: Path) -> None:
    plan = Plan(
        folder=discover([articles], suffixes=READERS, out=out),
        settings=merge(Layer("test", SETTINGS)),
        out=out,
        cache=articles.parent / "cache",
        jobs=2,
    )
    build(plan, tell=lambda _event: None, stop=Event())


def files(out: Path) -> dict[str, Path]:
    return {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}


def test_an_edit_writes_its_edition_and_what_tells_of_it(tmp_path: Path) -> None:
    articles, out = tmp_path / "articles", tmp_path / "audio"
    articles.mkdir()
    for name in NAMES:
        write(articles, name, "A word.")
    run(articles, out)
    before = {name: path.stat().st_mtime_ns for name, path in files(out).items()}
    write(articles, "c", "A word, and a good many more of them than there were.")
    run(articles, out)
    after = {name: path.stat().st_mtime_ns for name, path in files(out).items()}
    written = {name for name in after if after[name] != before.get(name)}
    assert {name for name in written if not name.startswith("c/")} == {
        ".earmark/episodes",
        f".earmark/episodes-{crc32(b'c') % SHELVES:02}",
        ".earmark/feeds",
        ".earmark/front",
        ".earmark/index",
        "feed-2.xml",
        "library-data.js",
        "page-2.html",
    }
    assert before.keys() == after.keys()

    new = tmp_path / "new"
    run(articles, new)
    published = {name for name in files(new) if not name.startswith(".earmark/")}
    assert published == {name for name in after if not name.startswith(".earmark/")}
    assert all((new / name).read_bytes() == (out / name).read_bytes() for name in published)


def test_an_article_that_goes_takes_its_episode_with_it_and_harm_to_a_shelf_costs_a_look_at_the_records(
    tmp_path: Path,
) -> None:
    articles, out = tmp_path / "articles", tmp_path / "audio"
    articles.mkdir()
    for name in NAMES:
        write(articles, name, "A word.")
    run(articles, out)
    for shelf in (out / ".earmark").glob("episodes-*"):
        shelf.write_bytes(b"harmed")
    write(articles, "e", "Another word.")
    run(articles, out)
    (articles / "a.md").unlink()
    for path in (out / "a").iterdir():
        path.unlink()
    (out / "a").rmdir()
    run(articles, out)
    new = tmp_path / "new"
    run(articles, new)
    assert [path.read_bytes() for path in sorted(out.glob("feed*.xml"))] == [
        path.read_bytes() for path in sorted(new.glob("feed*.xml"))
    ]
