"""Loudness and true peak against ffmpeg's meter, and the limiter's promises."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from earmark.audio.gain import Programme, choose_gain
from earmark.audio.limiter import level, limit
from earmark.audio.loudness import Levels, clip_levels, integrated, levels, true_peak

Voice = Callable[..., NDArray[np.int16]]


def meter(ffmpeg: str, source: list[str]) -> tuple[float, float]:
    """Return ffmpeg's integrated loudness (three decimals) and true peak (dB)."""
    chain = "ebur128=peak=true:metadata=1,ametadata=print:key=lavfi.r128.I:file=-"
    run = subprocess.run(  # noqa: S603 (the checker)
        [ffmpeg, "-hide_banner", "-nostats", *source, "-af", chain, "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    peak = re.findall(r"Peak:\s+(\S+) dBFS", run.stderr)
    return float(re.findall(r"lavfi\.r128\.I=(\S+)", run.stdout)[-1]), float(peak[-1])


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_agrees_with_ffmpeg(ffmpeg: str, voice: Voice, tmp_path: Path, rate: int) -> None:
    quiet = np.zeros(rate, np.int16)
    spoken = np.concatenate([part for n in range(8) for part in (voice(2.4 + n / 7, rate, seed=n), quiet)])
    samples = spoken.astype(np.float32) / np.float32(32768)
    raw = tmp_path / "voice.raw"
    raw.write_bytes(spoken.astype("<i2").tobytes())
    loudness, peak = meter(ffmpeg, ["-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", str(raw)])
    assert integrated([levels(samples, rate, tail=False).energy]) == pytest.approx(loudness, abs=0.05)
    assert 20 * np.log10(true_peak(samples)) == pytest.approx(peak, abs=0.15)


def test_parts_add_up_to_the_whole(voice: Voice) -> None:
    samples = voice(30.0).astype(np.float32) / np.float32(32768)
    whole = integrated([levels(samples, 22_050, tail=False).energy])
    parts = [levels(samples[n : n + 441 * 333], 22_050, tail=False).energy for n in range(0, len(samples), 441 * 333)]
    assert integrated(parts) == pytest.approx(whole, abs=0.02)


def test_silence_has_no_loudness_and_no_peak() -> None:
    silence = np.zeros(30_000, np.float32)
    assert integrated([levels(silence, 22_050, tail=False).energy]) == -np.inf
    assert integrated([]) == -np.inf
    assert true_peak(silence) == 0.0
    assert true_peak(silence[:0]) == 0.0
    assert len(levels(silence[:0], 22_050, tail=True).energy) == 0


def test_what_is_shorter_than_a_window_is_measured_as_it_is(voice: Voice) -> None:
    short = clip_levels(voice(0.25), 22_050)
    assert -40 < integrated([short.energy]) < -5


def test_peaks_between_samples_are_found() -> None:
    at = np.arange(4000)
    tone = (0.5 * np.sin(2 * np.pi * at / 4 + np.pi / 4)).astype(np.float32)  # samples at 0.354, peaks at 0.5
    assert np.abs(tone).max() < 0.36
    assert true_peak(tone) == pytest.approx(0.5, rel=0.015)


def test_levels_survive_a_cache(voice: Voice) -> None:
    measured = clip_levels(voice(1.0), 22_050)
    back = Levels.from_bytes(measured.to_bytes())
    assert np.array_equal(back.energy, measured.energy)
    assert np.array_equal(back.peak, measured.peak)
    with pytest.raises(ValueError, match="buffer size"):
        Levels.from_bytes(b"12345")


@pytest.mark.parametrize("rate", [8000, 22_050, 48_000])
@pytest.mark.parametrize("count", [1, 7, 100, 50_001])
def test_no_sample_passes_the_ceiling_and_quiet_ones_stay(rate: int, count: int) -> None:
    noise = np.random.default_rng(count).standard_normal(count).astype(np.float32)
    assert np.abs(limit(noise, rate, ceiling=0.8)).max() <= np.float32(0.8)
    quiet = noise / np.abs(noise).max() * np.float32(0.79)
    assert np.array_equal(limit(quiet, rate, ceiling=0.8), quiet)


def test_a_peak_is_turned_down_before_it_arrives_and_not_clipped() -> None:
    tone = np.sin(2 * np.pi * 500 * np.arange(22_050) / 22_050).astype(np.float32) * np.float32(0.3)
    tone[10_000:10_400] *= 5
    out = limit(tone, 22_050, ceiling=0.8)
    gain = out[np.abs(tone) > 0.01] / tone[np.abs(tone) > 0.01]
    assert np.abs(np.diff(gain)).max() < 0.05  # a clip would jump by a third
    assert np.array_equal(out[:9000], tone[:9000])
    assert np.array_equal(out[11_500:], tone[11_500:])


def test_nothing_stays_nothing() -> None:
    assert len(level(np.zeros(0, np.float32), 22_050, ceiling=0.8)) == 0
    assert not level(np.zeros(900, np.float32), 22_050, ceiling=0.8).any()


def test_the_gain_foretells_the_loudness(voice: Voice) -> None:
    clips: list[NDArray[np.int16]] = [voice(3.0, seed=n, level=0.2) for n in range(6)]
    programme = Programme.of([(clip_levels(clip, 22_050), True, 15) for clip in clips])
    gain = choose_gain(programme, -16.0, ceiling=0.83)
    assert gain == pytest.approx(round(gain / 0.2) * 0.2)
    assert programme.predict(gain, ceiling=0.83) == pytest.approx(-16.0, abs=0.15)
    assert choose_gain(programme, -16.0, ceiling=0.83, bias=1.0) < gain
    assert Programme.of([]).is_silent()
