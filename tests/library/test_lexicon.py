"""The site's lexicon: which files it is, and which articles an entry concerns."""

import re
from hashlib import sha256
from pathlib import Path
from threading import Event

import msgspec
import pytest

from earmark.errors import LexiconError, ReadError
from earmark.library.build import Plan, build
from earmark.library.events import Failed, Made, Outcome, Unchanged
from earmark.library.inputs.lexicon import SiteLexicon, site_lexicon
from earmark.library.inputs.sources import discover
from earmark.library.state.index import FOLDER
from earmark.options import VoiceOptions
from earmark.readers import READERS
from earmark.settings import Settings
from earmark.spoken import lexicon_toml
from earmark.spoken.words import vocabulary

SETTINGS = msgspec.structs.replace(Settings(), voice=VoiceOptions(engine="tone"))
PLS = (
    '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="{}">'
    "<lexeme><grapheme>{}</grapheme><alias>{}</alias></lexeme></lexicon>"
)


class Site:
    """A folder of articles, built as often as the test asks."""

    def __init__(self, root: Path) -> None:
        self.articles, self.out, self.cache = root / "articles", root / "audio", root / "cache"
        self.articles.mkdir()

    def write(self, name: str, text: str) -> None:
        (self.articles / name).write_text(text, encoding="utf-8")

    def build(self) -> Outcome:
        folder = discover([self.articles], suffixes=READERS, out=self.out)
        plan = Plan(folder=folder, settings=SETTINGS, out=self.out, cache=self.cache, jobs=2)
        return build(plan, tell=lambda _event: None, stop=Event())

    def made(self) -> dict[str, int]:
        """Build, and return how many utterances were spoken for each article that was made."""
        outcome = self.build()
        assert all(isinstance(result, Made | Unchanged) for result in outcome.results)
        return {result.source: result.spoken for result in outcome.results if isinstance(result, Made)}

    def record(self, slug: str) -> dict[str, object]:
        found: dict[str, object] = msgspec.json.decode((self.out / slug / "edition.json").read_bytes())
        return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    found.write("one.md", "# One\n\nSiobhán came here. Nobody else did.\n")
    found.write("two.md", "# Two\n\nNobody came. The New house is in York.\n")
    assert set(found.made()) == {"one.md", "two.md"}
    return found


def test_an_entry_speaks_only_the_sentences_it_touches(site: Site) -> None:
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n')
    assert site.made() == {"one.md": 1}
    cues = msgspec.json.encode(site.record("one")["cues"]).decode()
    assert "shivawn came here." in cues
    assert site.made() == {}


def test_an_entry_that_concerns_nobody_makes_nothing(site: Site) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.out.glob("*/*")}
    site.write("lexicon.toml", '"Nguyen" = "win"\n"New York" = "x"\n# and a comment\n')
    assert set(site.made()) <= {"two.md"}  # which has both words of one entry, though apart
    site.write("lexicon.toml", '"Nguyen" = "wen"\n"New York" = "x"\n')
    assert site.made() == {}
    assert all(path.stat().st_mtime_ns == time for path, time in before.items() if path.parent.name == "one")


def test_an_entry_that_is_changed_moved_or_taken_out(site: Site) -> None:
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n"Zzz" = "a"\n')
    assert site.made() == {"one.md": 1}
    site.write("lexicon.toml", '"Zzz" = "b"\n\n"Siobhán" = "shivawn"\n')
    assert site.made() == {}
    site.write("lexicon.toml", '"Siobhán" = "shivorn"\n')
    assert site.made() == {"one.md": 1}
    (site.articles / "lexicon.toml").unlink()
    assert site.made() == {"one.md": 0}  # it is said as it was before, and that is still there


def test_a_lost_index_is_made_again_without_making_editions(site: Site) -> None:
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n')
    site.made()
    for path in (site.out / FOLDER).rglob("index*"):
        path.unlink()
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n"Elsewhere" = "x"\n')
    assert site.made() == {}
    for path in (site.out / FOLDER).rglob("index*"):
        path.unlink()
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n"nobody" = "noboddy"\n')
    assert site.made() == {"one.md": 1, "two.md": 1}


def test_only_stats_when_nothing_has_changed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n')
    site.made()

    def parsed(*_: object) -> None:
        raise AssertionError("a lexicon was parsed though it is what it was")

    monkeypatch.setattr(lexicon_toml, "read", parsed)
    assert site.made() == {}


def test_the_articles_own_entries_go_first(site: Site) -> None:
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n')
    site.write("one.md", "---\nlexicon:\n  Siobhán: shuvaun\n---\n# One\n\nSiobhán came here. Nobody else did.\n")
    assert site.made() == {"one.md": 1}
    assert "shuvaun came here." in msgspec.json.encode(site.record("one")["cues"]).decode()


def test_a_bad_entry_of_an_article_fails_that_article(site: Site) -> None:
    site.write("one.md", "---\ntitle: One\nlexicon:\n  Ng: ing\n  Siobhán: {ipa: S}\n---\n\nSiobhán.\n")
    failed = [result.error for result in site.build().results if isinstance(result, Failed)]
    assert len(failed) == 1
    assert isinstance(failed[0], ReadError)
    assert failed[0].line == 5
    assert "one.md:5: lexicon in its front matter: 'Siobhán': 'S' in 'S' is no sign of IPA" in str(failed[0])


def test_a_bad_entry_of_the_site_makes_nothing(site: Site) -> None:
    before = sha256((site.out / "one" / "one.mp3").read_bytes()).hexdigest()
    site.write("lexicon.toml", '"Siobhán" = "shivawn"\n"bad" = 1\n')
    with pytest.raises(LexiconError, match=r"lexicon\.toml:2: 'bad'"):
        site.build()
    assert sha256((site.out / "one" / "one.mp3").read_bytes()).hexdigest() == before


def test_pronunciation_lexicons_of_the_folder(site: Site) -> None:
    site.write("names.pls", PLS.format("en", "Siobhán", "shivawn"))
    site.write("fr.PLS", PLS.format("fr", "Nobody", "nobodi"))
    assert site.made() == {"one.md": 1}  # nothing here is in French
    site.write("lexicon.toml", '"Siobhán" = "shiv"\n')
    assert site.made() == {"one.md": 1}
    assert "shiv came here." in msgspec.json.encode(site.record("one")["cues"]).decode()


def test_files_and_their_order(tmp_path: Path) -> None:
    (tmp_path / "b.pls").write_text(PLS.format("en", "b", "c"), encoding="utf-8")
    (tmp_path / "a.pls").write_text(PLS.format("en", "a", "b"), encoding="utf-8")
    (tmp_path / "lexicon.toml").write_text('z = "y"', encoding="utf-8")
    found = site_lexicon(tmp_path)
    assert [lexeme.grapheme for lexeme in found.lexemes] == ["z", "a", "b"]
    assert site_lexicon(tmp_path / "not there").lexemes == ()
    assert found.digest != SiteLexicon().digest
    assert found.applying(vocabulary(["q"]), ("en",)) == SiteLexicon().applying(b"", ())
    assert found.applying(vocabulary(["a"]), ("en",)) != found.applying(vocabulary(["a"]), ("de",))


def test_a_lexicon_that_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "lexicon.toml").mkdir()
    with pytest.raises(LexiconError, match=r"lexicon\.toml: it is no file"):
        site_lexicon(tmp_path)


def test_a_lexicon_is_named_as_seen_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lexicon.toml").write_text("a =", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LexiconError, match=r"^articles[/\\]lexicon\.toml"):
        _ = site_lexicon(folder).lexemes
    monkeypatch.chdir(Path(tmp_path.anchor))
    with pytest.raises(LexiconError, match=re.escape(str(folder.relative_to(tmp_path.anchor)))):
        _ = site_lexicon(folder).lexemes
    monkeypatch.chdir(folder.parent / "articles")
    with pytest.raises(LexiconError, match=r"^lexicon\.toml"):
        _ = site_lexicon(folder).lexemes


def test_a_link_to_a_shared_lexicon_is_followed(tmp_path: Path) -> None:
    (tmp_path / "shared.txt").write_text('a = "b"', encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "lexicon.toml").symlink_to(tmp_path / "shared.txt")
    assert [lexeme.alias for lexeme in site_lexicon(tmp_path / "articles").lexemes] == ["b"]
