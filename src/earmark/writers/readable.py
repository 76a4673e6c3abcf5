"""JSON as earmark publishes it: the same bytes every time, one item of a list to a line, so that a diff reads well."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import chain


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _laid_out(value: object) -> Iterator[str]:
    """Yield a value piece by piece: the cues of a long article come one by one, and are never all in memory."""
    if not isinstance(value, Iterator):
        yield _compact(value)
        return
    between = "[\n    "
    for item in value:
        yield between + _compact(item)
        between = ",\n    "
    yield "[]" if between[0] == "[" else "\n  ]"


def readable(document: Mapping[str, object]) -> bytes:
    """Return `document` as UTF-8: a key to a line in the order given, what is an iterator an item to a line.

    Half a surrogate pair, which no UTF-8 can hold, becomes "?": offsets into the text stay right.
    """
    out = BytesIO()
    between = "{\n  "
    for key, value in document.items():
        for piece in chain((between, _compact(key), ": "), _laid_out(value)):
            out.write(piece.encode("utf-8", "replace"))
        between = ",\n  "
    out.write(b"\n}\n")
    return out.getvalue()
