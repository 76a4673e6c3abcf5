"""What was worked out for an article before: an edit works out only the sentences that it touches."""

from collections.abc import Mapping

import msgspec

from earmark.spoken.tokens import Spoken


class Memory:
    """How texts were said before. It keeps what this run has asked for, so it does not grow with the edits.

    A text is remembered with all that decides how it is said, so what is recalled is what would be worked
    out again, as long as the rules are the same: whoever keeps a memory keeps it under their version.
    """

    def __init__(self, kept: bytes = b"") -> None:
        """Take what `packed` returned in an earlier run; anything else is an empty memory."""
        self._before = _unpacked(kept)
        self._now: dict[bytes, Spoken] = {}

    def recall(self, key: bytes) -> Spoken | None:
        """Return what was remembered under `key`."""
        found = self._now.get(key) or self._before.get(key)
        if found is not None:
            self._now[key] = found
        return found

    def remember(self, key: bytes, spoken: Spoken) -> None:
        """Keep `spoken` under `key`."""
        self._now[key] = spoken

    def packed(self) -> bytes:
        """Return all that this run has asked for; b"" if some of it can't be written down."""
        try:
            return msgspec.msgpack.encode(self._now)
        except UnicodeEncodeError:  # half of a surrogate pair
            return b""


def _unpacked(kept: bytes) -> Mapping[bytes, Spoken]:
    try:
        return msgspec.msgpack.decode(kept, type=dict[bytes, Spoken]) if kept else {}
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}
