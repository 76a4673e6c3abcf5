"""The whole of an edition's sound: loudness, peaks, duration, and the same bytes however it was made."""

import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from earmark.audio.dressing import bleep, dress
from earmark.audio.finished import Finished
from earmark.audio.loudness import Levels, clip_levels
from earmark.audio.mastering import Master, Material, gain_alone, master, programme_of
from earmark.audio.mp3 import frame_samples
from earmark.audio.render import Block, Part, Produced, blocks_of, render
from earmark.errors import EarmarkError
from earmark.narration.script import Item, Pause, Script, Sentence, Sound, Text, Utterance
from earmark.options import AudioOptions, ChapterOptions
from earmark.timeline import ClipLength, lay_out

Voice = Callable[..., NDArray[np.int16]]

Clips = dict[str, NDArray[np.int16]]
Given = TypeVar("Given")
Result = TypeVar("Result")


class Memory(dict[str, bytes]):
    """A store in memory that counts."""

    made = 0

    def put(self, key: str, data: bytes) -> None:
        self.made += 1
        self[key] = data

    def holds(self, key: str) -> bool:
        return key in self


class Nothing:
    """A store without room."""

    def get(self, key: str) -> bytes | None:
        del key
        return None

    def put(self, key: str, data: bytes) -> None:
        del key, data

    def holds(self, key: str) -> bool:
        return bool(self.get(key))


def sentence(name: str, text: str, *more: Sound) -> Sentence:
    spoken = Utterance(id=name, block="b0001", spans=(), printed=text, said=(Text(text),), language="en")
    return Sentence(id=f"s{name}", block="b0001", kind="paragraph", spans=(), parts=(spoken, *more))


def article(voice: Voice, count: int, *, rate: int = 22_050, edited: int = -1) -> tuple[Script, Clips]:
    clips: Clips = {}
    items: list[Item] = []
    for number in range(count):
        seed = number + 1000 * (number == edited)
        name = f"u{number}"
        clips[name] = voice(3.0 + seed % 7 / 3, rate, seed=seed, level=0.3)
        items += [sentence(name, f"Sentence {seed}."), Pause(650 if number % 4 == 3 else 300)]
    return Script(title="T", language="en", items=tuple(items)), clips


def material(
    script: Script,
    clips: Clips,
    *,
    rate: int = 22_050,
    sounds: Mapping[str, Produced] | None = None,
    crossfade: int = 0,
) -> Material:
    sounds = sounds or {}
    timeline = lay_out(
        script,
        {name: ClipLength(len(clip)) for name, clip in clips.items()},
        {name: len(sound.samples) for name, sound in sounds.items()},
        sample_rate=rate,
        frame=frame_samples(rate),
        chapters=ChapterOptions(),
        crossfade=crossfade,
    )
    return Material(
        timeline=timeline,
        key=lambda name: sha256(clips[name].tobytes()).hexdigest(),
        samples=clips.__getitem__,
        programme=programme_of(timeline, lambda name: clip_levels(clips[name], rate), sounds),
        sounds=sounds,
    )


def bytes_of(made: Master) -> bytes:
    data = b"".join(made.chunks())
    assert len(data) == made.size
    return data


def assert_as_ffmpeg_hears(ffmpeg: str, made: Master, source: Material, path: Path) -> None:
    """Length to the sample, loudness and true peak within a tenth of what was recorded, and in bounds."""
    path.write_bytes(bytes_of(made))
    run = subprocess.run(  # noqa: S603 (the checker)
        [ffmpeg, "-v", "error", "-i", str(path), "-f", "s16le", "-"], capture_output=True, check=True
    )
    assert (run.stderr, len(run.stdout) // 2) == (b"", source.timeline.duration)
    meter = subprocess.run(  # noqa: S603 (the checker)
        [
            ffmpeg,
            "-hide_banner",
            "-nostats",
            "-i",
            str(path),
            "-af",
            "ebur128=peak=true:framelog=verbose",
            "-f",
            "null",
            "-",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    loudness = float(meter.rsplit("I:", 1)[1].split()[0])
    peak = float(meter.rsplit("Peak:", 1)[1].split()[0])
    assert loudness == pytest.approx(made.loudness.integrated_lufs, abs=0.12)  # it prints one decimal
    assert peak == pytest.approx(made.loudness.true_peak_dbtp, abs=0.2)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_loud_as_asked_and_long_as_laid_out(ffmpeg: str, voice: Voice, tmp_path: Path, rate: int) -> None:
    source = material(*article(voice, 14, rate=rate), rate=rate)
    assert len(source.timeline.cuts) > 1
    assert_as_ffmpeg_hears(ffmpeg, master(source, AudioOptions(), Memory()), source, tmp_path / "a.mp3")


@pytest.mark.parametrize("rate", [22_050, 44_100])
def test_a_stretch_of_blocks_is_an_mp3_of_its_own(ffmpeg: str, voice: Voice, tmp_path: Path, rate: int) -> None:
    """As long as it was laid out, to the sample, and the sound of that place of the whole."""
    source = material(*article(voice, 14, rate=rate), rate=rate)
    made = master(source, AudioOptions(), Memory())
    cuts = source.timeline.cuts

    def decoded(chunks: Iterable[bytes]) -> NDArray[np.int16]:
        path = tmp_path / "part.mp3"
        path.write_bytes(b"".join(chunks))
        command = [ffmpeg, "-v", "error", "-i", str(path), "-f", "s16le", "-"]
        return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.int16)  # noqa: S603 (the checker)

    whole = decoded(made.chunks())
    for cut in cuts:
        part = decoded(made.stretch(cut.start, cut.end))
        assert len(part) == cut.end - cut.start
        off = np.abs(part.astype(int) - whole[cut.start : cut.end])
        assert off[:-2500].max() <= 3  # the pause behind it is silent here; in the whole the next block is foreshadowed
    assert len(decoded(made.stretch(0, source.timeline.duration))) == source.timeline.duration
    with pytest.raises(ValueError, match="no blocks begin at"):
        list(made.stretch(1, cuts[0].end))


def test_a_very_peaky_voice(ffmpeg: str, tmp_path: Path) -> None:
    samples = (np.random.default_rng(3).standard_normal(22_050 * 12) * 90).astype(np.int16)
    samples[::2300] = 30_000
    script, _ = article(lambda *_args, **_kw: samples, 2)
    source = material(script, {"u0": samples, "u1": samples})
    assert_as_ffmpeg_hears(ffmpeg, master(source, AudioOptions(), Memory()), source, tmp_path / "a.mp3")


@pytest.mark.parametrize("seconds", [0.3, 2.0])
def test_a_very_short_article(ffmpeg: str, voice: Voice, tmp_path: Path, seconds: float) -> None:
    script = Script(title="T", language="en", items=(sentence("u0", "Yes."),))
    source = material(script, {"u0": voice(seconds)})
    made = master(source, AudioOptions(), Memory())
    assert made.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
    if seconds > 1:
        assert_as_ffmpeg_hears(ffmpeg, made, source, tmp_path / "a.mp3")


def test_silence_and_nothing_are_clear_errors() -> None:
    script = Script(title="T", language="en", items=(sentence("u0", "Yes."),))
    with pytest.raises(EarmarkError, match="nothing in it can be heard"):
        master(material(script, {"u0": np.zeros(9000, np.int16)}), AudioOptions(), Memory())
    with pytest.raises(EarmarkError, match="nothing in it can be heard"):
        master(material(replace(script, items=()), {}), AudioOptions(), Memory())


def test_the_same_bytes_whatever_the_threads_and_the_store(voice: Voice) -> None:
    source = material(*article(voice, 24))
    plain = bytes_of(master(source, AudioOptions(), Memory()))
    store = Memory()
    with ThreadPoolExecutor(3) as threads:
        assert bytes_of(master(source, AudioOptions(), store, threads.map)) == plain
    made = store.made
    again = replace(source, samples=lambda name: pytest.fail(f"{name} was read though its block is kept"))
    assert bytes_of(master(again, AudioOptions(), store)) == plain
    assert store.made == made
    assert bytes_of(master(source, AudioOptions(), Nothing())) == plain


def test_damaged_and_swept_blocks_are_made_again(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    source = material(*article(voice, 16))
    store = Memory()
    plain = bytes_of(master(source, AudioOptions(), store))
    for number, key in enumerate(store):
        store[key] = [b"", store[key][:-1], b"x" * len(store[key])][number % 3]
    assert bytes_of(master(source, AudioOptions(), store)) == plain
    monkeypatch.setattr("earmark.audio.mastering._HELD_BYTES", 0)
    made = master(source, AudioOptions(), store)
    assert bytes_of(made) == plain
    store.clear()
    assert bytes_of(made) == plain


def test_an_edit_costs_its_own_block_and_gives_the_bytes_of_a_whole_build(voice: Voice) -> None:
    store = Memory()
    first = master(material(*article(voice, 60)), AudioOptions(), store)
    blocks = store.made
    edited = material(*article(voice, 60, edited=30))
    begun: list[object] = []

    def noted(function: Callable[[Given], Result], items: Iterable[Given], /) -> Iterator[Result]:
        given = list(items)
        begun.extend(given)
        return map(function, given)

    second = master(edited, AudioOptions(), store, noted)
    assert first.gain == second.gain
    assert 0 < (encoded := store.made - blocks) <= 3
    assert set(begun[:encoded]).isdisjoint(blocks_of(material(*article(voice, 60)).timeline))
    assert bytes_of(second) == bytes_of(master(edited, AudioOptions(), Memory()))


def test_dressing_is_heard_at_the_speech_level(ffmpeg: str, voice: Voice, tmp_path: Path) -> None:
    options = AudioOptions(crossfade=1500)
    jingle = bytes_of(master(material(*article(voice, 2)), AudioOptions(), Memory()))
    sounds = {
        "intro": dress(jingle, "intro", name="intro.mp3", sample_rate=22_050, options=options),
        "outro": dress(jingle, "outro", name="outro.mp3", sample_rate=22_050, options=options),
        "bleep": bleep(22_050),
    }
    script, clips = article(voice, 14)
    clips["masked"] = voice(1.0, seed=99)
    script = replace(script, items=(*script.items, sentence("masked", "What the", Sound("bleep"))))
    source = material(script, clips, sounds=sounds, crossfade=1500)
    made = master(source, options, Memory())
    assert_as_ffmpeg_hears(ffmpeg, made, source, tmp_path / "a.mp3")


def test_a_block_is_its_parts_at_their_places(voice: Voice) -> None:
    clip = voice(0.5)
    tone = bleep(22_050)
    block = Block(30_000, (Part("u", 1000, len(clip)),), (Part("bleep", 9000, len(tone.samples)),), last=True)
    made = render(block, {"u": clip}.__getitem__, {"bleep": tone}, gain=-6.0)
    assert not made[:1000].any()
    expected = clip.astype(np.float64) / 32768 * 10 ** (-6 / 20)
    assert np.abs(made[1000:9000] - expected[:8000]).max() < 1e-6
    assert np.abs(made[1000 + len(clip) : 9000 + len(tone.samples)]).max() > 0.05
    for wrong in (
        replace(block, clips=(Part("u", 0, 5),)),
        replace(block, sounds=(Part("bleep", 0, 5),)),
    ):
        with pytest.raises(ValueError, match="laid out"):
            render(wrong, {"u": clip}.__getitem__, {"bleep": tone}, gain=0.0)


def test_blocks_far_from_an_edit_are_equal_though_they_moved(voice: Voice) -> None:
    before = blocks_of(material(*article(voice, 60)).timeline)
    after = blocks_of(material(*article(voice, 60, edited=30)).timeline)
    assert len(set(after) - set(before)) <= 3
    assert [block.last for block in before] == [False] * (len(before) - 1) + [True]


def test_a_finished_block_survives_a_store() -> None:
    assert Finished.from_bytes(b"EMB0" + bytes(40)) is None


def test_a_peaky_sound_needs_more_gain_than_an_even_one_that_is_as_loud() -> None:
    energy = np.full(500, 0.01, np.float32)
    even, peaky = (Levels(energy, np.full(500, peak, np.float32)) for peak in (0.15, 0.8))
    assert (
        gain_alone(peaky, AudioOptions()) - gain_alone(even, AudioOptions()) > 1.0
    )  # else it would be heard as softer
    softer = even.raised(-6.0)
    assert gain_alone(softer, AudioOptions()) - gain_alone(even, AudioOptions()) == pytest.approx(6.0, abs=0.3)
