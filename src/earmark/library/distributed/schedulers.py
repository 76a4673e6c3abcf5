"""Addresses of schedulers, and what can be wrong with one: light, for the command line names these errors."""

import re

from earmark.errors import EarmarkError

_ADDRESS = re.compile(r"(dask|tls)://(\[[0-9a-fA-F:]+\]|[^/\s:@\[\]]+):([0-9]{1,5})/?")
_SECRETIVE = re.compile(r"(?<=//)[^/?]*@|(?<=\?).+", re.DOTALL)


class ExecutorRefused(EarmarkError):
    """An executor can't be asked for in this way."""


class ExecutorUnusable(EarmarkError):
    """A scheduler or its workers can't build: not installed, not trusted, another earmark, a folder that they don't see."""


class ExecutorUnreachable(EarmarkError):
    """A scheduler does not answer, or is lost."""


def address_for(written: str) -> str:
    """Return the address that `distributed` knows a scheduler by. Raises `ExecutorRefused`, and `ExecutorUnusable`."""
    found = _ADDRESS.fullmatch(written.strip())
    if found is None:
        hint = "Write it as dask://127.0.0.1:8786 on this machine, tls://host:8786 elsewhere."
        shown = _SECRETIVE.sub("…", written)[:80]
        raise ExecutorRefused(f"{shown!r} is no address of a scheduler", hint=hint)
    scheme, host, port = found.groups()
    if scheme == "tls":
        return f"tls://{host}:{port}"
    if not _is_loopback(host.strip("[]")):
        hint = (
            f"Whoever reaches a scheduler runs programs on its workers. Use tls://{host}:{port}, with certificates in"
            " DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__TLS__CLIENT__CERT and …__TLS__CLIENT__KEY, or a tunnel to this machine."
        )
        raise ExecutorUnusable(f"dask://{host}:{port} is on another machine, and not encrypted", hint=hint)
    return f"tcp://{host}:{port}"


def _is_loopback(host: str) -> bool:
    from ipaddress import ip_address  # noqa: PLC0415 (few have a scheduler)

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
