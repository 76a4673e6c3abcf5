"""A block as it is kept: its frames, and what they measure once decoded."""

import struct

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from earmark.audio.mp3 import Frames

_HEAD = struct.Struct("<4sIIIfI")
_NOTHING = np.zeros(0, np.float32)
_MAGIC = b"EMB2"


class Finished(Struct, frozen=True, eq=False):
    """An encoded block: `energy` per 20 ms and linear `true_peak` of the decoded sound, `data` its frames.

    `data` and `energy` are empty where they are left in the store.
    """

    frames: Frames
    energy: NDArray[np.float32]
    true_peak: float
    data: bytes

    def without_frames(self) -> "Finished":
        """Return the measurements alone."""
        return replace(self, data=b"", energy=self.energy.copy())

    def without_energy(self) -> "Finished":
        """Return what is still of use once it has been measured with the others."""
        return replace(self, energy=_NOTHING)

    def to_bytes(self) -> bytes:
        """Return it as one object for a store."""
        head = _HEAD.pack(
            _MAGIC, self.frames.count, self.frames.size, self.frames.crc, self.true_peak, len(self.energy)
        )
        return head + self.energy.astype("<f4").tobytes() + self.data

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Finished | None":
        """Return what `to_bytes` made, None if it is not whole: then it is better made again."""
        if len(kept) < _HEAD.size:
            return None
        magic, count, size, crc, peak, steps = _HEAD.unpack_from(kept)
        data = kept[_HEAD.size + 4 * steps :]
        if magic != _MAGIC or len(data) != size:
            return None
        energy = np.frombuffer(kept, "<f4", steps, _HEAD.size)
        return cls(Frames(count, size, crc), energy, peak, data)
