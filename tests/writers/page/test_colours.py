"""Every choice of colours has the contrast that WCAG 2.2 asks for, computed: text 4.5:1, controls and the voice's mark 3:1."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[3] / "src/earmark/writers/page/assets/properties.css").read_text("utf-8")
TEXT = [
    *((ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("ground", "surface")),
    ("voice-ink", "voice"), ("voice-ink", "word"), ("on-accent", "accent"),
]  # fmt: skip
SHAPES = [
    ("line", "ground"),
    ("line", "surface"),
    ("voice-line", "ground"),
    ("voice-line", "voice"),
    ("accent", "surface"),
]


def themes() -> dict[str, dict[str, str]]:
    """Return each theme's colours by name; what a theme does not say, it has from the light one."""
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(:root[^{]*){([^}]*)}", CSS):
        name = re.search(r'data-theme="(\w+)"', selector)
        theme = name[1] if name else "device dark" if ":not" in selector else "light"
        found[theme] = {**found.get("light", {}), **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))}
    return found


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_all_themes_are_there() -> None:
    assert set(themes()) == {"light", "sepia", "dark", "device dark", "contrast"}
    assert themes()["dark"] == themes()["device dark"]


@pytest.mark.parametrize("theme", ["light", "sepia", "dark", "contrast"])
def test_contrast_is_enough(theme: str) -> None:
    colours = themes()[theme]
    short = {(one, other): contrast(colours[one], colours[other]) for one, other in TEXT}
    assert {pair: ratio for pair, ratio in short.items() if ratio < 4.5} == {}
    shapes = {(one, other): contrast(colours[one], colours[other]) for one, other in SHAPES}
    assert {pair: ratio for pair, ratio in shapes.items() if ratio < 3} == {}
