"""Rule fixtures are plain text: written form, arrow, expected reading. A new case needs no code."""

from pathlib import Path

import pytest

from earmark.spoken.say import say

FORMS = Path(__file__).parent / "forms"


def cases(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    pairs = (line.partition(" ⇒") for line in lines if line and not line.startswith("# "))
    return [(left.rpartition(" @ ")[2], reading.removeprefix(" ")) for left, _, reading in pairs]


def reading(text: str, language: str) -> str:
    return "".join(token.said for token in say(text, language).tokens if isinstance(token.said, str))


# A test for each file and not for each of its thousands of forms, of which each would cost more than its reading does.
@pytest.mark.parametrize("path", sorted(FORMS.glob("*.txt")), ids=lambda path: path.stem)
def test_readings(path: Path) -> None:
    language = path.stem.rpartition(".")[2]
    found = [(written, reading(written, language).rstrip(), expected) for written, expected in cases(path)]
    assert found
    assert [case for case in found if case[1] != case[2]] == []


def test_every_written_form_has_its_reading() -> None:
    lines = (FORMS / "written-forms.en-GB.txt").read_text(encoding="utf-8").split("\n")
    forms = [line.partition(" ⇒")[0] for line in lines if line and not line.startswith("# ")]
    assert len(forms) == len(set(forms)) == 506
    for form in forms:
        short, at, sentence = form.partition(" @ ")
        assert not at or short in sentence
