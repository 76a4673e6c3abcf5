import json
import math
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from earmark.article import Article, Inline, Paragraph, Problem, Severity
from earmark.edition import Edition, Loudness
from earmark.narration.script import Change, Omission, Pause, Phonemes, Span, Text, Utterance
from earmark.writers.edition import outline
from earmark.writers.edition import record as pieces
from earmark.writers.record import PublishedFile, Record, is_whole, media_type, parse, published

Make = Callable[..., Edition]
Say = Callable[..., Utterance]
MP3 = published("the-ledger.mp3", b"not much")


def record(edition: Edition, files: Iterable[PublishedFile]) -> bytes:
    return b"".join(pieces(edition, files))


def _read(edition: Edition, *files: PublishedFile) -> dict[str, Any]:
    document = json.loads(record(edition, files))
    assert isinstance(document, dict)
    return document


def test_the_whole_record(make: Make) -> None:
    """Every field that is promised, in its order; a change here is a change of the contract."""
    edition = make(
        "It cost £5.",
        metadata={
            "title": "The Ledger",
            "authors": ("Ann Lee",),
            "language": "en-GB",
            "slug": "the-ledger",
            "description": "Who keeps it?",
            "tags": ("sea", "light"),
            "cover": "images/lamp.png",
            "published": "2026-03-09",
            "updated": "2026-03-10",
            "licence": "CC BY 4.0",
            "source_url": "https://example.org/ledger",
        },
        script={"omitted": (Omission("b0002", (Span("text", 0, 9),), "READ MORE", "related-link"),)},
    )
    chapters = published("chapters.json", b"{}")
    written = record(edition, (MP3, chapters))
    assert is_whole((written,))
    before, _, seal = written.decode().rpartition(',\n  "sha256"')
    assert re.fullmatch(r': "[0-9a-f]{64}"\n}\n', seal)
    assert before == (
        "{\n"
        '  "schema": 1,\n'
        '  "id": "a1b2",\n'
        '  "guid": "urn:uuid:00000000-0000-5000-8000-000000000000",\n'
        '  "title": "The Ledger",\n'
        '  "authors": ["Ann Lee"],\n'
        '  "language": "en-GB",\n'
        '  "slug": "the-ledger",\n'
        '  "description": "Who keeps it?",\n'
        '  "tags": ["sea", "light"],\n'
        '  "cover": "images/lamp.png",\n'
        '  "published": "2026-03-09",\n'
        '  "updated": "2026-03-10",\n'
        '  "licence": "CC BY 4.0",\n'
        '  "source_url": "https://example.org/ledger",\n'
        '  "source": {"path": "news/the-ledger.md"},\n'
        f'  "inputs": {{"engines": "{"2" * 64}", "source": "{"1" * 64}"}},\n'
        '  "voices": [\n'
        '    {"engine": "espeak", "name": "en-gb", "version": "1.52", "language": "en-GB"},\n'
        '    {"engine": "espeak", "name": "fr", "version": "1.52", "language": "fr"}\n'
        "  ],\n"
        '  "duration": 0.726,\n'
        '  "sample_rate": 22050,\n'
        '  "loudness": {"integrated_lufs": -16.04, "true_peak_dbtp": -1.3},\n'
        '  "chapters": [\n'
        '    {"title": "Opening", "block": "b0000", "start": 0.0, "end": 0.726}\n'
        "  ],\n"
        '  "cues": [\n'
        '    {"id": "s0001", "block": "b0001", "kind": "paragraph", '
        '"spans": [{"field": "text", "start": 0, "end": 11}], "printed": "It cost £5.", "spoken": "It cost £5.", '
        '"language": "en", "voice": "en-gb", "start": 0.0, "end": 0.499, "added": false, "echo": false, '
        '"parts": null, "words": ['
        '{"span": {"field": "text", "start": 0, "end": 2}, "printed": "It", "start": 0.0, "end": 0.091, '
        '"source": "engine"}, '
        '{"span": {"field": "text", "start": 3, "end": 7}, "printed": "cost", "start": 0.136, "end": 0.317, '
        '"source": "engine"}, '
        '{"span": {"field": "text", "start": 8, "end": 11}, "printed": "£5.", "start": 0.363, "end": 0.499, '
        '"source": "engine"}]}\n'
        "  ],\n"
        '  "omitted": [\n'
        '    {"block": "b0002", "spans": [{"field": "text", "start": 0, "end": 9}], "printed": "READ MORE", '
        '"reason": "related-link"}\n'
        "  ],\n"
        '  "changes": [],\n'
        '  "problems": [],\n'
        '  "files": [\n'
        f'    {{"name": "chapters.json", "bytes": 2, "sha256": "{chapters.sha256}", '
        '"type": "application/json+chapters"},\n'
        f'    {{"name": "the-ledger.mp3", "bytes": 8, "sha256": "{MP3.sha256}", "type": "audio/mpeg"}}\n'
        "  ]"
    )


def test_every_flipped_bit_of_a_record_is_found(make: Make) -> None:
    written = record(make("One."), (MP3,))
    for place in range(len(written)):
        for bit in range(8):
            harmed = bytearray(written)
            harmed[place] ^= 1 << bit
            assert not is_whole((bytes(harmed),))
    assert not is_whole((written[:-1],))
    assert not is_whole((b"",))


def test_changes_are_listed_in_order(make: Make, say: Say) -> None:
    change = Change("b0001", Span("text", 8, 10), "£5", "five pounds", "money")
    found = _read(make((say("It cost £5.", said=(Text("It cost five pounds."),), changes=(change,)),)))
    assert found["changes"] == [
        {
            "block": "b0001",
            "span": {"field": "text", "start": 8, "end": 10},
            "printed": "£5",
            "spoken": "five pounds",
            "rule": "money",
        }
    ]
    assert found["cues"][0]["spoken"] == "It cost five pounds."


def test_problems_of_reader_and_script_each_once(make: Make) -> None:
    alt = Problem("alt-missing", Severity.WARNING, "No alt text.", "Add one.", "b0001", 7)
    estimate = Problem("estimate-missed", Severity.INFO, "It runs longer.")
    edition = make("One.", script={"problems": (alt, estimate)})
    edition = replace(edition, article=Article(edition.metadata, edition.article.blocks, (alt,)))
    assert _read(edition)["problems"] == [
        {
            "code": "alt-missing",
            "severity": "warning",
            "block": "b0001",
            "line": 7,
            "message": "No alt text.",
            "hint": "Add one.",
        },
        {
            "code": "estimate-missed",
            "severity": "info",
            "block": "",
            "line": None,
            "message": "It runs longer.",
            "hint": "",
        },
    ]


def test_without_word_times_words_are_null(make: Make) -> None:
    assert _read(make("One.", timed=False))["cues"][0]["words"] is None


def test_phonemes_are_ipa_between_slashes(make: Make, say: Say) -> None:
    found = _read(make((say("Taylor", said=(Phonemes("ˈteɪlə"),)),)))
    assert found["cues"][0]["spoken"] == "/ˈteɪlə/"


def test_a_mixed_sentence_prints_only_the_articles_own_words(make: Make, say: Say) -> None:
    header = say("Year", block="b0002", spans=(Span("cell(0,0)", 0, 4),), echo=True)
    value = say("1898", block="b0002", spans=(Span("cell(1,0)", 0, 4),))
    (cue,) = _read(make((say("Row 1.", block="b0002", added=True), header, Pause(150), value)))["cues"]
    assert (cue["printed"], cue["spoken"]) == ("1898", "Row 1. Year 1898")
    assert (cue["added"], cue["echo"]) == (False, False)
    assert cue["spans"] == [{"field": "cell(1,0)", "start": 0, "end": 4}]
    assert [(part["printed"], part["added"], part["echo"]) for part in cue["parts"]] == [
        ("Row 1.", True, False),
        ("Year", False, True),
        ("1898", False, False),
    ]
    assert cue["parts"][1]["spans"] == [{"field": "cell(0,0)", "start": 0, "end": 4}]


def test_cues_that_are_wholly_added_or_echo_say_so(make: Make, say: Say) -> None:
    added, echo, both = _read(
        make(
            (say("End of", added=True), say("article.", added=True)),
            (say("The Ledger", echo=True),),
            (say("Again:", added=True), say("The Ledger", echo=True)),
        )
    )["cues"]
    assert (added["printed"], added["added"], added["echo"]) == ("End of article.", True, False)
    assert (echo["printed"], echo["added"], echo["echo"]) == ("The Ledger", False, True)
    assert (both["printed"], both["added"], both["echo"], both["spans"]) == ("", False, False, [])


def test_a_sentence_without_speech(make: Make) -> None:
    (cue,) = _read(make((Pause(500),)))["cues"]
    assert (cue["printed"], cue["spoken"], cue["language"], cue["voice"]) == ("", "", "en-GB", "")
    assert (cue["added"], cue["echo"], cue["parts"]) == (False, False, None)


def test_a_cues_language_is_that_of_most_of_its_words(make: Make, say: Say) -> None:
    text = "Joie de vivre, as they used to call it."
    parts = (say(text[:13], language="fr"), say(text[13:], start=13))
    (cue,) = _read(make(parts, blocks=(Paragraph(id="b0001", content=Inline(text)),)))["cues"]
    assert (cue["printed"], cue["language"], cue["voice"]) == (text, "en", "en-gb")
    assert [(part["language"], part["voice"]) for part in cue["parts"]] == [("fr", "fr"), ("en", "en-gb")]


def test_a_note_read_in_place_names_its_block(make: Make, say: Say) -> None:
    (cue,) = _read(make((say("The light."), say("Lit in 1898.", block="b0009"))))["cues"]
    assert cue["spans"] == [
        {"field": "text", "start": 0, "end": 10},
        {"block": "b0009", "field": "text", "start": 0, "end": 12},
    ]
    assert cue["printed"] == "The light. Lit in 1898."


@pytest.mark.parametrize(
    ("language", "voice", "expected"),
    [("en-GB", "", "en-gb"), ("en-US", "", "en-gb"), ("fr-CA", "", "fr"), ("cy", "", ""), ("cy", "dafydd", "dafydd")],
)
def test_the_voice_is_named(make: Make, say: Say, language: str, voice: str, expected: str) -> None:
    (cue,) = _read(make((say("One.", language=language, voice=voice),)))["cues"]
    assert cue["voice"] == expected


def test_silence_has_no_loudness(make: Make) -> None:
    found = _read(make("One.", loudness=Loudness(-math.inf, math.nan)))
    assert found["loudness"] == {"integrated_lufs": None, "true_peak_dbtp": None}


def test_what_a_later_run_reads(make: Make) -> None:
    found = parse(record(make("One.", "Two."), (MP3,)))
    assert isinstance(found, Record)
    assert (found.title, found.slug, found.source.path) == ("The Ledger", "the-ledger", "news/the-ledger.md")
    assert found.inputs == {"source": "1" * 64, "engines": "2" * 64}
    assert found.files == (MP3,)
    assert found.duration == 0.816
    assert [voice.name for voice in found.voices] == ["en-gb", "fr"]
    assert found.chapters[0].title == "Opening"


def _with(data: bytes, **changed: object) -> bytes:
    return json.dumps(json.loads(data) | changed).encode()


@pytest.mark.parametrize(
    "changed",
    [
        {"schema": 2},
        {"schema": "1"},
        {"slug": "../elsewhere"},
        {"slug": ".."},
        {"inputs": ["source"]},
        {"files": [{"name": "../../.bashrc", "bytes": 1, "sha256": "", "type": ""}]},
        {"files": [{"name": "a\\b", "bytes": 1, "sha256": "", "type": ""}]},
        {"files": [{"name": "", "bytes": 1, "sha256": "", "type": ""}]},
        {"source": None},
    ],
)
def test_a_record_that_is_not_ours_is_none(make: Make, changed: dict[str, object]) -> None:
    data = record(make("One."), (MP3,))
    assert parse(_with(data)) is not None
    assert parse(_with(data, **changed)) is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe{}", b'{"schema": 1}', b'{"title": "\xff"}'])
def test_garbage_is_none(data: bytes) -> None:
    assert parse(data) is None


def test_every_cut_of_a_record_is_none(make: Make) -> None:
    data = record(make("One."), (MP3,)).rstrip()
    assert all(parse(data[:length]) is None for length in range(len(data)))


@given(st.binary(max_size=100))
def test_noise_is_none(data: bytes) -> None:
    assert parse(data) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.mp3", "audio/mpeg"),
        ("captions.vtt", "text/vtt"),
        ("captions.srt", "application/x-subrip"),
        ("chapters.json", "application/json+chapters"),
        ("edition.json", "application/json"),
        ("a.epub", "application/epub+zip"),
        ("a.bin", "application/octet-stream"),
    ],
)
def test_media_types(name: str, expected: str) -> None:
    assert media_type(name) == expected


@settings(deadline=None)
@given(st.lists(st.text(st.characters()), max_size=6), st.text(st.characters()))
def test_any_text_is_recorded_code_point_by_code_point(make: Make, found: list[str], title: str) -> None:
    edition = make(*found, metadata={"title": title})
    document = _read(edition)

    def encodable(text: str) -> str:
        return "".join("?" if "\ud800" <= character <= "\udfff" else character for character in text)

    assert [cue["printed"] for cue in document["cues"]] == [encodable(text) for text in found]
    assert document["title"] == encodable(title)
    assert parse(record(edition, ())) == parse(outline(edition, ()))
    assert parse(outline(edition, ())) is not None


own_words = st.lists(st.tuples(st.sampled_from(("own", "added", "echo")), st.text("abc .", min_size=1)), max_size=8)


@given(st.lists(own_words, max_size=5))
def test_own_words_are_printed_once_and_in_order(make: Make, say: Say, sentences: list[list[tuple[str, str]]]) -> None:
    edition = make(
        *(
            [
                say(text, block=f"b{n}-{m}", **({kind: True} if kind != "own" else {}))
                for m, (kind, text) in enumerate(its)
            ]
            for n, its in enumerate(sentences)
        )
    )
    cues = [cue for cue in _read(edition)["cues"] if not (cue["added"] or cue["echo"])]
    expected = [text for its in sentences for kind, text in its if kind == "own"]
    assert "".join(cue["printed"] for cue in cues).replace(" ", "") == "".join(expected).replace(" ", "")


def test_left_out_words_are_counted_without_note_marks(make: Make) -> None:
    omitted = (
        Omission("b0002", (Span("text", 0, 22),), "READ MORE — and 2 more", "related-link"),
        Omission("b0003", (Span("text", 9, 10),), "1", "note-reference"),
    )
    found = parse(record(make("One.", script={"omitted": omitted}), ()))
    assert found is not None
    assert found.omitted_words == 5
