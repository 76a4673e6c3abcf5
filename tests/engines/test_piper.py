"""The piper engine with voices that are made here: tiny, with the inputs, outputs and noise of real ones."""

import importlib.util
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

from earmark.engines import load
from earmark.engines.base import Engine, Request, Stocked, Taught, Warming
from earmark.engines.piper import child as piper_child
from earmark.engines.piper import engine as piper
from earmark.engines.piper.child import LENGTH, MARK, REPLY, Speaker, serve
from earmark.engines.piper.engine import PiperEngine
from earmark.engines.piper.model import BrokenModel, prepare
from earmark.engines.piper.text import prepare as prepare_text
from earmark.engines.piper.voices import rank
from earmark.engines.piper.words import begins
from earmark.errors import EngineError, SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, Said, Text
from earmark.testing import EngineContract

TINY = "en_GB-tiny-medium"
MANY = "en_US-many-low"
SENTENCE = "The committee of the harbour met on Tuesday, and left."

Make = Callable[..., Path]
OpenEngine = Callable[..., PiperEngine]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, make_voice: Make) -> Path:
    folder = tmp_path_factory.mktemp("voices")
    make_voice(folder, TINY)
    make_voice(folder, MANY, speakers=3)
    make_voice(folder, "de_DE-mute-x_low", timed=False, espeak="de")
    make_voice(folder, "en_GB-wild-high", wild=True)
    return folder


@pytest.fixture(autouse=True)
def _no_other_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper, "user_folder", lambda: tmp_path / "own")


@pytest.fixture(scope="module")
def speaker(shelf: Path) -> Iterator[PiperEngine]:
    """Return one engine for all tests that change nothing of it: a child takes half a second to start."""
    with closing(_engine(shelf)) as engine:
        yield engine


def _engine(folder: Path, **options: object) -> PiperEngine:
    engine = load("piper", options={"folder": str(folder), **options}, workers=2)
    assert isinstance(engine, PiperEngine)
    return engine


def _request(said: str | Said, voice: str = TINY, rate: float = 1.0, pitch: float = 1.0) -> Request:
    said = (Text(said),) if isinstance(said, str) else said
    return Request(said=said, language="en", voice=voice, rate=rate, pitch=pitch)


def _bytes(engine: Engine, said: str | Said, voice: str = TINY, rate: float = 1.0) -> bytes:
    return engine.speak(_request(said, voice, rate)).samples.tobytes()


class TestContract(EngineContract):
    knows_words = True
    folder: ClassVar[Path]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _where(cls, tmp_path_factory: pytest.TempPathFactory, make_voice: Make) -> None:
        cls.folder = tmp_path_factory.mktemp("contract")
        make_voice(cls.folder, TINY)
        make_voice(cls.folder, MANY, speakers=3)

    def create_engine(self) -> Engine:
        return _engine(self.folder)


def test_it_is_what_others_ask_for(speaker: PiperEngine) -> None:
    assert isinstance(speaker, Stocked)
    assert isinstance(speaker, Taught)
    assert isinstance(speaker, Warming)
    assert "one" in speaker.dictionary(speaker.resolve("en", TINY))
    assert speaker.broken() == ()


def test_voices_are_told_with_what_is_known_of_them(speaker: PiperEngine) -> None:
    found = {voice.name: voice for voice in speaker.voices()}
    assert found[TINY].languages == ("en-GB",)
    assert (found[TINY].quality, found[TINY].licence) == ("medium", "CC0-1.0")
    assert (
        found[MANY].description
        == "English, many, 3 speakers, as en_US-many-low+s0, en_US-many-low+s1, en_US-many-low+s2"
    )


def test_the_region_comes_first_then_the_quality_then_the_name(speaker: PiperEngine) -> None:
    assert speaker.resolve("en").name == "en_GB-wild-high"  # British, as everywhere in earmark
    assert speaker.resolve("en-US").name == MANY
    assert speaker.resolve("en_AU").name == "en_GB-wild-high"
    assert speaker.resolve("de-CH").name == "de_DE-mute-x_low"
    with pytest.raises(VoiceNotFound, match=r"no voice for 'fr'.*--refresh") as caught:
        speaker.resolve("fr")
    assert caught.value.available == ("de-DE", "en-GB", "en-US")
    with pytest.raises(VoiceNotFound, match="earmark voices install en_GB-alba-medium"):
        speaker.resolve("en", "en_GB-alba-medium")


@given(st.text(), st.text(), st.sampled_from(["", "low", "high", "odd"]))
def test_any_tags_have_a_rank_or_none(asked: str, spoken: str, quality: str) -> None:
    place = rank(asked, spoken, quality)
    assert place is None or place[0] in {0, 1}


def test_a_seed_is_a_take(shelf: Path, speaker: PiperEngine) -> None:
    first = _bytes(speaker, SENTENCE)
    with closing(_engine(shelf, seed=7)) as other:
        assert _bytes(other, SENTENCE) != first
        assert other.fingerprint(other.resolve("", TINY)) != speaker.fingerprint(speaker.resolve("", TINY))
    assert _bytes(speaker, SENTENCE) == first


def test_noise_that_can_not_be_stilled_repeats_all_the_same(speaker: PiperEngine) -> None:
    first = _bytes(speaker, "Once more.", "en_GB-wild-high")
    _bytes(speaker, "Something else.", "en_GB-wild-high")
    assert _bytes(speaker, "Once more.", "en_GB-wild-high") == first


def test_scales_rate_and_volume_are_heard(shelf: Path, speaker: PiperEngine) -> None:
    plain = speaker.speak(_request(SENTENCE))
    quick = speaker.speak(_request(SENTENCE, rate=2.0))
    assert 0.4 < len(quick.samples) / len(plain.samples) < 0.65
    options = {"length_scale": 1.5, "noise_scale": 0.0, "noise_w_scale": 0.0, "volume": 0.5, "normalize": False}
    with closing(_engine(shelf, **options)) as other:
        slow = other.speak(_request(SENTENCE))
    assert 1.3 < len(slow.samples) / len(plain.samples) < 1.7
    assert np.abs(plain.samples.astype(int)).max() == 32_767
    assert np.abs(slow.samples.astype(int)).max() == pytest.approx(32_767 * 0.25, rel=0.01)


def test_options_are_checked(shelf: Path) -> None:
    for option, value in {"seed": -1, "length_scale": 0, "volume": "loud", "speed": 1}.items():
        with pytest.raises(EngineError, match=option):
            _engine(shelf, **{option: value})


def test_where_voices_lie_changes_no_sound(shelf: Path, tmp_path: Path, make_voice: Make) -> None:
    make_voice(tmp_path / "elsewhere", TINY)
    with closing(_engine(shelf, index="https://example.org/")) as one, closing(_engine(tmp_path / "elsewhere")) as two:
        assert one.fingerprint(one.resolve("", TINY)) == two.fingerprint(two.resolve("", TINY))


def test_a_voice_that_changed_is_another(tmp_path: Path, make_voice: Make) -> None:
    make_voice(tmp_path, TINY)
    with closing(_engine(tmp_path)) as engine:
        before = engine.fingerprint(engine.resolve("", TINY))
        make_voice(tmp_path, TINY, noisy=False)
        assert engine.fingerprint(engine.resolve("", TINY)) != before
        (tmp_path / f"{TINY}.onnx").unlink()
        with pytest.raises(VoiceNotFound):
            engine.resolve("", TINY)


def test_speakers_have_names_and_numbers(speaker: PiperEngine) -> None:
    own, first, last = (_bytes(speaker, "Hello.", f"{MANY}{which}") for which in ("", "+0", "+s2"))
    assert own == first != last
    assert speaker.resolve("", f"{MANY}+s2").name == f"{MANY}+s2"
    with pytest.raises(VoiceNotFound, match="Did you mean en_US-many-low") as caught:
        speaker.resolve("", f"{MANY}+s3")
    assert caught.value.available == tuple(f"{MANY}+s{number}" for number in range(3))
    for wrong in ("+1", "+x", "+²"):
        with pytest.raises(VoiceNotFound):
            speaker.resolve("", f"{TINY}{wrong}")


def test_words_begin_where_the_voice_begins_them(shelf: Path) -> None:
    with closing(_engine(shelf, noise_scale=0.0)) as engine:
        clip = engine.speak(_request(SENTENCE))
    assert clip.words is not None
    assert [SENTENCE[word.text_start : word.text_end] for word in clip.words] == SENTENCE.split()
    loud = np.abs(clip.samples.astype(int)) > 0
    for word, text in zip(clip.words, SENTENCE.split(), strict=True):
        assert loud[word.start : word.end].any()
        if text not in {"The", "the"}:  # "of the" is one breath; before the others the tiny voice is silent
            assert not loud[word.start - 200 : word.start].any(), text
    assert clip.words[-1].end == len(clip.samples)


def test_a_voice_that_shows_no_lengths_has_no_words(speaker: PiperEngine) -> None:
    clip = speaker.speak(_request("Guten Tag, alle zusammen.", "de_DE-mute-x_low"))
    assert clip.words is None


@pytest.mark.parametrize(
    ("heard", "words", "expected"),
    [
        ("ðə kˈat", ["the", "cat"], (0, 3)),
        ("ɒvðə kˈat", ["of", "the", "cat"], (0, 2, 5)),
        ("kˈat, dˈɒɡ.", ["cat", "dog"], (0, 6)),
        ("nˈaɪntiːn ˈeɪti", ["1980", "80"], (0, 10)),
        ("kˈat", ["cat", "qqq"], (0, None)),
        ("", ["cat"], (None,)),
    ],
)
def test_words_are_found_again(heard: str, words: list[str], expected: tuple[int | None, ...]) -> None:
    alone = {"the": "ðə", "of": "ɒv", "cat": "kˈat", "dog": "dˈɒɡ", "1980": "nˈaɪntiːn", "80": "ˈeɪti", "qqq": "XXX"}
    assert begins(words, heard, lambda word: list(alone[word])) == expected


@given(st.lists(st.text(alphabet="abcd ˈ,", max_size=5), max_size=8), st.text(alphabet="abcd ˈ,.", max_size=40))
def test_no_word_begins_outside(words: list[str], heard: str) -> None:
    for place in begins(words, heard, list):
        assert place is None or 0 <= place < max(1, len(heard))


def test_sounds_reach_the_voice_as_they_are(speaker: PiperEngine) -> None:
    written = _bytes(speaker, "Taylor, hello")
    assert _bytes(speaker, (Phonemes("tˈeɪlɐ"), Text(", hello"))) == written
    assert _bytes(speaker, (Phonemes("t'eɪ.lɐ"), Text(", hello"))) == written
    assert _bytes(speaker, (Phonemes("tˈoɪlɐ"), Text(", hello"))) != written


def test_sounds_that_a_voice_lacks_are_said_by_alias_or_nearly_or_not_at_all() -> None:
    sounds = frozenset("abdəˈɡʃɛ ")

    def text(ipa: str, alias: str = "") -> str:
        return prepare_text((Phonemes(ipa, alias),), "piper", sounds).text

    assert text("gaˈdə") == "[[ɡaˈdə]]"
    assert text("ʁa", "ra") == "ra"
    assert text("ʂa") == "[[ʃa]]"  # as an English reader makes it
    with pytest.raises(SynthesisError, match="Give the lexeme an alias"):
        text("ǂa")
    with pytest.raises(SynthesisError):
        prepare_text((Phonemes("a"),), "piper", frozenset())
    written = prepare_text((Text("a [[b]] "), Phonemes("a"), Text("!.")), "piper", sounds)
    assert written.text == "a [\u200b[b]] [[a!.]]"
    assert len(written.origin) == len(written.text)


def test_a_voice_made_of_letters_takes_aliases(tmp_path: Path, make_voice: Make) -> None:
    letters = {letter: [number] for number, letter in enumerate("_^$ abcdefghijklmnopqrstuvwxyzABCDEFGHIJ.,")}
    make_voice(tmp_path, "xx_XX-letters-low", phoneme_type="text", phoneme_id_map=letters)
    with closing(_engine(tmp_path)) as engine:
        said = (Phonemes("ˈteɪlə", alias="Taylor"), Text(" left."))
        assert _bytes(engine, said, "xx_XX-letters-low") == _bytes(engine, "Taylor left.", "xx_XX-letters-low")
        assert engine.dictionary(engine.resolve("", "xx_XX-letters-low")) == frozenset()
        with pytest.raises(SynthesisError, match="nothing to be heard"):
            engine.speak(_request("…", "xx_XX-letters-low"))


def _break(folder: Path, how: str) -> str:
    beside = folder / f"{TINY}.onnx.json"
    if how == "no configuration":
        beside.unlink()
        return "is not beside it"
    if how == "no JSON":
        beside.write_bytes(b"\xff{")
        return "it is no configuration"
    told = json.loads(beside.read_text())
    if how == "no marks":
        del told["phoneme_id_map"]["^"]
        beside.write_text(json.dumps(told))
        return "lacks the marks"
    if how == "a folder":
        beside.unlink()
        beside.mkdir()
        return "it can't be read"
    raise AssertionError(how)


@pytest.mark.parametrize("how", ["no configuration", "no JSON", "no marks", "a folder"])
def test_a_voice_with_a_broken_configuration_is_named(tmp_path: Path, make_voice: Make, how: str) -> None:
    make_voice(tmp_path, TINY)
    make_voice(tmp_path, MANY)
    told = _break(tmp_path, how)
    with closing(_engine(tmp_path)) as engine:
        assert [voice.name for voice in engine.voices()] == [MANY]
        with pytest.raises(EngineError, match=f"the voice {TINY} is broken.*{told}.*earmark voices install {TINY}"):
            engine.resolve("", TINY)
        assert [TINY in str(refusal) for refusal in engine.broken()] == [True]


@pytest.mark.parametrize("content", [b"", b"no model", b"\x08\x07"])
def test_a_file_that_is_no_model_is_named(tmp_path: Path, make_voice: Make, content: bytes) -> None:
    make_voice(tmp_path, TINY).write_bytes(content)
    with pytest.raises(BrokenModel):
        prepare(tmp_path / f"{TINY}.onnx", 0)
    with closing(_engine(tmp_path)) as engine, pytest.raises(EngineError, match=f"{TINY}.onnx can't be used"):
        engine.speak(_request(SENTENCE))


def test_a_voice_whose_phonemes_piper_would_fetch_is_refused(tmp_path: Path, make_voice: Make) -> None:
    make_voice(tmp_path, "zh_CN-far-medium", phoneme_type="pinyin")
    with closing(_engine(tmp_path)) as engine:
        with pytest.raises(EngineError, match="'pinyin', for which piper would fetch more"):
            engine.speak(_request("你好", "zh_CN-far-medium"))
        with pytest.raises(VoiceNotFound):
            engine.resolve("zh")


def test_a_language_that_espeak_does_not_know_is_named(tmp_path: Path, make_voice: Make) -> None:
    make_voice(tmp_path, TINY, espeak="xx-nowhere")
    with closing(_engine(tmp_path)) as engine, pytest.raises(SynthesisError, match="xx-nowhere"):
        engine.speak(_request(SENTENCE))


def test_voices_have_one_pitch(speaker: PiperEngine) -> None:
    with pytest.raises(EngineError, match="one pitch each"):
        speaker.speak(_request(SENTENCE, pitch=1.2))


def test_what_is_missing_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(piper, "find_spec", lambda name: None if name in {"piper", "onnx"} else find(name))
    with pytest.raises(EngineError, match=r"not installed \(piper, onnx missing\).*pip install .earmark\[piper\]."):
        load("piper")


def test_a_child_that_is_lost_is_replaced(shelf: Path) -> None:
    with closing(_engine(shelf)) as engine:
        first = _bytes(engine, SENTENCE)
        for pid in engine.child_pids():
            os.kill(pid, signal.SIGKILL)
        assert _bytes(engine, SENTENCE) == first


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells of threads on Linux alone")
def test_children_are_as_many_as_cores_and_take_one_each(shelf: Path) -> None:
    with closing(_engine(shelf)) as engine, ThreadPoolExecutor(4) as threads:
        engine.warm_up()
        assert len(engine.child_pids()) == 2
        list(threads.map(lambda number: _bytes(engine, f"Number {number}, {SENTENCE}"), range(8)))
        pids = engine.child_pids()
        assert len(pids) == 2
        for pid in pids:
            others = [task for task in Path(f"/proc/{pid}/task").iterdir() if task.name != str(pid)]
            # What else the libraries keep waits: user and system time, the 14th and 15th field, stay as good as none.
            spent = [sum(map(int, (task / "stat").read_text().rpartition(")")[2].split()[11:13])) for task in others]
            assert sum(spent) <= 1


def _stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    script = tmp_path / "child.py"
    script.write_text(code)
    monkeypatch.setattr(piper_child, "__file__", str(script))


def test_a_text_that_always_crashes_is_told_and_one_that_hangs_too(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stand_in(monkeypatch, tmp_path, "import sys; sys.stdin.buffer.read(5)")
    with closing(_engine(shelf)) as engine, pytest.raises(SynthesisError, match="crashes on it, whole and in pieces"):
        engine.speak(_request("One."))
    _stand_in(monkeypatch, tmp_path, "import sys; sys.stdin.buffer.read()")
    monkeypatch.setattr(piper, "_SECONDS", 0.2)
    with closing(_engine(shelf)) as engine, pytest.raises(SynthesisError, match="does not come to an end"):
        engine.speak(_request("One."))


def test_half_an_answer_is_none(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half = REPLY.pack(piper_child.DONE, 22_050, 0, 0, 100) + bytes(99)
    _stand_in(monkeypatch, tmp_path, f"import sys; sys.stdin.buffer.read(5); sys.stdout.buffer.write({half!r})")
    with closing(_engine(shelf)) as engine, pytest.raises(SynthesisError, match="crashes on it"):
        engine.speak(_request("One."))


def test_a_closed_engine_speaks_no_more(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = _engine(shelf)
    engine.warm_up()
    engine.close()
    assert engine.child_pids() == ()
    engine.warm_up()
    assert engine.child_pids() == ()
    with pytest.raises(EngineError, match="it was closed"):
        engine.speak(_request(SENTENCE))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with closing(_engine(shelf)) as other, pytest.raises(EngineError, match="no child process could be started"):
        other.speak(_request(SENTENCE))


def _asked(shelf: Path, **changes: Any) -> bytes:  # noqa: ANN401 (as JSON has them)
    request = {"text": SENTENCE, "model": str(shelf / f"{TINY}.onnx"), "speaker": None, "seed": 0, "length": 1.0}
    return json.dumps(request | {"noise": 0.667, "width": 0.8, "volume": 1.0, "normalize": True} | changes).encode()


def _answered(pieces: tuple[bytes, ...]) -> tuple[int, str, int, int]:
    status, rate, told, marks, length = REPLY.unpack(pieces[0])
    rest = b"".join(pieces[1:])
    assert len(rest) == told + marks * MARK.size + length
    return status, rest[:told].decode(), marks, rate


def test_the_child_answers_whatever_it_is_asked(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = Speaker()
    assert _answered(child.answer(_asked(shelf))) == (piper_child.DONE, "", 10, 22_050)
    assert child.answer(_asked(shelf)) == child.answer(_asked(shelf))
    assert _answered(child.answer(_asked(shelf, text="…")))[0] == piper_child.SILENT
    for model, marks in (("de_DE-mute-x_low", 0), ("en_GB-wild-high", 10)):
        asked = _asked(shelf, model=str(shelf / f"{model}.onnx"))
        assert _answered(child.answer(asked)) == (piper_child.DONE, "", marks, 22_050)
        assert child.answer(asked) == child.answer(asked)
    status, told, _, _ = _answered(child.answer(_asked(shelf, model=str(tmp_path / "none.onnx"))))
    assert (status, "none.onnx" in told) == (piper_child.UNUSABLE, True)
    assert _answered(child.answer(_asked(shelf, text="a\0b")))[0] == piper_child.REFUSED
    for seed in range(5):  # more voices than are kept
        assert _answered(child.answer(_asked(shelf, seed=seed, text="Two.")))[0] == piper_child.DONE
    loud, half = (child.answer(_asked(shelf, normalize=normal))[2] for normal in (True, False))
    assert np.abs(np.frombuffer(loud, "<i2").astype(int)).max() > np.abs(np.frombuffer(half, "<i2").astype(int)).max()
    monkeypatch.setattr(piper_child, "_MOST_WORDS", 1)
    assert _answered(child.answer(_asked(shelf, seed=9)))[2] == 10
    assert _answered(child.answer(_asked(shelf, text="One. ?! Two.")))[2] == 2
    silence = piper_child._levelled(np.zeros(9, np.float32), {"normalize": True, "volume": 1.0})  # noqa: SLF001 (no voice is silent)
    assert not silence.any()


def test_a_voice_that_lacks_a_sound_says_the_others(tmp_path: Path, make_voice: Make) -> None:
    known = {key: value for key, value in DEFAULT_PHONEME_ID_MAP.items() if key != "k"}
    make_voice(tmp_path, TINY, phoneme_id_map=known)
    assert _answered(Speaker().answer(_asked(tmp_path))) == (piper_child.DONE, "", 10, 22_050)


def test_the_child_ends_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)

    def gone(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(piper_child, "serve", gone)
    monkeypatch.setattr(sys, "path", ["known"])
    try:
        assert piper_child.main(["known", "more"]) == 0
        assert sys.path == ["known", "more"]
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # Ctrl-C is for its parent
    finally:
        signal.signal(signal.SIGINT, before)


def test_who_watches_hears_of_each_sentence(shelf: Path) -> None:
    heard: list[tuple[int, float, float]] = []
    with closing(_engine(shelf)) as engine:
        engine.watch(lambda *piece: heard.append(piece))
        _bytes(engine, "One.")
        assert [pid for pid, _, _ in heard] == list(engine.child_pids())
        assert heard[0][2] > 0


def test_the_child_serves_until_its_input_ends(shelf: Path) -> None:
    source, to_child = os.pipe()
    from_child, target = os.pipe()
    request = _asked(shelf, text="One.")
    os.write(to_child, LENGTH.pack(len(request)) + request)
    os.close(to_child)
    serve(lambda frame: (b"heard ", str(len(frame)).encode()), source, target)
    assert os.read(from_child, 100) == f"heard {len(request)}".encode()
    for end in (source, from_child, target):
        os.close(end)


def test_the_child_tells_what_it_can_not_import(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    status, told, _, _ = _answered(Speaker().answer(_asked(shelf)))
    assert (status, "piper" in told) == (piper_child.NOT_INSTALLED, True)


def test_a_package_that_went_meanwhile_is_told(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = Speaker()
    monkeypatch.setitem(sys.modules, "piper", None)
    assert _answered(child.answer(_asked(shelf)))[0] == piper_child.NOT_INSTALLED


def test_what_draws_is_stilled_wherever_it_can_be(shelf: Path, tmp_path: Path) -> None:
    import onnx  # noqa: PLC0415 (only this test makes models of its own)
    from onnx import TensorProto, helper  # noqa: PLC0415

    assert prepare(shelf / f"{TINY}.onnx", 0).repeats
    assert not prepare(shelf / "en_GB-wild-high.onnx", 0).repeats
    nodes = [
        helper.make_node("RandomNormal", [], ["a"], shape=[4], mean=5.0, scale=0.5),
        helper.make_node("RandomUniform", [], ["b"], shape=[4], low=2.0, high=3.0),
        helper.make_node("RandomUniformLike", ["a"], ["c"]),
        helper.make_node("Add", ["a", "b"], ["ab"]),
        helper.make_node("Add", ["ab", "c"], ["output"]),
    ]
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [4])]
    for version, stilled in ((15, True), (10, False)):
        graph = helper.make_graph(nodes, "drawing", [], outputs)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", version)], ir_version=8)
        onnx.save(model, str(tmp_path / "drawing.onnx"))
        assert prepare(tmp_path / "drawing.onnx", 3).repeats is stilled
        assert (prepare(tmp_path / "drawing.onnx", 3) == prepare(tmp_path / "drawing.onnx", 4)) is not stilled
