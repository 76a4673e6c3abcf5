"""git is asked for objects, and for nothing that a repository could have it run."""

import os
import re
import shutil
import subprocess
import time
from hashlib import sha1
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.errors import EarmarkError, SettingsError
from earmark.library.inputs.choosing import Choice, choose, fits, is_article
from earmark.library.inputs.sources import STANDARD_INPUT, Folder, Found, discover
from earmark.library.state.history import History, HistoryError
from earmark.options import ArticleOptions

GIT = shutil.which("git") or "git"
WHO = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c"}


def git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, **WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run([GIT, *arguments], cwd=folder, env=environment, check=True, capture_output=True)  # noqa: S603 (git, in a folder of the test)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return the folder of articles in a repository with one commit."""
    folder = tmp_path / "site" / "articles"
    folder.mkdir(parents=True)
    (folder / "one.md").write_bytes(b"# One\n\nIt rained.\n")
    (folder / "--two [x].md").write_bytes(b"# Two\n\nIt snowed.\n")
    git(tmp_path / "site", "init", "-q")
    git(tmp_path / "site", "add", ".")
    git(tmp_path / "site", "commit", "-q", "-m", "x")
    return folder


def found(articles: Path) -> tuple[Found, ...]:
    return discover([articles], suffixes=(".md",), out=articles / "audio").found


def changed(articles: Path, revision: str = "HEAD") -> list[str]:
    history = History(articles)
    return [one.relative for one in history.changed(history.commit(revision), found(articles))]


def test_what_is_new_or_other_than_it_was_has_changed(articles: Path) -> None:
    assert changed(articles) == []
    (articles / "one.md").write_bytes(b"# One\n\nIt hailed.\n")
    (articles / "new.md").write_bytes(b"# New\n")
    assert changed(articles) == ["new.md", "one.md"]
    git(articles, "commit", "-q", "-a", "-m", "y")
    assert changed(articles) == ["new.md"]
    assert changed(articles, "HEAD~1") == ["new.md", "one.md"]


def test_line_ends_change_nothing(articles: Path) -> None:
    (articles / "one.md").write_bytes(b"# One\r\n\r\nIt rained.\r\n")
    assert changed(articles) == []


def test_a_repository_of_sha256_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_bytes(b"# One\n")
    git(tmp_path, "init", "-q", "--object-format=sha256")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "x")
    assert changed(tmp_path) == []
    (tmp_path / "one.md").write_bytes(b"# Two\n")
    assert changed(tmp_path) == ["one.md"]


def test_the_bytes_as_they_were(articles: Path) -> None:
    (articles / "one.md").write_bytes(b"other")
    history = History(articles)
    commit = history.commit("HEAD")
    assert history.read(commit, "one.md", 1000) == b"# One\n\nIt rained.\n"
    assert history.read(commit, "--two [x].md", 1000) == b"# Two\n\nIt snowed.\n"
    assert history.read(commit, "one.md", 3) == b"# On"
    assert history.read(commit, "new.md", 1000) is None
    assert history.read(commit, "../articles/one.md", 1000) is not None


@pytest.mark.parametrize(
    "revision", ["nope", "", "--help", "--output=/x", "-h", "HEAD:one.md", "a b", "a\0b", "HEAD..HEAD"]
)
def test_a_revision_that_there_is_not(articles: Path, revision: str) -> None:
    with pytest.raises(HistoryError, match="git knows no revision"):
        History(articles).commit(revision)


def test_a_folder_that_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(HistoryError, match=r"git knows nothing of .*: not a git repository"):
        History(tmp_path)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HistoryError, match="git is not installed"):
        History(tmp_path)


def test_a_git_that_cannot_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "git"
    fake.write_bytes(b"\x7fELF nothing")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HistoryError, match="git can't be run"):
        History(tmp_path)


def test_nothing_that_the_repository_names_is_run(articles: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "filter.x.smudge",
        "filter.x.clean",
    ):
        git(articles, "config", name, str(trap))
    git(articles, "config", "core.hooksPath", str(tmp_path))
    (articles / ".gitattributes").write_text("*.md diff=x filter=x\n", encoding="utf-8")
    (articles / "one.md").write_bytes(b"other")
    (tmp_path / "sprung").unlink(missing_ok=True)
    history = History(articles)
    commit = history.commit("HEAD")
    assert [one.relative for one in history.changed(commit, found(articles))] == ["one.md"]
    assert history.read(commit, "one.md", 1000)
    assert not (tmp_path / "sprung").exists()


def test_variables_of_a_hook_lead_nowhere(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert changed(articles) == []


def test_objects_that_are_lost_are_told(articles: Path) -> None:
    history = History(articles)
    commit = history.commit("HEAD")
    shutil.rmtree(articles.parent / ".git" / "objects")
    (articles.parent / ".git" / "objects").mkdir()
    with pytest.raises(HistoryError, match="git can't list what there was"):
        history.read(commit, "one.md", 1000)


def test_a_blob_that_is_lost_is_told(articles: Path) -> None:
    history = History(articles)
    commit = history.commit("HEAD")
    name = sha1(b"blob 18\0# One\n\nIt rained.\n", usedforsecurity=False).hexdigest()
    path = articles.parent / ".git" / "objects" / name[:2] / name[2:]
    path.unlink()
    with pytest.raises(HistoryError, match=r"git can't read one\.md as it was"):
        history.read(commit, "one.md", 1000)


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.md", "one.md", True),
        ("*.md", "blog/deep/one.md", True),
        ("one.md", "blog/one.md", True),
        ("blog/*.md", "blog/one.md", True),
        ("blog/*.md", "blog/deep/one.md", False),
        ("blog/**", "blog/deep/one.md", True),
        ("blog/**/*.md", "blog/one.md", True),
        ("**/deep/*.md", "blog/deep/one.md", True),
        ("drafts/", "drafts/one.md", True),
        ("drafts/", "blog/drafts/one.md", True),
        ("drafts/", "drafts.md", False),
        ("/one.md", "one.md", True),
        ("/one.md", "blog/one.md", False),
        ("o?e.md", "one.md", True),
        ("[a-p]ne.md", "one.md", True),
        ("[!a-p]ne.md", "one.md", False),
        ("[.md", "[.md", True),
        ("one.md", "oneXmd", False),
        ("*", "one.md", True),
        ("blog", "blog/one.md", False),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:  # noqa: FBT001 (a table of expectations)
    assert fits(path, glob) is expected


PIECES = st.sampled_from(["*", "**", "**/", "/", "a", "b", "?", "[ab]", "[!a]"])


@given(glob=st.lists(PIECES, min_size=1, max_size=7).map("".join), path=st.text("ab/", min_size=1, max_size=9))
def test_a_glob_means_what_trying_everything_finds(glob: str, path: str) -> None:
    anchored = glob.strip("/")
    whole = f"{anchored}/**" if glob.endswith("/") else anchored
    whole = whole if "/" in glob.rstrip("/") else f"**/{whole}"
    means = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]", "[!a]": "[^a/]", "[ab]": "[ab]"}
    tried = "".join(means.get(piece, piece) for piece in re.findall(r"\*\*/|\*\*|\*|\?|\[!?\w+\]|.", whole))
    assert fits(path, glob) is (re.fullmatch(tried, path) is not None)


def test_no_glob_takes_for_ever() -> None:
    name = "a" * 255
    began = time.process_time()
    for glob in ("*a" * 60 + "b", "**a" * 60 + "b", "a*" * 60 + "/b", "**/*a" * 30 + "b", "**/" * 60 + "*a" * 60 + "b"):
        assert not fits(f"{name}/{name}/{name}.md", glob)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("glob", ["[z-a].md", "blog/[9-0]"])
def test_a_glob_that_is_none_is_an_error(glob: str) -> None:
    with pytest.raises(EarmarkError, match="is no glob"):
        fits("one.md", glob)
    folder = Folder(root=Path("articles"), settings_file=Path("articles/earmark.toml"), found=(), refused=())
    said = f"earmark.toml: articles.exclude: {glob!r} is no glob"
    with pytest.raises(SettingsError, match=re.escape(said)):
        choose(folder, [], ArticleOptions(exclude=(glob,)), Choice())
    with pytest.raises(SettingsError, match="command line: --only"):
        choose(folder, [], ArticleOptions(), Choice(only=("*.md", glob)))


@pytest.mark.parametrize(
    "glob", ["[&&a].md", "[--a].md", "[[:a:]].md", "[a||b]", "[^a]", "[\\d]", "(a+)+", "{a}", "\0"]
)
def test_signs_that_mean_something_elsewhere_are_themselves(glob: str) -> None:
    assert not fits("1ne.md", glob)


def test_settings_say_what_is_an_article() -> None:
    options = ArticleOptions(include=("blog/**",), exclude=("README.md", "blog/drafts/"))
    paths = ["blog/one.md", "blog/README.md", "blog/drafts/one.md", "one.md"]
    assert [path for path in paths if is_article(path, options)] == ["blog/one.md"]


def test_a_file_that_is_named_is_meant_and_standard_input_is_always(articles: Path) -> None:
    options = ArticleOptions(exclude=("*.md",))
    named = [articles / "one.md"]
    folder = discover(named, suffixes=(".md",), out=articles / "audio")
    assert [one.relative for one in choose(folder, named, options, Choice()).found] == ["one.md"]
    whole = discover([articles, STANDARD_INPUT], suffixes=(".md",), out=articles / "audio")
    assert [one.relative for one in choose(whole, [articles, STANDARD_INPUT], options, Choice()).found] == ["-"]


def test_what_was_asked_for_is_cut_out_of_it(articles: Path) -> None:
    folder = discover([articles], suffixes=(".md",), out=articles / "audio")
    (articles / "one.md").write_bytes(b"other")
    some = [Choice(only=("one.md", "nothing")), Choice(since="HEAD"), Choice(only=("--*",), since="HEAD"), Choice()]
    chosen = [[one.relative for one in choose(folder, [articles], ArticleOptions(), choice).found] for choice in some]
    assert chosen == [["one.md"], ["one.md"], [], ["--two [x].md", "one.md"]]
    assert [choice.is_all for choice in some] == [False, False, False, True]


def test_tags_without_case() -> None:
    assert Choice(tags=("Sea", "sky")).has_tag(("SEA",))
    assert not Choice(tags=("sea",)).has_tag(("seas",))
    assert Choice().has_tag(())
