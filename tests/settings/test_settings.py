from pathlib import Path

import pytest

from earmark.errors import SettingsError
from earmark.settings import Layer, Settings, from_environment, merge, origins, read_file


def test_nothing_set_is_the_defaults() -> None:
    assert merge() == Settings()


def test_the_last_layer_is_strongest() -> None:
    file = Layer("earmark.toml", {"voice": {"rate": 1.2, "name": "de"}})
    flags = Layer("command line", {"voice": {"rate": 1.5}})
    settings = merge(file, flags)
    assert (settings.voice.rate, settings.voice.name) == (1.5, "de")


def test_the_environment_is_text_that_stands_for_values() -> None:
    layer = from_environment({"EARMARK_VOICE_RATE": "1.25", "EARMARK_NARRATION_SAY_DATE": "false", "PATH": "/bin"})
    for layers in ((layer,), (Layer("earmark.toml", {"voice": {"rate": 2.0}}), layer, Layer("command line", {}))):
        settings = merge(*layers)
        assert settings.voice.rate == 1.25
        assert settings.narration.say_date is False


def test_text_from_elsewhere_stands_for_nothing_else() -> None:
    environment = from_environment({"EARMARK_VOICE_RATE": "1.25", "EARMARK_PAUSES_BREAK": "100"})
    assert merge(environment, Layer("command line", {})).pauses.break_ == 100
    with pytest.raises(SettingsError, match=r"^command line: voice\.rate"):
        merge(environment, Layer("command line", {"voice": {"rate": "1.25"}}))


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("blog/**", ("blog/**",)),
        ("blog/**, news/*.md ,", ("blog/**", "news/*.md")),
        ('["a, b.md", "c.md"]', ("a, b.md", "c.md")),
        ("", ()),
    ],
)
def test_the_environment_gives_lists_with_commas_or_as_json(written: str, listed: tuple[str, ...]) -> None:
    assert merge(from_environment({"EARMARK_ARTICLES_INCLUDE": written})).articles.include == listed


@pytest.mark.parametrize("written", ["[blog/**", '[1, "b"]'])
def test_what_only_begins_as_a_list_is_told(written: str) -> None:
    with pytest.raises(SettingsError, match=r"articles\.include"):
        merge(from_environment({"EARMARK_ARTICLES_INCLUDE": written}))


def test_a_wrong_variable_names_the_environment() -> None:
    with pytest.raises(SettingsError, match=r"^environment: voice\.rate: expected a number"):
        merge(from_environment({"EARMARK_VOICE_RATE": "quick"}), Layer("command line", {}))


def test_a_pause_for_breaks_is_called_break() -> None:
    assert merge(Layer("x", {"pauses": {"break": 2500}})).pauses.break_ == 2500


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"voic": {}}, "[voic]", "Did you mean voice?"),
        ({"voice": {"rat": 1}}, "voice.rat", "Did you mean rate?"),
        ({"narration": {"bitrate": 64}}, "narration.bitrate", "Did you mean bitrate in [audio]?"),
        ({"voice": {"rate": "quick"}}, "voice.rate", "expected a number, got text in quotes"),
        ({"voice": {"rate": 9}}, "voice.rate", "<= 3.0"),
        ({"audio": {"bitrate": 63}}, "audio.bitrate", "One of: 32, 40, 48, 56, 64"),
        ({"narration": {"code": "sing"}}, "narration.code", "One of: summary, read, skip"),
        ({"pauses": {"paragraph": 1.5}}, "pauses.paragraph", "expected a whole number"),
        ({"pauses": {"break": -1}}, "pauses.break", ">= 0"),
        ({"voice": 3}, "voice", "Write [voice]"),
        ({"site": {"language": "../../etc"}}, "site.language", 'a language tag, as "en" or "pt-BR"'),
        ({"site": {"language": "en\n"}}, "site.language", "a language tag"),
        ({"site": {"language": "en" + "-a" * 99}}, "site.language", "length <= 60"),
        ({"engines": {"gtts": {"tld": [1]}}}, "engines", "expected text in quotes"),
    ],
)
def test_a_wrong_setting_names_file_key_and_what_was_expected(values: dict[str, object], key: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        merge(Layer("articles/earmark.toml", values))
    assert caught.value.path == "articles/earmark.toml"
    assert caught.value.key.startswith(key)
    assert str(caught.value).startswith("articles/earmark.toml: ")
    assert words in str(caught.value)


def test_the_layer_that_is_wrong_is_named() -> None:
    with pytest.raises(SettingsError, match=r"^command line: voice\.rate"):
        merge(Layer("earmark.toml", {}), Layer("command line", {"voice": {"rate": 0.1}}))


def test_an_unknown_variable_is_an_error_with_the_near_miss() -> None:
    with pytest.raises(SettingsError, match="Did you mean EARMARK_VOICE_RATE"):
        from_environment({"EARMARK_VOICE_RAT": "1"})


def test_what_is_no_setting_of_an_edition_is_left_to_the_command_line() -> None:
    assert from_environment({"EARMARK_CACHE": "cache", "EARMARK_PLAIN": "1", "EARMARK_DEBUG": "1"}).values == {}


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "earmark.toml"
    path.write_bytes(b"\xef\xbb\xbf[voice]\nrate = 1.1\n")
    assert merge(read_file(path)).voice.rate == 1.1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[voice\n", "not TOML"),
        (b"\xff\xfe[", "not UTF-8"),
        (None, "can't be read"),
        (b"[voice]\nrate = " + b"9" * 5_000, "a number has more digits"),
        (b"a" + b".a" * 100_000 + b" = 1", "nested too deeply"),
        (b"[" + b"a ." * 100_000 + b"a]", "nested too deeply"),
        (b"#" * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_settings_says_so(tmp_path: Path, data: bytes | None, words: str) -> None:
    path = tmp_path / "earmark.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SettingsError, match=words) as caught:
        read_file(path)
    assert caught.value.path == path


def test_a_name_without_an_end_is_told_by_its_beginning() -> None:
    with pytest.raises(SettingsError) as caught:
        merge(Layer("earmark.toml", {"site": {"x" * 1_000_000: 1}}))
    assert len(str(caught.value)) < 200


def test_a_setting_outside_any_section_is_told_where_it_belongs() -> None:
    with pytest.raises(SettingsError) as caught:
        merge(Layer("earmark.toml", {"rate": 1.2}))
    assert str(caught.value) == "earmark.toml: rate: it stands in no section. Did you mean rate in [voice]?"


@pytest.mark.parametrize(("written", "engine", "name"), [("auto", "auto", ""), ("fr+f3", "espeak", "fr+f3")])
def test_a_voice_above_all_sections_is_short_for_its_name(tmp_path: Path, written: str, engine: str, name: str) -> None:
    file = tmp_path / "earmark.toml"
    file.write_text(f'voice = "{written}"\n[site]\ntitle = "x"\n')
    layer = read_file(file)
    settings = merge(layer, Layer("command line", {"voice": {"rate": 1.5}}))
    assert (settings.voice.engine, settings.voice.name, settings.voice.rate) == (engine, name, 1.5)
    assert origins(layer)["voice.name"] == file
    file.write_text("voice = 3\n")
    with pytest.raises(SettingsError, match="voice: expected a section"):
        merge(read_file(file))
