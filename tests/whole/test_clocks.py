"""A clock that is ten years off, either way: nothing is made again, and what is made has the same bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NewSite = Callable[..., Any]
Find = Callable[[str], str]
ARTICLES = {
    "one.md": "# The first\n\nIt rained. It rained again.\n\n## Later\n\nSun.\n",
    "two.md": "---\ndate: 2024-03-01\n---\n# The second\n\nNobody went out that day.\n",
    "earmark.toml": '[site]\naddress = "https://example.org/audio/"\ntitle = "Clocks"\nauthor = "Ann Lee"\nlanguage = "en"\n',
}


def times(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("engine", ["tone", pytest.param("espeak", marks=pytest.mark.soak)])
def test_a_clock_ten_years_off(new_site: NewSite, find_checker: Find, engine: str) -> None:
    site = new_site(engine=engine, articles=ARTICLES)
    site.build()
    expected, published = site.bytes(), times(site.out)
    for off in ("+10y", "-10y"):
        clock = (find_checker("faketime"), "-f", off)
        elsewhen = type(site)(site.folder, engine, clock)
        assert {article["status"] for article in elsewhen.build()["articles"]} == {"unchanged"}
        assert times(site.out) == published
        assert {article["spoken"] for article in elsewhen.build("--force")["articles"]} == {0}
        assert site.bytes() == expected
        published = times(site.out)
        made_elsewhen = new_site(f"made{off}", engine=engine, articles=ARTICLES)
        type(site)(made_elsewhen.folder, engine, clock).build()
        assert made_elsewhen.bytes() == expected
        assert {article["status"] for article in made_elsewhen.build()["articles"]} == {"unchanged"}
        assert made_elsewhen.bytes() == expected
