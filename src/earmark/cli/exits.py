"""How each way of ending is told to the shell: one table."""

from collections.abc import Iterable
from types import MappingProxyType

from earmark import errors
from earmark.library.distributed.schedulers import ExecutorRefused, ExecutorUnreachable, ExecutorUnusable
from earmark.library.distributed.shards import ShardError
from earmark.library.inputs.sources import SourceNotFound
from earmark.library.state.history import HistoryError
from earmark.storage.remote import StoreUnreachable, StoreUnusable

OK = 0
SOME_FAILED = 1
USAGE = 2
CHECK_FAILED = 3
UNUSABLE = 4
TRY_LATER = 75
INTERRUPTED = 130

MEANINGS = MappingProxyType(
    {
        OK: "all built, or nothing to do",
        SOME_FAILED: "some article failed, the others are built",
        USAGE: "the command line is wrong: an unknown option, a source that is not there, a shard that is missing, a refusal by git",
        CHECK_FAILED: "`earmark check` found what is not fit to publish",
        UNUSABLE: "settings, lexicon or engine can't be used; nothing is built",
        TRY_LATER: "try again later: a rate limit, or no network",
        INTERRUPTED: "interrupted; what is finished is kept",
    }
)
"""What each code tells a person."""

CODES = MappingProxyType(
    {
        errors.EarmarkError: SOME_FAILED,
        errors.ReadError: SOME_FAILED,
        errors.WriteError: SOME_FAILED,
        errors.SynthesisError: SOME_FAILED,
        SourceNotFound: USAGE,
        HistoryError: USAGE,
        ShardError: USAGE,
        errors.SettingsError: UNUSABLE,
        errors.LexiconError: UNUSABLE,
        errors.OverBudget: UNUSABLE,
        errors.EngineError: UNUSABLE,
        errors.EngineNotFound: UNUSABLE,
        errors.VoiceNotFound: UNUSABLE,
        errors.RetryLater: TRY_LATER,
        StoreUnusable: UNUSABLE,
        StoreUnreachable: TRY_LATER,
        ExecutorRefused: USAGE,
        ExecutorUnusable: UNUSABLE,
        ExecutorUnreachable: TRY_LATER,
    }
)

_STRONGEST_FIRST = (INTERRUPTED, USAGE, UNUSABLE, SOME_FAILED, TRY_LATER, CHECK_FAILED)


def code_of(error: errors.EarmarkError) -> int:
    """Return the exit code of an error, by its class or the nearest base that is in the table."""
    return next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)


def combined(codes: Iterable[int]) -> int:
    """Return the one exit code that stands for several."""
    seen = set(codes)
    return next((code for code in _STRONGEST_FIRST if code in seen), OK)
