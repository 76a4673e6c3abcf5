"""What ends a build: orphans and moved articles are told of, and what lists all editions is brought up to date."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from earmark.article import Problem
from earmark.errors import EarmarkError
from earmark.library import events
from earmark.library.catalogue.feeds import Standing, write_feeds
from earmark.library.catalogue.front import write_front
from earmark.library.catalogue.publisher import Publisher
from earmark.library.gate.moved import moved
from earmark.library.gate.orphans import declined, edition_folders, orphans
from earmark.library.state.freshness import Freshness
from earmark.library.state.index import Index, stat_of
from earmark.settings import Settings


class Closed(Struct, frozen=True):
    """How the folder stands after a build."""

    orphans: tuple[events.Orphaned, ...]
    moved: tuple[events.Moved, ...]
    notices: tuple[Problem, ...]
    troubles: tuple[EarmarkError, ...]


def close(  # noqa: PLR0913 (the folder, who publishes it, and who hears of it)
    index: Index,
    freshness: Freshness,
    publisher: Publisher,
    *,
    settings: Settings,
    articles: Iterable[str],
    tell: Callable[[events.Event], None],
) -> Closed:
    """End a build of `articles`. What fails here is a trouble: what was made is made all the same."""
    _forget_gone(index, freshness)
    slugs = edition_folders(freshness.out, freshness.whole)
    articles, root = tuple(articles), freshness.relative_root
    unwanted = declined(index, freshness)
    gone = orphans(index, freshness, slugs, articles, options=settings.articles, unwanted=unwanted)
    here = (known.source.path for known in index.all() if known.root == root) if gone else ()
    elsewhere = moved(index, freshness, gone, (*articles, *here), publisher.site.id)
    for orphan in gone:
        tell(orphan)
    for one in elsewhere:
        tell(one)
    notices: list[Problem] = []
    troubles: list[EarmarkError] = []
    for finish in (
        index.save,
        lambda: write_front(
            index, freshness, slugs, site=publisher.site, options=settings.library, house=publisher.house
        ),
        lambda: notices.extend(write_feeds(index, freshness, Standing(slugs, gone, elsewhere), publisher)),
    ):
        try:
            finish()
        except EarmarkError as error:
            troubles.append(error)
    return Closed(gone, elsewhere, tuple(notices), tuple(troubles))


def _forget_gone(index: Index, freshness: Freshness) -> None:
    """Forget the articles without an edition that are gone: nothing else would ever tell of them."""
    root = freshness.relative_root
    for one in index.all_declined():
        if one.root == root and stat_of(freshness.root, one.source.path) is None:
            index.forget_declined(one.source.path)
