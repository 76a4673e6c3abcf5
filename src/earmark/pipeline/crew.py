"""Threads that work on articles; whoever waits for them notices when the user says stop."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from earmark.pipeline.studio import Interrupted

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_AHEAD = 1_000  # items that wait at once: a long article has a hundred thousand, and one that waits takes a kilobyte
_GLANCE = 0.1  # seconds between looks at whether to stop


class Crew:
    """A pool of threads; `check` raises `Interrupted` once the user has asked to stop."""

    def __init__(self, pool: ThreadPoolExecutor, check: Callable[[], None]) -> None:
        """Take the threads; whoever made them ends them."""
        self._pool, self._check = pool, check

    def map(self, function: Callable[[_Item], _Result], items: Iterable[_Item], /) -> Iterator[_Result]:
        """Apply `function` on all cores; stop at the first error, and when the user says so."""
        failed = False

        def step(item: _Item) -> _Result | None:
            nonlocal failed
            if failed:
                return None  # the article has failed already; nobody will look at this
            self._check()
            try:
                return function(item)
            except BaseException:
                failed = True
                raise

        futures: deque[Future[_Result | None]] = deque()
        coming = iter(items)
        while True:
            for item in islice(coming, _AHEAD - len(futures)):
                self._check()  # a closed pool takes nothing more
                futures.append(self._pool.submit(step, item))
            if not futures:
                return
            result = self.attend(futures.popleft())
            if result is not None:
                yield result

    def attend(self, future: Future[_Result]) -> _Result:
        """Wait for a result; not for a service that hangs, once the user has asked to stop."""
        while not wait((future,), timeout=_GLANCE).done:
            self._check()
        if future.cancelled():
            raise Interrupted("stopped")
        return future.result()
