"""Draws the cover: text, and a row of bars as a voice makes them on a screen, in white on one dark ground."""

import struct
import zlib
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from earmark.writers.cover.fitting import Room, fit, initials, shown

SIDE = 1400  # pixels: the least that directories take, and enough for a screen
# Grounds on which white has a contrast of at least 7 to 1.
COLOURS = (
    (0x14, 0x3D, 0x59), (0x5B, 0x1A, 0x3A), (0x1F, 0x4A, 0x2E), (0x3C, 0x2A, 0x6B),
    (0x6B, 0x2A, 0x12), (0x0F, 0x4C, 0x4C), (0x4A, 0x38, 0x10), (0x2B, 0x33, 0x47),
)  # fmt: skip
_MARGIN = 120
_TITLE = Room(SIDE - 2 * _MARGIN, 840, (208, 184, 164, 146, 130, 116, 104, 92, 82, 72), 1.16)
_NAME = Room(SIDE - 2 * _MARGIN, 60, (52, 46, 40), 1.1)
_LETTERS = Room(SIDE - 2 * _MARGIN, 840, (620, 520, 420, 340), 1.16)
_WHITE = 255
_TINT = 70  # of the bars: seen, and never in the way of the letters
_BARS = 32
_BARS_FROM, _TALLEST = 1130, 150
_NAME_AT = 1310
_UP, _RGB = 2, 2  # PNG's filter and colour type
_FONT = "DejaVuSans-Bold.ttf"


def draw(title: str, publication: str) -> bytes:
    """Return a PNG, square and RGB, that shows `title` and, below it, the publication if that is another.

    A title in letters that the font has not is not drawn in boxes: the publication's initials stand for it, or
    the ground alone. The same texts give the same bytes. Takes some tens of milliseconds.
    """
    digest = sha256((publication or title).encode("utf-8", "replace")).digest()
    sheet = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(sheet)
    _bars(pen, sha256(title.encode("utf-8", "replace")).digest())
    line = shown(title, _has_glyph)
    name = shown(publication, _has_glyph)
    if line:
        _text(pen, line, _TITLE, _MARGIN)
    else:
        _text(pen, initials(publication, _has_glyph), _LETTERS, _MARGIN)
    if name and name != line:
        _text(pen, name, _NAME, _NAME_AT)
    return _png(sheet, COLOURS[digest[0] % len(COLOURS)])


def _text(pen: ImageDraw.ImageDraw, text: str, room: Room, top: int) -> None:
    if not text:
        return
    fitted = fit(text, room, lambda line, size: _font(size).getlength(line))
    for number, line in enumerate(fitted.lines):
        at = (_MARGIN, top + round(number * fitted.size * room.leading))
        pen.text(at, line, fill=_WHITE, font=_font(fitted.size))


def _bars(pen: ImageDraw.ImageDraw, digest: bytes) -> None:
    step = (SIDE - 2 * _MARGIN) / _BARS
    for number in range(_BARS):
        height = 24 + digest[number] * (_TALLEST - 24) // 255
        left = round(_MARGIN + number * step)
        top = _BARS_FROM + (_TALLEST - height) // 2
        pen.rounded_rectangle((left, top, left + round(step * 0.55), top + height), radius=8, fill=_TINT)


def _png(sheet: Image.Image, ground: tuple[int, int, int]) -> bytes:
    """Return the sheet in colour, as a PNG: 0 is the ground, 255 white.

    Each row is told by its difference to the one above: three times as quick as to try every filter on each row,
    and of most rows of a cover nothing is left.
    """
    tones = np.array([[tone + (255 - tone) * level // 255 for tone in ground] for level in range(256)], np.uint8)
    rows = tones.take(np.frombuffer(sheet.tobytes(), np.uint8), axis=0).reshape(SIDE, 3 * SIDE)
    filtered = np.empty((SIDE, 1 + 3 * SIDE), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, _RGB, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(filtered.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    data = (files(__package__) / _FONT).read_bytes()
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has_glyph(character: str) -> bool:
    """Tell whether the font has a glyph of its own for a character: else it draws a box."""
    return character == " " or bytes(_font(40).getmask(character)) != _box()


@cache
def _box() -> bytes:
    return bytes(_font(40).getmask("\uffff"))
