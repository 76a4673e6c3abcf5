"""What espeak-ng has been taught, read from its compiled dictionaries."""

from pathlib import Path

import espeakng_loader
import pytest

from earmark.engines.base import Taught
from earmark.engines.espeak import dictionary as espeak_dictionary
from earmark.engines.espeak.engine import create

DATA = Path(espeakng_loader.get_data_path())


@pytest.mark.parametrize(
    ("language", "known", "unknown"),
    [
        ("en", {"siobhán", "nguyen", "edinburgh", "leisure", "thomas"}, {"szczecin", "isbister", "skerravoe"}),
        ("pl", {"ppłk"}, {"siobhán"}),
        ("de", {"außerdem", "atommüll"}, {"skerravoe"}),
        ("xx", set(), {"anything"}),
    ],
)
def test_words_of_a_dictionary(language: str, known: set[str], unknown: set[str]) -> None:
    found = espeak_dictionary.read(DATA / f"{language}_dict")
    assert known <= found
    assert not unknown & found


def test_a_damaged_dictionary_teaches_what_can_be_read(tmp_path: Path) -> None:
    whole = (DATA / "en_dict").read_bytes()
    path = tmp_path / "cut_dict"
    path.write_bytes(whole[:5000])
    assert 0 < len(espeak_dictionary.read(path)) < len(espeak_dictionary.read(DATA / "en_dict"))
    empty = tmp_path / "empty_dict"
    empty.write_bytes(b"")
    assert espeak_dictionary.read(empty) == frozenset()


def test_the_engine_tells_what_it_has_been_taught() -> None:
    engine = create()
    try:
        assert isinstance(engine, Taught)
        english = engine.dictionary(engine.resolve("en"))
        assert {"nguyen", "manchester"} <= english  # the one from the dictionary, the other said right by rule
        assert "manchester" not in engine.dictionary(engine.resolve("sv"))
    finally:
        engine.close()
