"""`earmark inspect`: what an MP3 holds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from earmark.audio.measuring import Measured
    from earmark.writers.tags import Tags


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE.mp3", help="An MP3, of earmark's making or another's.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Tell what an MP3 holds: chapters, tags, loudness and duration."""
    from earmark.audio.measuring import measure  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.telling.console import data, result  # noqa: PLC0415
    from earmark.errors import ReadError  # noqa: PLC0415
    from earmark.library.inputs.sources import SourceNotFound  # noqa: PLC0415
    from earmark.writers.tags import read  # noqa: PLC0415

    try:
        with _opened(file) as stream:
            tags = read(stream)
            stream.seek(0)
            measured = measure(stream, name=str(file))
    except FileNotFoundError:
        raise SourceNotFound(f"{file}: there is no such file", hint="Check the spelling.") from None
    except OSError as error:
        raise ReadError(f"it can't be read: {error.strerror}", source=file) from None
    if as_json:
        data(_json(file, tags, measured))
    else:
        for line in _lines(tags, measured):
            result(line)
    return 0


def _opened(file: Path) -> BinaryIO:
    """Return what reads a file, or an object in a store. Raises `FileNotFoundError` where there is none."""
    from earmark.storage.remote import Remote, address_of  # noqa: PLC0415

    address = address_of(file)
    if not address:
        return file.open("rb")
    from io import BytesIO  # noqa: PLC0415

    folder, _, name = address.rpartition("/")
    data = Remote(folder).get(name)
    if data is None:
        raise FileNotFoundError
    return BytesIO(data)


def _json(file: Path, tags: "Tags", measured: "Measured") -> bytes:
    import msgspec  # noqa: PLC0415

    return msgspec.json.encode(
        {
            "schema": 1,
            "file": file.name,
            "duration": round(measured.duration, 3),
            "sample_rate": measured.sample_rate,
            "bitrate": measured.bitrate,
            "channels": measured.channels,
            "loudness": measured.loudness,
            "tags": tags,
        }
    )


def _lines(tags: "Tags", measured: "Measured") -> "Iterator[str]":
    """Yield what a person reads, a fact to a line."""
    from earmark.cli.telling.console import clock  # noqa: PLC0415

    about = {
        "Title": tags.title,
        "By": tags.artist,
        "From": tags.album,
        "Date": tags.date,
        "Language": tags.language,
        "Copyright": tags.copyright,
        "Comment": tags.comment,
        "Cover": f"{tags.cover.type}, {tags.cover.bytes:,} bytes" if tags.cover else "",
        "Tag": tags.version or "none",
    }
    yield from (f"{name}: {value}" for name, value in about.items() if value)
    yield f"Duration: {clock(measured.duration)}"
    yield f"Sound: {measured.bitrate} kbit/s, {measured.sample_rate:,} Hz, {'mono' if measured.channels == 1 else 'stereo'}"
    loudness = measured.loudness
    yield f"Loudness: {loudness.integrated_lufs:.1f} LUFS, true peak {loudness.true_peak_dbtp:.1f} dBTP"
    yield f"Chapters: {len(tags.chapters)}"
    for number, chapter in enumerate(tags.chapters, start=1):
        yield f"{number}. {clock(chapter.start / 1000)} to {clock(chapter.end / 1000)}: {chapter.title}"
