"""Two hundred clean fragments: every visible word is said once or listed as left out, with its reason, in order."""

import random
import re

import pytest

from earmark.article import fields, walk
from earmark.narration.order import place
from earmark.narration.script import Sentence, Span, Utterance
from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Source
from earmark.settings import Settings

# Each "w" is a word that a browser shows; "h" is one that it does not show.
SHAPES = (
    "<p>w w, w. w w?</p>",
    "<p>w <em>w</em> <strong>w w</strong>. <q>w w</q> <cite>w</cite></p>",
    "<h2>w w</h2><p>w w w.</p>",
    '<div role="heading" aria-level="3">w w</div><div>w w. <div>w w.</div> w</div>',
    "<ul><li>w w<li>w <ul><li>w</ul></ul>",
    '<ol start="3"><li>w</li><li value="9"><p>w.</p><p>w.</p></li></ol>',
    "<ol reversed><li>w<li>w</ol>",
    '<div role="list"><div role="listitem">w w</div><span role="listitem">w</span></div>',
    "<dl><dt>w<dt>w<dd>w w.<dd>w</dl>",
    "<blockquote><p>w w.</p><footer>w, <cite>w</cite></footer></blockquote>",
    '<figure><img src="a.png" alt="w w"><figcaption>w w w.</figcaption></figure>',
    "<figure><blockquote>w w.</blockquote><figcaption>w</figcaption></figure>",
    '<p>w <img src="a.png" alt="w w"> w <img src="b.png" alt=""> w.</p>',
    '<picture><source srcset="a.avif"><img src="a.png" alt="w w w"></picture>',
    "<table><caption>w w</caption><thead><tr><th>w<th>w</thead><tbody><tr><td>w<td>w w<tr><td>w<td>w</table>",
    "<table><tr><th>w</th><td>w</td></tr><tr><th>w</th><td>w w</td></tr></table>",
    '<table role="presentation"><tr><td><p>w w.</p></td><td>w</td></tr></table>',
    "<table><tr><td><table><tr><td>w</table><td>w</table>",
    '<table><tr><td rowspan="2">w<td>w<tr><td>w</table>',
    "<details><summary>w w</summary><p>w w.</p></details>",
    '<p>w <time datetime="2026-05-04">w</time> w<sup>w</sup> w<sub>w</sub>.</p>',
    '<p>w <abbr title="h h">w</abbr> w <kbd>w</kbd> <code>w</code> <var>w</var> <small>w</small></p>',
    "<p>w <ruby>w<rp>h</rp><rt>w</rt><rp>h</rp></ruby> w</p>",
    '<p>w <math alttext="w w"><mi>h</mi></math> w</p>',
    '<p lang="fr">w w <span lang="de">w w</span> w.</p>',
    "<p>w <span aria-hidden=true>w w</span> w.</p>",
    "<p hidden>h h</p><p>w w.</p><div style='display: none'>h</div>",
    "<p>w <del>w</del> <ins>w w</ins> <s>w</s> <mark>w</mark></p>",
    '<pre><code class="language-python">w = w\nw\n</code></pre>',
    "<pre class='wp-block-verse'>w w\nw w\nw</pre>",
    '<iframe src="https://video.example/1" title="w w"></iframe><p>w.</p>',
    '<aside><h3>w</h3><p>w w.</p></aside><div role="note">w w.</div>',
    '<p>w w.<sup><a href="#n1" id="r1" role="doc-noteref">1</a></sup> w.</p>',
    '<p><a href="https://example.org/">w w</a>, w <a href="/x">w</a> (w).</p>',
    "<hr><p>w<br>w<br>w</p>",
    "<section aria-label='h'><header><h2>w</h2></header><p>w w.</p><footer>w w.</footer></section>",
    "<address>w w<br>w</address><center>w</center>",
    "<script>h h</script><style>h</style><template>h</template><!-- h --><p>w w.</p>",
    "w w <b>w</b> w<p>w",
    '<svg role="img" aria-label="w w"></svg><p>w w.</p>',
    '<p>w &amp; w &lt;w&gt; "w" w&nbsp;w w&shy;</p>',
    '<span role="img" aria-label="w w">★</span><p>w w.</p>',
    "<button>w w</button><label>w <input value=h></label><p>w.</p>",
)
NOTES = '<section role="doc-endnotes"><ol><li id="n1" role="doc-endnote">w w. <a href="#r1" role="doc-backlink">↩</a></ol></section>'
_MOVED = ("<figcaption>", "<caption>", 'role="doc-noteref"')


def _fragment(number: int) -> tuple[str, list[str]]:
    chosen = random.Random(number).sample(SHAPES, 1 + number % 7)  # noqa: S311 (the same fragments each time)
    html = "\n".join([*chosen, NOTES] if any("doc-noteref" in shape for shape in chosen) else chosen)
    count = iter(range(10_000))
    parts = re.split(r"\bw\b(?![-=])", html)
    words = [f"w{next(count)}x" for _ in parts[1:]]
    return parts[0] + "".join(word + part for word, part in zip(words, parts[1:], strict=True)), words


@pytest.mark.parametrize("number", range(200))
def test_nothing_is_lost(number: int) -> None:
    html, words = _fragment(number)
    made = compose(Source(name="page.html", data=html.encode(), settings=Settings(), paces={"": 150.0}))
    printed = {(block.id, name): text.text for block in walk(made.article.blocks) for name, text in fields(block)}
    owned: list[tuple[str, Span]] = [(one.block, span) for one in made.script.omitted for span in one.spans]
    for item in made.script.items:
        if isinstance(item, Sentence):
            said = (part for part in item.parts if isinstance(part, Utterance) and not part.added and not part.echo)
            owned += [(part.block, span) for part in said for span in part.spans if (part.block, span.field) in printed]
    owned.sort(key=lambda one: place(one[0], one[1].field, one[1].start))
    found = [
        word
        for block, span in owned
        for word in re.findall(r"w\d+x", printed[block, span.field][span.start : span.end])
    ]
    assert sorted(found) == sorted(words)
    assert all(omission.reason for omission in made.script.omitted)
    if not any(moved in html for moved in _MOVED):
        assert found == words
