"""The same input gives the same bytes, however, wherever and by whatever way it is built."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NewSite = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def names(undisturbed: dict[str, bytes]) -> set[str]:
    return {name.partition("/")[0] for name in undisturbed if "/" in name}  # the library's own page lies beside them


def test_whatever_the_order_and_the_folder_with_one_job(new_site: NewSite, undisturbed: dict[str, bytes]) -> None:
    assert names(undisturbed) == {"one", "two", "three"}
    site = new_site("another folder/ünder")
    site.build("articles/two.txt", "articles/three.md", "articles/one.md", "--jobs", 1)
    assert site.bytes() == undisturbed


def locales() -> list[str]:
    found = subprocess.run(["locale", "-a"], check=True, capture_output=True, text=True).stdout.split()  # noqa: S607
    return ["C", *(name for name in found if name.startswith(("tr_TR", "de_DE")))]


@pytest.mark.parametrize("locale", locales())
def test_whatever_the_locale_and_time_zone_with_four_jobs(
    new_site: NewSite, undisturbed: dict[str, bytes], locale: str
) -> None:
    site = new_site()
    site.build("--jobs", 4, LC_ALL=locale, LANG=locale, TZ="Pacific/Kiritimati", PYTHONHASHSEED="7")
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


def other_pythons() -> dict[str, Path]:
    """Return the interpreters of this machine that are newer than this one, the newest first, by version."""
    folders = [*map(Path, os.environ.get("PATH", "").split(os.pathsep)), *Path.home().glob(".pyenv/versions/*/bin")]
    programs = {folder / f"python3.{minor}" for folder in folders for minor in range(12, 30)}
    found: dict[str, Path] = {}
    for program in sorted(filter(Path.exists, programs)):
        command = [str(program), "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2], sep='.')"]
        run = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (interpreters of this machine)
        if run.returncode == 0 and run.stdout.strip() != f"{sys.version_info[0]}.{sys.version_info[1]}":
            found.setdefault(run.stdout.strip(), program)  # a shim of pyenv's stands for none
    return dict(sorted(found.items(), key=lambda one: -int(one[0].partition(".")[2])))


def installed(python: Path, folder: Path) -> Path:
    """Make an environment of another Python with what is locked and this checkout of earmark; return its interpreter."""
    subprocess.run([python, "-m", "venv", folder], check=True, capture_output=True)  # noqa: S603 (as above)
    interpreter = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    lock = ("install", "--quiet", "--require-hashes", "--requirement", str(ROOT / "requirements/run.txt"))
    run = subprocess.run([str(interpreter), "-m", "pip", *lock], check=False, capture_output=True, text=True)  # noqa: S603 (pip)
    assert run.returncode == 0, run.stderr
    (next(folder.rglob("site-packages")) / "earmark.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    return interpreter


GOLDEN = {f"{path.parent.name}{path.suffix}": path for path in (ROOT / "tests/golden").glob("*/article.*")}
SITE = '[site]\naddress = "https://example.org/audio/"\ntitle = "Pythons"\nauthor = "Ann Lee"\n[outputs]\nchapter_mp3s = true\n'


@pytest.mark.soak
def test_whatever_the_python(new_site: NewSite, tmp_path: Path) -> None:
    pythons = other_pythons()
    if not pythons:
        pytest.skip("this machine has no newer Python than this one")
    python = installed(next(iter(pythons.values())), tmp_path / "other")
    articles = {name: path.read_text("utf-8") for name, path in GOLDEN.items()} | {"earmark.toml": SITE}
    ours, theirs = new_site("ours", articles=articles), new_site("theirs", articles=articles)
    ours.build("--jobs", 2)
    type(theirs)(theirs.folder, command=(str(python), "-c", "from earmark.cli import main; main()")).build("--jobs", 2)
    assert theirs.bytes() == ours.bytes(), pythons
    assert {article["status"] for article in theirs.build()["articles"]} == {"unchanged"}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(12))
def test_whatever_all_at_once(new_site: NewSite, undisturbed: dict[str, bytes], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same mixtures each time)
    site = new_site(chance.choice(["a", "ünder/b c", "d" * 200, "-e", "f'\"$g", "漢字"]))
    sources = ["articles/one.md", "articles/two.txt", "articles/three.md"]
    chance.shuffle(sources)
    locale, zone = chance.choice(locales()), chance.choice(["UTC", "Pacific/Kiritimati", "America/St_Johns", "nowhere"])
    mask = chance.choice(["000", "022", "077"])
    wrapped = type(site)(site.folder, before=("sh", "-c", f'umask {mask}; exec "$@"', "sh"))
    wrapped.build(
        *chance.choice([sources, ["articles"]]),
        *("--jobs", chance.choice([1, 2, 3, 8])),
        LC_ALL=locale,
        LANG=chance.choice(locales()),
        TZ=zone,
        PYTHONHASHSEED=str(seed),
        PYTHONUTF8=chance.choice(["0", "1"]),
        PYTHONOPTIMIZE=chance.choice(["", "2"]),
    )
    assert site.bytes() == undisturbed
