"""Which words a voice that guesses is likely to get wrong."""

import pytest

from earmark.spoken.spelling import Spelling

KNOWN = frozenset({"garden", "harden", "siobhán", "box", "walk", "table", "sitting", "ring"})


def test_what_a_voice_knows() -> None:
    english = Spelling("en-GB", KNOWN)
    assert all(english.knows(word) for word in ("Garden", "gardens", "boxes", "walked", "Siobhán's", "ringing"))
    assert not english.knows("Nguyen")
    assert not english.knows("s")


@pytest.mark.parametrize(
    "name",
    [
        "Ngozi",
        "Szczecin",
        "Wojciech",
        "Niamh",
        "Aoife",
        "Buttigieg",
        "Bordeaux",
        "Xi",
        "Djokovic",
        "Ødegaard",
        "Haaland",
    ],
)
def test_foreign_names(name: str) -> None:
    assert Spelling("en", KNOWN).is_foreign(name, name=True)


@pytest.mark.parametrize("name", ["Harris", "Manchester", "Starmer", "Patel", "Dublin", "Tottenham", "Priti", "Barton"])
def test_names_that_follow_the_rules(name: str) -> None:
    assert not Spelling("en", KNOWN).is_foreign(name, name=True)


@pytest.mark.parametrize(
    "word", ["adjust", "subject", "radii", "vacuum", "school", "adhere", "object", "handheld", "kitchen", "continuum"]
)
def test_english_words_are_not_foreign(word: str) -> None:
    assert not Spelling("en", KNOWN).is_foreign(word, name=False)


@pytest.mark.parametrize(
    ("word", "language"), [("gnocchi", "en"), ("smörgåsbord", "en"), ("Łódź", "de"), ("Århus", "fr")]
)
def test_foreign_words(word: str, language: str) -> None:
    assert Spelling(language, KNOWN).is_foreign(word, name=False)


def test_a_languages_own_letters_are_its_own() -> None:
    assert not Spelling("de", KNOWN).is_foreign("Übergröße", name=True)
    assert not Spelling("cy", KNOWN).is_foreign("Ŵyn", name=True)  # nothing is known of its letters


def test_odd_is_what_no_known_word_has() -> None:
    english = Spelling("en", KNOWN, ["barn"])
    assert not english.is_odd("Garden")
    assert not english.is_odd("barn")
    assert english.is_odd("Skerravoe")
    assert not Spelling("de", KNOWN).is_odd("Skerravoe")
