"""`earmark settings`: each value with its origin, the schema as it is committed, and no secret anywhere."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from msgspec import Meta, Struct

from earmark import engines
from earmark.cli.schema import schema
from earmark.engines import tone

Run = Callable[..., Any]
Write = Callable[[str, str], Path]

SECRET = "sk-planted-3141592653"  # noqa: S105 (planted, to be looked for)
DOCS = Path(__file__).parents[2] / "docs"


def listed(run: Run, *arguments: object) -> dict[str, dict[str, Any]]:
    ended = run("settings", "--json", *arguments)
    assert ended.code == 0
    return {one["key"]: one for one in json.loads(ended.out)["settings"]}


def test_each_value_says_where_it_comes_from(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("earmark.toml", '[voice]\nrate = 1.5\npitch = 1.2\n[engines.gtts]\ntld = "ie"\n')
    monkeypatch.setenv("EARMARK_VOICE_PITCH", "1.1")
    found = listed(run, "--language", "de")
    assert (found["voice.rate"]["value"], found["voice.rate"]["origin"]) == (1.5, "file")
    assert found["voice.rate"]["where"] == "articles/earmark.toml"
    assert (found["voice.pitch"]["value"], found["voice.pitch"]["where"]) == (1.1, "environment, EARMARK_VOICE_PITCH")
    assert (found["site.language"]["value"], found["site.language"]["where"]) == ("de", "flag, --language")
    assert (found["pauses.break"]["value"], found["pauses.break"]["origin"]) == (1800, "default")
    assert found["engines.gtts.tld"]["value"] == "ie"
    assert all(one["description"] for one in found.values())


def test_plain_lines_for_a_person(run: Run, write: Write) -> None:
    write("earmark.toml", '[site]\ntitle = "Harbour \\u202enews"\n')
    lines = run("settings", "articles").out.splitlines()
    assert 'site.title = "Harbour  news" (articles/earmark.toml)' in lines
    assert "voice.rate = 1.0 (default)" in lines
    assert 'voice.engine = "tone" (environment, EARMARK_VOICE_ENGINE)' in lines
    changed = run("settings", "--changed").out.splitlines()
    assert {"site.title", "voice.engine"} <= {line.partition(" ")[0] for line in changed}
    assert not any(line.endswith("(default)") for line in changed)


def test_without_a_file_it_says_how_to_get_one(run: Run) -> None:
    assert "`earmark init` writes one" in run("settings").err


def test_an_engines_options_come_from_the_environment_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARMARK_ENGINES_GTTS_TLD", "co.uk")
    assert listed(run)["engines.gtts.tld"]["where"] == "environment, EARMARK_ENGINES_GTTS_TLD"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EARMARK_ENGINES_OPENAI_AT_ONCE", "500", "engine openai: option at_once: expected a whole number <= 64"),
        ("EARMARK_ENGINES_PIPER_LENGTH_SCALE", "9", "engine piper: option length_scale: expected a number <= 5"),
        ("EARMARK_ENGINES_GTTS_TDL", "ie", "engine gtts: there is no option tdl. Its options: tld."),
        ("EARMARK_ENGINES_ESPEAK_ISOLATION", "thread", "'thread' is not one of its values"),
        ("EARMARK_ENGINES_NOBODY_RATE", "1", "EARMARK_ENGINES_NOBODY_RATE: no such engine is installed"),
        ("EARMARK_ENGINES_TONE_LEVEL", "1", "engine tone: there is no option level. It takes none."),
    ],
)
def test_a_wrong_option_of_an_engine_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    ended = run("settings")
    assert ended.code == 4
    assert words in ended.err


def test_the_file_and_the_environment_together_make_an_engines_options(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("earmark.toml", '[engines.gtts]\ntld = "ie"\n[engines.elsewhere]\nlevel = 3\n')
    monkeypatch.setenv("EARMARK_ENGINES_ESPEAK_ISOLATION", "process")
    found = listed(run)
    assert found["engines.gtts.tld"]["value"] == "ie"
    assert found["engines.espeak.isolation"]["value"] == "process"
    assert found["engines.elsewhere.level"]["value"] == 3  # not installed here: taken as it stands


def test_an_engines_numbers_and_switches_are_typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Options(Struct):
        level: Annotated[int, Meta(description="how loud")] = 1
        quick: Annotated[bool, Meta(description="or slow")] = False

    monkeypatch.setattr(tone, "Options", Options)
    monkeypatch.setenv("EARMARK_ENGINES_TONE_LEVEL", "3")
    monkeypatch.setenv("EARMARK_ENGINES_TONE_QUICK", "true")
    found = listed(run)
    assert (found["engines.tone.level"]["value"], found["engines.tone.quick"]["value"]) == (3, True)
    monkeypatch.setenv("EARMARK_ENGINES_TONE_LEVEL", "loud")
    assert "option level: expected a whole number, got text in quotes. It sets: how loud." in run("settings").err


@pytest.mark.parametrize("key", ["api_key", "token", "PASSWORD", "client_secret", "apikey"])
def test_a_secret_in_settings_is_refused_and_not_repeated(run: Run, write: Write, key: str) -> None:
    write("earmark.toml", f'[engines.gtts]\n{key} = "{SECRET}"\n')
    write("one.md", "# One\n\nWords.\n")
    for command in (("settings",), ("settings", "--json"), ("build", "--report", "report.json")):
        ended = run(*command)
        assert ended.code == 4
        assert "EARMARK_SECRET_GTTS" in ended.err
        assert SECRET not in ended.out + ended.err


def everything(folder: Path) -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_secret_reaches_no_record_no_log_and_no_error(
    run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EARMARK_SECRET_TONE", SECRET)
    write("one.md", "# One\n\nWords.\n")
    write("two.md", "---\ntitle: [\n---\nbroken\n")
    ended = [
        run("build", "--report", "report.json"),
        run("settings"),
        run("settings", "--json"),
        run("settings", "--engine", "nobody"),
        run("build", "--engine", "nobody"),
        run("voices"),
    ]
    assert ended[0].code == 1
    assert "EARMARK_SECRET_TONE is set" in ended[1].out
    assert json.loads(ended[2].out)["secrets"] == ["EARMARK_SECRET_TONE"]
    assert not any(SECRET in one.out + one.err for one in ended)
    files = list(everything(site))
    assert len(files) > 10
    assert not any(SECRET.encode() in data for data in files)


def test_a_password_in_an_address_is_neither_published_nor_shown(run: Run, write: Write, site: Path) -> None:
    write("earmark.toml", f'[site]\naddress = "https://ann:{SECRET}@example.org/"\n')
    write("one.md", "# One\n\nWords.\n")
    assert 'site.address = "https://…@example.org/"' in run("settings").out
    write("earmark.toml", f'[engines.openai]\naddress = "https://example.org/v1?api_key={SECRET}"\n')
    assert 'engines.openai.address = "https://example.org/v1?…"' in run("settings").out
    write("earmark.toml", f'[site]\naddress = "https://ann:{SECRET}@example.org/"\n')
    ended = run("build")
    assert ended.code == 4
    assert "password before its host" in ended.err
    assert SECRET not in ended.out + ended.err
    assert not any(SECRET.encode() in data for data in everything(site / "audio"))


def test_the_published_schema_is_up_to_date(run: Run) -> None:
    assert (DOCS / "earmark.schema.json").read_bytes() == schema(), (
        "earmark settings --schema > docs/earmark.schema.json"
    )
    assert json.loads(run("settings", "--schema").out) == json.loads(schema())


def test_the_schema_describes_every_setting_and_refuses_others() -> None:
    whole = json.loads(schema())
    sections = {name: value for name, value in whole["properties"].items() if name != "engines"}
    assert whole["additionalProperties"] is False
    for section in sections.values():
        reference = section.get("anyOf", [section])[-1]["$ref"]  # `voice` may be a name alone
        found = whole["$defs"][reference.rpartition("/")[2]]
        assert found["additionalProperties"] is False
        for key, value in found["properties"].items():
            assert value.get("description"), key
            assert "default" in value, key
    rate = whole["$defs"]["VoiceOptions"]["properties"]["rate"]
    assert (rate["minimum"], rate["maximum"]) == (0.5, 3.0)
    assert whole["$defs"]["NarrationOptions"]["properties"]["code"]["enum"] == ["read", "skip", "summary"]
    assert {"espeak", "gtts", "tone"} <= set(whole["properties"]["engines"]["properties"])


def test_an_engine_that_is_not_there_is_left_out_of_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "OWN", {**engines.OWN, "ghost": "earmark.engines.ghost"})
    assert "ghost" not in json.loads(schema())["properties"]["engines"]["properties"]
