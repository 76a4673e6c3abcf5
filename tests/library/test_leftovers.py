"""Half-written files: what a killed build leaves is told, what is being written is nobody's to touch."""

import errno
import os
from pathlib import Path

import pytest

from earmark.library.gate.leftovers import leftovers, remove
from earmark.storage import holding
from earmark.storage.files import PREFIX, SUFFIX, is_temporary
from earmark.storage.holding import create_held, is_held


def test_what_is_being_written_is_no_leftover(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    abandoned = tmp_path / "one" / f"{PREFIX}0{SUFFIX}"
    abandoned.write_bytes(b"half")
    (tmp_path / "one" / "notes.part").write_bytes(b"mine")
    descriptor, held = create_held(tmp_path, PREFIX, SUFFIX)
    try:
        assert is_held(held)
        assert leftovers(tmp_path, ["one", "gone"]) == (abandoned,)
        assert not remove(held)
    finally:
        os.close(descriptor)
    assert not is_held(held)
    assert leftovers(tmp_path, ["one"]) == tuple(sorted((abandoned, held)))
    assert remove(abandoned)
    assert not abandoned.exists()


def test_only_our_own_kind_of_file_is_removed(tmp_path: Path) -> None:
    mine = tmp_path / "mine.mp3"
    mine.write_bytes(b"mine")
    assert not remove(mine)
    assert mine.exists()
    assert not is_temporary("mine.part")


def test_a_link_is_no_leftover(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / f"{PREFIX}0{SUFFIX}").symlink_to(tmp_path / "mine")
    assert leftovers(tmp_path, []) == ()


def test_what_cannot_be_told_is_taken_to_be_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"{PREFIX}0{SUFFIX}"
    assert not is_held(path)
    path.write_bytes(b"half")

    def refuses(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(holding, "hold", refuses)
    assert is_held(path)
    monkeypatch.setattr(os, "open", refuses)
    assert is_held(path)
