"""Bytes to text: what it is told, what it guesses and says, and what it refuses."""

import codecs

import pytest

from earmark.errors import ReadError
from earmark.readers.decoding import decode

TEXT = "Grüße aus Köln – “ja”\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_what_is_certain_is_not_remarked_upon(data: bytes) -> None:
    assert decode(data, name="x") == (TEXT, ())


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (TEXT.encode("utf-16-le"), TEXT, "UTF-16"),
        (TEXT.encode("utf-16-be"), TEXT, "UTF-16"),
        ("Привет, мир и все. ".encode("utf-16-le"), "Привет, мир и все. ", "UTF-16"),
        (TEXT.encode("cp1252"), TEXT, "Windows-1252"),
        (b"caf\xe9 \x81", "café \ufffd", "Windows-1252"),
    ],
)
def test_guesses_are_said(data: bytes, text: str, encoding: str) -> None:
    found, problems = decode(data, name="x")
    assert found == text
    assert [problem.code for problem in problems] == ["encoding-guessed"]
    assert encoding in problems[0].message


def test_the_line_of_the_first_strange_byte_is_known() -> None:
    assert decode(b"a\nb\ncaf\xe9", name="x")[1][0].line == 3


def test_a_pasted_line_does_not_spoil_the_others() -> None:
    text, problems = decode("é\nè\n".encode() + b"caf\xe9", name="x")
    assert text == "é\nè\ncafé"
    assert [(problem.code, problem.line) for problem in problems] == [("encoding-mixed", 3)]


def test_half_a_character_of_utf_16() -> None:
    text, problems = decode(codecs.BOM_UTF16_LE + b"a\0\x00\xd8", name="x")
    assert text.startswith("a\ufffd")
    assert problems[0].code == "encoding-broken"


def test_control_characters_are_taken_out_and_said() -> None:
    text, problems = decode("a\x02b\x0bc\x85d\x9be\tf\x0cg\x7f".encode(), name="x")
    assert text == "ab c de\tf\x0cg"
    assert [problem.code for problem in problems] == ["control-characters"]


def test_a_zero_byte_is_the_replacement_character() -> None:
    assert decode(b"a\0b", name="x") == ("a\ufffdb", ())


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"PK\x03\x04" + b"\x00\x01" * 50,
        bytes([1, 2, 3, 4]) * 50,
        b"\0" * 100,
        b"a\0" * 20 + b"A\xd8" + b"b\0",
        "ab".encode("utf-16-le") * 10 + b"\x01\xe0" * 5,
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="no text"):
        decode(data, name="x.md")


def test_other_encodings_are_refused_rather_than_misread() -> None:
    with pytest.raises(ReadError, match=r"x\.md:2: its encoding can't be told"):
        decode("ok\nПривет, как дела".encode("koi8-r"), name="x.md")


def test_one_is_counted_as_one() -> None:
    (problem,) = decode(b"A bell\x07.\n", name="a.txt")[1]
    assert problem.message == "1 control character was taken out"
    (problem,) = decode("Wörter\n\nsind hier\n".encode() + b"caf\xe9\n" + "Ü\n".encode(), name="a.txt")[1]
    assert problem.message == "1 line of it is not UTF-8 and was read as Windows-1252"


def test_halves_of_characters_are_no_other_encoding() -> None:
    text, problems = decode("a\ud800b 😀 \ud83d\ude00".encode("utf-8", "surrogatepass"), name="a.md")
    assert text == "a\ufffdb 😀 😀"
    assert [problem.code for problem in problems] == ["encoding-broken"]
