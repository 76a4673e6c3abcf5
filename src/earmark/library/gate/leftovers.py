"""What killed builds have left half written in the folder of editions; what is being written now is no leftover."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from earmark.library.state.index import FOLDER
from earmark.storage.files import is_temporary
from earmark.storage.holding import is_abandoned, is_held


def leftovers(out: Path, slugs: Sequence[str]) -> tuple[Path, ...]:
    """Return the half-written files that nobody writes any more, in the folder itself and in its editions."""
    folders = (str(out), str(out / FOLDER), *(f"{out}/{slug}" for slug in slugs))
    return tuple(sorted(path for folder in folders for path in _left_in(folder)))


def remove(path: Path) -> bool:
    """Delete a leftover, unless somebody has begun to write it; tell whether it is gone."""
    return is_temporary(path.name) and is_abandoned(path)


def _left_in(folder: str) -> Iterator[Path]:
    try:
        names = [name for name in os.listdir(folder) if is_temporary(name)]  # noqa: PTH208 (of ten thousand folders)
    except OSError:
        return
    for name in names:
        path = Path(folder, name)
        if not path.is_symlink() and not is_held(path):
            yield path
