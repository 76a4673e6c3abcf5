import json
import subprocess
from collections.abc import Callable

from msgspec.structs import replace

from earmark.article import (
    Break,
    Code,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Quote,
    Table,
)
from earmark.edition import Edition, Picture
from earmark.narration.script import Omission, Span, Utterance
from earmark.timeline import Chapter
from earmark.writers.formats import WRITERS
from earmark.writers.galley import Galley
from earmark.writers.id3 import chapter_tag
from earmark.writers.playlist import playlist, tracks
from earmark.writers.tags import read

Make = Callable[..., Edition]
Say = Callable[..., Utterance]

BLOCKS = (
    Heading(id="b0001", level=3, content=Inline("The light & its keepers")),
    Paragraph(id="b0002", content=Inline("It burns.\nFor ever.", (Mark(MarkKind.EMPHASIS, 0, 2),))),
    Quote(id="b0003", blocks=(Paragraph(id="b0004", content=Inline("Lit at four.")),)),
    List(
        id="b0005",
        kind="ordered",
        items=(
            ListItem(id="b0006", number=1, blocks=(Paragraph(id="b0007", content=Inline("Oil")),)),
            ListItem(id="b0008", number=5, blocks=(Paragraph(id="b0009", content=Inline("Wick")),)),
        ),
    ),
    Table(id="b0010", header=(Inline("Year"), Inline("Keeper")), rows=((Inline("1898"), Inline("Tulloch")),)),
    Break(id="b0011"),
    Code(id="b0012", text="if x:\n    light()\n"),
    Figure(id="b0013", source="a.png", alt="A lamp."),
)
OMITTED = (Omission("b0012", (Span("text", 0, 18),), "if x:\n    light()\n", "code"),)


def edition(make: Make, say: Say) -> Edition:
    made = make((say("The light & its keepers"),), blocks=BLOCKS, script={"omitted": OMITTED})
    return replace(made, pictures=(Picture(source="a.png", name="picture-1.png", type="image/png", data=b"x"),))


def test_the_plain_text_holds_all_that_is_printed(make: Make, say: Say) -> None:
    assert b"".join(WRITERS["transcript.txt"](Galley(edition(make, say)))).decode() == (
        "The Ledger\n\nThe light & its keepers\n\nIt burns.\nFor ever.\n\nLit at four.\n\n1. Oil\n\n5. Wick\n\n"
        "Year\tKeeper\n\n1898\tTulloch\n\n* * *\n\n[Not read aloud]\n\nif x:\n    light()\n\nA lamp.\n"
    )


def test_the_page_is_the_article_in_its_own_structure(make: Make, say: Say) -> None:
    page = b"".join(WRITERS["transcript.html"](Galley(edition(make, say)))).decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB" dir="ltr">')
    assert '<h2 id="b0001"><span class="cue" id="s0001">The light &amp; its keepers</span></h2>' in page
    assert '<p id="b0002"><em>It</em> burns.<br>For ever.</p>' in page
    assert '<li id="b0008" value="5">' in page
    assert '<img src="picture-1.png" alt="A lamp.">' in page
    assert "xml:lang" not in page
    assert "epub:type" not in page


def test_the_json_follows_the_voice(make: Make, say: Say) -> None:
    made = make((say("He said: "), say("La lumière.", start=9, language="fr", voice="fr")), "Yes.")
    found = json.loads(b"".join(WRITERS["transcript.json"](Galley(made))))
    assert found["version"] == "1.0.0"
    assert [(s["speaker"], s["body"]) for s in found["segments"]] == [
        ("British English, eSpeak", "He said: La lumière."),
        ("British English, eSpeak", "Yes."),
    ]
    assert all(segment["startTime"] < segment["endTime"] for segment in found["segments"])
    assert "speaker" not in json.loads(b"".join(WRITERS["transcript.json"](Galley(make("Yes.")))))["segments"][0]


def test_each_chapter_that_can_be_cut_off_is_a_track(make: Make) -> None:
    chapters = (Chapter("Opening", "b0000", 0, 9000), Chapter("Second, \n and last", "b0002", 9000, 18_000))
    made = make("One.", "Two.", chapters=chapters, metadata={"authors": ("Ann Lee",), "published": "2024-03-01"})
    assert [(track.name, track.start, track.end) for track in tracks(made)] == [("the-ledger-01.mp3", 0, 18_000)]
    cuts = tuple(replace(made.timeline.cuts[0], start=start, end=end) for start, end in ((0, 9000), (9000, 18_000)))
    made = replace(made, timeline=replace(made.timeline, cuts=cuts))
    assert playlist(made).decode() == (
        "#EXTM3U\n#PLAYLIST:The Ledger\n#EXTINF:0,Opening\nthe-ledger-01.mp3\n"
        "#EXTINF:0,Second, and last\nthe-ledger-02.mp3\n"
    )
    tags = read(chapter_tag(made, tracks(made)[1]) + b"\xff\xf3" + bytes(500))
    assert (tags.title, tags.album, tags.artist, tags.version) == (
        "Second, and last",
        "The Ledger",
        "Ann Lee",
        "ID3v2.3.0",
    )


def test_the_page_is_valid_html(make: Make, say: Say, find_checker: Callable[[str], str]) -> None:
    jar = f"{find_checker('vnu-jar')}/build/dist/vnu.jar"
    page = b"".join(WRITERS["transcript.html"](Galley(edition(make, say))))
    command = [find_checker("java"), "-jar", jar, "--errors-only", "-"]
    done = subprocess.run(command, input=page, check=False, capture_output=True)  # noqa: S603 (found by conftest)
    assert done.stderr.decode() == ""
    bad = subprocess.run(command, input=page.replace(b"<h2", b"<h7"), check=False, capture_output=True)  # noqa: S603 (likewise)
    assert bad.returncode
