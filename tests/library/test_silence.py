"""An article without a word of its own is refused by name; one whose code or picture is told is not."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace

from earmark.errors import ReadError
from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.inputs.sources import discover
from earmark.library.rehearsal import rehearsal
from earmark.readers import READERS
from earmark.settings import Layer, merge


@pytest.fixture
def plan(tmp_path: Path) -> Callable[[str, bytes], Plan]:
    """Return how an article's bytes are planned to be built, by a tone."""

    def planned(name: str, data: bytes) -> Plan:
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        return Plan(
            folder=discover([folder], suffixes=READERS, out=tmp_path / "audio"),
            settings=merge(Layer("test", {"voice": {"engine": "tone"}})),
            out=tmp_path / "audio",
            cache=tmp_path / "cache",
            jobs=1,
        )

    return planned


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.md", b""),
        ("white.txt", b" \n\n\t\n"),
        ("bom.md", b"\xef\xbb\xbf"),
        ("controls.txt", b"\x01\x02\x03"),
        ("nul.txt", b"\0\0"),
        ("front.md", b"---\ntitle: A title and nothing more\n---\n"),
        ("break.md", b"***\n"),
        ("decoration.md", b"![](x.png)\n"),
        ("comment.md", b"<!-- for later -->\n"),
        ("furniture.txt", b"READ MORE: Rents rise\n"),
    ],
)
def test_an_article_without_words_is_refused(name: str, data: bytes, plan: Callable[[str, bytes], Plan]) -> None:
    asked = plan(name, data)
    outcome = build(asked, tell=lambda _event: None, stop=Event())
    (result,) = outcome.results
    assert isinstance(result, events.Failed)
    assert isinstance(result.error, ReadError)
    assert name in str(result.error)
    assert "no words in it to say" in str(result.error)
    assert result.error.hint
    assert not list(asked.out.glob("*/*.mp3"))
    assert [failed.name for failed in rehearsal(asked).failed] == [result.name]


def test_it_says_what_was_left_out(plan: Callable[[str, bytes], Plan]) -> None:
    outcome = build(
        plan("a.txt", b"READ MORE: Rents\n\nREAD MORE: Rates\n\nGetty Images\n"), tell=lambda _: None, stop=Event()
    )
    (result,) = outcome.results
    assert isinstance(result, events.Failed)
    assert "(2 times related-link, credit)" in str(result.error)


@pytest.mark.parametrize(
    "data", [b"# Only a heading\n", b"```py\nx = 1\n```\n", b"![A cat](x.png)\n", b"Word.\n", b"| a |\n|---|\n| b |\n"]
)
def test_whatever_is_told_is_published(data: bytes, plan: Callable[[str, bytes], Plan]) -> None:
    outcome = build(plan("a.md", data), tell=lambda _event: None, stop=Event())
    assert [type(result) for result in outcome.results] == [events.Made]


def test_drafts_may_be_empty(plan: Callable[[str, bytes], Plan]) -> None:
    outcome = build(plan("a.md", b"---\ndraft: true\n---\n"), tell=lambda _event: None, stop=Event())
    assert [type(result) for result in outcome.results] == [events.Skipped]


def test_a_published_guid_is_not_given_away(plan: Callable[[str, bytes], Plan]) -> None:
    build(plan("one.md", b"---\nid: same\n---\nOne.\n"), tell=lambda _event: None, stop=Event())
    asked = plan("two.md", b"---\nid: same\n---\nTwo.\n")
    alone = replace(asked.folder, found=tuple(found for found in asked.folder.found if found.relative == "two.md"))
    outcome = build(replace(asked, folder=alone), tell=lambda _event: None, stop=Event())
    (result,) = outcome.results
    assert isinstance(result, events.Failed)
    assert "could not tell it from one.md" in str(result.error)
