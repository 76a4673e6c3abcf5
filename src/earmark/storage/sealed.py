"""Sealed files: what a program remembers for itself, which is believed to the last bit or not at all."""

import os
from hashlib import sha256
from pathlib import Path

from earmark.storage.files import write_atomically

_SEAL = sha256().digest_size


def write_sealed(path: Path, content: bytes) -> None:
    """Write `content` whole, with its SHA-256 behind it; it survives the process but maybe no power cut. Raises `WriteError`."""
    write_atomically(path, (content, sha256(content).digest()), durable=False)


def read_sealed(path: Path) -> memoryview:
    """Return what was written, nothing if one bit of it is another. Raises `OSError`."""
    data = memoryview(path.read_bytes())
    content, seal = data[:-_SEAL], data[-_SEAL:]
    return content if sha256(content).digest() == seal else content[:0]


def seal_of(path: Path) -> bytes:
    """Return the seal of what is there, by which it is known again without reading it; nothing if there is none."""
    try:
        with path.open("rb") as file:
            file.seek(-_SEAL, os.SEEK_END)
            return file.read()
    except OSError:  # none, or none so short
        return b""
