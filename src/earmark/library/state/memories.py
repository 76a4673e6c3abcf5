"""What was worked out of an article's sentences is kept under the hash of its source, and handed to the next edit."""

from hashlib import sha256

from msgspec import Struct

from earmark.storage import ObjectStore


class Memories(Struct, frozen=True):
    """Memories under one version of the rules: other rules say other words. No memory is b""."""

    store: ObjectStore
    rules: str

    def of(self, source: str | None) -> bytes:
        """Return the memory of the article whose source had this sha256."""
        kept = self.store.get(self._key(source)) if source else None
        return kept.payload if kept else b""

    def keep(self, source: str, memory: bytes) -> None:
        """Keep the memory of the article whose source has this sha256; one that is kept already stays."""
        if memory:
            self.store.put(self._key(source), b"", memory)

    def _key(self, source: str) -> str:
        return sha256(f"memory-1 {self.rules} {source}".encode()).hexdigest()
