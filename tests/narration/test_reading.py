"""The script for a person and for a program."""

import json
from typing import TYPE_CHECKING

from earmark.article import Break, MarkKind, Metadata
from earmark.narration.desk import Voices
from earmark.narration.order import place
from earmark.narration.reading import as_json, reading_script
from earmark.narration.script import ChapterStart
from earmark.options import NarrationOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet

    from earmark.narration.script import Script


def whole(sheet: "Sheet") -> "Script":
    return sheet.tell(
        sheet.h(1, "The last light"),
        sheet.p("The Zorg met.1 Then bonjour, she said.", (MarkKind.ABBREVIATION, "Zorg", "Zone of Rocks"),
                (MarkKind.NOTE_REFERENCE, "1", ""), (MarkKind.LANGUAGE, "bonjour", "fr")),
        sheet.p("READ MORE: Rents rise again"),
        sheet.quote("Words."),
        Break(id=sheet.id()),
        sheet.table(["Name"], ["Ann"], ["Bob"]),
        sheet.h(2, "After"),
        sheet.p("F***! It went."),
        sheet.figure(None),
        sheet.p("Share this"),
        metadata=Metadata(authors=("Jane Doe",)),
        narration=NarrationOptions(masked="tone", say_duration=False),
        voices=Voices("mary"),
    )  # fmt: skip


EXPECTED = """\
The last light (en)

Chapter: The last light

The last light

[By Jane Doe.]
[Read by a synthetic voice.]

The Zorg [said: Zone of Rocks] met.
[left out (note-reference): 1]
Then [in fr: bonjour,] she said.
[left out (related-link): READ MORE: Rents rise again]

[voice mary: Words.]

[pause: 1.8 s]

{table}
[again: Name] Ann
[again: Name] Bob

Chapter: After

After
[left out (masked): F***!]

[sound: bleep]

It went.
[left out (share): Share this]

[End of article.]

warning: alt-missing: the picture a.jpg has no alternative text. Describe it, or give it alt="" if it is decoration."""


def test_for_a_person(sheet: "Sheet") -> None:
    lines = list(reading_script(whole(sheet)))
    table = next(line for line in lines if "Table with" in line)
    assert "\n".join(lines) == EXPECTED.format(table=table)
    assert table.startswith("[Table with 2 rows and 1 column.")
    assert table.endswith("] Name")


def test_only_the_chosen_chapters(sheet: "Sheet") -> None:
    script = whole(sheet)
    after = next(item for item in script.items if isinstance(item, ChapterStart) and item.title == "After")
    lines = list(reading_script(script, {after.block: "After all"}))
    assert [line for line in lines if line.startswith("Chapter")] == ["Chapter: After all"]
    items = as_json(script, {after.block: "After all"})["items"]
    assert isinstance(items, list)
    assert [item for item in items if item["kind"] == "chapter"] == [
        {"kind": "chapter", "title": "After all", "block": after.block}
    ]


def test_for_a_program(sheet: "Sheet") -> None:
    script = json.loads(json.dumps(as_json(whole(sheet))))
    assert list(script) == ["title", "language", "items", "omitted", "problems"]
    assert script["items"][0] == {"kind": "chapter", "title": "The last light", "block": "b0001"}
    assert script["items"][2] == {"kind": "pause", "ms": 700}
    assert {"kind": "sound", "name": "bleep"} in script["items"]
    changed = next(item for item in script["items"] if item.get("changes"))
    assert changed == {
        "kind": "utterance", "id": "u0004", "sentence": "s0004", "block": "b0002",
        "spans": [{"field": "text", "start": 0, "end": 13}],
        "printed": "The Zorg met.", "spoken": "The Zone of Rocks met.", "language": "en", "voice": "", "emphasis": False,
        "added": False, "echo": False,
        "changes": [{"block": "b0002", "span": {"field": "text", "start": 4, "end": 8}, "printed": "Zorg",
                     "spoken": "Zone of Rocks", "rule": "abbreviation"}],
    }  # fmt: skip
    assert script["omitted"][0] == {
        "block": "b0002", "spans": [{"field": "text", "start": 13, "end": 14}], "printed": "1", "reason": "note-reference",
    }  # fmt: skip
    assert script["problems"][0]["code"] == "alt-missing"
    assert script["problems"][0]["severity"] == "warning"


def test_problems_with_their_lines(sheet: "Sheet") -> None:
    figure = sheet.figure(None)
    figure = type(figure)(id=figure.id, line=7, source="", alt=None)
    assert list(reading_script(sheet.tell(figure)))[-1].startswith("warning: alt-missing (line 7): a picture has no")


def test_the_order_of_print() -> None:
    places = [
        place("b0000"), place("b0001"), place("b0001", "text", 0), place("b0001", "text", 5), place("b0001", "alt", 0),
        place("b0001", "caption", 0), place("b0001", "cell(0,9)", 0), place("b0001", "cell(2,0)", 0),
        place("b0001", "cell(10,0)", 0), place("b0002"), place("b10000"),
    ]  # fmt: skip
    assert places == sorted(places)
