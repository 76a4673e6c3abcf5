"""How much of an article is taken out of a page, and how much else: shingles of four words, against what was written.

Run as `python bench/pages/run.py [--with trafilatura|own|both] [--show NAME] [FOLDER]`. Without a folder the pages are our
own, in the manner of eighteen publishing systems; what an extractor makes of pages that nobody here has written can
differ. So a folder of saved pages is measured too: each NAME.html by NAME.txt, the words of its article.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from articles import STORIES, Story
from frames import FRAMES
from shells import pages

from earmark.errors import ReadError
from earmark.narration.script import Sentence, Utterance
from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Source
from earmark.readers import hypertext
from earmark.settings import Settings

_WORD = re.compile(r"\w")


def tokens(text: str) -> list[str]:
    """Return the words of a text; of Japanese, its characters."""
    return re.findall(r"\w+", text.lower()) if not re.search("[぀-ヿ]", text) else _WORD.findall(text)


def score(expected: str, found: str) -> tuple[float, float, float]:
    """Return F1, precision and recall of shingles of four words."""
    want, have = _grams(expected), _grams(found)
    both = sum((want & have).values())
    precision = both / max(1, sum(have.values()))
    recall = both / max(1, sum(want.values()))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = tokens(text)
    return Counter(zip(*(words[at:] for at in range(4)), strict=False))


def expected(story: Story, page: str) -> str:
    """Return what of a page is the story."""
    lead = story.lead + "\n" if f">{escape(story.lead)}<" in page else ""
    return lead + "\n".join(words for _, words in story.parts)


def spoken(page: str | bytes) -> str:
    """Return what earmark says of a page."""
    data = page.encode() if isinstance(page, str) else page
    made = compose(Source(name="page.html", data=data, settings=Settings(), paces={"": 150.0}))
    title = " ".join(made.metadata.title.split())
    return "\n".join(
        " ".join(part.printed for part in item.parts if isinstance(part, Utterance) and not part.added)
        for item in made.script.items
        if isinstance(item, Sentence)
        and item.kind not in ("opening", "ending")
        and " ".join(p.printed for p in item.parts if isinstance(p, Utterance)) != title
    )


def by_trafilatura(page: str | bytes) -> str:
    """Return what trafilatura takes out of a page."""
    import trafilatura  # noqa: PLC0415 (earmark is measured without it too)

    return trafilatura.extract(page, include_comments=False) or ""


def main() -> None:
    """Print the scores of all pages, and their mean."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--with", dest="way", default="both", choices=["trafilatura", "own", "both"])
    parser.add_argument("--show", default="")
    parser.add_argument("folder", nargs="?", default="")
    asked = parser.parse_args()
    if asked.way == "own":
        hypertext.second_opinion = lambda _html: None
    total: list[tuple[float, float, float]] = []
    for name, page, article in _saved(Path(asked.folder)) if asked.folder else _own():
        try:
            found = by_trafilatura(page) if asked.way == "trafilatura" else spoken(page)
        except ReadError as error:
            found = str(error)
        if asked.show == name:
            print(page, "\n-----\n", found, "\n-----\n", article)
        total.append(score(article, found))
        print(f"{name:24} F1 {total[-1][0]:.3f}  precision {total[-1][1]:.3f}  recall {total[-1][2]:.3f}")
    if not total:
        parser.error(f"{asked.folder} has no NAME.html with a NAME.txt beside it")
    means = (sum(one[at] for one in total) / len(total) for at in range(3))
    print(
        f"{len(total)} pages, by {asked.way}: F1 {next(means):.3f}  precision {next(means):.3f}  recall {next(means):.3f}"
    )


def _own() -> Iterator[tuple[str, str | bytes, str]]:
    for frame, stories in FRAMES.items():
        for at in stories:
            page = frame(STORIES[at])
            yield f"{frame.__name__}-{STORIES[at].language}-{at}", page, expected(STORIES[at], page)
    for name, data, gold, _ in pages():
        yield name, data, gold


def _saved(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    for path in sorted(folder.glob("*.htm*")):
        article = path.with_suffix(".txt")
        if article.exists():
            yield path.stem, path.read_bytes(), article.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
