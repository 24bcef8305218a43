"""The look: contrast computed from the tokens of the style sheet, and the page that publishes them."""

from __future__ import annotations

import re

import pytest

from tests.support.each import each
from tests.support.paths import ROOT

STYLE = "".join((ROOT / f"docs/assets/{name}.css").read_text("utf-8") for name in ("navigator", "pictures"))
PAGE = (ROOT / "docs/visual-language.md").read_text("utf-8")
SCHEMES = ("default", "slate")


def tokens(scheme: str) -> dict[str, str]:
    """Read the colours of a scheme from the first block that is about it."""
    block = STYLE.split(f'[data-md-color-scheme="{scheme}"] {{')[1].split("}")[0]
    return dict(re.findall(r"(--nav-[\w-]+): (#[0-9a-f]{6});", block))


COLOURS = {scheme: tokens(scheme) for scheme in SCHEMES}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#ffffff", "#ffffff") == 1


# What is written on what: 4.5 for words, 3 for lines and shapes that carry meaning.
WORDS = [
    *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("page", "soft")),
    *((ink, "hatch") for ink in ("ink",)),
    *((track, "page") for track in ("track-1", "track-2", "track-3")),
    *(("track-ink", track) for track in ("track-1", "track-2", "track-3")),
    *((severity, ground) for severity in ("act", "watch") for ground in ("page", f"{severity}-soft")),
    *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("act-soft", "watch-soft")),
]
LINES = [("edge", "page"), ("edge", "soft")]


@each("scheme, ink, ground", [(scheme, *pair) for scheme in SCHEMES for pair in WORDS])
def test_words_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = COLOURS[scheme]
    assert contrast(colours[f"--nav-{ink}"], colours[f"--nav-{ground}"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), LINES)
def test_lines_and_shapes_can_be_seen(scheme: str, ink: str, ground: str) -> None:
    colours = COLOURS[scheme]
    assert contrast(colours[f"--nav-{ink}"], colours[f"--nav-{ground}"]) >= 3


def test_both_schemes_name_the_same_colours() -> None:
    assert COLOURS["default"].keys() == COLOURS["slate"].keys()
    assert len(COLOURS["default"]) == 16


def row(token: str) -> str:
    """Write the row of the page's table: colour and contrast against the page, light and dark."""
    cells = [f"`{token}`"]
    for scheme in SCHEMES:
        colour, page = COLOURS[scheme][token], COLOURS[scheme]["--nav-page"]
        cells += [f"`{colour}`", f"{contrast(colour, page):.1f}"]
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("token", COLOURS["default"])
def test_the_page_publishes_each_colour_with_its_measured_contrast(token: str) -> None:
    assert row(token) in PAGE, f"docs/visual-language.md needs this row:\n{row(token)}"


def test_the_page_publishes_no_colour_that_the_style_sheet_does_not_have() -> None:
    assert set(re.findall(r"^\| `(--nav-[\w-]+)`", PAGE, re.MULTILINE)) == set(COLOURS["default"])


def test_colours_stand_in_the_tokens_only() -> None:
    """A colour written elsewhere would escape the measuring."""
    below = STYLE.split("/* The frame of every page")[1]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", below) == []


def test_every_token_that_is_used_is_defined() -> None:
    used = set(re.findall(r"var\((--nav-[\w-]+)", STYLE))
    defined = set(re.findall(r"(--nav-[\w-]+):", STYLE))
    assert used - defined == set()
    assert {token for token in COLOURS["default"] if token not in used} == set()


def test_our_scripts_weigh_less_than_15_kb() -> None:
    scripts = {path.name: path.stat().st_size for path in (ROOT / "docs/assets").glob("*.js")}
    assert scripts
    assert sum(scripts.values()) < 15_000, scripts


def test_the_pictures_weigh_less_than_2500_kb() -> None:
    pictures = [path for path in (ROOT / "docs/pictures").rglob("*") if path.is_file()]
    assert len(pictures) >= 15
    assert sum(path.stat().st_size for path in pictures) < 2_500_000


def test_every_picture_is_shown_on_a_page() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
    unused = [path.name for path in (ROOT / "docs/pictures").rglob("*") if path.is_file() and path.name not in pages]
    assert unused == []
