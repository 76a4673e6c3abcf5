"""Tells why an edition is not what would be made now: which of its inputs, or which of its files, is another."""

from collections.abc import Iterator
from pathlib import Path

from earmark.library.inputs.sources import Found
from earmark.library.state.extractors import NAME as PAGES
from earmark.library.state.extractors import extractor
from earmark.library.state.freshness import Freshness, hash_of
from earmark.library.state.index import Stat
from earmark.pipeline.studio import FOR_NOW
from earmark.writers.record import Record

_SHARED = {
    "settings": "settings were changed",
    "rules": "another version of earmark made it",
    "sounds": "the intro, outro or sting was changed",
    "templates": "a template of its page was changed",
}


def changed_inputs(freshness: Freshness, record: Record, found: Found) -> tuple[str, ...]:
    """Return in what the edition's inputs are not those of now, as an editor would say it; nothing if they all are."""
    return tuple(_changed(freshness, record, found))


def harmed_files(out: Path, record: Record) -> tuple[tuple[str, str], ...]:
    """Return the published files that are not what was published, each with what is wrong. Reads them all."""
    found: list[tuple[str, str]] = []
    folder = out / record.slug
    for file in record.files:
        path = folder / file.name
        size = path.stat().st_size if path.is_file() else -1
        if size < 0:
            found.append((file.name, "is gone"))
        elif size != file.bytes:
            found.append((file.name, f"has {size:,} bytes, and {file.bytes:,} were published"))
        elif hash_of(path) != file.sha256:
            found.append((file.name, "does not have the bytes that were published"))
    return tuple(found)


def _changed(freshness: Freshness, record: Record, found: Found) -> Iterator[str]:
    inputs = record.inputs
    if inputs.get("source") != hash_of(freshness.root / found.relative):
        yield "its article was edited"
    for name, words in _SHARED.items():
        if name in freshness.base and inputs.get(name) != freshness.base[name]:
            yield words
    if PAGES in inputs and inputs[PAGES] != extractor():
        yield "what takes articles out of web pages is another, or was installed or removed"
    if inputs.get("engines") == FOR_NOW:
        yield "another engine stood in for the one that is set, which may be well again"
    elif inputs.get("engines") != freshness.fingerprints(record.speakers):
        yield "its voice sounds otherwise now, is gone, or a better one is installed"
    if inputs.get("lexicon") != freshness.lexicon.applying(record.asked.vocabulary, record.asked.languages):
        yield "the lexicon says words of it otherwise now"
    depends = [Stat(path, -1, -1) for path in record.depends]
    changed = [one.path for one in record.recordings if hash_of(freshness.root / one.path) != one.sha256]
    if changed:
        yield f"the recording {changed[0]} was changed"
    elif depends and freshness.hashes(depends) != inputs.get("cover"):
        yield "its cover or a picture of it was changed"
