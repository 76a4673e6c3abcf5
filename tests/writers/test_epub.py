import re
from collections.abc import Callable, Sequence
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from earmark.article import (
    Block,
    Code,
    Figure,
    Footnote,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Table,
)
from earmark.edition import Cover, Edition, Picture
from earmark.narration.script import Omission, Span, Utterance
from earmark.timeline import Chapter
from earmark.writers.epub import Member, epub, volume_of, zipped, zipping
from earmark.writers.galley import Galley
from earmark.writers.sound import Sound

Make = Callable[..., Edition]
Say = Callable[..., Utterance]

SMIL, OPS = "{http://www.w3.org/ns/SMIL}", "{http://www.idpf.org/2007/ops}"
OPF, XHTML = "{http://www.idpf.org/2007/opf}", "{http://www.w3.org/1999/xhtml}"
MP3 = b"\xff\xf3" + bytes(998)


def sound(data: bytes = MP3) -> Sound:
    return Sound(len(data), crc32(data), lambda: (data[:10], data[10:]))


def book(edition: Edition, *, words: bool = False) -> ZipFile:
    """Return the finished EPUB, every sum in it checked."""
    found = ZipFile(BytesIO(b"".join(epub(volume_of(Galley(edition), words=words), sound()))))
    assert found.testzip() is None
    return found


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 (what earmark has just written)


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def clips(archive: ZipFile) -> list[tuple[str, float, float]]:
    """Return the element, the start and the end of each clip, in order."""
    overlay = parsed(archive.read("EPUB/1/article.smil"))
    found = []
    for par in overlay.iter(f"{SMIL}par"):
        text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
        assert text is not None
        assert audio is not None
        assert audio.get("src") == "article.mp3"
        found.append((str(text.get("src")), seconds(str(audio.get("clipBegin"))), seconds(str(audio.get("clipEnd")))))
    return found


def check(edition: Edition, archive: ZipFile, *, words: bool = False) -> None:
    """Hold what every EPUB must: it parses, references resolve, clips tile the MP3, each cue is there once."""
    trees = {
        name: parsed(archive.read(name))
        for name in archive.namelist()
        if name.endswith((".xhtml", ".smil", ".opf", ".xml"))
    }
    ids = [node.get("id") for node in trees["EPUB/1/article.xhtml"].iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    targets = {f"article.xhtml#{name}" for name in ids} | {"article.xhtml"}
    overlay = trees["EPUB/1/article.smil"]
    assert {node.get(f"{OPS}textref") for node in overlay.iter(f"{SMIL}seq")} <= targets
    found = clips(archive)
    assert {text for text, _, _ in found} <= targets
    assert all(start < end for _, start, end in found)
    assert [end for _, _, end in found[:-1]] == [start for _, start, _ in found[1:]]
    if not words:
        told = [cue.sentence.id for cue in sorted(edition.timeline.cues, key=lambda cue: cue.start)]
        assert [text.partition("#")[2] for text, _, _ in found] == told
    if found:
        duration = edition.timeline.duration / edition.timeline.sample_rate
        assert found[0][1] == 0
        assert abs(found[-1][2] - duration) < 0.002 * (len(found) + 1)
    links = [str(node.get("href")) for node in trees["EPUB/1/article.xhtml"].iter(f"{XHTML}a")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    assert all(link.startswith(("#", "http://", "https://", "mailto:", "tel:")) for link in links)


def test_an_edition_becomes_a_book(make: Make) -> None:
    edition = make(
        "The light burns.", "It burns for ever.", metadata={"authors": ("Ann Lee",), "published": "2024-03-01"}
    )
    edition = replace(edition, cover=Cover(b"\x89PNG\r\n\x1a\n", "image/png", "c.png"), publication="The Review")
    archive = book(edition)
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, archive.read(first)) == (
        "mimetype",
        ZIP_STORED,
        b"application/epub+zip",
    )
    assert archive.read("EPUB/1/article.mp3") == MP3
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    package = parsed(archive.read("EPUB/package.opf"))
    meta = [(node.get("property"), node.text) for node in package.iter(f"{OPF}meta")]
    assert ("media:duration", "0:00:01.995") in meta
    assert ("media:narrator", "British English, eSpeak (synthetic voice)") in meta
    assert ("dcterms:modified", "2024-03-01T00:00:00Z") in meta
    assert ("schema:accessibilityFeature", "synchronizedAudioText") in meta
    assert ("schema:accessModeSufficient", "auditory") in meta
    hrefs = {item.get("href") for item in package.iter(f"{OPF}item")}
    assert hrefs == {name[5:] for name in archive.namelist() if name.startswith("EPUB/")} - {"package.opf"}
    check(edition, archive)


def test_the_same_edition_gives_the_same_bytes(make: Make) -> None:
    assert b"".join(epub(volume_of(Galley(make("One."))), sound())) == b"".join(
        epub(volume_of(Galley(make("One."))), sound())
    )


def test_words_light_up_if_that_is_wanted(make: Make) -> None:
    edition = make("The light burns.")
    archive = book(edition, words=True)
    check(edition, archive, words=True)
    assert [text for text, _, _ in clips(archive)] == [f"article.xhtml#s0001-{n}" for n in range(3)]
    assert [start for _, start, _ in clips(archive)] == [0, 0.181, 0.454]
    untimed = make("The light burns.", timed=False)
    assert [text for text, _, _ in clips(book(untimed, words=True))] == ["article.xhtml#s0001"]


def test_what_may_be_left_early_or_skipped_says_so(make: Make, say: Say) -> None:
    cell = {"spans": (Span("cell(1,0)", 0, 4),), "block": "b0002"}
    blocks = (
        Paragraph(id="b0001", content=Inline("See1", (Mark(MarkKind.NOTE_REFERENCE, 3, 4, "b0006"),))),
        Table(id="b0002", header=(), rows=((Inline("Cell"),),)),
        List(
            id="b0003",
            kind="bullet",
            items=(ListItem(id="b0004", blocks=(Paragraph(id="b0005", content=Inline("Item")),)),),
        ),
        Footnote(id="b0006", label="1", blocks=(Paragraph(id="b0007", content=Inline("Note")),)),
    )
    edition = make(
        (say("See"),), (say("Cell", **cell),), (say("Item", block="b0005"),), (say("Note", block="b0007"),), blocks=blocks
    )  # fmt: skip
    archive = book(edition)
    check(edition, archive)
    overlay = parsed(archive.read("EPUB/1/article.smil"))
    kinds = [(seq.get(f"{OPS}type"), seq.get(f"{OPS}textref")) for seq in overlay.iter(f"{SMIL}seq")]
    assert kinds == [
        ("bodymatter", "article.xhtml"),
        ("table", "article.xhtml#b0002"),
        ("list", "article.xhtml#b0003"),
        ("footnote", "article.xhtml#b0006"),
    ]
    text = archive.read("EPUB/1/article.xhtml").decode()
    assert 'href="#b0006" id="b0006-mark-1" role="doc-noteref" epub:type="noteref"' in text
    assert 'href="#b0006-mark-1" role="doc-backlink"' in text


def test_what_is_not_read_stands_in_its_place_and_the_package_says_so(make: Make, say: Say) -> None:
    blocks = (
        Code(id="b0001", text="x = 1 < 2\n", info="python"),
        Paragraph(id="b0002", content=Inline("READ MORE: Rain")),
        Paragraph(id="b0003", content=Inline("The end.")),
    )
    omitted = (
        Omission("b0001", (Span("text", 0, 10),), "x = 1 < 2\n", "code"),
        Omission("b0002", (Span("text", 0, 15),), "READ MORE: Rain", "related-link"),
    )
    edition = make(
        (say("Code example.", added=True),),
        (say("The end.", block="b0003"),),
        blocks=blocks,
        script={"omitted": omitted},
    )
    archive = book(edition)
    check(edition, archive)
    text = archive.read("EPUB/1/article.xhtml").decode()
    assert re.findall(r'data-reason="([a-z-]+)"', text) == ["code", "related-link"]
    assert text.count("[Not read aloud]") == 2
    assert "x = 1 &lt; 2" in text
    package = archive.read("EPUB/package.opf").decode()
    assert '<meta property="schema:accessModeSufficient">auditory<' not in package


def test_pictures_come_along_and_others_are_words(make: Make, say: Say) -> None:
    blocks = (
        Figure(id="b0001", source="a.png", alt="A lamp."),
        Figure(id="b0002", source="https://example.org/b.png", alt="A clock."),
    )
    alt = {"spans": (Span("alt", 0, 7),)}
    clock = {"spans": (Span("alt", 0, 8),), "block": "b0002"}
    edition = make((say("A lamp.", **alt),), (say("A clock.", **clock),), blocks=blocks)
    picture = Picture(source="a.png", name="picture-1.png", type="image/png", data=b"\x89PNG\r\n\x1a\n")
    archive = book(replace(edition, pictures=(picture,)))
    check(edition, archive)
    text = archive.read("EPUB/1/article.xhtml").decode()
    assert '<span class="cue" id="s0001"><img src="picture-1.png" alt="A lamp."/></span>' in text
    assert '<span class="cue" id="s0002">A clock.</span>' in text
    assert re.findall(r'src="([^"]+)"', text) == ["picture-1.png"]
    package = archive.read("EPUB/package.opf").decode()
    assert ">alternativeText<" in package
    silent = (Figure(id="b0001", source="a.png", alt=None),)
    mute = replace(edition, article=replace(edition.article, blocks=silent), pictures=(picture,))
    assert ">textual,visual<" in book(mute).read("EPUB/package.opf").decode()


def test_chapters_are_in_the_navigation(make: Make) -> None:
    edition = make(
        "One.", "Two.", chapters=(Chapter("Opening", "b0000", 0, 9000), Chapter("A < B", "b0002", 9000, 18_000))
    )
    navigation = book(edition).read("EPUB/nav.xhtml").decode()
    assert '<a href="1/article.xhtml">Opening</a>' in navigation
    assert '<a href="1/article.xhtml#b0002">A &lt; B</a>' in navigation


def test_languages_and_directions(make: Make) -> None:
    edition = make("מגדלור.", metadata={"language": "he"})
    text = book(edition).read("EPUB/1/article.xhtml").decode()
    assert 'lang="he" xml:lang="he" dir="rtl"' in text
    assert 'page-progression-direction="rtl"' in book(edition).read("EPUB/package.opf").decode()
    assert 'lang="und"' in book(make("One.", metadata={"language": 'x"y'})).read("EPUB/1/article.xhtml").decode()


def test_a_sound_that_is_not_as_told_is_refused() -> None:
    with pytest.raises(ValueError, match="not what it was said to be"):
        list(zipped([Member("a", 3, 0, lambda: (b"abc",))]))


@pytest.mark.parametrize(("most", "members"), [(1_000, 9), (4_000, 9), (9_900, 9), (1 << 32, 2), (1_000, 2)])
def test_what_is_over_four_gigabytes_is_read_back(monkeypatch: pytest.MonkeyPatch, most: int, members: int) -> None:
    """The limits of ZIP are put down instead of gigabytes being written: sizes, places and counts in ZIP64 fields."""
    monkeypatch.setattr(zipping, "_MOST", most)
    monkeypatch.setattr(zipping, "_MOST_MEMBERS", members)
    files = {f"é{number}": bytes([number]) * 700 * number for number in range(6)}
    data = b"".join(zipped(Member.of(name, content) for name, content in files.items()))
    with ZipFile(BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.testzip() is None
        assert next(info.extract_version for info in archive.infolist()) == 20
    assert (b"PK\x06\x06" in data) == (most < len(data) - 600 or members < len(files))


kinds = st.sampled_from([kind for kind in MarkKind if kind is not MarkKind.LANGUAGE])
values = st.sampled_from(
    ["", "#x", "javascript:alert(1)", "https://example.org/a b?<c>", "b0009", "a.png", "mailto:a@b.c"]
)
text = st.text(st.characters() | st.sampled_from("<>&\"' \n."), min_size=1, max_size=30)


@st.composite
def paragraphs(draw: st.DrawFn) -> Sequence[Block]:
    """Draw paragraphs with marks anywhere, nested or crossing."""
    found: list[Block] = []
    for number in range(draw(st.integers(1, 3))):
        words = draw(text)
        ends = st.integers(0, len(words))
        drawn = draw(st.lists(st.tuples(kinds, ends, ends, values), max_size=5))
        marks = sorted((Mark(k, min(a, b), max(a, b), v) for k, a, b, v in drawn), key=lambda m: (m.start, -m.end))
        found.append(Paragraph(id=f"b{number + 1:04}", content=Inline(words, tuple(marks))))
    return [*found, Footnote(id="b0009", label="1", blocks=(Paragraph(id="b0010", content=Inline("Note")),))]


@settings(deadline=None, max_examples=150)
@given(paragraphs(), st.data(), st.booleans())
def test_no_article_breaks_its_book(
    make: Make,
    say: Say,
    blocks: list[Block],
    data: st.DataObject,
    words: bool,  # noqa: FBT001 (drawn)
) -> None:
    sentences = []
    for block in blocks[:-1]:
        assert isinstance(block, Paragraph)
        printed = block.content.text
        cut = data.draw(st.integers(0, len(printed)))
        sentences += [
            (say(printed[start:end], start=start, block=block.id),)
            for start, end in ((0, cut), (cut, len(printed)))
            if start < end
        ]
    picture = Picture(source="a.png", name="picture-1.png", type="image/png", data=b"\x89PNG\r\n\x1a\n")
    edition = replace(make(*sentences, blocks=blocks), pictures=(picture,))
    archive = book(edition, words=words)
    check(edition, archive, words=words)
    root = parsed(archive.read("EPUB/1/article.xhtml"))
    assert {node.tag.removeprefix(XHTML) for node in root.iter()} & {
        "script",
        "iframe",
        "object",
        "style",
        "svg",
    } == set()
    assert [name for node in root.iter() for name in node.attrib if name.startswith("on")] == []


@given(text, text, text)
def test_no_metadata_breaks_the_package(make: Make, title: str, author: str, tag: str) -> None:
    more = {
        "title": title,
        "authors": (author,),
        "tags": (tag,),
        "description": tag,
        "licence": author,
        "source_url": tag,
    }
    edition = make("One.", metadata=more)
    check(edition, book(edition))


def test_a_book_speaks_its_own_language_to_whoever_opens_it(make: Make) -> None:
    archive = book(make("Ein Satz.", metadata={"language": "de-AT"}))
    package = parsed(archive.read("EPUB/package.opf"))
    summary = next(node for node in package.iter(f"{OPF}meta") if node.get("property") == "schema:accessibilitySummary")
    assert summary.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert str(summary.text).endswith("Alles wird vorgelesen.")
    assert "(künstliche Stimme)" in archive.read("EPUB/package.opf").decode()
    navigation = parsed(archive.read("EPUB/nav.xhtml"))
    assert [node.text for node in navigation.iter(f"{XHTML}h1")] == ["Inhalt"]
    assert "Orientierungspunkte" in {node.get("aria-label") for node in navigation.iter(f"{XHTML}nav")}
