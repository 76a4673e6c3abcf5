"""The sample articles' editions as the outside world's programs see them."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import eyed3
import markdown
import pytest

ROOT = Path(__file__).parents[2]
ARTICLES = sorted(path for path in (ROOT / "articles").iterdir() if path.suffix in {".md", ".txt"})
EXTENSIONS = ["extra", "admonition", "sane_lists"]


def output(command: list[str], *, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", input=given)  # noqa: S603 (the checkers)


@pytest.fixture(params=ARTICLES, ids=lambda path: path.stem)
def article(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def edition(article: Path, samples: Path) -> Path:
    """Return the folder of one article's edition."""
    records = {path: json.loads(path.read_bytes()) for path in samples.glob("*/edition.json")}
    return next(path.parent for path, record in records.items() if record["source"]["path"] == article.name)


def load(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / name).read_bytes())
    return found


def mp3(folder: Path) -> Path:
    return folder / f"{folder.name}.mp3"


def test_every_sample_has_an_edition_with_all_its_files(edition: Path) -> None:
    names = {path.name for path in edition.iterdir() if not path.name.startswith(("picture-", "cover."))}
    slug = edition.name
    assert names == {
        *("captions.srt", "captions.vtt", "chapters.json", "edition.json", f"{slug}.mp3", f"{slug}.epub"),
        *("index.html", "embed.html", "page.css", "page.js"),
        *("transcript.html", "transcript.json", "transcript.txt"),
    }
    listed = {file["name"] for file in load(edition, "edition.json")["files"]}
    assert listed == {path.name for path in edition.iterdir()} - {"edition.json"}


def test_ffprobe_and_eyed3_list_the_chapters_of_chapters_json(
    edition: Path, find_checker: Callable[[str], str]
) -> None:
    expected = [(c["title"], c["startTime"], c["endTime"]) for c in load(edition, "chapters.json")["chapters"]]
    assert expected
    probe = output([find_checker("ffprobe"), "-v", "error", "-show_chapters", "-of", "json", str(mp3(edition))])
    probed = [
        (c["tags"]["title"], float(c["start_time"]), float(c["end_time"])) for c in json.loads(probe.stdout)["chapters"]
    ]
    tag = eyed3.load(mp3(edition)).tag
    chapters = {chapter.element_id: chapter for chapter in tag.chapters}
    (contents,) = list(tag.table_of_contents)
    assert contents.toplevel
    assert contents.ordered
    read = [
        (chapters[name].title, chapters[name].times.start / 1000, chapters[name].times.end / 1000)
        for name in contents.child_ids
    ]
    for listed in (probed, read):
        assert [title for title, *_ in listed] == [title for title, *_ in expected]
        for found, wanted in zip(listed, expected, strict=True):
            assert found[1:] == pytest.approx(wanted[1:], abs=0.001)


def test_the_decoded_duration_is_the_records(edition: Path, ffmpeg: str) -> None:
    command = [ffmpeg, "-v", "error", "-i", str(mp3(edition)), "-f", "s16le", "-c:a", "pcm_s16le", "-"]
    samples = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 (the checker)
    record = load(edition, "edition.json")
    assert len(samples) / 2 / record["sample_rate"] == pytest.approx(record["duration"], abs=0.05)


def test_ffmpeg_hears_the_loudness_that_was_meant_and_recorded(edition: Path, ffmpeg: str) -> None:
    filters = "ebur128=peak=true:metadata=1,ametadata=print:key=lavfi.r128.I:file=-"
    heard = output([ffmpeg, "-hide_banner", "-nostats", "-i", str(mp3(edition)), "-af", filters, "-f", "null", "-"])
    loudness = float(re.findall(r"lavfi\.r128\.I=(\S+)", heard.stdout)[-1])
    peak = float(re.findall(r"Peak:\s+(\S+) dBFS", heard.stderr)[-1])
    record = load(edition, "edition.json")["loudness"]
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1
    assert record["integrated_lufs"] == pytest.approx(loudness, abs=0.1)
    assert record["true_peak_dbtp"] == pytest.approx(peak, abs=0.1)


def test_the_w3cs_parser_takes_the_captions(edition: Path, find_checker: Callable[[str], str]) -> None:
    find_checker("webvtt-parser")
    node, script = find_checker("node"), ROOT / "tests" / "checkers" / "webvtt.mjs"
    captions = (edition / "captions.vtt").read_text("utf-8")
    found = json.loads(output([node, str(script)], given=captions).stdout)
    assert found["errors"] == []
    assert len(found["cues"]) == len(load(edition, "edition.json")["cues"])


class Visible(HTMLParser):
    """Collects what a browser would show of a fragment, alternative texts included."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.text += f" {dict(attrs).get('alt') or ''} "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "li", "p"}:
            self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data


def visible(article: Path) -> str:
    """Return the words of an article that a reader sees, by another way than earmark's."""
    text = article.read_text("utf-8-sig")
    if article.suffix == ".txt":
        return text
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    body = re.sub(r"^(\s*)(?:\d+\.|- \[[ x]\]) ", r"\1- ", body, flags=re.MULTILINE)  # a list's marks are no words
    return Visible(markdown.markdown(body, extensions=EXTENSIONS).replace("&#160;↩", "").replace("↩", "")).text


def accounted(record: dict[str, Any]) -> str:
    """Return all printed words that are said once or listed as left out; not what earmark adds or says again."""
    parts = [part for cue in record["cues"] for part in (cue["parts"] or [cue])]
    printed = [part["printed"] for part in parts if "printed" in part and not part["added"] and not part["echo"]]
    return " ".join([*printed, *(entry["printed"] for entry in record["omitted"])])


def test_every_visible_word_is_said_once_or_listed(article: Path, edition: Path) -> None:
    record = load(edition, "edition.json")
    seen = Counter(re.findall(r"\w+", visible(article)))
    owned = Counter(re.findall(r"\w+", accounted(record)))
    assert sum(seen.values()) > 200
    assert seen - owned == Counter()
    beyond = Counter(re.findall(r"\w+", f"{record['title']} {' '.join(record['authors'])}"))
    assert owned - seen - beyond == Counter()
