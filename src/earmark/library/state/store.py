"""Where what is spoken and encoded is kept: a folder, or one with an object store behind it that machines share."""

from pathlib import Path

from earmark.storage import ObjectStore


def store_of(cache: Path, shared: str = "", *, whole: bool = False) -> ObjectStore:
    """Return the store in the folder `cache`; `shared` is the address behind it, "" for none, `whole` as in `ObjectStore`.

    Raises `StoreUnusable`.
    """
    if not shared:
        return ObjectStore(cache, whole=whole)
    from earmark.storage.remote import Remote  # noqa: PLC0415 (few share a cache)
    from earmark.storage.shared import SharedStore  # noqa: PLC0415 (likewise)

    return SharedStore(cache, Remote(shared), whole=whole)
