"""`earmark say`: an entry is tried before a folder is built with it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
LEXICON = '"Siobhán" = { ipa = "ʃɪˈvɔːn", alias = "shivawn" }\n"Schadenfreude" = { language = "de" }\n'


@pytest.fixture(autouse=True)
def _speaking(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del site  # whose own engine is another
    monkeypatch.setenv("EARMARK_VOICE_ENGINE", "espeak")


def test_what_is_printed_what_is_said_and_why(run: Run, write: Write, site: Path) -> None:
    write("lexicon.toml", LEXICON)
    ended = run("say", "Siobhán’s  £3.5m is pure Schadenfreude, ABUTA says.")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "printed: Siobhán’s £3.5m is pure Schadenfreude, ABUTA says.",
        "said: /ʃɪˈvɔːnz/ three point five million pounds is pure Schadenfreude, ABUTA says.",
        "  Siobhán’s → /ʃɪˈvɔːnz/ (lexicon)",
        "  £3.5m → three point five million pounds (money)",
        "  in de: Schadenfreude,",
        "info: unknown-capitals: “ABUTA” may be a word or letters. Add a lexicon entry to say which.",
    ]
    assert sorted(path.name for path in site.iterdir()) == ["articles"]


def test_it_is_spoken_only_where_a_file_is_named(run: Run, site: Path) -> None:
    ended = run("say", "It cost £5.", "-o", site / "five.mp3")
    assert (ended.code, ended.err) == (0, f"spoken into {site / 'five.mp3'}\n")
    assert len((site / "five.mp3").read_bytes()) > 4000
    wrong = run("say", "It cost £5.", "-o", "five.wav")
    assert wrong.code == 1
    assert "five.wav: what is spoken is an MP3. Give a name that ends in .mp3." in wrong.err


def test_json(run: Run, write: Write) -> None:
    write("lexicon.toml", LEXICON)
    found = json.loads(run("say", "Siobhán", "--json").out)
    assert found["schema"] == 1
    (utterance,) = [item for item in found["items"] if item["kind"] == "utterance"]
    assert utterance["changes"][0]["rule"] == "lexicon"


def test_an_engine_without_phonemes_says_the_alias(run: Run, write: Write) -> None:
    write("lexicon.toml", LEXICON + '"Nguyen" = { ipa = "wɪn" }\n')
    out = run("say", "Siobhán and Nguyen", "--engine", "gtts").out.splitlines()
    assert out[1] == "said: shivawn and Nguyen"
    assert out[-1].startswith(
        "warning: phonemes-unsupported: gtts takes no phonemes, and “Nguyen”, /wɪn/, has no alias"
    )


def test_language_and_folder(run: Run, site: Path) -> None:
    (site / "other").mkdir()
    (site / "other" / "lexicon.toml").write_text('"Haus" = "Maus"\n', encoding="utf-8")
    assert run("say", "Das Haus", "--language", "de", "--folder", "other").out.splitlines()[1] == "said: Das Maus"
    assert run("say", "Das Haus", "--language", "de").out.splitlines()[1] == "said: Das Haus"


def test_nobody_speaks_it(run: Run) -> None:
    ended = run("say", "nuqneH", "--language", "tlh")
    assert ended.code == 4
    assert "it has no voice for 'tlh'" in ended.err


@pytest.mark.parametrize("text", [" ", "word " * 2500])
def test_nothing_and_too_much(run: Run, text: str) -> None:
    ended = run("say", text)
    assert ended.code == 1
    assert ended.err.startswith("error: TEXT: ")


def test_a_bad_entry_is_named(run: Run, write: Write) -> None:
    path = write("lexicon.toml", '\n"Siobhán" = { ipa = "SIvO:n" }\n')
    ended = run("say", "Siobhán")
    assert ended.code == 4
    assert f"{path.relative_to(path.parents[1])}:2: 'Siobhán': 'S' in 'SIvO:n' is no sign of IPA" in ended.err.replace(
        str(path.parents[1]) + "/", ""
    )
