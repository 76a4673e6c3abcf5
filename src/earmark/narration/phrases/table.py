"""What earmark itself says, as one row of a table: a language's own words for each phrase."""

from collections.abc import Mapping

from msgspec import Struct


class Phrases(Struct, frozen=True, kw_only=True):
    """The words that earmark adds in one language, as they are printed; `{…}` stands for what is put in.

    A number never decides a word by itself: `one_minute` and `minutes` (and so on) are whole phrases,
    `few_minutes` is what Slavic languages say from two to four.
    """

    by: str  # {authors}
    and_: str  # between the last two authors
    date: str  # {day} {month} {year}
    months: tuple[str, ...]  # twelve, as they stand in a date
    first_day: str = "1"  # the first of a month, where that is said in another way
    one_minute: str
    minutes: str  # {n}
    few_minutes: str = ""  # {n}
    synthetic: str
    ending: str
    image: str
    quote: str
    end_quote: str
    notes: str
    note: str
    note_number: str  # {label}
    end_note: str
    warning: str
    tip: str
    table: str  # {rows} {columns}: both phrases of their own, below
    one_row: str
    rows: str  # {n}
    few_rows: str = ""
    one_column: str
    columns: str  # {n}
    few_columns: str = ""
    table_left_out: str
    blank: str
    code: str  # {lines}
    code_in: str  # {language} {lines}
    one_line: str
    lines: str  # {n}
    few_lines: str = ""
    end_code: str
    done: str
    to_do: str
    video: str
    audio: str
    embed: str
    struck: str
    end_struck: str


_FEW = range(2, 5)
_TEENS = range(12, 15)


def counted(n: int, one: str, many: str, few: str = "") -> str:
    """Return the phrase for `n` things, the number put in."""
    if n == 1:
        return one
    if few and n % 10 in _FEW and n % 100 not in _TEENS:
        return few.format(n=n)
    return many.format(n=n)


def phrases_for(language: str, tables: Mapping[str, Phrases]) -> Phrases | None:
    """Return the phrases of the nearest language: "en-US" before "en"; None if there are none."""
    tag = language.lower()
    return tables.get(tag) or tables.get(tag.partition("-")[0])
