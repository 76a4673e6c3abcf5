"""Templates: earmark's own, and the publisher's before them. What stands in them is escaped unless it is marked up already."""

from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, DictLoader, Environment, FunctionLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError

from earmark.errors import SettingsError

_OWN = "earmark/"  # how a publisher's template names the one that it changes
# Asset by published name: the files that it is put together from; a publisher may replace each of them.
ASSETS: Mapping[str, tuple[str, ...]] = {
    "page.css": ("properties.css", "base.css", "page.css"),
    "page.js": ("cues.js", "comfort.js", "player.js", "session.js", "links.js"),
    "library.css": ("properties.css", "base.css", "library.css"),
    "library.js": ("cues.js", "comfort.js", "library.js"),
}
_HTML = ("index.html", "embed.html", "library.html", "parts.html")
NAMES = frozenset({*_HTML, *(part for parts in ASSETS.values() for part in parts)})
"""Every file that may stand in a publisher's `templates/`."""


def known(templates: Mapping[str, str]) -> None:
    """Raise `SettingsError` for a style sheet or a script that takes no other's place: it is misspelt.

    A page of another name may be there to be included.
    """
    for name in templates:
        if name not in NAMES and not name.endswith(".html"):
            near = get_close_matches(name, sorted(NAMES), n=1)
            hint = f"Did you mean {near[0]}?" if near else f"These can be replaced: {', '.join(sorted(NAMES))}."
            raise SettingsError("it takes the place of nothing", path=f"templates/{name}", hint=hint)


@cache
def _own(kind: str, name: str) -> str | None:
    path = files(__package__) / kind / name
    return path.read_text(encoding="utf-8") if path.is_file() else None


def asset(name: str, templates: Mapping[str, str]) -> bytes:
    """Return a style sheet or a script as it is published."""
    parts = (templates.get(part) or _own("assets", part) or "" for part in ASSETS[name])
    return "\n".join(parts).encode("utf-8")


def render(name: str, templates: Mapping[str, str], context: Mapping[str, object]) -> bytes:
    """Return a page, encoded. Raises as `rendered` does."""
    return rendered(name, templates, context).encode("utf-8", "replace")


def rendered(name: str, templates: Mapping[str, str], context: Mapping[str, object]) -> str:
    """Return a page. Raises `SettingsError` where a publisher's template is wrong, with its line."""
    try:
        return _environment(tuple(sorted(templates.items()))).get_template(name).render(context)
    except TemplateSyntaxError as error:
        where = f"templates/{error.name or name}"
        raise SettingsError(f"{error.message}", path=where, key=f"line {error.lineno}", hint="Correct it.") from None
    except TemplateError as error:
        hint = "A template of yours asks for something that no page has, or that is not there."
        raise SettingsError(error.message or "it can't be filled in", path=f"templates/{name}", hint=hint) from None


def warm_up(templates: Mapping[str, str]) -> None:
    """Compile the templates of all pages, so that the first need not wait for it; faults are `render`'s to tell."""
    for name in ("index.html", "embed.html", "library.html"):
        with suppress(TemplateError):
            _environment(tuple(sorted(templates.items()))).get_template(name)


@cache
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    """Return the environment of these templates, one for all pages of a run: compiling takes longer than filling in."""

    def own(name: str) -> str | None:
        return _own("templates", name.removeprefix(_OWN))

    return Environment(
        loader=ChoiceLoader([DictLoader(dict(templates)), FunctionLoader(own)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
        auto_reload=False,
    )
