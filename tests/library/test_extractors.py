"""What takes articles out of web pages is an input of their editions, and of no others."""

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from threading import Event

import pytest

from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.gate.check import Scope, check
from earmark.library.inputs.sources import discover
from earmark.library.state.extractors import extractor, extractor_of
from earmark.readers import READERS
from earmark.settings import Layer, merge


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    extractor.cache_clear()
    yield
    extractor.cache_clear()


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "plain.md").write_text("# One\n\nIt rained.\n")
    (folder / "page.html").write_text("<!DOCTYPE html><title>Two</title><body><p>It snowed.</p>")
    return Plan(
        folder=discover([folder], suffixes=READERS, out=tmp_path / "audio"),
        settings=merge(Layer("test", {"voice": {"engine": "tone"}})),
        out=tmp_path / "audio",
        cache=tmp_path / "cache",
        jobs=1,
    )


def install(monkeypatch: pytest.MonkeyPatch, version: str | None) -> None:
    def told(_name: str) -> str:
        if version is None:
            raise metadata.PackageNotFoundError
        return version

    monkeypatch.setattr(metadata, "version", told)
    extractor.cache_clear()


def made(plan: Plan) -> set[str]:
    outcome = build(plan, tell=lambda _event: None, stop=Event())
    return {Path(result.name).name for result in outcome.results if isinstance(result, events.Made)}


def test_installing_an_extractor_makes_pages_anew_and_nothing_else(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, None)
    assert len(made(plan)) == 2
    assert made(plan) == set()
    install(monkeypatch, "2.0.0")
    stale = {article.source: article.reasons for article in check(plan, Scope(whole=True)).articles if article.reasons}
    assert stale == {"page.html": ("what takes articles out of web pages is another, or was installed or removed",)}
    assert {Path(name).stem for name in made(plan)} == {"page"}
    assert made(plan) == set()
    install(monkeypatch, "2.1.0")
    assert {Path(name).stem for name in made(plan)} == {"page"}


def test_only_pages_ask_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "2.0.0")
    assert extractor_of("a/b.md") == {}
    assert set(extractor_of("a/b.HTM")) == {"pages"}
