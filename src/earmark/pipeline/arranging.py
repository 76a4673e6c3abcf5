"""Arranges what was spoken, recorded and produced: where each stands on the timeline, and what the sound is made of."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from earmark.audio import dressing, mp3
from earmark.audio.loudness import Levels, clip_levels
from earmark.audio.mastering import Material, programme_of
from earmark.audio.render import Produced
from earmark.audio.resample import at_rate
from earmark.engines.base import Request
from earmark.engines.cached import Cached, Measured
from earmark.errors import EarmarkError, SettingsError
from earmark.pipeline.casting import Cast
from earmark.pipeline.mixing import Relay, Spoken
from earmark.pipeline.studio import Studio, Ticket
from earmark.timeline import ClipLength, Timeline, lay_out

if TYPE_CHECKING:
    from earmark.pipeline.recordings import Piece, Taped

_ROLES: tuple[dressing.Role, ...] = ("intro", "outro", "sting")


class Arranger:
    """Arranges the articles of one run; may be called from several threads."""

    def __init__(self, studio: Studio, cached: Cached | Relay) -> None:
        """Take the settings from `studio`; `cached` has the clips."""
        self._studio, self._cached = studio, cached
        self._sounds: dict[int, dict[str, Produced]] = {}

    def timeline(
        self, who: Cast, spoken: Spoken, sounds: Mapping[str, Produced], rate: int, taped: "Taped | None"
    ) -> Timeline:
        """Lay everything on one axis; `sounds` are those at `rate`, in samples a second."""
        others = {
            name: self._resampled_length(who.requests[name], found, rate)
            for name, found in spoken.described.items()
            if found.sample_rate != rate
        }
        if taped:
            others |= taped.clips
        clips = _Lengths(others, spoken.described)
        settings = self._studio.settings
        return lay_out(
            who.script,
            clips,
            {name: len(sound.samples) for name, sound in sounds.items()},
            sample_rate=rate,
            frame=mp3.frame_samples(rate),
            chapters=settings.chapters,
            crossfade=settings.audio.crossfade,
            cut_at_chapters=settings.outputs.chapter_mp3s,
        )

    def _resampled_length(self, request: Request, found: Measured, rate: int) -> ClipLength:
        clip = at_rate(replace(self._cached.speak(request), words=found.words), rate)
        return ClipLength(len(clip.samples), clip.words)

    def _gains(self, who: Cast, spoken: Spoken) -> Mapping[str, float]:
        """Return the gain in dB of each utterance that isn't as loud as the edition's own voice, by its id."""
        if len({(voice.engine, voice.name) for voice, _ in who.voices}) <= 1:
            return {}
        from earmark.pipeline.levelling import gains  # noqa: PLC0415 (one voice needs nothing to compare it with)

        return gains(who, self._cached, self._studio.settings.voice, spoken.described)

    def material(
        self,
        who: Cast,
        spoken: Spoken,
        timeline: Timeline,
        sounds: Mapping[str, Produced],
        taped: "Taped | None",
    ) -> Material:
        """Return what the sound is made of, its clips to be read one by one."""
        rate, gains = timeline.sample_rate, self._gains(who, spoken)
        pieces: Mapping[str, Piece] = taped.pieces if taped else {}
        keys = spoken.keys
        if taped:
            gains = {**gains, **taped.gains}
            keys = {**keys, **{name: piece.key for name, piece in pieces.items()}}

        def samples(name: str) -> NDArray[np.int16]:
            if name in pieces:
                return pieces[name].samples()
            return at_rate(self._cached.speak(who.requests[name]), rate).samples

        def levels(name: str) -> Levels:
            if taped and name in pieces:
                its = taped.levels(name)
            else:
                found = spoken.described[name]
                notes = found.notes or noted(self._cached, who.requests[name])
                its = Levels.from_bytes(notes) if found.sample_rate == rate else clip_levels(samples(name), rate)
            return its.raised(gains[name]) if name in gains else its

        return Material(
            timeline=timeline,
            key=keys.__getitem__,
            samples=samples,
            programme=programme_of(timeline, levels, sounds),
            sounds=sounds,
            gains=gains,
        )

    def sounds_at(self, rate: int) -> dict[str, Produced]:
        """Return the produced sounds at the edition's rate; made once a run."""
        if rate not in self._sounds:
            audio = self._studio.settings.audio
            made = {"bleep": dressing.bleep(rate)}
            for role in _ROLES:
                if role not in self._studio.sounds:
                    continue
                data, file = self._studio.sounds[role], getattr(audio, role)
                try:
                    made[role] = dressing.dress(data, role, name=file, sample_rate=rate, options=audio)
                except EarmarkError as error:
                    raise SettingsError(
                        error.message, path=self._studio.origin, key=f"audio.{role}", hint=error.hint
                    ) from None
            self._sounds[rate] = made
        return self._sounds[rate]


class _Lengths(Mapping[str, ClipLength]):
    """What layout knows of each clip, made of what is known of it when it is asked for."""

    def __init__(self, others: Mapping[str, ClipLength], described: Mapping[str, Measured]) -> None:
        """Take those that are at another rate or recorded, and all that were spoken."""
        self._others, self._described = others, described

    def __getitem__(self, name: str) -> ClipLength:
        if name in self._others:
            return self._others[name]
        found = self._described[name]
        return ClipLength(found.length, found.words)

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._described), **dict.fromkeys(self._others)})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def noted(cached: Cached | Relay, request: Request) -> bytes:
    """Return what the store has noted of a clip: of a long article it is looked up again and again, and never all held."""
    return (cached.length(request) or cached.spoken(request)).notes


def edition_rate(who: Cast, spoken: Spoken, ticket: Ticket) -> int:
    """Return the sample rate of the edition's own voice, of whoever speaks first if that is never heard."""
    if not who.requests:
        from earmark.pipeline.recordings import rate_of  # noqa: PLC0415 (most articles have none)

        return mp3.edition_rate(rate_of(ticket.tapes, ticket.name))
    main = who.main.name if who.main else ""
    heard = (name for name, request in who.requests.items() if (request.engine, request.voice) == ("", main))
    first = next(heard, next(iter(who.requests)))
    return mp3.edition_rate(spoken.described[first].sample_rate)
