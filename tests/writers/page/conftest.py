"""Editions for pages, made by the tone engine from real articles, and one of 20,000 words made by hand."""

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

import pytest

from earmark.library.build import Plan, build
from earmark.library.events import Made
from earmark.library.inputs.sources import discover
from earmark.readers import READERS
from earmark.settings import Layer, Settings, merge

AWKWARD = "ho\"st<il>e' &amp;.md"  # a file's name that tries what its text does
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000020000000108020000007b40e8dd0000000f49444154789c63606060f8cfc0c0000007010102"
    "00fe3cd90000000049454e44ae426082"
)

EVERYTHING = """---
title: The tide tables
authors: [Ada Marsh, Tom Ainslie]
date: 2026-03-14
updated: 2026-04-02
language: en-GB
description: What the sea does twice a day.
cover: gauge.png
tags: [sea, tables]
licence: https://creativecommons.org/licenses/by/4.0/
source_url: https://example.org/tides/
dialect: commonmark
---

It *begins. It* ends, with a [link to **the** harbour](https://example.org/harbour). So it goes.[^1]

## First heading

> A quotation of one line.

1. The first thing
2. The second thing

- [x] done
- [ ] not yet

![A gauge on a pier.](gauge.png)

![A far picture.](https://elsewhere.invalid/far.png)

| Year | Oil |
|------|-----|
| 1899 | 10 |
| 1913 | 13 |

```python
print("tide")
```

### Third level

Then <span lang="fr">bonjour tristesse</span> and <abbr title="Northern Lights Board">NLB</abbr>, [elsewhere](../other.md)
and [above](#first-heading).

READ MORE: [Ten other tides](https://example.org/ten)

[^1]: A note, with its own words.
"""

HOSTILE = (
    """---
title: '</title><script>window.owned=1</script>" onload="owned=1 {{7*7}} OVERRIDE'
authors: ['<img src=x onerror=owned=1>', '"><script>owned=1</script>']
language: en
description: '"><script>owned=1</script></script><!--'
tags: ['<b onclick=owned=1>', '</script>']
licence: 'javascript:owned=1'
source_url: 'javascript:owned=1'
cover: 'x"onerror="window.owned=1.png'
slug: hostile
---

<script>window.owned = 1</script><svg onload="window.owned=1"><script>window.owned=1</script></svg>

Words <a href="javascript:window.owned=1">one</a> <a href="JaVa&#x0A;Script:window.owned=1">two</a>
<a href="data:text/html,<script>window.owned=1</script>">three</a> <a href="vbscript:x">four</a>
<a href="https://example.org/&quot;onmouseover=&quot;owned=1">five</a> <img src="x" onerror="window.owned=1">.

</main></body></html></script><!-- ]]> {{ 7*7 }} {% raw %}

![</figcaption><script>window.owned=1</script>](x"onerror="window.owned=1.png)

![</figcaption><script>owned=1</script> "quoted" 'alt'](<x"onerror="window.owned=1.png>)

## Heading</h2><script>owned=1</script> {#x" onclick="owned=1}

<p lang='x" onload="owned=1'>Strange</p> <span lang="en-&quot;&gt;<script>owned=1</script>">language</span>
<abbr title='"><script>owned=1</script>'>ABC</abbr> <time datetime='"><script>owned=1</script>'>now</time>

<table><caption>"><script>owned=1</script></caption><tr><th onclick="owned=1">A"</th></tr><tr><td>1</td></tr></table>

```html"onload="owned=1
</code></pre><script>window.owned = 1</script>
```

A note.[^"><script>owned=1</script>]

<iframe src="https://elsewhere.invalid/"></iframe><object data="x"></object><style>body{display:none}</style>
<form action="https://elsewhere.invalid/"><input autofocus onfocus="window.owned=1"></form>
<base href="https://elsewhere.invalid/"><meta http-equiv="refresh" content="0;url=https://elsewhere.invalid/">

[^"><script>owned=1</script>]: </aside><script>window.owned=1</script> the note's end.

"""
    "OVERRIDE overridden \u0000 \x1b words.\n"
)
HOSTILE = HOSTILE.replace("OVERRIDE", "\u202e")

ARABIC = """---
title: البحر
language: ar
dialect: commonmark
---

هذا نص قصير. وهذه جملة ثانية.

## فصل

كلمات أخرى.

```python
print("tide")
```
"""


def make_editions(folder: Path, cache: Path, articles: Mapping[str, str], settings: Settings) -> Path:
    """Build articles with the tone engine and return the folder of their editions."""
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("gauge.png", 'x"onerror="window.owned=1.png'):
        (folder / name).write_bytes(PNG)
    plan = Plan(
        folder=discover([folder], suffixes=READERS, out=folder / "audio"),
        settings=settings,
        out=folder / "audio",
        cache=cache,
        jobs=2,
    )
    outcome = build(plan, tell=lambda _event: None, stop=Event())
    assert [result for result in outcome.results if not isinstance(result, Made)] == []
    assert outcome.troubles == ()
    return folder / "audio"


@pytest.fixture(scope="session")
def settings() -> Settings:
    return merge(
        Layer("test", {"voice": {"engine": "tone"}, "site": {"title": "The Skerry Review"}, "outputs": {"epub": False}})
    )


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """Return the folder with the editions "tides" (everything), "hostile" and "arabic"."""
    articles = {"tides.md": EVERYTHING, AWKWARD: HOSTILE, "arabic.md": ARABIC}
    return make_editions(tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("cache"), articles, settings)


@pytest.fixture(scope="session")
def build_site() -> Callable[..., Path]:
    """Return what builds a site of its own: folder, cache, articles, and sections of settings."""

    def built(folder: Path, articles: Mapping[str, str], **sections: Mapping[str, object]) -> Path:
        given = {"voice": {"engine": "tone"}, "outputs": {"epub": False}, **sections}
        return make_editions(folder, folder.parent / "cache", articles, merge(Layer("test", given)))

    return built
