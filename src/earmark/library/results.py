"""What became of an article, as the event that the command line shows and the report collects."""

from earmark.library import events
from earmark.library.inputs.sources import Found
from earmark.library.state.index import Known
from earmark.pipeline.studio import Take
from earmark.writers.record import Record


def made(found: Found, take: Take, record: Record) -> events.Made:
    """Return that an edition was made and published as `record`."""
    return events.Made(
        name=found.name,
        source=found.relative,
        slug=record.slug,
        title=record.title,
        duration=record.duration,
        utterances=take.utterances,
        spoken=take.spoken,
        omitted_words=record.omitted_words,
        problems=take.edition.script.problems,
        files=tuple(f"{record.slug}/{file.name}" for file in record.files),
    )


def unchanged(found: Found, known: Known) -> events.Unchanged:
    """Return that an edition was fresh."""
    return events.Unchanged(
        name=found.name,
        source=found.relative,
        slug=known.slug,
        title=known.title,
        duration=known.duration,
        omitted_words=known.omitted_words,
    )
