"""Produced sounds: decoded, levelled, faded; and clear words about what can't be used."""

import io
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from earmark.audio.dressing import Role, bleep, dress
from earmark.audio.loudness import integrated, levels
from earmark.errors import EarmarkError
from earmark.options import AudioOptions

RATE = 22_050


def music(seconds: float = 3.0, rate: int = 44_100) -> NDArray[np.float32]:
    at = np.arange(round(seconds * rate)) / rate
    left = np.sin(2 * np.pi * 330 * at) * 0.3
    return np.stack([left, left * 0.5]).astype(np.float32)


def written(samples: NDArray[np.float32], kind: str, rate: int = 44_100) -> bytes:
    file = io.BytesIO()
    with AudioFile(file, "w", rate, len(samples), format=kind) as out:
        out.write(samples)
    return file.getvalue()


def dressed(data: bytes, role: Role = "sting", **options: float) -> NDArray[np.float32]:
    settings = AudioOptions(**options)  # type: ignore[arg-type]
    return dress(data, role, name="jingle.wav", sample_rate=RATE, options=settings).samples


@pytest.mark.parametrize("kind", ["wav", "aiff", "flac", "ogg", "mp3"])
def test_every_kind_is_read_at_the_rate_and_level_of_the_edition(kind: str) -> None:
    samples = dressed(written(music(), kind))
    assert len(samples) == pytest.approx(3 * RATE, abs=3000)
    assert integrated([levels(samples, RATE, tail=False).energy]) == pytest.approx(-16.0, abs=0.3)


def test_the_level_can_be_set_and_never_clips() -> None:
    data = written(music(), "wav")
    soft = dressed(data, dressing_level=-12.0)
    assert integrated([levels(soft, RATE, tail=False).energy]) == pytest.approx(-28.0, abs=0.3)
    assert np.abs(dressed(data, dressing_level=10.0, loudness=-9.0)).max() <= 10 ** (-0.9 / 20)


@pytest.mark.parametrize(("role", "fading_in", "fading_out"), [("intro", 1, 2), ("outro", 2, 1), ("sting", 0, 0)])
def test_fades(role: Role, fading_in: int, fading_out: int) -> None:
    samples = np.abs(dressed(written(music(6.0), "wav"), role, fade=1000, crossfade=2000))
    full = samples[3 * RATE - 2000 : 3 * RATE].max()

    def at(second: float) -> float:
        centre = round(second * RATE)
        return float(samples[centre - 300 : centre + 300].max() / full)

    for seconds, middle in ((fading_in, fading_in / 2), (fading_out, 6 - fading_out / 2)):
        if seconds:
            assert 0.05 < at(middle) < 0.8
    assert at(0.1) > 0.9 or fading_in
    assert at(5.9) > 0.9 or fading_out
    assert at(fading_in + 0.1) > 0.9
    assert max(samples[0], samples[-1]) < 0.01


def test_a_fade_longer_than_the_sound_is_the_sound() -> None:
    assert len(dressed(written(music(0.5), "wav"), "intro", fade=5000)) == pytest.approx(RATE // 2, abs=30)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not a sound", "can't be decoded"),
        (b"", "can't be decoded"),
        (written(np.zeros((1, 44_100), np.float32), "wav"), "silent"),
        (written(np.zeros((1, 0), np.float32), "wav"), "can't be used"),
        (written(np.zeros((1, 8000 * 601), np.float32), "flac", 8000), "at most 10 minutes"),
        (written(np.ones((9, 800), np.float32), "wav", 8000), "9 channels at 8000 Hz"),
    ],
    ids=["text", "nothing", "silence", "empty", "long", "channels"],
)
def test_what_cant_be_used_is_said_with_its_name(data: bytes, message: str) -> None:
    with pytest.raises(EarmarkError, match=message) as caught:
        dressed(data)
    assert "jingle.wav" in str(caught.value)


def test_a_huge_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("earmark.audio.dressing._MOST_BYTES", 10)
    with pytest.raises(EarmarkError, match="over"):
        dressed(written(music(), "wav"))


def test_the_bleep_is_gentle_and_starts_softly() -> None:
    tone = bleep(RATE)
    assert integrated([levels(tone.samples, RATE, tail=False).energy]) == pytest.approx(-24, abs=1.5)
    assert np.abs(tone.samples[:20]).max() < 0.02
    assert tone.key == bleep(RATE).key != bleep(24_000).key


def test_importing_warns_of_nothing() -> None:
    code = "import earmark.audio.dressing"
    run = subprocess.run(  # noqa: S603 (this interpreter)
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, env={"PATH": ""}
    )
    assert (run.returncode, run.stderr) == (0, "")
