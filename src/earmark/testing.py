"""The contract that every engine keeps, as a test class: for earmark's own engines and for engine authors.

In a test module of your own:

    class TestMyEngine(EngineContract):
        def create_engine(self) -> Engine:
            return my_engine.create(options={}, workers=2)
"""
# ruff: noqa: S101, PT017 (these are assertions for any test runner; engine authors need not use pytest)

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import numpy as np

from earmark.audio.clip import Clip
from earmark.engines.base import Engine, Request
from earmark.errors import EarmarkError, RetryLater, SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, Said, Text, spoken_text

SENTENCE = "The committee met on Tuesday, and the harbour stays open."

HOSTILE: tuple[str, ...] = (
    "",
    " ",
    "…",
    "—",
    "[[x]] and [[hə]]",
    '<speak>Stop<break time="999s"/></speak>',
    "Fish &lt; chips &amp; &#0; peas",
    "a\x00b\x1bc\x7fd\u2028e",
    "half \ud83d of a \udc00 pair",
    "👩\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f 😀",
    "soft\u00adhyphen no\u00a0break zero\u200bwidth \ufeffmark",
    "مرحبا بالعالم 你好，世界 Привет, мир שלום",
    "e\u0301" + "\u0301" * 400,
    "s'" * 68,
    "U.S.A." * 67,
    "i.e." * 100,
    "x" * 700,
    "https://example.org/" + "a/b-c_d?e=f&g=" * 30,
    "1" * 400,
    "word " * 1000,
    ", " * 300,
    "(" * 200,
)
"""Texts that have crashed, hung or silenced engines, or that an engine may take for markup."""


AS_TEXT: tuple[tuple[str, str, float, float], ...] = (
    ("<speak>Stop here now</speak>", "Stop here now", 1.15, 9.0),
    ('Stop <break time="99s"/> here now', "Stop here now", 1.15, 9.0),
    ("<prosody rate='x-slow'>Stop here now, all of you</prosody>", "Stop here now, all of you", 1.15, 5.0),
    ("[[1234 5678]] here now", "1234 5678 here now", 0.7, 2.0),
    ("Fish &lt; chips", "Fish chips", 1.1, 9.0),
    ("Fish &#65;&#x42; chips", "Fish chips", 1.1, 9.0),
    ("Stop \\x00 here", "Stop here", 1.1, 9.0),
    ("Stop\x00 here now, all of you", "Stop here now, all of you", 0.8, 1.5),
    ("\x0150S\x01+20S Stop here now, all of you", "50S 20S Stop here now, all of you", 0.6, 1.7),
)
"""What looks like markup or a command to some engine, the same without it, and between how many times as long it is.

Where it is said as text, the words of it are heard; what is taken for markup is not, or makes a pause, or another pace.
"""


class EngineContract:
    """What `earmark.engines.base.Engine` promises, test by test.

    A subclass says how to make the engine; the attributes tell what it can't promise. A service should be
    tested against a stand-in on the loopback interface.
    """

    language = "en"
    """A language that the engine speaks."""
    repeatable = True
    """Whether the same request gives the same samples, also from another instance."""
    knows_words = False
    """Whether clips hold words."""

    def create_engine(self) -> Engine:
        """Return a new engine, for at least two threads at once."""
        raise NotImplementedError

    def _request(self, engine: Engine, said: str | Said) -> Request:
        voice = engine.resolve(self.language)
        return Request(said=(Text(said),) if isinstance(said, str) else said, language=self.language, voice=voice.name)

    def test_it_says_what_it_is(self) -> None:
        """It has a name, and a pace for estimates."""
        with closing(self.create_engine()) as engine:
            assert isinstance(engine, Engine)
            assert engine.name
            assert "" in engine.paces
            assert all(50 < pace < 400 for pace in engine.paces.values())  # noqa: PLR2004 (what people can follow)

    def test_each_voice_is_found_by_its_name(self) -> None:
        """Voices are in a stable order, named once each, and resolve to themselves."""
        with closing(self.create_engine()) as engine:
            voices = engine.voices()
            assert voices
            assert voices == engine.voices()
            assert len({voice.name for voice in voices}) == len(voices)
            for voice in voices:
                assert voice.engine == engine.name
                assert voice.languages
                assert engine.resolve(voice.languages[0], voice.name) == voice

    def test_a_language_finds_its_voice(self) -> None:
        """The best voice for a language is one of its voices, and is found again by its name."""
        with closing(self.create_engine()) as engine:
            voice = engine.resolve(self.language)
            assert voice.name in {known.name for known in engine.voices()}
            assert engine.resolve("", voice.name) == voice

    def test_an_unknown_voice_is_refused(self) -> None:
        """No other voice is taken in its place, and the error names those that there are."""
        with closing(self.create_engine()) as engine:
            try:
                engine.resolve(self.language, "no-such-voice")
            except VoiceNotFound as error:
                assert error.available
            else:
                raise AssertionError("a voice that does not exist was found")

    def test_fingerprints_tell_voices_apart(self) -> None:
        """A fingerprint is the same in another instance, and another for each voice."""
        with closing(self.create_engine()) as engine, closing(self.create_engine()) as other:
            voices = engine.voices()[:5]
            found = [engine.fingerprint(voice) for voice in voices]
            assert found == [other.fingerprint(voice) for voice in voices]
            assert len(set(found)) == len(voices)

    def test_it_speaks(self) -> None:
        """A sentence becomes mono int16 samples that can be heard, and words in order."""
        with closing(self.create_engine()) as engine:
            clip = engine.speak(self._request(engine, SENTENCE))
            check_clip(clip, SENTENCE)
            assert np.abs(clip.samples.astype(int)).max() > 500  # noqa: PLR2004 (of 32,767: surely not silence)
            assert 1.0 < len(clip.samples) / clip.sample_rate < 15.0  # noqa: PLR2004 (seconds, for ten words)
            assert bool(clip.words) == self.knows_words

    def test_the_same_again_is_the_same(self) -> None:
        """Also after other words, and from another instance."""
        if not self.repeatable:
            return
        with closing(self.create_engine()) as engine, closing(self.create_engine()) as other:
            request = self._request(engine, SENTENCE)
            first = engine.speak(request)
            engine.speak(self._request(engine, "Something else, in between."))
            for clip in (engine.speak(request), other.speak(request)):
                assert clip.samples.tobytes() == first.samples.tobytes()
                assert clip.words == first.words

    def test_threads_may_speak_at_once(self) -> None:
        """Each thread gets the clip of its own words."""
        texts = [f"Sentence number {name}, all alone." for name in "one two three four five six".split()]  # noqa: SIM905 (a list to read)
        with closing(self.create_engine()) as engine, ThreadPoolExecutor(4) as threads:
            requests = [self._request(engine, text) for text in texts]
            clips = list(threads.map(engine.speak, requests * 2))
            for clip, text in zip(clips, texts * 2, strict=True):
                check_clip(clip, text)
            if self.repeatable:
                alone = [engine.speak(request).samples.tobytes() for request in requests]
                assert [clip.samples.tobytes() for clip in clips] == alone * 2

    def test_no_text_breaks_it(self) -> None:
        """Hostile text becomes a clip or a `SynthesisError`, and ordinary text is spoken after it as before."""
        with closing(self.create_engine()) as engine:
            for text in HOSTILE:
                try:
                    clip = engine.speak(self._request(engine, text))
                except SynthesisError as error:
                    assert error.engine == engine.name
                else:
                    check_clip(clip, text)
            check_clip(engine.speak(self._request(engine, SENTENCE)), SENTENCE)

    def test_what_looks_like_markup_is_text(self) -> None:
        """SSML, entities, an engine's own commands for phonemes or pace: an article's words are said, never obeyed."""
        with closing(self.create_engine()) as engine:
            for marked, plain, least, most in AS_TEXT:
                ratio = _seconds(engine.speak(self._request(engine, marked))) / _seconds(
                    engine.speak(self._request(engine, plain))
                )
                assert least <= ratio <= most, f"{marked!r} is {ratio:.2f} times as long as {plain!r}"

    def test_sounds_are_taken_or_their_alias(self) -> None:
        """Phonemes are spoken by every engine: as sounds, or by their alias."""
        said = (Text("Mr "), Phonemes("ˈteɪlə", alias="Taylor"), Text(" left."))
        with closing(self.create_engine()) as engine:
            check_clip(engine.speak(self._request(engine, said)), spoken_text(said))

    def test_its_errors_are_earmarks(self) -> None:
        """A voice that was never resolved is an `EarmarkError`, which names the engine."""
        with closing(self.create_engine()) as engine:
            request = Request(said=(Text(SENTENCE),), language=self.language, voice="no-such-voice")
            try:
                engine.speak(request)
            except EarmarkError as error:
                assert not isinstance(error, RetryLater)
            else:
                raise AssertionError("a voice that does not exist has spoken")

    def test_it_may_be_closed_twice(self) -> None:
        """Before and after it has spoken."""
        self.create_engine().close()
        engine = self.create_engine()
        engine.speak(self._request(engine, "Once."))
        engine.close()
        engine.close()


def _seconds(clip: Clip) -> float:
    return len(clip.samples) / clip.sample_rate


def check_clip(clip: Clip, said: str) -> None:
    """Raise `AssertionError` unless `clip` is well formed and its words fit `said` (`spoken_text`)."""
    assert clip.samples.dtype == np.int16, "samples are int16"
    assert clip.samples.ndim == 1, "samples are mono"
    assert len(clip.samples), "there are samples"
    assert 8_000 <= clip.sample_rate <= 48_000, "the sample rate is one that MP3 has"  # noqa: PLR2004 (Hz)
    text_at = at = 0
    for word in clip.words or ():
        assert text_at <= word.text_start < word.text_end <= len(said), "words stand in the text, in order"
        assert at <= word.start < word.end <= len(clip.samples), "words are heard within the clip, in order"
        assert word.source in {"engine", "aligned"}, "word times are known, not guessed"
        text_at, at = word.text_end, word.end
