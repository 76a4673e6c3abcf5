"""Rule fixtures are plain text: written form, arrow, expected reading. A new case needs no code."""

from pathlib import Path

import pytest

from earmark.spoken.say import say

FORMS = Path(__file__).parent / "forms"


def cases() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(FORMS.glob("*.txt")):
        language = path.stem.rpartition(".")[2]
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("# "):
                left, _, reading = line.partition(" ⇒")
                found.append((language, left.rpartition(" @ ")[2], reading.removeprefix(" ")))
    return found


def reading(text: str, language: str) -> str:
    return "".join(token.said for token in say(text, language).tokens if isinstance(token.said, str))


@pytest.mark.parametrize(("language", "written", "expected"), cases())
def test_reading(language: str, written: str, expected: str) -> None:
    assert reading(written, language).rstrip() == expected


def test_every_written_form_has_its_reading() -> None:
    lines = (FORMS / "written-forms.en-GB.txt").read_text(encoding="utf-8").split("\n")
    forms = [line.partition(" ⇒")[0] for line in lines if line and not line.startswith("# ")]
    assert len(forms) == len(set(forms)) == 506
    for form in forms:
        short, at, sentence = form.partition(" @ ")
        assert not at or short in sentence
