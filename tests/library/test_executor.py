"""What is asked of a scheduler's workers, and what is made of their answers: here each is a call, and may die."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from earmark import __version__
from earmark.errors import EngineError
from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.distributed import dispatch, executor
from earmark.library.distributed.batches import Job, Told, built
from earmark.library.distributed.executor import Answer, GivenUp, Workers, look_around, run_apart
from earmark.library.distributed.schedulers import ExecutorRefused, ExecutorUnreachable, ExecutorUnusable, address_for
from earmark.library.distributed.shards import Fault
from earmark.library.inputs.sources import discover
from earmark.settings import Layer, merge

Build = Callable[..., events.Outcome]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    for number in range(1, 6):
        text = f"---\ndate: 2026-01-0{number}\n---\n# Title {number}\n\nIt rained {number} times.\n"
        (tmp_path / "articles" / f"a{number}.md").write_text(text)
    (tmp_path / "articles" / "draft.md").write_text("---\ndraft: true\n---\n# A draft\n\nNot yet.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(site: Path) -> Build:
    def runs(out: str, executor: str = "", **given: object) -> events.Outcome:
        layer = Layer("test", {"voice": {"engine": "tone"}, "site": {"address": "https://example.org/a/"}})
        plan = Plan(
            folder=discover([Path("articles")], suffixes=(".md",), out=site / out),
            settings=merge(layer),
            out=site / out,
            cache=site / "cache",
            jobs=1,
            executor=executor,
        )
        return build(replace(plan, **given), tell=lambda _event: None, stop=threading.Event())

    return runs


class Inline:
    """Workers that build when they are asked for the next answer; `deadly` articles kill whoever builds them."""

    deadly: str = ""
    answers: Callable[[Told], Told] | None = None
    lost_after = 99
    batches: list[tuple[str, ...]]

    def __init__(self, _written: str, _stop: threading.Event) -> None:
        self._jobs: list[tuple[int, Job]] = []
        type(self).batches = []

    def close(self) -> None:
        self._jobs.clear()

    def threads(self) -> int:
        return 1

    def look(self, *, cwd: str, out: str, source: str, size: int, token: str) -> None:
        assert look_around(cwd, out, source, size, token) == (__version__, "")

    def submit(self, number: int, job: bytes, _cwd: str) -> None:
        self._jobs.append((number, msgspec.msgpack.decode(job, type=Job)))

    def next(self) -> tuple[int, Answer]:
        if len(self.batches) == self.lost_after:
            raise ExecutorUnreachable("the scheduler is lost")
        number, job = self._jobs.pop(0)
        self.batches.append(job.paths)
        if self.deadly and any(self.deadly in path for path in job.paths):
            return number, Answer("tcp://w", -9)
        told = built(job, threading.Event())
        told = type(self).answers(told) if type(self).answers else told  # type: ignore[misc]
        return number, Answer("tcp://w", 0, msgspec.msgpack.encode(told))


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> type[Inline]:
    class Mine(Inline):
        pass

    monkeypatch.setattr(dispatch, "Workers", Mine)
    return Mine


def published(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".earmark" not in path.parts
    }


def test_an_article_that_kills_is_found_by_halving(site: Path, run: Build, workers: type[Inline]) -> None:
    run("plain")
    workers.deadly = "a3"
    outcome = run("far", "dask://127.0.0.1:1")
    (failed,) = (one for one in outcome.results if isinstance(one, events.Failed))
    assert str(failed.error).startswith("articles/a3.md: what built it on tcp://w died each time (signal 9).")
    assert sum(isinstance(one, events.Made) for one in outcome.results) == 4
    assert sum(isinstance(one, events.Skipped) for one in outcome.results) == 1
    assert workers.batches.count(("a3.md",)) == 2
    workers.deadly = ""
    assert not any(isinstance(one, events.Failed) for one in run("far", "dask://127.0.0.1:1").results)
    assert published(site / "far") == published(site / "plain")


def test_workers_on_which_everything_dies_are_given_up(site: Path, run: Build, workers: type[Inline]) -> None:
    for number in range(12):
        (site / "articles" / f"b{number}.md").write_text("# More\n\nIt rained.\n")
    workers.deadly = "."
    (error,) = run("far", "dask://127.0.0.1:1").troubles
    assert str(error).startswith("20 batches died, and none was built.")


def test_what_is_made_when_a_scheduler_is_lost_is_kept(site: Path, run: Build, workers: type[Inline]) -> None:
    run("plain")
    workers.lost_after = 1
    outcome = run("far", "dask://127.0.0.1:1")
    assert [type(error) for error in outcome.troubles] == [ExecutorUnreachable]
    assert len(outcome.results) == 4
    workers.lost_after = 99
    assert len(run("far", "dask://127.0.0.1:1").results) == 6
    assert workers.batches == [("a5.md", "draft.md")]
    assert published(site / "far") == published(site / "plain")


def test_a_worker_that_can_make_nothing_ends_it(run: Build, workers: type[Inline]) -> None:
    told = Told(troubles=(Fault("", "", "EngineNotFound", "no such engine is installed", "", "own"),))
    workers.answers = staticmethod(lambda _told: told)
    (error,) = run("a", "dask://127.0.0.1:1").troubles
    assert isinstance(error, EngineError)
    assert str(error) == "engine own: no such engine is installed (on worker tcp://w)"
    told = Told(troubles=(Fault("", "", "SettingsError", "it is wrong", "Mend it."),))
    (error,) = run("b", "dask://127.0.0.1:1").troubles
    assert isinstance(error, ExecutorUnusable)
    assert str(error) == "worker tcp://w: it is wrong. Mend it."


def test_a_worker_with_other_libraries_ends_it(run: Build, workers: type[Inline]) -> None:
    def others(told: Told) -> Told:
        assert told.manifest
        return replace(told, manifest=replace(told.manifest, base={**told.manifest.base, "encoder": "another"}))

    workers.answers = staticmethod(others)
    (error,) = run("far", "dask://127.0.0.1:1").troubles
    assert str(error).startswith("worker tcp://w sees other templates or sounds, or has other libraries")


def test_an_article_that_nothing_is_told_of_has_failed(run: Build, workers: type[Inline]) -> None:
    def silent(told: Told) -> Told:
        assert told.manifest
        return replace(told, manifest=replace(told.manifest, known=()), made=())

    workers.answers = staticmethod(silent)
    outcome = run("far", "dask://127.0.0.1:1")
    errors = [str(one.error) for one in outcome.results if isinstance(one, events.Failed)]
    assert errors[0] == "articles/a1.md: its worker told nothing of it. Build it again."
    assert len(errors) == 5


def test_what_a_worker_does_not_see_is_told(site: Path) -> None:
    size = (site / "articles" / "a1.md").stat().st_size
    here, source = str(site), "articles/a1.md"
    assert look_around(str(site / "no"), "o", source, size, "t")[1].startswith("does not see the folder")
    assert look_around(here, "o", source, size + 1, "t")[1] == "sees another articles/a1.md"
    assert look_around(here, "o", "articles/b.md", 1, "t")[1] == "does not see articles/b.md"
    assert look_around(here, "o", source, size, "t")[1] == "does not see the folder o that this machine writes into"


def test_a_process_that_is_not_wanted_any_more_ends(site: Path) -> None:
    code, told = run_apart(b"no job", str(site), lambda: False)
    assert (code == 0, told) == (False, b"")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("dask://127.0.0.1:8786", "tcp://127.0.0.1:8786"),
        ("dask://localhost:8786/", "tcp://localhost:8786"),
        ("dask://[::1]:8786", "tcp://[::1]:8786"),
        ("tls://farm.example.org:8786", "tls://farm.example.org:8786"),
    ],
)
def test_addresses(written: str, address: str) -> None:
    assert address_for(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "dask://localhost",
        "http://localhost:1",
        "tcp://127.0.0.1:8786",
        "",
        "tls://a b:1",
        "tls://ann:s3cret@host:8786",
        "dask://localhost:1?key=s3cret",
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ExecutorRefused, match="is no address of a scheduler") as caught:
        address_for(written)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("host", ["10.0.0.7", "farm.example.org", "localhost.example.org", "[2001:db8::1]"])
def test_nothing_goes_to_another_machine_unencrypted(host: str) -> None:
    with pytest.raises(ExecutorUnusable, match="not encrypted") as caught:
        address_for(f"dask://{host}:8786")
    assert f"tls://{host}:8786" in caught.value.hint
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in caught.value.hint


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorUnusable, match=r'pip install "earmark\[dask\]"'):
        Workers("dask://127.0.0.1:8786", threading.Event())


def test_whoever_is_told_to_stop_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = threading.Event()
    monkeypatch.setattr(executor, "_connected", lambda *_: hangs.wait(10))
    stop = threading.Event()
    stop.set()
    with pytest.raises(GivenUp):
        Workers("dask://127.0.0.1:8786", stop)
    hangs.set()
