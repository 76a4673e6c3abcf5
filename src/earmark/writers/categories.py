"""Apple Podcasts' categories, letter for letter: directories refuse a feed that names another."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

_LIST = """
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government:
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality
History:
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, Physics, Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
Technology:
True Crime:
"""
CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(filter(None, inner.strip().split(", ")))
        for name, _, inner in (line.partition(":") for line in _LIST.strip().splitlines())
    }
)
_SEPARATOR = " > "
_WRITTEN = {
    name.casefold(): (top, inner)
    for top, inners in CATEGORIES.items()
    for name, inner in ((top, ""), *((f"{top}{_SEPARATOR}{inner}", inner) for inner in inners))
}


def category(written: str) -> tuple[str, str] | None:
    """Return the category and the one inside it ("" if none) that settings mean, None if there is no such one.

    "Arts > Books" names both; an inner one by itself means the outer too; capitals do not matter here.
    """
    wanted = _SEPARATOR.join(" ".join(part.split()) for part in written.split(">")).casefold()
    found = _WRITTEN.get(wanted)
    if found is None:
        inside = [known for known in _WRITTEN.values() if known[1].casefold() == wanted and wanted]
        found = inside[0] if inside else None
    return found


def near_categories(written: str) -> tuple[str, ...]:
    """Return the categories that may have been meant."""
    names = [f"{top}{_SEPARATOR}{inner}" if inner else top for top, inner in _WRITTEN.values()]
    inners = {inner: name for name, (_, inner) in zip(names, _WRITTEN.values(), strict=True) if inner}
    near = get_close_matches(written, [*names, *inners], n=3, cutoff=0.6)
    return tuple(dict.fromkeys(inners.get(name, name) for name in near))
