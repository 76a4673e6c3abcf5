"""What is said of each kind of block, and with which silences."""

from typing import TYPE_CHECKING

import pytest

from earmark.article import (
    Article,
    Aside,
    Block,
    Break,
    Embed,
    Footnote,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Math,
    Metadata,
    Problem,
    Severity,
    Term,
)
from earmark.narration.blocks import tell_block
from earmark.narration.desk import Scope, Voices, desk_for
from earmark.narration.narrate import narrate
from earmark.narration.script import Pause, Script, Sentence, Sound, Span, utterances
from earmark.options import NarrationOptions, PauseOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet


def quiet(**more: object) -> NarrationOptions:
    """Return settings without opening and ending."""
    off = dict.fromkeys(("title", "authors", "date", "duration", "synthetic", "ending"), False)
    return NarrationOptions(**{f"say_{name}": value for name, value in off.items()}, **more)  # type: ignore[arg-type]


def silences(script: Script) -> list[int]:
    return [item.ms for item in script.items if isinstance(item, Pause)]


def test_paragraphs_sentence_by_sentence(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("One here. Two there."), sheet.p("Three."))
    assert sheet.cues(script) == [["One here."], ["Two there."], ["Three."]]
    assert silences(script) == [300, 650]


def test_headings_have_no_level_and_longer_pauses(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Before."), sheet.h(2, "A heading"), sheet.p("After."))
    assert sheet.said(script) == ["Before.", "A heading", "After."]
    assert silences(script) == [1200, 700]


def test_pauses_collapse_to_the_longest(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Before."), Break(id=sheet.id()), sheet.h(2, "A heading"), Break(id=sheet.id()))
    assert silences(script) == [1800]


def test_quotes_are_marked_in_words(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.quote("To be.", "Or not."))
    assert sheet.said(script) == ["[Quote.]", "To be.", "Or not.", "[End quote.]"]


def test_quotes_in_a_second_voice(sheet: "Sheet") -> None:
    script = sheet.tell(
        sheet.quote("To be."), sheet.quote("Être.", language="fr"), sheet.p("He said."), voices=Voices("mary")
    )
    assert [(u.printed, u.voice) for u in utterances(script)] == [
        ("To be.", "mary"),
        ("Quote.", ""),
        ("Être.", ""),
        ("End quote.", ""),
        ("He said.", ""),
    ]


def test_a_foreign_block_in_a_second_voice(sheet: "Sheet") -> None:
    quote = sheet.quote("To be.")
    inside = sheet.p("Être.", language="fr"), sheet.p("Colour.", language="en-GB")
    script = sheet.tell(type(quote)(id=quote.id, blocks=(*quote.blocks, *inside)), voices=Voices("mary"))
    assert [(u.language, u.voice) for u in utterances(script)] == [("en", "mary"), ("fr", ""), ("en-GB", "mary")]


def test_a_quote_that_says_nothing_is_not_announced(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.quote("…"), sheet.p("After."))
    assert sheet.said(script) == ["After."]
    assert sheet.omitted(script) == [("…", "nothing-to-say")]


def test_ordered_lists_say_their_own_numbers(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.items("ordered", "Apples.", "Pears.", start=3))
    printed = [
        [u.printed for u in s.parts if not isinstance(u, Pause | Sound)]
        for s in script.items
        if isinstance(s, Sentence)
    ]
    assert printed == [["3.", "Apples."], ["4.", "Pears."]]
    assert all("." not in said for said in sheet.said(script) if said.startswith("["))
    assert silences(script) == [450]


def test_bullets_are_pauses_and_nesting_is_kept(sheet: "Sheet") -> None:
    inner = sheet.items("ordered", "Nails")
    outer = List(
        id=sheet.id(),
        kind="bullet",
        items=(
            ListItem(id=sheet.id(), blocks=(sheet.p("Tools"), inner)),
            ListItem(id=sheet.id(), blocks=(sheet.p("Paint"),)),
        ),
    )
    script = sheet.tell(outer, sheet.p("After."))
    assert [u.printed for u in utterances(script)] == ["Tools", "1.", "Nails", "Paint", "After."]
    assert silences(script) == [450, 450, 650]


def test_numbers_of_nested_lists_wait_for_the_first_words(sheet: "Sheet") -> None:
    inner = sheet.items("ordered", "Nails", "")
    script = sheet.tell(
        List(id=sheet.id(), kind="ordered", items=(ListItem(id=sheet.id(), number=7, blocks=(inner,)),))
    )
    assert [u.printed for u in utterances(script)] == ["7.", "1.", "Nails"]


def test_tasks(sheet: "Sheet") -> None:
    items = tuple(ListItem(id=sheet.id(), checked=done, blocks=(sheet.p("Paint"),)) for done in (True, False))
    assert sheet.said(sheet.tell(List(id=sheet.id(), kind="bullet", items=items))) == [
        "[Done:]",
        "Paint",
        "[To do:]",
        "Paint",
    ]


def test_definitions_follow_their_terms_closely(sheet: "Sheet") -> None:
    items = (
        Term(id=sheet.id(), content=Inline("Lamp")),
        ListItem(id=sheet.id(), blocks=(sheet.p("It shines."),)),
        Term(id=sheet.id(), content=Inline("Rock")),
    )
    script = sheet.tell(List(id=sheet.id(), kind="definition", items=items))
    assert sheet.said(script) == ["Lamp", "It shines.", "Rock"]
    assert silences(script) == [300, 450]


@pytest.mark.parametrize(
    ("alt", "caption", "said", "omitted"),
    [
        ("A cat", None, ["[Image:]", "A cat"], []),
        ("A cat", "Tom, who is ten", ["[Image:]", "A cat", "Tom, who is ten"], []),
        ("A cat.", "A cat", ["[Image:]", "A cat."], [("A cat", "same-as-alt")]),
        ("A cat", "A cat on a mat", ["[Image:]", "A cat on a mat"], [("A cat", "same-as-caption")]),
        ("", None, [], []),
        ("IMG_2034.jpg", "Dawn", ["[Image:]", "Dawn"], [("IMG_2034.jpg", "file-name")]),
        ("Screenshot 2024-01-02", None, [], [("Screenshot 2024-01-02", "file-name")]),
        ("Image five of it", None, ["[Image:]", "Image five of it"], []),
        ("", "Dawn", ["[Image:]", "Dawn"], []),
        (None, "Dawn", ["[Image:]", "Dawn"], []),
        (None, None, [], []),
        ("Dawn", "Photograph: Jane Doe/PA", ["[Image:]", "Dawn"], [("Photograph: Jane Doe/PA", "credit")]),
        ("One. Two.", None, ["[Image:]", "One.", "Two."], []),
    ],
)  # fmt: skip
def test_figures(sheet: "Sheet", alt: str | None, caption: str | None, said: list[str], omitted: list[object]) -> None:
    script = sheet.tell(sheet.figure(alt, caption))
    assert sheet.said(script) == said
    assert sheet.omitted(script) == omitted
    assert [p.code for p in script.problems] == (["alt-missing"] if alt is None else [])


def test_a_missing_alt_is_reported_once(sheet: "Sheet") -> None:
    figure = sheet.figure(None)
    known = Problem("alt-missing", Severity.WARNING, "no words", block=figure.id)
    script = narrate(
        Article(Metadata(), (figure,), (known,)),
        narration=NarrationOptions(),
        pauses=PauseOptions(),
        language="en",
        title_fallback="x",
        words_per_minute=170,
    )
    assert script.problems == (known,)


def test_pictures_in_running_text(sheet: "Sheet") -> None:
    text = "See the map here."
    script = sheet.tell(sheet.p(text, (MarkKind.IMAGE, "the map", "map.png")))
    assert sheet.cues(script) == [["See", "[Image:]", "the map", "here."]]
    silent = sheet.p("Words.")
    silent = type(silent)(id=silent.id, content=Inline("Words.", (Mark(MarkKind.IMAGE_WITHOUT_ALT, 3, 3, ""),)))
    assert [p.code for p in sheet.tell(silent).problems] == ["alt-missing"]


def test_tables_row_by_row_with_their_headers(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.table(["Name", "Age"], ["Ann", "five"], ["Bob", ""], caption="People."))
    assert [u.printed for u in utterances(script)] == [
        "People.", "Table with 2 rows and 2 columns.", "Name", "Age", "Name", "Ann", "Age", "five", "Name", "Bob",
    ]  # fmt: skip
    assert sheet.cues(script)[2:] == [["~Name", "Ann", "~Age", "five"], ["~Name", "Bob"]]
    row = [item for item in script.items if isinstance(item, Sentence)][2]
    assert [part.ms for part in row.parts if isinstance(part, Pause)] == [150, 300, 150]
    assert row.kind == "table"
    assert row.spans == (
        Span("cell(0,0)", 0, 4),
        Span("cell(1,0)", 0, 3),
        Span("cell(0,1)", 0, 3),
        Span("cell(1,1)", 0, 4),
    )


def test_tables_whose_rows_have_names(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.table(["Land", "Capital"], ["Wales", "Cardiff"], row_headers=True))
    assert sheet.cues(script)[1] == ["Wales", "~Capital", "Cardiff"]


def test_a_header_that_is_no_name_is_not_heard_with_each_row(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.table(["Land", "word " * 30], ["Wales", "Cardiff"], ["Malta", "Valletta"]))
    assert sheet.cues(script)[1:] == [["~Land", "Wales", "Cardiff"], ["~Land", "Malta", "Valletta"]]


def test_tables_without_headers_name_their_gaps(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.table([], ["Ann", "", "five"], ["", "", ""], ["One"]))
    assert sheet.cues(script)[1:] == [["Ann", "[blank]", "five"], ["One"]]
    assert sheet.tell(sheet.table([])).items == ()


def test_large_tables_are_summarised(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.table(["Name"], ["Ann"], ["Bob"]), narration=quiet(table_rows=1))
    assert [u.printed for u in utterances(script)][:2] == ["Table with 2 rows and 1 column.", "Name"]
    assert sheet.said(script)[-1] == "[Its rows are not read here; they are in the text.]"
    assert sheet.omitted(script) == [("Ann", "large-table"), ("Bob", "large-table")]
    script = sheet.tell(sheet.table(["Name", "Age"], ["Ann", "five"]), narration=quiet(table_cells=1))
    assert [printed for printed, _ in sheet.omitted(script)] == ["Name", "Age", "Ann", "five"]


def test_notes_in_tables(sheet: "Sheet") -> None:
    table = sheet.table(["Name"], ["Ann1"])
    cell = Inline("Ann1", (Mark(MarkKind.NOTE_REFERENCE, 3, 4, "b9"),))
    table = type(table)(id=table.id, header=table.header, rows=((cell,),))
    note = Footnote(id="b9", label="1", blocks=(sheet.p("A note."),))
    script = sheet.tell(table, note, narration=quiet(footnotes="inline"))
    assert sheet.cues(script)[1:] == [["~Name", "Ann"], ["[Note:]", "A note."], ["[End of note.]"]]


@pytest.mark.parametrize(
    ("way", "printed"),
    [
        ("summary", ["Code example in Python, 2 lines."]),
        ("read", ["Code example in Python, 2 lines.", "a = one", "b = two", "End of code."]),
        ("skip", []),
    ],
)
def test_code(sheet: "Sheet", way: str, printed: list[str]) -> None:
    script = sheet.tell(sheet.code("a = one\nb = two\n", "py"), narration=quiet(code=way))
    assert [u.printed for u in utterances(script)] == printed
    assert sheet.omitted(script) == ([] if way == "read" else [("a = one\nb = two\n", "code")])


def test_code_by_its_name(sheet: "Sheet") -> None:
    blocks = (sheet.code("one"), sheet.code("one", "text"), sheet.code("one", "Zig {1}"), sheet.code(" \n"))
    assert [u.printed for u in utterances(sheet.tell(*blocks))] == [
        "Code example, 1 line.",
        "Code example, 1 line.",
        "Code example in Zig, 1 line.",
    ]
    assert sheet.tell(*blocks, language="cs").items == ()


@pytest.mark.parametrize(
    ("kind", "title", "said"),
    [
        ("note", None, ["[Note:]", "Mind."]),
        ("note", "Note", ["Note", "Mind."]),
        ("danger", "Danger", ["Danger", "Mind."]),
        ("warning", "The tide", ["[Warning:]", "The tide", "Mind."]),
        ("tip", None, ["[Tip:]", "Mind."]),
        ("aside", None, ["Mind."]),
        ("details", "More", ["More", "Mind."]),
        ("invented", None, ["[Note:]", "Mind."]),
    ],
)
def test_asides(sheet: "Sheet", kind: str, title: str | None, said: list[str]) -> None:
    name = sheet.id()
    aside = Aside(id=name, kind=kind, title=Inline(title) if title else None, blocks=(sheet.p("Mind."),))
    assert sheet.said(sheet.tell(aside)) == said


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("https://www.youtube.com/embed/x", "[Video:]"),
        ("clip.mp4", "[Video:]"),
        ("https://soundcloud.com/x", "[Audio:]"),
        ("a.mp3", "[Audio:]"),
        ("https://example.org", "[Embedded:]"),
        ("http://[", "[Embedded:]"),
    ],
)
def test_embeds(sheet: "Sheet", source: str, label: str) -> None:
    assert sheet.said(sheet.tell(Embed(id=sheet.id(), title="The tide", source=source))) == [label, "The tide"]
    assert sheet.tell(Embed(id=sheet.id(), title="", source=source)).items == ()


def test_formulas_by_their_words(sheet: "Sheet") -> None:
    assert sheet.said(sheet.tell(Math(id=sheet.id(), text="a over b"))) == ["a over b"]


def test_an_unknown_block_is_a_mistake_in_the_program(sheet: "Sheet") -> None:
    desk = desk_for(
        Article(Metadata(), ()),
        narration=sheet.bare,
        pauses=PauseOptions(),
        language="en",
        voices=Voices(),
        lexicon=None,
    )
    with pytest.raises(TypeError, match="no rule tells a Block"):
        tell_block(desk, Block(id="b0001"), Scope("en"))


def test_a_note_inside_another_block_is_told_there(sheet: "Sheet") -> None:
    note = Footnote(id=sheet.id(), label="1", blocks=(sheet.p("A note."),))
    script = sheet.tell(Aside(id="b0000a", kind="aside", title=None, blocks=(note,)))
    assert [u.printed for u in utterances(script)] == ["Notes.", "Note 1.", "A note."]
