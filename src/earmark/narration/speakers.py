"""Who speaks: a listener hears a name where they could not know the voice by its sound."""

from earmark.article import Block, fields, walk
from earmark.narration.assembly import Lead
from earmark.narration.desk import Desk, Scope
from earmark.narration.figures import words_of
from earmark.narration.stretches import primary


def heading_voice(desk: Desk, language: str) -> str:
    """Return the voice that says a heading in `language`, "" for the article's own."""
    return desk.voices.headings if primary(language) == primary(desk.language) else ""


class Turns:
    """Whose turn it is among blocks that follow each other."""

    def __init__(self, desk: Desk, speaker: str) -> None:
        """Begin inside what `speaker` says, "" for nobody in particular."""
        self._desk, self._speaker = desk, speaker
        self._lead: Lead | None = None

    def goes_to(self, scope: Scope, block: Block) -> None:
        """Let the speaker of `scope` go on with `block`, after their name where another spoke before."""
        if scope.speaker == self._speaker:
            return
        self.end()
        self._speaker = scope.speaker
        if scope.speaker and _is_announced(self._desk, scope, block):
            words = self._desk.added(f"{scope.speaker}:", block.id)
            self._lead = self._desk.assembly.lead(Lead(words, block.id, "speaker", self._desk.pauses.sentence))

    def end(self) -> None:
        """Forget the name of a speaker who had nothing to say."""
        if self._lead:
            self._desk.assembly.drop_lead(self._lead)
            self._lead = None


def _is_announced(desk: Desk, scope: Scope, block: Block) -> bool:
    """Tell whether the name is said: not where the article prints it right there, nor where the sound tells it."""
    name = scope.speaker.casefold()
    is_new = name not in desk.introduced
    desk.introduced.add(name)
    wanted = desk.narration.speakers
    if wanted == "never" or _names(block, scope.speaker):
        return False
    return wanted == "every" or is_new or not (scope.recording or desk.voices.speakers.get(name))


def _names(block: Block, speaker: str) -> bool:
    """Tell whether the words of a block begin with the name."""
    opening = next((inline.text for one in walk((block,)) for _, inline in fields(one) if inline.text), "")
    return words_of(opening[: 2 * len(speaker) + 8]).startswith(words_of(speaker))
