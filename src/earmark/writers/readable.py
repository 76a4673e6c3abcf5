"""JSON as earmark publishes it: the same bytes every time, one item of a list to a line, so that a diff reads well."""

import json
from collections.abc import Mapping


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _laid_out(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"    {_compact(item)}" for item in value) + "\n  ]"
    return _compact(value)


def readable(document: Mapping[str, object]) -> bytes:
    """Return `document` as UTF-8: a key to a line in the order given, a list of objects an object to a line.

    Half a surrogate pair, which no UTF-8 can hold, becomes "?": offsets into the text stay right.
    """
    body = ",\n".join(f"  {_compact(key)}: {_laid_out(value)}" for key, value in document.items())
    return f"{{\n{body}\n}}\n".encode("utf-8", "replace")
