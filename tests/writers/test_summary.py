"""A book's own words on its accessibility stand in the language of its labels."""

import re

from msgspec.structs import fields

from earmark.writers.epub.summary import SENTENCES, sentences_for
from earmark.writers.markup import labels_for
from earmark.writers.markup.labels import LABELS


def test_every_language_of_the_labels_has_sentences_with_the_same_blanks() -> None:
    assert {labels.language for labels in LABELS.values()} == set(SENTENCES)
    for language, sentences in SENTENCES.items():
        for field in fields(sentences):
            text, english = getattr(sentences, field.name), getattr(SENTENCES["en"], field.name)
            assert text.strip() == text != "", (language, field.name)
            assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", english), (language, field.name)


def test_only_what_is_true_is_told() -> None:
    german = sentences_for(labels_for("de-AT").language)
    told = german.summary(heard=False, pictured=True, all_described=True)
    assert told.endswith("ist gekennzeichnet. Alle Bilder sind beschrieben.")
    assert "Bilder" not in german.summary(heard=True, pictured=False, all_described=False)
    english = sentences_for("en").summary(heard=True, pictured=True, all_described=False)
    assert "All of it is read aloud. Some pictures are not described." in english
