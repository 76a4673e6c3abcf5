"""Whatever the tree: nothing lost, nothing doubled, in order; marks nest; ids are unique and sort."""

import re

from hypothesis import given
from hypothesis import strategies as st

from earmark.article import Code, Figure, Inline, fields, walk
from earmark.errors import ReadError
from earmark.readers.html import blocks_of

PHRASES = (
    "em",
    "strong",
    "a href=x",
    "span",
    "code",
    "abbr title=y",
    "sub",
    "x-unknown",
    "q",
    "span lang=fr",
    "b aria-hidden=true",
)
HOLDERS = ("div", "section", "blockquote", "aside", "article", "figure", "p", "h2", "details", "div lang=de")
LISTS = (("ul", "li"), ("ol", "li"), ("dl", "dd"), ("dl", "dt"))


def _element(tag: str, inside: list[str]) -> str:
    return f"<{tag}>{''.join(inside)}</{tag.partition(' ')[0]}>"


def _list(tags: tuple[str, str], items: list[list[str]]) -> str:
    return _element(tags[0], [_element(tags[1], item) for item in items])


def _table(rows: list[list[str]], spans: list[int]) -> str:
    cells = [
        _element(
            "tr",
            [
                f"<td colspan={spans[at % len(spans)]} rowspan={spans[(at + r) % len(spans)]}>{cell}</td>"
                for at, cell in enumerate(row)
            ],
        )
        for r, row in enumerate(rows)
    ]
    return _element("table", cells)


# Each word is "w"; numbering them afterwards shows which is lost, doubled or out of order.
WORDS = st.just(" w ")
LEAVES = st.one_of(
    WORDS,
    st.sampled_from(["<br>", "<hr>", "<img src=i alt=' w '>", "<img src=j>", "<pre>w\n w</pre>", " ", "<!-- -->"]),
)


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, max_size=4)
    return st.one_of(
        st.builds(_element, st.sampled_from(PHRASES + HOLDERS), several),
        st.builds(_list, st.sampled_from(LISTS), st.lists(several, max_size=3)),
        st.builds(
            _table,
            st.lists(st.lists(inner, max_size=3), max_size=3),
            st.lists(st.integers(0, 3), min_size=1, max_size=3),
        ),
        st.builds(lambda before, after: f"<figure>{before}<figcaption>{after} w</figcaption></figure>", inner, inner),
    )


TREES = st.lists(st.recursive(LEAVES, _grow, max_leaves=25), max_size=8).map("".join)


def numbered(html: str) -> tuple[str, list[str]]:
    count = iter(range(html.count("w") + 1))
    source = re.sub(r"\bw\b", lambda _: f"w{next(count)}", html)
    return source, re.findall(r"\bw\d+\b", source)


@given(TREES)
def test_every_word_ends_in_one_place(html: str) -> None:
    source, expected = numbered(html)
    blocks, _ = blocks_of(source, name="x.html")
    found = [word for block in walk(blocks) for _, inline in fields(block) for word in re.findall(r"w\d+", inline.text)]
    assert sorted(found) == sorted(expected)
    # A browser moves what stands between a table's cells; a caption may stand before its picture or table.
    if "<table" not in source and "<figcaption" not in source:
        assert found == expected


@given(TREES)
def test_marks_nest_and_texts_are_normal(html: str) -> None:
    blocks, _ = blocks_of(numbered(html)[0], name="x.html")
    ids = [block.id for block in walk(blocks)]
    assert ids == [f"b{number:04}" for number in range(1, len(ids) + 1)]
    for block in walk(blocks):
        for _, inline in fields(block):
            _check_marks(inline)
            if not isinstance(block, Code | Figure):
                assert inline.text == re.sub(r" ?\n ?", "\n", re.sub(r"[ \t]+", " ", inline.text)).strip()


def _check_marks(inline: Inline) -> None:
    assert [mark.start for mark in inline.marks] == sorted(mark.start for mark in inline.marks)
    ends: list[int] = []
    for mark in inline.marks:
        assert 0 <= mark.start <= mark.end <= len(inline.text)
        while ends and ends[-1] <= mark.start:
            ends.pop()
        assert not ends or mark.end <= ends[-1]
        if mark.start < mark.end:
            ends.append(mark.end)


PIECES = (
    "<", ">", "</", "<div>", "</div>", "<b>", "<a href=x>", "</a>", "<table>", "<td>", "<tr>", "<li>", "<ul>", "<!--", "-->",
    "<![CDATA[", "&", "&amp;", "<select>", "<option>", "<textarea>", "<svg>", "<title>", "<math>", "<pre>", "<template>",
    "<body>", "<frameset>", "<caption>", "<p hidden>", "<ol reversed>", "<div class=footnote>", "<sup class=footnote-ref>",
    "<input type=checkbox>", "<details>", "<summary>", "<iframe>", "a b", "'", '"', "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_tag_soup_breaks_it(html: str) -> None:
    try:
        blocks, problems = blocks_of(html, name="x.html")
    except ReadError:
        return
    ids = [block.id for block in walk(blocks)]
    assert ids == sorted(set(ids))
    assert {problem.block for problem in problems} <= set(ids)
