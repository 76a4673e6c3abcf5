"""What an edit changes in what is said."""

from hypothesis import given
from hypothesis import strategies as st

from earmark.narration.difference import Piece, difference

TEXTS = st.lists(st.sampled_from("abcd"), max_size=12)


def said(texts: str | list[str]) -> tuple[Piece, ...]:
    return tuple(Piece(kind="utterance", text=text, id=f"u{number}") for number, text in enumerate(texts))


def test_the_same_is_no_change() -> None:
    assert difference(said("abc"), said("abc")) == ()
    assert difference((), ()) == ()


def test_a_sentence_in_the_middle() -> None:
    (change,) = difference(said("abc"), said("axc"))
    assert (change.at, [piece.text for piece in change.before], [piece.text for piece in change.after]) == (
        1,
        ["b"],
        ["x"],
    )


def test_another_voice_is_another_sound() -> None:
    (change,) = difference((Piece(kind="utterance", text="a"),), (Piece(kind="utterance", text="a", voice="ann"),))
    assert change.after[0].voice == "ann"


@given(TEXTS, TEXTS)
def test_the_changes_make_the_one_of_the_other(before: list[str], after: list[str]) -> None:
    old, new = said(before), said(after)
    built: list[str] = []
    taken = 0
    for change in difference(old, new):
        same = change.at - len(built)
        built += before[taken : taken + same]
        taken += same
        assert [piece.text for piece in change.before] == before[taken : taken + len(change.before)]
        taken += len(change.before)
        built += [piece.text for piece in change.after]
    assert built + before[taken:] == after


def test_a_long_article_of_one_sentence_ends() -> None:
    changes = difference(said(["x", *["a"] * 20_000]), said([*["a"] * 20_001, "y"]))
    assert changes
