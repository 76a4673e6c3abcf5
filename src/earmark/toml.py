"""TOML, read within bounds: what the standard library's reader stalls on is refused as it refuses what is nested too deeply."""

import re
import tomllib
from typing import Any, Final

# A dotted key's every part is looked up from the first on, so a chain of parts takes the square of its length.
_CHAIN: Final = re.compile(r"""(?<![\w"'.-])(?:[\w"'-]++\s*+\.\s*+){64}""")


def loads(text: str) -> dict[str, Any]:
    """Return what `text` sets.

    Raises `tomllib.TOMLDecodeError`, with the line where it is known, and `RecursionError` for what is nested too deeply.
    """
    if _CHAIN.search(text):
        raise RecursionError
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        raise tomllib.TOMLDecodeError("a number has more digits than can be read") from None
