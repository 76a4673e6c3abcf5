"""What a page says of its article: JSON-LD first, then microformats of the head, then what is printed in the body."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from earmark.article import Metadata
from earmark.readers.inline import clean

_ARTICLES = re.compile(
    r"(?:Article|BlogPosting|NewsArticle|Report|Posting|Review|Recipe|CreativeWork|TechArticle|LiveBlogPosting|HowTo|Essay|Chapter)\Z"
)
_MOST_JSON = 1_000_000
_MOST_ITEMS = 2_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_SEPARATOR = re.compile(r"\s+(?:\||[-–—]|»|«|::|·|•|/|›|<|>)\s+")
_BY = re.compile(  # "Di" and "Av" are names as well
    r"(?:(?i:by|von|par|por|door|от|автор:?|written by|words by|text by|posted by)|di|av|af)\s+"
)
_AND = re.compile(r"\s*(?:,|;|&|\||\band\b|\bund\b|\bet\b|\by\b|\be\b)\s+", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?://|@|\d{4}|^(?:admin|staff|editor|guest|unknown|author|team)$|\.(?:com|org|net)\b", re.IGNORECASE
)
_MOST_AUTHORS = 12
_LONGEST_NAME = 60
_MARKUP = re.compile(r"<[^>]{0,500}>")


@dataclass(slots=True)
class About:
    """What is known of a page. `body` is the article's text as JSON-LD has it, "" where it does not."""

    metadata: Metadata
    body: str = ""
    site: str = ""


@dataclass(slots=True)
class _Found:
    """The article's entries of all JSON-LD on the page, those first that name the page's own kind."""

    entries: list[dict[str, Any]] = field(default_factory=list)

    def first(self, *keys: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
        return next((entry[key] for key in keys for entry in self.entries if entry.get(key)), None)


def about(tree: LexborHTMLParser) -> About:
    """Return what a page says of itself. Nothing that it names is opened."""
    found = _json_ld(tree)
    named = _meta(tree)
    site = _text(named.get("og:site_name")) or _text(_named(found.first("publisher")))
    metadata = Metadata(
        title=_title(tree, found, named, site),
        authors=_authors(tree, found, named),
        language=_language(tree, found, named),
        published=_published(tree, found, named),
        updated=_date(found.first("dateModified"))
        or _date(_first(named, "article:modified_time", "og:updated_time", "last-modified")),
        description=_text(
            _first(named, "description", "og:description", "twitter:description", "dc.description")
            or found.first("description")
        ),
        source_url=_address(_link(tree, "canonical") or named.get("og:url", "")),
        licence=_link(tree, "license"),
        tags=_tags(found, named),
        cover=_cover(found, named),
    )
    return About(metadata, _body(found), site)


def _json_ld(tree: LexborHTMLParser) -> _Found:
    entries: list[dict[str, Any]] = []
    for script in tree.css('script[type="application/ld+json" i]'):
        text = _inside(script).strip()
        if not text or len(text) > _MOST_JSON:
            continue
        text = (
            text.removeprefix("<!--")
            .removesuffix("-->")
            .removeprefix("//<![CDATA[")
            .removesuffix("//]]>")
            .rstrip("; \n")
        )
        try:
            entries += _articles(json.loads(text, strict=False))
        except (ValueError, RecursionError):  # a page's own mistake: others say the same
            continue
    return _Found(entries)


def _articles(value: object) -> Iterator[dict[str, Any]]:
    """Yield the objects that are articles, those about the page first."""
    stack, seen = [value], 0
    while stack and seen < _MOST_ITEMS:
        seen += 1
        one = stack.pop(0)
        if isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, dict):
            kinds = one.get("@type")
            if any(
                isinstance(kind, str) and _ARTICLES.search(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                yield one
            stack.extend(
                one[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(one.get(key), dict | list)
            )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the page's meta elements by name, in lower case; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.css("meta[content]"):
        attributes = element.attributes
        content = (attributes.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (attributes.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
                if name in ("article:tag", "article:author"):
                    found[name] = content if found[name] == content else f"{found[name]}\n{content}"
    return found


def _first(named: dict[str, str], *keys: str) -> str:
    return next((named[key] for key in keys if named.get(key)), "")


def _text(value: object) -> str:
    """Return a value as one line of plain text."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), "")
    if not isinstance(value, str):
        return ""
    if "&" in value or "<" in value:
        fragment = LexborHTMLParser(f"<!DOCTYPE html><body>{value[:5_000]}").body
        value = _inside(fragment) if fragment is not None else value
    return " ".join(clean(value).split())


def _named(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def _title(tree: LexborHTMLParser, found: _Found, named: dict[str, str], site: str) -> str:
    """Return the headline: what several agree on, without the site's name behind or before it."""
    printed = _text(_inside(tree.css_first("title")))
    headings = [_text(_inside(heading)) for heading in tree.css("h1")]
    told = [
        _text(found.first("headline", "name")),
        _text(_first(named, "og:title", "twitter:title", "dc.title", "headline")),
        printed,
    ]
    for heading in headings:  # a heading that the head repeats is the headline as printed
        if heading and any(heading.casefold() in title.casefold() for title in told if title):
            return heading
    best = next((title for title in told[:2] if title), "") or printed
    return _without_site(best, site, cut=best == printed) or (headings[0] if headings else "")


def _inside(element: LexborNode | None) -> str:
    return element.text(deep=True) if element is not None else ""


def _without_site(title: str, site: str, *, cut: bool) -> str:
    """Return "Headline" of "Headline | Site"; where the site is not named, only of a `<title>`, and not a short part."""
    pieces = _SEPARATOR.split(title)
    if len(pieces) == 1:
        return title
    if site:
        for at, rest in ((-1, title), (0, title)):
            if pieces[at].casefold() == site.casefold():
                return (
                    rest[: rest.rindex(pieces[-1])].rstrip(" |-–—»«:·•/›<>")
                    if at
                    else rest[len(pieces[0]) :].lstrip(" |-–—»«:·•/›<>")
                )
    if not cut:
        return title
    last = list(_SEPARATOR.finditer(title))[-1]
    kept = title[: last.start()]
    return kept if len(kept.split()) >= 3 and len(pieces[-1].split()) <= 5 else title  # noqa: PLR2004 (a headline, a name)


def _authors(tree: LexborHTMLParser, found: _Found, named: dict[str, str]) -> tuple[str, ...]:
    for source in (
        _people(found.first("author", "creator")),
        _split(_first(named, "author", "dc.creator", "sailthru.author", "parsely-author", "byl")),
    ):
        names = _names(source)
        if names:
            return names
    names = _names(named.get("article:author", "").split("\n"))
    if names:
        return names
    for selector in (
        '[itemprop~="author"] [itemprop~="name"]',
        '[itemprop~="author"]',
        '[rel~="author"]',
        ".byline .author",
        ".author-name",
        ".p-author",
        ".byline",
    ):
        names = _names([name for element in tree.css(selector)[:3] for name in _split(_text(_inside(element))[:200])])
        if names:
            return names
    return ()


def _people(value: object) -> list[str]:
    people = value if isinstance(value, list) else [value]
    found: list[str] = []
    for person in people:
        name = _named(person)
        found += (
            [one for one in name if isinstance(one, str)]
            if isinstance(name, list)
            else _split(name)
            if isinstance(name, str)
            else []
        )
    return found


def _split(text: str) -> list[str]:
    return _AND.split(_BY.sub("", text, count=1))


def _names(given: list[str]) -> tuple[str, ...]:
    names = (_BY.sub("", _text(name)).strip(" ,.;|·") for name in given)
    return tuple(
        dict.fromkeys(name for name in names if name and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name))
    )[:_MOST_AUTHORS]


def _language(tree: LexborHTMLParser, found: _Found, named: dict[str, str]) -> str:
    root = tree.root.attributes if tree.root is not None else {}
    body = tree.body.attributes if tree.body is not None else {}
    told = found.first("inLanguage")
    if isinstance(told, dict):
        told = told.get("alternateName") or told.get("name")
    for tag in (
        root.get("lang"),
        root.get("xml:lang"),
        body.get("lang"),
        named.get("content-language"),
        told,
        named.get("og:locale"),
        named.get("dc.language"),
    ):
        plain = tag.strip().replace("_", "-").partition(",")[0] if isinstance(tag, str) else ""
        if _LANGUAGE.match(plain):
            return plain
    return ""


def _published(tree: LexborHTMLParser, found: _Found, named: dict[str, str]) -> str:
    keys = (
        "article:published_time",
        "datepublished",
        "og:published_time",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "sailthru.date",
    )
    told = _date(found.first("datePublished", "dateCreated", "uploadDate")) or next(
        filter(None, (_date(named.get(key)) for key in keys)), ""
    )
    if told:
        return told
    for selector in (
        'time[itemprop~="datePublished"]',
        "time[pubdate]",
        "time.published",
        "time.entry-date",
        "article time[datetime]",
        "time[datetime]",
    ):
        element = tree.css_first(selector)
        dated = _date(element.attributes.get("datetime")) if element is not None else ""
        if dated:
            return dated
    return ""


def _date(value: object) -> str:
    """Return a date or a date and time in ISO 8601, "" for what is neither."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return ""
    written = value.strip()
    try:
        if len(written) <= 10:  # noqa: PLR2004 (2026-11-22)
            return dt.date.fromisoformat(written).isoformat()
        return dt.datetime.fromisoformat(written).isoformat()
    except ValueError:
        begins = re.match(r"\d{4}-\d\d-\d\d(?!\d)", written)
        if begins:
            return _date(begins[0])
        return ""


def _link(tree: LexborHTMLParser, rel: str) -> str:
    element = tree.css_first(f'link[rel~="{rel}"][href], a[rel~="{rel}"][href]')
    return _address(element.attributes.get("href") or "") if element is not None else ""


def _address(value: str) -> str:
    return value.strip() if value.strip().startswith(("https://", "http://")) else ""


def _tags(found: _Found, named: dict[str, str]) -> tuple[str, ...]:
    given = found.first("keywords") or named.get("article:tag", "").split("\n") or []
    if isinstance(given, str):
        given = given.split(",")
    if not any(given):
        given = named.get("keywords", "").split(",")
    return tuple(
        dict.fromkeys(
            tag for tag in (_text(one) for one in given if isinstance(one, str)) if tag and len(tag) <= _LONGEST_NAME
        )
    )[:30]


def _cover(found: _Found, named: dict[str, str]) -> str:
    """Return the picture's address as it stands; it is never fetched, and used only where it is a file nearby."""
    image = found.first("image", "thumbnailUrl")
    if isinstance(image, list):
        image = image[0] if image else None
    if isinstance(image, dict):
        image = image.get("url")
    return image if isinstance(image, str) else _first(named, "og:image", "twitter:image")


def _body(found: _Found) -> str:
    body = found.first("articleBody", "text", "reviewBody")
    return _MARKUP.sub("\n", body) if isinstance(body, str) else ""
