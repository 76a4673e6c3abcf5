"""What writers share is made once."""

from collections.abc import Callable

from earmark.article import Figure, Inline, Paragraph
from earmark.edition import Edition, Picture
from earmark.narration.script import Utterance
from earmark.writers.galley import Galley
from earmark.writers.markup import elements, plain_text

Make = Callable[..., Edition]
Say = Callable[..., Utterance]
FIGURE = Figure(id="b0002", source="a.png", alt="A gauge")


def test_each_part_is_made_once(make: Make) -> None:
    galley = Galley(make("One.", "Two."))
    assert galley.document is galley.document
    assert galley.captions is galley.captions
    assert [text.text for _, text in galley.captions] == ["One.", "Two."]
    assert galley.texts["b0001", "text"].startswith("One.")
    assert list(galley.placed) == ["u0001", "u0002"]


def test_without_pictures_the_article_in_words_is_the_article(make: Make) -> None:
    galley = Galley(make("One."))
    assert galley.in_words is galley.document


def test_with_pictures_it_is_another(make: Make, say: Say) -> None:
    picture = Picture(source="a.png", name="picture-1.png", type="image/png", data=b"")
    blocks = (Paragraph(id="b0001", content=Inline("One.")), FIGURE)
    galley = Galley(make((say("One."),), blocks=blocks, pictures=(picture,)))
    assert [node.get("src") for node in elements(galley.document.body) if node.tag == "img"] == ["picture-1.png"]
    assert not [node for node in elements(galley.in_words.body) if node.tag == "img"]
    assert "A gauge" in plain_text(galley.in_words.body)
