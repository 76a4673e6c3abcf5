"""`earmark build --executor` as a command: what it can't be asked together with, and who does not answer."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
HERE = ("--executor", "dask://127.0.0.1:8786")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("--shard", "1/2"), "--shard. Leave one of them out: the workers have parts of their own."),
        (("--preview",), "--preview."),
        (("--trace", "t.json"), "--trace."),
        (("-",), "standard input."),
    ],
)
def test_what_does_not_go_together_is_a_wrong_command_line(run: Run, given: tuple[str, ...], named: str) -> None:
    ended = run("build", *HERE, *given)
    assert ended.code == 2
    assert f"--executor does not go together with {named}" in ended.err


def test_folders_are_shared_and_no_addresses(run: Run) -> None:
    ended = run("build", *HERE, "-o", "s3://press/audio")
    assert ended.code == 2
    assert "articles and editions lie in folders that all machines share" in ended.err


def test_another_machine_needs_tls(run: Run) -> None:
    ended = run("build", "--executor", "dask://farm:8786")
    assert ended.code == 4
    assert "dask://farm:8786 is on another machine, and not encrypted" in ended.err


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (OSError("refused"), (75, "no scheduler answers within 10 seconds. Start it (dask scheduler)")),
        (TypeError("TLS expects one"), (4, "TLS expects one. Certificates are named by DASK_DISTRIBUTED__COMM__TLS")),
    ],
)
def test_a_scheduler_that_can_not_be_spoken_with(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, error: Exception, ending: tuple[int, str]
) -> None:
    def client(_address: str, **_options: object) -> None:
        raise error

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=client))
    write("one.md", "# One\n\nIt rained.\n")
    ended = run("build", *HERE)
    assert ended.code == ending[0]
    assert ending[1] in ended.err
    assert not Path("audio", "one").exists()
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert 'Install it: pip install "earmark[dask]".' in run("build", *HERE).err.replace('"\n', '".')
    assert run("build").code == 0
    assert run("build", *HERE).code == 0  # nothing to do: nobody is asked
