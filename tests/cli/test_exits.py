import inspect

import pytest

from earmark import errors
from earmark.cli import exits
from earmark.library.distributed import schedulers, shards
from earmark.library.inputs import sources
from earmark.library.state import history
from earmark.pipeline import studio
from earmark.storage import remote


def every_error() -> list[type[errors.EarmarkError]]:
    found: list[type[errors.EarmarkError]] = []
    for module in (errors, history, remote, schedulers, shards, sources, studio):
        found += [
            kind
            for _, kind in inspect.getmembers(module, inspect.isclass)
            if issubclass(kind, errors.EarmarkError) and kind.__module__ == module.__name__
        ]
    return found


def test_every_error_class_is_in_the_table() -> None:
    assert {kind.__name__ for kind in every_error()} == {kind.__name__ for kind in exits.CODES}


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([], 0),
        ([0, 0], 0),
        ([1, 130], 130),
        ([1, 2], 2),
        ([1, 4], 4),
        ([75, 1], 1),
        ([3, 75], 75),
        ([3], 3),
        ([130, 2, 4, 1, 75, 3], 130),
    ],
)
def test_several_endings_have_one_code(codes: list[int], code: int) -> None:
    assert exits.combined(codes) == code


def test_a_class_that_is_derived_has_its_bases_code() -> None:
    class Strange(errors.RetryLater):
        pass

    assert exits.code_of(Strange("busy", engine="x")) == exits.TRY_LATER
