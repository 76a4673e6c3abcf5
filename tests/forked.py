"""Processes that articles are read in, forked from one that has loaded its parsers.

A real one takes half a second of a core to start, and the tests that build a folder in their own process start hundreds.
What is forked runs the same code; that it starts as it does for users, the tests of the reader and of whole commands see.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO


class Nursery:
    """The process that has everything loaded, and forks. Ends with whoever asked."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._channel = ours
        path = [entry for entry in sys.path if entry and Path(entry).is_absolute()]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own code)
                [sys.executable, "-I", __file__, str(theirs.fileno()), json.dumps(path)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                process_group=0,
            )

    def fork(self) -> "Forked":
        """Return a new process."""
        given, written, read, answered = *os.pipe(), *os.pipe()
        with self._lock:
            socket.send_fds(self._channel, [json.dumps({"cwd": str(Path.cwd())}).encode()], [given, answered])
            pid = int(self._channel.recv(64))
        os.close(given)
        os.close(answered)
        return Forked(self, pid, os.fdopen(written, "wb"), os.fdopen(read, "rb"))

    def status(self, pid: int) -> int | None:
        """Return how a forked process ended, None while it runs."""
        with self._lock:
            self._channel.send(json.dumps({"ended": pid}).encode())
            found = json.loads(self._channel.recv(64))
        return None if found is None else int(found)

    def close(self) -> None:
        """Let the process end."""
        self._channel.close()
        self._process.wait()


class Forked:
    """As much of a `subprocess.Popen` as is asked of one."""

    def __init__(self, nursery: Nursery, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self.returncode: int | None = None
        self._nursery = nursery

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._nursery.status(self.pid)
        return self.returncode

    def wait(self, timeout: float = 600) -> int:
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("a forked reader", timeout)
            time.sleep(0.002)
        return code

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, 9)  # not reaped yet, so nobody else has its number


def _serve(asking: int) -> None:
    """Run in the nursery."""
    from earmark.pipeline import compose, desk  # noqa: PLC0415 (here alone)

    compose.warm_up()
    channel = socket.socket(fileno=asking)
    ended: dict[int, int] = {}  # two threads may ask for one
    while True:
        asked, fds, *_ = socket.recv_fds(channel, 65536, 2)
        if not asked:
            return
        what = json.loads(asked)
        if "ended" in what:
            if what["ended"] not in ended:
                pid, status = os.waitpid(what["ended"], os.WNOHANG)
                ended |= {pid: os.waitstatus_to_exitcode(status)} if pid else {}
            channel.send(json.dumps(ended.get(what["ended"])).encode())
            continue
        pid = os.fork()
        if pid:
            for fd in fds:
                os.close(fd)
            channel.send(str(pid).encode())
            continue
        channel.close()
        os.setpgid(0, 0)
        os.chdir(what["cwd"])
        os.dup2(fds[0], 0)
        os.dup2(fds[1], 1)
        os.close(fds[0])
        os.close(fds[1])
        desk.serve()
        os._exit(0)


if __name__ == "__main__":
    sys.path[:] = json.loads(sys.argv[2])
    _serve(int(sys.argv[1]))
