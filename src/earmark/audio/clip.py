"""A clip: what an engine gave for one utterance."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:  # who only asks which voices there are, or what is fresh, need not load numpy
    import numpy as np
    from numpy.typing import NDArray


class SpokenWord(Struct, frozen=True, gc=False):
    """When a word is heard.

    `text_start` and `text_end` count code points of what was said (`spoken_text`), `start` and `end`
    samples of the clip. `source` is "engine" or "aligned", never a guess.
    """

    text_start: int
    text_end: int
    start: int
    end: int
    source: str = "engine"


class Clip(Struct, frozen=True, eq=False):
    """Mono speech: `samples` int16 of shape (n,), and its words, None if the engine does not know them."""

    samples: "NDArray[np.int16]"
    sample_rate: int
    words: tuple[SpokenWord, ...] | None = None
