"""A folder of many fresh editions, made out of one: what `build` and `check` meet in a newsroom, without its hours."""

import hashlib
import json
import os
import subprocess
import uuid
from pathlib import Path

_SETTINGS = """[site]
title = "Harbour"
language = "en"
description = "News."
address = "https://example.org/audio/"
id = "harbour"
author = "A"
[voice]
engine = "tone"
"""
_TEXT = "---\ntitle: The tide\ndate: 2020-01-01\n---\nThe boat is late today.\n"
_SEAL = 83  # bytes at the record's end that hold its own hash


def editions(work: Path, count: int, earmark: Path) -> list[str | Path]:
    """Fill `work` with `count` articles and their editions, all fresh; return the command that finds that out.

    The first is built; the others are its files by other names and its record about them. A last build reads them all.
    """
    articles, out, first = work / "articles", work / "audio", "a00000"
    (articles / "000").mkdir(parents=True)
    (articles / "earmark.toml").write_text(_SETTINGS, encoding="utf-8")
    (articles / "000" / f"{first}.md").write_text(_TEXT, encoding="utf-8")
    command: list[str | Path] = [earmark, "build", articles, "-o", out, "--cache", work / "cache", "--plain"]
    subprocess.run(command, check=True, capture_output=True)
    record = (out / first / "edition.json").read_bytes()
    guid, names = (
        json.loads(record)["guid"],
        [path.name for path in (out / first).iterdir() if path.name != "edition.json"],
    )
    for number in range(1, count):
        place, slug = f"{number // 100:03}", f"a{number:05}"
        (articles / place).mkdir(exist_ok=True)
        (articles / place / f"{slug}.md").write_text(_TEXT, encoding="utf-8")
        (out / slug).mkdir()
        for name in names:
            os.link(out / first / name, out / slug / name.replace(first, slug))
        told = record[:-_SEAL].decode().replace(f"000/{first}", f"{place}/{slug}").replace(first, slug)
        told = told.replace(guid, str(uuid.uuid5(uuid.NAMESPACE_URL, slug)))
        seal = hashlib.sha256(told.encode()).hexdigest()
        (out / slug / "edition.json").write_bytes(f'{told},\n  "sha256": "{seal}"\n}}\n'.encode())
    subprocess.run(command, check=True, capture_output=True)
    return command


def forget_lists(work: Path) -> None:
    """Remove feeds and front page of `editions`, and all that is remembered for them."""
    out = work / "audio"
    state = out / ".earmark"
    lists = [*out.glob("feed*"), *out.glob("page-*.html"), out / "index.html", out / "library-data.js"]
    for path in [*lists, *state.glob("episodes*"), state / "feeds", state / "front"]:
        path.unlink(missing_ok=True)
