"""The command engine: a program of the tests' own speaks, fails, hangs, writes nonsense, and is stopped."""

import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from earmark.engines import load
from earmark.engines.base import Engine, Request
from earmark.errors import EarmarkError, EngineError, SynthesisError
from earmark.narration.script import Text
from earmark.testing import EngineContract

SENTENCE = "The harbour stays open."

# A synthesiser as a publisher might have one: a hum as long as the text, standard library only.
PROGRAM = """
import array, json, math, os, sys, wave
how, source, out = sys.argv[1:4]
text = (sys.stdin.buffer.read() if source == "-" else open(source, "rb").read() if os.path.exists(source) else source.encode()).decode("utf-8", "replace")
if how == "arguments":
    json.dump({"argv": sys.argv[1:], "text": text, "environment": sorted(os.environ)}, open(os.environ["SEEN"], "w"))
if how == "fail":
    sys.exit("first\\nsecond\\nthird\\x1b[31m line\\n\\nfourth " + "x" * 400)
if how == "hang":
    import subprocess, time
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    open(os.environ["SEEN"], "w").write(f"{os.getpid()} {child.pid}")
    time.sleep(60)
if how == "flood":
    while True:
        sys.stdout.buffer.write(b"x" * 65536)
if how == "nothing":
    sys.exit(0)
if how == "garbage":
    open(out, "wb").write(b"not at all" * 100)
    sys.exit(0)
level = 0 if how == "silence" else 9000
second = array.array("h", [int(level * math.sin(n / 20)) for n in range(22050)])
with wave.open(sys.stdout.buffer if out == "-" else out, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
    file.writeframes((second * (len(text) // 20 + 1))[: 22050 * max(len(text), 10) // 20].tobytes())
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "synth.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


Make = Callable[..., Engine]


@pytest.fixture
def make(program: Path) -> Iterator[Make]:
    made: list[Engine] = []

    def makes(
        how: str = "speak", source: str = "{text_file}", out: str = "{out}", *more: str, **options: object
    ) -> Engine:
        argv = [sys.executable, "-S", str(program), how, source, out, *more]
        made.append(load("command", options={"argv": argv, **options}, workers=2))
        return made[-1]

    yield makes
    for engine in made:
        engine.close()


def _request(text: str = SENTENCE, **how: object) -> Request:
    return Request(**{"said": (Text(text),), "language": "en", "voice": "default", **how})  # type: ignore[arg-type]


def _error(engine: Engine, request: Request | None = None) -> EarmarkError:
    with pytest.raises(EarmarkError) as caught:
        engine.speak(request or _request())
    return caught.value


class TestContract(EngineContract):
    @pytest.fixture(autouse=True)
    def _program(self, program: Path) -> None:
        self.program = program

    def create_engine(self) -> Engine:
        argv = [sys.executable, "-S", str(self.program), "speak", "{text_file}", "{out}"]
        return load("command", options={"argv": argv, "voices": ["anna:de", "bella"]}, workers=2)


@pytest.mark.parametrize(("source", "out"), [("{text_file}", "{out}"), ("-", "-"), ("{text}", "-"), ("-", "{out}")])
def test_text_goes_in_and_sound_comes_out_by_file_or_stream(make: Make, source: str, out: str) -> None:
    clip = make("speak", source, out).speak(_request())
    assert clip.sample_rate == 22_050
    assert round(20 * len(clip.samples) / 22_050) in {len(SENTENCE), len(SENTENCE) + 1}  # a line's end is one more


def test_what_the_program_gets(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen.json"
    monkeypatch.setenv("SEEN", str(seen))
    for name in ("COMMAND", "OPENAI"):
        monkeypatch.setenv(f"EARMARK_SECRET_{name}", "hidden")
    more = ("{language}", "{voice}", "rate={rate}", "{{literal}}", "{pitch}")
    engine = make("arguments", "{text_file}", "{out}", *more, voices=["-v:en"], encoding="latin-1")
    engine.speak(_request("Où? £3 “x” $(touch /x)", voice="-v", rate=1.5, pitch=0.9, language="en-GB"))
    found = json.loads(seen.read_text())
    assert found["argv"][3:] == ["en-GB", "-v", "rate=1.5", "{literal}", "0.9"]
    assert found["text"].encode("utf-8", "replace").decode() == "O\ufffd? \ufffd3 ?x? $(touch /x)\n"
    assert "EARMARK_SECRET_COMMAND" in found["environment"]
    assert "EARMARK_SECRET_OPENAI" not in found["environment"]
    assert not Path(found["argv"][1]).exists(), "nothing is left behind"


def test_an_article_never_becomes_an_option(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen.json"
    monkeypatch.setenv("SEEN", str(seen))
    engine = make("arguments", "{text}", "{out}")
    engine.speak(_request("--output=/etc/passwd; rm -rf /"))
    assert json.loads(seen.read_text())["argv"][1] == " --output=/etc/passwd; rm -rf /"
    for language in ("--help", "-x", "en;ls", "../x", ""):
        assert "no language" in _error(engine, _request(language=language)).message


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("fail", "ended with code 1: …"),
        ("nothing", "wrote no file"),
        ("garbage", "can't be used: it is no WAV"),
        ("silence", "silence"),
    ],
)
def test_a_program_that_fails_is_an_error_about_its_words(make: Make, how: str, words: str) -> None:
    error = _error(make(how))
    assert isinstance(error, SynthesisError)
    assert words in error.message
    assert error.utterance == SENTENCE
    assert len(str(error)) < 500


def test_the_last_words_of_a_program_are_clean(make: Make, program: Path) -> None:
    program.write_text(PROGRAM.replace('"x" * 400', '"it"'), encoding="utf-8")
    assert _error(make("fail")).message == "the program ended with code 1: second / third [31m line / fourth it"


def test_a_program_that_writes_nothing_to_its_output(make: Make) -> None:
    assert "wrote nothing" in _error(make("nothing", "-", "-")).message


def test_too_much_is_stopped(make: Make) -> None:
    assert "more than 200,000 bytes" in _error(make("flood", "-", "-", most_bytes=200_000)).message
    assert "more than 20,000 bytes" in _error(make(most_bytes=20_000)).message


def _is_gone(pid: int) -> bool:
    """Tell whether a process has ended; one that nobody has waited for yet has, too."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells processes by /proc")
@pytest.mark.parametrize("how", ["by the clock", "by closing"])
def test_a_program_that_hangs_is_ended_with_what_it_has_started(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    seen = tmp_path / "pids"
    monkeypatch.setenv("SEEN", str(seen))
    engine = make("hang", seconds=60.0)
    if how == "by closing":

        def close_when_it_runs() -> None:
            while not (seen.exists() and seen.read_text().count(" ")):
                threading.Event().wait(0.02)
            engine.close()

        threading.Thread(target=close_when_it_runs).start()
        error = _error(engine)
        assert "signal 9" in error.message or "interrupted" in error.message
    for seconds in (1.0, 5.0, 25.0) if how == "by the clock" else ():
        assert f"more than {seconds:g} s" in _error(make("hang", seconds=seconds)).message
        if seen.exists() and seen.read_text().count(" "):
            break  # on a slow machine it had not even started the other
    pids = [int(pid) for pid in seen.read_text().split()]
    for _ in range(3000):
        if all(map(_is_gone, pids)):
            break
        threading.Event().wait(0.02)
    assert all(map(_is_gone, pids))
    if how == "by closing":
        assert "closed" in _error(engine).message


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"argv": ["no-such-program-at-all"]}, "is not there"),
        ({"argv": ["{text}"]}, "is not there"),
        ({"argv": [sys.executable, "{txt}"]}, "nothing fills {txt}"),
        ({"argv": [sys.executable, "{}"]}, "nothing fills {}"),
        ({"argv": "espeak-ng --stdin"}, "option argv"),
        ({"argv": [sys.executable], "encoding": "klingon"}, "klingon"),
        ({"argv": [sys.executable], "voices": []}, "option voices"),
        ({"argv": [sys.executable], "shell": True}, "no option shell"),
    ],
)
def test_a_template_that_can_not_work_is_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(EngineError, match=words.replace("{", "\\{").replace("}", "\\}")):
        load("command", options=options)


def test_before_it_is_set_up_it_has_no_voices() -> None:
    engine = load("command")
    assert engine.voices() == ()
    with pytest.raises(EngineError, match="no program is set"):
        engine.resolve("en")
    with pytest.raises(EngineError, match="no program is set"):
        engine.speak(_request())


def test_what_has_no_place_is_refused(make: Make) -> None:
    engine = make()
    assert "no place for rate" in _error(engine, _request(rate=1.2)).message
    assert "no place for pitch" in _error(engine, _request(pitch=1.2)).message


def test_a_program_that_can_not_be_run(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    error = _error(load("command", options={"argv": [str(broken)]}))
    assert "can't be run" in error.message
    assert type(error) is EngineError


def test_another_program_or_model_is_another_sound(make: Make, program: Path) -> None:
    voice = make().resolve("en")
    plain = make().fingerprint(voice)
    assert make(seconds=5.0).fingerprint(voice) == plain
    assert make(version="2").fingerprint(voice) != plain
    assert make("speak", "-").fingerprint(voice) != plain
    program.write_text(PROGRAM + "\n", encoding="utf-8")
    assert make().fingerprint(voice) != plain


@pytest.mark.parametrize(
    "argv",
    [
        ["espeak-ng", "-v", "{language}", "-f", "{text_file}", "-w", "{out}"],
        ["espeak-ng", "--stdin", "--stdout"],
        ["flite", "-f", "{text_file}", "-o", "{out}"],
        ["text2wave", "{text_file}", "-o", "{out}"],
    ],
    ids=["espeak-ng by file", "espeak-ng by stream", "flite", "festival"],
)
def test_real_synthesisers_where_they_are_installed(argv: list[str]) -> None:
    if shutil.which(argv[0]) is None:
        with pytest.raises(EngineError, match="is not there"):
            load("command", options={"argv": argv})
        return
    with closing(load("command", options={"argv": argv})) as engine:
        clip = engine.speak(_request("-f The committee met on Tuesday, and the harbour stays open."))
    assert 2.0 < len(clip.samples) / clip.sample_rate < 8.0
    assert os.environ.get("PATH")
