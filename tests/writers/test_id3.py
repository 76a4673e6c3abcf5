import base64
import json
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import eyed3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3
from pedalboard.io import AudioFile

from earmark.edition import Cover, Edition
from earmark.timeline import Chapter
from earmark.writers.chapters import chapters
from earmark.writers.id3 import tag
from earmark.writers.tags import TaggedChapter, TaggedCover, Tags, read

Make = Callable[..., Edition]
PNG = base64.b64decode(  # one red pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4YywIAALfARHxk3LHAAAAAElFTkSuQmCC"
)


def _tiling(*titles: str) -> tuple[Chapter, ...]:
    return tuple(Chapter(title, f"b{n:04}", 50_000 * n, 50_000 * (n + 1)) for n, title in enumerate(titles))


def _mutagen(data: bytes) -> dict[str, Any]:
    """Return the frames as they stand, by mutagen's names for them."""
    return dict(ID3(BytesIO(data), translate=False))  # type: ignore[no-untyped-call]  # mutagen has no types here


@pytest.fixture(scope="session")
def frames() -> bytes:
    """Return MP3 frames of 20 seconds of silence."""
    out = BytesIO()
    with AudioFile(out, "w", 22_050, 1, format="mp3", quality=64) as file:
        file.write(np.zeros((1, 20 * 22_050), dtype=np.float32))
    return out.getvalue()


@pytest.fixture
def full(make: Make) -> Edition:
    """Return an edition that has everything a tag can say."""
    return make(
        "One.",
        chapters=_tiling("A short opening", "A much longer title than the first — with a dash", "Ω", "The end"),
        metadata={
            "title": "Über den Leuchtturm ☂",
            "authors": ("Ann Lee", "Bo Ray"),
            "published": "2026-03-09T10:30:00+01:00",
            "language": "de-CH",
            "licence": "CC BY 4.0",
            "description": "Wer führt das Buch?",
            "source_url": "https://example.org/leuchtturm",
        },
        cover=Cover(PNG, "image/png", "cover.png"),
        publication="The Corran Review",
    )


def test_our_own_reading(full: Edition, frames: bytes) -> None:
    expected = Tags(
        version="ID3v2.3.0",
        title="Über den Leuchtturm ☂",
        artist="Ann Lee/Bo Ray",
        album="The Corran Review",
        date="2026-03-09",
        language="deu",
        comment="Wer führt das Buch?",
        copyright="2026 CC BY 4.0",
        cover=TaggedCover("image/png", len(PNG)),
        contents=("ch001", "ch002", "ch003", "ch004"),
        chapters=(
            TaggedChapter("ch001", "A short opening", 0, 2268),
            TaggedChapter("ch002", "A much longer title than the first — with a dash", 2268, 4535),
            TaggedChapter("ch003", "Ω", 4535, 6803),
            TaggedChapter("ch004", "The end", 6803, 9070),
        ),
    )
    assert read(tag(full) + frames) == expected
    assert read(BytesIO(tag(full))) == expected


def test_eyed3_reads_it(full: Edition, frames: bytes, tmp_path: Path) -> None:
    path = tmp_path / "full.mp3"
    path.write_bytes(tag(full) + frames)
    found = eyed3.load(path).tag
    assert found.version == (2, 3, 0)
    assert (found.title, found.artist) == ("Über den Leuchtturm ☂", "Ann Lee/Bo Ray")
    assert found.recording_date.year == 2026  # it can't read the standard's day and month; the others do
    assert found.comments[0].text == "Wer führt das Buch?"
    assert found.comments[0].lang == b"deu"
    assert found.images[0].image_data == PNG
    assert found.terms_of_use == "CC BY 4.0"
    assert found.audio_file_url == "https://example.org/leuchtturm"
    (toc,) = list(found.table_of_contents)
    assert (toc.toplevel, toc.ordered) == (True, True)
    assert toc.child_ids == [b"ch001", b"ch002", b"ch003", b"ch004"]
    assert toc.description == "Über den Leuchtturm ☂"
    listed = [found.chapters[child] for child in toc.child_ids]
    published = json.loads(chapters(full))["chapters"]
    assert [chapter.title for chapter in listed] == [chapter["title"] for chapter in published]
    assert [chapter.times for chapter in listed] == [
        (round(chapter["startTime"] * 1000), round(chapter["endTime"] * 1000)) for chapter in published
    ]
    assert all(chapter.offsets == (None, None) for chapter in listed)


def test_ffprobe_lists_the_chapters_in_order(
    full: Edition, frames: bytes, tmp_path: Path, find_checker: Callable[[str], str]
) -> None:
    path = tmp_path / "full.mp3"
    path.write_bytes(tag(full) + frames)
    command = [find_checker("ffprobe"), "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(path)]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (found by conftest)
    assert done.stderr == b""
    found = json.loads(done.stdout)
    published = json.loads(chapters(full))["chapters"]
    assert [chapter["tags"]["title"] for chapter in found["chapters"]] == [chapter["title"] for chapter in published]
    for probed, chapter in zip(found["chapters"], published, strict=True):
        assert abs(float(probed["start_time"]) - chapter["startTime"]) <= 0.001
        assert abs(float(probed["end_time"]) - chapter["endTime"]) <= 0.001
    assert found["format"]["tags"]["title"] == "Über den Leuchtturm ☂"
    assert found["format"]["tags"]["language"] == "deu"


def test_the_chapter_frames_stand_in_order_of_time(make: Make) -> None:
    """The usual libraries write the shortest first."""
    data = tag(make("One.", chapters=_tiling("The longest of these titles", "A longer one", "Short")))
    places = [data.index(b"CHAP\x00"), *(data.index(title) for title in (b"The longest", b"A longer", b"Short"))]
    assert data.count(b"CTOC") == 1
    assert data.index(b"CTOC") < places[0]
    assert places == sorted(places)


def test_plain_text_is_latin_1_and_the_rest_utf_16(make: Make) -> None:
    assert b"TIT2\x00\x00\x00\x05\x00\x00\x00Caf\xe9" in tag(make("One.", metadata={"title": "Café"}))
    wide = tag(make("One.", metadata={"title": "Ω"}))
    assert b"TIT2\x00\x00\x00\x05\x00\x00\x01\xff\xfe\xa9\x03" in wide


def test_the_same_edition_gives_the_same_bytes(full: Edition) -> None:
    assert tag(full) == tag(full)
    assert b"earmark" not in tag(full).lower()


def test_a_bare_edition_says_only_what_is_known(make: Make) -> None:
    found = _mutagen(tag(make("One.", chapters=())))
    assert sorted(found) == ["TCON", "TIT2", "TLAN", "TLEN"]


@pytest.mark.parametrize(
    ("published", "frames_found"),
    [
        ("2026-03-09", {"TYER": "2026", "TDAT": "0903"}),
        ("2026", {"TYER": "2026"}),
        ("last spring", {}),
        ("٢٠٢٦-٠٣-٠٩", {}),
    ],
)
def test_dates_as_version_three_writes_them(make: Make, published: str, frames_found: dict[str, str]) -> None:
    found = _mutagen(tag(make("One.", metadata={"published": published})))
    assert {name: str(found[name]) for name in ("TYER", "TDAT") if name in found} == frames_found


def test_a_licence_with_an_address_is_a_link(make: Make) -> None:
    data = tag(make("One.", metadata={"licence": "https://creativecommons.org/licenses/by/4.0/"}))
    found = _mutagen(data)
    assert found["WCOP"].url == "https://creativecommons.org/licenses/by/4.0/"
    assert "TCOP" not in found


def test_a_licence_without_a_date_claims_no_year(make: Make) -> None:
    found = _mutagen(tag(make("One.", metadata={"licence": "All rights reserved"})))
    assert found["USER:eng"].text == "All rights reserved"
    assert "TCOP" not in found


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://example.org/\n", "https://e.org/" + "a" * 3000])
def test_what_is_no_plain_address_is_no_link(make: Make, address: str) -> None:
    assert b"WOAF" not in tag(make("One.", metadata={"source_url": address}))


def test_more_chapters_than_a_table_of_contents_holds_are_refused(make: Make) -> None:
    assert len(read(tag(make("One.", chapters=_tiling(*["x"] * 255)))).chapters) == 255
    with pytest.raises(ValueError, match="256 chapters"):
        tag(make("One.", chapters=_tiling(*["x"] * 256)))


def test_a_cover_beyond_the_format_is_refused(make: Make) -> None:
    class Huge(bytes):
        __slots__ = ()

    with pytest.raises(ValueError, match="too large"):
        tag(make("One.", cover=Cover(Huge(1 << 28), "image/png", "cover.png")))


def test_twenty_megabytes_of_title(make: Make) -> None:
    title = "word " * 4_000_000
    data = tag(make("One.", metadata={"title": title, "description": title}, chapters=_tiling(title)))
    assert len(data) < 20_000
    assert read(data).chapters[0].title.endswith("word…")


texts = st.text(st.characters(), max_size=60)
titles = st.lists(texts, min_size=1, max_size=5)


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(("title", "author", "description", "licence"), texts)), titles)
def test_no_text_breaks_the_tag(make: Make, given_texts: dict[str, str], names: list[str]) -> None:
    about = given_texts | {"authors": (given_texts.pop("author"),), "published": "2026"}
    edition = make("One.", metadata=about, chapters=_tiling(*names))
    found = read(tag(edition))
    published = json.loads(chapters(edition))["chapters"]
    assert [(chapter.title, chapter.start, chapter.end) for chapter in found.chapters] == [
        (chapter["title"], round(chapter["startTime"] * 1000), round(chapter["endTime"] * 1000))
        for chapter in published
    ]
    assert found.contents == tuple(chapter.id for chapter in found.chapters)
    assert found.title
    assert (found.language, found.date) == ("eng", "2026")


def test_an_mp3_without_a_tag_says_nothing(frames: bytes) -> None:
    assert read(frames) == Tags()
    assert read(b"") == Tags()


def test_an_old_tag_at_the_end_is_read(frames: bytes) -> None:
    old = (
        b"TAG"
        + b"Old title".ljust(30, b"\0")
        + b"Somebody".ljust(30, b"\0")
        + bytes(30)
        + b"1999"
        + bytes(30)
        + b"\x0c"
    )
    found = read(frames + old)
    assert (found.title, found.artist, found.date) == ("Old title", "Somebody", "1999")


def test_a_broken_tag_is_told_from_none() -> None:
    assert read(b"ID3\x09\x00\x00\x00\x00\x00\x10" + bytes(16)).version == "unreadable"


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_damaged_tags_are_read_as_far_as_they_go(make: Make, noise: bytes, at: int) -> None:
    data = tag(make("One.", chapters=_tiling("First", "Second")))
    assert isinstance(read(data[:at] + noise + data[at + len(noise) :]), Tags)
