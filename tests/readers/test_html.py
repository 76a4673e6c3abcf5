"""The walk: each shape of HTML ends in the block that a listener would expect."""

from collections.abc import Callable, Sequence

import pytest

from earmark.article import Block, Figure, Footnote, Heading, Inline, Mark, MarkKind, Paragraph, Table, fields, walk
from earmark.errors import ReadError
from earmark.readers.html import blocks_of

Html = Callable[[str], tuple[Block, ...]]
Outline = Callable[[Sequence[Block]], list[str]]

SHAPES = {
    "text directly in the body is a paragraph": (
        "one <em>two</em><p>three</p>four",
        ["p 'one two'", "p 'three'", "p 'four'"],
    ),
    "divisions and unknown elements are transparent": (
        "<div><x-y>a<section>b</section></x-y>c</div>",
        ["p 'a'", "p 'b'", "p 'c'"],
    ),
    "white space collapses, no-break spaces stay": ("<p> a \n\t b\u00a0 c </p>", ["p 'a b\\xa0 c'"]),
    "one br breaks the line, two end the paragraph": ("a<br>b<br><br>c<br>", ["p 'a\\nb'", "p 'c'"]),
    "wbr joins": ("<p>super<wbr>califragilistic</p>", ["p 'supercalifragilistic'"]),
    "headings": ("<h1>A</h1><h6>B</h6><div role=heading aria-level=3>C</div><h2></h2>", ["h1 A", "h6 B", "h3 C"]),
    "blocks in a heading are lines": ("<h2>A<div>B</div>C</h2>", ["h2 A\nB\nC"]),
    "quotation": ("<blockquote>a<p>b</blockquote>", ["quote", "  p 'a'", "  p 'b'"]),
    "empty containers are gone": ("<blockquote> </blockquote><ul><li></ul><p></p><table></table><figure></figure>", []),
    "ordered list": (
        "<ol start=3><li>a<li value=7>b<li>c</ol>",
        ["ordered", "  item 3", "    p 'a'", "  item 7", "    p 'b'", "  item 8", "    p 'c'"],
    ),
    "reversed list": ("<ol reversed><li>a<li>b</ol>", ["ordered", "  item 2", "    p 'a'", "  item 1", "    p 'b'"]),
    "reversed from a number": (
        "<ol reversed start=9><li>a<li>b</ol>",
        ["ordered", "  item 9", "    p 'a'", "  item 8", "    p 'b'"],
    ),
    "a start that is no number": ("<ol start=x><li>a</ol>", ["ordered", "  item 1", "    p 'a'"]),
    "nested list": (
        "<ul><li>a<ul><li>b</ul>c</ul>",
        ["bullet", "  item", "    p 'a'", "    bullet", "      item", "        p 'b'", "    p 'c'"],
    ),
    "words of a list that are in no item": (
        "<ul>x<li>a</li>y<ul><li>b</ul></ul>",
        [
            "bullet",
            "  item",
            "    p 'x'",
            "  item",
            "    p 'a'",
            "    p 'y'",
            "    bullet",
            "      item",
            "        p 'b'",
        ],
    ),
    "an item without a list": ("<li>a</li>", ["p 'a'"]),
    "task list": (
        "<ul><li><input type=checkbox checked> a<li><input type=CHECKBOX>b<li>c <input type=checkbox></ul><input>",
        ["bullet", "  item done", "    p 'a'", "  item open", "    p 'b'", "  item", "    p 'c'"],
    ),
    "definition list": (
        "<dl><div><dt>A<dt>B</div><dd>c<dd><p>d</p></dl><dt>e</dt><dd>f</dd>",
        ["definition", "  term A", "  term B", "  item", "    p 'c'", "  item", "    p 'd'", "p 'e'", "p 'f'"],
    ),
    "an empty term": ("<dl><dt></dt><dd>a</dl>", ["definition", "  item", "    p 'a'"]),
    "code keeps its white space": (
        "<pre><code class='x language-py'>a\n  b<span> c</span>\n</code></pre>",
        ["code py 'a\\n  b c'"],
    ),
    "the language of a highlighter's box": (
        "<div class='language-rb'><div class=highlight><pre>x<br>y</pre></div></div><pre> </pre>",
        ["code rb 'x\\ny'"],
    ),
    "what is hidden in code": ("<pre>a<b hidden>b</b><script>c</script><!--d-->e</pre>", ["code  'ae'"]),
    "verse is a paragraph of lines": ("<pre class=wp-block-verse>a\n b</pre>", ["p 'a\\nb'"]),
    "code in a cell is running text": ("<table><tr><td>x<td><pre>a\nb</pre></table>", ["table None [] x | a\nb"]),
    "thematic break": ("a<hr>b", ["p 'a'", "break", "p 'b'"]),
    "a break in a cell is a line": ("<table><tr><td>x<td>a<hr>b</table>", ["table None [] x | a\nb"]),
    "an image alone is a figure": ("<p> <a href=x><img src=a alt='A  cat'></a> </p>", ["figure a 'A cat' None"]),
    "several images alone": ("<p><img src=a alt=''> <img src=b></p>", ["figure a '' None", "figure b None None"]),
    "an image by its label": (
        "<img src=a aria-label=A><img src=b role=presentation>",
        ["figure a 'A' None", "figure b '' None"],
    ),
    "figure": ("<figure><img src=a alt=A><figcaption>B <i>c</i></figcaption></figure>", ["figure a 'A' 'B c'"]),
    "caption before its picture": (
        "<figure><figcaption>B</figcaption><img src=a alt=A></figure>",
        ["figure a 'A' 'B'"],
    ),
    "several pictures, one caption": (
        "<figure><img src=a alt=A><img src=b alt=B><figcaption>C</figcaption></figure>",
        ["figure a 'A' None", "figure b 'B' 'C'"],
    ),
    "a figure of a table": (
        "<figure><figcaption>C</figcaption><table><tr><td>1<td>2</table></figure>",
        ["table 'C' [] 1 | 2"],
    ),
    "a figure of code": (
        "<figure><figcaption>C</figcaption><pre>x</pre></figure>",
        ["p 'C'", "code  'x'"],
    ),
    "a figure of a quotation": (
        "<figure><blockquote>a</blockquote><figcaption>B</figcaption></figure>",
        ["quote", "  p 'a'", "p 'B'"],
    ),
    "two captions": (
        "<figure><figcaption>A</figcaption><figcaption>B</figcaption><figcaption></figcaption></figure>",
        ["p 'A'", "p 'B'"],
    ),
    "a caption in a quotation in a figure": (
        "<figure><img src=a alt=A><blockquote><figcaption>B</figcaption></blockquote></figure><figcaption>C</figcaption>",
        ["figure a 'A' None", "quote", "  p 'B'", "p 'C'"],
    ),
    "a figure in a cell": (
        "<table><tr><td>x<td><figure><img src=a alt=A><figcaption>B</figcaption></figure></table>",
        ["table None [] x | A\nB"],
    ),
    "table": (
        "<table><caption>T</caption><thead><tr><th>A<th>B<tbody><tr><td>1<td>2</table>",
        ["table 'T' [A | B] 1 | 2"],
    ),
    "a first row of th is the header, its corner may be empty": (
        "<table><tr><td><th>A<tr><th>x<td>1<tr><th>y<td>2</table>",
        ["table None [ | A] x | 1 / y | 2 named"],
    ),
    "a second row in the head is a row": (
        "<table><thead><tr><th colspan=2>A<tr><th>B<th>C<tbody><tr><td>1<td>2</table>",
        ["table None [A | ] B | C / 1 | 2"],
    ),
    "spans": (
        "<table><tr><th rowspan=2>A<td colspan=2>1<tr><td>2<td>3<tr><th>B<td>4<td>5</table>",
        ["table None [] A | 1 |  /  | 2 | 3 / B | 4 | 5 named"],
    ),
    "lists in a cell are lines": (
        "<table><tr><th>A<th>B<tr><td>a<ul><li>b<li>c</ul><td>d</table>",
        ["table None [A | B] a\nb\nc | d"],
    ),
    "a table around a table lays out": (
        "<table><tr><td>a<ul><li>b<li>c</ul><td><table><tr><td>d<td>e</table></table>",
        ["p 'a'", "bullet", "  item", "    p 'b'", "  item", "    p 'c'", "table None [] d | e"],
    ),
    "a table in a cell of values": (
        "<table><tr><th>A<th>B<tr><td>a<td><table><tr><td>d<td>e</table></table>",
        ["table None [A | B] a | d e"],
    ),
    "a table that lays out": (
        "<table role=presentation><caption>x</caption><thead><tr><td>a<td>b</table><table><tr><td>c</table>",
        ["p 'x'", "p 'a'", "p 'b'", "p 'c'"],
    ),
    "a second caption": (
        "<table><caption>A</caption><caption>B</caption><caption></caption><tr><td>1<td>2</table>",
        ["p 'B'", "table 'A' [] 1 | 2"],
    ),
    "admonition": (
        "<div class='admonition warning'><p class=admonition-title>T</p><p>a</p></div>",
        ["warning 'T'", "  p 'a'"],
    ),
    "an admonition without a kind": ("<div class=admonition>a</div>", ["note None", "  p 'a'"]),
    "a title that comes late, or nowhere": (
        "<div class=admonition>a<p class=admonition-title>T</p></div><p class=admonition-title>U</p>",
        ["note None", "  p 'a'", "  p 'T'", "p 'U'"],
    ),
    "an admonition in a cell": (
        "<table><tr><td>a<td><div class=admonition><blockquote><details>b</details></blockquote></div><h2>c</h2></table>",
        ["table None [] a | b\nc"],
    ),
    "aside": ("<aside>a</aside>", ["aside None", "  p 'a'"]),
    "disclosure": ("<details><summary>S</summary>a<summary></summary></details>", ["details 'S'", "  p 'a'"]),
    "formula": (
        "<math display=block alttext='x^2'><mi>x</mi></math>a<math><mi>y</mi><annotation>z</annotation></math>b<math></math>",
        ["math x^2", "p 'a y b'"],
    ),
    "embeds": (
        "a<iframe title=V src=v>x</iframe><video aria-label=W src=w>y</video><object title=O data=o>z</object>",
        ["p 'a'", "embed V v", "embed W w", "embed O o", "p 'z'"],
    ),
    "an embed in a cell": (
        "<table><tr><td>a<td>b<iframe title=V></iframe><iframe></iframe></table>",
        ["table None [] a | b V"],
    ),
    "ruby": ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", ["p '漢 kan 字'"]),
    "what is not shown": (
        (
            "a<script>b</script><style>c</style><template>d</template><!--e--><p hidden>f</p><p style='display: none'>g</p>"
            "<dialog>h</dialog><datalist><option>i</datalist>"
        ),
        ["p 'a'"],
    ),
    "an open dialog": ("<dialog open>a</dialog>", ["p 'a'"]),
    "forms": (
        "a<button>b</button><select><option>c<option>d</select><textarea>e</textarea>f<noscript>g</noscript>",
        ["p 'a b c d e fg'"],
    ),
    "drawings": (
        "a<svg><title>T</title><text>b</text><text>c</text></svg>d <svg aria-label=L></svg>e<svg></svg>",
        ["p 'a T b c d L e'"],
    ),
    "references of any shape": ("<p>&lt;b&gt; &amp;amp; &#x201C;</p>", ["p '<b> &amp; “'"]),
    "control characters are gone": ("<p>a&#1;b&#11;c</p>", ["p 'ab c'"]),
    "a carriage return in code": ("<pre>a&#13;b</pre>", ["code  'a\\nb'"]),
}


@pytest.mark.parametrize(("source", "expected"), SHAPES.values(), ids=SHAPES)
def test_shapes(source: str, expected: list[str], html: Html, outline: Outline) -> None:
    assert outline(html(source)) == expected


def test_footnotes_stand_last_in_the_order_of_their_marks(html: Html, outline: Outline) -> None:
    blocks = html(
        '<p>a<sup><a class="footnote-ref" href="#fn:2">2</a></sup> b<a role=doc-noteref href="#fn:1">*</a>'
        ' c<a class="footnote-ref" href="#none">3</a></p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>one <a class="footnote-backref" href="#r">&#8617;</a></p><ol><li>x</ol><hr></li>'
        '<li id="fn:2">two<a class="footnote-ref" href="#fn:4">4</a></li><li id="fn:3">three</li><li id="fn:4">four</li>'
        '<li id="fn:5"><a role=doc-backlink>back</a></li></ol></div><p>end</p>'
    )
    assert outline(blocks) == [
        "p 'a2 b* c3'",
        "p 'end'",
        "note 2",
        "  p 'two4'",
        "note *",
        "  p 'one'",
        "  ordered",
        "    item 1",
        "      p 'x'",
        "  break",
        "note 4",
        "  p 'four'",
        "note 3",
        "  p 'three'",
    ]
    notes = {block.label: block.id for block in blocks if isinstance(block, Footnote)}
    assert isinstance(blocks[0], Paragraph)
    references = [mark.value for mark in blocks[0].content.marks if mark.kind is MarkKind.NOTE_REFERENCE]
    assert references == [notes["2"], notes["*"], ""]


def test_notes_marked_in_tables_and_without_an_id(html: Html, outline: Outline) -> None:
    blocks = html(
        '<table><tr><th>A<th>B<sup class=footnote-ref><a href="#n">[1]</a></sup><tr><td>1<td>2</table>'
        "<section class=footnotes><ol><li id=n>note<li>other</ol></section>"
        "<table><tr><th>x<th>y<tr><td>z<td><div class=footnote>w</div></table>"
    )
    assert outline(blocks) == [
        "table None [A | B[1]] 1 | 2",
        "table None [x | y] z | w",
        "note 1",
        "  p 'note'",
        "note 2",
        "  p 'other'",
    ]
    table = blocks[0]
    assert isinstance(table, Table)
    assert table.header[1].marks[-1] == Mark(MarkKind.NOTE_REFERENCE, 1, 4, blocks[2].id)


MARKS = {
    "<b>a</b> <i>b</i>": [("strong", "a"), ("emphasis", "b")],
    "<b>a <i> b </i> </b> c": [("strong", "a b"), ("emphasis", "b")],
    "<s>a</s><ins>b</ins><mark>c</mark><small>d</small>": [
        ("strike", "a"),
        ("inserted", "b"),
        ("highlight", "c"),
        ("small", "d"),
    ],
    "<a href=x>a</a> <a>b</a>": [("link", "a", "x")],
    "<abbr title='B C'>bc</abbr><acronym>d</acronym>": [("abbreviation", "bc", "B C"), ("abbreviation", "d")],
    "<code>a</code><samp>b</samp><kbd>c</kbd><q>d</q><cite>e</cite>": [
        ("code", "a"),
        ("code", "b"),
        ("keyboard", "c"),
        ("quotation", "d"),
        ("cite", "e"),
    ],
    "x<sup>2</sup><sub>3</sub>": [("superscript", "2"), ("subscript", "3")],
    "<time datetime=2026-11-22>today</time>": [("time", "today", "2026-11-22")],
    "<span lang=fr>a</span><em xml:lang=de>b</em>": [
        ("language", "a", "fr"),
        ("language", "b", "de"),
        ("emphasis", "b"),
    ],
    "<span aria-hidden=true>a</span>b": [("silent", "a")],
    "a<img src=i alt='b c'>d": [("image", "b c", "i")],
    "a <img src=i alt=''> d": [("image", "", "i")],
    "a <b><img src=i></b>": [("image-without-alt", "", "i")],
    "a <math alttext=b></math>": [("math", "b")],
    "a<b></b><i> </i>": [],
    "<ruby>a<rt>b</rt></ruby>": [("silent", "b", "ruby")],
}


@pytest.mark.parametrize(("source", "expected"), MARKS.items(), ids=MARKS)
def test_marks(source: str, expected: list[tuple[str, ...]], html: Html) -> None:
    (block,) = html(f"<p>{source}</p>")
    ((_, inline),) = fields(block)
    found = [(str(mark.kind), inline.text[mark.start : mark.end], mark.value) for mark in inline.marks]
    assert found == [(*mark, "")[:3] for mark in expected]


def test_marks_go_on_from_block_to_block(html: Html) -> None:
    first, second = html("<b>a<p>b c</p></b>")
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert first.content == Inline("a", (Mark(MarkKind.STRONG, 0, 1),))
    assert second.content == Inline("b c", (Mark(MarkKind.STRONG, 0, 3),))


def test_language_of_blocks_is_set_where_it_differs() -> None:
    blocks, _ = blocks_of(
        "<p>a</p><blockquote lang=fr><p>b</p><p lang=EN>c</p></blockquote><table><tr><td lang=de>d<td>e</table>",
        name="x.html",
        language="en",
    )
    assert [block.language for block in walk(blocks)] == [None, "fr", "fr", None, None]
    table = blocks[2]
    assert isinstance(table, Table)
    assert table.rows[0][0].marks == (Mark(MarkKind.LANGUAGE, 0, 1, "de"),)


def test_what_authors_attach_stays_with_its_block(html: Html) -> None:
    one, two, three = html("<p speaker=Ann data-recording=a.wav>x<p>y<pre aria-hidden=true>z</pre>")
    assert one.attributes == (("recording", "a.wav"), ("speaker", "Ann"))
    assert two.attributes == ()
    assert three.attributes == (("aria-hidden", "true"),)


def test_anchors(html: Html) -> None:
    one, two, three = html("<h2 id=a>x</h2><h2><a id=b></a>y</h2><h2>z</h2>")
    assert [block.anchor for block in (one, two, three) if isinstance(block, Heading)] == ["a", "b", ""]


def test_missing_alternative_texts_are_problems() -> None:
    blocks, problems = blocks_of(f"<p><img src=a></p><p>b <img src={'c' * 90}> <img alt='' src=d></p>", name="x.html")
    assert isinstance(blocks[0], Figure)
    assert [(problem.code, problem.block) for problem in problems] == [
        ("alt-missing", "b0001"),
        ("alt-missing", "b0002"),
    ]
    assert "'a'" in problems[0].message
    assert problems[1].message.count("c") < 90


def test_ids_widen_so_that_they_sort(html: Html) -> None:
    ids = [block.id for block in html("<p>x" * 10_001)]
    assert ids[0] == "b00001"
    assert ids == sorted(ids)


@pytest.mark.parametrize("source", ["<blockquote>" * 101 + "x", "<p>" + "<em a>" * 101 + "x"])
def test_deep_nesting_is_refused(source: str, html: Html) -> None:
    with pytest.raises(ReadError, match="more than 100 deep"):
        html(source)


def test_a_thousand_divisions_are_only_one_paragraph(html: Html, outline: Outline) -> None:
    assert outline(html("<div>" * 900 + "x")) == ["p 'x'"]
