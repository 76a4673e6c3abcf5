"""What was worked out for an article before: an edit works out only the sentences that it touches."""

from collections.abc import Mapping

import msgspec

from earmark.packed import LONG
from earmark.spoken.tokens import Spoken

_MOST = 50_000  # texts: a day and a half of speech, and a dozen megabytes
_LARGE = 4_000_000  # bytes of a memory that is unpacked as it is asked for
_DECODER = msgspec.msgpack.Decoder(Spoken)


class Memory:
    """How texts were said before. It keeps what this run has asked for, so it does not grow with the edits.

    A text is remembered with all that decides how it is said, so what is recalled is what would be worked
    out again, as long as the rules are the same: whoever keeps a memory keeps it under their version.
    """

    def __init__(self, kept: bytes = b"") -> None:
        """Take what `packed` returned in an earlier run; anything else is an empty memory."""
        self._before = _unpacked(kept)
        self._now: dict[bytes, Spoken | msgspec.Raw] = {}
        self._fit = True

    def recall(self, key: bytes) -> Spoken | None:
        """Return what was remembered under `key`."""
        found = self._now.get(key) or self._before.get(key)
        if found is None:
            return None
        if len(self._now) < _MOST:
            self._now[key] = found
        return _DECODER.decode(found) if isinstance(found, msgspec.Raw) else found

    def remember(self, key: bytes, spoken: Spoken) -> None:
        """Keep `spoken` under `key`; of a long article packed, and of one that is longer still not all."""
        if len(self._now) < LONG:
            self._now[key] = spoken
        elif len(self._now) < _MOST and self._fit:
            try:
                self._now[key] = msgspec.Raw(msgspec.msgpack.encode(spoken))
            except UnicodeEncodeError:
                self._fit = False

    def packed(self) -> bytes:
        """Return all that this run has asked for; b"" if some of it can't be written down."""
        try:
            return msgspec.msgpack.encode(self._now) if self._fit else b""
        except UnicodeEncodeError:  # half of a surrogate pair
            return b""


def _unpacked(kept: bytes) -> Mapping[bytes, Spoken | msgspec.Raw]:
    try:
        if len(kept) > _LARGE:
            return msgspec.msgpack.decode(kept, type=dict[bytes, msgspec.Raw])
        return msgspec.msgpack.decode(kept, type=dict[bytes, Spoken]) if kept else {}
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}
