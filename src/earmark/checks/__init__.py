"""What an editor should put right for those who listen, or read by other means than sight.

Each rule knows the article and nothing of its syntax. The list of rules is the whole of it: to add one,
write a generator of problems, give its code a severity and a meaning in `options.py`, and name it here.
What only a reader can see (an empty heading, a tabindex) the reader reports itself, by the same codes.
"""

from itertools import islice

from earmark.article import Article, Metadata, Problem

_MOST = 50  # of one code in one article: who has put these right finds the others


def check(article: Article, metadata: Metadata, *, language_named: bool) -> tuple[Problem, ...]:
    """Return what every rule finds, in the order of the article. Linear in its length.

    `metadata` is resolved; `language_named` tells whether article or settings name the language.
    """
    from earmark.checks import headings, language, links, order, pictures, tables, wording  # noqa: PLC0415 (only the desk's child needs the rules)
    from earmark.checks.rule import Rule, reading_of  # noqa: PLC0415 (likewise)

    rules: tuple[Rule, ...] = (
        headings.title_missing,
        language.language_unknown,
        language.language_invalid,
        order.title_late,
        order.numbers_shuffled,
        order.note_missing,
        order.note_unreferenced,
        headings.heading_skipped,
        headings.heading_repeated,
        headings.headings_missing,
        headings.heading_faked,
        links.link_text_vague,
        links.link_address,
        links.link_ambiguous,
        links.link_repeated,
        pictures.alt_file_name,
        pictures.alt_placeholder,
        pictures.alt_redundant,
        pictures.alt_repeats_caption,
        pictures.alt_long,
        pictures.embed_title_missing,
        pictures.math_source,
        tables.table_header_missing,
        tables.table_header_empty,
        tables.table_caption_missing,
        wording.capitals,
        wording.letters_spaced,
        wording.list_faked,
        wording.break_faked,
        wording.emoji_repeated,
        wording.sensory_reference,
    )
    reading = reading_of(article, metadata, language_named=language_named)
    found = [problem for rule in rules for problem in islice(rule(reading), _MOST)]
    return tuple(sorted(found, key=lambda problem: problem.block))
