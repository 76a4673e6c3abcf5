import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from earmark.article import Article, Figure, Inline, Mark, MarkKind, Metadata, Paragraph
from earmark.library.inputs.headers import is_bomb, kind_of, size_of
from earmark.library.inputs.pictures import picture_path, picture_paths, pictures_of
from earmark.library.state.index import Stat, unchanged

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02"
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x02\x00\x03"
GIF = b"GIF89a\x03\x00\x02\x00"


def article(*sources: str) -> Article:
    figures = tuple(Figure(id=f"b{n:04}", source=source, alt="A") for n, source in enumerate(sources, 1))
    inline = Paragraph(id="b0100", content=Inline("x", (Mark(MarkKind.IMAGE, 0, 1, "inline.gif"),)))
    return Article(Metadata(), (*figures, inline))


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("a.png", "news/a.png"),
        ("/a%20b.png?x#y", "a b.png"),
        ("https://example.org/a.png", ""),
        ("//example.org/a.png", ""),
        ("", ""),
    ],
)
def test_an_address_means_a_file_beside_the_article_or_none(source: str, path: str) -> None:
    assert picture_path(source, "news/one.md") == path


def test_pictures_in_the_folder_are_found_each_once(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "copy.png").write_bytes(PNG)
    (tmp_path / "inline.gif").write_bytes(GIF)
    (tmp_path / "act.svg").write_text("<svg onload='x'/>")
    (tmp_path / "folder.png").mkdir()
    (tmp_path.parent / "outside.png").write_bytes(PNG)
    sources = ("a.png", "copy.png", "act.svg", "gone.png", "../outside.png", "folder.png", "a\0b", "x" * 5000)
    found, depends = pictures_of(picture_paths(article(*sources), "one.md"), tmp_path)
    assert [(p.source, p.name, p.type, p.width, p.height) for p in found] == [
        ("a.png", "picture-1.png", "image/png", 3, 2),
        ("copy.png", "picture-1.png", "image/png", 3, 2),
        ("inline.gif", "picture-2.gif", "image/gif", 3, 2),
    ]
    assert "outside.png" not in " ".join(stat.path for stat in depends)
    assert Stat("gone.png", -2, -2) in depends


def test_a_picture_that_appears_is_noticed(tmp_path: Path) -> None:
    _, depends = pictures_of(picture_paths(article("late.png"), "one.md"), tmp_path)
    assert unchanged(tmp_path, depends)
    (tmp_path / "late.png").write_bytes(PNG)
    assert not unchanged(tmp_path, depends)


def test_kinds_and_sizes() -> None:
    assert (kind_of(JPEG), size_of(JPEG, "image/jpeg")) == ("image/jpeg", (3, 2))
    assert size_of(b"\xff\xd8\xff", "image/jpeg") == (0, 0)
    assert size_of(b"\xff\xd8" + b"ab" * 40, "image/jpeg") == (0, 0)
    assert (kind_of(b"RIFF1234WEBPVP8 "), size_of(b"", "image/webp")) == ("image/webp", (0, 0))
    assert kind_of(b"<svg/>") == ""


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"save_all": True}])
def test_sizes_of_webp(options: dict[str, bool]) -> None:
    written = BytesIO()
    frames = [Image.new("RGB", (300, 20), colour) for colour in ("red", "blue")]
    more = {"append_images": frames[1:]} if "save_all" in options else {}
    frames[0].save(written, "WEBP", **options, **more)
    assert size_of(written.getvalue(), kind_of(written.getvalue())) == (300, 20)


def test_a_small_file_of_a_vast_picture_is_none(tmp_path: Path) -> None:
    bomb = PNG[:16] + struct.pack(">II", 20_000, 20_000)
    assert is_bomb(bomb, "image/png")
    assert not is_bomb(PNG, "image/png")
    assert is_bomb(b"\xff\xd8\xff\xe0" + b"\xff" * 99, "image/jpeg")  # who is shown it may yet find a size
    filled = JPEG.replace(b"\xff\xc0", b"\xff\xff\xff\xc0")
    assert filled != JPEG
    assert size_of(filled, "image/jpeg") == (3, 2)
    (tmp_path / "a.png").write_bytes(bomb)
    assert pictures_of(picture_paths(article("a.png"), "one.md"), tmp_path)[0] == ()
