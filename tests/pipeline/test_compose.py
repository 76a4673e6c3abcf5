import msgspec
import pytest
from msgspec.structs import replace

from earmark.article import Metadata
from earmark.narration.script import spoken_text, utterances
from earmark.pipeline.compose import compose, title_of
from earmark.pipeline.composed import Composed, Source
from earmark.settings import Layer, Settings, merge


def composed(text: str, *, name: str = "the-old_house.md", settings: Settings | None = None) -> Composed:
    return compose(Source(name=name, data=text.encode(), settings=settings or Settings(), paces={"": 150}))


@pytest.mark.parametrize(
    ("name", "title"), [("the-old_house.md", "The old house"), ("-.md", "Article"), ("a/b/IT jobs.txt", "IT jobs")]
)
def test_a_file_name_can_stand_for_a_title(name: str, title: str) -> None:
    assert title_of(name) == title


def test_the_title_is_given_or_the_first_heading_or_the_files_name() -> None:
    assert composed("---\ntitle: Given\n---\n# Heading\n\nWords.\n").metadata.title == "Given"
    assert composed("Words first.\n\n## Heading\n").metadata.title == "Heading"
    assert composed("Only words.\n").metadata.title == "The old house"


def test_the_site_speaks_where_the_article_does_not() -> None:
    settings = merge(Layer("x", {"site": {"language": "de", "author": "Die Redaktion"}}))
    found = composed("Worte.\n", settings=settings)
    assert (found.metadata.language, found.metadata.authors) == ("de", ("Die Redaktion",))
    assert any("Die Redaktion" in spoken_text(part.said) for part in utterances(found.script))
    own = composed("---\nlanguage: fr\nauthors: [Zoé]\n---\nDes mots.\n", settings=settings)
    assert (own.metadata.language, own.metadata.authors) == ("fr", ("Zoé",))


def test_nothing_resolved_is_left_empty() -> None:
    found = composed("")
    assert found.metadata == replace(Metadata(), title="The old house", language="en", audio=True)


def test_the_settings_reach_every_room() -> None:
    settings = msgspec.structs.replace(
        Settings(), narration=msgspec.structs.replace(Settings().narration, say_ending=False)
    )
    ending = utterances(composed("Words.\n").script)[-1]
    assert spoken_text(ending.said) == "End of article."
    assert utterances(composed("Words.\n", settings=settings).script)[-1] != ending
