"""A folder built in parts, and merged: the same bytes, whoever built what and wherever."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from earmark.errors import EarmarkError, EngineError, ReadError, RetryLater, VoiceNotFound
from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.distributed.handover import fault_of
from earmark.library.distributed.merging import Merged, Part, articles_of, error_of, merge, parts_of
from earmark.library.distributed.shards import MANIFESTS, Shard, ShardError, manifests_in
from earmark.library.inputs.sources import discover
from earmark.library.state.index import FOLDER
from earmark.settings import Layer
from earmark.settings import merge as merge_settings

Build = Callable[..., events.Outcome]
SETTINGS = {"voice": {"engine": "tone"}, "site": {"address": "https://example.org/a/", "title": "A"}}
ARTICLES = {
    **{f"a{n}.md": f"---\ndate: 2026-01-0{n}\n---\n# Title {n}\n\nIt rained {n} times.\n" for n in range(1, 7)},
    "b/z.md": "---\nslug: a3\n---\n# A rival\n\nIt wants the name of another.\n",  # is told that a3.md has it
    "b/draft.md": "---\nslug: a4\ndraft: true\n---\n# No rival\n\nA draft claims nothing.\n",
    "a0.md": "---\nslug: 'A Wrong One'\n---\n# Wrong\n\nThis is no name.\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in ARTICLES.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(site: Path) -> Build:
    """Return what builds the folder, or a shard of it, into a folder of that name."""

    def runs(out: str, shard: str = "", *, stopped: bool = False, title: str = "A") -> events.Outcome:
        layer = Layer("test", {**SETTINGS, "site": {"address": "https://example.org/a/", "title": title}})
        plan = Plan(
            folder=discover([site / "articles"], suffixes=(".md",), out=site / out),
            settings=merge_settings(layer),
            out=site / out,
            cache=site / "cache",
            jobs=1,
            shard=Shard.parse(shard) if shard else None,
        )
        stop = threading.Event()
        if stopped:
            stop.set()
        return build(plan, tell=lambda _event: None, stop=stop)

    return runs


def merged(site: Path, out: str, *places: str) -> Merged:
    parts = parts_of([site / place for place in places])
    assert articles_of(parts).resolve() == (site / "articles").resolve()
    folder = discover([site / "articles"], suffixes=(".md",), out=site / out)
    return merge(parts, folder, site / out, tell=lambda _event: None)


def published(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and FOLDER not in path.parts
    }


def failures(outcome: events.Outcome) -> dict[str, str]:
    return {one.source: str(one.error) for one in outcome.results if isinstance(one, events.Failed)}


def test_shards_built_apart_are_one_build(site: Path, run: Build) -> None:
    one = run("one")
    whole = published(site / "one")
    assert sorted(failures(one)) == ["a0.md", "b/z.md"]
    each = [run(f"s{number}", f"{number}/3") for number in (3, 1, 2)]
    assert {k: v for outcome in each for k, v in failures(outcome).items()} == failures(one)
    for number in (1, 2, 3):  # a shard lists nothing
        assert not [name for name in published(site / f"s{number}") if "/" not in name]
        assert not (site / f"s{number}" / FOLDER / "index").exists()
    for brought in (6, 0):  # and again
        found = merged(site, "merged", "s1", "s2", "s3")
        assert (found.shards, found.brought) == (3, brought)
        assert failures(found.outcome) == failures(one)
        assert [one.source for one in found.outcome.results if isinstance(one, events.Skipped)] == ["b/draft.md"]
        assert published(site / "merged") == whole
    after = run("merged")
    assert not [one for one in after.results if isinstance(one, events.Made)]
    assert published(site / "merged") == whole


def test_shards_built_into_one_folder(site: Path, run: Build) -> None:
    run("one")
    for number in (2, 1):
        run("both", f"{number}/2")
    with pytest.raises(ShardError, match="no shard was built here"):
        parts_of([site / "one"])
    found = merged(site, "both", "both")
    assert found.brought == 0
    assert published(site / "both") == published(site / "one")
    assert all(not isinstance(one, events.Made) for one in run("both", "1/2").results)  # it knows what it made
    run("both", "1/3")  # parted otherwise: what was told before is of no use
    assert [path.name for path in (site / "both" / FOLDER / MANIFESTS).iterdir()] == ["1-of-3"]


def test_what_cannot_be_merged_is_told(site: Path, run: Build) -> None:
    run("s", "1/3")
    with pytest.raises(ShardError, match=r"2 shards are missing: 2/3, 3/3\. Build what is missing"):
        parts_of([site / "s"])
    run("s", "2/3")
    run("s", "3/3", stopped=True)
    with pytest.raises(ShardError, match="shard 3/3 was interrupted"):
        parts_of([site / "s"])
    run("s", "3/3", title="B")
    with pytest.raises(ShardError, match="3/3 was built with other settings"):
        parts_of([site / "s"])
    (site / "articles" / "new.md").write_text("# New\n\nIt is new.\n", encoding="utf-8")
    run("s", "3/3")
    with pytest.raises(ShardError, match="3/3 was built of other articles"):
        parts_of([site / "s"])
    run("t", "1/2")
    with pytest.raises(ShardError, match="others are of"):
        parts_of([site / "s", site / "t"])
    run("t", "2/2")
    (part,) = parts_of([site / "t"])[:1]
    other = Part(part.place, replace(part.manifest, base={}))
    folder = discover([site / "articles"], suffixes=(".md",), out=site / "t")
    with pytest.raises(ShardError, match="has changed since"):
        merge([other], folder, site / "t", tell=lambda _event: None)
    (site / "t" / FOLDER / MANIFESTS / "1-of-2").write_bytes(b"harmed")
    assert [str(one.shard) for one in manifests_in(site / "t")] == ["2/2"]


@pytest.mark.parametrize("harm", ["record", "sound", "gone", "here"])
def test_a_harmed_edition_is_named_and_the_others_are_merged(site: Path, run: Build, harm: str) -> None:
    run("s", "1/1")
    edition = site / "s" / "a1"
    if harm == "gone":
        (edition / "captions.vtt").unlink()
    else:
        (edition / ("a1.mp3" if harm == "sound" else "edition.json")).write_bytes(b"harmed")
    found = merged(site, "s" if harm == "here" else "m", "s")
    assert "a1.md: its edition in" in failures(found.outcome)["a1.md"]
    assert "Build its shard again: --shard 1/1" in failures(found.outcome)["a1.md"]
    listed = (site / ("s" if harm == "here" else "m") / "feed.xml").read_text("utf-8")
    assert "Title 2" in listed
    run("s", "1/1")
    assert "a1.md" not in failures(merged(site, "m", "s").outcome)


def test_an_edition_that_changed_replaces_the_one_that_is_there(site: Path, run: Build) -> None:
    run("s", "1/1")
    merged(site, "m", "s")
    (site / "m" / "a1" / "captions.srt").write_bytes(b"harmed")
    (site / "articles" / "a2.md").write_text("# Title 2\n\nIt is another.\n", encoding="utf-8")
    run("s", "1/1")
    assert merged(site, "m", "s").brought == 2
    run("one")
    assert published(site / "m") == published(site / "one")


def test_a_shard_is_told_by_the_path_alone() -> None:
    shards = [Shard(number, 5) for number in range(1, 6)]
    names = [f"folder/{number}.md" for number in range(500)]
    owners = {name: [shard.number for shard in shards if shard.has(name)] for name in names}
    assert all(len(found) == 1 for found in owners.values())
    assert {found[0] for found in owners.values()} == {1, 2, 3, 4, 5}
    assert owners["folder/7.md"] == [next(n for n in range(1, 6) if Shard(n, 5).has("folder/7.md"))]


@pytest.mark.parametrize("written", ["", "3", "0/4", "5/4", "1/0", "a/b", "-1/4", "1/4/2"])
def test_what_is_no_shard(written: str) -> None:
    with pytest.raises(ShardError, match="Write it as K/N"):
        Shard.parse(written)


@pytest.mark.parametrize(
    "error",
    [
        RetryLater("wait", engine="x"),
        VoiceNotFound("v", (), engine="x"),
        ReadError("broken", source="a.md", line=3, hint="Mend it."),
        EarmarkError("lost"),
    ],
)
def test_an_error_says_the_same_when_it_is_told_again(error: EarmarkError) -> None:
    again = error_of(fault_of(events.Failed("a.md", "a.md", error)))
    assert str(again) == str(error)
    assert isinstance(again, RetryLater) == isinstance(error, RetryLater)
    assert isinstance(again, EngineError) == isinstance(error, EngineError)
