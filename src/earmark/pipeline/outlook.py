"""What an edition would come to: how long, how much of it is not in the cache, and what that would cost."""

from earmark.narration.duration import pace_of
from earmark.narration.script import each_utterance, spoken_text
from earmark.pipeline.casting import cast
from earmark.pipeline.composed import Composed
from earmark.pipeline.preparing import cached
from earmark.pipeline.pricing import bill
from earmark.pipeline.studio import Outlook, Studio
from earmark.storage import ObjectStore
from earmark.timeline import preview


def outlook(studio: Studio, composed: Composed, store: ObjectStore, *, is_empty: bool) -> Outlook:
    """Return what producing `composed` would come to; a store that `is_empty` is not even looked at."""
    settings = studio.settings
    who = cast(composed.script, composed.metadata, settings.voice, studio.engine)
    engine = cached(studio, store)
    seen: set[str] = set()
    to_speak: list[str] = []
    new = 0
    for utterance in each_utterance(who.script):
        request = who.requests.get(utterance.id)
        if request is None:  # a person has said it
            continue
        key = engine.key(request)
        if key not in seen and (is_empty or engine.length(request) is None):
            to_speak.append(utterance.printed or spoken_text(utterance.said))
            new += len(spoken_text(request.said))
        seen.add(key)
    expected = preview(who.script, pace_of(studio.paces, who.script.language), settings.chapters)
    characters = sum(len(spoken_text(request.said)) for request in who.requests.values())
    return Outlook(
        characters=characters,
        utterances=len(who.requests),
        seconds=expected.seconds,
        to_speak=tuple(to_speak),
        bill=bill(settings, characters=new, whole=characters, paces=studio.paces, language=who.script.language),
    )
