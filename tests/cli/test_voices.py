"""voices: listed, heard, fetched and removed; and the best of them chosen, which the record tells."""

import hashlib
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from earmark import engines
from earmark.cli import fetching, listing
from earmark.engines import auto
from earmark.engines.base import Voice
from earmark.engines.piper import engine as piper

TINY = "en_GB-tiny-medium"
ARTICLE = "# The harbour\n\nIt stays open.\n"

Run = Callable[..., Any]
Write = Callable[[str, str], Path]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Say nothing."""


@pytest.fixture
def mine(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's own folder of voices, empty and for this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(site / "data"))
    folder = site / "data" / "earmark" / "piper"
    monkeypatch.setattr(piper, "user_folder", lambda: folder)
    monkeypatch.setattr(fetching, "user_folder", lambda: folder)
    monkeypatch.setattr(listing, "user_folder", lambda: folder)
    return folder


@pytest.fixture
def collection(site: Path, make_voice: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Serve a collection of one voice, and set its address."""
    folder = site / "collection"
    make_voice(folder, TINY)
    (folder / f"{TINY}.MODEL_CARD").rename(folder / "MODEL_CARD")
    files = {
        path.name: {
            "size_bytes": path.stat().st_size,
            "md5_digest": hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest(),
        }
        for path in sorted(folder.iterdir())
    }
    language = {"code": "en_GB", "name_english": "English"}
    voice = {"key": TINY, "name": "tiny", "language": language, "quality": "medium", "num_speakers": 4, "files": files}
    (folder / "voices.json").write_text(json.dumps({TINY: voice}))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("EARMARK_ENGINES_PIPER_INDEX", f"http://127.0.0.1:{server.server_port}/")
        yield folder
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("collection")
def test_a_voice_is_listed_fetched_heard_and_removed(run: Run, mine: Path, site: Path) -> None:
    none = run("voices", "--engine", "piper")
    assert (none.code, none.out) == (4, "")
    assert "`earmark voices install NAME` fetches one" in none.err

    offered = run("voices", "--engine", "piper", "--refresh")
    line = f"piper {TINY}: en-GB; medium quality; English, tiny, 4 speakers; not installed\n"
    assert (offered.code, offered.out) == (0, line)
    assert run("voices", "--engine", "piper").out == line
    assert run("voices", "--engine", "piper", "--installed").code == 4

    fetched = run("voices", "install", TINY)
    assert (fetched.code, fetched.out) == (0, f"{TINY} is installed in {mine}\n")
    assert "its licence: CC0-1.0" in fetched.err
    assert f'engine = "piper", name = "{TINY}"' in fetched.err
    for how in ((), ("--offline",)):  # nobody is asked for what is whole
        assert run("voices", "install", TINY, *how).out == f"{TINY} is installed already\n"

    found = json.loads(run("voices", "--engine", "piper", "--json").out)["voices"]
    assert [(one["name"], one["installed"], one["licence"], one["quality"]) for one in found] == [
        (TINY, True, "CC0-1.0", "medium")
    ]
    heard = run("voices", "--engine", "piper", "--sample", "heard")
    assert heard.out == f"piper {TINY}: heard/piper-{TINY}.mp3\n"
    assert (site / "heard" / f"piper-{TINY}.mp3").stat().st_size > 10_000

    assert run("voices", "remove", TINY).out == f"{TINY} is removed from {mine}\n"
    again = run("voices", "remove", TINY)
    assert (again.code, f"the voice '{TINY}' is not in {mine}" in again.err) == (4, True)


@pytest.mark.usefixtures("collection", "mine")
def test_offline_nothing_is_tried(run: Run) -> None:
    refused = run("voices", "install", TINY, "--offline")
    assert (refused.code, "can't be fetched offline" in refused.err) == (4, True)
    refused = run("voices", "--refresh", "--offline")
    assert (refused.code, "can't be fetched offline" in refused.err) == (4, True)


@pytest.mark.usefixtures("mine")
def test_a_collection_that_is_not_there_is_for_later(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARMARK_ENGINES_PIPER_INDEX", "http://127.0.0.1:1/")
    monkeypatch.setattr("earmark.engines.piper.fetching._ATTEMPTS", 1)
    ended = run("voices", "install", TINY)
    assert (ended.code, "can't be reached" in ended.err) == (75, True)


def test_progress_is_lines(capsys: pytest.CaptureFixture[str]) -> None:
    progress = fetching._Progress()  # noqa: SLF001 (a download of that size is not for a test)
    for here in range(0, 20_000_001, 500_000):
        progress.told("a.onnx", here, 20_000_000)
    progress.told("b.json", 10, 10)
    assert capsys.readouterr().err.splitlines() == [f"a.onnx: {done} % of 20 MB" for done in range(0, 101, 10)]


def test_without_the_package_a_voice_can_be_fetched_all_the_same(
    run: Run, mine: Path, collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del mine, collection
    for module in (piper, fetching):
        monkeypatch.setattr(module, "missing_packages", lambda: ("piper",))
    assert 'piper itself is not installed yet: pip install "earmark[piper]"' in run("voices", "install", TINY).err
    listed = run("voices", "--engine", "piper")
    assert (listed.code, 'pip install "earmark[piper]"' in listed.err) == (4, True)


def test_samples_are_in_the_voices_own_language(run: Run, site: Path) -> None:
    ended = run("voices", "--engine", "espeak", "--language", "cy", "--sample", site / "heard", "--json")
    assert ended.out == f"espeak cy: {site}/heard/espeak-cy.mp3\n"
    (site / "file").write_text("")
    assert run("voices", "--engine", "tone", "--sample", site / "file").code == 1
    asked = run("voices", "--language", "cy", "--sample", site / "heard")
    assert "gtts needs the network: --engine gtts has it speak" in asked.err


def test_a_voice_that_says_nothing_keeps_no_other_from_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from earmark.engines.tone import ToneEngine  # noqa: PLC0415 (only here)

    low, high = ToneEngine().voices()
    wrong = Voice(engine="tone", name="no/thing", languages=("mul",))
    monkeypatch.setattr(ToneEngine, "voices", lambda _self: (low, wrong, high))
    ended = run("voices", "--engine", "tone", "--sample", "heard")
    assert ended.code == 1
    assert len(ended.out.splitlines()) == 2
    assert "there is no voice 'no/thing'" in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_voices_are_a_table_unless_plain(site: Path) -> None:
    for flags, first in (([], "engine  voice"), (["--plain"], "tone low: mul; a low tone")):
        leader, follower = pty.openpty()
        command = [str(Path(sys.executable).with_name("earmark")), "voices", "--engine", "tone", *flags]
        environment = {**os.environ, "TERM": "xterm"}
        subprocess.run(command, stdout=follower, stderr=follower, cwd=site, env=environment, check=True)  # noqa: S603 (our own)
        os.close(follower)
        assert os.read(leader, 4000).decode().startswith(first)
        os.close(leader)


def _voices(site: Path) -> list[tuple[str, str]]:
    record = json.loads((site / "audio" / "a" / "edition.json").read_text())
    return [(voice["engine"], voice["name"]) for voice in record["voices"]]


def test_auto_takes_the_best_that_is_installed_and_notices_a_better_one(  # noqa: PLR0913, PLR0917 (what it is about)
    run: Run, write: Write, site: Path, mine: Path, make_voice: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EARMARK_VOICE_ENGINE")
    (site / "articles" / "earmark.toml").write_text('[voice]\nname = "auto"\n[feed]\npublish = false\n')
    write("a.md", ARTICLE)
    assert run("build").code == 0
    assert _voices(site) == [("espeak", "en")]
    assert "1 unchanged" in run("build").out

    make_voice(mine, "de_DE-other-high", espeak="de")
    assert "1 unchanged" in run("build").out  # nothing in it is German
    make_voice(mine, TINY)
    assert "or a better one is installed" in run("check").out
    assert run("build").code == 0
    assert _voices(site) == [("piper", TINY)]
    assert "1 unchanged" in run("build").out

    monkeypatch.setattr(engines, "names", lambda: ("auto", "piper"))  # espeak's voices are for another test
    assert "engine piper: it speaks, 2 voices tried" in run("doctor").out
    (mine / f"{TINY}.onnx.json").unlink()
    told = run("doctor").out
    assert "engine auto: it speaks" in told
    assert f"note: engine piper: the voice {TINY} is broken" in told
    assert run("build").code == 0
    assert _voices(site) == [("espeak", "en")]


@pytest.mark.usefixtures("mine")
def test_auto_in_front_matter_and_beside_an_engine_is_the_best_of_that_engine(
    run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", f"---\nvoice: auto\n---\n{ARTICLE}")
    monkeypatch.setenv("EARMARK_VOICE_NAME", "auto")
    assert run("build").code == 0
    assert _voices(site) == [("tone", "low")]
    assert 'voice.engine = "auto" (flag, --engine)' in run("settings", "--voice", "auto").out


@pytest.mark.usefixtures("mine")
def test_an_engine_that_is_not_set_up_says_what_it_lacks(run: Run) -> None:
    ended = run("voices", "--engine", "command")
    assert ended.code == 4
    assert "engine command: no program is set. Write [engines.command] argv" in ended.err


def test_doctor_tells_how_to_get_a_voice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "names", lambda: ("piper", "tone"))
    assert "engine piper: no voice is installed. `earmark voices install NAME` fetches one." in run("doctor").out


def test_auto_has_no_options_of_its_own(run: Run, write: Write, site: Path) -> None:
    write("a.md", ARTICLE)
    (site / "articles" / "earmark.toml").write_text("[engines.auto]\nseed = 1\n")
    ended = run("build", "--engine", auto.NAME)
    assert (ended.code, "it has no options of its own" in ended.err) == (4, True)
