"""What git knows of the articles: their bytes as they were, and which are others now.

git is asked for objects alone, by their names: no filter, hook, pager, file-system monitor or difference
program runs, nothing is fetched, and no lock is taken. What lies in the folder is hashed here.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from hashlib import sha1, sha256
from pathlib import Path
from posixpath import normpath

from earmark.errors import EarmarkError
from earmark.library.inputs.sources import STANDARD_INPUT, Found

_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHA1 = 40  # hex digits
_PATIENCE = 60.0  # s; git only looks things up
# Of git's own variables only those that say where its settings are: a hook has others, for its own repository.
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")


class HistoryError(EarmarkError):
    """git can't tell: it is not installed, this is no repository, or there is no such revision."""


class History:
    """The repository that a folder of articles lies in."""

    def __init__(self, root: Path) -> None:
        """Find it. Raises `HistoryError`."""
        self._root = root
        self._git = shutil.which("git") or ""
        if not self._git:
            raise HistoryError("git is not installed", hint="Install it, or name the articles themselves.")
        found = self._run("rev-parse", "--show-prefix")
        if found.returncode:
            said = found.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
            raise HistoryError(f"git knows nothing of {root}: {said}", hint="Name a folder of a repository.")
        self._prefix = os.fsdecode(found.stdout.removesuffix(b"\n"))

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names. Raises `HistoryError`."""
        named = "" if revision.startswith("-") or "\0" in revision or not revision else revision
        found = self._run("rev-parse", "--verify", "--quiet", f"{named}^{{commit}}") if named else None
        commit = found.stdout.decode("ascii", "replace").strip() if found and not found.returncode else ""
        if not _OBJECT.fullmatch(commit):
            hint = "Name a branch, a tag or a commit, as `git log` shows them; in CI fetch the history as well."
            raise HistoryError(f"git knows no revision {revision[:80]!r}", hint=hint)
        return commit

    def read(self, commit: str, relative: str, most: int) -> bytes | None:
        """Return an article's bytes as they were, no more than shows that it is over `most`; None if it was not there."""
        name = self._objects(commit, relative).get(normpath(f"{self._prefix}{relative}"))
        if name is None:
            return None
        with subprocess.Popen(  # noqa: S603 (git itself, by its whole path, an object by its hash)
            self._command("cat-file", "blob", name),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as process:
            data = process.stdout.read(most + 1) if process.stdout else b""
            if len(data) > most:
                process.kill()
        if process.returncode and len(data) <= most:
            raise HistoryError(
                f"git can't read {relative} as it was", hint="Fetch the whole history, not a part of it."
            )
        return data

    def changed(self, commit: str, articles: Iterable[Found]) -> tuple[Found, ...]:
        """Return the articles that are not what they were, or were not there. Line ends count for nothing."""
        names = self._objects(commit, "")
        return tuple(
            found
            for found in articles
            if found.path == STANDARD_INPUT
            or not _is_same(found.path, names.get(normpath(f"{self._prefix}{found.relative}")))
        )

    def _objects(self, commit: str, relative: str) -> dict[str, str]:
        """Return the names of the files' objects by their paths in the repository."""
        path = normpath(f"{self._prefix}{relative}") if relative else self._prefix
        found = self._run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *([path] if path else []))
        if found.returncode:
            raise HistoryError("git can't list what there was", hint="Fetch the whole history, not a part of it.")
        names: dict[str, str] = {}
        for entry in found.stdout.split(b"\0"):
            about, _, name = entry.partition(b"\t")
            fields = about.split(b" ")
            if name and fields[1] == b"blob":
                names[os.fsdecode(name)] = fields[2].decode("ascii")
        return names

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        try:
            return subprocess.run(  # noqa: S603 (git itself, by its whole path, no shell)
                self._command(*arguments),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=_environment(),
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise HistoryError(f"git can't be run: {error}", hint="Try it by hand.") from None

    def _command(self, *arguments: str) -> list[str]:
        settings = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.pager=")
        return [self._git, "--no-pager", "--literal-pathspecs", *settings, "-C", str(self._root), *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    return {**kept, **quiet}


def _is_same(path: Path, name: str | None) -> bool:
    """Tell whether a file has the bytes of an object, as they are or with the line ends that git keeps."""
    if name is None:
        return False
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return any(_object_name(one, name) == name for one in (data, data.replace(b"\r\n", b"\n")))


def _object_name(data: bytes, like: str) -> str:
    whole = b"blob %d\0" % len(data) + data
    return sha1(whole, usedforsecurity=False).hexdigest() if len(like) == _SHA1 else sha256(whole).hexdigest()
