"""What is gathered to be checked, where an engine or a language is not what one would wish."""

from earmark.engines.espeak.engine import create
from earmark.narration.script import Aligned, Script, Sentence, Span, Text, Utterance
from earmark.options import VoiceOptions
from earmark.pipeline.checking import Checking, with_findings


def script(text: str, language: str) -> Script:
    span = Span("text", 0, len(text))
    said = Utterance(
        id="u1",
        block="b0001",
        spans=(span,),
        printed=text,
        said=(Text(text),),
        language=language,
        alignment=(Aligned(0, len(text), span, exact=True),),
    )
    sentence = Sentence(id="s1", block="b0001", kind="paragraph", spans=(span,), parts=(said,))
    return Script(title="T", language=language, items=(sentence,))


def test_words_of_a_language_without_a_voice_are_left_alone() -> None:
    engine = create()
    try:
        checking = Checking(engine, VoiceOptions())
        checking.add_cast("a.md", script("qaStaH nuq Ægir", "tlh"))
        assert checking.findings() == ()
        found = with_findings(script("She saw Ægir there", "en"), engine, VoiceOptions())
        assert [problem.code for problem in found.problems] == ["guessed-name"]
        again = with_findings(found, engine, VoiceOptions())
        assert again.problems == found.problems
    finally:
        engine.close()


def test_long_sentences_are_cut_and_headlines_prove_no_name() -> None:
    engine = create()
    try:
        checking = Checking(engine, VoiceOptions())
        checking.add_cast("a.md", script("Where Skerravoe Lies At The Edge", "en"))
        assert checking.findings() == ()
        checking.add_cast("a.md", script("they saw Skerravoe " + "and they saw the sea " * 20, "en"))
        (finding,) = checking.findings()
        assert (finding.word, finding.count) == ("Skerravoe", 2)
        checking.add_cast("b.md", script("the word " * 40 + "ngozi Ngozi", "en"))
        assert all(len(one.sentence) <= 160 for one in checking.findings())
    finally:
        engine.close()
