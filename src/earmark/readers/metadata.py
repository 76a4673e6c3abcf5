"""What front matter means: entries to `Metadata`, each checked for its type."""

import datetime as dt
import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from msgspec.structs import fields

from earmark.article import Lexeme, Metadata, Problem, Recorded, Severity
from earmark.errors import ReadError
from earmark.readers.frontmatter import Entry
from earmark.readers.inline import clean
from earmark.spoken.lexemes import BadEntry, lexemes

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACED_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$|Z$)")
_QUOTES = "Put it in quotes"
_MOST = 1_000_000  # of seasons and episodes
_MOST_NEAR = 100  # keys of a hostile front matter that are compared


class Wrong(Exception):
    """A value is not of its key's type."""

    def __init__(self, expected: str, hint: str) -> None:
        """Keep what was expected, and what to do."""
        super().__init__(expected)
        self.expected = expected
        self.hint = hint


class WrongEntry(Exception):
    """An entry of a key's value is wrong, and where."""

    def __init__(self, message: str, hint: str, name: str, line: int) -> None:
        """Keep what is wrong with it, what to do, its name and its line."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.name = name
        self.line = line


def _text(entry: Entry) -> str:
    value = entry.value
    if isinstance(value, bool):
        taken = str(value).lower()
        why = f"YAML takes {entry.written} for {taken}. " if entry.written != taken else ""
        raise Wrong("text", f'{why}{_QUOTES}: "{entry.written}"')
    if isinstance(value, str):
        return _sound(value)
    if isinstance(value, int | float | dt.date):
        return _sound(entry.written)  # as written: 1:30 is ninety to YAML, and 007 is seven
    raise Wrong("text", _QUOTES)


def _sound(text: str) -> str:
    return " ".join(clean(_SURROGATE.sub("\ufffd", text)).split())


def _texts(entry: Entry) -> tuple[str, ...]:
    value = entry.value
    if not isinstance(value, list):
        value = [value]
    texts = []
    for one in value:
        named = one.get("name") if isinstance(one, dict) else one
        if isinstance(named, bool) or not isinstance(named, str | int | float | dt.date | None):
            raise Wrong("text or a list of texts", _QUOTES)
        if named is not None:
            texts.append(_sound(entry.written if len(value) == 1 and entry.written else str(named)))
    return tuple(text for text in texts if text)


def _tags(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry.value, str):
        return tuple(tag for tag in map(_sound, entry.value.split(",")) if tag)
    return _texts(entry)


def _date(entry: Entry) -> str:
    value = entry.value
    if value == "":
        return ""
    if isinstance(value, dt.date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, str):
        written = _SPACED_ZONE.sub("", value.strip())
        try:
            if len(written) <= 10:  # noqa: PLR2004 (2026-11-22)
                return dt.date.fromisoformat(written).isoformat()
            return dt.datetime.fromisoformat(written).isoformat()
        except ValueError:
            pass
    raise Wrong("a date", "Write it as 2026-11-22 or 2026-11-22T09:30:00Z")


def _switch(entry: Entry) -> bool:
    if not isinstance(entry.value, bool):
        raise Wrong("true or false", "Write true or false, without quotes")
    return entry.value


def _audio(entry: Entry) -> bool | None:
    return None if isinstance(entry.value, list) else _switch(entry)  # Hugo's list of sounds for Open Graph


def _number(entry: Entry) -> int:
    value = entry.value
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST:
        raise Wrong("a whole number from 1 on", "Write it as 3, without quotes")
    return value


def _language(entry: Entry) -> str:
    tag = _text(entry).replace("_", "-")
    if tag and not _LANGUAGE.fullmatch(tag):
        raise Wrong("a language tag", 'Write it as "en" or "pt-BR"')
    return tag


def _slug(entry: Entry) -> str:
    slug = _text(entry)
    if slug.startswith(".") or re.search(r"[/\\\x00-\x1f]", slug):
        raise Wrong("a name without slashes that doesn't begin with a dot", "Use letters, digits and hyphens")
    return slug


def _cover(entry: Entry) -> str:
    value = entry.value
    if isinstance(value, dict) and isinstance(value.get("image"), str):
        return _sound(value["image"])  # as Hugo's themes have it
    return _text(entry)


def _pictures(entry: Entry) -> str:
    """Return the first of Hugo's pictures that lies beside the article; what its site serves is not there."""
    paths = [one for one in _texts(entry) if ":" not in one and not one.startswith("/")]
    return paths[0] if paths else ""


def _address(entry: Entry) -> str:
    """Return an address that is whole; Hugo's `url` may be a path on its site."""
    text = _text(entry)
    return text if text.startswith(("https://", "http://")) else ""


def _dialect(entry: Entry) -> str:
    if entry.value not in ("default", "commonmark"):
        raise Wrong('"default" or "commonmark"', "Leave it out for Python-Markdown's dialect")
    return str(entry.value)


def _lexicon(entry: Entry) -> tuple[Lexeme, ...]:
    value = entry.value
    if not isinstance(value, dict):
        raise Wrong("pairs of a printed and a said form", "Write one pair a line, both in quotes")
    found: list[Lexeme] = []
    for printed, said in value.items():
        try:
            found.extend(lexemes(printed, said))
        except BadEntry as bad:
            raise WrongEntry(bad.message, bad.hint, str(printed), entry.lines.get(printed, entry.line)) from None
    return tuple(found)


def _speakers(entry: Entry) -> tuple[tuple[str, str], ...]:
    value = entry.value
    if not isinstance(value, dict):
        raise Wrong("pairs of a name and a voice", 'Write one pair a line, as "Jane Doe": en+f3')
    found: list[tuple[str, str]] = []
    for name, voice in value.items():
        if not (isinstance(name, str) and isinstance(voice, str) and name.strip() and voice.strip()):
            line = entry.lines.get(name, entry.line)
            raise WrongEntry("a voice is a name", f"{_QUOTES}, as `earmark voices` lists it.", str(name), line)
        found.append((_sound(name), _sound(voice)))
    return tuple(found)


def _recordings(entry: Entry) -> tuple[Recorded, ...]:
    value = entry.value
    if isinstance(value, str):
        return (Recorded("", _sound(value), entry.line),) if value.strip() else ()
    if not isinstance(value, dict):
        raise Wrong("a file, or pairs of a heading and a file", f"{_QUOTES}, or write one pair a line")
    found: list[Recorded] = []
    for heading, path in value.items():
        line = entry.lines.get(heading, entry.line)
        if not isinstance(path, str) or not path.strip() or isinstance(heading, bool) or heading is None:
            raise WrongEntry("a recording is a file of a heading", _QUOTES, str(heading), line)
        found.append(Recorded(_sound(str(heading)), _sound(path), line))
    return tuple(found)


# Each key: the field that it fills, and how it is checked. Where two fill one field, the first one that is given counts.
_KEYS: dict[str, tuple[str, Callable[[Entry], Any]]] = {
    "title": ("title", _text),
    "authors": ("authors", _texts),
    "author": ("authors", _texts),
    "language": ("language", _language),
    "lang": ("language", _language),
    "date": ("published", _date),
    "published": ("published", _date),
    "publishdate": ("published", _date),
    "updated": ("updated", _date),
    "lastmod": ("updated", _date),
    "description": ("description", _text),
    "summary": ("description", _text),
    "slug": ("slug", _slug),
    "source_url": ("source_url", _text),
    "url": ("source_url", _address),
    "licence": ("licence", _text),
    "license": ("licence", _text),
    "tags": ("tags", _tags),
    "cover": ("cover", _cover),
    "images": ("cover", _pictures),
    "voice": ("voice", _text),
    "id": ("id", _text),
    "audio": ("audio", _audio),
    "draft": ("draft", _switch),
    "season": ("season", _number),
    "episode": ("episode", _number),
    "lexicon": ("lexicon", _lexicon),
    "speakers": ("speakers", _speakers),
    "recording": ("recordings", _recordings),
    "turns": ("turns", _switch),
    "dialect": ("dialect", _dialect),
}
# What other programs read there, near as some of it looks to a key of ours.
_FOREIGN = frozenset({"data", "idx", "image", "label", "lead", "links", "slugs", "stage", "subtitle", "type"})


def interpret(entries: dict[str, Entry], *, name: str) -> tuple[Metadata, str, tuple[Problem, ...]]:
    """Return the metadata, the dialect that it asks for ("" if none), and keys that look mistyped.

    Raises `ReadError` with the line where a known key has a value of another type.
    """
    lower = {key.lower(): entry for key, entry in entries.items()}  # Hugo's are written in any case, as "lastMod"
    entries = {key: entry for key, entry in lower.items() if key in _KEYS} | entries
    values: dict[str, Any] = {}
    for key, (target, check) in _KEYS.items():
        if key not in entries or entries[key].value is None:  # "title:" with nothing after it is a form not filled in
            continue
        try:
            value = check(entries[key])
        except Wrong as wrong:
            raise ReadError(
                f"{key} in its front matter should be {wrong.expected}, not {_shown(entries[key])}",
                source=name,
                line=entries[key].line,
                hint=wrong.hint,
                code="front-matter",
            ) from None
        except WrongEntry as wrong:
            message = f"{key} in its front matter: {wrong.name[:60]!r}: {wrong.message}"
            raise ReadError(message, source=name, line=wrong.line, hint=wrong.hint, code="front-matter") from None
        values.setdefault(target, value)
    dialect = values.pop("dialect", "")
    unknown = [key for key in entries if key.lower() not in _KEYS and key not in _FOREIGN]
    problems = [*_near_misses(unknown[:_MOST_NEAR], entries)]
    cover: str = values.get("cover", "")
    if "://" in cover or cover.startswith(("//", "data:")):
        problems.append(_cover_elsewhere(entries["cover"].line))
    return Metadata(**values), dialect, tuple(problems)


def joined(known: Metadata, said: Metadata | None) -> Metadata:
    """Return what front matter tells, and what the source says of itself where that leaves something open."""
    if said is None:
        return known
    told = {field.name: getattr(known, field.name) or getattr(said, field.name) for field in fields(Metadata)}
    return Metadata(**{**told, "audio": known.audio})


def _cover_elsewhere(line: int) -> Problem:
    return Problem(
        "cover-elsewhere",
        Severity.WARNING,
        "its cover is an address, and earmark fetches nothing that an article names: it is left out",
        "Save the picture in the folder of articles, and give its path",
        line=line,
    )


def _near_misses(unknown: list[str], entries: dict[str, Entry]) -> list[Problem]:
    problems = []
    for key in unknown:
        near = get_close_matches(key[:40].lower(), _KEYS, n=1, cutoff=0.8)
        if near:
            problems.append(
                Problem(
                    "front-matter-unknown-key",
                    Severity.WARNING,
                    f"its front matter has a key {key!r} that earmark doesn't know",
                    f"Did you mean {near[0]}?",
                    line=entries[key].line,
                )
            )
    return problems


def _shown(entry: Entry) -> str:
    if isinstance(entry.value, bool):
        return str(entry.value).lower()
    if isinstance(entry.value, dict | list):
        return "a mapping" if isinstance(entry.value, dict) else "a list"
    written = entry.written or str(entry.value)
    return repr(written if len(written) <= 40 else written[:39] + "…")  # noqa: PLR2004 (it stands within a sentence)
