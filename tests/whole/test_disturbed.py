"""Two builds at once, kills and interruptions: the editions are as if nothing had happened."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

NewSite = Callable[..., Any]
QUIET = "[narration]\nsay_authors = false\nsay_date = false\nsay_duration = false\nsay_synthetic = false\nsay_ending = false\n"


def spoken(report: dict[str, Any]) -> int:
    return sum(article.get("spoken", 0) for article in report["articles"])


def own_words(count: int, sentences: int = 3) -> dict[str, str]:
    """Return articles that share no sentence."""
    articles = {
        f"article-{n:02}.md": f"# Title {n}\n\n"
        + "\n\n".join(f"In {n} fell rain number {k}." for k in range(sentences))
        for n in range(count)
    }
    return {**articles, "earmark.toml": QUIET}


def test_two_builds_at_once_make_everything_once(new_site: NewSite) -> None:
    articles = own_words(4)
    quiet = new_site("quiet", engine="tone", articles=articles)
    needed = spoken(quiet.build())
    site = new_site("busy", engine="tone", articles=articles)
    processes = [site.start("--report", f"{name}.json") for name in ("a", "b")]
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    reports = [json.loads((site.folder / f"{name}.json").read_bytes()) for name in ("a", "b")]
    assert needed == 16
    assert sum(map(spoken, reports)) == needed
    statuses = [[article["status"] for article in report["articles"]] for report in reports]
    assert all(sorted(pair) == ["made", "unchanged"] for pair in zip(*statuses, strict=True))
    assert site.bytes() == quiet.bytes()
    assert site.left_over() == []
    assert spoken(site.build()) == 0


def test_kills_at_random_points_leave_no_trace(new_site: NewSite) -> None:
    chance = random.Random(20_24)  # noqa: S311 (the same moments each time, as far as a machine allows)
    site = new_site("killed", engine="tone", articles=own_words(3))
    for round_ in range(20):
        site.write(
            {
                "article-01.md": f"# Title 1\n\nThis is round {round_}.\n",
                **({} if round_ % 3 else own_words(3, 3 + round_)),
            }
        )
        process = site.start(*(["--force"] if round_ % 2 else []))
        try:
            process.wait(chance.uniform(0.2, 1.2))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate(timeout=60)
    for name in site.articles.iterdir():
        name.unlink()
    site.write(own_words(3))
    site.build()
    undisturbed = new_site("undisturbed", engine="tone", articles=own_words(3))
    undisturbed.build()
    assert site.bytes() == undisturbed.bytes()
    assert site.left_over() == []
    assert [article["status"] for article in site.build()["articles"]] == ["unchanged"] * 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_is_answered_and_the_next_run_goes_on(new_site: NewSite, number: signal.Signals) -> None:
    articles = own_words(5, 25)
    site = new_site(articles=articles)
    process = site.start("--jobs", 2)
    line = process.stdout.readline()
    assert line.startswith("made article-")
    asked = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - asked < 5  # two seconds at most, and then some for a busy machine
    assert process.returncode == 130, out + err
    assert out.splitlines()[-1].startswith("interrupted: ")
    assert "fault of earmark" not in err
    assert "Traceback" not in err
    assert site.left_over() == []
    if number == signal.SIGTERM:
        return  # from here on nothing knows which it was
    report = site.build()
    statuses = [article["status"] for article in report["articles"]]
    assert "unchanged" in statuses
    assert "made" in statuses
    assert all(
        article["spoken"] < article["utterances"] or article["spoken"] == 26
        for article in report["articles"]
        if "spoken" in article
    )
    whole = new_site("whole", articles=articles)
    whole.build()
    assert site.bytes() == whole.bytes()


HANGING = """
import threading
from earmark import engines
from earmark.cli import main
from earmark.engines.tone import ToneEngine

class Hanging(ToneEngine):
    def speak(self, request):
        print("speaking", flush=True)
        threading.Event().wait()

engines.load = lambda *_, **__: Hanging()
main()
"""


def test_a_service_that_hangs_does_not_hold_up_who_leaves(new_site: NewSite) -> None:
    site = new_site(articles=own_words(1))
    process = subprocess.Popen(  # noqa: S603 (the command under test, with an engine that hangs)
        [sys.executable, "-c", HANGING, "build", "articles", "--cache", "cache"],
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline().startswith("speaking")
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - asked < 5  # two seconds at most, and then some for a busy machine
    assert process.returncode == 130, err
    assert out.splitlines()[-1].startswith("interrupted: 0 made")
