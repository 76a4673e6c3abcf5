"""Answers one connection's requests: GET and HEAD of published files, and the script that waits for changes."""

import hashlib
import os
import threading
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import parse_qs, quote, urlsplit

from msgspec import Struct, field

from earmark.cli.telling.log import Log, Plain
from earmark.cli.web import folder, pages
from earmark.cli.web.ranges import Unsatisfiable, byte_range, is_unchanged, may_resume

if TYPE_CHECKING:
    from earmark.cli.web.server import Server

_SEND_SECONDS = 60.0  # that a client may take to accept the next piece
_GLANCE = 0.25  # seconds between looks at whether a page has changed
_PIECE = 256 * 1024
_MOST_CHANGED = 64_000_000  # bytes of a page or a feed that are changed on the way out
_ALLOWED = "GET, HEAD, OPTIONS"
_INDEX = "index.html"


class Served(Struct):
    """What is served: `root`, resolved, and the address that its feeds name, which may change meanwhile."""

    root: Path
    address: str = ""
    here: str = ""
    is_private: bool = True
    hold: float = 20.0  # seconds that an answer about changes is held back
    stop: threading.Event = field(default_factory=threading.Event)
    log: Log = Plain()


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "earmark"
    timeout = _SEND_SECONDS

    @property
    def _server(self) -> "Server":
        return cast("Server", self.server)

    @property
    def served(self) -> Served:
        """What is served."""
        return self._server.served

    def handle_one_request(self) -> None:
        """Read a request and answer it; the server hangs up if its head does not come."""
        self._server.waits(self.connection)
        try:
            super().handle_one_request()
        except OSError:  # the client has gone, or takes nothing more
            self.close_connection = True
        finally:
            self._server.heard(self.connection)

    def parse_request(self) -> bool:
        """Parse the head; what is said in it is whole now."""
        whole = super().parse_request()
        self._server.heard(self.connection)
        if whole and (self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers):
            self.close_connection = True  # a body is never read, and must not be taken for the next request
        return whole

    def version_string(self) -> str:
        """Return what it is, and no version that would help anybody."""
        return self.server_version

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Say nothing: the lines are for what is made."""

    def do_GET(self) -> None:
        """Answer with a file."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer with what GET would, without the body."""
        self._answer()

    def do_OPTIONS(self) -> None:
        """Answer a script of another site that asks before it fetches captions."""
        if not self._is_for_us():
            return
        self._head(HTTPStatus.NO_CONTENT, {"Allow": _ALLOWED, **_shared_headers()})

    def do_POST(self) -> None:
        """Refuse: nothing is ever written."""
        self.close_connection = True
        self._plain(HTTPStatus.METHOD_NOT_ALLOWED, "Files here are only read.", {"Allow": _ALLOWED})

    do_PUT = do_DELETE = do_PATCH = do_POST  # noqa: N815 (likewise)

    def _answer(self) -> None:
        if not self._is_for_us():
            return
        path = urlsplit(self.path).path if self.path.startswith("/-/") else ""
        if path == pages.RELOAD:
            self._bytes(pages.SCRIPT, "text/javascript; charset=utf-8")
            return
        if path == pages.CHANGES:
            self._changes()
            return
        names = folder.names_of(self.path)
        found = folder.find(self.served.root, names) if names is not None else None
        if names is not None and found is not None and found.is_dir() and names[-1] != "":
            self._head(HTTPStatus.MOVED_PERMANENTLY, {"Location": "/" + "/".join(map(quote, names)) + "/"})
            return
        page = self._page(names)
        if page is None and names == ("",):
            self._bytes(pages.reloading(pages.NOTHING_YET, pages.state_of(None)), "text/html; charset=utf-8")
        elif page is None:
            self._plain(HTTPStatus.NOT_FOUND, "There is no such file.")
        else:
            self._file(page)

    def _page(self, names: tuple[str, ...] | None) -> Path | None:
        """Return the file that is meant, index.html for a folder."""
        if names is None:
            return None
        found = folder.find(self.served.root, (*names[:-1], _INDEX) if names[-1] == "" else names)
        return found if found is not None and found.is_file() else None

    def _is_for_us(self) -> bool:
        """Refuse a request for another host's name: a page on the web may have its name lead to this machine."""
        if not self.served.is_private:
            return True
        host = self.headers.get("Host", "localhost")
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            name = None
        if name in {"127.0.0.1", "localhost", "::1"}:
            return True
        self._plain(HTTPStatus.MISDIRECTED_REQUEST, "This server is for this machine alone.")
        return False

    def _changes(self) -> None:
        """Answer once the page is another than the one that was seen, or when it has been long enough."""
        asked = parse_qs(urlsplit(self.path).query)
        seen = asked.get("seen", [""])[0]
        names = folder.names_of(quote(asked.get("page", ["/"])[0]))
        left = self.served.hold
        while left > 0 and pages.state_of(self._page(names)) == seen and not self.served.stop.wait(_GLANCE):
            left -= _GLANCE
        changed = pages.state_of(self._page(names)) != seen and not self.served.stop.is_set()
        self._bytes(pages.CHANGED if changed else pages.UNCHANGED, "text/javascript; charset=utf-8")

    def _file(self, path: Path) -> None:
        """Send a file, changed on its way if it is a page or a feed."""
        kind = folder.type_of(path)
        is_feed = path.suffix == ".xml" and self.served.address
        seen = pages.state_of(path)  # before it is read: what changes meanwhile is seen as a change
        try:
            file = path.open("rb")
        except OSError:
            self._plain(HTTPStatus.NOT_FOUND, "There is no such file.")
            return
        with file:
            stat = os.fstat(file.fileno())
            if (kind.startswith("text/html") or is_feed) and stat.st_size <= _MOST_CHANGED:
                data = file.read()
                self._bytes(self._feed(data) if is_feed else pages.reloading(data, seen), kind)
                return
            headers = _shared_headers() if folder.is_shared(path) else {}
            tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
            headers |= {"Accept-Ranges": "bytes", "Last-Modified": formatdate(stat.st_mtime, usegmt=True)}
            self._send(file, stat.st_size, kind, tag, headers, modified=int(stat.st_mtime))

    def _feed(self, data: bytes) -> bytes:
        def is_ours(path: str) -> bool:
            return self._page(folder.names_of("/" + quote(path))) is not None

        return pages.at_home(data, self.served.address, self.served.here, is_ours)

    def _send(  # noqa: PLR0913 (what a response is made of)
        self, file: BinaryIO, size: int, kind: str, tag: str, headers: dict[str, str], *, modified: int
    ) -> None:
        """Send what is asked for of a file: nothing if the client has it, a part, or the whole."""
        asked = {name.lower(): value for name, value in self.headers.items()}
        headers |= {"ETag": tag}
        if is_unchanged(asked, tag, modified):
            self._head(HTTPStatus.NOT_MODIFIED, headers)
            return
        part = None
        if self.command == "GET" and "range" in asked and may_resume(asked.get("if-range", ""), tag, modified):
            try:
                part = byte_range(asked["range"], size)
            except Unsatisfiable:
                self._plain(
                    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "It ends before.", {"Content-Range": f"bytes */{size}"}
                )
                return
        start, end = part or (0, size)
        if part:
            headers |= {"Content-Range": f"bytes {start}-{end - 1}/{size}"}
        headers |= {"Content-Type": kind, "Content-Length": str(end - start)}
        self._head(HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK, headers)
        if self.command == "HEAD":
            return
        file.seek(start)
        left = end - start
        while left and (piece := file.read(min(left, _PIECE))):
            self.wfile.write(piece)
            left -= len(piece)
        if left:  # it has become shorter: the client must not take what follows for the rest
            self.close_connection = True

    def _bytes(self, data: bytes, kind: str) -> None:
        """Send what was made for this request."""
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        asked = {name.lower(): value for name, value in self.headers.items()}
        if is_unchanged(asked, tag, None):
            self._head(HTTPStatus.NOT_MODIFIED, {"ETag": tag})
            return
        self._head(HTTPStatus.OK, {"ETag": tag, "Content-Type": kind, "Content-Length": str(len(data))})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _plain(self, status: HTTPStatus, words: str, headers: dict[str, str] | None = None) -> None:
        """Send a line of text that says what is wrong."""
        data = f"{words}\n".encode()
        kind = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(data))}
        self._head(status, {**kind, **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers and status not in {HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT}:
            self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()


def _shared_headers() -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": _ALLOWED,
        "Access-Control-Allow-Headers": "Range",
        "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag",
    }
