"""People's recordings in a folder of articles: heard in their places, depended on, and refused where they can't be used."""

import json
import re
import wave
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import msgspec
import numpy as np
import pytest

from earmark.audio import align
from earmark.errors import ReadError
from earmark.library.build import build
from earmark.library.events import Failed, Made, Unchanged
from earmark.library.gate import check as checking
from earmark.library.inputs.sources import discover
from earmark.library.preview import preview
from earmark.library.rehearsal import rehearsal
from earmark.library.survey import Plan
from earmark.options import OutputOptions, Site, VoiceOptions
from earmark.readers import READERS
from earmark.settings import Settings

RATE = 16_000
FEW = OutputOptions(cover=False, epub=False, transcript=False)
TEXT = """\
---
title: Recorded
language: en
---
Before it, a voice speaks.

One sentence is read by a person. And there is another one.
{: recording="a person.wav"}

After it, a voice speaks.
"""


def spoken(path: Path, *seconds: float, rest: float = 0.4, level: float = 2000.0) -> None:
    """Write a recording of so many stretches of a voice, with a rest between, in a room."""
    room = np.random.default_rng(3)
    parts = [room.normal(0, 4, RATE // 4)]
    for length in seconds:
        at = np.arange(round(length * RATE)) / RATE
        parts += [level * np.sin(2 * np.pi * 180 * at), room.normal(0, 4, round(rest * RATE))]
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.concatenate(parts).astype("<i2").tobytes())


@dataclass
class Shelf:
    """A folder of articles, its editions, and what has been spoken for them."""

    folder: Path

    def plan(self, *, jobs: int = 2, **voice: Any) -> Plan:  # noqa: ANN401 (settings of any type)
        articles = self.folder / "articles"
        return Plan(
            folder=discover([articles], suffixes=READERS, out=self.folder / "audio"),
            settings=Settings(site=Site(language="en"), voice=VoiceOptions(engine="tone", **voice), outputs=FEW),
            out=self.folder / "audio",
            cache=self.folder / "cache",
            jobs=jobs,
        )

    def write(self, text: str, name: str = "a.md") -> None:
        path = self.folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def build(self, *, jobs: int = 2, **voice: Any) -> Any:  # noqa: ANN401 (some event)
        (result,) = build(self.plan(jobs=jobs, **voice), tell=lambda _event: None, stop=Event()).results
        return result

    def record(self, slug: str = "a") -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "audio" / slug / "edition.json").read_bytes())
        return found

    def failure(self) -> ReadError:
        result = self.build()
        assert isinstance(result, Failed)
        assert isinstance(result.error, ReadError)
        return result.error


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    found = Shelf(tmp_path)
    found.write(TEXT)
    spoken(found.folder / "articles" / "a person.wav", 2.0, 1.6)
    return found


def test_it_is_heard_in_its_place(shelf: Shelf) -> None:
    assert isinstance(shelf.build(), Made)
    record = shelf.record()
    cues = [cue for cue in record["cues"] if cue.get("recording")]
    assert [cue["printed"] for cue in cues] == ["One sentence is read by a person.", "And there is another one."]
    assert {cue["recording"] for cue in cues} == {"a person.wav"}
    assert [cue["voice"] for cue in cues] == ["", ""]
    assert [cue["words"] for cue in cues] == [None, None]  # a guess is not published
    assert cues[0]["end"] == cues[1]["start"]
    assert cues[0]["end"] - cues[0]["start"] == pytest.approx(2.2, abs=0.15)  # cut where the voice rests
    assert [voice["name"] for voice in record["voices"]] == ["low"]
    (recording,) = record["recordings"]
    assert recording["path"] == "a person.wav"
    assert recording["times"] == "estimated"
    assert recording["duration"] == pytest.approx(4.1, abs=0.1)
    assert record["problems"] == []
    bounds = [(cue["start"], cue["end"]) for cue in record["cues"]]
    assert bounds == sorted(bounds)
    assert "Recorded by a person" in (shelf.folder / "audio" / "a" / "index.html").read_text("utf-8")


def test_an_edit_elsewhere_changes_nothing_of_it_and_jobs_change_no_byte(shelf: Shelf, tmp_path: Path) -> None:
    shelf.build(jobs=1)
    shelf.write(TEXT.replace("After it", "Well after it"))
    result = shelf.build(jobs=3)
    assert isinstance(result, Made)
    assert result.spoken == 1
    other = Shelf(tmp_path / "other")
    other.write((shelf.folder / "articles" / "a.md").read_text("utf-8"))
    spoken(other.folder / "articles" / "a person.wav", 2.0, 1.6)
    other.build(jobs=1)
    for name in ("a.mp3", "edition.json", "captions.vtt"):
        assert (other.folder / "audio/a" / name).read_bytes() == (shelf.folder / "audio/a" / name).read_bytes(), name
    assert isinstance(shelf.build(), Unchanged)


def test_another_recording_makes_the_edition_stale(shelf: Shelf) -> None:
    shelf.build()
    spoken(shelf.folder / "articles" / "a person.wav", 2.0, 1.7)
    found = checking.check(shelf.plan(), checking.Scope(whole=True))
    assert any("the recording a person.wav was changed" in one.message for one in found.findings)
    result = shelf.build()
    assert isinstance(result, Made)
    assert result.spoken == 0


def test_one_that_can_not_be_of_its_words_is_told(shelf: Shelf) -> None:
    spoken(shelf.folder / "articles" / "a person.wav", 20.0, 20.0)
    assert isinstance(shelf.build(), Made)
    (problem,) = shelf.record()["problems"]
    assert (problem["code"], problem["line"]) == ("recording-implausible", 7)
    assert "it lasts 40.5 s" in problem["message"]


def test_what_a_person_says_is_not_to_be_spoken(shelf: Shelf) -> None:
    (article,) = rehearsal(shelf.plan()).articles
    assert not any("person" in words for words in article.to_speak)
    assert any("After it" in words for words in article.to_speak)


def test_a_preview_leaves_it_out(shelf: Shelf) -> None:
    shelf.build()
    shelf.write(TEXT.replace("another one", "an other one").replace("After", "Well after"))
    (one,) = preview(shelf.plan(), Event())
    assert one.error is None
    assert one.changed == ("Well after it, a voice speaks.",)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere.wav", "is not there"),
        ("no\\0where.wav", "is not there|is no path"),
        ("../../elsewhere.wav", "is outside the folder of articles"),
        ("/../../elsewhere.wav", "is outside the folder of articles"),
        ("link.wav", "is outside the folder of articles"),
        ("https://example.org/a.wav", "is an address"),
        ("a.md", "can't be used: it can't be decoded"),
        ("silent.wav", "can't be used: it is silent"),
        ("short.wav", "can't be used: it is (too short|silent)"),
    ],
)
def test_one_that_can_not_be_used_is_an_error_of_its_line(shelf: Shelf, path: str, reason: str) -> None:
    articles = shelf.folder / "articles"
    spoken(shelf.folder / "elsewhere.wav", 1.0)
    spoken(shelf.folder.parent / "elsewhere.wav", 1.0)
    (articles / "link.wav").symlink_to(shelf.folder / "elsewhere.wav")
    spoken(articles / "silent.wav", 1.0, level=3.0)
    spoken(articles / "short.wav")
    shelf.write(TEXT.replace("a person.wav", path))
    error = shelf.failure()
    assert error.line == 7
    assert error.code == "recording-missing"
    assert str(error.source).endswith("a.md")
    assert re.search(reason, error.message)


def test_one_that_is_too_large(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("earmark.library.inputs.recordings._MOST_BYTES", 1000)
    assert "is larger than" in shelf.failure().message


CHAPTERS = """\
---
title: Chapters
recording:
  The second: /sounds/two.wav
---
## The first

Spoken by a voice.

## The second

Read by its author, in a kitchen.

Another paragraph of it, read in the same kitchen.

::: recording mine.wav
> So somebody said.
:::

## The third

Spoken again.
"""


def test_a_chapter_keeps_its_own_pauses(shelf: Shelf) -> None:
    shelf.write(CHAPTERS, "a.md")
    spoken(shelf.folder / "articles/sounds/two.wav", 0.8, 1.8, 2.6, rest=0.9)
    spoken(shelf.folder / "articles/mine.wav", 1.0)
    assert isinstance(shelf.build(headings="high"), Made)
    record = shelf.record()
    cues = {cue["printed"]: cue for cue in record["cues"]}
    assert [one["path"] for one in record["recordings"]] == ["sounds/two.wav", "mine.wav"]
    heading, first, second = (cues[text] for text in ("The second", "Read by its author, in a kitchen.",
                                                      "Another paragraph of it, read in the same kitchen."))  # fmt: skip
    assert cues["The first"]["voice"] == "high"
    assert heading["voice"] == ""
    assert first["start"] - heading["end"] == pytest.approx(0.78, abs=0.05)
    assert second["end"] - second["start"] == pytest.approx(2.7, abs=0.1)
    assert cues["So somebody said."]["recording"] == "mine.wav"
    assert "Quote." not in cues


def test_among_several_voices_an_edit_costs_its_own_sentence(shelf: Shelf) -> None:
    text = (
        TEXT.replace("title: Recorded\n", "title: Recorded\nspeakers: {Jane: high}\n")
        + "\n::: speaker Jane\nOf hers.\n"
    )
    shelf.write(text)
    shelf.build(jobs=1, headings="high")
    before = shelf.record()
    shelf.write(text.replace("Of hers", "Of her own"))
    result = shelf.build(jobs=3, headings="high")
    assert isinstance(result, Made)
    assert result.spoken == 1
    after = shelf.record()
    assert [cue.get("speaker") for cue in after["cues"]][-2:] == ["Jane", None]
    assert [voice["name"] for voice in after["voices"]] == ["low", "high"]
    assert after["recordings"] == before["recordings"]
    mp3 = (shelf.folder / "audio/a/a.mp3").read_bytes()
    shelf.write(text)
    shelf.build(headings="high")
    shelf.write(text.replace("Of hers", "Of her own"))
    shelf.build(headings="high")
    assert (shelf.folder / "audio/a/a.mp3").read_bytes() == mp3


def test_a_person_reads_all_of_it(shelf: Shelf) -> None:
    shelf.write("---\nrecording: a person.wav\n---\n# One\n\nTwo three, four five six.\n\nSeven eight nine ten.\n")
    result = shelf.build()
    assert isinstance(result, Made)
    record = shelf.record()
    assert record["voices"] == []
    assert record["sample_rate"] == RATE
    assert all(cue["recording"] for cue in record["cues"])
    assert record["loudness"]["integrated_lufs"] == pytest.approx(-16, abs=0.5)
    assert isinstance(shelf.build(), Unchanged)
    page = (shelf.folder / "audio" / "a" / "index.html").read_text("utf-8")
    assert "synthetic voice" not in page


def test_words_that_an_aligner_has_heard_are_published(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = align.align

    def heard(*arguments: Any) -> align.Alignment:  # noqa: ANN401 (whatever align takes)
        return msgspec.structs.replace(estimate(*arguments), source="aligned")

    monkeypatch.setattr(align, "align", heard)
    assert isinstance(shelf.build(), Made)
    cues = [cue for cue in shelf.record()["cues"] if cue.get("recording")]
    assert [word["printed"] for word in cues[1]["words"]] == ["And", "there", "is", "another", "one."]
    assert {word["source"] for cue in cues for word in cue["words"]} == {"aligned"}
    assert shelf.record()["recordings"][0]["times"] == "aligned"
