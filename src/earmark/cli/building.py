"""What `earmark build` does once its arguments are known: settings, the build itself, its report."""

import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from types import FrameType

import platformdirs
from msgspec import Struct
from msgspec.structs import asdict

from earmark.article import Severity
from earmark.cli import exits
from earmark.cli.telling import console, progress
from earmark.cli.telling.log import Json, Log, Plain
from earmark.cli.telling.report import outputs_of, prepare_report, totals_of, write_report
from earmark.cli.telling.timings import Observed
from earmark.library import events
from earmark.library.budget import refuse_over_budget
from earmark.library.build import Plan, build
from earmark.library.distributed.shards import Shard
from earmark.library.inputs.choosing import EVERYTHING, Choice, choose
from earmark.library.inputs.sources import STANDARD_INPUT, Folder, discover
from earmark.library.rehearsal import Rehearsal, rehearsal
from earmark.pipeline.pricing import Bill
from earmark.pipeline.reader import Process
from earmark.readers import READERS
from earmark.settings import Layer, Settings, epoch_of, from_environment, merge, read_file
from earmark.storage.remote import address_of


class Asked(Struct, frozen=True, kw_only=True):
    """The command's arguments."""

    sources: tuple[Path, ...]
    out: Path
    flags: Mapping[str, Mapping[str, object | None]]
    jobs: int
    force: bool
    report: Path | None
    plain: bool
    cache: Path | None
    snippet: bool = False
    shard: str = ""
    executor: str = ""
    reader: Process | None = None
    choice: Choice = EVERYTHING
    log: Log = Plain()
    trace: Path | None = None


def run(asked: Asked) -> int:
    """Build, show it, and return the exit code."""
    plan = plan_of(asked)
    outcome, code = made(plan, asked)
    _print_snippets(outcome, plan.settings, asked)
    return code


def _print_snippets(outcome: events.Outcome, settings: Settings, asked: Asked) -> None:
    """Print what to paste into the articles' own pages: where it was asked for, or where one article was made."""
    there = [result for result in outcome.results if isinstance(result, events.Made | events.Unchanged)]
    one = len(outcome.results) == 1 and settings.site.address and isinstance(outcome.results[0], events.Made)
    if not settings.page.publish or not (there and (asked.snippet or one)):
        return
    from earmark.writers.page import snippet  # noqa: PLC0415 (templates load slowly: not where nothing is printed)

    address = settings.site.address or f"{asked.out.name}/"
    for result in there:
        html = snippet(result.title, result.slug, address, settings.site.tongue)
        asked.log.result("snippet", html, article=result.source)


def made(plan: Plan, asked: Asked) -> tuple[events.Outcome, int]:
    """Build `plan` and show it; return what came of it, and its exit code."""
    for file in filter(None, (asked.report, asked.trace)):
        prepare_report(file)
    _share()
    observed = Observed()
    with interruptible() as stop, _display(asked) as display:
        show = observed.before(display.show) if asked.report or asked.trace else display.show
        outcome = build(plan, tell=show, stop=stop)
    _tell_the_rest(outcome, plan, asked.log)
    code = _code(outcome)
    if asked.report:
        write_report(asked.report, outcome, observed, out=asked.out, code=code)
    if asked.trace:
        from earmark.cli.telling.trace import write_trace  # noqa: PLC0415 (few ask for one)

        write_trace(asked.trace, observed)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from earmark.cli.telling import github  # noqa: PLC0415 (only there)

        outputs = outputs_of(outcome, code=code, report=asked.report)
        github.show_build(
            outcome, progress.summary(outcome), os.environ, outputs, annotated=isinstance(asked.log, Plain)
        )
    return outcome, code


def _display(asked: Asked) -> AbstractContextManager[progress.Display]:
    """Return what shows the events: the log where it is for a program, else a bar or lines."""
    if isinstance(asked.log, Json):
        return nullcontext(asked.log)
    plain = console.is_plain(os.environ, plain=asked.plain)
    return progress.display(plain=plain, colour=not os.environ.get("NO_COLOR"))


def _tell_the_rest(outcome: events.Outcome, plan: Plan, log: Log) -> None:
    """Tell what belongs to no article, and sum up."""
    for error in outcome.troubles:
        log.complain(error)
    if not plan.folder.found and not plan.folder.refused:
        kinds = " ".join(sorted(READERS))
        log.note("note", f"there is no article in {plan.folder.root}; what is read: {kinds}")
    for notice in outcome.notices:
        if notice.severity is not Severity.INFO or any(isinstance(result, events.Made) for result in outcome.results):
            log.problem(notice)
    totals = asdict(totals_of(outcome.results))
    log.result("summary", progress.summary(outcome), interrupted=outcome.interrupted, **totals)


def rehearse(asked: Asked) -> int:
    """Tell what a build would do; nothing is spoken or written."""
    plan = plan_of(asked)
    currency, log = plan.settings.cost.currency, asked.log
    found = rehearsal(plan)
    for article in found.articles:
        if article.state != "stale":
            log.result("listed", f"{article.name}: {article.state}", file=article.name, state=article.state)
            continue
        log.result(
            "listed",
            f"{article.name}: {article.characters:,} characters, {article.utterances} utterances,"
            f" about {_minutes(article.seconds)}, {len(article.to_speak)} to be spoken"
            f"{_sum(article.bill, currency)}",
            file=article.name,
            state=article.state,
            characters=article.characters,
            utterances=article.utterances,
            seconds=round(article.seconds, 3),
            to_speak=len(article.to_speak),
        )
        if isinstance(log, Json):
            continue  # the words of an article are for its author
        for printed in article.to_speak[:_SHOWN]:
            console.result(f"  {printed}")
        if len(article.to_speak) > _SHOWN:
            console.result(f"  and {len(article.to_speak) - _SHOWN} more")
    for failed in found.failed:
        log.complain(failed.error)
    log.result("summary", f"{_total(found)}{_sum(found.bill, currency)}")
    refuse_over_budget(plan, found)
    return exits.combined(exits.code_of(failed.error) for failed in found.failed)


_SHOWN = 20  # utterances of one article that a rehearsal lists


def settings_for(folder: Folder, flags: Mapping[str, Mapping[str, object | None]]) -> Settings:
    """Return what is in force for `folder`: its earmark.toml, the environment, the flags that were given."""
    return merge(*layers_for(folder, flags))


def layers_for(folder: Folder, flags: Mapping[str, Mapping[str, object | None]]) -> tuple[Layer, ...]:
    """Return what `folder`'s earmark.toml, the environment and the flags say, the strongest last."""
    given = {section: {k: v for k, v in values.items() if v is not None} for section, values in flags.items()}
    file = [read_file(folder.settings_file)] if folder.settings_file else []
    return (*file, from_environment(os.environ), Layer("command line", given))


def plan_of(asked: Asked) -> Plan:
    """Return what the arguments ask for."""
    folder = discover(asked.sources, suffixes=READERS, out=asked.out)
    settings = settings_for(folder, asked.flags)
    cache, shared = cache_of(asked.cache)
    return Plan(
        folder=choose(folder, asked.sources, settings.articles, asked.choice),
        settings=settings,
        choice=asked.choice,
        out=asked.out,
        cache=cache,
        shared_cache=shared,
        jobs=asked.jobs or (1 if asked.executor else console.jobs_available()),
        force=asked.force,
        shard=Shard.parse(asked.shard) if asked.shard else None,
        executor=asked.executor,
        reader=asked.reader,
        detailed=asked.trace is not None,
        epoch=epoch_of(os.environ.get("SOURCE_DATE_EPOCH", "")),
        standard_input=standard_input(settings) if STANDARD_INPUT in asked.sources else None,
    )


def cache_of(given: Path | None) -> tuple[Path, str]:
    """Return the folder that clips are kept in, and the address in an object store behind it, "" for none."""
    shared = address_of(given) if given else ""
    return platformdirs.user_cache_path("earmark") if shared or not given else given, shared


def standard_input(settings: Settings) -> bytes:
    """Return what was given as standard input, no more than shows that it is too much."""
    return sys.stdin.buffer.read(settings.reading.most_bytes + 1)


_M_ARENA_MAX = -8  # malloc.h
_ARENAS = 2


def _share() -> None:
    """Let threads that encode take turns with those that write text: the first would mostly wait for the others.

    And a build makes many values that live to its end: looking for garbage finds none, so it is done less often.
    """
    sys.setswitchinterval(0.0005)  # s
    gc.set_threshold(50_000, 20, 1000)
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # another C library has its own ways
            # glibc gives each thread a store of its own and keeps what was freed in it: a third of a long article's memory.
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C and a polite kill set; a second Ctrl-C ends at once."""
    stop = threading.Event()

    def asked_to_stop(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, asked_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _code(outcome: events.Outcome) -> int:
    codes = [exits.code_of(result.error) for result in outcome.results if isinstance(result, events.Failed)]
    codes += [exits.code_of(error) for error in outcome.troubles]
    return exits.combined([*codes, exits.INTERRUPTED] if outcome.interrupted else codes)


def _minutes(seconds: float) -> str:
    return f"{max(1, round(seconds / 60)) if seconds else 0} min"


def _sum(bill: Bill | None, currency: str) -> str:
    """Return what it costs as the end of a line, "" where no price is known."""
    if bill is None:
        return ""
    worst = (
        f" (at most {bill.at_worst:,.2f}, if another engine has to step in)" if bill.at_worst > bill.expected else ""
    )
    about = "less than 0.01" if 0 < bill.expected < 0.01 else f"about {bill.expected:,.2f}"  # noqa: PLR2004 (a cent)
    return f", for {about} {currency}{worst}"


def _total(found: Rehearsal) -> str:
    stale = [article for article in found.articles if article.state == "stale"]
    if not stale:
        return f"0 of {len(found.articles)} articles to make"
    return (
        f"{len(stale)} of {len(found.articles)} articles to make: {sum(a.characters for a in stale):,} characters,"
        f" {sum(a.utterances for a in stale):,} utterances, about {_minutes(sum(a.seconds for a in stale))},"
        f" {sum(len(a.to_speak) for a in stale):,} to be spoken"
    )
