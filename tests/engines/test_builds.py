"""Whole builds by engines that ask a service or run a program: what dies, what steps in, what it costs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from earmark.audio.clip import Clip
from earmark.engines.auto import AutoEngine
from earmark.engines.base import Request
from earmark.engines.gtts import engine as gtts
from earmark.engines.gtts.service import Service
from earmark.errors import SynthesisError

Stand = Any
Sounds = Any
Run = Callable[..., tuple[object, str, str]]

KEY = "sk-not-to-be-seen-anywhere"  # as the fixture `run` has it in the environment
UTTERANCES = 8


def published(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".earmark" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def record(slug: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("audio", slug, "edition.json").read_bytes())
    return found


def test_a_build_whose_service_dies_half_way_resumes_and_ends_in_the_same_bytes(
    run: Run, service: Stand, sounds: Sounds
) -> None:
    code, out, _ = run("-o", "quiet", cache="another")
    assert (code, len(service.asked)) == (0, UTTERANCES), out
    service.asked.clear()
    service.behaviour = lambda _, number: sounds.answer(503, headers={"Retry-After": "3600"}) if number > 3 else None
    code, out, err = run("--report", "report.json")
    assert code == 75
    assert "2 deferred" in out
    assert "deferred" in err
    assert KEY not in out + err
    assert len(service.asked) <= 3 + 4, "what was under way when it died, two of each article, and nothing more"
    totals = json.loads(Path("report.json").read_bytes())["totals"]
    assert (totals["failed"], totals["deferred"]) == (2, 2)
    service.behaviour = lambda *_: None
    service.asked.clear()
    code, out, _ = run()
    assert (code, len(service.asked)) == (0, UTTERANCES - 3), "what was spoken before it died is kept"
    assert published(Path("audio")) == published(Path("quiet"))


def test_an_engine_that_is_refused_is_stood_in_for_and_nothing_is_mixed(
    run: Run, service: Stand, sounds: Sounds
) -> None:
    chain = '[voice]\nengine = "openai"\nfallback = ["gtts", "tone"]\nrate = 1.1\n'  # gtts has no such rate
    # The last sentence of the second article is refused: the whole of that one is another engine's.
    service.behaviour = lambda asked, _: sounds.answer(400) if "school" in asked.text else None
    code, out, err = run("--report", "report.json", settings=chain)
    assert code == 0, err
    assert "1 by a stand-in engine" in out
    assert "openai could not speak it, and tone speaks the whole of it" in err
    assert {voice["engine"] for voice in record("one")["voices"]} == {"openai"}
    assert {voice["engine"] for voice in record("two")["voices"]} == {"tone"}
    assert "voice-stand-in" in {problem["code"] for problem in record("two")["problems"]}
    report = json.loads(Path("report.json").read_bytes())
    assert [one["articles"] for one in report["to_check"] if one["code"] == "voice-stand-in"] == [["two.md"]]
    assert "2 unchanged" in run(settings=chain)[1], "what is refused today is refused tomorrow"


def test_who_stood_in_for_a_busy_service_gives_the_part_back(run: Run, service: Stand, sounds: Sounds) -> None:
    chain = '[voice]\nengine = "openai"\nfallback = ["tone"]\n'
    service.behaviour = lambda *_: sounds.answer(429, headers={"Retry-After": "3600"})
    assert run(settings=chain)[0] == 0
    assert {voice["engine"] for voice in record("one")["voices"]} == {"tone"}
    code, out, _ = run(command="check", settings=chain)
    assert code == 3
    assert "another engine stood in" in out
    service.behaviour = lambda *_: None
    code, out, _ = run(settings=chain)
    assert (code, "2 made" in out) == (0, True)
    assert {voice["engine"] for voice in record("one")["voices"]} == {"openai"}
    assert "2 unchanged" in run(settings=chain)[1]


def test_without_a_chain_nobody_stands_in_and_a_chain_may_fail_too(run: Run, service: Stand, sounds: Sounds) -> None:
    service.behaviour = lambda *_: sounds.answer(401)
    code, _, err = run()
    assert code == 4
    assert "refuses the key" in err
    assert not Path("audio", "one").exists()
    code, _, err = run(settings='[voice]\nengine = "openai"\nfallback = ["command"]\n')
    assert code == 4
    assert "Nor could the others: engine command: no program is set" in err
    code, _, err = run(settings='[voice]\nengine = "openai"\nfallback = ["opnai"]\n')
    assert code == 4
    assert "Did you mean openai" in err


def test_a_build_is_priced_before_anything_is_spoken(run: Run, service: Stand) -> None:
    prices = "price_per_million = 15000\nprice_per_minute = 1\n[cost]\ncurrency = 'EUR'\n"
    code, out, _ = run("--dry-run", settings=prices)
    total = out.splitlines()[-1]
    assert code == 0
    assert total.endswith(" EUR")
    assert ", for about " in total
    cost = float(total.rpartition("about ")[2].removesuffix(" EUR"))
    characters = int(total.partition(" characters")[0].rpartition(" ")[2])
    assert abs(cost - characters * (0.015 + 1 / 6 / 155)) < 0.01
    for flag in ("--dry-run", "--preview", "--force"):
        code, out, err = run("--max-cost", 2, flag, settings=prices)
        assert code == 4
        assert f"it would cost about {cost:.2f} EUR, and no more than 2.00 may be spent" in err
    assert "about 0.0000" in run("--max-cost", 0.00001, settings="price_per_million = 0.3\n")[2], "not 0.00 of 0.00"
    assert service.asked == []
    assert not Path("audio", ".earmark", "preview").exists()
    assert run("--max-cost", 50, settings=prices)[0] == 0
    assert ", for about 0.00 EUR" in run("--dry-run", "--force", settings=prices)[1], "what is kept costs nothing"
    code, _, err = run("--max-cost", 1, settings='[voice]\nengine = "gtts"\n')
    assert code == 4
    assert "can't be limited without a price" in err
    assert run("--max-cost", 0, "--force", settings='[voice]\nengine = "tone"\n')[0] == 0


def test_a_dearer_engine_that_may_step_in_counts_for_the_limit(run: Run) -> None:
    settings = (
        "price_per_million = 10000\n[engines.tone]\nprice_per_million = 90000\n"
        '[voice]\nengine = "openai"\nfallback = ["tone"]\n'
    )
    code, out, _ = run("--dry-run", settings=settings)
    assert code == 0
    assert "if another engine has to step in" in out
    assert run("--max-cost", 5, settings=settings)[0] == 4


def test_a_price_and_a_limit_of_time_change_no_edition(run: Run) -> None:
    assert run()[0] == 0
    assert "2 unchanged" in run(settings="price_per_million = 3\nseconds = 50\nat_once = 2\n")[1]
    assert "2 made" in run(settings='instructions = "Calmly."\n')[1]


def voices_by_sentence(slug: str) -> dict[str, str]:
    return {cue["printed"]: cue["voice"] for cue in record(slug)["cues"]}


MIXED = '[voice]\nengine = "openai"\nfallback = ["command", "tone"]\nmixed = true\nquote = "nova"\n'  # command has no program


def test_where_voices_may_be_mixed_another_engine_says_only_what_failed(
    run: Run, service: Stand, sounds: Sounds
) -> None:
    service.behaviour = lambda asked, _: sounds.answer(400) if "bank" in asked.text else None
    code, out, err = run("--report", "report.json", settings=MIXED)
    assert code == 0, err
    assert "1 by a stand-in engine" in out
    assert "openai could not speak 1 of its 4 utterances, and tone speaks it: " in err
    assert {voice["engine"] for voice in record("one")["voices"]} == {"openai"}
    assert [(voice["engine"], voice["name"]) for voice in record("two")["voices"]] == [
        ("openai", "alloy"),
        ("tone", "low"),
    ]
    assert voices_by_sentence("two") == {
        "The second": "alloy",
        "The harbour was shut.": "alloy",
        "So was the bank.": "low",
        "The school stayed open.": "alloy",
    }
    assert "2 unchanged" in run(settings=MIXED)[1], "what is refused today is refused tomorrow"
    asked = len(service.asked)
    assert "2 made" in run("--force", settings=MIXED)[1]
    assert len(service.asked) == asked + 1, "what was spoken is kept, by each engine"
    assert "2 made" in run(settings=MIXED.replace("mixed = true\n", ""))[1]
    assert {voice["engine"] for voice in record("two")["voices"]} == {"tone"}


def test_a_mixed_edition_is_made_again_when_the_service_is_well(run: Run, service: Stand, sounds: Sounds) -> None:
    trouble = {"Retry-After": "3600"}
    service.behaviour = lambda _, number: sounds.answer(503, headers=trouble) if number > 6 else None
    code, _, err = run(settings=MIXED, jobs=1)
    assert code == 0, err
    engines = [{voice["engine"] for voice in record(slug)["voices"]} for slug in ("one", "two")]
    assert {"openai", "tone"} in engines
    assert "The next build tries again." in err
    service.behaviour = lambda *_: None
    asked = len(service.asked)
    assert " made" in run(settings=MIXED)[1]
    assert {voice["engine"] for slug in ("one", "two") for voice in record(slug)["voices"]} == {"openai"}
    assert len(service.asked) <= asked + UTTERANCES + 1 - 6, "and only what it has not said yet"
    assert "2 unchanged" in run(settings=MIXED)[1]


def test_who_stands_in_without_the_voice_of_quotations_says_where_they_begin(
    run: Run, service: Stand, sounds: Sounds, tmp_path: Path
) -> None:
    quoted = "# The first\n\nIt rained.\n\n> Nobody went out.\n"
    (tmp_path / "articles" / "one.md").write_text(quoted)
    chain = '[voice]\nengine = "openai"\nfallback = ["tone"]\nquote = "nova"\n'
    assert run("articles/one.md", settings=chain)[0] == 0
    assert "Quote." not in Path("audio", "one", "captions.vtt").read_text()
    service.behaviour = lambda *_: sounds.answer(400)
    assert run("articles/one.md", "--force", settings=chain, cache="another")[0] == 0
    assert {voice["name"] for voice in record("one")["voices"]} == {"low"}
    spoken = [cue["spoken"] for cue in record("one")["cues"]]
    assert any("Quote" in words for words in spoken)
    assert any("nd quote" in words for words in spoken)


def test_the_best_voice_goes_on_without_a_broken_one_and_the_build_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en_GB-alba-high.onnx").write_bytes(b"no model")
    chain = f"[engines.piper]\nfolder = '{tmp_path / 'voices'}'\n[voice]\nname = 'auto'\nfallback = ['espeak']\n"
    code, _, err = run(settings=chain)
    assert code == 0
    assert "warning: the voice en_GB-alba-high is broken: " in err
    assert {voice["engine"] for voice in record("one")["voices"]} == {"espeak"}
    code, out, err = run(settings=chain)
    assert "2 unchanged" in out, "espeak was chosen, and might have stepped in: either way it has spoken"
    assert "broken" not in err


def test_an_article_that_auto_could_not_speak_is_fresh_by_whoever_stood_in(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, request: Request) -> Clip:
        raise SynthesisError("it does not take it", engine="auto", utterance=str(request.said))

    chain = "[voice]\nengine = 'auto'\nfallback = ['espeak']\n"
    with monkeypatch.context() as patch:
        patch.setattr(AutoEngine, "speak", refuse)
        code, out, _ = run(settings=chain)
        assert (code, "2 by a stand-in engine" in out) == (0, True)
        assert "2 unchanged" in run(settings=chain)[1]
    assert "2 unchanged" in run(settings=chain)[1]


def test_a_build_by_gtts_resumes_when_its_service_is_back(
    run: Run, service: Stand, sounds: Sounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = f"http://127.0.0.1:{service.server_port}/"
    monkeypatch.setattr(gtts, "Service", lambda **known: Service(**{**known, "endpoint": endpoint}))
    settings = '[voice]\nengine = "gtts"\n'
    assert run("-o", "quiet", settings=settings, cache="another")[0] == 0
    assert len(service.asked) == UTTERANCES
    service.asked.clear()
    service.behaviour = lambda _, number: sounds.answer(429, headers={"Retry-After": "3600"}) if number > 3 else None
    code, out, err = run(settings=settings)
    assert code == 75, out + err
    assert "2 deferred" in out
    service.behaviour = lambda *_: None
    service.asked.clear()
    assert run(settings=settings)[0] == 0
    assert len(service.asked) == UTTERANCES - 3, "what was spoken before is kept"
    assert published(Path("audio")) == published(Path("quiet"))


def test_of_several_that_may_help_each_is_tried(run: Run, service: Stand, sounds: Sounds) -> None:
    service.behaviour = lambda asked, _: sounds.answer(400) if "bank" in asked.text else None
    chain = '[voice]\nengine = "openai"\nmixed = true\nrate = 1.1\nfallback = '  # gtts has no such rate
    code, _, err = run(settings=f'{chain}["gtts", "tone"]\n')
    assert code == 0, err
    assert {voice["engine"] for voice in record("two")["voices"]} == {"openai", "tone"}
    code, _, err = run("--force", settings=f'{chain}["gtts"]\n')
    assert code != 0
    assert "Nor could the others: " in err


def test_where_the_first_engine_says_nothing_another_speaks_the_whole(run: Run, service: Stand, sounds: Sounds) -> None:
    service.behaviour = lambda *_: sounds.answer(400)
    code, _, err = run(settings=MIXED)
    assert code == 0
    assert "tone speaks the whole of it" in err
    assert {voice["engine"] for voice in record("two")["voices"]} == {"tone"}


def test_a_preview_by_a_stand_in_is_of_what_has_changed(
    run: Run, service: Stand, sounds: Sounds, tmp_path: Path
) -> None:
    chain = '[voice]\nengine = "openai"\nfallback = ["tone"]\nquote = "nova"\n'
    article = tmp_path / "articles" / "one.md"
    article.write_text("# The first\n\nIt rained.\n\n> Nobody went out.\n")
    assert run("articles/one.md", settings=chain)[0] == 0
    article.write_text("# The first\n\nIt rained.\n\n> Everybody went out.\n")
    service.behaviour = lambda *_: sounds.answer(400)
    code, out, err = run("articles/one.md", "--preview", settings=chain)
    assert code == 0, err
    assert "1 sentence of" in out
    assert (
        Path("audio", ".earmark", "preview", "one.mp3").stat().st_size < Path("audio", "one", "one.mp3").stat().st_size
    )
