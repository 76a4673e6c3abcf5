"""Articles that want no edition: once that is known, nobody reads them again to find it out."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

import pytest

from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.gate.check import Scope, check
from earmark.library.inputs.sources import discover
from earmark.library.preview import preview
from earmark.library.rehearsal import rehearsal
from earmark.library.state.index import Index
from earmark.pipeline.desk import Desk
from earmark.readers import READERS
from earmark.settings import Layer, merge

Planned = Callable[..., Plan]
DRAFT = "---\ndraft: true\ntags: [slow]\n---\nNot yet.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nIt rained.\n")
    (folder / "draft.md").write_text(DRAFT)
    (folder / "mute.md").write_text("---\naudio: false\n---\nNever.\n")
    return tmp_path


@pytest.fixture
def plan(site: Path) -> Planned:
    def planned(*, only: tuple[str, ...] = (), **sections: Mapping[str, object]) -> Plan:
        sources = [site / "articles" / name for name in only] or [site / "articles"]
        return Plan(
            folder=discover(sources, suffixes=READERS, out=site / "audio"),
            settings=merge(Layer("test", {"voice": {"engine": "tone"}, **sections})),
            out=site / "audio",
            cache=site / "cache",
            jobs=1,
        )

    return planned


def told(plan: Plan) -> dict[str, str]:
    """Build, and return what became of each article: why it was skipped, or the kind of its result."""
    outcome = build(plan, tell=lambda _event: None, stop=Event())
    return {
        str(Path(result.name).name): result.reason if isinstance(result, events.Skipped) else type(result).__name__
        for result in outcome.results
    }


SKIPPED = {"draft.md": "it is a draft", "mute.md": "its front matter says audio: false"}


@pytest.fixture
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def refuse(*_: object) -> None:
        raise AssertionError("an article is read although nothing has changed")

    return lambda: monkeypatch.setattr(Desk, "__init__", refuse)


def test_drafts_are_read_once(plan: Planned, nobody_reads: Callable[[], None]) -> None:
    assert told(plan()) == {"one.md": "Made", **SKIPPED}
    nobody_reads()
    assert told(plan()) == {"one.md": "Unchanged", **SKIPPED}
    assert [article.state for article in rehearsal(plan()).articles] == [
        SKIPPED["draft.md"],
        SKIPPED["mute.md"],
        "unchanged",
    ]
    assert [one.skipped for one in preview(plan(), Event())] == list(SKIPPED.values())
    inspection = check(plan(), Scope(whole=True))
    assert {article.state for article in inspection.articles} == {"skipped", "fresh"}
    assert inspection.articles[0].reasons == (SKIPPED["draft.md"],)


def test_one_that_was_only_touched_is_not_read_by_a_reader(
    plan: Planned, site: Path, nobody_reads: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(plan())
    os.utime(site / "articles" / "draft.md", ns=(1, 1))
    told(plan())
    nobody_reads()
    monkeypatch.setattr(
        "earmark.library.state.freshness.hash_of", lambda _path: pytest.fail("its bytes are read again")
    )
    assert told(plan())["draft.md"] == "it is a draft"


def test_a_draft_that_is_finished_is_made_and_taken_back_is_told(plan: Planned, site: Path) -> None:
    told(plan())
    draft = site / "articles" / "draft.md"
    draft.write_text("Now it is finished.\n")
    assert told(plan())["draft.md"] == "Made"
    assert Index(site / "audio").declined("draft.md") is None
    draft.write_text(DRAFT)
    for _ in range(2):
        assert told(plan())["draft.md"] == "it is a draft"
        findings = check(plan(), Scope(whole=True)).findings
        assert [finding.code for finding in findings if finding.source == "draft.md"] == ["edition-withdrawn"]
    draft.write_text("Now it is finished.\n")
    assert told(plan())["draft.md"] == "Unchanged"
    assert Index(site / "audio").declined("draft.md") is None


def test_settings_may_decide_otherwise(plan: Planned, site: Path) -> None:
    (site / "articles" / "unsaid.md").write_text("Nothing is said of audio.\n")
    assert told(plan(articles={"audio": False}))["unsaid.md"].startswith("nothing says audio: true")
    assert told(plan()) == {"one.md": "Made", "unsaid.md": "Made", **SKIPPED}


def test_what_is_gone_or_broken_is_forgotten(plan: Planned, site: Path) -> None:
    told(plan())
    (site / "articles" / "draft.md").unlink()
    (site / "articles" / "mute.md").write_bytes(b"---\naudio: [\n---\n")
    assert told(plan()) == {"one.md": "Unchanged", "mute.md": "Failed"}
    assert Index(site / "audio").declined("draft.md") is None
    told(plan(only=("one.md",)))
    assert Index(site / "audio").declined("mute.md") is not None
