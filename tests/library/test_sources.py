from pathlib import Path

import pytest

from earmark.errors import ReadError
from earmark.library.sources import Folder, SourceNotFound, discover, source_of
from earmark.settings import Settings

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
