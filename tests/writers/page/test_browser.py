"""The pages in a real browser: what axe and vnu say, what is heard and lit up, what a keyboard reaches, what never acts."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from earmark.article import Heading, Inline, Paragraph
from earmark.edition import Edition
from earmark.timeline import Chapter
from earmark.writers.galley import Galley
from earmark.writers.page import pages

CHECKERS = Path(__file__).parents[2] / "checkers"
Find = Callable[[str], str]
Seen = Mapping[str, dict[str, Any]]
ALONE = {"do": "check"}
OPEN = {
    "do": "act",
    "as": "opened",
    "steps": [{"see": "document.querySelectorAll('details').forEach(d => d.open = true)", "as": "x"}],
}
LONG = 20_000


def long_page(make: Callable[..., Edition], folder: Path, sound: bytes) -> Path:
    """Write a page of 20,000 words, each with its time."""
    sentence = "The tide came in again and nobody wrote it down at all."
    count = LONG // 12
    blocks = []
    for number in range(count):
        name = f"b{number + 1:04}"
        blocks.append(Heading(id=name, level=2, content=Inline(sentence)) if number % 100 == 99 else Paragraph(id=name, content=Inline(sentence)))  # fmt: skip
    edition = make(*[sentence] * count, blocks=blocks, chapters=(Chapter("Whole", "b0001", 0, 10**9),))
    folder.mkdir()
    (folder / "the-ledger.mp3").write_bytes(sound)
    for name, data in pages(Galley(edition), ()):
        (folder / name).write_bytes(data)
    return folder / "index.html"


def plans(editions: Path, long: Path) -> list[dict[str, Any]]:
    """Return every visit of the suite."""
    tides = (editions / "tides" / "index.html").as_uri()
    hostile = (editions / "hostile" / "index.html").as_uri()
    library = (editions / "index.html").as_uri()
    narrow = {"width": 320, "height": 640}
    states: list[dict[str, Any]] = [
        {"name": "light", "url": tides, "looks": [ALONE, {"do": "tabs"}]},
        {"name": "open", "url": tides, "looks": [OPEN, ALONE]},
        {"name": "dark", "url": tides, "colorScheme": "dark", "looks": [OPEN, ALONE]},
        {"name": "narrow", "url": tides, "viewport": narrow, "looks": [OPEN, ALONE]},
        {
            "name": "zoomed",
            "url": tides,
            "viewport": {"width": 320, "height": 200},
            "looks": [OPEN, ALONE, {"do": "tabs"}],
        },
        {"name": "forced", "url": tides, "forcedColors": "active", "looks": [OPEN, ALONE]},
        *(
            {"name": theme, "url": tides, "looks": [{**OPEN, "steps": [*OPEN["steps"], *_lit(theme)]}, ALONE]}
            for theme in ("sepia", "dark chosen", "contrast")
        ),
        {"name": "spaced", "url": tides, "viewport": narrow, "looks": [comfort(), ALONE]},
        {
            "name": "arabic",
            "url": (editions / "arabic" / "index.html").as_uri(),
            "viewport": narrow,
            "looks": [OPEN, ALONE],
        },
        {
            "name": "embed",
            "url": (editions / "tides" / "embed.html").as_uri(),
            "viewport": {"width": 320, "height": 300},
            "looks": [OPEN, ALONE],
        },
        {"name": "library", "url": library, "viewport": narrow, "looks": [OPEN, ALONE, search()]},
        {"name": "library dark", "url": library, "colorScheme": "dark", "looks": [ALONE]},
        {
            "name": "hostile",
            "url": hostile,
            "looks": [OPEN, ALONE, {"do": "act", "steps": [{"see": "window.owned ?? 'nothing ran'", "as": "owned"}]}],
        },
        {"name": "hostile library", "url": library, "looks": [search("owned")]},
    ]
    return [
        *states,
        {"name": "plain", "url": tides, "javaScript": False, "looks": [{"do": "plain"}]},
        {"name": "plain library", "url": library, "javaScript": False, "looks": [{"do": "plain"}]},
        {"name": "heard", "url": tides, "looks": [{"do": "play", "seconds": 7, "from": 12}, ALONE]},
        {"name": "heard twice as fast", "url": tides, "looks": [{"do": "play", "seconds": 6, "rate": 2, "from": 12}]},
        {"name": "sought", "url": tides, "looks": [{"do": "boundaries"}]},
        {"name": "used", "url": tides, "looks": [use(), moments(tides)]},
        {"name": "long", "url": long.as_uri(), "looks": [{"do": "ready"}]},
    ]


def _lit(theme: str) -> list[dict[str, str]]:
    """Choose colours, and go to where a sentence with a link is lit up."""
    return [
        {"select": "#p-theme", "value": theme.split(maxsplit=1)[0]},
        {"see": "document.getElementById('p-audio').currentTime = 15", "as": "x"},
        {"until": "document.querySelector('.cue.now')"},
    ]


def comfort() -> dict[str, Any]:
    chosen = {"size": "200", "spacing": "wider", "letters": "wider", "face": "wide", "theme": "contrast"}
    steps: list[dict[str, str]] = [*OPEN["steps"]]  # type: ignore[list-item]
    steps += [{"select": f"#p-{name}", "value": value} for name, value in chosen.items()]
    return {"do": "act", "steps": steps}


def search(words: str = "tide MARSH") -> dict[str, Any]:
    steps = [
        {"type": "#l-search", "value": words},
        {"until": "document.getElementById('l-status').textContent !== ''"},
        {"see": "[...document.querySelectorAll('#l-list h2')].map(h => h.textContent)", "as": "found"},
        {"see": "document.getElementById('l-status').textContent", "as": "told"},
        {"see": "window.owned ?? 'nothing ran'", "as": "owned"},
        {"click": "#l-clear"},
        {"until": "document.querySelectorAll('#l-list h2').length === 3"},
    ]
    return {"do": "act", "as": "searched", "steps": steps}


def use() -> dict[str, Any]:
    """Use every control by the keyboard alone."""
    audio = "document.getElementById('p-audio')"
    at = f"Math.round({audio}.currentTime * 10) / 10"
    lit = "[...document.querySelectorAll('.cue.now')].map(e => e.id)"
    steps = [
        {"focus": "button[data-do=forward]"}, {"press": "Enter"}, {"see": at, "as": "forward"},
        {"focus": "button[data-do=back]"}, {"press": "Space"}, {"see": at, "as": "back"},
        {"focus": "button[data-do=next_sentence]"}, *[{"press": "Enter"}] * 6, {"see": lit, "as": "sentence"},
        {"focus": "button[data-do=next_chapter]"}, {"press": "Enter"}, {"see": "document.querySelectorAll('a[aria-current]').length", "as": "current"},
        {"focus": "button[data-do=next_paragraph]"}, {"press": "Enter"}, {"see": lit, "as": "paragraph"},
        {"focus": "article .cue[tabindex='0']"}, {"press": "ArrowRight"}, {"see": "document.activeElement.id", "as": "arrow"},
        {"press": "Enter"}, {"until": f"!{audio}.paused"}, {"see": f"{lit}[0] === document.activeElement.id", "as": "entered"},
        {"see": "document.getElementById('p-status').textContent", "as": "silence"},
        {"press": "Alt+k"}, {"until": f"{audio}.paused"},
        {"press": "Alt+."}, {"see": f"{audio}.playbackRate", "as": "faster"},
        {"select": "#p-speed", "value": "1.5"}, {"see": f"{audio}.playbackRate", "as": "speed"},
        {"see": "document.getElementById('p-keys').click()", "as": "x"},
        {"press": "Alt+."}, {"see": f"{audio}.playbackRate", "as": "keys off"},
        {"see": f"{audio}.currentTime = 7.5", "as": "x"}, {"until": f"!{audio}.seeking"},
        {"reload": True}, {"until": f"{audio}.readyState > 0 && {audio}.currentTime > 7"},
        {"see": at, "as": "kept"}, {"see": f"{audio}.playbackRate", "as": "kept speed"},
        {"see": "document.getElementById('p-resume').textContent", "as": "told"},
    ]  # fmt: skip
    return {"do": "act", "as": "used", "steps": steps}


def moments(url: str) -> dict[str, Any]:
    at = "Math.round(document.getElementById('p-audio').currentTime * 10) / 10"
    ready = "document.documentElement.classList.contains('ready') && document.getElementById('p-audio').readyState > 0"
    steps: list[dict[str, object]] = []
    for name, end in (("moment", "#t=0:12"), ("paragraph", "#b0003")):
        steps += [{"goto": "about:blank"}, {"goto": url + end}, {"until": ready}, {"see": at, "as": name}]
    return {"do": "act", "as": "moments", "steps": steps}


@pytest.fixture(scope="module")
def seen(
    editions: Path, make: Callable[..., Edition], tmp_path_factory: pytest.TempPathFactory, find_checker: Find
) -> Seen:
    """Visit all pages in one browser and return what was seen, by visit."""
    node, browser = find_checker("node"), find_checker("chromium")
    for package in ("playwright-core", "axe-core"):
        find_checker(package)
    sound = (editions / "tides" / "tides.mp3").read_bytes()
    visits = plans(editions, long_page(make, tmp_path_factory.mktemp("long") / "page", sound))
    given = json.dumps(visits).encode()
    done = subprocess.run(  # noqa: S603 (the checkers that the tests install)
        [node, CHECKERS / "browser.mjs", browser], input=given, capture_output=True, timeout=170, check=True
    )
    found: Seen = json.loads(done.stdout)
    assert [(name, what["failed"]) for name, what in found.items() if "failed" in what] == []
    return found


STATES = (
    "light",
    "open",
    "dark",
    "narrow",
    "zoomed",
    "forced",
    "spaced",
    "sepia",
    "dark chosen",
    "contrast",
    "arabic",
    "embed",
    "library",
    "library dark",
    "hostile",
    "heard",
)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_is_too_wide_or_small_or_leads_nowhere(seen: Seen, state: str) -> None:
    assert seen[state]["looks"]["check"] == {"axe": [], "dangling": [], "twice": [], "small": [], "wide": []}


def test_no_request_leaves_the_folder_and_nothing_breaks_the_policy(seen: Seen, editions: Path) -> None:
    for name, what in seen.items():
        assert (what["errors"], what["violations"], what["dialogs"]) == ([], [], []), name
        for address in what["requests"]:
            assert address.startswith(("file://", "about:")), (name, address)
            home = "/page/" if name == "long" else str(editions)
            assert home in address or address == "about:blank", (name, address)


@pytest.mark.parametrize(("visit", "rate"), [("heard", 1), ("heard twice as fast", 2)])
def test_each_sentence_lights_up_within_a_tenth_of_a_second(seen: Seen, visit: str, rate: int) -> None:
    played = seen[visit]["looks"]["play"]
    assert len(played["expected"]) >= 2 * rate, played
    late = {mark["number"]: mark["late"] for mark in played["marks"]}
    for number in played["expected"]:
        assert -20 <= late[number] <= 100, (number, played)
    assert len(played["words"]) > 5


def test_a_cues_boundary_is_the_next_cues(seen: Seen) -> None:
    sought = seen["sought"]["looks"]["boundaries"]
    assert sought["tried"] > 12
    assert sought["wrong"] == []


def test_everything_is_reached_by_tab_in_the_order_of_the_page(seen: Seen) -> None:
    for state in ("light", "zoomed"):
        stops = seen[state]["looks"]["tabs"]
        parts = [stop["in"] for stop in stops]
        assert parts == sorted(parts, key=["other", "player", "article", "footer"].index), parts
        own = [stop for stop in stops if stop["tag"] != "AUDIO"]  # the browser draws its own focus inside its control
        assert [stop for stop in own if not (stop["visible"] and stop["outlined"]) or stop["covered"]] == []
        assert {"p-speed", "p-sleep", "p-follow"} <= {stop["id"] for stop in stops}
        assert sum(stop["tag"] == "SPAN" for stop in stops) == 1, "the sentences are one stop"


def test_every_control_works_by_keyboard_and_the_place_is_kept(seen: Seen) -> None:
    used = seen["used"]["looks"]["used"]
    assert (used["forward"], used["back"]) == (10, 0)
    assert used["sentence"], used
    assert used["current"] == 1
    assert used["paragraph"]
    assert used["arrow"].startswith("s")
    assert used["entered"] is True
    assert used["silence"] == "", "nothing is announced while the voice speaks"
    assert (used["faster"], used["speed"], used["keys off"]) == (1.1, 1.5, 1.5)
    assert used["kept"] == pytest.approx(7.5, abs=0.3)
    assert used["kept speed"] == 1.5
    assert used["told"] == "Continues at 0:07"


def test_an_address_may_name_a_moment_or_a_paragraph(seen: Seen, editions: Path) -> None:
    found = seen["used"]["looks"]["moments"]
    record = json.loads((editions / "tides" / "edition.json").read_text())
    paragraph = next(cue["start"] for cue in record["cues"] if cue["block"] == "b0003")
    assert found["moment"] == 12
    assert found["paragraph"] == pytest.approx(paragraph, abs=0.1)


def test_nothing_of_a_hostile_article_runs(seen: Seen) -> None:
    assert seen["hostile"]["looks"]["act"]["owned"] == "nothing ran"
    found = seen["hostile library"]["looks"]["searched"]
    assert found["owned"] == "nothing ran"
    assert len(found["found"]) == 1
    assert "</title><script>window.owned=1</script>" in found["found"][0]


def test_the_library_is_searched_over_titles_and_authors(seen: Seen) -> None:
    found = seen["library"]["looks"]["searched"]
    assert (found["found"], found["told"]) == (["The tide tables"], "1 edition")


def test_without_scripts_the_page_plays_and_reads(seen: Seen) -> None:
    page, library = seen["plain"]["looks"]["plain"], seen["plain library"]["looks"]["plain"]
    assert (page["shown"], page["controls"]) == (0, 1)
    assert page["words"] > 80
    assert page["links"] >= 2, "chapters lead to their headings"
    assert (library["shown"], library["controls"]) == (0, 3)


def test_twenty_thousand_words_are_ready_within_a_second(seen: Seen) -> None:
    ready = seen["long"]["looks"]["ready"]
    allowed = 1000 if os.environ.get("EARMARK_STRICT_TIMES") else 3000  # other tests share the machine's cores
    assert ready["ready"] < allowed, ready


def test_vnu_finds_no_error(editions: Path, find_checker: Find) -> None:
    java, package = find_checker("java"), Path(find_checker("vnu-jar"))
    jar = next(package.rglob("vnu.jar"))
    found = [
        str(path) for path in (*editions.glob("*.html"), *editions.glob("*/index.html"), *editions.glob("*/embed.html"))
    ]
    done = subprocess.run(  # noqa: S603 (the checkers that the tests install)
        [java, "-jar", jar, "--errors-only", "--no-langdetect", *found],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
