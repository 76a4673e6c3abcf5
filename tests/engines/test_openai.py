"""The openai engine against a stand-in on the loopback interface: what it sends, whom it tells what, what it takes."""

import io
import re
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from earmark.engines import load
from earmark.engines.base import Engine, Request
from earmark.engines.openai.engine import OpenaiEngine, Options, _key
from earmark.engines.openai.service import Limits, Service
from earmark.errors import EngineError, RetryLater, SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, Text
from earmark.testing import AS_TEXT, EngineContract

Stand = Any
Sounds = Any
Made = Any
KEY = "sk-not-to-be-seen-anywhere"
SENTENCE = "The harbour stays open."


def _request(text: str = SENTENCE, **how: object) -> Request:
    return Request(**{"said": (Text(text),), "language": "en", "voice": "alloy", **how})  # type: ignore[arg-type]


@pytest.fixture
def engine(service: Stand, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("EARMARK_SECRET_OPENAI", KEY)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # nothing that is for this machine goes by a proxy
    with closing(load("openai", options={"address": service.address}, workers=2)) as made:
        yield made


class TestContract(EngineContract):
    @pytest.fixture(autouse=True)
    def _service(self, service: Stand) -> None:
        self.service = service

    def create_engine(self) -> Engine:
        return load("openai", options={"address": self.service.address, "most_characters": 900}, workers=2)


def test_what_is_asked_for(service: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARMARK_SECRET_OPENAI", KEY)
    options = {
        "address": f"{service.address}/audio/speech/",
        "model": "kokoro",
        "voices": ["af_bella", "bf_emma:en-GB"],
        "instructions": "Calmly.",
        "format": "flac",
    }
    with closing(load("openai", options=options)) as engine:
        voice = engine.resolve("en-GB")
        engine.speak(_request(voice=voice.name, rate=1.5))
        engine.speak(_request(voice="af_bella", said=(Phonemes("ˈteɪlə", "Taylor"),)))
    first, second = service.asked
    assert first.path == "/v1/audio/speech"
    assert first.headers["Authorization"] == f"Bearer {KEY}"
    assert first.body == {
        "model": "kokoro",
        "input": SENTENCE,
        "voice": "bf_emma",
        "response_format": "flac",
        "speed": 1.5,
        "instructions": "Calmly.",
    }
    assert second.body["input"] == "Taylor"
    assert "speed" not in second.body


def test_what_looks_like_markup_is_sent_as_it_stands(engine: Engine, service: Stand) -> None:
    for text, *_ in AS_TEXT:
        engine.speak(_request(text))
        assert service.asked[-1].body["input"] == " ".join(re.sub(r"[\x00-\x1f]", " ", text).split())


@pytest.mark.parametrize("form", ["wav", "pcm", "flac", "mp3"])
def test_each_format_is_read(service: Stand, sounds: Sounds, form: str) -> None:
    options = {"address": service.address, "format": form, "sample_rate": 22_050}
    with closing(load("openai", options=options)) as engine:
        clip = engine.speak(_request())
    assert clip.sample_rate == 22_050
    expected = len(sounds.tones(SENTENCE)) / 22_050
    assert abs(len(clip.samples) / 22_050 - expected) < 0.3


def test_another_format_than_was_asked_for_is_read_too(engine: Engine, service: Stand, sounds: Sounds) -> None:
    service.behaviour = lambda asked, _: sounds.answer(content=sounds.coded(sounds.tones(asked.text), "mp3"))
    assert len(engine.speak(_request()).samples) > 10_000


def test_a_wav_that_is_still_being_spoken_has_no_length(engine: Engine, service: Stand, sounds: Sounds) -> None:
    for length in (0xFFFF_FFFF, 0x7FFF_F000):
        service.behaviour = lambda asked, _, said=length: sounds.answer(
            content=sounds.wav(sounds.tones(asked.text), length=said)
        )
        assert len(engine.speak(_request()).samples) > 10_000


def test_a_wav_that_is_cut_off_is_tried_again_later(engine: Engine, service: Stand, sounds: Sounds) -> None:
    whole = sounds.wav(sounds.tones(SENTENCE))
    service.behaviour = lambda *_: sounds.answer(content=whole[: len(whole) // 2])
    with pytest.raises(RetryLater, match="cut off"):
        engine.speak(_request())


@pytest.mark.parametrize("rate", [96_000, 4_000])
def test_a_rate_that_no_mp3_has_is_refused(engine: Engine, service: Stand, sounds: Sounds, rate: int) -> None:
    service.behaviour = lambda *_: sounds.answer(content=sounds.wav(sounds.tones(SENTENCE), rate))
    with pytest.raises(RetryLater, match="sample rate"):
        engine.speak(_request())


def test_long_text_is_parted_and_rates_are_made_one(service: Stand, sounds: Sounds) -> None:
    text = "The harbour stays open for another year. And so does the school beside it, they say." * 2
    with closing(load("openai", options={"address": service.address, "most_characters": 60})) as engine:
        alike = engine.speak(_request(text))
        parts = [asked.text for asked in service.asked]
        assert len(parts) > 2
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")
        # The same samples, declared faster, last half as long: then a resampled part is half as long too.
        service.behaviour = lambda asked, number: sounds.answer(
            content=sounds.wav(sounds.tones(asked.text), 44_100 if number % 2 else 22_050)
        )
        mixed = engine.speak(_request(text))
    assert {alike.sample_rate, mixed.sample_rate} <= {22_050, 44_100}
    assert len(mixed.samples) / mixed.sample_rate < len(alike.samples) / alike.sample_rate


@pytest.mark.parametrize(
    ("status", "content", "kind", "words"),
    [
        (400, b'{"error": {"message": "the input is too long", "param": "input"}}', SynthesisError, "too long"),
        (400, b'{"error": {"message": "no such voice", "param": "voice"}}', EngineError, "no such voice"),
        (422, b'{"detail": "not this"}', SynthesisError, "not this"),
        (422, b'{"error": "as text"}', SynthesisError, "as text"),
        (413, b"", SynthesisError, "413"),
        (413, b"[1, 2]", SynthesisError, "413"),
        (402, b"{}", EngineError, "paid"),
        (429, b'{"error": {"code": "insufficient_quota", "message": "no money"}}', EngineError, "paid"),
    ],
)
def test_a_refusal_is_about_the_words_or_about_all(  # noqa: PLR0913, PLR0917 (the table's columns)
    engine: Engine, service: Stand, sounds: Sounds, status: int, content: bytes, kind: type[EngineError], words: str
) -> None:
    service.behaviour = lambda *_: sounds.answer(status, content)
    with pytest.raises(EngineError, match=words) as caught:
        engine.speak(_request())
    assert type(caught.value) is kind
    if kind is EngineError:  # it would be the same for every other utterance: nothing more is sent
        with pytest.raises(EngineError, match=words):
            engine.speak(_request("Another."))
        assert len(service.asked) == 1


def test_what_a_service_says_is_shown_as_one_clean_line_without_the_key(
    engine: Engine, service: Stand, sounds: Sounds
) -> None:
    said = f"Incorrect\x1b[31m key:\\n {KEY}, Bearer abc, sk-proj-else****1234. " + "x" * 300
    service.behaviour = lambda *_: sounds.answer(
        401, f'{{"error": {{"message": "{said}"}}}}'.replace("\x1b", "\\u001b").encode()
    )
    with pytest.raises(EngineError) as caught:
        engine.speak(_request())
    message = str(caught.value)
    assert KEY not in message
    assert "sk-proj" not in message
    assert "\x1b" not in message
    assert "\n" not in message
    assert "EARMARK_SECRET_OPENAI" in message
    assert len(message) < 450


def test_the_key_goes_to_no_other_host(engine: Engine, service: Stand, sounds: Sounds) -> None:
    service.behaviour = lambda *_: sounds.answer(
        307, headers={"Location": f"http://localhost:{service.server_port}/v2"}
    )
    with pytest.raises(EngineError, match="localhost"):
        engine.speak(_request())
    assert len(service.asked) == 1


def test_whose_key_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EARMARK_SECRET_OPENAI", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", " theirs\n")
    assert (_key("api.openai.com"), _key("example.org")) == ("theirs", "")
    monkeypatch.setenv("EARMARK_SECRET_OPENAI", "ours")
    assert (_key("api.openai.com"), _key("example.org")) == ("ours", "ours")


def test_without_a_key_openai_is_not_asked_and_ones_own_server_is(
    service: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EARMARK_SECRET_OPENAI", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with closing(load("openai")) as engine, pytest.raises(EngineError, match="EARMARK_SECRET_OPENAI"):
        engine.speak(_request())
    with closing(load("openai", options={"address": service.address})) as engine:
        engine.speak(_request())
    assert "Authorization" not in service.asked[0].headers
    monkeypatch.setenv("EARMARK_SECRET_OPENAI", "two words")
    with closing(load("openai", options={"address": service.address})) as engine:
        with pytest.raises(EngineError, match="what no key does") as caught:
            engine.speak(_request())
        assert "two words" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://example.org/v1", "reads along"),
        ("http://127.0.0.1.example.org/v1", "reads along"),
        ("ftp://127.0.0.1/", "no address"),
        ("https://", "no address"),
        ("https://example.org:port/v1", "no address"),
        ("https://example.org/v1?key=1", "no address"),
        ("api.openai.com/v1", "no address"),
        ("https://me:secret@example.org/v1", "no place"),
    ],
)
def test_an_address_that_must_not_be_used(address: str, words: str) -> None:
    with pytest.raises(EngineError, match=words) as caught:
        load("openai", options={"address": address})
    assert "secret@" not in str(caught.value)


def test_addresses_that_may_be_used() -> None:
    for address in ("http://localhost:8880/v1", "http://127.0.0.1/v1", "http://[::1]:80/v1", "https://example.org/v1"):
        engine = load("openai", options={"address": address})
        assert getattr(engine, "needs_network") == address.startswith("https")  # noqa: B009 (not in the Protocol)
    assert load("openai", options={"address": "http://tts.lan/v1", "plain_http": True}).name == "openai"


def test_certificates_are_checked_and_nothing_is_followed() -> None:
    service = Service("https://example.org/v1", key=lambda _host: "")
    with closing(service):
        client = service._opened()  # noqa: SLF001 (nothing else shows it without a network)
        assert client.follow_redirects is False
        pool = client._transport._pool  # type: ignore[attr-defined]  # noqa: SLF001 (likewise)
        assert pool._ssl_context.verify_mode.name == "CERT_REQUIRED"  # noqa: SLF001 (likewise)
        assert pool._ssl_context.check_hostname is True  # noqa: SLF001 (likewise)
    with pytest.raises(EngineError, match="closed"):
        service.fetch({"input": "x"}, most=10)


def test_an_answer_that_trickles_within_its_time_for_each_piece_ends(service: Stand) -> None:
    limits = Limits(connect=2.0, total=0.2)
    with closing(OpenaiEngine(Options(), Service(service.address, key=lambda _: "", limits=limits))) as engine:
        service.behaviour = lambda *_: service.drip()
        with pytest.raises(RetryLater, match="too long"):
            engine.speak(_request())


@pytest.mark.parametrize(("rate", "pitch"), [(5.0, 1.0), (0.2, 1.0), (1.0, 1.1)])
def test_what_the_service_cannot_do_is_refused(engine: Engine, service: Stand, rate: float, pitch: float) -> None:
    with pytest.raises(EngineError, match="speeds"):
        engine.speak(_request(rate=rate, pitch=pitch))
    assert service.asked == []


def test_voices_are_listed_with_their_languages() -> None:
    engine = load("openai", options={"voices": ["ff_siwis:fr", "bf_emma: en-GB", "af_bella:en-US", "anyone", "a:b:c"]})
    resolved = [engine.resolve(tag).name for tag in ("fr", "fr-CA", "en", "en-us", "en_US", "ja")]
    assert resolved == ["ff_siwis", "ff_siwis", "bf_emma", "af_bella", "af_bella", "anyone"]
    assert [voice.name for voice in engine.voices()][-1] == "a:b:c"  # "c" is no language
    strict = load("openai", options={"voices": ["ff_siwis:fr"]})
    for language, voice in (("de", ""), ("fr", "siwis")):
        with pytest.raises(VoiceNotFound):
            strict.resolve(language, voice)
    for voices in (["a", "a:en"], [""], [":en"]):
        with pytest.raises(EngineError, match="option voices"):
            load("openai", options={"voices": voices})


def test_whatever_changes_the_sound_changes_the_fingerprint() -> None:
    def found(**options: object) -> Made:
        engine = load("openai", options=options)
        return engine.fingerprint(engine.resolve("en"))

    plain = found()
    for options in (
        {"model": "tts-1"},
        {"instructions": "Slow."},
        {"format": "mp3"},
        {"address": "https://example.org/v1"},
    ):
        assert found(**options) != plain
    assert found(at_once=9, seconds=5.0) == plain


WIDTHS: dict[str, tuple[int, int, Callable[[Made], Made]]] = {
    "8 bits": (1, 8, lambda x: (x * 127 + 128).astype(np.uint8)),
    "24 bits": (1, 24, lambda x: (x * 8_388_607).astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3]),
    "32 bits": (1, 32, lambda x: (x * 2_147_483_000).astype("<i4")),
    "float": (3, 32, lambda x: x.astype("<f4")),
    "double": (3, 64, lambda x: x.astype("<f8")),
    "extensible": (0xFFFE, 16, lambda x: (x * 32_767).astype("<i2")),
}


@pytest.mark.parametrize("name", WIDTHS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_usual_kind_of_wav_is_read(name: str, channels: int) -> None:
    from earmark.engines import wav  # noqa: PLC0415 (only here)

    kind, bits, numbers = WIDTHS[name]
    wave = 0.5 * np.sin(np.arange(4_410) / 20)
    data = np.ascontiguousarray(numbers(np.repeat(wave, channels))).tobytes()
    more = struct.pack("<HHIH", 22, 16, 4, 1) + b"\0" * 14 if kind == 0xFFFE else b""
    form = struct.pack("<HHIIHH", kind, channels, 22_050, 0, 0, bits) + more
    odd = b"LIST" + struct.pack("<I", 3) + b"abc\0"  # a chunk of odd length is padded
    body = odd + b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    samples, rate = wav.decode(b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body)
    assert rate == 22_050
    assert np.abs(samples - wave).max() < 0.02


def _fmt(kind: int = 1, channels: int = 1, rate: int = 22_050, bits: int = 16) -> bytes:
    return b"fmt " + struct.pack("<IHHIIHH", 16, kind, channels, rate, 0, 0, bits)


DATA = b"data" + struct.pack("<I", 8) + b"\0\1" * 4


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (DATA, "what its samples are"),
        (_fmt(), "no samples"),
        (b"fmt " + struct.pack("<I", 4) + b"1234" + DATA, "header is cut off"),
        (_fmt(kind=7, bits=8) + DATA, "kind that is not read"),
        (_fmt(channels=9) + DATA, "9 channels"),
        (_fmt(rate=4_000) + DATA, "sample rate"),
        (_fmt(kind=3, bits=32) + b"data" + struct.pack("<If", 4, float("nan")), "no numbers"),
    ],
)
def test_a_wav_that_can_not_be_used_says_why(body: bytes, words: str) -> None:
    from earmark.engines import wav  # noqa: PLC0415 (only here)

    with pytest.raises(wav.NotAudio, match=words):
        wav.decode(b"RIFF\0\0\0\0WAVE" + body)


def test_what_is_no_wav_and_what_ends_within_a_sample() -> None:
    from earmark.engines import wav  # noqa: PLC0415 (only here)

    with pytest.raises(wav.NotAudio, match="no WAV"):
        wav.decode(io.BytesIO(b"OggS").getvalue())
    with pytest.raises(wav.NotAudio, match="within a sample"):
        wav.from_pcm(b"abc", 24_000)
