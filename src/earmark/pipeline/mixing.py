"""Has another engine speak the utterances that the first one failed on, where settings say that voices may be mixed."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeGuard

from msgspec import Struct, field
from msgspec.structs import replace

from earmark.article import Problem, Severity
from earmark.audio.clip import Clip
from earmark.engines.base import Engine, Request
from earmark.engines.cached import Cached, Measured
from earmark.errors import EngineError, RetryLater, VoiceNotFound
from earmark.narration.script import Item, Script, Sentence, Utterance, each_utterance
from earmark.packed import row
from earmark.pipeline.casting import Cast
from earmark.pipeline.composed import Composed


class Spoken(Struct, frozen=True):
    """Everything known of the clips of one article by utterance, none of their samples; `failed` are those there are none of."""

    described: Mapping[str, Measured]
    keys: Mapping[str, str]
    new: int
    failed: Mapping[str, EngineError] = field(default_factory=dict)


class Relay:
    """Several engines behind their caches: a request goes to the one that it names, "" being the first."""

    def __init__(self, first: Cached) -> None:
        """Begin with the first alone."""
        self._first = first
        self._others: dict[str, Cached] = {}

    def admit(self, name: str, make: Callable[[], Cached]) -> None:
        """Let the engine called `name` speak too; it is made unless it is there."""
        if name not in self._others:
            self._others[name] = make()

    def key(self, request: Request) -> str:
        """Return the key of the clip; each engine has its own."""
        return self._of(request).key(request)

    def length(self, request: Request) -> Measured | None:
        """Do as `Cached.length` does."""
        return self._of(request).length(request)

    def speak(self, request: Request) -> Clip:
        """Do as `Cached.speak` does."""
        return self._of(request).speak(request)

    def spoken(self, request: Request) -> Measured:
        """Do as `Cached.spoken` does."""
        return self._of(request).spoken(request)

    def settle(self) -> None:
        """Do as `Cached.settle` does, for all of them."""
        for one in (self._first, *self._others.values()):
            one.settle()

    def _of(self, request: Request) -> Cached:
        return self._others[request.engine] if request.engine else self._first


def relieve(
    who: Cast,
    spoken: Spoken,
    stands: Iterable[tuple[str, Cast]],
    speak: Callable[[Mapping[str, Request]], Spoken],
) -> tuple[Cast, Spoken]:
    """Return the cast, and what is spoken, once others have said what failed: `stands` are their names and casts.

    Raises the first engine's error if it said nothing at all, and if something is left that nobody can say.
    """
    errors, left = dict(spoken.failed), dict(spoken.failed)
    worst = next((error for error in errors.values() if isinstance(error, RetryLater)), next(iter(errors.values())))
    if len(errors) == len(who.requests):
        raise worst  # the next engine speaks the whole of it
    described, keys, new = dict(spoken.described), dict(spoken.keys), spoken.new
    helpers: dict[str, int] = {}
    for name, stand in stands:
        who = _relieved(who, left, stand, name)
        more = speak({which: who.requests[which] for which in left})
        described.update(more.described)
        keys.update(more.keys)
        new += more.new
        if more.described:
            helpers[name] = len(more.described)
        left = dict(more.failed)
        if not left:
            script = replace(who.script, problems=(*who.script.problems, _told(worst, helpers, len(who.requests))))
            who = replace(who, script=script, is_for_now=isinstance(worst, RetryLater))
            return who, Spoken(described, keys, new)
    raise worst


def _told(error: EngineError, helpers: Mapping[str, int], count: int) -> Problem:
    """Return what an editor should know of an edition that several engines speak."""
    failed = sum(helpers.values())
    who = " and ".join(helpers)
    message = (
        f"{error.engine} could not speak {failed:,} of its {count:,} utterances,"
        f" and {who} {'speaks' if len(helpers) == 1 else 'speak'} {'it' if failed == 1 else 'them'}:"
        f" {error.message.rstrip('.')}"
    )
    passing = isinstance(error, RetryLater)
    hint = "The next build tries again." if passing else (error.hint or "Put it right, and build with --force.")
    return Problem("voice-stand-in", Severity.WARNING, message, hint)


def _is_said(part: object) -> TypeGuard[Utterance]:
    return isinstance(part, Utterance)


def _relieved(who: Cast, ids: Mapping[str, object], stand: Cast, engine: str) -> Cast:
    """Return `who` with what `stand` says in the place of the utterances of `ids`, spoken by `engine`."""
    by_id = {said.id: said for said in each_utterance(stand.script) if said.id in ids}
    requests = dict(who.requests)
    for name, said in by_id.items():
        asked = stand.requests[name]
        requests[name] = replace(asked, engine=engine)
        by_id[name] = replace(said, voice=asked.voice)

    def item(one: Item) -> Item:
        if not isinstance(one, Sentence) or not any(part.id in by_id for part in one.parts if _is_said(part)):
            return one
        return replace(one, parts=tuple(by_id.get(part.id, part) if _is_said(part) else part for part in one.parts))

    heard = {(request.engine, request.voice, request.language) for request in requests.values()}
    own = [
        (voice, language)
        for voice, language in who.voices
        if (who.stand_ins.get(voice, ""), voice.name, language) in heard
    ]
    others = [(voice, language) for voice, language in stand.voices if (engine, voice.name, language) in heard]
    return replace(
        who,
        requests=requests,
        voices=(*own, *others),
        script=replace(who.script, items=row(map(item, who.script.items))),
        stand_ins={**who.stand_ins, **{voice: engine for voice, _ in others}},
    )


def without_others(engine: Engine, composed: Composed) -> Composed:
    """Return the article as `engine` can speak it: where it lacks a voice that is named, told without any.

    Then a quotation begins with "Quote", and a speaker's name is said at every turn, as with a single voice.
    """
    named = {said.voice for said in each_utterance(composed.script)} | {composed.metadata.voice}
    if all(_has(engine, name) for name in named):
        return composed
    metadata = composed.metadata
    metadata = metadata if _has(engine, metadata.voice) else replace(metadata, voice="")
    return replace(composed, script=composed.unvoiced or _unvoiced(composed.script), metadata=metadata)


def _has(engine: Engine, name: str) -> bool:
    try:
        return not name or bool(engine.resolve("", name))
    except VoiceNotFound:
        return False


def _unvoiced(script: Script) -> Script:
    def item(one: Item) -> Item:
        if not isinstance(one, Sentence):
            return one
        return replace(one, parts=tuple(replace(part, voice="") if _is_said(part) else part for part in one.parts))

    return replace(script, items=row(map(item, script.items)))
