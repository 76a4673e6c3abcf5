"""A hundred articles, each broken in one way: each is named by its code, and by no other."""

import json
import re
from pathlib import Path

import pytest

from earmark.checks.options import LEVELS
from earmark.errors import ReadError
from earmark.library.build import Plan
from earmark.library.gate.check import Scope, check
from earmark.library.gate.findings import Inspection
from earmark.library.inputs.sources import discover
from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Source
from earmark.readers import READERS
from earmark.settings import Layer, merge

HERE = Path(__file__).parent
_LONG = ("It rained on the harbour wall. " * 167).strip()


def cases() -> list[tuple[str, str, str]]:
    """Return each article of the table: its code ("ok" for none), what is broken, and its text."""
    _, *parts = re.split(r"^%%% ([a-z-]+): (.*)\n", (HERE / "broken.txt").read_text("utf-8"), flags=re.MULTILINE)
    texts = [text.replace("<LONG>", _LONG) for text in parts[2::3]]
    return list(zip(parts[::3], parts[1::3], texts, strict=True))


CASES = cases()


@pytest.fixture(scope="module")
def inspection(tmp_path_factory: pytest.TempPathFactory) -> Inspection:
    """Check all of them in one folder, as a publisher would."""
    folder = tmp_path_factory.mktemp("broken")
    for number, (_, _, text) in enumerate(CASES):
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")
    plan = Plan(
        folder=discover([folder], suffixes=READERS, out=folder / "audio"),
        settings=merge(Layer("test", {"site": {"language": "en"}})),
        out=folder / "audio",
        cache=folder / "cache",
        jobs=2,
    )
    return check(plan, Scope(whole=True, editions=False))


def test_there_are_a_hundred() -> None:
    assert sum(code != "ok" for code, _, _ in CASES) >= 100


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{code}: {what}" for code, what, _ in CASES])
def test_each_is_named_by_its_code_and_no_other(inspection: Inspection, number: int) -> None:
    code, _, _ = CASES[number]
    found = {finding.code for finding in inspection.findings if finding.source == f"{number:03}.md"}
    assert found == ({code} - {"ok"})


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_rules_find_it_without_a_folder_too(number: int) -> None:
    code, _, text = CASES[number]
    settings = merge(Layer("test", {"site": {"language": "en"}}))
    source = Source(name="a.md", data=text.encode(), settings=settings, paces={"": 160})
    if code == "front-matter":
        with pytest.raises(ReadError) as refused:
            compose(source)
        assert refused.value.code == code
        return
    composed = compose(source)
    found = {problem.code for problem in composed.script.problems if problem.code in LEVELS}
    assert found == {code} - {"ok", "language-mismatch", "no-voice"}  # these two are the voice's to tell


def test_each_finding_has_a_level_a_file_words_and_something_to_do(inspection: Inspection) -> None:
    for finding in inspection.findings:
        assert finding.level == LEVELS[finding.code]
        assert finding.file.endswith(finding.source)
        assert finding.message
        assert finding.hint
        assert not finding.message.endswith(".")
        assert len(finding.message) < 300


def test_most_findings_know_their_line(inspection: Inspection) -> None:
    assert sum(finding.line is not None for finding in inspection.findings) > 0.5 * len(inspection.findings)


def test_what_the_rules_find_is_documented_for_each_code() -> None:
    table = json.dumps(sorted(LEVELS))
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code) for code in LEVELS), table
