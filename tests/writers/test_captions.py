import html
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from earmark.article import Inline, Paragraph
from earmark.edition import Edition
from earmark.narration.script import Pause, Sound, Span, Utterance
from earmark.writers import captions
from earmark.writers.clauses import LINE, fits, wrapped
from earmark.writers.formats import WRITERS
from earmark.writers.galley import Galley
from earmark.writers.printable import one_line

Make = Callable[..., Edition]
Say = Callable[..., Utterance]
Parse = Callable[[bytes], dict[str, Any]]


def vtt(edition: Edition) -> bytes:
    """Return captions.vtt of an edition."""
    return b"".join(captions.vtt(Galley(edition)))


def srt(edition: Edition) -> bytes:
    """Return captions.srt of an edition."""
    return b"".join(captions.srt(Galley(edition)))


LONG = (
    "When the last keeper left the rock in 1998, he took with him the ledger, which nobody had asked for, "
    "and a clock that had told the time to forty-one keepers and their families; the lamp he left burning."
)


@pytest.fixture(scope="session")
def parse(find_checker: Callable[[str], str]) -> Parse:
    """Return the W3C's parser of WebVTT: its errors and its cues."""
    node = find_checker("node")
    find_checker("webvtt-parser")
    script = Path(__file__).parents[1] / "checkers" / "webvtt.mjs"

    def run(data: bytes) -> dict[str, Any]:
        done = subprocess.run([node, str(script)], input=data, check=True, capture_output=True)  # noqa: S603 (found by conftest)
        found = json.loads(done.stdout)
        assert isinstance(found, dict)
        return found

    return run


def _untimed(text: str) -> str:
    return re.sub(r"<\d\d+:\d\d:\d\d\.\d{3}>", "", text)


def _moment(text: str) -> int:
    hours, minutes, seconds, thousandths = map(int, re.split("[:,]", text))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _subtitles(data: bytes) -> list[tuple[int, int, list[str]]]:
    """Return start, end and lines of each subtitle, as a strict player reads them."""
    found = []
    blocks = data.decode("utf-8").split("\n\n") if data else []
    for number, block in enumerate(blocks, 1):
        head, times, *shown = block.removesuffix("\n").split("\n")
        assert head == str(number)
        match = re.fullmatch(r"(\d\d+:\d\d:\d\d,\d{3}) --> (\d\d+:\d\d:\d\d,\d{3})", times)
        assert match
        assert shown
        found.append((_moment(match[1]), _moment(match[2]), shown))
    return found


def test_one_cue_a_sentence(make: Make, parse: Parse) -> None:
    edition = make("The light burns.", 'If a < b & c, "-->" points on.')
    data = b"".join(WRITERS["captions.vtt"](Galley(edition)))
    assert data.decode() == (
        "WEBVTT\n\n"
        "s0001\n00:00:00.000 --> 00:00:00.726\n"
        "The <00:00:00.181>light <00:00:00.454>burns.\n\n"
        "s0002\n00:00:00.952 --> 00:00:02.313\n"
        "If <00:00:01.088>a <00:00:01.179>&lt; <00:00:01.270>b <00:00:01.361>&amp; <00:00:01.451>c, "
        '<00:00:01.587>"--&gt;" <00:00:01.859>points <00:00:02.177>on.\n'
    )
    found = parse(data)
    assert found["errors"] == []
    assert [cue["id"] for cue in found["cues"]] == ["s0001", "s0002"]


def test_the_checker_refuses_what_is_wrong(parse: Parse) -> None:
    assert parse(b"WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nbackwards\n")["errors"]


def test_a_verse_keeps_its_lines(make: Make, parse: Parse) -> None:
    edition = make("The sea is calm tonight.\n\n \nThe tide is full.", timed=False)
    assert vtt(edition).decode().endswith("\nThe sea is calm tonight.\nThe tide is full.\n")
    assert len(parse(vtt(edition))["cues"]) == 1
    assert _subtitles(srt(edition))[0][2] == ["The sea is calm tonight.", "The tide is full."]


def test_cues_that_show_nothing_are_left_out(make: Make, parse: Parse) -> None:
    edition = make("One.", (Sound("bleep"), Pause(200)), "\u202e\n", "\u00a0", "Two.")
    assert [cue["id"] for cue in parse(vtt(edition))["cues"]] == ["s0001", "s0005"]
    assert len(_subtitles(srt(edition))) == 2


def test_a_cue_shorter_than_a_millisecond_still_ends_after_it_starts(make: Make, parse: Parse) -> None:
    edition = make("One.")
    (cue,) = edition.timeline.cues
    edition = replace(edition, timeline=replace(edition.timeline, cues=(replace(cue, end=cue.start + 1),)))
    assert parse(vtt(edition))["errors"] == []
    assert _subtitles(srt(edition))[0][:2] == (0, 236)  # it stays into the silence: four characters take as long


def test_voices_are_named_where_they_differ(make: Make, say: Say, parse: Parse) -> None:
    french = say("La lumi\u00e8re.", start=9, language="fr", voice="fr&<b>")
    edition = make((say("He said: "), french, say("aloud", added=True)), "Yes.", timed=False)
    data, en = vtt(edition).decode(), "<v British English, eSpeak>"
    assert f"{en}He said: </v><v fr&amp;&lt;b&gt;>La lumi\u00e8re. </v>{en}[aloud]</v>\n" in _untimed(data)
    assert data.endswith(f"\n{en}Yes.</v>\n")
    assert parse(vtt(edition))["errors"] == []


def test_a_subtitle_stays_for_as_long_as_it_takes_to_read(make: Make) -> None:
    """Of 40 characters a viewer needs more than two seconds; the pause behind the sentence gives some of it."""
    first, second = _subtitles(srt(make("The lamp went out, and nobody noticed it.", "No.", timed=False)))
    assert first[1] == second[0]
    assert second[1] == second[0] + 3 * 1000 // 17 + 1


def test_an_article_without_sentences(make: Make) -> None:
    assert vtt(make()) == b"WEBVTT\n"
    assert srt(make()) == b""


def test_long_sentences_are_split_where_clauses_end(make: Make) -> None:
    found = _subtitles(srt(make(LONG)))
    assert [lines for _, _, lines in found] == [
        ["When the last keeper left the rock in", "1998, he took with him the ledger,"],
        ["which nobody had asked for,"],
        ["and a clock that had told the time to", "forty-one keepers and their families;"],
        ["the lamp he left burning."],
    ]


def test_the_split_follows_the_voice(make: Make) -> None:
    edition = make(LONG)
    found = _subtitles(srt(edition))
    words = edition.timeline.cues[0].words or ()
    heard = {round(word.start * 1000 / 22_050): word.printed for word in words}
    for start, _, lines in found:
        assert lines[0].startswith(heard[start])
    assert [end for _, end, _ in found[:-1]] == [start for start, _, _ in found[1:]]
    assert " ".join(line for _, _, lines in found for line in lines) == LONG


def test_without_word_times_sentences_stay_whole(make: Make) -> None:
    ((_, _, lines),) = _subtitles(srt(make(LONG, timed=False)))
    assert " ".join(lines) == LONG
    assert all(len(line) <= LINE for line in lines)


def test_words_that_the_engine_does_not_mark_are_not_guessed(make: Make) -> None:
    """Only one word late in the sentence has a time: that is the only place to cut."""
    edition = make(LONG)
    (cue,) = edition.timeline.cues
    known = tuple(word for word in cue.words or () if word.printed == "nobody")
    edition = replace(edition, timeline=replace(edition.timeline, cues=(replace(cue, words=known),)))
    first, second = _subtitles(srt(edition))
    assert second[2][0].startswith("nobody had asked")
    assert second[0] == first[1] == round(known[0].start * 1000 / 22_050)


def test_times_out_of_order_never_send_captions_back(make: Make) -> None:
    edition = make(LONG)
    (cue,) = edition.timeline.cues
    words = cue.words or ()
    shuffled = tuple(replace(word, start=words[-1 - n].start) for n, word in enumerate(words))
    edition = replace(edition, timeline=replace(edition.timeline, cues=(replace(cue, words=shuffled),)))
    starts = [start for start, _, _ in _subtitles(srt(edition))]
    assert starts == sorted(set(starts))


def test_quotation_marks_stay_with_their_words(make: Make) -> None:
    text = (
        "He looked at the lamp for a long while and then he said to all of us, “Well, "
        "(if it is well) that is the end of it,” and he went down the stairs."
    )
    found = _subtitles(srt(make(text)))
    assert len(found) > 1
    for _, _, lines in found:
        assert lines[0][0] not in "”),"
        assert lines[-1][-1] not in "“("


def test_words_written_in_one_piece_are_not_cut(make: Make) -> None:
    """A word time inside "light-keeper" or an address is no place to cut."""
    text = " ".join(["light-keeper-and-light-keeper"] * 8)
    edition = make(text)
    (cue,) = edition.timeline.cues
    inside = tuple(
        replace(word, span=Span("text", word.span.start + 6, word.span.end), printed=word.printed[6:])
        for word in cue.words or ()
    )
    edition = replace(edition, timeline=replace(edition.timeline, cues=(replace(cue, words=inside),)))
    assert len(_subtitles(srt(edition))) == 1


def test_chinese_is_cut_without_spaces(make: Make) -> None:
    text = "灯塔的看守人每天晚上都会点亮那盏灯\uff0c" * 8
    edition = make(text)
    (cue,) = edition.timeline.cues
    words = tuple(
        replace(
            (cue.words or ())[0], span=Span("text", n, n + 2), printed=text[n : n + 2], start=1000 * n, end=1000 * n + 1
        )
        for n in range(0, len(text), 2)
    )
    edition = replace(edition, timeline=replace(edition.timeline, cues=(replace(cue, words=words),)))
    found = _subtitles(srt(edition))
    assert "".join(line for _, _, lines in found for line in lines) == text
    assert all(lines[-1].endswith("\uff0c") for _, _, lines in found)


def test_parts_of_one_sentence_are_found_in_theirs(make: Make, say: Say) -> None:
    """The same short words stand in both parts; each is found in its own."""
    text = "a lamp and a clock and a ledger and a chair and a table, " * 2
    block = Paragraph(id="b0001", content=Inline(text.strip()))
    half = len(text) // 2
    edition = make(
        (say("Quote", added=True), say(text[:half].strip()), say(text[half:].strip(), start=half)), blocks=(block,)
    )
    first, second = _subtitles(srt(edition))
    assert " ".join(first[2]) == f"[Quote] {text[:half].strip()}"
    place = edition.timeline.placed[2]
    assert second[0] == first[1] == round(place.start * 1000 / 22_050)


def test_a_part_of_several_spans(make: Make, say: Say) -> None:
    """A note mark in the middle makes two spans of one utterance."""
    text = "The first of the keepers came in the year of the great storm1, and he stayed on the rock for thirty years."
    mark = text.index("1,")
    spoken = text[:mark] + text[mark + 1 :]
    spans = (Span("text", 0, mark), Span("text", mark + 1, len(text)))
    edition = make((say(spoken, spans=spans),), blocks=(Paragraph(id="b0001", content=Inline(text)),))
    (cue,) = edition.timeline.cues
    words = tuple(
        replace(word, span=Span("text", word.span.start + (word.span.start > mark), word.span.end + 1))
        for word in cue.words or ()
    )
    edition = replace(edition, timeline=replace(edition.timeline, cues=(replace(cue, words=words),)))
    _, second = _subtitles(srt(edition))
    assert " ".join(second[2]) == "and he stayed on the rock for thirty years."


def test_what_a_player_takes_for_mark_up_is_text(make: Make) -> None:
    edition = make(r"A <b>bold</b> {\an8} 1 --> 2 and a < b.")
    (subtitle,) = _subtitles(srt(edition))
    shown = " ".join(subtitle[2])
    assert not re.search(r"<[a-z/]|\{\\|-->", shown)
    assert shown.replace("\u200b", "") == r"A <b>bold</b> {\an8} 1 --> 2 and a < b."


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Short.", ("Short.",)),
        ("x" * 50, ("x" * 50,)),
        (
            "The lamp was lit at dusk and burned until the morning.",
            ("The lamp was lit at dusk and", "burned until the morning."),
        ),
        ("one " + "x" * 60, ("one", "x" * 60)),
    ],
)
def test_lines_are_of_like_length_and_words_stay_whole(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text) == lines


@given(st.text(st.sampled_from("ab "), max_size=95))
def test_a_text_fits_if_any_space_parts_it_in_two_lines_and_the_one_nearest_the_middle_does(text: str) -> None:
    text = one_line(text)
    spaces = [at for at, character in enumerate(text) if character == " " and at <= LINE and len(text) - at - 1 <= LINE]
    assert fits(text) == (len(text) <= LINE or bool(spaces))
    if len(text) > LINE and spaces:
        best = min(spaces, key=lambda at: abs(at - len(text) / 2))
        assert wrapped(text) == (text[:best], text[best + 1 :])


@pytest.mark.parametrize("spans", [(Span("text", 10, 110),), (Span("text", 10, 40), Span("alt", 0, 70))])
def test_a_word_that_is_not_where_its_span_says_is_passed_over(make: Make, spans: tuple[Span, ...]) -> None:
    """Captions go without its time; they never show another word at it."""
    edition = make("The keeper left the rock, and took the ledger, the clock and the lamp with him.")
    (cue,) = edition.timeline.cues
    part = replace(next(part for part in cue.sentence.parts if isinstance(part, Utterance)), spans=spans)
    odd = (Span("text", 0, 3), Span("title", 12, 15), Span("text", 14, 20), Span("alt", 90, 95))
    words = tuple(replace(word, span=span) for word, span in zip((cue.words or ())[1:], odd, strict=False))
    cue = replace(cue, sentence=replace(cue.sentence, parts=(part,)), words=words)
    edition = replace(edition, timeline=replace(edition.timeline, cues=(cue,)))
    assert "<" not in vtt(edition).decode()
    assert len(_subtitles(srt(edition))) == 1


texts = st.lists(st.text(st.characters(), max_size=200), min_size=1, max_size=12)


@settings(deadline=None, max_examples=30)
@example(["\u00a0\x1b0"])
@example(["0\n\x1b\u00a0"])
@given(texts)
def test_no_text_breaks_webvtt(make: Make, parse: Parse, found: list[str]) -> None:
    edition = make(*found)
    read = parse(vtt(edition))
    assert read["errors"] == []
    seen = ("\n".join(line for line in text.split("\n") if one_line(line).strip()) for text in found)
    expected = {f"s{n:04}": one_line(text) for n, text in enumerate(seen, 1)}
    shown = {cue["id"]: one_line(html.unescape(_untimed(cue["text"]))) for cue in read["cues"]}
    assert shown == {name: " ".join(text.split(" ")) for name, text in expected.items() if text.strip()}
    starts = [cue["startTime"] for cue in read["cues"]]
    assert starts == sorted(starts)


words = st.text(st.sampled_from("abc-,.;:“”()<{\\ \u00a0é灯"), max_size=400)


@settings(deadline=None)
@given(st.lists(words | st.text(st.characters(), max_size=200), max_size=6), st.booleans())
def test_no_text_breaks_srt(make: Make, found: list[str], timed: bool) -> None:  # noqa: FBT001 (drawn)
    subtitles = _subtitles(srt(make(*found, timed=timed)))
    starts = [start for start, _, _ in subtitles]
    assert starts == sorted(starts)
    assert all(end > start and all(line.strip() for line in lines) for start, end, lines in subtitles)
    shown = "".join("".join(lines) for _, _, lines in subtitles).replace("\u200b", "")
    expected = "".join(one_line(text) for text in found if one_line(text).strip()).replace("\u200b", "")
    assert shown.replace(" ", "") == expected.replace(" ", "")


@given(st.lists(st.text(st.sampled_from("abcdefghij"), min_size=1, max_size=12), min_size=1, max_size=80))
def test_with_all_times_known_every_caption_fits(make: Make, found: list[str]) -> None:
    text = " ".join(found) + "."
    assert all(fits(" ".join(lines)) for _, _, lines in _subtitles(srt(make(text))))


def test_a_sentence_of_a_hundred_thousand_words(make: Make) -> None:
    text = "word, " * 100_000
    assert sum(len(lines) for _, _, lines in _subtitles(srt(make(text)))) > 10_000
