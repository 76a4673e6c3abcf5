"""What can be set, section by section: frozen, checked by schema, with the unit in each description.

`settings.py` fills these from files, the environment and flags; rooms take the section they need.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal, get_args, get_origin

from msgspec import Meta, Struct, ValidationError, field

AUTO: Final = "auto"  # the engine, or the voice: the best that is installed, for each language

Milliseconds = Annotated[int, Meta(ge=0, le=20_000)]


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for all articles of the folder."""

    language: Annotated[
        str,
        Meta(
            pattern="^(?:[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)?$(?!\\n)",
            max_length=60,
            description='BCP 47 language of articles that name none; "" takes them for English, and check asks for it',
        ),
    ] = ""
    author: Annotated[str, Meta(description="author of articles that name none")] = ""
    title: Annotated[str, Meta(description="the name of the publication")] = ""
    address: Annotated[
        str, Meta(description="where the folder of editions is on the web, as https://example.org/audio/")
    ] = ""
    id: Annotated[str, Meta(description="never changes, whatever the title or the address: GUIDs are made of it")] = ""
    description: Annotated[str, Meta(description="what the publication is, in a sentence or two")] = ""
    owner_email: Annotated[
        str, Meta(description="of who owns the feed; it is published there, and directories of podcasts write to it")
    ] = ""
    category: Annotated[
        str, Meta(description='one of Apple Podcasts\' categories, as "Science" or "Society & Culture > Documentary"')
    ] = "Society & Culture"
    explicit: Annotated[bool, Meta(description="whether what is said is not for children")] = False
    cover: Annotated[
        str,
        Meta(
            description="a square JPEG or PNG of 1400 to 3000 pixels, relative to earmark.toml; without, one is drawn"
        ),
    ] = ""
    copyright: Annotated[str, Meta(description="who holds the rights, as it stands in the feed")] = ""

    @property
    def tongue(self) -> str:
        """The language of whatever names none, never empty."""
        return self.language or "en"


class ArticleOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Which files of the folder are articles, and which of these get audio.

    A file that is named on the command line is an article, whatever these say; what front matter says of
    `audio` goes before what is said here. What they leave out keeps its edition, as an orphan, until `earmark prune`.
    """

    audio: Annotated[bool, Meta(description="whether articles get audio whose front matter does not say")] = True
    include: Annotated[
        tuple[str, ...], Meta(description='globs of the articles, as "blog/**"; without any, every file that is read')
    ] = ()
    exclude: Annotated[
        tuple[str, ...], Meta(description='globs of what is no article, as "README.md" or "drafts/"')
    ] = ()


class VoiceOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Who speaks, and how."""

    engine: Annotated[
        str,
        Meta(description="espeak, piper, gtts or an installed engine's name; auto is the best installed voice of any"),
    ] = "espeak"
    name: Annotated[
        str,
        Meta(
            description='the voice, as `earmark voices` lists it; "" is the best for the language, "auto" that of any engine'
        ),
    ] = ""
    fallback: Annotated[
        tuple[str, ...],
        Meta(description="engines that speak the whole of an article, one after the other, where the first can't"),
    ] = ()
    mixed: Annotated[
        bool, Meta(description="whether those speak no more than the utterances that the first fails on")
    ] = False
    rate: Annotated[float, Meta(ge=0.5, le=3.0, description="factor of the voice's own speed")] = 1.0
    pitch: Annotated[float, Meta(ge=0.5, le=2.0, description="factor of the voice's own pitch")] = 1.0
    align: Annotated[
        bool, Meta(description="whether the times of words are worked out where the engine does not tell them")
    ] = True
    quote: Annotated[str, Meta(description='a second voice for block quotations; "" says "Quote … end quote"')] = ""
    headings: Annotated[str, Meta(description='a voice for headings and the title; "" is the voice itself')] = ""
    languages: Annotated[
        dict[str, str], Meta(description='voices by BCP 47 language, as fr = "fr+f3"; for articles and phrases in it')
    ] = {}
    speakers: Annotated[
        dict[str, str], Meta(description='voices by the names of those who speak, as "Jane Doe" = "en+f3"')
    ] = {}

    @property
    def cast(self) -> tuple[tuple[str, str], ...]:
        """Every voice that is named, each with the language that it is named for ("" for none)."""
        named = (
            ("", self.name),
            ("", self.quote),
            ("", self.headings),
            *(("", name) for name in self.speakers.values()),
        )
        return tuple(dict.fromkeys(pair for pair in (*named, *self.languages.items()) if pair[1]))

    def named_by(self, voice: str) -> str:
        """Return which setting names `voice`; nothing for the edition's own, which a flag may name too."""
        found = {self.quote: "quote", self.headings: "headings"}
        found |= dict.fromkeys(self.speakers.values(), "speakers") | dict.fromkeys(self.languages.values(), "languages")
        return "" if voice == self.name else found.get(voice, "")


class CostOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """What speaking may cost. Prices are the engines' own: `price_per_million` characters and `price_per_minute`."""

    currency: Annotated[str, Meta(min_length=1, max_length=12, description="of all prices")] = "USD"
    most: Annotated[
        Annotated[float, Meta(ge=0)] | None,
        Meta(description="a build that would cost more is not begun; without, none is refused"),
    ] = None


class PauseOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Silences, in milliseconds; adjoining ones collapse to the longest."""

    sentence: Annotated[Milliseconds, Meta(description="between sentences of a paragraph, ms")] = 300
    clause: Annotated[Milliseconds, Meta(description="between the parts of one sentence, as in a table's row, ms")] = (
        150
    )
    paragraph: Annotated[Milliseconds, Meta(description="between paragraphs, ms")] = 650
    item: Annotated[Milliseconds, Meta(description="between items of a list, ms")] = 450
    before_heading: Annotated[Milliseconds, Meta(description="before a heading, ms")] = 1200
    after_heading: Annotated[Milliseconds, Meta(description="after a heading, ms")] = 700
    break_: Annotated[Milliseconds, Meta(description="for a thematic break (* * *), ms")] = field(
        default=1800, name="break"
    )
    opening: Annotated[Milliseconds, Meta(description="after the opening, ms")] = 1000
    ending: Annotated[Milliseconds, Meta(description="before the ending, ms")] = 1200


class NarrationOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said, and what is left out."""

    say_title: Annotated[bool, Meta(description="open with the title")] = True
    say_authors: Annotated[bool, Meta(description='say "By" and the authors')] = True
    say_date: Annotated[bool, Meta(description="say the date of publication")] = True
    say_duration: Annotated[bool, Meta(description="say how long it takes")] = True
    say_synthetic: Annotated[bool, Meta(description="say that the voice is synthetic")] = True
    say_ending: Annotated[bool, Meta(description='say "End of article."')] = True
    speakers: Annotated[
        Literal["first", "every", "never"],
        Meta(
            description="names of speakers: said when each is first heard (at every turn of one without a voice of"
            " their own), at every turn, or never"
        ),
    ] = "first"
    turns: Annotated[
        bool, Meta(description='"NAME:" at the start of a paragraph begins what that person says, as in interviews')
    ] = False
    code: Annotated[
        Literal["summary", "read", "skip"], Meta(description="code blocks: named and counted, read out, or left out")
    ] = "summary"
    footnotes: Annotated[
        Literal["end", "inline", "skip"],
        Meta(description="notes: their own chapter at the end, in place, or not at all"),
    ] = "end"
    table_rows: Annotated[int, Meta(ge=0, description="tables with more rows are summarised")] = 20
    table_cells: Annotated[int, Meta(ge=0, description="tables with more cells are summarised")] = 120
    masked: Annotated[
        Literal["bleep-word", "tone", "letter", "skip"],
        Meta(description='f***: "f, bleep", a tone, the letter alone, or nothing'),
    ] = "bleep-word"
    furniture: Annotated[
        Literal["skip", "read"], Meta(description='"READ MORE: …", share lines, credits: left out and listed, or read')
    ] = "skip"
    capitals: Annotated[bool, Meta(description='say "FOR many women" and all-capital headlines in sentence case')] = (
        True
    )


class AudioOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The finished MP3."""

    bitrate: Annotated[
        Literal[32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], Meta(description="kbit/s, constant, mono")
    ] = 64
    loudness: Annotated[float, Meta(ge=-30, le=-9, description="LUFS, integrated, of the finished MP3")] = -16.0
    true_peak: Annotated[float, Meta(ge=-9, le=-0.5, description="dBTP that the finished MP3 does not pass")] = -1.0
    intro: Annotated[str, Meta(description="a sound file played before the article, relative to earmark.toml")] = ""
    outro: Annotated[str, Meta(description="a sound file played after the article")] = ""
    sting: Annotated[str, Meta(description="a short sound file played before each chapter but the first")] = ""
    fade: Annotated[Milliseconds, Meta(description="fade in and out of intro and outro, ms")] = 0
    crossfade: Annotated[
        Milliseconds, Meta(description="how far the intro's end and the outro's start run under the speech, ms")
    ] = 0
    dressing_level: Annotated[
        float, Meta(ge=-30, le=10, description="dB of intro, outro and sting relative to the speech")
    ] = 0.0


class ChapterOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Where chapters fall, in seconds."""

    shortest: Annotated[
        float, Meta(ge=0, le=3600, description="heading chapters under this join the next of equal or lower level, s")
    ] = 20.0
    least: Annotated[float, Meta(ge=5, le=3600, description="without headings: at least, s")] = 60.0
    most: Annotated[
        float, Meta(ge=10, le=3600, description="without headings: at most, where the paragraphs allow, s")
    ] = 150.0


class OutputOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Which files an edition has beside its MP3, chapters, captions and record."""

    cover: Annotated[bool, Meta(description="a cover drawn of its title for an article that has none")] = True
    epub: Annotated[bool, Meta(description="an EPUB with the text and the MP3 in time with each other")] = True
    epub_words: Annotated[
        bool, Meta(description="in the EPUB, words light up instead of sentences, where their times are known")
    ] = False
    transcript: Annotated[bool, Meta(description="transcripts as a page, as plain text and as JSON")] = True
    chapter_mp3s: Annotated[
        bool, Meta(description="an MP3 for each chapter and a playlist, for players that know no chapters")
    ] = False


class PageOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The listening page of each edition."""

    publish: Annotated[bool, Meta(description="a page to listen and read along on, and one to embed")] = True
    feed: Annotated[str, Meta(description="the address of a feed that pages link to")] = ""


class LibraryOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The front page of all editions."""

    publish: Annotated[bool, Meta(description="a front page, index.html, with search and filters")] = True
    editions: Annotated[int, Meta(ge=1, le=1000, description="editions on one page of it")] = 24


class FeedOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The feed to subscribe to, feed.xml; it needs `address` in `[site]`."""

    publish: Annotated[
        bool, Meta(description="a feed of all editions, and one of each language if there are several")
    ] = True
    editions: Annotated[int, Meta(ge=1, le=2000, description="editions on one page of it")] = 300
    type: Annotated[
        Literal["episodic", "serial"], Meta(description="to be heard in any order, newest first, or from the first on")
    ] = "episodic"
    locked: Annotated[bool, Meta(description="whether other hosts are asked not to take the feed over")] = True
    guid: Annotated[
        str,
        Meta(
            description="podcast:guid; made of the feed's address without: before the site moves, write the old one here"
        ),
    ] = ""
    moved_to: Annotated[str, Meta(description="the feed's new address, told to those who know the old one")] = ""


class ReadingOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """How sources are read, and the caps on what is read."""

    dialect: Annotated[
        Literal["default", "commonmark"], Meta(description="of Markdown: Python-Markdown's, or CommonMark")
    ] = "default"
    most_bytes: Annotated[int, Meta(ge=1, description="a larger article is refused, bytes")] = 4_000_000
    most_nesting: Annotated[int, Meta(ge=1, description="deeper nesting is refused, levels")] = 100
    most_tags: Annotated[
        int,
        Meta(ge=1, description="HTML of more tags is refused, and a whole page of more than four tenths of them"),
    ] = 100_000
    seconds: Annotated[
        float,
        Meta(
            gt=0, le=3600, description="reading an article stops after this, and a second more for each 6,000 words, s"
        ),
    ] = 1.5
    most_memory: Annotated[
        int,
        Meta(ge=1_000_000, description="reading an article stops beyond this, and 1.2 kB more for each word, bytes"),
    ] = 120_000_000


class CacheOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept so that only changes are made again."""

    most_bytes: Annotated[int, Meta(ge=0, description="the oldest unused objects go first beyond this, bytes")] = (
        5_000_000_000
    )


_TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "str": "text in quotes",
        "int": "a whole number",
        "float": "a number",
        "bool": "true or false",
        "object": "a section",
    }
)


def told(error: ValidationError) -> tuple[str, str]:
    """Return the key that the schema's checker refused, and why in words that need no Python."""
    message, _, place = str(error).partition(" - at `$.")
    text = re.sub(r"`(\w+)`", lambda name: _TYPE_NAMES.get(name[1], f"`{name[1]}`"), message)
    text = re.sub(r"^Invalid enum value (.*)$", r"\1 is not one of its values", text)
    text = re.sub(
        r"^Expected .* matching regex .*$", 'expected a language tag, as "en" or "pt-BR"', text
    )  # the only such
    return place.rstrip("`"), text[:1].lower() + text[1:]


def description(kind: object) -> str:
    """Return what a setting of this type says of itself, with its unit."""
    return next((item.description for item in get_args(kind)[1:] if isinstance(item, Meta) and item.description), "")


def choices(kind: object) -> tuple[object, ...]:
    """Return the values that a setting of this type takes, if they are few."""
    base = get_args(kind)[0] if any(isinstance(item, Meta) for item in get_args(kind)[1:]) else kind
    return get_args(base) if get_origin(base) is Literal else ()


def describe(kind: object) -> str:
    """Return a setting's description with the values that it takes, from its type, as a hint."""
    text = f"It sets: {description(kind)}." if description(kind) else ""
    return f"{text} One of: {', '.join(map(str, choices(kind)))}.".strip() if choices(kind) else text
