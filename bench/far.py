"""What one article costs in a folder built in parts: `bench/far.py [ARTICLES]` prints figures for docs/far.md."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from texts import article

from earmark.library.distributed.rivals import rivals
from earmark.library.distributed.shards import Shard
from earmark.library.inputs.sources import discover

MANY = 20_000  # articles whose names one shard looks through


def spent() -> float:
    """Return the seconds that children have had of all cores."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(articles: int) -> None:
    """Build, merge and look; print what each costs an article."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        (top / "articles").mkdir()
        for number in range(articles):
            (top / "articles" / f"{number}.md").write_text(article(900, seed=number), "utf-8")

        def earmark(*arguments: str) -> float:
            before = spent()
            earmark = str(Path(sys.executable).with_name("earmark"))
            done = subprocess.run([earmark, *arguments], cwd=top, check=False, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr)
            return (spent() - before) / articles

        print(
            f"build: {earmark('build', '-o', 'part', '--cache', 'cache', '--shard', '1/1'):.2f} core-seconds an article"
        )
        print(f"published: {size(top / 'part') / articles / 1e6:.2f} MB an article")
        print(f"files: {sum(path.is_file() for path in (top / 'part').rglob('*')) / articles:.1f} an article")
        print(f"cache: {size(top / 'cache') / articles / 1e6:.2f} MB an article")
        print(f"merge: {earmark('merge', 'part', '-o', 'audio') * 1e3:.0f} core-milliseconds an article")
        manifest = top / "part" / ".earmark" / "shards" / "1-of-1"
        print(f"manifest: {manifest.stat().st_size / articles / 1e3:.2f} kB an article")
        for number in range(MANY):
            folder = top / "many" / str(number % 100)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number}.md").write_text("---\nid: x\n---\nText.\n" if number % 2 else "Text.\n", "utf-8")
        began = time.process_time()
        found = discover([top / "many"], suffixes=(".md",), out=top / "audio")
        rivals(found.root, found.found, Shard(1, 100), "")
        print(
            f"names: {(time.process_time() - began) / MANY * 1e6:.0f} µs for each article of the folder, in each part"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 6)
