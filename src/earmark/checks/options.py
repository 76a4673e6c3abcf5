"""The codes of everything that `earmark check` can find, what each means, and how much it matters unless settings say."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Level = Literal["error", "warning", "off"]


class CheckOptions(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What makes `earmark check` fail: "error" does, "warning" is only told, "off" is not looked at."""

    # The article, as everybody meets it.
    title_missing: Annotated[Level, Meta(description="neither front matter nor a heading gives a title")] = "error"
    language_unknown: Annotated[Level, Meta(description="neither article nor settings name the language")] = "error"
    language_mismatch: Annotated[Level, Meta(description="words that are not in the language they claim")] = "warning"
    language_invalid: Annotated[Level, Meta(description="a lang attribute that names no language")] = "error"
    language_without_phrases: Annotated[
        Level, Meta(description="a language in which earmark announces no pictures, quotations or tables")
    ] = "warning"
    no_voice: Annotated[Level, Meta(description="a language that no installed voice speaks")] = "warning"
    phonemes_unsupported: Annotated[Level, Meta(description="sounds that the engine takes only as words")] = "warning"
    duration_estimate: Annotated[Level, Meta(description="an opening that tells a wrong length")] = "warning"
    recording_missing: Annotated[Level, Meta(description="a recording that is not there or can't be used")] = "error"
    recording_implausible: Annotated[Level, Meta(description="a recording too long or too short for its words")] = (
        "warning"
    )
    recording_unused: Annotated[Level, Meta(description="a recording of a heading or a block that says nothing")] = (
        "warning"
    )
    reading_order: Annotated[
        Level, Meta(description="what is read first does not come first: a late title, shuffled numbers, tabindex")
    ] = "error"
    # Headings.
    heading_skipped: Annotated[Level, Meta(description="a heading two or more levels below the last")] = "error"
    heading_empty: Annotated[Level, Meta(description="a heading without words")] = "error"
    heading_faked: Annotated[Level, Meta(description="a line in bold that stands for a heading")] = "warning"
    heading_repeated: Annotated[Level, Meta(description="two headings of one section with the same words")] = "warning"
    headings_missing: Annotated[Level, Meta(description="a long article without any heading")] = "warning"
    # Links.
    link_text_vague: Annotated[Level, Meta(description='a link called "click here", "more" or "→"')] = "error"
    link_empty: Annotated[Level, Meta(description="a link without words")] = "error"
    link_address: Annotated[Level, Meta(description="a link whose words are a bare address")] = "warning"
    link_ambiguous: Annotated[Level, Meta(description="links of the same words that lead to different places")] = (
        "warning"
    )
    link_repeated: Annotated[Level, Meta(description="neighbouring links that lead to the same place")] = "warning"
    # Pictures, and what is played.
    alt_missing: Annotated[Level, Meta(description="a picture without alternative text")] = "error"
    alt_file_name: Annotated[Level, Meta(description="a picture whose alternative text is a file's name")] = "error"
    alt_placeholder: Annotated[Level, Meta(description='a picture whose alternative text says only "image"')] = "error"
    alt_redundant: Annotated[Level, Meta(description='alternative text that begins with "image of"')] = "warning"
    alt_repeats_caption: Annotated[Level, Meta(description="alternative text that is the caption again")] = "warning"
    alt_long: Annotated[Level, Meta(description="alternative text of more than 300 characters")] = "warning"
    embed_title_missing: Annotated[Level, Meta(description="a player or a frame without a title")] = "error"
    math_source: Annotated[Level, Meta(description="a formula that would be read as TeX")] = "warning"
    # Tables.
    table_header_missing: Annotated[Level, Meta(description="a table without headers")] = "error"
    table_header_empty: Annotated[Level, Meta(description="a column whose header is empty")] = "warning"
    table_caption_missing: Annotated[Level, Meta(description="a large table without a caption")] = "warning"
    # Words.
    capitals: Annotated[Level, Meta(description="a paragraph all in capitals")] = "warning"
    letters_spaced: Annotated[Level, Meta(description="a word with spaces between its letters")] = "warning"
    list_faked: Annotated[Level, Meta(description="a list made of dashes, dots or numbers by hand")] = "warning"
    break_faked: Annotated[Level, Meta(description="a row of signs that stands for a break")] = "warning"
    emoji_repeated: Annotated[Level, Meta(description="three or more emoji in a row")] = "warning"
    sensory_reference: Annotated[Level, Meta(description='a place on the page instead of a name: "on the right"')] = (
        "warning"
    )
    note_missing: Annotated[Level, Meta(description="a note's mark without its note")] = "error"
    note_unreferenced: Annotated[Level, Meta(description="a note that no mark points to")] = "warning"
    # The file.
    unreadable: Annotated[Level, Meta(description="an article that can't be read")] = "error"
    front_matter: Annotated[Level, Meta(description="front matter that is wrong")] = "error"
    front_matter_unknown_key: Annotated[Level, Meta(description="a key in front matter that looks mistyped")] = (
        "warning"
    )
    encoding_guessed: Annotated[Level, Meta(description="a file that is not UTF-8")] = "warning"
    encoding_mixed: Annotated[Level, Meta(description="a file that is UTF-8 only in parts")] = "warning"
    encoding_broken: Annotated[Level, Meta(description="a file with what is in no encoding")] = "warning"
    control_characters: Annotated[Level, Meta(description="a file with control characters")] = "warning"
    # The editions.
    edition_missing: Annotated[Level, Meta(description="an article without its edition")] = "error"
    edition_stale: Annotated[Level, Meta(description="an edition that is not made of what there is now")] = "error"
    edition_orphaned: Annotated[Level, Meta(description="an edition whose article is gone")] = "error"
    edition_moved: Annotated[Level, Meta(description="an orphan whose text stands in a new article")] = "error"
    edition_withdrawn: Annotated[Level, Meta(description="an edition whose article wants none any more")] = "error"
    edition_harmed: Annotated[Level, Meta(description="a published file that is gone or is not what it was")] = "error"
    chapters_differ: Annotated[Level, Meta(description="chapters of MP3, chapters.json and record that differ")] = (
        "error"
    )
    loudness_differs: Annotated[Level, Meta(description="an MP3 that is not as loud as its record says")] = "error"
    front_differs: Annotated[Level, Meta(description="a front page that is not what it would be made as now")] = "error"
    feed_differs: Annotated[Level, Meta(description="a feed that does not tell of the editions as they are")] = "error"
    leftover_file: Annotated[Level, Meta(description="a half-written file that a killed build has left")] = "warning"


# Severities and meanings by code, as people write codes: "heading-skipped".
LEVELS: dict[str, Level] = {field.encode_name: field.default for field in msgspec.structs.fields(CheckOptions)}


# What a build tells as well: something is not said, or not as it should be.
_HEARD = frozenset(
    {
        "alt-missing",
        "no-voice",
        "phonemes-unsupported",
        "language-without-phrases",
        "duration-estimate",
        "recording-missing",
        "recording-implausible",
        "recording-unused",
    }
)


def is_heard(code: str) -> bool:
    """Tell whether a problem is one of the sound, and not of the article alone, which is for `check` to tell."""
    return code in _HEARD or code not in LEVELS


def level(options: CheckOptions, code: str) -> Level:
    """Return how much a finding of this code matters; what has no code here is not `check`'s to tell."""
    found: Level = getattr(options, code.replace("-", "_")) if code in LEVELS else "off"
    return found
