"""The server: one thread a connection, on the standard library, with deadlines of its own."""

import os
import socket
import socketserver
import sys
import threading
import time
from contextlib import suppress
from http.server import ThreadingHTTPServer
from typing import Any

from earmark.cli.web.handler import Handler, Served

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_MOST_CONNECTIONS = 256
_HEAD_SECONDS = 20.0  # that a request's head may take, and a connection may be idle


class Server(ThreadingHTTPServer):
    """Serves one folder until it is closed."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    allow_reuse_address = os.name != "nt"  # there it would take a port that another program listens on

    def __init__(self, host: str, port: int, served: Served, *, patience: float = _HEAD_SECONDS) -> None:
        """Listen. Raises `OSError` if the port can't be had; `patience` in seconds is for a request's head."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.served = served
        self._patience = patience
        self._places = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        self._heads: dict[socket.socket, float] = {}
        self._counting = threading.Lock()
        super().__init__((host, port), Handler)
        shown = f"[{host}]" if ":" in host else host
        served.here = f"http://{shown}:{self.server_address[1]}/"
        served.is_private = host in LOOPBACK

    def server_bind(self) -> None:
        """Take the port; the base class would ask a name server for a name that nobody uses."""
        socketserver.TCPServer.server_bind(self)

    def waits(self, connection: socket.socket) -> None:
        """Count the time from now until the head of the next request is there."""
        with self._counting:
            self._heads[connection] = time.monotonic() + self._patience

    def heard(self, connection: socket.socket) -> None:
        """Stop counting."""
        with self._counting:
            self._heads.pop(connection, None)

    def service_actions(self) -> None:
        """Hang up on those who take too long to say what they want; the loop calls this between requests."""
        now = time.monotonic()
        with self._counting:
            late = [connection for connection, end in self._heads.items() if end < now]
            for connection in late:
                del self._heads[connection]
        for connection in late:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 (the base class's own)
        """Give the connection a thread, or hang up where there are too many."""
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 (likewise)
        """Serve one connection in its thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 (likewise)
        """Say nothing of a client that has gone; a fault of earmark's own is told."""
        error = sys.exception()
        if not isinstance(error, OSError):
            line = f"error: {type(error).__name__}: {error}, while serving. This is a fault of earmark."
            self.served.log.note("error", line, level="error")
