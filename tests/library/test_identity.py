import re
import unicodedata
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.article import Metadata
from earmark.errors import ReadError
from earmark.library.identity import guid_of, slug_of, slugify


@given(st.text())
def test_a_slug_is_a_safe_name_on_every_system(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert len(slug.encode()) <= 80
    assert slug == unicodedata.normalize("NFC", slug)
    assert re.fullmatch(r"[^\W_]+(-[^\W_]+)*", slug), slug
    assert slug == slugify(slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The Old House", "the-old-house"),
        ("CON", "con-article"),
        ("lpt9", "lpt9-article"),
        ("feed", "feed-article"),
        ("../../x", "x"),
        ("Łódź & Kraków", "łódź-kraków"),
        ("cafe\u0301", "café"),
        ("a__b--c", "a-b-c"),
        ("新聞", "新聞"),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_nothing_to_name_it_by_still_names_it() -> None:
    assert slugify("…") != slugify("!!!")
    assert slugify("…").startswith("article-")


def test_long_names_are_cut_and_stay_apart() -> None:
    one, other = slugify("word " * 100), slugify("word " * 101)
    assert one != other
    assert len(one.encode()) <= 80


def test_the_front_matters_slug_is_taken_as_it_is() -> None:
    assert slug_of(Metadata(slug="my-slug"), "a/b.md", "b.md") == "my-slug"


@pytest.mark.parametrize("slug", ["../../x", "A B", "CON", "x\0y", "a/b", "é" * 200])
def test_a_slug_that_names_no_folder_is_an_error_with_a_proposal(slug: str) -> None:
    with pytest.raises(ReadError, match="can't name a folder") as caught:
        slug_of(Metadata(slug=slug), "b.md", "b.md")
    assert "for example" in caught.value.hint


def test_standard_input_is_named_after_its_title() -> None:
    assert slug_of(Metadata(title="Hello, World"), "-", "-") == "hello-world"


def test_the_guid_survives_everything_but_a_move() -> None:
    one = guid_of(Metadata(title="One"), "2024/house.md", "site")
    assert UUID(one).version == 5
    assert one == guid_of(Metadata(title="Another", slug="x"), "2024/house.txt", "site")
    assert one != guid_of(Metadata(), "2025/house.md", "site")
    assert one != guid_of(Metadata(), "2024/house.md", "other")


def test_an_id_of_ones_own_is_the_guid() -> None:
    assert guid_of(Metadata(id="urn:x:1"), "a.md", "site") == "urn:x:1"


@pytest.mark.parametrize(
    ("relative", "slug"),
    [("posts/The tide/index.md", "the-tide"), ("index.md", "index-article"), ("a/index-2.md", "index-2")],
)
def test_an_index_is_named_after_its_folder(relative: str, slug: str) -> None:
    assert slug_of(Metadata(), relative, relative) == slug
