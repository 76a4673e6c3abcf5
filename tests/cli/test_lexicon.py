"""The site's lexicon, and `earmark say` for trying its entries."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[[str, str], Path]

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
  <lexeme><grapheme>Nguyen</grapheme><alias>Win</alias></lexeme>
</lexicon>
"""


def test_an_entry_makes_again_what_has_its_word_and_nothing_else(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nSiobhan came. It rained.\n")
    write("two.md", "# Two\n\nNobody came.\n")
    run("build")
    write("lexicon.toml", '"Siobhan" = "Shivawn"\n"Unheard" = "Of"\n')
    ended = run("build")
    assert ended.out.startswith("made one: ")
    assert ", 1 of " in ended.out
    assert "1 made, 1 unchanged" in ended.out
    write("lexicon.toml", '"Siobhan" = "Shivawn"\n"Unheard" = "of"\n')
    assert run("build").out.startswith("0 made, 2 unchanged")
    assert run("build").out.startswith("0 made, 2 unchanged")


def test_the_script_has_the_lexicon(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nSiobhan met Nguyen.\n")
    write("lexicon.toml", '"Siobhan" = "Shivawn"\n')
    write("names.pls", PLS)
    shown = run("script", "articles/one.md").out
    assert "Siobhan [said: Shivawn]" in shown
    assert "Nguyen [said: Win]" in shown


@pytest.mark.parametrize("command", [("build",), ("script", "articles/one.md"), ("say", "x")])
def test_a_wrong_entry_names_the_file_and_the_line(run: Run, write: Write, command: tuple[str, ...]) -> None:
    write("one.md", "# One\n\nSiobhan came.\n")
    write("lexicon.toml", '"Other" = "other"\n"Siobhan" = 3\n')
    ended = run(*command)
    assert ended.code in {1, 4}
    assert "articles/lexicon.toml:2: " in ended.err


def test_how_a_sentence_is_said(run: Run, write: Write) -> None:
    write("lexicon.toml", '"Siobhan" = "Shivawn"\n')
    ended = run("say", "Siobhan paid\n £3.50.")
    assert ended.code == 0
    assert ended.out.splitlines()[:2] == [
        "printed: Siobhan paid £3.50.",
        "said: Shivawn paid three pounds fifty.",
    ]
    assert any(line.startswith("  Siobhan → Shivawn (") for line in ended.out.splitlines())
    found = json.loads(run("say", "Siobhan", "--json", "--folder", "articles").out)
    assert found["schema"] == 1
    assert found["items"][-1]["spoken"].startswith("Shivawn") or "Shivawn" in json.dumps(found)


def test_a_sentence_is_spoken_into_a_file(run: Run, site: Path) -> None:
    ended = run("say", "Words to hear.", "-o", "words.mp3")
    assert (ended.code, ended.err) == (0, "spoken into words.mp3\n")
    assert "Duration: 0:0" in run("inspect", "words.mp3").out
    assert [path.name for path in site.iterdir() if path.name.startswith(".earmark")] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((" ",), "TEXT: there is nothing to say. Give a sentence"),
        (("x" * 10_001,), "TEXT: it has more than 10,000 characters"),
        (("x", "-o", "words.wav"), "words.wav: what is spoken is an MP3. Give a name that ends in .mp3."),
    ],
)
def test_what_cannot_be_said(run: Run, arguments: tuple[str, ...], words: str) -> None:
    ended = run("say", *arguments)
    assert ended.code == 1
    assert words in ended.err
