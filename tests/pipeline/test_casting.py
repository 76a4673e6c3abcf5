"""Who speaks: one person for one language, another only where the first can't."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from earmark.article import Metadata
from earmark.audio.clip import Clip
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.errors import VoiceNotFound
from earmark.narration.script import (
    Aligned,
    Change,
    Pause,
    Phonemes,
    Said,
    Script,
    Sentence,
    Span,
    Text,
    Utterance,
    utterances,
)
from earmark.options import VoiceOptions
from earmark.pipeline.casting import Cast, cast

DEFAULTS = VoiceOptions()


@dataclass
class Company:
    """An engine of three people that never speaks."""

    name: str = "company"
    takes_phonemes: bool = True
    words_per_minute: float = 150.0
    paces: Mapping[str, float] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def voices(self) -> tuple[Voice, ...]:
        return tuple(
            Voice("company", name, (language,)) for name, language in (("anna", "en"), ("ben", "en"), ("cloé", "fr"))
        )

    def resolve(self, language: str, voice: str = "") -> Voice:
        self.asked.append((language, voice))
        for known in self.voices():
            if known.name == voice or (not voice and known.languages[0] == language[:2]):
                return known
        raise VoiceNotFound(voice or language, ("anna", "ben", "cloé"), engine=self.name)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        return Fingerprint(self.name, "1", voice.name, "")

    def speak(self, request: Request) -> Clip:
        raise NotImplementedError(request)

    def close(self) -> None:
        pass


def utterance(name: str, *said: Text | Phonemes, language: str = "en", voice: str = "") -> Utterance:
    words: Said = said or (Text(name),)
    return Utterance(id=name, block="b1", spans=(), printed=name, said=words, language=language, voice=voice)


def script(*parts: Utterance) -> Script:
    sentences = tuple(
        Sentence(id=part.id, block="b1", kind="paragraph", spans=(), parts=(part, Pause(5))) for part in parts
    )
    return Script(title="T", language="en", items=sentences)


def casting(
    *parts: Utterance, options: VoiceOptions = DEFAULTS, voice: str = "", engine: Company | None = None
) -> Cast:
    return cast(script(*parts), Metadata(voice=voice), options, engine or Company())


def heard(found: Cast) -> list[tuple[str, str]]:
    return [(voice.name, language) for voice, language in found.voices]


def test_the_best_voice_of_the_language_speaks() -> None:
    found = casting(utterance("a"), utterance("b"))
    assert {request.voice for request in found.requests.values()} == {"anna"}
    assert heard(found) == [("anna", "en")]
    assert found.script.problems == ()


def test_rate_pitch_and_emphasis_are_in_the_request() -> None:
    found = casting(utterance("a"), options=VoiceOptions(rate=1.5, pitch=0.8))
    request = found.requests["a"]
    assert (request.rate, request.pitch, request.emphasis) == (1.5, 0.8, False)


def test_the_settings_voice_gives_way_to_the_articles() -> None:
    assert heard(casting(utterance("a"), options=VoiceOptions(name="ben"))) == [("ben", "en")]
    assert heard(casting(utterance("a"), options=VoiceOptions(name="ben"), voice="anna")) == [("anna", "en")]


def test_a_voice_that_is_not_there_is_never_another() -> None:
    with pytest.raises(VoiceNotFound, match="'bert'"):
        casting(utterance("a"), voice="bert")
    with pytest.raises(VoiceNotFound, match="'bert'"):
        casting(utterance("a", voice="bert"))


def test_a_region_of_the_articles_language_is_spoken_by_the_same_person() -> None:
    found = casting(utterance("a"), utterance("b", language="en-GB"), voice="ben")
    assert heard(found) == [("ben", "en"), ("ben", "en-GB")]


def test_a_second_voice_speaks_quotations() -> None:
    found = casting(utterance("a"), utterance("b", voice="ben"))
    assert heard(found) == [("anna", "en"), ("ben", "en")]


def test_a_foreign_phrase_has_a_voice_of_its_language() -> None:
    engine = Company()
    found = casting(utterance("a"), utterance("b", language="fr"), utterance("c", language="fr"), engine=engine)
    assert heard(found) == [("anna", "en"), ("cloé", "fr")]
    assert engine.asked == [("en", ""), ("fr", "")]


def test_a_language_that_nobody_speaks_is_reported_once() -> None:
    found = casting(utterance("a"), utterance("b", language="cy"), utterance("c", language="cy"))
    assert found.requests["b"].voice == "anna"
    assert found.requests["b"].language == "cy"
    assert heard(found) == [("anna", "en"), ("anna", "cy")]
    assert [(problem.code, problem.block) for problem in found.script.problems] == [("no-voice", "b1")]
    assert "'cy'; anna speaks it" in found.script.problems[0].message


def test_an_engine_without_phonemes_says_the_alias_or_the_print() -> None:
    engine = Company(takes_phonemes=False)
    parts = (
        utterance("Taylor", Text("Mr "), Phonemes("ˈteɪlə", "Tayler")),
        utterance("Nguyen", Phonemes("wɪn")),
    )
    found = casting(*parts, engine=engine)
    assert found.requests["Taylor"].said == (Text("Mr Tayler"),)
    assert found.requests["Nguyen"].said == (Text("Nguyen"),)
    assert [problem.code for problem in found.script.problems] == ["phonemes-unsupported"]
    with_phonemes = casting(*parts)
    assert with_phonemes.requests["Nguyen"].said == (Phonemes("wɪn"),)


def test_words_stand_in_the_place_of_a_sound_and_the_print_still_knows_where() -> None:
    printed = "Nguyen met Siobhan there"
    spans = [Span("text", 100 + start, 100 + end) for start, end in ((0, 6), (7, 10), (11, 18), (19, 24))]
    said = (Phonemes("wɪn", "Win"), Text(" met "), Phonemes("ʃɪˈvɔːn"), Text(" there"))
    aligned = tuple(
        Aligned(start, end, span, exact=True)
        for (start, end), span in zip(((0, 5), (6, 9), (10, 19), (20, 25)), spans, strict=True)
    )
    part = Utterance(
        id="u",
        block="b1",
        spans=(Span("alt", 0, 0), Span("text", 100, 124)),
        printed=printed,
        said=said,
        language="en",
        changes=(
            Change("b1", spans[0], "Nguyen", "/wɪn/", "lexicon"),
            Change("b1", spans[2], "Siobhan", "/ʃɪˈvɔːn/", "lexicon"),
        ),
        alignment=aligned,
    )
    found = casting(part, engine=Company(takes_phonemes=False))
    (spoken,) = utterances(found.script)
    assert spoken.said == (Text("Win met Siobhan there"),)
    words = "Win met Siobhan there"
    assert [words[piece.start : piece.end] for piece in spoken.alignment] == words.split()
    assert [piece.span for piece in spoken.alignment] == spans
    assert [change.spoken for change in spoken.changes] == ["Win", "Siobhan"]
    assert [problem.code for problem in found.script.problems] == ["phonemes-unsupported"]


def test_a_voice_is_told_by_the_setting_that_names_it() -> None:
    options = VoiceOptions(name="a", quote="q", headings="a", speakers={"Anna": "s"}, languages={"fr": "l"})
    assert [options.named_by(voice) for voice in "aqslx"] == ["", "quote", "speakers", "languages", ""]
