import os
import socket
from pathlib import Path

import pytest

from earmark.errors import ReadError, SettingsError
from earmark.library.inputs.sources import Folder, SourceNotFound, discover, seen_from, source_of
from earmark.settings import Layer, Settings, merge

SUFFIXES = {".md", ".txt"}


def found(folder: Folder) -> list[str]:
    return [entry.relative for entry in folder.found]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("b.md", "a.TXT", "2024/c.md", ".hidden/d.md", "notes.docx", "2024/picture.png", "audio/x/e.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return tmp_path


def test_a_folder_is_walked_in_a_stable_order_and_without_its_audio(site: Path) -> None:
    folder = discover([site], suffixes=SUFFIXES, out=site / "audio")
    assert found(folder) == ["2024/c.md", "a.TXT", "b.md"]
    assert folder.root == site
    assert folder.settings_file is None
    assert folder.refused == ()


def test_paths_are_relative_to_where_the_settings_are(site: Path) -> None:
    (site / "earmark.toml").touch()
    folder = discover([site / "2024" / "c.md"], suffixes=SUFFIXES, out=site / "audio")
    assert folder.root == site
    assert found(folder) == ["2024/c.md"]
    assert folder.settings_file == site / "earmark.toml"


@pytest.mark.parametrize("leads", ["nowhere", "earmark.toml", "/dev/zero", "2024"])
def test_settings_that_are_no_file_are_told_and_not_passed_over(site: Path, leads: str) -> None:
    (site / "earmark.toml").symlink_to(leads)
    with pytest.raises(SettingsError, match="it is no file") as caught:
        discover([site], suffixes=SUFFIXES, out=site / "audio")
    assert caught.value.path == site / "earmark.toml"


def test_naming_an_article_twice_builds_it_once(site: Path) -> None:
    (site / "earmark.toml").touch()
    folder = discover([site, site / "b.md", site / "2024"], suffixes=SUFFIXES, out=site / "audio")
    assert found(folder) == ["2024/c.md", "a.TXT", "b.md"]


def test_another_kind_of_file_gets_a_clear_no(site: Path) -> None:
    folder = discover([site / "notes.docx"], suffixes=SUFFIXES, out=site / "audio")
    assert found(folder) == []
    assert "What is read: .md .txt" in str(folder.refused[0])


def test_a_source_that_is_not_there_is_a_usage_error(site: Path) -> None:
    with pytest.raises(SourceNotFound, match="no such file"):
        discover([site / "nothing.md"], suffixes=SUFFIXES, out=site)


def test_sources_of_two_folders_are_a_usage_error(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    with pytest.raises(SourceNotFound, match="two folders"):
        discover([site, other], suffixes=SUFFIXES, out=site / "audio")


def test_a_link_out_of_the_folder_is_refused_by_name(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text("secret", encoding="utf-8")
    (site / "link.md").symlink_to(outside)
    (site / "folder").symlink_to(outside.parent)
    (site / "inside.md").symlink_to(site / "b.md")
    folder = discover([site], suffixes=SUFFIXES, out=site / "audio")
    assert found(folder) == ["2024/c.md", "a.TXT", "b.md", "inside.md"]
    assert [Path(error.source).name for error in folder.refused] == ["link.md"]


def test_links_that_go_round_are_refused_by_name(site: Path) -> None:
    (site / "round.md").symlink_to("round.md")
    (site / "here.md").symlink_to("there.md")
    (site / "there.md").symlink_to("here.md")
    (site / "folder").symlink_to("folder")
    (site / "up").symlink_to(site)
    folder = discover([site], suffixes=SUFFIXES, out=site / "audio")
    assert found(folder) == ["2024/c.md", "a.TXT", "b.md"]
    assert [(Path(error.source).name, error.message) for error in folder.refused] == [
        (name, "this link leads to nothing") for name in ("here.md", "round.md", "there.md")
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names")
def test_what_is_no_file_is_refused_by_name_and_never_opened(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(site / "pipe.md")
    (site / "zeros.md").symlink_to("/dev/zero")
    monkeypatch.chdir(site)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.md")
        folder = discover([site], suffixes=SUFFIXES, out=site / "audio")
    assert found(folder) == ["2024/c.md", "a.TXT", "b.md"]
    assert [Path(error.source).name for error in folder.refused] == ["pipe.md", "socket.md", "zeros.md"]
    assert all(error.hint for error in folder.refused)


def test_standard_input_is_an_article_without_a_file() -> None:
    folder = discover([Path("-")], suffixes=SUFFIXES, out=Path("audio"))
    assert found(folder) == ["-"]
    source = source_of(folder.found[0], Settings(), paces={"": 150}, standard_input=b"Hello")
    assert (source.name, source.data) == ("-.md", b"Hello")


def test_a_file_that_vanishes_is_a_read_error(site: Path) -> None:
    folder = discover([site / "b.md"], suffixes=SUFFIXES, out=site / "audio")
    (site / "b.md").unlink()
    with pytest.raises(ReadError, match="can't be read"):
        source_of(folder.found[0], Settings(), paces={"": 150})


def test_a_name_that_is_not_utf_8_is_refused_readably(site: Path) -> None:
    Path(os.fsdecode(os.fsencode(site) + b"/caf\xe9.md")).touch()
    folder = discover([site], suffixes=SUFFIXES, out=site / "audio")
    assert found(folder) == ["2024/c.md", "a.TXT", "b.md"]
    assert str(folder.refused[0]).startswith(f"{site}/caf\ufffd.md: its name is not UTF-8. Give the file another name")


def test_a_pipe_is_no_file(site: Path) -> None:
    os.mkfifo(site / "pipe.md")
    folder = discover([site / "pipe.md"], suffixes=SUFFIXES, out=site / "audio")
    assert "this is no file. Write it to a file first" in str(folder.refused[0])


def test_a_folder_that_cannot_be_read_is_named_and_the_others_are_built(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def guarded(path: str | Path) -> object:
        if Path(path) == site / "2024":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    folder = discover([site], suffixes=SUFFIXES, out=site / "audio")
    monkeypatch.undo()
    assert found(folder) == ["a.TXT", "b.md"]
    assert str(folder.refused[0]).startswith(f"{site}/2024: the folder can't be read: Permission denied")


@pytest.mark.parametrize(
    ("name", "words"), [("x" * 300, "File name too long"), ("a\0b", "this can't be a file's name")]
)
def test_what_cannot_be_a_source_is_a_usage_error(name: str, words: str) -> None:
    with pytest.raises(SourceNotFound, match=words):
        discover([Path(name)], suffixes=SUFFIXES, out=Path("audio"))


def test_the_same_folder_by_two_ways_is_one(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "2024")
    (site / "2024" / "earmark.toml").touch()
    (site / "earmark.toml").touch()
    folder = discover([Path("../b.md"), site / "a.TXT"], suffixes=SUFFIXES, out=site / "audio")
    assert folder.root == site
    assert folder.settings_file
    assert folder.settings_file.samefile(site / "earmark.toml")
    assert found(folder) == ["a.TXT", "b.md"]


def test_standard_input_joins_the_folder_of_the_others(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (site / "earmark.toml").touch()
    folder = discover([Path("-"), site / "b.md"], suffixes=SUFFIXES, out=tmp_path_factory.mktemp("out"))
    assert folder.root == site
    assert found(folder) == ["-", "b.md"]


def test_no_more_of_a_file_is_read_than_shows_that_it_is_too_long(site: Path) -> None:
    settings = merge(Layer("x", {"reading": {"most_bytes": 2}}))
    folder = discover([site / "b.md"], suffixes=SUFFIXES, out=site / "audio")
    assert source_of(folder.found[0], settings, paces={"": 150.0}).data == b"tex"


def test_a_link_to_nothing_is_refused_as_such(site: Path) -> None:
    (site / "gone.md").symlink_to(site / "nowhere.md")
    folder = discover([site], suffixes=SUFFIXES, out=site / "audio")
    (error,) = folder.refused
    assert str(error) == f"{site / 'gone.md'}: this link leads to nothing. Mend it or take it away."


def test_what_lies_on_another_drive_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen_from(tmp_path / "audio", tmp_path / "articles") == Path("../articles")

    def refuse(_path: Path, _start: Path) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")  # as on Windows

    monkeypatch.setattr(os.path, "relpath", refuse)
    assert seen_from(tmp_path / "audio", tmp_path / "articles") == tmp_path / "articles"
