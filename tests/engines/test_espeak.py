"""The espeak engine: repeatable, hard to kill, and honest about voices and words."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import espeakng_loader
import pytest
from msgspec.structs import replace

from earmark.audio.clip import Clip
from earmark.engines import children, load
from earmark.engines.base import Request
from earmark.engines.children import Child, Hung
from earmark.engines.espeak import engine as espeak
from earmark.engines.espeak import pool as espeak_pool
from earmark.engines.espeak.engine import EspeakEngine
from earmark.engines.espeak.pool import Answer, Crashed, Manner, Pool, Refused, Spoken
from earmark.errors import EngineError, SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, Said, Text, spoken_text
from earmark.testing import check_clip

pytestmark = pytest.mark.usefixtures("counted_children")

LIBRARY = espeakng_loader.get_library_path()
DATA = espeakng_loader.get_data_path()
PLAIN = Manner(voice="gmw/en", rate=175, pitch=50, spread=50, flags=0)
CRASHING = ("s'" * 68, "U.S.A." * 67, "i.e." * 100)


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    with closing(EspeakEngine(workers=2, forking=True)) as engine:
        yield engine


def _request(said: str | Said = "The harbour stays open.", voice: str = "en", **how: float) -> Request:
    return Request(said=(Text(said),) if isinstance(said, str) else said, language="en", voice=voice, **how)  # type: ignore[arg-type]


def _words(clip: Clip, said: str) -> list[str]:
    assert clip.words is not None
    return [said[word.text_start : word.text_end] for word in clip.words]


# Voices

LISTING = """
import ctypes, json, sys
class Voice(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("languages", ctypes.c_void_p), ("identifier", ctypes.c_char_p),
                ("rest", ctypes.c_ubyte * 4), ("score", ctypes.c_int), ("spare", ctypes.c_void_p)]
library = ctypes.CDLL(sys.argv[1])
library.espeak_Initialize(2, 0, sys.argv[2].encode(), 0)
library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(Voice))
voices, index, found = library.espeak_ListVoices(None), 0, {}
while voices[index]:
    voice, languages = voices[index].contents, []
    at = voice.languages
    while priority := ctypes.string_at(at, 1)[0]:
        tag = ctypes.string_at(at + 1)
        languages.append([priority, tag.decode().lower()])
        at += 2 + len(tag)
    found[voice.identifier.decode()] = [voice.name.decode(), languages]
    index += 1
print(json.dumps(found))
"""


def test_the_voices_are_those_that_the_library_lists(engine: EspeakEngine) -> None:
    listed = subprocess.run(  # noqa: S603 (this test's own code)
        [sys.executable, "-I", "-c", LISTING, LIBRARY, DATA], check=True, capture_output=True, text=True
    ).stdout
    ours = {
        voice.path: [voice.description, [list(language) for language in voice.languages]]
        for voice in engine._catalogue.by_name.values()  # noqa: SLF001 (names alone would not show the priorities)
    }
    theirs = json.loads(listed)
    silent = {"gmq/fo", "trk/kaa", "art/xex"}  # listed without a dictionary
    able = theirs.keys() - silent
    assert {path: [theirs[path][0].strip(), theirs[path][1]] for path in able} == ours
    assert len(engine.voices()) == len(theirs) - len(silent) > 100


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("en_gb", "en"),
        ("en-AU", "en"),
        ("en-US", "en-us"),
        ("en-CA", "en-us"),
        ("en-GB-scotland", "en-gb-scotland"),
        ("de-CH-1996", "de"),
        ("fr", "fr"),
        ("fr-FR", "fr"),
        ("fr-CA", "fr"),
        ("fr-BE", "fr-be"),
        ("es-MX", "es-419"),
        ("es", "es"),
        ("pt-BR", "pt-br"),
        ("pt", "pt"),
        ("pt-PT", "pt"),
        ("zh", "cmn"),
        ("zh-Hans-CN", "cmn"),
        ("zh-HK", "yue"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("iw", "he"),
        ("hy", "hy"),
        ("vi", "vi"),
    ],
)
def test_a_language_finds_the_voice_that_people_expect(engine: EspeakEngine, language: str, voice: str) -> None:
    assert engine.resolve(language).name == voice


@pytest.mark.parametrize("language", ["", "xx", "tlh-Latn", "und", "../en", "fo"])
def test_a_language_without_a_voice_is_refused(engine: EspeakEngine, language: str) -> None:
    with pytest.raises(VoiceNotFound) as caught:
        engine.resolve(language)
    assert "en-gb" in caught.value.available


def test_voices_have_variants(engine: EspeakEngine) -> None:
    assert engine.resolve("en", "en+f3").name == "en+f3"
    assert engine.resolve("en", "EN-US+F3").name == "en-us+f3"
    assert engine.resolve("en", "en+f3").gender == "female"
    assert engine.resolve("de", "en-gb").name == "en"
    plain, variant = engine.speak(_request()), engine.speak(_request(voice="en+f3"))
    assert plain.samples.tobytes() != variant.samples.tobytes()
    # The library itself takes an unknown variant without a word, and speaks as if there were none.
    for name in ("en+zz", "en+", "zz+f3", "en+../../lang/gmw/de"):
        with pytest.raises(VoiceNotFound):
            engine.resolve("en", name)


def test_fingerprints_depend_on_the_data_and_nothing_else(engine: EspeakEngine, tmp_path: Path) -> None:
    names = ("en", "en-us", "en+f3", "de")
    found = [engine.fingerprint(engine.resolve("en", name)) for name in names]
    assert len({print_.digest for print_ in found}) == len(names)
    for source in Path(DATA).iterdir():
        (tmp_path / source.name).symlink_to(source)
    elsewhere = EspeakEngine(data=str(tmp_path))
    assert elsewhere.fingerprint(engine.resolve("en")) == found[0]
    (tmp_path / "en_dict").unlink()
    (tmp_path / "en_dict").write_bytes(b"other rules")
    assert elsewhere.fingerprint(engine.resolve("en")) != found[0]


def test_the_version_is_the_wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import version  # noqa: PLC0415 (only here)

    espeak._version.cache_clear()  # noqa: SLF001 (both ways to find it are to agree)
    assert espeak._version() == version("espeakng-loader")  # noqa: SLF001 (as above)
    espeak._version.cache_clear()  # noqa: SLF001 (as above)
    monkeypatch.setattr(espeakng_loader, "__file__", str(tmp_path / "package" / "__init__.py"))
    assert espeak._version() == version("espeakng-loader")  # noqa: SLF001 (as above)
    espeak._version.cache_clear()  # noqa: SLF001 (as above)


# Speaking

SENTENCES = (
    ("en", "The committee met on Tuesday, in 1980, to discuss the “harbour”."),
    ("en-us+f3", "A cat sat on a mat; and the dog?"),
    ("de", "Der Hafen bleibt geöffnet, sagte sie."),
    ("cmn", "港口保持开放。"),
    ("ru", "Гавань остаётся открытой."),
)


def test_both_ways_of_isolation_give_the_same_bytes_however_often(engine: EspeakEngine) -> None:
    requests = [_request(text, voice) for voice, text in SENTENCES]
    with (
        closing(load("espeak", options={"isolation": "process"}, workers=2)) as other,
        ThreadPoolExecutor(2) as threads,
    ):
        first = [engine.speak(request) for request in requests]
        again = list(threads.map(engine.speak, requests * 4)) + list(threads.map(other.speak, requests))
    for number, clip in enumerate(again):
        assert clip.samples.tobytes() == first[number % len(requests)].samples.tobytes()
        assert clip.words == first[number % len(requests)].words


def test_the_locale_and_the_folder_do_not_matter(
    engine: EspeakEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = engine.speak(_request(SENTENCES[0][1])).samples.tobytes()
    for module in ("struct", "ctypes", "mmap", "signal"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('a stray module was imported')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C")
    with closing(EspeakEngine()) as elsewhere:
        assert elsewhere.speak(_request(SENTENCES[0][1])).samples.tobytes() == expected


def test_rate_pitch_and_emphasis_are_heard(engine: EspeakEngine) -> None:
    normal = engine.speak(_request())
    assert len(engine.speak(_request(rate=2.0)).samples) < 0.65 * len(normal.samples)
    assert len(engine.speak(_request(rate=0.6)).samples) > 1.4 * len(normal.samples)
    others = [_request(pitch=1.5), _request(pitch=0.5), _request(emphasis=True)]
    sounds = {engine.speak(request).samples.tobytes() for request in [_request(), *others]}
    assert len(sounds) == 4
    # What is beyond the bounds is taken as the bound.
    assert engine.speak(_request(rate=9.0)).samples.tobytes() == engine.speak(_request(rate=3.0)).samples.tobytes()
    assert engine.speak(_request(pitch=9.0)).samples.tobytes() == engine.speak(_request(pitch=2.0)).samples.tobytes()


def test_every_word_is_timed_or_joined_to_its_neighbour(engine: EspeakEngine) -> None:
    said = "In 1980, 😀 the  end\u00a0of café life — “so” it was."
    clip = engine.speak(_request(said))
    check_clip(clip, said)
    assert clip.words is not None
    found = _words(clip, said)
    assert " ".join(found).split() == [word for word in said.split() if word != "—"]
    assert "café" in found
    assert clip.words[0].start == 0
    assert clip.words[-1].end == len(clip.samples)
    assert all(one.end == other.start for one, other in zip(clip.words, clip.words[1:], strict=False))


def test_sounds_are_said_exactly_as_the_word_they_write(engine: EspeakEngine) -> None:
    written = engine.speak(_request("Mr Taylor of [[x]] left."))
    said = (Text("Mr "), Phonemes("ˈteɪlə"), Text(" of [[x]] left."))
    sounded = engine.speak(_request(said))
    assert sounded.samples.tobytes() == written.samples.tobytes()
    assert _words(sounded, spoken_text(said)) == ["Mr", "/ˈteɪlə/", "of", "[[x]]", "left."]


def test_sounds_that_the_library_lacks_are_said_by_their_alias_or_refused(engine: EspeakEngine) -> None:
    alias = engine.speak(_request((Text("Mr "), Phonemes("ǃxóõ", "Taylor"), Text(" left."))))
    assert alias.samples.tobytes() == engine.speak(_request("Mr Taylor left.")).samples.tobytes()
    with pytest.raises(SynthesisError, match="alias"):
        engine.speak(_request((Phonemes("ǃxóõ"),)))


def test_markup_is_text(engine: EspeakEngine) -> None:
    # With SSML on, this would be sixteen minutes of silence.
    clip = engine.speak(_request('<speak><break time="999s"/></speak>'))
    assert len(clip.samples) / clip.sample_rate < 10
    assert len(engine.speak(_request("[[t'eIl@]]")).samples) > 1.3 * len(engine.speak(_request("Taylor")).samples)


# Crashes


@pytest.mark.parametrize("text", CRASHING)
@pytest.mark.parametrize("isolation", ["fork", "process"])
def test_texts_that_crash_the_library_are_spoken(isolation: str, text: str) -> None:
    with closing(load("espeak", options={"isolation": isolation})) as engine:
        said = f"He said {text} and left."
        check_clip(engine.speak(_request(said)), said)


@pytest.mark.parametrize("forking", [True, False])
def test_the_library_really_crashes_on_them_and_only_they_are_lost(*, forking: bool) -> None:
    with closing(Pool("espeak", LIBRARY, DATA, workers=1, forking=forking)) as pool:
        before = pool.speak("Well.", PLAIN, 10)
        for text in CRASHING:
            with pytest.raises(Crashed):
                pool.speak(text, PLAIN, 10)
        assert pool.speak("Well.", PLAIN, 10) == before


def test_a_voice_that_is_refused_and_a_fork_that_was_ended_are_no_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Pool("espeak", LIBRARY, DATA, workers=1, forking=True)) as pool:
        with pytest.raises(Refused, match="refused"):
            pool.speak("Well.", replace(PLAIN, voice="en-gb"), 10)
        monkeypatch.setattr(pool, "ask", lambda *_: Answer(-signal.SIGALRM, 0, b"", b""))
        with pytest.raises(Hung):
            pool.speak("Well.", PLAIN, 10)


def _odd_text(chance: random.Random) -> str:
    words = [
        "the",
        "harbour",
        "don't",
        "1980",
        "£3.5m",
        "i.e.",
        "U.S.A.",
        "s'",
        "a.m.",
        "J.K.",
        "—",
        "…",
        "(",
        ")",
        "“",
        "”",
        "'",
        "??!",
        ";",
        ",",
        "http://example.org/a/b?c=d",
    ]
    words += ["é́", "漢字", "Привет", "[[x]]", "&lt;", "<b>", "\u00ad", "\u200b", "😀", "O'Neill", "x" * 50, "I", "½"]
    separator = chance.choice([" ", " ", "", " , ", ". "])
    if chance.random() < 0.3:
        return separator.join([chance.choice(words)] * chance.randint(1, 150))
    if chance.random() < 0.1:
        return "".join(chr(chance.randint(1, 0x10FFFF)) for _ in range(chance.randint(1, 200)))
    return separator.join(chance.choice(words) for _ in range(chance.randint(1, 90)))


def test_odd_texts_become_clips(engine: EspeakEngine) -> None:
    chance = random.Random(20261122)  # noqa: S311 (the same texts each time)
    texts = [_odd_text(chance)[:400] for _ in range(250)]

    def speak(text: str) -> bool:
        try:
            check_clip(engine.speak(_request(text)), text)
        except SynthesisError as error:
            return "nothing to be heard" in error.message
        return True

    with ThreadPoolExecutor(2) as threads:
        assert all(threads.map(speak, texts))


def test_a_text_that_crashes_in_pieces_too_is_named(engine: EspeakEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> Spoken:
        raise Crashed

    monkeypatch.setattr(engine._pool, "speak", crash)  # noqa: SLF001 (no text crashes in small pieces, as far as known)
    with pytest.raises(SynthesisError, match="crashes on it") as caught:
        engine.speak(_request("word " * 200))
    assert caught.value.utterance == "word " * 200


def test_only_the_piece_that_crashes_is_made_smaller(engine: EspeakEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = engine._pool.speak  # noqa: SLF001 (a text that crashes only in its second half)

    def speak(text: str, manner: Manner, seconds: int) -> Spoken:
        asked.append(text)
        if "bad" in text and len(text) > 120:
            raise Crashed
        return real(text, manner, seconds)

    monkeypatch.setattr(engine._pool, "speak", speak)  # noqa: SLF001 (as above)
    said = "A good sentence, which is long enough. " * 8 + "A bad sentence, which is no better. " * 5
    clip = engine.speak(_request(said))
    check_clip(clip, said)
    assert clip.words is not None
    assert len(clip.words) > 70
    assert "".join(asked[-4:]).count("bad") >= 3


@pytest.mark.parametrize(("failure", "words"), [(Hung(), "come to an end"), (Refused("too long"), "too long")])
def test_what_else_the_library_may_do_is_an_error_about_the_words(
    engine: EspeakEngine, monkeypatch: pytest.MonkeyPatch, failure: Exception, words: str
) -> None:
    def fail(*_: object) -> Spoken:
        raise failure

    monkeypatch.setattr(engine._pool, "speak", fail)  # noqa: SLF001 (no such text is known)
    with pytest.raises(SynthesisError, match=words):
        engine.speak(_request())


# Children


def test_a_child_that_is_killed_is_replaced(engine: EspeakEngine) -> None:
    expected = engine.speak(_request()).samples.tobytes()
    for _ in range(3):
        assert engine.child_pids()
        for pid in engine.child_pids():
            os.kill(pid, signal.SIGKILL)
        assert engine.speak(_request()).samples.tobytes() == expected


def test_children_that_are_killed_while_they_speak_cost_nothing_but_time() -> None:
    said = "The harbour stays open, and so does the school. " * 60
    with closing(EspeakEngine(workers=1, forking=True)) as engine, ThreadPoolExecutor(1) as threads:
        expected = engine.speak(_request(said)).samples.tobytes()
        for _ in range(5):
            speaking = threads.submit(engine.speak, _request(said))
            os.kill(engine.child_pids()[0], signal.SIGKILL)
            assert speaking.result().samples.tobytes() == expected


def test_a_terminals_interrupt_is_not_for_the_children(engine: EspeakEngine) -> None:
    engine.speak(_request())
    pids = engine.child_pids()
    for pid in pids:
        assert os.getsid(pid) != os.getsid(0)
        os.kill(pid, signal.SIGINT)
    engine.speak(_request())
    assert engine.child_pids() == pids


@pytest.mark.parametrize("forking", [True, False])
def test_a_child_that_does_not_answer_is_ended(monkeypatch: pytest.MonkeyPatch, *, forking: bool) -> None:
    monkeypatch.setattr(espeak_pool, "_GRACE", 0.1)
    with closing(Pool("espeak", LIBRARY, DATA, workers=1, forking=forking)) as pool:
        before = pool.speak("Well.", PLAIN, 10)
        for pid in pool.pids():
            os.kill(pid, signal.SIGSTOP)
        with pytest.raises(Hung):
            pool.speak("Well.", PLAIN, 0)
        assert pool.speak("Well.", PLAIN, 10) == before


def test_closing_ends_what_is_being_spoken() -> None:
    engine = EspeakEngine(workers=1, forking=True)
    engine.speak(_request())
    (pid,) = engine.child_pids()
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as threads:
        speaking = threads.submit(engine.speak, _request())
        while engine._pool._idle:  # noqa: SLF001 (until the thread has taken the child)
            pass
        engine.close()
        with pytest.raises(EngineError, match="closed"):
            speaking.result(10)
    with pytest.raises(EngineError, match="closed"):
        engine.speak(_request())
    assert engine.child_pids() == ()


def test_a_thread_that_is_interrupted_does_not_leave_half_an_answer_to_the_next(
    engine: EspeakEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = engine.speak(_request()).samples.tobytes()
    real = Child._take  # noqa: SLF001 (where a thread waits for the answer)

    def interrupted(child: Child, length: int) -> bytes:
        real(child, length)
        raise KeyboardInterrupt

    monkeypatch.setattr(Child, "_take", interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine.speak(_request("Some other words."))
    monkeypatch.undo()
    assert engine.speak(_request()).samples.tobytes() == expected


PARENT = """
import sys, threading, time
from earmark.engines import children, load
from earmark.engines.base import Request
from earmark.narration.script import Text
engine = load("espeak", options={"isolation": sys.argv[1]}, workers=2)
def speak():
    while True:
        engine.speak(Request(said=(Text("The harbour stays open. " * 20),), language="en", voice="en"))
speak_once = engine.speak(Request(said=(Text("Well."),), language="en", voice="en"))
threading.Thread(target=speak, daemon=True).start()
threading.Thread(target=speak, daemon=True).start()
while len(engine.child_pids()) < 2:
    pass
print(*engine.child_pids(), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("isolation", ["fork", "process"])
def test_children_die_with_their_parent_however_it_dies(isolation: str) -> None:
    marker = f"earmark-test-{os.getpid()}-{isolation}"
    parent = subprocess.Popen(  # noqa: S603 (this test's own code)
        [sys.executable, "-c", PARENT, isolation],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "EARMARK_TEST": marker},
    )
    assert parent.stdout is not None
    assert parent.stdout.readline().split()
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    waiting = threading.Event()
    for _ in range(1200):
        if not _processes_with(marker):
            return
        waiting.wait(0.05)
    pytest.fail("a child has outlived its parent")


def _processes_with(marker: str) -> list[str]:
    """Return the living processes that have inherited `marker`."""
    listed = subprocess.run(["ps", "axeww", "-o", "stat=,command="], check=True, capture_output=True, text=True).stdout  # noqa: S607 (as the system finds it)
    return [line for line in listed.splitlines() if marker in line and not line.startswith("Z")]


def test_a_library_that_cannot_be_loaded_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "library.so"
    broken.write_bytes(b"no library")
    for library, data in ((str(broken), DATA), (LIBRARY, str(tmp_path))):
        with closing(Pool("espeak", library, data, workers=1, forking=True)) as pool:
            with pytest.raises(EngineError, match="Install espeakng-loader anew"):
                pool.speak("Well.", PLAIN, 10)
            assert pool.pids() == ()


def test_children_that_are_always_lost_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_GRACE", 0.01)
    monkeypatch.setattr(Child, "ask", lambda *_: None)  # a machine without memory
    with closing(EspeakEngine(forking=True)) as engine, pytest.raises(EngineError, match="again and again"):
        engine.speak(_request())


def test_an_interpreter_that_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with closing(EspeakEngine()) as engine, pytest.raises(EngineError, match="no child process"):
        engine.speak(_request())


@pytest.mark.parametrize("options", [{"isolation": "thread"}, {"voice": "en"}, {"isolation": 3}])
def test_options_are_checked(options: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="isolation"):
        load("espeak", options=options)


def test_a_child_is_warm_before_it_is_needed() -> None:
    engine = EspeakEngine()
    with closing(engine):
        engine.warm_up()
        (warm,) = engine.child_pids()
        engine.speak(_request("Ready."))
        assert engine.child_pids() == (warm,)
    engine.warm_up()  # too late: it was closed
    assert engine.child_pids() == ()
