"""Hugo's shortcodes: a figure is a figure, a link leads on, code stays as written, and the rest is not read aloud."""

import contextlib
import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earmark.article import Article, Block, Heading, MarkKind, fields, walk
from earmark.errors import ReadError
from earmark.readers.shortcodes import expand

Read = Callable[[str], Article]
Outline = Callable[[Sequence[Block]], list[str]]


@pytest.fixture(params=["markdown", "commonmark"])
def read(request: pytest.FixtureRequest) -> Read:
    """Return the function that reads each dialect."""
    found: Read = request.getfixturevalue(request.param)
    return found


def silent(article: Article) -> list[str]:
    """Return what is marked as not said, and why."""
    return [
        f"{mark.value}: {inline.text[mark.start : mark.end]}"
        for block in walk(article.blocks)
        for _, inline in fields(block)
        for mark in inline.marks
        if mark.kind is MarkKind.SILENT
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{{< figure src="a.png" alt="A dial" caption="Its face" >}}', "figure a.png 'A dial' 'Its face'"),
        ('{{< figure src="a.png" caption="Its face" >}}', "figure a.png 'Its face' 'Its face'"),
        ('{{< figure "a.png" >}}', "figure a.png None None"),
        ('{{< figure src="a.png" alt="" >}}', "figure a.png '' None"),
        (
            '{{< figure\n  src="a.png"\n  alt="5 > 3 \\"or\\" less"\n  title="One" caption=`A "b"` attr="[Ann](http://x.example)"\n>}}',
            "figure a.png '5 > 3 \"or\" less' 'One A \"b\" Ann'",
        ),
        ("{{< pic src=a.png alt=Dial />}}", "figure a.png 'Dial' None"),
        ('{{% figure src="a.png" alt="A & B <c>" %}}', "figure a.png 'A & B <c>' None"),
    ],
)
def test_a_figure(read: Read, outline: Outline, source: str, expected: str) -> None:
    article = read(f"Before.\n\n{source}\n\nAfter.\n")
    assert outline(article.blocks) == ["p 'Before.'", expected, "p 'After.'"]
    assert silent(article) == []


def test_a_caption_is_markdown(read: Read) -> None:
    article = read('{{< figure src="a.png" alt="x" caption="A *new* board" >}}')
    (figure,) = article.blocks
    caption = dict(fields(figure))["caption"]
    assert caption.text == "A new board"
    assert [mark.kind for mark in caption.marks] == [MarkKind.EMPHASIS]


def test_others_are_left_out_and_listed(read: Read, outline: Outline) -> None:
    article = read('One {{< tweet user="a_b_c" id=`1` >}} two.\n\n{{% tip %}}\nWords *in* it.\n{{% /tip %}}\n')
    assert silent(article) == ['shortcode: {{< tweet user="a_b_c" id=`1` >}}', "shortcode: {{% tip %}}"]
    assert outline(article.blocks)[0] == "p 'One {{< tweet user=\"a_b_c\" id=`1` >}} two.'"
    text = " ".join(inline.text for block in walk(article.blocks) for _, inline in fields(block))
    assert "Words in it." in text
    assert "/tip" not in text


def test_the_player_itself_leaves_nothing(read: Read, outline: Outline) -> None:
    assert outline(read("A.\n\n{{< earmark >}}\n\nB.").blocks) == ["p 'A.'", "p 'B.'"]


@pytest.mark.parametrize(
    ("source", "text", "address"),
    [
        ('[the note]({{< ref "west.md#top" >}})', "the note", "west.md#top"),
        ('[the note]({{% relref path="a b.md" %}})', "the note", "a%20b.md"),
        ('<a href="{{< param base >}}">the note</a>', "the note", "base"),
    ],
)
def test_a_link_leads_on(read: Read, source: str, text: str, address: str) -> None:
    ((_, inline),) = [pair for block in read(source).blocks for pair in fields(block)]
    assert inline.text == text
    assert [(mark.kind, mark.value) for mark in inline.marks] == [(MarkKind.LINK, address)]


def test_an_address_that_is_printed_is_read_as_one(read: Read, outline: Outline) -> None:
    assert outline(read('See {{< ref "b_c_d.md" >}}.').blocks) == ["p 'See b_c_d.md.'"]


def test_code_stays_as_written(read: Read, outline: Outline) -> None:
    article = read("`{{< a >}}` and {{< b >}}\n\n```\n{{< figure src=x >}}\n```\n\n{{< c >}}\n")
    assert silent(article) == ["shortcode: {{< b >}}", "shortcode: {{< c >}}"]
    assert "code  '{{< figure src=x >}}'" in outline(article.blocks)


def test_a_pair_that_highlights_is_code(read: Read, outline: Outline) -> None:
    article = read('{{< highlight go "linenos=table" >}}\nx := {{< y >}}\n{{< /highlight >}}\n\nAfter.')
    assert outline(article.blocks) == ["code go 'x := {{< y >}}'", "p 'After.'"]
    assert silent(read("{{< highlight go >}} never closed")) == ["shortcode: {{< highlight go >}}"]


def test_one_that_is_shown_is_text(read: Read, outline: Outline) -> None:
    assert outline(read("Write {{</* figure src=x_y_z */>}} there.").blocks) == [
        "p 'Write {{< figure src=x_y_z >}} there.'"
    ]


@pytest.mark.parametrize("source", ["{{ name }}", "{{< never closed", "{{< >}}", "a {{% b", '{{< "open >}}'])
def test_what_is_none_stays(read: Read, outline: Outline, source: str) -> None:
    assert outline(read(source).blocks) == [f"p {source!r}"]


def test_lines_stay_the_files_own(read: Read) -> None:
    article = read('Opening words of it.\n\n{{< figure src="a.png" alt="x" >}}\n\nClosing words of it.\n')
    assert [block.line for block in article.blocks] == [1, 3, 5]


def test_too_many_are_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="more than 5,000 shortcodes") as caught:
        read("{{< a >}}\n" * 5001)
    assert caught.value.line == 5001


@settings(max_examples=max(100, settings().max_examples), deadline=None)
@given(
    st.lists(st.sampled_from(["{{<", "{{%", ">}}", "%}}", '"', "`", "/", "a", "=", "\n", "\\", "*", " "]), max_size=40)
)
def test_words_outside_stay_where_they_are(pieces: list[str]) -> None:
    text = f"First{''.join(pieces)}\n\nlast"
    made = expand(text, str, name="x.md")
    assert made.startswith("First")
    assert made.endswith("\n\nlast")


@pytest.mark.parametrize(
    "piece", ['{{< "', "{{< a `", "{{< a b=", '{{< figure src="', "```\n{{<", "`{{< a >}} ", '{{< "\\']
)
def test_nothing_takes_out_of_proportion(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    begun = time.process_time()
    with contextlib.suppress(ReadError):
        expand(text, str, name="x.md")
    assert time.process_time() - begun < 1.5


@pytest.mark.parametrize(
    ("source", "heading", "anchor"),
    [
        ("## The quay {#quay .wide}", "The quay", "quay"),
        ("## The quay {.wide}", "The quay", ""),
        ("The quay {#quay}\n--------", "The quay", "quay"),
        ("## The set {1, 2}", "The set {1, 2}", ""),
        ("## The set \\{#a}", "The set {#a}", ""),
    ],
)
def test_what_hugo_takes_off_a_heading_is_not_read(commonmark: Read, source: str, heading: str, anchor: str) -> None:
    (block,) = commonmark(source).blocks
    assert isinstance(block, Heading)
    assert (block.content.text, block.anchor) == (heading, anchor)


def test_a_heading_made_to_stall_is_read(commonmark: Read) -> None:
    begun = time.process_time()
    commonmark("## A {#" + "a.b" * 60 + "\n\n" + "## B {" + "{#a " * 40)
    assert time.process_time() - begun < 1.5
