"""What is remembered of an article's sentences is what would be worked out again, whatever was edited meanwhile."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from earmark.article import Lexeme
from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Composed, Source
from earmark.settings import Layer, Settings, merge
from earmark.spoken import say as saying
from earmark.spoken.lexicon import Entries
from earmark.spoken.memory import Memory
from earmark.spoken.passage import Passage
from earmark.spoken.tokens import Spoken, Token

ARTICLES = sorted((Path(__file__).parents[2] / "articles").glob("*.*"))


def source(data: bytes, *, name: str = "a.md", settings: Settings | None = None, memory: bytes = b"") -> Source:
    return Source(name=name, data=data, settings=settings or Settings(), paces={"": 150}, memory=memory)


def plain(composed: Composed) -> Composed:
    return replace(composed, memory=b"")


@pytest.mark.parametrize(
    "path", [path for path in ARTICLES if path.suffix in {".md", ".txt"}], ids=lambda path: path.name
)
def test_an_article_is_the_same_with_its_memory(path: Path) -> None:
    data = path.read_bytes()
    first = compose(source(data, name=path.name))
    assert first.memory
    again = compose(source(data, name=path.name, memory=first.memory))
    assert again == first


SENTENCES = (
    "The IRA paid £3.5m in 1999.",
    "Ira paid nothing.",
    "It was IT week for the *IRA*.",
    "WHO said it, and who did not?",
    "Read [the report](https://example.org) on page iv.",
    "> It cost 3.2m.",
    "# Henry VIII and the NHS",
    "- one of 12\n- two of 1/2",
    "Half a pair: \ud83d.",
)


@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_an_edit_with_a_memory_is_the_edit_without(before: list[str], after: list[str]) -> None:
    def data(parts: list[str]) -> bytes:
        return "\n\n".join(parts).encode("utf-8", "replace")

    memory = compose(source(data(before))).memory
    assert compose(source(data(after), memory=memory)) == compose(source(data(after)))


def test_settings_and_lexemes_are_not_forgotten() -> None:
    data = b"# On masks\n\nWhat the f*** happened to the NASA lead?\n"
    memory = compose(source(data)).memory
    silent = merge(Layer("x", {"narration": {"masked": "skip"}}))
    assert plain(compose(source(data, settings=silent, memory=memory))) == plain(compose(source(data, settings=silent)))
    site = Entries([Lexeme(grapheme="lead", alias="led")])
    assert plain(compose(source(data, memory=memory), site)) == plain(compose(source(data), site))
    assert plain(compose(source(data, memory=memory), site)) != plain(compose(source(data)))


def test_an_unchanged_sentence_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = compose(source(b"# T\n\nOne stays. Two stays.\n")).memory
    worked_out: list[str] = []

    def work_out(passage: Passage, _: object) -> Spoken:
        worked_out.append(passage.text)
        return passage.spoken()

    monkeypatch.setattr(saying, "_worked_out", work_out)
    compose(source(b"# T\n\nOne stays. A third comes. Two stays.\n", memory=memory))
    assert worked_out == ["A third comes."]


@pytest.mark.parametrize("kept", [b"", b"\x00", b"\x81\xa1x\xc0", b"\xc1" * 40])
def test_what_is_no_memory_is_an_empty_one(kept: bytes) -> None:
    assert Memory(kept).recall(b"key") is None


def test_a_memory_keeps_what_was_asked_for_and_forgets_the_rest() -> None:
    first = Memory()
    first.remember(b"a", Spoken((Token(0, 1, "a"),)))
    first.remember(b"b", Spoken((Token(0, 1, "b"),)))
    second = Memory(first.packed())
    assert second.recall(b"a") == Spoken((Token(0, 1, "a"),))
    third = Memory(second.packed())
    assert third.recall(b"b") is None
    assert third.recall(b"a") is not None


def test_what_can_not_be_written_down_is_not_remembered() -> None:
    memory = Memory()
    memory.remember(b"a", Spoken((Token(0, 1, "\ud83d"),)))
    assert memory.packed() == b""
