"""The MkDocs plugin: each page of a site gets its audio edition, made from its Markdown, and a player.

Pages are gathered as MkDocs has them once its other plugins have changed them, laid into a folder of articles
of their own (with the pictures, the lexicon and the settings), and built as any folder is.
"""

import os
import posixpath
import re
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import platformdirs
import yaml
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from earmark.errors import EarmarkError
from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.identity import slugify
from earmark.library.inputs.choosing import is_article
from earmark.library.inputs.sources import discover
from earmark.readers import READERS
from earmark.settings import FILE_NAME, Layer, Settings, epoch_of, from_environment, merge, read_file
from earmark.storage import write_atomically
from earmark.storage.remote import address_of
from earmark.writers.page import snippet

_LAST = -100  # of all plugins that change a page's Markdown
_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_BESIDE = frozenset({".toml", ".pls", ".wav", ".mp3", ".flac", ".ogg", *_PICTURES})  # what settings may name
_HIDDEN = ".earmark"
_HEADING = re.compile(r"^(#\s|=+\s*$)", re.MULTILINE)
_log = get_plugin_logger("earmark")


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say under `earmark:`."""

    enabled = config_options.Type(bool, default=True)
    """Whether audio is made at all: `!ENV [AUDIO, true]` leaves it out of a quick preview."""
    out = config_options.Type(str, default="audio")
    """The folder of the site that the editions go to."""
    settings = config_options.Type(str, default=FILE_NAME)
    """earmark.toml, relative to mkdocs.yml; it need not be there."""
    work = config_options.Type(str, default=f"{_HIDDEN}/mkdocs")
    """What is kept from build to build, relative to mkdocs.yml; not to be put under version control."""
    player = config_options.Type(bool, default=True)
    """Whether each page gets its player, under its first heading."""


class EarmarkPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Gathers pages while MkDocs reads them, builds once all are read, and puts a player into each."""

    def __init__(self) -> None:
        """Begin with nothing gathered."""
        super().__init__()
        self._pages: dict[str, str] = {}
        self._made: dict[str, events.Made | events.Unchanged] = {}

    def on_config(self, config: MkDocsConfig, /) -> None:
        """Refuse a folder that is not in the site. Raises `PluginError`."""
        del config
        parts = PurePosixPath(self.config.out).parts
        if not parts or parts[0] == "/" or ".." in parts or "\\" in self.config.out:
            raise PluginError(f"earmark: out: {self.config.out!r} is no folder of the site")

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Forget the pages of the build before."""
        del config
        self._pages, self._made = {}, {}

    @event_priority(_LAST)
    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Gather a page as the other plugins have left it."""
        del config, files
        if self.config.enabled:
            self._pages[page.file.src_uri] = _article(page, markdown)

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ANN401 (MkDocs' own signature)
        """Build what is not fresh. Raises `PluginError` where nothing at all can be built."""
        del env
        if not self.config.enabled:
            return
        top = Path(config.config_file_path or "mkdocs.yml").parent
        work = top / self.config.work
        try:
            settings = self._settings(top / self.config.settings, config)
            pages = {name: text for name, text in self._pages.items() if is_article(name, settings.articles)}
            _lay_out(work / "articles", pages, files, top / self.config.settings)
            plan = _plan(work, settings)
            outcome = build(plan, tell=_tell, stop=threading.Event())
            if _drop_orphans(work / "audio", outcome):
                outcome = build(plan, tell=_tell, stop=threading.Event())  # the feed lists what there is
        except EarmarkError as error:
            raise PluginError(str(error)) from error
        for trouble in outcome.troubles:
            _log.warning("%s", trouble)
        for notice in outcome.notices:
            _log.info("%s", notice.message)
        there = [one for one in outcome.results if isinstance(one, events.Made | events.Unchanged)]
        self._made = {one.source: one for one in there}
        for moved in outcome.moved:
            _log.warning(
                "%s was %s: to keep its subscribers' place, its front matter needs %s", moved.new, moved.old, moved.line
            )

    def on_page_context(self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Any) -> None:  # noqa: ANN401 (MkDocs' own signature)
        """Put the player into the page, under its first heading."""
        del context, nav
        one = self._made.get(page.file.src_uri)
        if one is None or not self.config.player or page.content is None:
            return
        here = posixpath.dirname(page.file.dest_uri) or "."
        address = posixpath.relpath(self.config.out, here)
        line = f'<p class="earmark">{snippet(one.title, one.slug, address, _language(config))}</p>'
        head, heading, rest = page.content.partition("</h1>")
        page.content = f"{head}{heading}\n{line}{rest}" if heading else f"{line}\n{page.content}"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Copy the editions into the site."""
        if not self.config.enabled:
            return
        made = Path(config.config_file_path or "mkdocs.yml").parent / self.config.work / "audio"
        if made.is_dir():
            ignore = shutil.ignore_patterns(".*")
            shutil.copytree(made, Path(config.site_dir) / self.config.out, ignore=ignore, dirs_exist_ok=True)

    def _settings(self, file: Path, config: MkDocsConfig) -> Settings:
        """Return what is in force: what MkDocs knows of the site, the settings' file, the environment."""
        address = f"{config.site_url.rstrip('/')}/{self.config.out}/" if config.site_url else ""
        site = {
            "title": config.site_name,
            "description": config.site_description or "",
            "author": config.site_author or "",
            "language": _language(config),
            "address": address,
        }
        own = [read_file(file)] if file.is_file() else []
        return merge(Layer("mkdocs.yml", {"site": site}), *own, from_environment(os.environ))


def _plan(work: Path, settings: Settings) -> Plan:
    cache = os.environ.get("EARMARK_CACHE", "")
    shared = address_of(cache)
    return Plan(
        folder=discover([work / "articles"], suffixes=READERS, out=work / "audio"),
        settings=settings,
        out=work / "audio",
        cache=Path(cache) if cache and not shared else platformdirs.user_cache_path("earmark"),
        shared_cache=shared,
        jobs=os.cpu_count() or 1,
        epoch=epoch_of(os.environ.get("SOURCE_DATE_EPOCH", "")),
    )


def _drop_orphans(out: Path, outcome: events.Outcome) -> int:
    """Remove editions of pages that the site has no more, and return how many: `out` holds nothing but the plugin's.

    One whose page was moved is left until the page says so: subscribers know it.
    """
    gone = {orphan.slug for orphan in outcome.orphans} - {moved.slug for moved in outcome.moved}
    for slug in gone:
        shutil.rmtree(out / slug, ignore_errors=True)
    return len(gone)


def _article(page: Page, markdown: str) -> str:
    """Return a page as an article: its Markdown, with what MkDocs knows of it in front."""
    given: dict[str, Any] = dict(page.meta)
    if not _HEADING.search(markdown):  # else that is its title, as it is for MkDocs
        given.setdefault("title", str(page.title or ""))
    given.setdefault("slug", slugify(page.file.url.strip("/") if page.file.url.strip("./") else "home"))
    known = {key: value for key, value in given.items() if value not in (None, "")}
    return f"---\n{yaml.safe_dump(known, allow_unicode=True, sort_keys=False)}---\n\n{markdown}"


def _lay_out(folder: Path, pages: Mapping[str, str], files: Files, settings: Path) -> None:
    """Write the articles and what they need; what has not changed keeps its time, what is gone goes."""
    wanted: dict[Path, bytes | Path] = {folder / name: text.encode() for name, text in pages.items()}
    for file in files:
        if PurePosixPath(file.src_uri).suffix.lower() in _PICTURES and file.abs_src_path:
            wanted[folder / file.src_uri] = Path(file.abs_src_path)
    beside = settings.parent
    for path in sorted(beside.iterdir()) if settings.is_file() and beside.name != _HIDDEN else ():
        if path.is_file() and path.suffix.lower() in _BESIDE:
            wanted.setdefault(folder / path.name, path)
    templates = beside / "templates"
    for path in sorted(templates.iterdir()) if settings.is_file() and templates.is_dir() else ():
        wanted[folder / "templates" / path.name] = path
    wanted[folder / FILE_NAME] = settings if settings.is_file() else b""
    for path, content in wanted.items():
        data = content.read_bytes() if isinstance(content, Path) else content
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data, durable=False)
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def _language(config: MkDocsConfig) -> str:
    """Return the site's language: what the theme is set to, else English."""
    found = config.theme.get("language") or config.theme.get("locale") or "en"
    return str(found).replace("_", "-")


def _tell(event: events.Event) -> None:
    match event:
        case events.Made():
            _log.info("made the audio of %s", event.source)
        case events.Failed():
            _log.warning("%s", event.error)
        case _:
            pass
