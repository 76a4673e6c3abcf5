"""Files that are whole or not there: atomic writing, locks that die with their process, stored objects."""

from earmark.storage.files import Lock, refuse_device, sweep, write_atomically
from earmark.storage.objects import ObjectStore
from earmark.storage.record import Stored
from earmark.storage.sealed import read_sealed, seal_of, write_sealed

__all__ = [
    "Lock",
    "ObjectStore",
    "Stored",
    "read_sealed",
    "refuse_device",
    "seal_of",
    "sweep",
    "write_atomically",
    "write_sealed",
]
