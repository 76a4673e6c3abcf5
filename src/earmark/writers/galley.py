"""The galley: an edition as several formats are made from it, each thing that they share made once, when first asked for.

A build makes one galley for an edition and drops it when all is published; nothing is kept beyond that.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from earmark.edition import Edition
from earmark.packed import LONG, Again, table
from earmark.timeline import Cue, Placed
from earmark.writers.markup import Document, document
from earmark.writers.printable import lines
from earmark.writers.wording import Shown, Texts, shown, texts


class Galley:
    """An edition, and what more than one writer needs of it."""

    def __init__(self, edition: Edition) -> None:
        """Take the edition; nothing is made yet."""
        self.edition = edition

    @cached_property
    def texts(self) -> Texts:
        """The normalised text of every block's fields."""
        return texts(self.edition.article, self.edition.metadata.title)

    @cached_property
    def captions(self) -> Iterable[tuple[Cue, Shown]]:
        """The cues that show anything, in order of time, with what they show."""
        return Again(self._shown) if len(self.edition.timeline.cues) > LONG else tuple(self._shown())

    def _shown(self) -> Iterator[tuple[Cue, Shown]]:
        for cue in self.edition.timeline.cues:
            text = shown(cue.sentence, self.texts)
            if lines(text.text):
                yield cue, text

    @cached_property
    def placed(self) -> Mapping[str, Placed]:
        """Where each utterance stands on the axis, by its id."""
        return table((place.id, place) for place in self.edition.timeline.placed)

    @property
    def pictures(self) -> dict[str, str]:
        """The published names of the article's pictures, by the address that it gives."""
        return {picture.source: picture.name for picture in self.edition.pictures}

    @cached_property
    def document(self) -> Document:
        """The article as elements, with its pictures."""
        return document(self.edition, pictures=self.pictures)

    @cached_property
    def in_words(self) -> Document:
        """The same without pictures: what they show stands in words."""
        return document(self.edition) if self.edition.pictures else self.document
