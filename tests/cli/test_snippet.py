"""The line of HTML that a publisher pastes into an article's own page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

ONE = (
    '<iframe src="{}one/embed.html" title="Listen to “One”" loading="lazy" width="100%" height="300"'
    ' style="border:0"></iframe>'
)


def test_a_snippet_is_printed_where_it_is_asked_for_or_one_article_was_made(
    site: Path, run: Callable[..., Any], write: Callable[[str, str], Path]
) -> None:
    write("one.md", "# One\n\nA sentence.\n")
    write("two.md", "# Two\n\nA sentence.\n")
    assert "<iframe" not in run("build", "articles").out
    asked = run("build", "articles", "--snippet")
    assert asked.code == 0
    assert ONE.format("audio/") in asked.out.splitlines()
    assert asked.out.count("<iframe") == 2
    (site / "articles" / "earmark.toml").write_text('[site]\naddress = "https://example.org/a"\n')
    assert ONE.format("https://example.org/a/") in run("build", "articles/one.md").out.splitlines()
    assert "<iframe" not in run("build", "articles/one.md").out, "it was not made again"
    (site / "articles" / "earmark.toml").write_text("[page]\npublish = false\n")
    assert "<iframe" not in run("build", "articles", "--snippet").out
    assert not (site / "audio" / "one" / "index.html").exists()
