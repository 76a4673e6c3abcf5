"""What each HTML element is to a listener: the tables that the walk goes by."""

from earmark.article import MarkKind

# Nothing inside is shown by a browser.
HIDDEN = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "col",
        "colgroup",
        "datalist",
        "frame",
        "frameset",
        "head",
        "link",
        "map",
        "meta",
        "noembed",
        "noframes",
        "param",
        "desc",
        "defs",
        "metadata",
        "progress",
        "meter",
        "rp",
        "script",
        "selectedcontent",
        "source",
        "style",
        "template",
        "title",
        "track",
    ]
)

# Each begins and ends a paragraph, and is nothing more.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "body",
        "center",
        "dialog",
        "div",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "nav",
        "p",
        "search",
        "section",
        "tbody",
        "tfoot",
        "thead",
        "marquee",
        "optgroup",
    ]
)

MARKS = {
    "acronym": MarkKind.ABBREVIATION,
    "abbr": MarkKind.ABBREVIATION,
    "b": MarkKind.STRONG,
    "cite": MarkKind.CITE,
    "code": MarkKind.CODE,
    "del": MarkKind.STRIKE,
    "dfn": MarkKind.EMPHASIS,
    "em": MarkKind.EMPHASIS,
    "i": MarkKind.EMPHASIS,
    "ins": MarkKind.INSERTED,
    "kbd": MarkKind.KEYBOARD,
    "mark": MarkKind.HIGHLIGHT,
    "q": MarkKind.QUOTATION,
    "s": MarkKind.STRIKE,
    "samp": MarkKind.CODE,
    "small": MarkKind.SMALL,
    "strike": MarkKind.STRIKE,
    "strong": MarkKind.STRONG,
    "sub": MarkKind.SUBSCRIPT,
    "sup": MarkKind.SUPERSCRIPT,
    "time": MarkKind.TIME,
    "tt": MarkKind.CODE,
    "var": MarkKind.EMPHASIS,
}

# The attribute that a mark's value is taken from.
VALUES = {MarkKind.ABBREVIATION: "title", MarkKind.TIME: "datetime"}

# Words in them are their own, however close the next element stands.
APART = frozenset({"button", "label", "option", "output", "select", "textarea", "text", "rt"})

EMBEDS = frozenset({"audio", "embed", "iframe", "video"})

HEADINGS = {f"h{level}": level for level in range(1, 7)}

# What an author may attach to a block.
ATTACHED = {"recording": "recording", "data-recording": "recording", "speaker": "speaker", "data-speaker": "speaker"}

# What a reader attaches to a block that is no part of the article; its value is the reason.
FURNITURE = "furniture"

VERSE = frozenset({"verse", "poem", "poetry", "wp-block-verse"})

# A `lang` on one of these is the block's, on any other element a mark.
STARTING = (
    BLOCKS
    | frozenset(
        [
            "aside",
            "blockquote",
            "dd",
            "details",
            "dir",
            "dl",
            "dt",
            "figure",
            "li",
            "menu",
            "ol",
            "pre",
            "table",
            "tr",
            "ul",
        ]
    )
    | HEADINGS.keys()
)
