"""Plain text: paragraphs as the file is written, a title only where it looks like one; nothing is markup."""

import re

from earmark.article import Break, Heading, List, ListItem, Paragraph
from earmark.readers.drafts import Draft, freeze
from earmark.readers.inline import plain
from earmark.readers.layout import Kind, Layout, Line, layout_of, paragraphs
from earmark.readers.source import Reading, Source

_BREAK = re.compile(r"(?:(?:\*[ \t]*+){3,}|(?:[-–—][ \t]*+){3,}|(?:[_=~•·.][ \t]*+){3,}|[*#]|[⁂❦❧☙⸻])\Z")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\Z")
_BULLET = re.compile(r"(?P<mark>[-*•‣◦▪●])[ \t]+(?=\S)")
_SURE = frozenset("•‣◦▪●")  # nothing but a bullet; "-" and "*" are bullets only in company
_MOST_TITLE = 100  # characters; a headline is shorter, an opening sentence mostly longer
_MOST_TITLE_WORDS = 16
_NO_TITLE = re.compile(
    r"(?:by|words by|from|photo(?:graph)?s?|picture|published|updated|posted|read (?:more|also|next)|see also|sign up"
    r"|share|related|dear|chapter)\b|\W*\d[\d\W]*\Z"  # and dates
    r"|(?:[^\W\d]+,? )?\d{1,2}(?:st|nd|rd|th)?\.? [^\W\d]+,? \d{4}\Z|(?:[^\W\d]+,? )?[^\W\d]+ \d{1,2},? \d{4}\Z",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?!(?:The|A|An|My|Our|No|Why|How|What|Who|In|On|At|Of|For|To)\b)(?:[A-Z][\w.'’-]* ){1,2}[A-Z][\w'’-]+\Z"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_BELOW_NAME = re.compile(  # what stands under a writer's name, and not under a headline's
    rf"(?=.{{0,80}}\Z)(?:(?:first |last )?(?:published|updated|posted)\b|.{{0,30}}\b\d{{1,2}}[:.]\d\d ?(?:[ap]m|gmt|bst|\b)"
    rf"|(?:[a-z]+,? )?\d{{1,2}}(?:st|nd|rd|th)?,? {_MONTH}\b|(?:[a-z]+,? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\Z"
    r"|.*\b(?:reporter|correspondent|editor|columnist|critic|bbc news)\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
_CLOSED = re.compile(r"[.,;:…][\"'”’»)\]]*\Z|[!?][\"'”’»)\]]+\Z")
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?][\"'”’]? +\w")


def read(source: Source) -> Reading:
    """Return the blocks of a plain text; there is nothing in it to have problems with."""
    chunks = _chunks(source.text, source.first_line)
    layout = layout_of(chunks)
    drafts: list[Draft] = []
    for at, chunk in enumerate(chunks):
        if at == 0 and len(chunk) == 1 and len(chunks) > 1 and _is_title(chunk[0].text, chunks[1][0].text):
            drafts.append(_heading(chunk[0], 1))
        else:
            _add(drafts, chunk, layout)
    return Reading(*freeze(_listed(drafts), {}, None))


def _chunks(text: str, first_line: int) -> list[list[Line]]:
    """Return the lines, parted by blank ones."""
    chunks: list[list[Line]] = [[]]
    for number, raw in enumerate(text.replace("\f", "\n\f").split("\n"), first_line):
        stripped = raw.strip(" \t\f")
        if stripped:
            start = raw[: len(raw) - len(raw.lstrip(" \t\f\u3000"))].expandtabs(4)
            chunks[-1].append(Line(stripped, len(start), number))
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _is_title(text: str, below: str) -> bool:
    """Tell whether the first line, alone before a blank one, looks like a title rather than a sentence or a byline."""
    if _NAME.match(text) and _BELOW_NAME.match(below):
        return False
    return (
        len(text) <= _MOST_TITLE
        and len(text.split()) <= _MOST_TITLE_WORDS
        and not text[0].islower()
        and any(character.isalpha() for character in text)
        and not any(pattern.search(text) for pattern in (_ADDRESS, _CLOSED, _SENTENCE_INSIDE))
        and not any(pattern.match(text) for pattern in (_NO_TITLE, _BREAK, _BULLET))
    )


def _add(drafts: list[Draft], chunk: list[Line], layout: Layout) -> None:
    """Add a chunk's blocks: breaks and underlined headings divide it."""
    waiting: list[Line] = []
    for line in chunk:
        if _UNDERLINE.match(line.text) and len(waiting) == 1 and _underlines(line, waiting[0]):
            drafts.append(_heading(waiting.pop(), 1 if line.text[0] == "=" else 2))
        elif _BREAK.match(line.text):
            _add_lines(drafts, waiting, layout)
            waiting = []
            drafts.append(Draft(Break, line=line.number))
        else:
            waiting.append(line)
    _add_lines(drafts, waiting, layout)


def _underlines(line: Line, above: Line) -> bool:
    return abs(len(line.text) - len(above.text)) <= 2 and len(above.text) <= _MOST_TITLE  # noqa: PLR2004 (drawn by hand)


def _heading(line: Line, level: int) -> Draft:
    return Draft(Heading, {"level": level, "content": plain(line.text)}, line=line.number)


def _add_lines(drafts: list[Draft], lines: list[Line], layout: Layout) -> None:
    """Add paragraphs, and the items of a list where lines begin with bullets."""
    marks = [found["mark"] for line in lines if (found := _BULLET.match(line.text))]
    if not marks or not (len(marks) > 1 or marks[0] in _SURE or _BULLET.match(lines[0].text)):
        _add_paragraphs(drafts, lines, layout)
        return
    groups: list[list[Line]] = [[]]
    bullet: Line | None = None
    for line in lines:
        if _BULLET.match(line.text):
            groups.append([])
            bullet = line
        elif bullet is not None and layout.kind is Kind.LINES and line.indent <= bullet.indent:
            groups.append([])
            bullet = None
        groups[-1].append(line)
    for group in groups:
        found = _BULLET.match(group[0].text) if group else None
        if found is None:
            _add_paragraphs(drafts, group, layout)
        else:
            drafts.append(_item(group, found))


def _add_paragraphs(drafts: list[Draft], lines: list[Line], layout: Layout) -> None:
    if lines:
        drafts.extend(Draft(Paragraph, {"content": text}, line=number) for text, number in paragraphs(lines, layout))


def _item(lines: list[Line], bullet: re.Match[str]) -> Draft:
    """Return an item, with its words as a paragraph; `mark` is for `_listed` alone."""
    text = " ".join(line.text for line in lines)
    paragraph = Draft(Paragraph, {"content": plain(text[bullet.end() :])}, line=lines[0].number)
    return Draft(ListItem, {"mark": bullet["mark"]}, inside=[paragraph], line=lines[0].number)


def _listed(drafts: list[Draft]) -> list[Draft]:
    """Gather items that follow each other into lists; a lone "-" was a dash."""
    result: list[Draft] = []
    at = 0
    while at < len(drafts):
        end = at
        while (
            end < len(drafts)
            and drafts[end].make is ListItem
            and drafts[end].fields["mark"] == drafts[at].fields["mark"]
        ):
            end += 1
        items = drafts[at:end]
        if len(items) > 1 or (items and items[0].fields["mark"] in _SURE):
            for item in items:
                del item.fields["mark"]
            result.append(Draft(List, {"kind": "bullet"}, inside=items, line=items[0].line))
        elif items:
            paragraph = items[0].inside[0]
            dashed = f"{items[0].fields['mark']} {paragraph.fields['content'].text}"
            result.append(Draft(Paragraph, {"content": plain(dashed)}, line=paragraph.line))
        else:
            result.append(drafts[at])
        at = max(end, at + 1)
    return result
