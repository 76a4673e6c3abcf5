"""A build whose engine dies half-way, for every engine: told by the article's name, and the second run ends in the same bytes."""

import json
import os
import signal
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from earmark.audio.clip import Clip
from earmark.engines import factory
from earmark.engines.base import Request
from earmark.engines.children import Child, Take
from earmark.engines.gtts import engine as gtts
from earmark.engines.gtts.service import Service
from earmark.engines.piper import engine as piper
from earmark.errors import SynthesisError
from earmark.narration.script import spoken_text

Stand = Any
Sounds = Any
Run = Callable[..., tuple[object, str, str]]

FATAL = "fatal"  # the word at which it dies
PLAGUED = f"# The plagued\n\nFog lay there. The day was {FATAL}.\n\nThe bank was shut.\n"
PACKAGE = Path(__file__).with_name("data") / "earmark-hum"
PROGRAM = """
import array, math, os, pathlib, signal, sys, wave
text = pathlib.Path(sys.argv[1]).read_text()
if "fatal" in text and pathlib.Path("sick").exists():
    os.kill(os.getpid(), signal.SIGKILL)
second = array.array("h", [int(9000 * math.sin(n / (10 + len(text)))) for n in range(22050)])
with wave.open(sys.argv[2], "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
    file.writeframes((second * 2).tobytes())
"""


class Sickness:
    """What an engine has while a file `sick` lies in the folder: it dies of one word."""

    def __init__(
        self, service: Stand, sounds: Sounds, patch: pytest.MonkeyPatch, make_voice: Callable[..., Path]
    ) -> None:
        self.service, self.sounds, self.patch, self.make_voice = service, sounds, patch, make_voice

    def catches(self, text: str) -> bool:
        return FATAL in text and Path("sick").exists()

    def by_children(self) -> None:
        """Kill the child process that is asked for the word, as it is asked."""
        ask = Child.ask

        def asked(own: Child, request: bytes, read: Callable[[Take], object]) -> object:
            if self.catches(request.decode("utf-8", "replace")):
                os.kill(own.pid, signal.SIGKILL)
            return ask(own, request, read)

        self.patch.setattr(Child, "ask", asked)

    def espeak(self) -> str:
        self.by_children()
        return ""

    def piper(self) -> str:
        self.patch.setattr(piper, "user_folder", lambda: Path("none"))
        self.make_voice(Path("voices"), "en_GB-tiny-medium")
        self.by_children()
        return f"[engines.piper]\nfolder = '{Path('voices').absolute()}'\n"

    def _refusing(self) -> None:
        self.service.behaviour = lambda asked, _: (
            self.sounds.answer(200 if "f.req" in asked.body else 400, self.sounds.framed(None))
            if self.catches(asked.text)
            else None
        )

    def openai(self) -> str:
        self._refusing()
        return ""  # where it is asked the fixture has set

    def gtts(self) -> str:
        self._refusing()
        endpoint = f"http://127.0.0.1:{self.service.server_port}/"
        self.patch.setattr(gtts, "Service", lambda **known: Service(**{**known, "endpoint": endpoint}))
        return ""

    def command(self) -> str:
        Path("synth.py").write_text(PROGRAM)
        argv = [sys.executable, "-S", str(Path("synth.py").absolute()), "{text_file}", "{out}"]
        return f"[engines.command]\nargv = {json.dumps(argv)}\n"

    def tone(self) -> str:
        return self._raising("tone")

    def hum(self) -> str:
        """Install the package that the guide shows, and have its engine raise."""
        project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        info = Path("site", f"earmark_hum-{project['version']}.dist-info")
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        points = project["entry-points"]["earmark.engines"].items()
        (info / "entry_points.txt").write_text(
            "[earmark.engines]\n" + "".join(f"{name} = {it}\n" for name, it in points)
        )
        for folder in (Path("site").absolute(), PACKAGE / "src"):
            self.patch.syspath_prepend(folder)
        return self._raising("hum")

    def _raising(self, name: str) -> str:
        engine = _engine_of(name)
        speak = engine.speak

        def spoken(own: object, request: Request) -> Clip:
            text = spoken_text(request.said)
            if self.catches(text):
                raise SynthesisError("it dies of it", engine=name, utterance=text)
            clip: Clip = speak(own, request)
            return clip

        self.patch.setattr(engine, "speak", spoken)
        return ""


def _engine_of(name: str) -> Any:  # noqa: ANN401 (a class of any engine)
    return type(factory(name)(options={"argv": [sys.executable, "{text}", "{out}"]} if name == "command" else {}))


def published(folder: str) -> dict[str, bytes]:
    found = (path for path in sorted(Path(folder).rglob("*")) if path.is_file() and ".earmark" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("name", ["command", "espeak", "gtts", "hum", "openai", "piper", "tone"])
def test_it_resumes_and_ends_in_the_same_bytes(  # noqa: PLR0913, PLR0917 (fixtures)
    run: Run,
    service: Stand,
    sounds: Sounds,
    monkeypatch: pytest.MonkeyPatch,
    make_voice: Callable[..., Path],
    name: str,
) -> None:
    Path("articles", "two.md").unlink()
    Path("articles", "plagued.md").write_text(PLAGUED)
    options = getattr(Sickness(service, sounds, monkeypatch, make_voice), name)()
    settings = f'{options}[voice]\nengine = "{name}"\n'
    spoken: list[str] = []
    engine = _engine_of(name)
    speak = engine.speak

    def listened(own: object, request: Request) -> Clip:
        clip: Clip = speak(own, request)
        spoken.append(spoken_text(request.said))
        return clip

    monkeypatch.setattr(engine, "speak", listened)
    assert run("-o", "quiet", settings=settings, cache="another")[0] == 0
    whole = sorted(spoken)
    spoken.clear()
    Path("sick").touch()
    code, out, err = run(settings=settings)
    assert code in {1, 4}, out + err
    assert "plagued.md" in err
    assert "1 failed" in out
    assert {path.parent.name for path in Path("audio").glob("*/edition.json")} == {"one"}
    assert not list(Path("audio").glob("plagued/*"))
    kept = sorted(spoken)
    spoken.clear()
    Path("sick").unlink()
    assert run(settings=settings)[0] == 0
    assert sorted(kept + spoken) == whole, "nothing that was spoken before it died is spoken again"
    assert any(FATAL in text for text in spoken)
    assert published("audio") == published("quiet")
