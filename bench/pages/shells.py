"""Pages as publishing systems print them, with the words that are the article's marked in the page itself.

Each file in `shells/` is a template: `g("words")` prints words and notes them down as the article's, `m("words")` prints
words that one may count to it or not, and `body(story, …)` prints the parts of a story. What is noted down is the gold.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from articles import STORIES, Story, read_story

_HERE = Path(__file__).parent
_TAG = re.compile(r"<[^>]+>")
_HEADLINES = (
    "Council votes to keep the clock tower", "Ten walks for a wet Sunday", "Why the bakery opened at midnight", "The river is back, and so are the herons",
    "What we know about the power cut", "Readers on their worst holidays", "The bridge that never was", "A short history of the lamp post",
    "How to mend a kettle", "Nine days without a phone", "Minister resigns over parking ticket", "Is your cat lying to you?",
)  # fmt: skip
_NAMED = dict(zip(("ferry", "bees", "stairs", "cache", "museum", "phare", "tren", "chasy", "hon", "souq"), STORIES, strict=True))  # fmt: skip


@dataclass(slots=True)
class _Sheet:
    """What a template notes down while it is printed."""

    gold: list[str] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)

    def g(self, words: str) -> str:
        """Return words that are the article's."""
        self.gold.append(_plain(words))
        return words

    def m(self, words: str) -> str:
        """Return words that may be counted to the article or not."""
        self.spare.append(_plain(words))
        return words

    def body(  # noqa: PLR0913 (one form for each kind of part)
        self, story: Story, first: int = 0, last: int | None = None, *, p: str = "<p>%s</p>", h: str = "<h2>%s</h2>",
        q: str = "<blockquote><p>%s</p></blockquote>", c: str = '<figure><img src="p.jpg" alt=""><figcaption>%s</figcaption></figure>',
        li: str = "<li>%s</li>", ul: str = "<ul>%s</ul>", joint: str = "\n") -> str:  # fmt: skip
        """Return some of the parts of a story, each in its form."""
        out: list[str] = []
        listed: list[str] = []
        forms = {"p": p, "h2": h, "quote": q, "caption": c, "li": li}
        for kind, words in (*story.parts[first:last], ("end", "")):
            if listed and kind != "li":
                out.append(ul % "".join(listed))
                listed = []
            if kind != "end":
                (listed if kind == "li" else out).append(forms[kind] % self.g(words))
        return joint.join(out)


def _plain(words: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", words)).split())


def _links(count: int, start: int = 0, form: str = '<li><a href="/a/%d">%s</a></li>') -> str:
    return "".join(form % (at, _HEADLINES[(start + at) % len(_HEADLINES)]) for at in range(count))


def _story(name: str) -> Story:
    known = _NAMED.get(name)
    return known or read_story((_HERE / "stories" / f"{name}.txt").read_text(encoding="utf-8"))


def pages() -> Iterator[tuple[str, bytes, str, tuple[str, ...]]]:
    """Yield each page: its name, its bytes, the words of its article, and lines that may be heard or not."""
    loader = jinja2.FileSystemLoader(_HERE / "shells")
    environment = jinja2.Environment(loader=loader, autoescape=False, undefined=jinja2.StrictUndefined)  # noqa: S701 (our own pages)
    for path in sorted((_HERE / "shells").glob("*.html")):
        sheet = _Sheet()
        text = environment.get_template(path.name).render(
            g=sheet.g, m=sheet.m, body=sheet.body, links=_links, H=_HEADLINES, story=_story
        )
        encoding = re.search(r"encoding: ([\w-]+)", path.read_text(encoding="utf-8"))
        data = text.encode(encoding[1] if encoding else "utf-8")
        yield path.stem, data, "\n".join(sheet.gold), tuple(sheet.spare)
