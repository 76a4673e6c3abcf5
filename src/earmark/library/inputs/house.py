"""How the publisher dresses pages: the site's address, and the templates that lie beside earmark.toml."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from earmark.edition import House
from earmark.errors import SettingsError
from earmark.settings import FILE_NAME, Settings

FOLDER = "templates"
_SUFFIXES = frozenset({".html", ".css", ".js"})
_MOST_BYTES = 1_000_000
_WITH_PASSWORD = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*@", re.IGNORECASE)


def house_of(settings: Settings, root: Path, settings_file: Path | None) -> House:
    """Return how pages are dressed. Raises `SettingsError` for an address that is none, and a template that can't be read."""
    where = settings_file or FILE_NAME
    address = _folder_address(settings.site.address, where)
    own = f"{address}feed.xml" if address and settings.feed.publish else ""
    return House(
        address=address,
        feed=web_address(settings.page.feed, "page.feed", where) or own,
        page=settings.page.publish,
        templates=dict(_templates(root / FOLDER)),
    )


def templates_digests(house: House) -> dict[str, str]:
    """Return a sha256 of each template, by name."""
    return {name: sha256(text.encode()).hexdigest() for name, text in house.templates.items()}


def _folder_address(value: str, where: Path | str) -> str:
    found = web_address(value, "site.address", where)
    return found if not found or found.endswith("/") else f"{found}/"


def web_address(value: str, key: str, where: Path | str = "command line") -> str:
    """Return an address on the web, or "". Raises `SettingsError` for what is none, and for one with a password."""
    if not value:
        return ""
    if _WITH_PASSWORD.match(value):
        hint = "Take it out: this address stands on every page and in the feed."
        raise SettingsError("it has a name or a password before its host", path=where, key=key, hint=hint)
    try:
        parts = urlsplit(value)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and value.isascii() and value.isprintable()
    except ValueError:
        right = False
    if not right or any(sign in value for sign in " <>\"'`{}|\\^"):
        hint = "Write it as a browser shows it, from https:// on."
        raise SettingsError(f"{value[:80]!r} is no address on the web", path=where, key=key, hint=hint)
    return value


def _templates(folder: Path) -> list[tuple[str, str]]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES and path.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SettingsError(f"the folder can't be read: {error.strerror}", path=folder) from None
    return [(path.name, _text(path)) for path in paths]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"can't be read: {error.strerror}", path=path) from None
    except UnicodeDecodeError:
        raise SettingsError("this is not UTF-8 text", path=path, hint="Save the file as UTF-8.") from None
    if len(data) > _MOST_BYTES:
        raise SettingsError("this is larger than 1 MB", path=path, hint="A template is a page, not a library.")
    return text
