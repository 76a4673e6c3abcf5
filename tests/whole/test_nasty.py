"""Texts that programs stumble over, through every output and every command: each file stays what it says it is."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import eyed3
import pytest
from lxml import etree, html

ROOT = Path(__file__).parents[2]
# Control characters, direction marks and halves of characters: nothing of it may reach a terminal.
ACTS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# Single marks of direction belong to titles in Arabic and Hebrew; what turns the rest of a line does not.
TURNS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
NOT_IN_PAGES = frozenset({"iframe", "object", "embed", "base", "form", "plaintext", "x", "maction", "foreignobject"})
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
CODES = {0, 1, 3}
MARKUP = 7  # the number of that class, which is taken whole
BRIEF = 160  # characters of a text in the default run


def nasty() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("nasty.txt").read_text(encoding="ascii").splitlines()[1:]:
        if line.startswith("# "):
            found[line[2:]] = []
        elif line:
            found[list(found)[-1]].append(json.loads(line))
    return found


class Desk:
    """A folder of articles, and the command in it."""

    def __init__(self, folder: Path, command: Path) -> None:
        self.folder, self.command = folder, command
        self.articles, self.out = folder / "articles", folder / "audio"
        self.articles.mkdir(parents=True)
        (self.articles / "earmark.toml").write_text('[site]\naddress = "https://example.org/a/"\ntitle = "Nasty"\n')

    def write(self, name: str, title: str, texts: list[str], *, everywhere: bool = False) -> None:
        """Write an article of these texts; what would make it binary stands in it as references."""
        front = {"title": title, "authors": [title], "description": title, "tags": [title], "licence": title}
        if len(title) > 2_000:  # five of them are more than front matter may have
            front = {"title": title}
        shape = "{0}\n\n## {0}\n\n> {0}\n\n- {0}\n\n| {0} |\n|---|\n| {0} |" if everywhere else "## {0}\n\n{0}"
        body = "\n\n".join(shape.format(_CONTROL.sub(lambda found: f"&#{ord(found[0])};", text)) for text in texts)
        whole = f"{json.dumps(front)}\n\nIt rained.\n\n{body}\n"
        (self.articles / name).write_bytes(whole.encode("utf-8", "surrogatepass"))

    def run(self, *arguments: str, **environment: str) -> str:
        """Run a command and return all that it printed, which never acts."""
        environ = {name: value for name, value in os.environ.items() if "EARMARK" not in name and name != "CI"}
        environ |= {"EARMARK_VOICE_ENGINE": "tone", "EARMARK_CACHE": str(self.folder / "cache"), "PYTHONUTF8": "1"}
        ended = subprocess.run(  # noqa: S603 (the command under test)
            [self.command, *arguments],
            cwd=self.folder,
            env=environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=600,
            check=False,
        )
        shown = (ended.stdout + ended.stderr).decode("utf-8")
        assert ended.returncode in CODES, shown[-2000:]
        assert "fault of earmark" not in shown, shown[-2000:]
        for line in shown.split("\n"):
            assert not ACTS.search(line), repr(line)
        return shown


def elements(page: bytes, *, parsed: etree._Element | None = None) -> None:
    """Hold that a page has no element, attribute or address that can act or reach elsewhere."""
    tree = parsed if parsed is not None else html.document_fromstring(page)
    for element in tree.iter(etree.Element):
        tag = etree.QName(element).localname.lower()
        assert tag not in NOT_IN_PAGES, tag
        if tag == "script" and not str(element.get("type")).endswith("json"):
            assert element.get("src"), element.text
            assert not (element.text or "").strip()
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on"), name
            if str(name).rpartition("}")[2] in ADDRESSES and tag not in {"link", "meta"}:
                scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", str(value))
                assert not scheme or scheme[1].lower() in {"http", "https", "mailto", "tel"}, value
                assert tag == "a" or "evil.example" not in str(value), value


def published(out: Path) -> Iterator[Path]:
    return (path for path in sorted(out.rglob("*")) if path.is_file() and ".earmark" not in path.parts)


def holds(path: Path) -> None:
    """Hold that a file is what its name says."""
    data = path.read_bytes()
    match path.suffix:
        case ".json":
            json.dumps(json.loads(data), ensure_ascii=False).encode("utf-8")
        case ".xml":
            etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
        case ".html":
            elements(data)
            for script in re.findall(rb"<script[^>]*json[^>]*>(.*?)</script>", data, re.DOTALL):
                json.loads(script)
        case ".mp3":
            tag = eyed3.load(path).tag
            assert tag.title
            assert not TURNS.search(f"{tag.title}{tag.artist}")
            assert all(chapter.title and not TURNS.search(chapter.title) for chapter in tag.chapters)
        case ".epub":
            with ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith((".xhtml", ".opf", ".smil", ".xml", ".ncx")):
                        elements(b"", parsed=etree.fromstring(archive.read(name)))
        case ".vtt" | ".srt" | ".txt" | ".m3u8":
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", data.decode("utf-8"))


def captions_hold(out: Path, find_checker: Callable[[str], str]) -> None:
    node, script = find_checker("node"), ROOT / "tests" / "checkers" / "webvtt.mjs"
    find_checker("webvtt-parser")
    for path in sorted(out.rglob("*.vtt")):
        found = subprocess.run([node, script], input=path.read_bytes(), capture_output=True, check=True)  # noqa: S603 (the checker)
        assert json.loads(found.stdout)["errors"] == [], path


def commands(site: Desk, *articles: str) -> None:
    """Run what shows articles' words."""
    site.run("check", "--deep", "articles", "-o", "audio")
    site.run(
        "check", "articles", "-o", "audio", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(site.folder / "summary")
    )
    site.run("script", "--problems", "articles")
    for article in articles:
        site.run("script", f"articles/{article}")
        site.run("script", f"articles/{article}", "--json")


def test_nasty_texts_through_every_output(tmp_path: Path, command: Path, find_checker: Callable[[str], str]) -> None:
    site = Desk(tmp_path, command)
    found = nasty()
    for number, texts in enumerate(found.values()):
        brief = [text[:BRIEF] for text in texts]
        site.write(f"{number:02}.md", brief[number % len(brief)], brief[: 8 + 99 * (number == MARKUP)])
    titles = " ".join(text for texts in found.values() for text in texts if len(text) < BRIEF)
    site.write("title.md", titles, ["Words."])
    (site.articles / "raw.md").write_bytes(b"# \x1b[31mRaw\n\nIt rained.\x01\n")
    report = site.run("build", "articles", "-o", "audio", "--plain", "--report", "report.json")
    assert json.loads((tmp_path / "report.json").read_bytes())
    made = sorted(path.parent.name for path in site.out.glob("*/edition.json"))
    assert len(made) == len(found) + 2, report
    assert "articles/raw.md: 2 control characters were taken out" in report
    for path in published(site.out):
        holds(path)
    captions_hold(site.out, find_checker)
    commands(site, "07.md")
    assert not (tmp_path / "evil").exists()


@pytest.mark.soak
def test_each_nasty_text_alone_as_title_and_body(
    tmp_path: Path, command: Path, find_checker: Callable[[str], str]
) -> None:
    site = Desk(tmp_path, command)
    number = 0
    for texts in nasty().values():
        for text in texts:
            site.write(f"n{number:03}.md", text, [text], everywhere=True)
            number += 1
    shown = site.run("build", "articles", "-o", "audio", "--plain")
    assert len(list(site.out.glob("*/edition.json"))) == number, shown
    for path in published(site.out):
        holds(path)
    captions_hold(site.out, find_checker)
    commands(site, *(f"n{article:03}.md" for article in range(0, number, 5)))


@pytest.mark.soak
def test_a_title_of_twenty_megabytes(tmp_path: Path, command: Path) -> None:
    site = Desk(tmp_path, command)
    with (site.articles / "earmark.toml").open("a") as file:
        file.write("[reading]\nmost_bytes = 50_000_000\nseconds = 600\n")
    (site.articles / "long.md").write_text("# " + "long " * 4_000_000 + "\n\nWords.\n")
    (site.articles / "front.md").write_text(f"---\ntitle: {'x' * 20_000_000}\n---\nWords.\n")
    (site.articles / "short.md").write_text("# Short\n\nWords.\n")
    shown = site.run("build", "articles", "-o", "audio", "--plain")
    assert "front matter is too large" in shown
    assert max(map(len, shown.split("\n"))) < 2_000
    assert (site.out / "short" / "edition.json").exists()
    for path in published(site.out):
        holds(path)
