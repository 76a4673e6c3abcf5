"""One bit that flips: in the cache it is found when it is read, in what is published by `check --deep`; both are made again."""

import json
import os
import random
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from earmark.library.catalogue.episodes import SHELVES

NewSite = Callable[..., Any]
ARTICLES = {
    "one.md": "---\nauthors: [Ann Lee]\ndate: 2024-03-01\n---\n# The first\n\nIt rained. It rained again.\n\n## Later\n\nSun.\n",
    "earmark.toml": '[site]\naddress = "https://example.org/audio/"\ntitle = "Bits"\nlanguage = "en"\nauthor = "Ann Lee"\n[outputs]\nchapter_mp3s = true\n',
}


def flip(path: Path, chance: random.Random, *, silently: bool = True) -> None:
    """Flip one bit anywhere in a file; silently, as a disk does it, its time stays."""
    status, data = path.stat(), bytearray(path.read_bytes())
    bit = chance.randrange(len(data) * 8)
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)
    if silently:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def objects(site: Any) -> list[Path]:  # noqa: ANN401 (a Site, which lives in conftest.py)
    return sorted(path for path in (site.cache / "objects").rglob("*") if path.is_file())


def check(site: Any, command: Path) -> Sequence[str]:  # noqa: ANN401 (likewise)
    """Return the files that `check --deep` finds something in; it ends as it is documented to."""
    run = subprocess.run(  # noqa: S603 (the command under test)
        [command, "check", "articles", "--deep", "--json", "--cache", "cache", "--engine", site.engine],
        cwd=site.folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert run.returncode in {0, 3}, run.stdout + run.stderr
    levels = ("edition", "front", "feed", "chapters", "loudness")
    found = [one["file"] for one in json.loads(run.stdout)["findings"] if one["code"].startswith(levels)]
    assert bool(found) == (run.returncode == 3), run.stdout + run.stderr
    return found


def test_a_bit_in_every_cache_object_at_once(new_site: NewSite) -> None:
    site = new_site(articles=ARTICLES)
    site.build()
    expected, kept = site.bytes(), {path: path.read_bytes() for path in objects(site)}
    assert len(kept) > 5
    for seed in range(2):
        for path in kept:
            flip(path, random.Random(f"{path.name} {seed}"))  # noqa: S311 (the same bits each time)
        site.build("--force")
        assert site.bytes() == expected
        assert {path: path.read_bytes() for path in objects(site)} == kept


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2))
def test_a_bit_in_each_cache_object_in_turn(new_site: NewSite, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same bits each time)
    site = new_site(articles=ARTICLES)
    site.build()
    expected, kept = site.bytes(), {path: path.read_bytes() for path in objects(site)}
    for path in kept:
        flip(path, chance)
        site.build("--force")
        assert site.bytes() == expected
        assert {path: path.read_bytes() for path in objects(site)} == kept


def flip_each_and_build(
    new_site: NewSite, command: Path, together: Callable[[list[str]], list[list[str]]], *, silently: bool
) -> None:
    """Flip a bit in each published file, in those `together` at once: each is found, and made again."""
    chance = random.Random(11)  # noqa: S311 (the same bits each time)
    site = new_site(engine="tone", articles=ARTICLES)
    site.build()
    expected = site.bytes()
    for names in together(list(expected)):
        for name in names:
            flip(site.out / name, chance, silently=silently)
        found = {Path(file).name for file in check(site, command)}
        assert {Path(name).name for name in names} <= found
        site.build()
        assert site.bytes() == expected, names
    assert check(site, command) == []


def test_a_bit_in_every_published_file_at_once(new_site: NewSite, command: Path) -> None:
    def records_apart(names: list[str]) -> list[list[str]]:  # without its record nobody knows what an edition was
        records = [name for name in names if name.endswith("edition.json")]
        return [[name for name in names if name not in records], records]

    flip_each_and_build(new_site, command, records_apart, silently=True)


@pytest.mark.soak
@pytest.mark.parametrize("silently", [True, False])
def test_a_bit_in_each_published_file(new_site: NewSite, command: Path, silently: bool) -> None:  # noqa: FBT001 (a parameter)
    flip_each_and_build(new_site, command, lambda names: [[name] for name in names], silently=silently)


STATES = ("index", "front", "feeds", "episodes", *(f"episodes-{crc32(slug) % SHELVES:02}" for slug in (b"one", b"two")))


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
def test_a_bit_in_what_earmark_remembers(new_site: NewSite, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same bits each time)
    site = new_site(engine="tone", articles={**ARTICLES, "two.md": "# The second\n\nNobody went out.\n"})
    site.build()
    text = (site.articles / "two.md").read_text("utf-8")
    forms = [text, text + "\nNor in.\n"]
    expected = {forms[0]: site.bytes()}
    edited = new_site("edited", engine="tone", articles={**ARTICLES, "two.md": forms[1]})
    edited.build()
    expected[forms[1]] = edited.bytes()
    for number, name in enumerate(STATES, 1):
        flip(site.out / ".earmark" / name, chance)
        site.write({"two.md": forms[number % 2]})  # by turns, there and back
        site.build()
        assert site.bytes() == expected[forms[number % 2]], name
