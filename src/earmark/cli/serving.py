"""What `earmark serve` does once its arguments are known: serve, build, watch, build again."""

import errno
import os
import signal
import threading
import time
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from msgspec import Struct

from earmark.cli.building import Asked, made, plan_of, settings_for
from earmark.cli.exits import INTERRUPTED
from earmark.cli.telling.log import Log
from earmark.cli.web.handler import Served
from earmark.cli.web.server import Server
from earmark.errors import EarmarkError, SettingsError
from earmark.library.inputs.sources import STANDARD_INPUT, SourceNotFound, discover
from earmark.readers import READERS

_FIRST_PORT = 8000
_MOST_TRIED = 50
_GLANCE = 0.5  # seconds between looks at the folder, or more where looking takes long
_NOT_WATCHED = frozenset({"node_modules", "__pycache__"})

_State = Mapping[str, tuple[int, int]]


class Place(Struct, frozen=True):
    """Where to listen; without a port, the first from 8000 on that is free."""

    host: str
    port: int | None


def run(asked: Asked, place: Place, *, watch: bool, open_: bool) -> int:
    """Serve until interrupted."""
    if STANDARD_INPUT in asked.sources:
        raise SourceNotFound("standard input can't be watched", hint="Name a folder of articles.")
    root = discover(asked.sources, suffixes=READERS, out=asked.out).root if watch else None
    asked.out.mkdir(parents=True, exist_ok=True)
    served = Served(asked.out.resolve(), log=asked.log)
    if not watch:
        served.address = _address(asked)
    with _interrupted_politely(), _listening(place, served):
        asked.log.result("serving", f"serving {asked.out} at {served.here} (Ctrl-C ends it)", address=served.here)
        if not served.is_private:
            asked.log.note(
                "note", f"whoever can reach this machine at {place.host} can read all of it", level="warning"
            )
        if root is None:
            _tell_of_feed(served, asked.log)
            _open(served, asked.log, wanted=open_)
            while not served.stop.wait(60):
                pass
        else:
            _watch(asked, root, served, open_=open_)
    return INTERRUPTED


@contextmanager
def _listening(place: Place, served: Served) -> Iterator[Server]:
    """Serve in a thread until the block ends."""
    server = _server(place, served)
    threading.Thread(target=server.serve_forever, args=(0.25,), daemon=True, name="server").start()
    try:
        yield server
    finally:
        served.stop.set()
        server.shutdown()
        server.server_close()


def _server(place: Place, served: Served) -> Server:
    """Return a server that listens. Raises `SettingsError` if it can't."""
    port = _FIRST_PORT if place.port is None else place.port
    while True:
        try:
            return Server(place.host, port, served)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and place.port is None and port < _FIRST_PORT + _MOST_TRIED:
                port += 1
                continue
            raise _refused(place.host, port, error) from None


def _refused(host: str, port: int, error: OSError) -> SettingsError:
    reason = (error.strerror or str(error)).lower()
    if error.errno == errno.EADDRINUSE:
        hint = "Another program listens there: choose another with --port, or 0 for any."
        return SettingsError("it is taken", path="command line", key=f"port {port}", hint=hint)
    if error.errno == errno.EACCES:
        hint = "Ports below 1024 are for the administrator: choose another."
        return SettingsError(reason, path="command line", key=f"port {port}", hint=hint)
    return SettingsError(reason, path="command line", key=f"host {host}", hint="Give an address of this machine.")


@contextmanager
def _interrupted_politely() -> Iterator[None]:
    """Let a polite kill end it as Ctrl-C does."""

    def ends(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, ends)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _watch(asked: Asked, root: Path, served: Served, *, open_: bool) -> None:
    """Build, and again whenever something under `root` has changed; errors are told and waited out."""
    out = asked.out.resolve()
    first = True
    while True:
        state = _state(root, out)
        if _build(asked, served):
            return
        if first:
            _tell_of_feed(served, asked.log)
            _open(served, asked.log, wanted=open_)
            first = False
        _wait_for_change(root, out, state)


def _build(asked: Asked, served: Served) -> bool:
    """Build what is not fresh; tell whether that was interrupted. What is wrong is told, and served all the same."""
    try:
        plan = plan_of(asked)
        served.address = _with_slash(plan.settings.site.address)
        outcome, _ = made(plan, asked)
    except EarmarkError as error:
        asked.log.complain(error)
        return False
    return outcome.interrupted


def _wait_for_change(root: Path, out: Path, state: _State) -> None:
    """Return when what lies under `root` is other than `state`, and has stopped changing."""
    pause = _GLANCE
    before = state
    while True:
        time.sleep(pause)
        started = time.monotonic()
        now = _state(root, out)
        pause = max(_GLANCE, 10 * (time.monotonic() - started))
        if now != state and now == before:
            return
        before = now


def _state(root: Path, out: Path) -> _State:
    """Return time and size of every file that an edition may depend on."""
    found: dict[str, tuple[int, int]] = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and name not in _NOT_WATCHED and Path(folder, name).resolve() != out
        ]
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 (a Path for each of ten thousand files takes longer)
            try:
                stat = os.stat(path)  # noqa: PTH116 (likewise)
            except OSError:
                continue
            found[path] = (stat.st_mtime_ns, stat.st_size)
    return found


def _address(asked: Asked) -> str:
    """Return the address in the settings of the articles, if these are there."""
    try:
        folder = discover(asked.sources, suffixes=READERS, out=asked.out)
    except SourceNotFound:
        return ""
    return _with_slash(settings_for(folder, asked.flags).site.address)


def _with_slash(address: str) -> str:
    return address if not address or address.endswith("/") else f"{address}/"


def _tell_of_feed(served: Served, log: Log) -> None:
    """Say where to subscribe, or why not."""
    if (served.root / "feed.xml").is_file():
        address = f"{served.here}feed.xml"
        log.result("serving", f"feed to subscribe to: {address}", address=address)
    else:
        log.note("note", "there is no feed: set address in [site] of earmark.toml, and publish in [feed]")


def _open(served: Served, log: Log, *, wanted: bool) -> None:
    if wanted and not webbrowser.open(served.here):
        log.note("note", f"no browser could be opened; the address is {served.here}")
