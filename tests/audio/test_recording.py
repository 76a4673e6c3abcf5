"""A person's recording as the edition needs it, or an error that says why it can't be."""

import io
import struct
import wave

import numpy as np
import pytest
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from earmark.audio import recording
from earmark.errors import EarmarkError

RATE = 22_050


def spoken(seconds: float, rate: int, level: float = 0.3) -> NDArray[np.float32]:
    at = np.arange(round(seconds * rate)) / rate
    wave_ = level * np.sin(2 * np.pi * 220 * at)
    return np.concatenate([np.zeros(rate // 2), wave_, np.zeros(rate)]).astype(np.float32)


def file(samples: NDArray[np.float32], rate: int, kind: str, channels: int = 1) -> io.BytesIO:
    data = io.BytesIO()
    with AudioFile(data, "w", rate, channels, format=kind, quality=64 if kind == "mp3" else None) as out:
        out.write(np.stack([samples] * channels))
    return io.BytesIO(data.getvalue())


@pytest.mark.parametrize("kind", ["wav", "flac", "aiff", "ogg", "mp3"])
@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (RATE, 1)])
def test_every_kind_of_file_is_heard(kind: str, rate: int, channels: int) -> None:
    clip = recording.decoded(file(spoken(1.0, rate), rate, kind, channels), RATE)
    assert clip.sample_rate == RATE
    assert len(clip.samples) / RATE == pytest.approx(1.12, abs=0.06)  # trimmed, but for a breath and the room
    assert int(clip.samples.max()) == pytest.approx(0.3 * 32768, rel=0.12)
    assert clip.words is None


def test_at_its_own_rate() -> None:
    assert recording.decoded(file(spoken(0.5, 48_000), 48_000, "wav"), None).sample_rate == 48_000
    assert recording.rate_of(file(spoken(0.5, 48_000), 48_000, "wav")) == 48_000


@pytest.mark.parametrize("data", [b"", b"RIFF", b"not a sound at all" * 50])
def test_what_is_no_sound(data: bytes) -> None:
    with pytest.raises(EarmarkError, match="it can't be decoded"):
        recording.decoded(io.BytesIO(data), RATE)
    with pytest.raises(EarmarkError, match="it can't be decoded"):
        recording.rate_of(io.BytesIO(data))


def test_silence_and_what_is_too_long_or_strange(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EarmarkError, match="it is silent"):
        recording.decoded(file(np.zeros(RATE, np.float32), RATE, "wav"), RATE)
    monkeypatch.setattr(recording, "MOST_SECONDS", 1)
    with pytest.raises(EarmarkError, match="it is longer than"):
        recording.decoded(file(spoken(1.0, RATE), RATE, "wav"), RATE)
    data = io.BytesIO()
    with wave.open(data, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(2_000)
        out.writeframes(b"\x00\x40" * 4_000)
    with pytest.raises(EarmarkError, match="1 channels at 2000 Hz"):
        recording.decoded(io.BytesIO(data.getvalue()), RATE)


def test_what_is_no_number_is_no_sound() -> None:
    samples = spoken(1.0, RATE)
    strange = np.concatenate([samples, np.full(100, np.nan), np.full(100, np.inf), np.full(100, 3e38)]).astype("<f4")
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + strange.nbytes, b"WAVE", b"fmt ", 16, 3, 1, RATE, RATE * 4, 4, 32, b"data", strange.nbytes)  # fmt: skip
    found = recording.decoded(io.BytesIO(head + strange.tobytes()), RATE).samples
    assert int(found[: RATE // 2].max()) == round(0.3 * 32768)


@pytest.mark.parametrize("claim", [0xFFFFFFFE, 22_050 * 2 * 3_000])
def test_a_header_that_lies_about_its_length_is_followed_no_further_than_the_words(claim: int) -> None:
    data = file(spoken(1.0, RATE), RATE, "wav").getvalue()
    at = data.index(b"data") + 4
    with pytest.raises(EarmarkError, match="it is longer than 10 minutes"):
        recording.decoded(io.BytesIO(data[:at] + struct.pack("<I", claim) + data[at + 4 :]), RATE, most_seconds=600)


def test_a_cut_does_not_click() -> None:
    samples = np.full(RATE, 9000, np.int16)
    whole = recording.faded(samples, RATE, into=False, out=False)
    assert whole is samples
    cut = recording.faded(samples, RATE, into=True, out=True)
    assert abs(int(cut[0])) < 50
    assert abs(int(cut[-1])) < 50
    assert (cut[400:-400] == 9000).all()
    assert recording.faded(samples[:1], RATE, into=True, out=False).tolist() == [9000]


@pytest.mark.parametrize("kind", ["wav", "aiff", "flac", "mp3"])
def test_a_file_that_was_cut_short_is_refused(kind: str) -> None:
    whole = file(spoken(6, 22_050), 22_050, kind).getvalue()
    recording.decoded(io.BytesIO(whole), None)
    with pytest.raises(EarmarkError, match=r"cut short|is silent"):
        recording.decoded(io.BytesIO(whole[: len(whole) // 2]), None)
    if kind in {"wav", "aiff"}:
        with pytest.raises(EarmarkError, match="shorter than it says"):
            recording.decoded(io.BytesIO(whole[:-2_000]), None)
