"""What the header of a picture tells: its kind, its size, and whether podcast directories take it. Nothing is decoded."""

import struct
from collections.abc import Iterator

LEAST, MOST = 1_400, 3_000  # pixels, each way
HINT = f"Save it as a square JPEG or PNG of {LEAST:,} to {MOST:,} pixels, in RGB colours and without transparency"
_MOST_PIXELS = 100_000_000
_GREY, _GREY_WITH_ALPHA, _WITH_ALPHA = 0, 4, 6  # PNG's colour types
_COLOUR_TYPE_AT = 25
_COMPONENTS = {1: "in shades of grey", 4: "in CMYK colours, which are for print"}  # of a JPEG
_JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def kind_of(data: bytes) -> str:
    """Return the media type of a picture that any reading system shows, "" for anything else: SVG can act."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def size_of(data: bytes, kind: str) -> tuple[int, int]:
    """Return width and height in pixels, zeros if the picture doesn't say them where it should."""
    try:
        if kind == "image/png":
            return struct.unpack_from(">II", data, 16)
        if kind == "image/gif":
            return struct.unpack_from("<HH", data, 6)
        if kind == "image/jpeg":
            height, width = struct.unpack_from(">HH", data, frame_of(data) + 5)
            return width, height
        if kind == "image/webp":
            return _size_of_webp(data)
    except struct.error:
        pass
    return 0, 0


def _size_of_webp(data: bytes) -> tuple[int, int]:
    match data[12:16]:
        case b"VP8X":
            width, low, height, high = struct.unpack_from("<HBHB", data, 24)
            return width + (low << 16) + 1, height + (high << 16) + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def is_bomb(data: bytes, kind: str) -> bool:
    """Tell whether a small file may fill the memory of whoever is shown the picture: so one that tells no size does, too."""
    width, height = size_of(data, kind)
    return not 0 < width * height <= _MOST_PIXELS


def frame_of(data: bytes) -> int:
    """Return where in a JPEG the segment begins that tells its size and its colours.

    Raises `struct.error` if there is none.
    """
    at = 2
    while True:
        marker, kind, length = struct.unpack_from(">BBH", data, at)
        if marker != 0xFF:  # noqa: PLR2004 (every segment begins so)
            raise struct.error("no segment begins where one should")
        if kind in _JPEG_SIZES:
            return at
        at += 1 if kind == 0xFF else 2 + length  # noqa: PLR2004 (a marker may be filled up with such bytes)


def faults(data: bytes, kind: str) -> Iterator[str]:
    """Yield what is wrong with a JPEG or PNG as artwork, by its header; the picture itself is not decoded."""
    width, height = size_of(data, kind)
    if width != height:
        yield f"not square ({width:,} × {height:,} pixels)"
    elif width < LEAST:
        yield f"too small ({width:,} × {height:,} pixels)"
    if max(width, height) > MOST:
        yield f"too large ({width:,} × {height:,} pixels)" if width == height else "too large"
    colours = _of_png(data) if kind == "image/png" else _COMPONENTS.get(_components(data), "")
    if colours:
        yield colours


def _of_png(data: bytes) -> str:
    kind = data[_COLOUR_TYPE_AT] if len(data) > _COLOUR_TYPE_AT else -1
    if kind in {_WITH_ALPHA, _GREY_WITH_ALPHA} or b"tRNS" in data[: max(0, data.find(b"IDAT"))]:
        return "partly transparent"
    return _COMPONENTS[1] if kind == _GREY else ""


def _components(data: bytes) -> int:
    """Return how many colour components a JPEG has, 0 if it doesn't say so where it should."""
    try:
        return int(data[frame_of(data) + 9])
    except (IndexError, struct.error):
        return 0
