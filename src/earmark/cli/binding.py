"""What `earmark book` does once its arguments are known: build what is not fresh, then bind."""

from collections.abc import Sequence
from pathlib import Path

from earmark.cli import exits
from earmark.cli.building import Asked, made, plan_of
from earmark.cli.telling import console
from earmark.errors import SettingsError
from earmark.library import events
from earmark.library.book import bind
from earmark.library.inputs.sources import Found


def run(asked: Asked, book: Path, title: str) -> int:
    """Build, bind, and return the exit code; a book of which an article is missing is not written."""
    plan = plan_of(asked)
    if not plan.settings.outputs.epub:
        hint = "Leave it out or set it to true: a book is bound of the articles' own EPUBs."
        raise SettingsError("it is off", path=plan.folder.settings_file or "settings", key="outputs.epub", hint=hint)
    outcome, code = made(plan, asked)
    slugs = {
        result.source: result.slug for result in outcome.results if isinstance(result, events.Made | events.Unchanged)
    }
    if code != exits.OK or not slugs:
        console.note("no book was written: " + ("some article failed" if code != exits.OK else "there is no article"))
        return code or exits.SOME_FAILED
    ordered = [
        slugs[found.relative] for found in _in_order(asked.sources, plan.folder.found) if found.relative in slugs
    ]
    publication = plan.settings.site.title
    bound = bind(asked.out, ordered, book, title=title or publication or book.stem, publisher=publication)
    articles = "1 article" if bound.articles == 1 else f"{bound.articles} articles"
    console.result(f"{book}: {articles}, {console.clock(bound.seconds)}")
    return exits.OK


def _in_order(sources: Sequence[Path], found: Sequence[Found]) -> list[Found]:
    """Return articles in the order in which they were named; a folder's stay in theirs."""
    named = [source.resolve() for source in sources]

    def rank(article: Found) -> int:
        path = article.path.resolve()
        return next((n for n, source in enumerate(named) if path == source or path.is_relative_to(source)), len(named))

    return sorted(found, key=rank)
