"""The action's own steps, run by hand with the environment that the runner would give; and what is said of it all."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from earmark.readers import READERS

TOP = Path(__file__).parents[2]
ACTION = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
OURS = sorted((TOP / ".github/workflows").glob("*.yml"))
WORKFLOWS = [*OURS, *sorted((TOP / "examples/github").glob("*.yml")), TOP / "src/earmark/cli/starter/github.yml"]
STEPS = {step.get("name"): step for step in ACTION["runs"]["steps"]}
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class Runner:
    """A step's runner: fills in expressions as GitHub does, and gives each step its files."""

    def __init__(self, folder: Path, **inputs: str) -> None:
        self.workspace = folder / "workspace"
        self.temp = folder / "temp"
        self.action = TOP
        for path in (self.workspace, self.temp):
            path.mkdir(parents=True, exist_ok=True)
        defaults = {name: given.get("default", "") for name, given in ACTION["inputs"].items()}
        self.known = {f"inputs.{name}": value for name, value in {**defaults, **inputs}.items()}
        self.known |= {"runner.temp": str(self.temp), "github.action_path": str(self.action)}

    def filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self.known[found[1]], str(text))

    def run(self, name: str, path: str = "") -> tuple[subprocess.CompletedProcess[str], dict[str, str], str]:
        step = STEPS[name]
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]  # inputs come by the environment, never by the script's text
        outputs, summary = self.temp / "outputs", self.temp / "summary"
        for file in (outputs, summary):
            file.write_text("")
        environment = {
            "PATH": os.pathsep.join(filter(None, [path, str(Path(sys.executable).parent), os.environ["PATH"]])),
            "HOME": str(self.temp),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(summary),
            **{key: value for key, value in os.environ.items() if key.startswith(("COVERAGE", "PYTHONPATH"))},
            **{key: self.filled(value) for key, value in step.get("env", {}).items()},
        }
        script = self.temp / "script.sh"
        script.write_text(step["run"])
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        ended = subprocess.run(  # noqa: S603 (the action's own script)
            command, cwd=self.workspace, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        said = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
        return ended, said, summary.read_text()

    def write(self, name: str, text: str) -> None:
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


SETTINGS = '[site]\ntitle = "Harbour"\nlanguage = "en"\ndescription = "News."\n[voice]\nengine = "tone"\n'
ARTICLE = "---\ntitle: One\n---\nWords are here.\n"


def test_build_and_check_as_the_runner_would(tmp_path: Path) -> None:
    runner = Runner(tmp_path, address="https://example.org/audio/", report="reports/a b/report.json")
    runner.write("articles/earmark.toml", SETTINGS)
    runner.write("articles/one.md", ARTICLE)
    ended, outputs, summary = runner.run("Build")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert {key: outputs[key] for key in ("exit-code", "made", "failed")} == {
        "exit-code": "0",
        "made": "1",
        "failed": "0",
    }
    assert set(outputs) == set(ACTION["outputs"])
    assert (runner.workspace / outputs["report"]).is_file()
    assert "1 made" in summary
    assert b"https://example.org/audio/one/one.mp3" in (runner.workspace / "audio/feed.xml").read_bytes()
    assert list((runner.temp / "earmark-cache").rglob("*"))
    checked, _, checks = runner.run("Check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "earmark check: 1 article" in checks
    again, outputs, _ = runner.run("Build")
    assert (again.returncode, outputs["unchanged"]) == (0, "1")


def test_each_way_to_end_has_its_code(tmp_path: Path) -> None:
    failing = Runner(tmp_path / "failing")
    failing.write("articles/earmark.toml", SETTINGS)
    failing.write("articles/one.md", ARTICLE)
    failing.write("articles/two.md", "---\ntitle: [\n---\n")
    ended, outputs, summary = failing.run("Build")
    assert (ended.returncode, outputs["exit-code"], outputs["made"], outputs["failed"]) == (1, "1", "1", "1")
    assert "::error file=articles/two.md" in ended.stdout
    assert "two&#46;md" in summary
    assert failing.run("Check")[0].returncode == 3

    nowhere = Runner(tmp_path / "nowhere", articles="nowhere")
    assert nowhere.run("Build")[0].returncode == 2

    wrong = Runner(tmp_path / "wrong")
    wrong.write("articles/earmark.toml", "[voice]\nrate = 9\n")
    assert wrong.run("Build")[0].returncode == 4


@pytest.mark.parametrize(
    "name", ["a b; touch owned", "$(touch owned)", "--help", "`touch owned`", '"; touch owned; "', "-"]
)
def test_inputs_are_names_and_nothing_else(tmp_path: Path, name: str) -> None:
    runner = Runner(tmp_path, articles=f"x/{name}", out=name if name != "-" else "--force", report=f"{name}.json")
    runner.write(f"x/{name}/earmark.toml", SETTINGS)
    runner.write(f"x/{name}/one.md", ARTICLE)
    ended, outputs, _ = runner.run("Build")
    assert (ended.returncode, outputs.get("made")) == (0, "1"), ended.stderr
    assert not list(tmp_path.rglob("owned"))


def test_it_installs_its_own_checkout_and_what_is_locked(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    shim = tmp_path / "bin/python"
    shim.parent.mkdir()
    shim.write_text('#!/bin/sh\necho "$*"\n')
    shim.chmod(0o755)
    ended, _, _ = runner.run("Install earmark", str(shim.parent))
    locked, ours = ended.stdout.splitlines()
    assert "--require-hashes" in locked
    assert f"--requirement {TOP}/requirements/run.txt" in locked
    assert ours.endswith(f"--no-deps --no-build-isolation {TOP}")


def uses(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from (value for key, value in node.items() if key == "uses")
        for value in node.values():
            yield from uses(value)
    elif isinstance(node, list):
        for value in node:
            yield from uses(value)


def test_every_action_is_pinned_by_its_commit_and_the_same_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in (TOP / "action.yml", *WORKFLOWS):
        text = path.read_text(encoding="utf-8")
        named = list(uses(yaml.safe_load(text)))
        assert named or "check" in path.name
        for one in named:
            action, _, commit = one.partition("@")
            assert re.fullmatch(r"[0-9a-f]{40}", commit), one
            assert re.search(rf"{re.escape(one)} # v\d+\.\d+\.\d+", text), one
            pins.setdefault("/".join(action.split("/")[:2]), set()).add(commit)
    assert all(len(commits) == 1 for commits in pins.values()), pins


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_the_least_permissions(path: Path) -> None:
    workflow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").replace("{requirement}", "earmark"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        writes = [name for name, level in job["permissions"].items() if level == "write"]
        assert writes in ([], ["pages", "id-token"], ["id-token"])
        assert not (writes and any("checkout" in step.get("uses", "") for step in job["steps"]))
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_zizmor_finds_nothing(find_checker: Callable[[str], str], tmp_path: Path) -> None:
    beside = Path(sys.executable).with_name("zizmor")
    zizmor = str(beside) if beside.is_file() else find_checker("zizmor")
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8").replace("{requirement}", "earmark==0.1.0")
        (folder / f"{path.parent.name}-{path.name}").write_text(text, encoding="utf-8")
    (tmp_path / "action.yml").write_bytes((TOP / "action.yml").read_bytes())
    bad = tmp_path / "bad/action.yml"
    bad.parent.mkdir()
    bad.write_text(
        "name: x\ndescription: x\ninputs: {title: {description: x}}\nruns:\n  using: composite\n  steps:\n"
        "    - uses: actions/checkout@v4\n    - run: echo ${{ inputs.title }}\n      shell: bash\n"
    )
    command = [zizmor, "--offline", "--no-progress", "--pedantic", "--format=json"]
    good = subprocess.run(  # noqa: S603 (the checker)
        [*command, str(tmp_path / "action.yml"), str(folder)], capture_output=True, text=True, check=False
    )
    assert (good.returncode, yaml.safe_load(good.stdout)) == (0, []), good.stdout + good.stderr
    refused = subprocess.run([*command, str(bad)], capture_output=True, text=True, check=False)  # noqa: S603 (likewise)
    assert refused.returncode != 0
    assert {"template-injection", "unpinned-uses"} <= {one["ident"] for one in yaml.safe_load(refused.stdout)}


def test_the_hook_checks_articles_and_never_speaks(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["pass_filenames"] is False
    for suffix in READERS:
        assert re.search(hook["files"], f"articles/One{suffix.upper()}"), suffix
    assert re.search(hook["files"], "articles/lexicon.toml")
    assert not re.search(hook["files"], "src/one.py")
    config = yaml.safe_load((TOP / "examples/pre-commit/.pre-commit-config.yaml").read_text(encoding="utf-8"))
    (ours,) = config["repos"][0]["hooks"]
    assert ours["id"] == hook["id"]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/one.md").write_text("---\ntitle: One\nlanguage: en\n---\n## Two\n\n#### Four\n\nWords.\n")
    command = [*hook["entry"].split(), *ours["args"]]
    command[0] = str(Path(sys.executable).with_name(command[0]))

    def ended() -> int:
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60).returncode  # noqa: S603 (the hook's own)

    assert ended() == 3
    (tmp_path / "articles/one.md").write_text("---\ntitle: One\nlanguage: en\n---\nWords.\n")
    assert ended() == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles"]  # nothing was made


def test_gitlabs_example_is_what_init_writes() -> None:
    ours = (TOP / "src/earmark/cli/starter/gitlab.yml").read_text(encoding="utf-8")
    example = (TOP / "examples/gitlab/.gitlab-ci.yml").read_text(encoding="utf-8")
    assert example == ours.replace("{requirement}", "earmark==0.1.0")
    job = yaml.safe_load(example)["pages"]
    assert job["script"][0] == "python -m pip install earmark==0.1.0"
