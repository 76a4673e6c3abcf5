"""The same input gives the same bytes, however, wherever and by whatever way it is built."""

import subprocess
from collections.abc import Callable
from typing import Any

import pytest

NewSite = Callable[..., Any]


def names(undisturbed: dict[str, bytes]) -> set[str]:
    return {name.partition("/")[0] for name in undisturbed if "/" in name}  # the library's own page lies beside them


@pytest.mark.parametrize("jobs", [1, 4])
def test_whatever_the_number_of_jobs(new_site: NewSite, undisturbed: dict[str, bytes], jobs: int) -> None:
    assert names(undisturbed) == {"one", "two", "three"}
    site = new_site()
    site.build("--jobs", jobs)
    assert site.bytes() == undisturbed


def test_whatever_the_order_and_the_folder(new_site: NewSite, undisturbed: dict[str, bytes]) -> None:
    site = new_site("another folder/ünder")
    site.build("articles/two.txt", "articles/three.md", "articles/one.md")
    assert site.bytes() == undisturbed


def locales() -> list[str]:
    found = subprocess.run(["locale", "-a"], check=True, capture_output=True, text=True).stdout.split()  # noqa: S607
    return ["C", *(name for name in found if name.startswith(("tr_TR", "de_DE")))]


@pytest.mark.parametrize("locale", locales())
def test_whatever_the_locale_and_the_time_zone(new_site: NewSite, undisturbed: dict[str, bytes], locale: str) -> None:
    site = new_site()
    site.build(LC_ALL=locale, LANG=locale, TZ="Pacific/Kiritimati", PYTHONHASHSEED="7")
    assert site.bytes() == undisturbed


def test_one_by_one_or_after_an_edit_and_back(new_site: NewSite, undisturbed: dict[str, bytes]) -> None:
    site = new_site()
    for name in ("three.md", "one.md", "two.txt"):
        site.build(f"articles/{name}")
    assert site.bytes() == undisturbed
    text = (site.articles / "one.md").read_text("utf-8")
    site.write({"one.md": text.replace("again", "and rained")})
    report = site.build()
    assert [article.get("spoken") for article in report["articles"]] == [1, None, None]
    edited = site.bytes()
    assert edited != undisturbed
    site.write({"one.md": text})
    report = site.build()
    assert [article.get("spoken") for article in report["articles"]] == [0, None, None]
    assert site.bytes() == undisturbed
    fresh = new_site("fresh")
    fresh.write({"one.md": text.replace("again", "and rained")})
    fresh.build()
    assert fresh.bytes() == edited


def test_with_another_cache_or_an_emptied_one(new_site: NewSite, undisturbed: dict[str, bytes]) -> None:
    site = new_site()
    site.write({"earmark.toml": "[cache]\nmost_bytes = 0\n"})
    site.build()
    site.build("--force")
    assert site.bytes() == undisturbed
