"""How long a build took, stage by stage, as its report tells it; and every stretch of work, for a trace."""

from collections.abc import Callable, Mapping
from threading import Lock
from time import perf_counter
from typing import Annotated

from msgspec import Meta, Struct

from earmark.library import events


class Stages(Struct, frozen=True):
    """Seconds of each stage, of the wall's clock. What is done on several cores at once is added up, stage by stage."""

    read: Annotated[float, Meta(description="parsing the source")] = 0.0
    narrate: Annotated[float, Meta(description="deciding what is said, and how")] = 0.0
    speak: Annotated[float, Meta(description="finding clips in the cache and having the others spoken")] = 0.0
    lay_out: Annotated[float, Meta(description="putting clips and pauses on one axis")] = 0.0
    encode: Annotated[
        float, Meta(description="rendering, encoding and measuring, which goes on beside the writing")
    ] = 0.0
    write: Annotated[float, Meta(description="making and writing every file")] = 0.0

    def to(self, stage: str, seconds: float) -> "Stages":
        """Return these with more seconds at a stage."""
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        name = stage.replace(" ", "_")
        values[name] = round(values[name] + seconds, 6)
        return Stages(**values)


class Observed:
    """Listens to a build's events beside those who show them; may be told from several threads."""

    def __init__(self) -> None:
        """Begin to listen."""
        self.began = perf_counter()
        self.spent: list[events.Spent] = []
        self._lock = Lock()

    def before(self, show: Callable[[events.Event], None]) -> Callable[[events.Event], None]:
        """Return `show` so that this hears first of what took time."""

        def listen(event: events.Event) -> None:
            if isinstance(event, events.Spent):
                with self._lock:
                    self.spent.append(event)
            show(event)

        return listen

    def stages(self) -> Mapping[str, Stages]:
        """Return the stages of each article by its path."""
        found: dict[str, Stages] = {}
        for one in self.spent:
            if not one.span.detail:
                found[one.source] = found.get(one.source, Stages()).to(one.span.name, one.span.seconds)
        return found

    def seconds(self) -> float:
        """Return how long it has been listening."""
        return round(perf_counter() - self.began, 6)


def total(stages: Mapping[str, Stages]) -> Stages:
    """Return the stages of all articles together."""
    whole = Stages()
    for one in stages.values():
        for name in one.__struct_fields__:
            whole = whole.to(name, getattr(one, name))
    return whole
