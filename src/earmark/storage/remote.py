"""Folders in object stores, by their address: `s3://`, `gs://`, `az://`. Who may read and write them, the environment tells."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from earmark.errors import EarmarkError

if TYPE_CHECKING:
    from obstore.store import ObjectStore as _Store

_ADDRESS = re.compile(r"(s3|gs|az):/{1,2}(?!/)(.+)", re.DOTALL)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,253}")
_NO_BUCKET = ("NoSuchBucket", "ContainerNotFound", "specified bucket does not exist")
_ENDPOINTS = {  # the variables that name a server in place of the store's own
    "s3": ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT"),
    "az": ("AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT"),
    "gs": (),
}
_EMULATED = "AZURE_STORAGE_USE_EMULATOR"
_OFF = frozenset({"", "0", "false", "no", "off", "f", "n"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_RETRIES = 4
_LONGEST = 60  # seconds that one request is tried again


class StoreUnusable(EarmarkError):
    """An object store can't be used: no such bucket, no permission, an address that is none."""


class StoreUnreachable(EarmarkError):
    """An object store does not answer, or not now."""


class Entry(Struct, frozen=True):
    """An object: its name below the folder, its size, and what changes when its content does."""

    name: str
    size: int
    mark: str


def address_of(path: PurePath | str) -> str:
    """Return the address in an object store that `path` is, "" for a path; a path has lost one of the slashes."""
    found = _ADDRESS.fullmatch(path.as_posix() if isinstance(path, PurePath) else path)
    return f"{found[1]}://{found[2].rstrip('/')}" if found else ""


class Remote:
    """A folder in an object store; may be used by several threads. Errors never quote what a vendor's library says of them."""

    def __init__(self, address: str) -> None:
        """Name the folder; nothing is asked yet. Raises `StoreUnusable` if the address is none."""
        self.address = address
        scheme, _, rest = address.partition("://")
        bucket = rest.partition("/")[0]
        if not _BUCKET.fullmatch(bucket) or any(sign in rest for sign in "?#\\"):
            hint = f"Write it as {scheme}://bucket/folder; names and keys come from the environment alone."
            raise StoreUnusable("this is no address of a folder in an object store", hint=hint)
        self._store = _opened(address)

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """Yield all objects whose names begin with the folder `prefix`."""
        import obstore  # noqa: PLC0415 (an extra)

        with self._errors():
            for batch in obstore.list(self._store, prefix=prefix or None):
                for one in batch:
                    yield Entry(one["path"], one["size"], _mark(one["e_tag"]) or str(one["last_modified"]))

    def get(self, name: str) -> bytes | None:
        """Return an object, None if there is none."""
        import obstore  # noqa: PLC0415 (an extra)

        with self._errors():
            try:
                return bytes(obstore.get(self._store, name).bytes())
            except FileNotFoundError:
                return None

    def put(self, name: str, data: bytes) -> str:
        """Write an object over what it was; return what changes when its content does."""
        import obstore  # noqa: PLC0415 (an extra)

        with self._errors():
            return _mark(obstore.put(self._store, name, data)["e_tag"])

    def put_new(self, name: str, data: bytes) -> bool:
        """Write an object unless there is one; tell whether it was written. The store itself decides, once."""
        import obstore  # noqa: PLC0415 (an extra)
        from obstore.exceptions import AlreadyExistsError  # noqa: PLC0415 (likewise)

        with self._errors():
            try:
                obstore.put(self._store, name, data, mode="create")
            except AlreadyExistsError:
                return False
        return True

    def delete(self, name: str) -> None:
        """Remove an object; one that is not there is removed."""
        import obstore  # noqa: PLC0415 (an extra)

        with self._errors():
            try:
                obstore.delete(self._store, name)
            except FileNotFoundError:
                return

    @contextmanager
    def _errors(self) -> Iterator[None]:
        from obstore import exceptions  # noqa: PLC0415 (an extra)

        try:
            yield
        except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError):
            hint = "The environment's keys may not do this: see the store's rights, and its variables."
            raise StoreUnusable(f"{self.address}: it refuses us", hint=hint) from None
        except FileNotFoundError:
            raise self._no_bucket() from None
        except (exceptions.BaseError, OSError) as error:
            if any(name in str(error) for name in _NO_BUCKET):  # looked into, and never shown
                raise self._no_bucket() from None
            hint = "Try again later; check the network, and where the environment says that the store is."
            raise StoreUnreachable(f"{self.address}: it can't be reached", hint=hint) from None

    def _no_bucket(self) -> StoreUnusable:
        return StoreUnusable(f"{self.address}: there is no such bucket", hint="Check the spelling.")


def _mark(tag: str | None) -> str:
    """Return an entity tag as it is compared: Azure quotes it where an object was put and does not in a list."""
    return (tag or "").strip('"')


def _opened(address: str) -> "_Store":
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415 (an extra)
        from obstore.store import from_url  # noqa: PLC0415 (an extra)
    except ImportError:
        hint = 'Install it: pip install "earmark[stores]"'
        raise StoreUnusable(f"{address}: what speaks with object stores is not installed", hint=hint) from None
    from datetime import timedelta  # noqa: PLC0415 (only here)

    plain = _is_here(address)
    try:
        store: _Store = from_url(
            address,
            client_options={"allow_http": plain},
            retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=_LONGEST)},
        )
    except (BaseError, ValueError):
        hint = "Check the address, and the variables of the environment that are for this store."
        raise StoreUnusable(f"{address}: the store can't be opened", hint=hint) from None
    return store


def _is_here(address: str) -> bool:
    """Tell whether the environment names a server on this machine for a store.

    Raises `StoreUnusable` for one elsewhere that would be asked without encryption: keys and articles go with it.
    """
    named = [os.environ[name] for name in _ENDPOINTS[address[:2]] if os.environ.get(name)]
    if address.startswith("az:") and os.environ.get(_EMULATED, "").lower() not in _OFF:
        named = [os.environ.get("AZURITE_BLOB_STORAGE_URL") or "http://127.0.0.1"]
    here = [urlsplit(one).hostname in _LOOPBACK for one in named]
    if any(one.lower().startswith("http:") and not is_here for one, is_here in zip(named, here, strict=True)):
        hint = "Name it with https://; only a server on this machine is asked without encryption."
        raise StoreUnusable(f"{address}: the environment names a server without encryption", hint=hint)
    return bool(here) and all(here)
