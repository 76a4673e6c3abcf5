"""The record, edition.json: everything that is known about an edition, for people, programs and the next build.

A key to a line, a cue to a line. Times are seconds, rounded to milliseconds as in every other file.

- `cues`: one for each sentence. `printed` is the article's own words, said here for the first time: over
  all cues that are neither `added` nor `echo` it gives what is read of the article, once and in order.
  A cue that is wholly earmark's words is `added`, one that is wholly said again is `echo`; then `printed`
  is what was said. `spans` are `{field, start, end}` in code points of the block's text, with a `block`
  of their own where it is not the cue's.
- `parts` is null where a sentence is one utterance, else a list of its utterances, each with `block`,
  `spans`, `printed`, `spoken`, `language`, `voice`, `added`, `echo`. The cue's `language` and `voice` are
  those of most of its words.
- `speaker` stands in cues and parts that are somebody's words, `recording` in those that a person has recorded: then
  `voice` is "", and its path is as the article gives it.
- `recordings` are the recordings that are heard, by their paths in the articles folder. `times` tells how the places of
  their sentences were found: "aligned" to the voice, or "estimated" by letters and pauses.
- `words` is null where no engine knows when its words are heard.
- `sha256` is that of all that stands before it in the file, up to the comma: `earmark check --deep` reads it.
- `asked` is what the lexicon was asked about: the texts' languages, and of each of their words three
  bytes of a hash, in Base64. A later build sees in it whether an entry concerns the edition.
"""

import math
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import asdict

from earmark.article import Problem
from earmark.edition import Edition, Recording, VoiceUsed
from earmark.narration.script import Sentence, Utterance, each_utterance
from earmark.timeline import Cue
from earmark.writers.axis import seconds
from earmark.writers.readable import pieces, readable
from earmark.writers.record import SCHEMA, PublishedFile
from earmark.writers.voices import voice_of
from earmark.writers.wording import Texts, joined, own, parts, spoken, texts


def _words(cue: Cue, rate: int) -> list[dict[str, object]] | None:
    if cue.words is None:
        return None
    return [
        {
            "span": word.span,
            "printed": word.printed,
            "start": seconds(word.start, rate),
            "end": seconds(word.end, rate),
            "source": word.source,
        }
        for word in cue.words
    ]


def _part(part: Utterance, voices: Sequence[VoiceUsed]) -> dict[str, object]:
    return {
        "block": part.block,
        "spans": part.spans,
        "printed": part.printed,
        "spoken": spoken((part,)),
        "language": part.language,
        "voice": voice_of(part, voices),
        **_person(part),
        "added": part.added,
        "echo": part.echo,
    }


def _person(part: Utterance | None) -> dict[str, str]:
    """Return whose words they are, and the recording that they are heard in, where there is either."""
    if part is None:
        return {}
    found = {"speaker": part.speaker, "recording": part.recording}
    return {name: value for name, value in found.items() if value}


def _counted(sentence: Sentence) -> tuple[tuple[Utterance, ...], bool, bool]:
    """Return the parts that make a cue's `printed` and `spans`, and whether all of it is added, or is echo."""
    its = parts(sentence)
    added = bool(its) and all(part.added for part in its)
    echo = bool(its) and not added and all(part.echo for part in its)
    return (its if added or echo else tuple(filter(own, its))), added, echo


def _prevailing(its: Sequence[Utterance], counted: Sequence[Utterance]) -> Utterance | None:
    """Return the part that speaks for the cue: that with most words, the earliest of equals."""
    return max(counted or its, key=lambda part: len(part.printed), default=None)


def _cue(cue: Cue, edition: Edition, known: Texts) -> dict[str, object]:
    sentence, rate = cue.sentence, edition.timeline.sample_rate
    its = parts(sentence)
    counted, added, echo = _counted(sentence)
    prevailing = _prevailing(its, counted)
    return {
        "id": sentence.id,
        "block": sentence.block,
        "kind": sentence.kind,
        "spans": [
            span if part.block == sentence.block else {"block": part.block, **asdict(span)}
            for part in counted
            for span in part.spans
        ],
        "printed": joined(counted, known),
        "spoken": spoken(its),
        "language": prevailing.language if prevailing else edition.metadata.language,
        "voice": voice_of(prevailing, edition.voices) if prevailing else "",
        **_person(prevailing),
        "start": seconds(cue.start, rate),
        "end": seconds(cue.end, rate),
        "added": added,
        "echo": echo,
        "parts": [_part(part, edition.voices) for part in its] if len(its) > 1 else None,
        "words": _words(cue, rate),
    }


def _changes(edition: Edition) -> Iterator[dict[str, object]]:
    return (
        {
            "block": change.block,
            "span": change.span,
            "printed": change.printed,
            "spoken": change.spoken,
            "rule": change.rule,
        }
        for utterance in each_utterance(edition.script)
        for change in utterance.changes
    )


def _omitted(edition: Edition) -> Iterator[dict[str, object]]:
    return (
        {
            "block": omission.block,
            "spans": omission.spans,
            "printed": omission.printed,
            "reason": omission.reason,
        }
        for omission in edition.script.omitted
    )


def _problems(edition: Edition) -> Iterator[dict[str, object]]:
    """Return the reader's problems and the script's, each once."""
    found: dict[Problem, None] = dict.fromkeys((*edition.article.problems, *edition.script.problems))
    return (
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "block": problem.block,
            "line": problem.line,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in found
    )


def _asked(edition: Edition) -> dict[str, object]:
    """Return what tells later which entries of a lexicon may concern this edition."""
    if not edition.vocabulary:
        return {}
    vocabulary = b64encode(edition.vocabulary).decode("ascii")
    return {"asked": {"languages": edition.languages, "vocabulary": vocabulary}}


def _measure(value: float) -> float | None:
    return round(value, 2) if math.isfinite(value) else None


def _recording(one: Recording) -> dict[str, object]:
    return {"path": one.path, "sha256": one.sha256, "duration": round(one.seconds, 3), "times": one.times}


def _about(edition: Edition) -> dict[str, object]:
    """Return what the record says of the article and its edition as a whole."""
    metadata, loudness = edition.metadata, edition.loudness
    if loudness is None:
        raise ValueError("an edition whose sound is not finished has no record")
    return {
        "schema": SCHEMA,
        "id": edition.id,
        "guid": edition.guid,
        "title": metadata.title,
        "authors": metadata.authors,
        "language": metadata.language,
        "slug": metadata.slug,
        "description": metadata.description,
        "tags": metadata.tags,
        "cover": metadata.cover,
        **({"depends": edition.depends} if edition.depends else {}),
        **({"artwork": edition.cover.published} if edition.cover and edition.cover.artwork else {}),
        **({"season": metadata.season} if metadata.season else {}),
        **({"episode": metadata.episode} if metadata.episode else {}),
        "published": metadata.published,
        "updated": metadata.updated,
        "licence": metadata.licence,
        "source_url": metadata.source_url,
        "source": {"path": edition.source, **({"former": edition.former} if edition.former else {})},
        "inputs": dict(sorted(edition.inputs.items())),
        "voices": (
            {"engine": voice.engine, "name": voice.name, "version": voice.version, "language": voice.language}
            for voice in edition.voices
        ),
        **({"recordings": [_recording(one) for one in edition.recordings]} if edition.recordings else {}),
        "duration": seconds(edition.timeline.duration, edition.timeline.sample_rate),
        "sample_rate": edition.timeline.sample_rate,
        "loudness": {
            "integrated_lufs": _measure(loudness.integrated_lufs),
            "true_peak_dbtp": _measure(loudness.true_peak_dbtp),
        },
    }


def record(edition: Edition, files: Iterable[PublishedFile]) -> Iterator[bytes]:
    """Yield edition.json piece by piece: but for the sound, it is the largest of a long article's files.

    `files` are the edition's other files, as `published` describes them.
    """
    known = texts(edition.article, edition.metadata.title)
    return pieces(
        _document(
            edition,
            files,
            cues=(_cue(cue, edition, known) for cue in edition.timeline.cues),
            changes=_changes(edition),
        ),
        seal=True,
    )


def outline(edition: Edition, files: Iterable[PublishedFile]) -> bytes:
    """Return the record without what is said: as much of it as `writers.record` reads."""
    return readable(_document(edition, files, cues=iter(()), changes=iter(())))


def _document(
    edition: Edition,
    files: Iterable[PublishedFile],
    *,
    cues: Iterator[dict[str, object]],
    changes: Iterator[dict[str, object]],
) -> dict[str, object]:
    rate = edition.timeline.sample_rate
    return {
        **_about(edition),
        "chapters": (
            {
                "title": chapter.title,
                "block": chapter.block,
                "start": seconds(chapter.start, rate),
                "end": seconds(chapter.end, rate),
            }
            for chapter in edition.timeline.chapters
        ),
        "cues": cues,
        "omitted": _omitted(edition),
        "changes": changes,
        "problems": _problems(edition),
        **_asked(edition),
        "files": (
            {"name": file.name, "bytes": file.bytes, "sha256": file.sha256, "type": file.type}
            for file in sorted(files, key=lambda file: file.name)
        ),
    }
