"""The bench of whole pages, as a floor: what is taken out of pages in the manner of eighteen publishing systems."""

from importlib import import_module
from pathlib import Path
from statistics import mean

import pytest

from earmark.readers import hypertext

_BENCH = Path(__file__).parents[2] / "bench" / "pages"


@pytest.mark.parametrize(("alone", "least"), [(False, 0.985), (True, 0.98)], ids=["with trafilatura", "alone"])
def test_pages_give_their_articles(alone: bool, least: float, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 (a case)
    monkeypatch.syspath_prepend(str(_BENCH))
    run, frames, articles = (import_module(name) for name in ("run", "frames", "articles"))
    if alone:
        monkeypatch.setattr(hypertext, "second_opinion", lambda _html: None)
    scores = []
    for frame, stories in frames.FRAMES.items():
        for at in stories:
            page = frame(articles.STORIES[at])
            found = run.spoken(page)
            assert not any(headline in found for headline in frames._HEADLINES), frame.__name__  # noqa: SLF001 (all links elsewhere)
            scores.append(run.score(run.expected(articles.STORIES[at], page), found)[0])
    assert mean(scores) >= least
    assert min(scores) >= 0.9
