"""Names and colons in plain interviews."""

import pytest

from earmark.article import attribute
from earmark.narration.script import spoken_text, utterances
from earmark.options import NarrationOptions, VoiceOptions
from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Composed, Source
from earmark.settings import Settings

INTERVIEW = """An interview, by nobody.

JANE DOE: Nobody asked us.

Not one of them.

Tom Ash: I was not asked.

NOTE TO ALL WHO MAY READ THIS: It is late.

Q: And now?

WHO: No idea.

2024: A year.
"""


def told(text: str, *, on: bool = True) -> Composed:
    settings = Settings(narration=NarrationOptions(turns=on), voice=VoiceOptions(speakers={"Tom ash": "en+f3"}))
    return compose(Source(name="talk.txt", data=text.encode(), settings=settings, paces={"": 150.0}))


def speakers(composed: Composed) -> list[str]:
    return [attribute(block, "speaker") for block in composed.article.blocks]


def test_a_turn_lasts_until_the_next() -> None:
    composed = told(INTERVIEW)
    assert speakers(composed) == ["", "Jane Doe", "Jane Doe", "Tom ash", "Tom ash", "Q", "WHO", "WHO"]
    words = [spoken_text(one.said) for one in utterances(composed.script)]
    assert "Jane Doe: Nobody asked us." in words, "no letters, one by one"
    said = [one for one in utterances(composed.script) if not one.added]
    by_words = {one.printed: (one.speaker, one.voice) for one in said}
    assert by_words["Not one of them."] == ("Jane Doe", "")
    assert next(value for words, value in by_words.items() if "I was not asked" in words) == ("Tom ash", "en+f3")
    assert not any(one.added and one.printed == "Jane Doe:" for one in utterances(composed.script)), "it is printed"


def test_only_where_it_is_asked_for() -> None:
    assert set(speakers(told(INTERVIEW, on=False))) == {""}
    assert "Jane Doe" in speakers(told(f"---\nturns: true\n---\n{INTERVIEW}", on=False))
    assert set(speakers(told(f"---\nturns: false\n---\n{INTERVIEW}"))) == {""}


@pytest.mark.parametrize("text", ["A" * 60_000, "A B " * 20_000, "A.-" * 20_000 + ":", "A’" * 29 + ": x"])
def test_what_only_looks_like_a_name_is_read_quickly(text: str) -> None:
    assert len(told(text).article.blocks) == 1
