"""Frames, their CRC, the header, and joins that can't be heard."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import eyed3
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from earmark.audio import mp3
from earmark.audio.crc import crc16, join
from earmark.errors import EarmarkError

Voice = Callable[..., NDArray[np.int16]]


def decoded(ffmpeg: str, path: Path) -> NDArray[np.float32]:
    run = subprocess.run(  # noqa: S603 (the checker)
        [ffmpeg, "-v", "error", "-i", str(path), "-f", "f32le", "-"], capture_output=True, check=True
    )
    assert run.stderr == b""
    return np.frombuffer(run.stdout, "<f4")


def slow_crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_crc_joins(first: bytes, second: bytes) -> None:
    assert crc16(first + second) == slow_crc(first + second)
    assert join(crc16(first), crc16(second), len(second)) == crc16(first + second)


@pytest.mark.parametrize("count", [1023, 1024, 4096, 10_001])
def test_crc_of_long_runs(count: int) -> None:
    data = np.random.default_rng(count).integers(0, 256, count, np.uint8).tobytes()
    assert crc16(data) == slow_crc(data)
    assert crc16(b"123456789") == 0xBB3D


@pytest.mark.parametrize("rate", [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
def test_the_header_is_what_the_encoder_would_write(voice: Voice, rate: int) -> None:
    samples = voice(5.0, rate).astype(np.float32) / np.float32(32768)
    whole = mp3.encode(samples, rate, 64)
    starts = mp3.frame_starts(whole)
    theirs = bytearray(whole[: starts[1]])
    frames = mp3.Frames.of(whole[starts[1] :])
    ours = bytearray(mp3.header([frames], duration=len(samples), sample_rate=rate, bitrate=64))
    tag = theirs.index(b"Info")
    assert crc16(bytes(theirs[: tag + 154])) == int.from_bytes(theirs[tag + 154 : tag + 156], "big")
    assert crc16(bytes(ours[: tag + 154])) == int.from_bytes(ours[tag + 154 : tag + 156], "big")
    contents = slice(tag + 16, tag + 116)
    assert max(abs(a - b) for a, b in zip(ours[contents], theirs[contents], strict=True)) <= 3
    assert slow_crc(bytes(ours[:190])) == int.from_bytes(ours[190:192], "big")
    assert theirs[190:192] == bytes(2)
    for part in (contents, slice(tag + 154, tag + 156), slice(190, 192)):
        ours[part] = theirs[part]
    assert ours == theirs


@pytest.mark.parametrize("rate", [8000, 22_050, 48_000])
def test_the_headers_sums_are_those_of_what_follows(
    rate: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    frame = mp3.frame_samples(rate)
    noise = np.random.default_rng(rate).normal(0, 0.1, 40 * frame).astype(np.float32)
    blocks = [mp3.encode_block(part, rate, 64, last=part is noise) for part in (noise[: 12 * frame], noise)]
    head = mp3.header(map(mp3.Frames.of, blocks), duration=52 * frame, sample_rate=rate, bitrate=64)
    path, music = tmp_path / "joined.mp3", b"".join(blocks)
    path.write_bytes(head + music)
    with caplog.at_level("WARNING"):
        info = eyed3.load(path).info
    assert caplog.messages == []
    assert info.lame_tag["music_length"] == len(head + music)
    assert info.lame_tag["music_crc"] == slow_crc(music)
    assert info.lame_tag["infotag_crc"] == slow_crc(head[:190])


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("bitrate", [64, 144])
def test_a_join_decodes_like_the_whole(ffmpeg: str, voice: Voice, tmp_path: Path, rate: int, bitrate: int) -> None:
    frame = mp3.frame_samples(rate)
    silence = max(3000, rate // 5)
    lengths = [frame * (4 * rate // frame), frame * (3 * rate // frame), 2 * rate + 77]
    blocks = []
    for number, length in enumerate(lengths):
        block = np.zeros(length, np.float32)
        block[: length - silence] = voice(length / rate, rate, seed=number)[: length - silence] / np.float32(32768)
        block[length - silence - 200 : length - silence] *= np.linspace(1, 0, 200, dtype=np.float32)
        blocks.append(block)
    frames = [mp3.encode_block(b, rate, bitrate, last=b is blocks[-1]) for b in blocks]
    head = mp3.header(
        [mp3.Frames.of(part) for part in frames], duration=sum(lengths), sample_rate=rate, bitrate=bitrate
    )
    joined, whole = tmp_path / "joined.mp3", tmp_path / "whole.mp3"
    joined.write_bytes(head + b"".join(frames))
    whole.write_bytes(mp3.encode(np.concatenate(blocks), rate, bitrate))
    ours, theirs = decoded(ffmpeg, joined), decoded(ffmpeg, whole)
    assert len(ours) == len(theirs) == sum(lengths)
    source = np.concatenate(blocks) * np.float32(0.95)
    for cut in (lengths[0], lengths[0] + lengths[1]):
        quiet = slice(cut - 1300, cut - 700)  # the silence that both have coded as such
        assert np.abs(ours[quiet] - theirs[quiet]).max() < 0.001
        near = slice(cut - 2000, cut + 4000)
        ours_off, theirs_off = (float(np.sqrt(np.mean((x[near] - source[near]) ** 2))) for x in (ours, theirs))
        assert ours_off <= 1.2 * theirs_off + 0.0005
    first = slice(0, lengths[0] - silence)
    assert np.abs(ours[first] - theirs[first]).max() < 1e-4


def test_a_block_off_the_frame_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="577"):
        mp3.encode_block(np.zeros(577, np.float32), 22_050, 64, last=False)
    with pytest.raises(ValueError, match="can't last"):
        mp3.header([mp3.Frames(2, 416, 0)], duration=50_000, sample_rate=22_050, bitrate=64)


def test_what_isnt_frames_is_refused() -> None:
    data = mp3.encode(np.zeros(2000, np.float32), 22_050, 64)
    with pytest.raises(ValueError, match="cut short"):
        mp3.frame_starts(data[:-1])
    with pytest.raises(ValueError, match="no MP3 frame at byte 0"):
        mp3.frame_starts(b"RIFF" + data)


@pytest.mark.parametrize(
    ("rate", "asked", "given"),
    [(22_050, 144, 160), (44_100, 144, 160), (8000, 160, 64), (22_050, 64, 64), (44_100, 48, 48), (22_050, 140, 128)],
)
def test_the_nearest_bit_rate_is_taken(rate: int, asked: int, given: int) -> None:
    assert mp3.bitrate_for(rate, asked) == given


def test_rates_that_mp3_has_not() -> None:
    assert [mp3.edition_rate(rate) for rate in (22_050, 20_000, 96_000, 6000)] == [22_050, 22_050, 48_000, 8000]
    with pytest.raises(EarmarkError, match="24000"):
        mp3.frame_samples(23_000)
