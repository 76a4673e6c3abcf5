"""Lexicons as they are written: a bad entry names file, line and grapheme."""

from pathlib import Path

import pytest

from earmark.article import Lexeme
from earmark.errors import LexiconError
from earmark.spoken import lexicon_toml, pls

TOML = """# names
"Siobhán" = "shivawn"
'Nguyễn' = { ipa = "ŋʷĩəŋ˧˥", alias = "win" }
NHS = { letters = true }

[Schadenfreude]
language = "de"
in = "en"

[[lead]]
alias = "led"
followed_by = ["pipe", "poisoning"]

[[lead]]
alias = "leed"
preceded_by = "the"
"""


def test_every_form_of_toml() -> None:
    assert lexicon_toml.read(TOML.encode("utf-8-sig"), "lexicon.toml") == (
        Lexeme(grapheme="Siobhán", alias="shivawn"),
        Lexeme(grapheme="Nguyễn", ipa="ŋʷĩəŋ˧˥", alias="win"),
        Lexeme(grapheme="NHS", letters=True),
        Lexeme(grapheme="Schadenfreude", language="de", languages=("en",)),
        Lexeme(grapheme="lead", alias="led", followed_by=("pipe", "poisoning")),
        Lexeme(grapheme="lead", alias="leed", preceded_by=("the",)),
    )


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("\n\nSiobhán = 'x'", "lexicon.toml:3: 'Siobhán': this is not TOML", "need quotation marks"),
        ('"a" = "b"\n"a" = "c"', "lexicon.toml:2: 'a': ", "It is there twice"),
        ("\n'a b' = 1", "lexicon.toml:2: 'a b': 1 is no way to say it", "Write"),
        ('"\\u00e9" = true', "lexicon.toml:1: 'é': true is no way to say it", "Write"),
        ('"" = "x"', "lexicon.toml:1: an entry needs a printed form", ""),
        ('"a" = { alais = "x" }', "lexicon.toml:1: 'a': an entry has no key 'alais'", "Did you mean alias?"),
        ('"a" = { alias = "x", before = "y" }', "'a': an entry has no key 'before'", "preceded_by"),
        ('"a" = { zzz = "y" }', "'a': an entry has no key 'zzz'", "If 'zzz' is an entry"),
        ('"a" = {}', "'a': the entry does not say how it is said", "Write"),
        ('"a" = ""', "'a': the entry does not say how it is said", "Write"),
        ('"a" = { alias = "x", word = true }', "'a': the entry says alias and word", "Keep one"),
        ('"a" = { letters = "yes" }', "'a': letters should be true or false, not 'yes'", ""),
        ('"a" = { alias = 3 }', "'a': alias should be text, not 3", "quotes"),
        ('"a" = { ipa = "S@" }', "'a': 'S' in 'S@' is no sign of IPA", "X-SAMPA"),
        ('"a" = { ipa = "я" }', "'a': 'я' in 'я' is no sign of IPA", "International"),
        ('"a" = { language = "d e" }', "'a': 'd e' is no language tag", "pt-BR"),
        ('"a" = { alias = "b", in = ["1"] }', "'a': '1' is no language tag", "pt-BR"),
        ('"a" = { alias = "b", in = [""] }', "'a': in holds nothing", "Leave in out"),
        (f'"a" = "{"x" * 201}"', "'a': what is said has more than 200 characters", ""),
        (f'"a" = [{", ".join(["{}"] * 21)}]', "'a': it has 21 readings", ""),
        (f'"{"a " * 17}" = "x"', "the printed form has 17 words", ""),
        ('"a" = { alias = "b", preceded_by = [' + '"x",' * 51 + "] }", "'a': preceded_by has more than 50 words", ""),
        ('"a" = [["b"]]', "", ""),
        ("[a.b]\nc = 1", "lexicon.toml:1: 'a': an entry has no key 'b'", ""),
    ],
)
def test_bad_toml(text: str, place: str, why: str) -> None:
    if not place:
        assert lexicon_toml.read(text.encode(), "lexicon.toml")[0].alias == "b"
        return
    with pytest.raises(LexiconError) as caught:
        lexicon_toml.read(text.encode(), "lexicon.toml")
    assert place in str(caught.value)
    assert why in str(caught.value)


def test_toml_that_is_none() -> None:
    with pytest.raises(LexiconError, match=r"lexicon\.toml:2: this is not UTF-8"):
        lexicon_toml.read(b'"a" = "b"\n\xff', "lexicon.toml")
    with pytest.raises(LexiconError, match="more than 4,000,000 bytes"):
        lexicon_toml.read(b"#" * 4_000_001, "lexicon.toml")
    with pytest.raises(LexiconError):
        lexicon_toml.read(b'"a" = ' + b"[" * 50_000, "lexicon.toml")


def test_a_line_that_can_not_be_told_is_none() -> None:
    assert lexicon_toml.line_of('"\\q" = 1\n"b" = 2', "b") == 2
    assert lexicon_toml.line_of('a."b" = 1', "b") is None


XMLNS = 'xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"'


def document(body: str, attributes: str = 'alphabet="ipa" xml:lang="en-GB"') -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<lexicon version="1.0" {XMLNS} {attributes}>\n{body}\n</lexicon>'.encode()


def test_pronunciation_lexicons() -> None:
    body = """<meta name="a" content="b"/><metadata><x xmlns="urn:x">a<y/></x></metadata>
    <lexeme><grapheme>judgment</grapheme><grapheme> judge
      ment </grapheme><phoneme>/dʒʌdʒmənt/</phoneme><phoneme>x</phoneme></lexeme>
    <lexeme role="pos:noun"><grapheme>record</grapheme><alias>reckord</alias></lexeme>
    <lexeme xml:lang="fr"><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias><phoneme>z</phoneme>
    <example>the W3C</example></lexeme>
    <lexeme><grapheme>a</grapheme><phoneme>b</phoneme><alias>c</alias><phoneme prefer="true">d</phoneme></lexeme>"""
    british = ("en-GB",)
    assert pls.read(document(body), "a.pls") == (
        Lexeme(grapheme="judgment", ipa="dʒʌdʒmənt", languages=british),
        Lexeme(grapheme="judge ment", ipa="dʒʌdʒmənt", languages=british),
        Lexeme(grapheme="W3C", alias="World Wide Web Consortium", languages=("fr",)),
        Lexeme(grapheme="a", ipa="d", alias="c", languages=british),
        Lexeme(grapheme="record", alias="reckord", languages=british),
    )
    bare = b"<lexicon><lexeme><grapheme>a</grapheme><alias>b</alias></lexeme></lexicon>"
    assert pls.read(bare, "a.pls") == (Lexeme(grapheme="a", alias="b"),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<!DOCTYPE lexicon><lexicon/>", "a.pls:1: a lexicon with a document type is not read"),
        (b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<lexicon>&b;</lexicon>', "document type"),
        (b'<!DOCTYPE l SYSTEM "file:///etc/passwd"><lexicon/>', "document type"),
        (b"<lexicon>\n<lexeme>\n</lexicon>", "a.pls:3: this is not XML: mismatched tag"),
        (b"", "this is not XML"),
        (b'<?xml version="1.0" encoding="klingon"?><lexicon/>', "this is not XML"),
        (b"\xff\xfe\x00", "this is not XML"),
        (b"<html/>", "a.pls:1: this is no pronunciation lexicon"),
        (b"<lexicon>" + b"<a>" * 9, "nested too deeply"),
        (document("\n<lexeme><alias>a</alias></lexeme>"), "a.pls:4: a lexeme has no grapheme"),
        (document("<lexeme>\n<grapheme>a</grapheme></lexeme>"), "a.pls:3: 'a': the lexeme does not say"),
        (document("<lexeme><grapheme>a</grapheme><phoneme>S@</phoneme></lexeme>"), "a.pls:3: 'a': 'S' in 'S@'"),
        (document("<lexeme><grapheme>a</grapheme><phoneme>a</phoneme></lexeme>", 'alphabet="x-sampa"'), "X-SAMPA's"),
        (
            document("<lexeme><grapheme>a</grapheme><phoneme>a</phoneme></lexeme>", ""),
            "'a': the alphabet '' is not read",
        ),
        (document("<lexeme><grapheme> </grapheme><alias>a</alias></lexeme>"), "an entry needs a printed form"),
        (document(f"<lexeme><grapheme>{'a' * 300}</grapheme></lexeme>"), "more than 200 characters"),
        (b"#" * 10_000_001, "more than 10,000,000 bytes"),
    ],
)
def test_bad_lexicons(data: bytes, message: str) -> None:
    with pytest.raises(LexiconError) as caught:
        pls.read(data, Path("a.pls"))
    assert message in str(caught.value)


def test_too_many_lexemes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pls, "MOST_LEXEMES", 1)
    body = "<lexeme><grapheme>a</grapheme><alias>b</alias></lexeme>" * 2
    with pytest.raises(LexiconError, match="more than 1 lexemes"):
        pls.read(document(body), "a.pls")
