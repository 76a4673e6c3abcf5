"""What whoever writes an article may try: bombs, secrets, the network, and what crashes a voice."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Container
from contextlib import closing
from pathlib import Path

import pytest

from earmark.engines.base import Request
from earmark.engines.espeak.engine import EspeakEngine
from earmark.errors import SynthesisError
from earmark.narration.script import Text

SECRET = "sk-not-to-be-seen-anywhere-at-all"  # noqa: S105 (what is looked for)
SECONDS, MEGABYTES = 2.0, 200
COMMONMARK = "---\ndialect: commonmark\n---\n"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def _bombs(size: int) -> dict[str, str]:
    """Return articles made to take long or to need much; what is repeated is so `size` times."""
    markdown = {
        "brackets": "[" * size,
        "links": "[a](" * size,
        "images": "![" * size,
        "quotations": ">" * size + " a",
        "lists": "- " * size + "a",
        "tags": "<a " * size,
        "elements": "<div>" * size + "x" + "</div>" * size,
        "notes": "".join(f"[^a{n}]: x [^a{n + 1}]\n\n" for n in range(size // 200)) + "[^a0]",
        "stars": "*a **a " * (size // 20),
        "backticks": "".join("a" + "`" * n for n in range(1, int(size**0.5))),
        "references": "".join(f"[a{n}]: x\n" for n in range(size // 50)) + "[a1] " * (size // 50),
        "table": "|"
        + "a|" * (size // 400)
        + "\n|"
        + "-|" * (size // 400)
        + "\n"
        + ("|" + "b|" * (size // 400) + "\n") * 20,
        "spaces": "a" + " " * size + "b",
        "marks": "a" + "\u0301" * size,
    }
    found = {f"{name}.md": text for name, text in markdown.items()}
    found |= {f"{name}-commonmark.md": COMMONMARK + text for name, text in markdown.items()}
    pages = {
        "elements": "<div>" * size,
        "closed": "<div>" * size + "x" + "</div>" * size,
        "bold": "<b>" * size,
        "attributes": "<p " + " ".join(f"a{n}=1" for n in range(size)) + ">x",
        "open": "<a " * size,
        "entities": f'<!DOCTYPE x [<!ENTITY a "{"x" * 1000}"><!ENTITY b "{"&a;" * (size // 4)}">]><p>&b;</p>',
        "spans": "<table>" + "<tr><td colspan=1000 rowspan=65534>x</td></tr>" * (size // 400) + "</table>",
        "mathematics": "<math>" + "<mrow>" * size,
    }
    found |= {f"{name}.html": text for name, text in pages.items()}
    front = {
        "laughs": f"---\n{LAUGHS}---\n",
        "deep": f"---\ntitle: {'[' * size}\n---\n",
        "keys": "---\n" + "? " * size + "\n---\n",
        "digits": f"---\ntitle: {'9' * size}\n---\n",
        "tag": "---\ntitle: !!python/object/apply:os.system [exit]\n---\n",
        "toml": f"+++\na = {'[' * size}\n+++\n",
        "dots": f"+++\n{'.'.join(['a'] * size)} = 1\n+++\n",
        "json": f'{{"a": {"[" * size}\n\n',
    }
    return found | {f"front-{name}.md": f"{text}Words.\n" for name, text in front.items()}


# In a process of its own: each article in a fork of it, so that what one takes is told apart from all else.
_MEASURE = """
import json, os, pathlib, sys
from earmark.pipeline import desk, limits
from earmark.pipeline.compose import compose, warm_up
from earmark.pipeline.composed import Source
from earmark.settings import Settings
warm_up()
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    source = Source(name=path.name, data=path.read_bytes(), settings=Settings(), paces={"": 150.0})
    read, write = os.pipe()
    child = os.fork()
    if not child:
        most = limits.limits_of(source)
        limits.limit_memory()
        limits.allow_memory(most.memory)
        limits.set_alarm(most.seconds)
        answer = desk._answered(desk._answer(compose, source), source)
        os.write(write, json.dumps(answer if isinstance(answer, tuple) else None).encode()[:60_000])
        os._exit(0)
    os.close(write)
    with open(read, "rb") as file:
        told = file.read()
    _, status, used = os.wait4(child, 0)
    found = {"seconds": used.ru_utime + used.ru_stime, "kilobytes": used.ru_maxrss, "status": status}
    print(json.dumps([path.name, found, json.loads(told) if told else None]), flush=True)
"""


def _measured(folder: Path, size: int) -> None:
    for name, text in _bombs(size).items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", _MEASURE, str(folder)]
    ended = subprocess.run(command, capture_output=True, check=True, timeout=500)  # noqa: S603 (our own interpreter)
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(lines) == len(_bombs(size))
    for name, found, told in lines:
        assert found["seconds"] <= SECONDS + 0.2, (name, found)
        assert found["kilobytes"] <= MEGABYTES * 1000, (name, found)
        assert found["status"] in {0, 27}, (name, found)  # SIGPROF: the time was over
        assert told is None or (told[0] and told[2]), (name, told)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process holds")
@pytest.mark.parametrize("size", [20_000, pytest.param(200_000, marks=pytest.mark.soak)])
def test_a_bomb_takes_two_seconds_and_two_hundred_megabytes_at_most(tmp_path: Path, size: int) -> None:
    _measured(tmp_path, size)


def _environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "EARMARK" not in name and name != "CI"}
    return kept | {"EARMARK_CACHE": str(folder / "cache"), "HOME": str(folder), "XDG_DATA_HOME": str(folder)} | more


def _site(folder: Path) -> None:
    (folder / "articles").mkdir()
    (folder / "articles" / "earmark.toml").write_text('[site]\nlanguage = "en"\naddress = "https://example.org/"\n')
    (folder / "articles" / "one.md").write_text("# One\n\n![a](https://example.invalid/x.png)\n\nIt rained.\n")


def test_a_bomb_is_named_and_its_neighbour_is_built(tmp_path: Path, command: Path) -> None:
    _site(tmp_path)
    for name in ("brackets.md", "elements.html", "front-laughs.md"):
        (tmp_path / "articles" / name).write_text(_bombs(20_000)[name])
    environ = _environment(tmp_path, EARMARK_VOICE_ENGINE="tone")
    ended = subprocess.run(  # noqa: S603 (the command under test)
        [command, "build", "articles", "--plain"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    failed = sorted(
        line for line in ended.stderr.splitlines() + ended.stdout.splitlines() if "failed articles/" in line
    )
    assert [line.partition("articles/")[2].partition(":")[0] for line in failed] == [
        "brackets.md",
        "elements.html",
        "front-laughs.md",
    ]
    assert (tmp_path / "audio" / "one" / "edition.json").exists()


COMMANDS = (
    ("build", "articles", "--report", "report.json"),
    ("check", "articles"),
    ("check", "--deep", "articles"),
    ("script", "articles/one.md"),
    ("voices",),
    ("settings",),
    ("doctor",),
)

# Runs a command where whoever opens a connection, or asks for an address, is told on.
_WATCHED = """
import sys
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        sys.stderr.write(f"\\nREACHED {event} {arguments!r}\\n")
        sys.stderr.flush()
sys.addaudithook(watch)
sys.argv = ["earmark", *sys.argv[1:]]
from earmark.cli import main
main()
"""


SECRETS = {f"EARMARK_SECRET_{name}": SECRET for name in ("OPENAI", "PIPER", "GTTS", "COMMAND")}


def test_no_command_reaches_for_the_network_or_tells_a_secret(tmp_path: Path, command: Path) -> None:
    _site(tmp_path)
    environ = _environment(tmp_path, EARMARK_DEBUG="1", **SECRETS)
    told = [_shown([sys.executable, "-c", _WATCHED, *arguments], tmp_path, environ) for arguments in COMMANDS]
    assert "REACHED" not in "".join(told)
    with (tmp_path / "articles" / "earmark.toml").open("a") as file:
        file.write('[engines.openai]\naddress = "http://127.0.0.1:9/v1"\n')
    asked = ("build", "articles", "--engine", "openai", "-o", "other", "--report", "report.json")
    told.append(_shown([command, *asked], tmp_path, environ, codes={1, 4, 75}))
    assert SECRET not in "".join(told)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def _shown(command: list[object], folder: Path, environ: dict[str, str], codes: Container[int] = (0, 3)) -> str:
    """Run a command and return all that it printed."""
    ended = subprocess.run(  # noqa: S603 (the command under test)
        [str(part) for part in command], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert ended.returncode in codes, (command, ended.stdout, ended.stderr)
    return ended.stdout + ended.stderr


@pytest.mark.soak
def test_every_command_works_where_there_is_no_network(tmp_path: Path, command: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-n", "true"], check=False, capture_output=True).returncode:  # noqa: S603 (the same as below)
        if os.environ.get("CI") == "true":
            pytest.fail("unshare -n is not to be had")
        pytest.skip("unshare -n needs root")
    _site(tmp_path)
    for arguments in COMMANDS:
        _shown([unshare, "-n", command, *arguments], tmp_path, _environment(tmp_path))


CRASHING = ("s'" * 68, "U.S.A." * 67, "i.e." * 100)
ODD = "abcdefgst '’.,;:-–—!?()[]{}<>&/\\|*_#@%^~`\"0123456789\n\t\u0301\u200b\u202e\u00ad\ufeff…éßñçøłдщקאعब田あ한😀\ud7ff\ue000"


@pytest.mark.parametrize("count", [80, pytest.param(10_000, marks=pytest.mark.soak)])
def test_no_crash_of_the_library_reaches_us(count: int) -> None:
    """Texts of a fixed seed, short and long, even and odd: each is spoken, or is an error that names it."""
    random_ = random.Random(7)  # noqa: S311 (the same texts each time)
    lost = 0
    with closing(EspeakEngine(workers=2)) as engine:
        voice = engine.resolve("en").name
        for number in range(count):
            few = "".join(random_.choices(ODD, k=random_.randint(1, 6)))
            odd = "".join(random_.choices(ODD, k=random_.randint(1, 120)))
            text = (
                CRASHING[number // 40 % 3] if number % 40 == 0 else few * random_.randint(1, 60) if number % 2 else odd
            )
            try:
                clip = engine.speak(Request(said=(Text(text),), language="en", voice=voice))
                assert clip.sample_rate
            except SynthesisError as error:
                assert error.utterance  # noqa: PT017 (most are spoken)
                lost += 1
    assert lost < count * 0.5
