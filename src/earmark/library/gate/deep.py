"""Reads every byte of an edition: nothing that was published may have become anything else."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from earmark.errors import ReadError
from earmark.library.state.freshness import RECORD
from earmark.library.state.records import is_sealed, record_at
from earmark.library.state.staleness import harmed_files
from earmark.writers.record import Record

if TYPE_CHECKING:
    from earmark.edition import Loudness

_CHAPTERS = "chapters.json"
_NEAR = 0.0015  # s: two roundings of one moment to a millisecond
_LOUDNESS = 0.3  # LU and dB: two ways to measure, two decoders
_AGAIN = "The next `earmark build` makes it again."


class Fault(Struct, frozen=True):
    """Something that is not as it was published: `file` of the edition `slug`, made of `source`."""

    code: str
    slug: str
    source: str
    file: str
    message: str
    hint: str = _AGAIN


class _Chapter(Struct, frozen=True):
    startTime: float  # noqa: N815 (the format's own names)
    endTime: float  # noqa: N815
    title: str


class _Chapters(Struct, frozen=True):
    chapters: tuple[_Chapter, ...]


def look_into(out: Path, slug: str) -> tuple[Fault, ...]:
    """Return what is wrong with an edition's bytes, chapters and loudness. Reads it all, a piece at a time."""
    path = out / slug / RECORD
    try:
        record, sealed = record_at(path), is_sealed(path)
    except OSError as error:
        return (Fault("edition-harmed", slug, "", RECORD, f"the record can't be read: {error.strerror}"),)
    if record is None or record.slug != slug:
        return (Fault("edition-harmed", slug, "", RECORD, "this is no record of this edition"),)
    source = record.source.path
    found = [
        Fault("edition-harmed", slug, source, name, f"the file {what}") for name, what in harmed_files(out, record)
    ]
    if not sealed:
        message = "the record is not, to the last bit, what was published"
        found.append(Fault("edition-harmed", slug, source, RECORD, message))
    harmed = {fault.file for fault in found}
    if not harmed & {f"{slug}.mp3", _CHAPTERS, RECORD}:  # what is harmed is told already
        found += [Fault(code, slug, source, name, message) for code, name, message in _contents(out / slug, record)]
    return tuple(found)


def _contents(folder: Path, record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield where files that are what they were do not say the same: code, file, message."""
    from earmark.audio.measuring import measure  # noqa: PLC0415 (decoders load slowly: only where one is needed)
    from earmark.writers.tags import read  # noqa: PLC0415 (likewise)

    name = f"{record.slug}.mp3"
    recorded = [(chapter.start, chapter.end) for chapter in record.chapters]
    try:
        with (folder / name).open("rb") as stream:
            tags = read(stream)
            stream.seek(0)
            measured = measure(stream, name=str(folder / name))
        listed = msgspec.json.decode((folder / _CHAPTERS).read_bytes(), type=_Chapters).chapters
    except ReadError as error:
        yield "edition-harmed", name, error.message
        return
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        yield "edition-harmed", _CHAPTERS, f"it can't be read: {error}"
        return
    tagged = [(chapter.start / 1000, chapter.end / 1000) for chapter in tags.chapters]
    in_json = [(chapter.startTime, chapter.endTime) for chapter in listed]
    yield from (("chapters-differ", name, what) for what in _apart(tagged, recorded, "the MP3's chapters"))
    yield from (("chapters-differ", _CHAPTERS, what) for what in _apart(in_json, recorded, "these chapters"))
    if [chapter.title for chapter in tags.chapters] != [chapter.title for chapter in listed]:
        yield "chapters-differ", name, f"the MP3's chapters are not called as those of {_CHAPTERS}"
    yield from (("loudness-differs", name, what) for what in _louder(measured.loudness, record))


def _apart(ones: list[tuple[float, float]], others: list[tuple[float, float]], which: str) -> Iterator[str]:
    """Yield the first place where two lists of chapters are not the same."""
    for number, (one, other) in enumerate(zip_longest(ones, others), start=1):
        if one is None or other is None:
            yield f"{which} are {len(ones)}, and the record has {len(others)}"
            return
        if max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _NEAR:
            yield f"{which} are not those of the record: number {number} is from {one[0]:.3f} to {one[1]:.3f} s"
            return


def _louder(measured: "Loudness", record: Record) -> Iterator[str]:
    pairs = (
        ("integrated loudness", measured.integrated_lufs, record.loudness.integrated_lufs, "LUFS"),
        ("true peak", measured.true_peak_dbtp, record.loudness.true_peak_dbtp, "dBTP"),
    )
    for what, heard, written, unit in pairs:
        if written is not None and not abs(heard - written) <= _LOUDNESS:
            yield f"its {what} is {heard:.1f} {unit}, and the record says {written:.1f}"
