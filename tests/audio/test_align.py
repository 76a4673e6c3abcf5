"""Recordings are cut where the voice rests, and every word has its place in order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from earmark.audio.activity import pauses
from earmark.audio.align import align

RATE = 8000


def tone(seconds: float, level: float = 8000.0) -> NDArray[np.int16]:
    at = np.arange(round(seconds * RATE)) / RATE
    return np.round(level * np.sin(2 * np.pi * 300 * at)).astype(np.int16)


def room(seconds: float, level: float = 12.0) -> NDArray[np.int16]:
    noise = np.random.default_rng(7).normal(0, level, round(seconds * RATE))
    return np.round(noise).astype(np.int16)


def test_pauses_are_found_in_a_room_that_is_never_silent() -> None:
    samples = np.concatenate([room(0.5), tone(1.0), room(0.05), tone(0.5), room(0.4), tone(1.0), room(0.3)])
    found = [(round(start / RATE, 2), round(end / RATE, 2)) for start, end in pauses(samples, RATE)]
    assert found == [(0.0, 0.5), (2.05, 2.45), (3.45, 3.75)]


def test_there_are_no_pauses_in_nothing_and_in_an_unbroken_tone() -> None:
    assert pauses(np.zeros(0, np.int16), RATE) == ()
    assert pauses(tone(1.0), RATE) == ()


def test_sentences_end_where_the_voice_rests_though_one_is_read_slowly() -> None:
    samples = np.concatenate([room(0.3), tone(2.0), room(0.5), tone(1.0), room(0.2), tone(1.2), room(0.6), tone(1.5)])
    words = ["One", "two", "three", "four.", "Five", "six,", "seven", "eight", "nine.", "Ten", "eleven", "twelve."]
    found = align(words, samples, RATE)
    assert found.source == "estimated"
    ends = [round(found.words[n][1] / RATE, 1) for n in (3, 8, 11)]
    starts = [round(found.words[n][0] / RATE, 1) for n in (0, 4, 9)]
    assert starts == pytest.approx([0.3, 2.8, 5.8], abs=0.11)
    assert ends == pytest.approx([2.3, 5.2, 7.3], abs=0.11)


def test_without_a_pause_for_each_sentence_only_letters_tell() -> None:
    found = align(["A.", "Bbb.", "Cc."], tone(1.0), RATE)
    assert [end - start for start, end in found.words] == pytest.approx([8000 * n / 9 for n in (2, 4, 3)], abs=2)


WORDS = st.lists(st.sampled_from(["a", "word.", "1984", "—", "Longer,", "end?”"]), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.lists(st.tuples(st.booleans(), st.integers(1, 30)), min_size=1, max_size=12))
def test_words_keep_their_order_inside_the_recording(words: list[str], parts: list[tuple[bool, int]]) -> None:
    samples = np.concatenate([tone(n / 20) if loud else room(n / 20) for loud, n in parts])
    found = align(words, samples, RATE).words
    assert len(found) == len(words)
    times = [time for stretch in found for time in stretch]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= len(samples)
