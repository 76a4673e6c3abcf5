"""Where a lexicon's entries hold, and what they say there."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.article import Lexeme
from earmark.narration.script import Phonemes
from earmark.spoken.lexemes import lexemes
from earmark.spoken.lexicon import Entries, Lexicon, covers, holds_in
from earmark.spoken.say import say
from earmark.spoken.tokens import Context
from earmark.spoken.words import folded, hashes, hashes_of, tokens, vocabulary


def lexicon(site: dict[str, object], own: dict[str, object] | None = None, home: str = "en") -> Lexicon:
    def entries(written: dict[str, object]) -> Entries:
        return Entries(one for grapheme, value in written.items() for one in lexemes(grapheme, value))

    return Lexicon(entries(site), entries(own or {}), home)


def said(text: str, written: dict[str, object], language: str = "en") -> list[tuple[str, str | Phonemes]]:
    return [(text[start:end], words) for start, end, words in lexicon(written).match(text, language)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Siobhán came.", ["Siobhán"]),
        ("(Siobhán)", ["Siobhán"]),
        ("“Siobhán”", ["Siobhán"]),
        ("Siobhán’s dog, Siobhán's cat", ["Siobhán", "Siobhán"]),
        ("Siobhán'll come, Siobhán’d gone", ["Siobhán", "Siobhán"]),
        ("pre-Siobhán, Siobhán-like", ["Siobhán", "Siobhán"]),
        ("Siobháns, xSiobhán, Siobhán1, Siobhán't, Siobhán’sX", []),
        ("siobhán SIOBHÁN", []),
        ("O'Siobhán", []),
    ],
)
def test_whole_words_and_their_case(text: str, printed: list[str]) -> None:
    assert [words for words, _ in said(text, {"Siobhán": "shivawn"})] == printed


def test_an_entry_in_lower_case_holds_in_any() -> None:
    assert said("gif Gif GIF GIFs", {"gif": "jif"}) == [("gif", "jif"), ("Gif", "jif"), ("GIF", "jif")]


def test_apostrophes_and_hyphens_are_the_same_however_they_are_set() -> None:
    assert said("O’Neill and O'Neill", {"O'Neill": "oh neel"}) == [("O’Neill", "oh neel"), ("O'Neill", "oh neel")]
    assert said("co\u2011op", {"co-op": "co op"}) == [("co\u2011op", "co op")]


def test_decomposed_print_is_found_too() -> None:
    tokens_ = say("Siobha\u0301n came", "en", Context(lexicon=lexicon({"Siobhán": "shivawn"}))).tokens
    assert (tokens_[0].said, tokens_[0].rule, tokens_[0].end) == ("shivawn", "lexicon", 8)


def test_signs_are_words_as_well() -> None:
    assert said("C++ or C++11 or C", {"C++": "see plus plus"}) == [("C++", "see plus plus")]
    assert said("R&D", {"&": "and"}) == [("&", "and")]
    assert said(".NET, ASP.NET", {".NET": "dot net"}) == [(".NET", "dot net")]


def test_the_longest_goes_first_and_nothing_overlaps() -> None:
    written: dict[str, object] = {"New York": "a", "New York Times": "b", "York Times": "c", "Times Square": "d"}
    assert said("New York Times Square, New York", written) == [("New York Times", "b"), ("New York", "a")]
    assert said("NewYork", written) == []


def test_scripts_without_spaces_have_words_of_one_sign() -> None:
    assert said("我住在東京都", {"東京": "tookyoo"}, "ja") == []  # another language than the article's
    found = lexicon({"東京": "tookyoo"}, home="ja").match("我住在東京都", "ja")
    assert found == ((3, 5, "tookyoo"),)


def test_words_before_and_behind_decide() -> None:
    written: dict[str, object] = {
        "lead": [
            {"alias": "led", "followed_by": ["pipe", "poisoning"]},
            {"alias": "LED", "preceded_by": "made of", "followed_by": "and"},
            {"alias": "leed"},
        ]
    }
    assert [words for _, words in said("A lead pipe, lead “poisoning”, the lead", written)] == ["led", "led", "leed"]
    assert [words for _, words in said("made of lead and; of lead and; Lead, pipe", written)] == ["LED", "leed", "leed"]


def test_context_with_capitals_is_exact() -> None:
    written: dict[str, object] = {"Polish": {"alias": "pollish", "preceded_by": "Mr Sheen"}}
    assert said("Mr Sheen Polish", written)
    assert not said("mr sheen Polish", written)


def test_ways_of_saying() -> None:
    assert said("the NHS", {"NHS": {"letters": True}}) == [("NHS", "N H S")]
    assert said("html", {"html": {"letters": True}}, "en") == [("html", "H T M L")]
    assert lexicon({"IRA": {"letters": True}}, home="de").match("IRA", "de") == ((0, 3, "I R A"),)
    assert said("a SCUBA dive", {"SCUBA": {"word": True}}) == [("SCUBA", "Scuba")]
    assert said("win", {"win": {"ipa": "/wɪn/", "alias": "winn"}}) == [("win", Phonemes("wɪn", "winn"))]


@pytest.mark.parametrize(
    ("ipa", "ending", "sounds"),
    [
        ("wɪn", "’s", "wɪnz"),
        ("kat", "'s", "kats"),
        ("ˈdʒɔːdʒ", "'s", "ˈdʒɔːdʒɪz"),
        ("wɪn", "’ll", "wɪnəl"),
        ("wɪn", "'d", "wɪnd"),
        ("wɪn", "'ve", "wɪnəv"),
    ],
)
def test_sounds_take_the_ending_into_themselves(ipa: str, ending: str, sounds: str) -> None:
    text = f"Nguyen{ending} dog"
    (found,) = said(text, {"Nguyen": {"ipa": ipa, "alias": "win"}})
    assert found == (f"Nguyen{ending}", Phonemes(sounds, f"win{ending}"))
    german = lexicon({"Nguyen": {"ipa": ipa}}, home="de").match(text, "de")
    assert [words for _, _, words in german] == [Phonemes(ipa)]


def test_elision_is_a_boundary_where_the_language_elides() -> None:
    french = lexicon({"Oréal": "oréalle"}, home="fr")
    assert french.match("chez l’Oréal", "fr") == ((7, 12, "oréalle"),)


def test_the_articles_entries_go_before_the_sites() -> None:
    both = lexicon({"Ng": "site", "Ng Wai": "site long"}, {"Ng": "own"})
    assert [words for _, _, words in both.match("Ng, Ng Wai", "en")] == ["own", "site long"]


def test_the_first_of_equals_and_the_more_particular_count() -> None:
    first = Entries([Lexeme(grapheme="a b", alias="1"), Lexeme(grapheme="a b", alias="2")])
    assert Lexicon(first, Entries(), "en").match("a b", "en") == ((0, 3, "1"),)
    exact = Entries([Lexeme(grapheme="gif", alias="any"), Lexeme(grapheme="GIF", alias="capitals")])
    assert [words for _, _, words in Lexicon(exact, Entries(), "en").match("gif GIF", "en")] == ["any", "capitals"]


def test_languages_of_text() -> None:
    entries: dict[str, object] = {
        "son": {"alias": "sonne", "in": "fr"},
        "chat": "tchat",
        "Rome": {"alias": "x", "in": ["en-US"]},
    }
    mixed = lexicon(entries)
    assert mixed.match("son chat", "fr") == ((0, 3, "sonne"),)
    assert mixed.match("son chat", "en") == ((4, 8, "tchat"),)
    assert mixed.match("Rome", "en") == ()
    assert mixed.match("Rome", "en-US") == ((0, 4, "x"),)


def test_tags_cover_what_is_finer_and_coarser() -> None:
    assert covers("fr", "fr-ca")
    assert covers("de-de", "de")
    assert not covers("en-us", "en-gb")
    assert not covers("fr", "fry")


def test_no_sentence_ends_inside_an_entry() -> None:
    known = lexicon({"Yahoo! Inc": "Yahoo", "Siobhán": "shivawn"})
    assert known.unbroken("So\u00ad Yahoo! Inc rose. Yahoo fell.", "en") == ((4, 14),)
    assert lexicon({"Siobhán": "shivawn"}).unbroken("Yahoo! Inc rose.", "en") == ()


def test_words_of_another_language_are_told_apart() -> None:
    one = lexicon({"Schadenfreude": {"language": "de"}, "Weltschmerz": {"language": "de"}, "joy": "joi"})
    text = "Scha\u00addenfreude's joy, Schadenfreude"
    assert [(text[a:b], tag) for a, b, tag in one.foreign(text, "en")] == [
        ("Scha\u00addenfreude's", "de"),
        ("Schadenfreude", "de"),
    ]
    assert [words for _, _, words in one.match("Schadenfreude joy", "en")] == ["joi"]


def test_it_remembers_what_it_was_asked() -> None:
    one = lexicon({"b": "x"})
    one.match("A b, c’s", "en")
    one.foreign("Déjà vu", "fr")
    assert one.languages() == ("en", "fr")
    known = hashes(one.vocabulary())
    assert all(hashes_of(text) <= known for text in ("a B", "c", "déjà vu", "C'S"))
    assert not hashes_of("d") <= known
    assert holds_in(Lexeme(grapheme="a", alias="b", languages=("en-GB",)), one.languages())
    assert not holds_in(Lexeme(grapheme="a", alias="b", languages=("de",)), one.languages())


@given(st.text(max_size=60))
def test_words_are_the_same_both_ways(text: str) -> None:
    assert folded(text) == {word.folded for word in tokens(text)}
    assert vocabulary(folded(text)) == vocabulary(list(folded(text))[::-1])


@given(st.text(alphabet="ab A.'’é-", max_size=40), st.lists(st.text(alphabet="ab A.'é-", min_size=1, max_size=6)))
def test_matches_are_in_order_and_say_what_stands_there(text: str, graphemes: Sequence[str]) -> None:
    entries = Entries(Lexeme(grapheme=one, alias="x") for one in graphemes if tokens(one))
    end = 0
    for start, stop, words in Lexicon(entries, Entries(), "en").match(text, "en"):
        assert end <= start < stop <= len(text)
        assert words == "x"
        end = stop
    result = say(text, "en", Context(lexicon=Lexicon(entries, Entries(), "en")))
    assert "".join(text[token.start : token.end] for token in result.tokens) == text


def test_hostile_entries_take_linear_time() -> None:
    entries = Entries(Lexeme(grapheme="a " * count + "b", alias="x") for count in range(16))

    def seconds(length: int) -> float:
        start = time.process_time()
        Lexicon(entries, Entries(), "en").match("a " * length, "en")
        return time.process_time() - start

    seconds(1000)
    assert seconds(40_000) < 10 * max(seconds(10_000), 0.01)
