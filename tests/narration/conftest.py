"""Articles built by hand, block by block, and told."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from earmark.article import (
    Article,
    Block,
    Code,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Metadata,
    Paragraph,
    Quote,
    Table,
)
from earmark.narration.desk import Voices
from earmark.narration.narrate import narrate
from earmark.narration.script import Script, Sentence, Utterance, spoken_text, utterances
from earmark.options import NarrationOptions, PauseOptions

BARE = NarrationOptions(
    say_title=False, say_authors=False, say_date=False, say_duration=False, say_synthetic=False, say_ending=False
)


@dataclass
class Sheet:
    """Hands out ids in order, and tells what was written."""

    count: int = 0
    bare: NarrationOptions = field(default_factory=lambda: BARE)

    def id(self) -> str:
        self.count += 1
        return f"b{self.count:04}"

    def inline(self, text: str, *marks: tuple[MarkKind, str] | tuple[MarkKind, str, str]) -> Inline:
        """Mark words of a text, each where it first stands."""
        found = []
        for kind, words, *value in marks:
            start = text.index(words)
            found.append(Mark(kind, start, start + len(words), "".join(value)))
        return Inline(text, tuple(sorted(found, key=lambda m: (m.start, -m.end))))

    def p(
        self, text: str, *marks: tuple[MarkKind, str] | tuple[MarkKind, str, str], language: str | None = None
    ) -> Paragraph:
        return Paragraph(id=self.id(), content=self.inline(text, *marks), language=language)

    def h(self, level: int, text: str) -> Heading:
        return Heading(id=self.id(), level=level, content=Inline(text))

    def quote(self, *texts: str, language: str | None = None) -> Quote:
        return Quote(id=self.id(), blocks=tuple(self.p(text) for text in texts), language=language)

    def items(self, kind: str, *texts: str, start: int = 1) -> List:
        name = self.id()
        return List(
            id=name,
            kind=kind,
            items=tuple(
                ListItem(id=self.id(), number=start + n if kind == "ordered" else None, blocks=(self.p(text),))
                for n, text in enumerate(texts)
            ),
        )

    def figure(self, alt: str | None, caption: str | None = None) -> Figure:
        return Figure(id=self.id(), source="a.jpg", alt=alt, caption=None if caption is None else Inline(caption))

    def table(self, header: Iterable[str], *rows: Iterable[str], caption: str = "", row_headers: bool = False) -> Table:
        return Table(
            id=self.id(),
            header=tuple(Inline(cell) for cell in header),
            rows=tuple(tuple(Inline(cell) for cell in row) for row in rows),
            caption=Inline(caption) if caption else None,
            row_headers=row_headers,
        )

    def code(self, text: str, info: str = "") -> Code:
        return Code(id=self.id(), text=text, info=info)

    def tell(
        self,
        *blocks: Block,
        metadata: Metadata | None = None,
        language: str = "en",
        narration: NarrationOptions | None = None,
        pauses: PauseOptions | None = None,
        voices: Voices | None = None,
    ) -> Script:
        """Narrate the blocks: without opening and ending unless `narration` is given."""
        return narrate(
            Article(metadata or Metadata(), blocks),
            narration=narration or self.bare,
            pauses=pauses or PauseOptions(),
            language=language,
            title_fallback="a-file",
            words_per_minute=170,
            voices=voices,
        )

    def said(self, script: Script) -> list[str]:
        """Return what each utterance says; earmark's own words in brackets, echoes after a tilde."""
        return [self._said(utterance) for utterance in utterances(script)]

    def cues(self, script: Script) -> list[list[str]]:
        """Return what each sentence's utterances say."""
        return [
            [self._said(part) for part in item.parts if isinstance(part, Utterance)]
            for item in script.items
            if isinstance(item, Sentence)
        ]

    def _said(self, utterance: Utterance) -> str:
        words = spoken_text(utterance.said)
        return f"[{words}]" if utterance.added else f"~{words}" if utterance.echo else words

    def omitted(self, script: Script) -> list[tuple[str, str]]:
        return [(omission.printed, omission.reason) for omission in script.omitted]


@pytest.fixture
def sheet() -> Sheet:
    """Return an empty sheet."""
    return Sheet()
