"""Anchors and directions of texts in any script."""

from __future__ import annotations

import pytest
from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from macros.text.direction import with_directions
from macros.text.slugs import as_anchor
from tests.support.paths import ROOT


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("联系方式", "联系方式"),
        ("Контакты", "контакты"),
        ("Йод и café", "йод-и-cafe"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("علاج (T1D)", "علاج-t1d"),
        ("Malmö – a  b", "malmo-a-b"),
    ],
)
def test_the_anchor_of_a_heading_in_any_script_is_words(heading: str, anchor: str) -> None:
    assert as_anchor(heading, "-") == anchor


def test_anchors_of_present_headings_stay_as_they_were() -> None:
    lines = (line for path in sorted((ROOT / "docs").rglob("*.md")) for line in path.read_text("utf-8").splitlines())
    headings = [line.lstrip("#").partition("{")[0].strip() for line in lines if line.startswith("#")]
    assert len(headings) > 100
    assert [h for h in headings if as_anchor(h, "-") != slugify(h, "-")] == []


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<h1>علاج (T1D)</h1>", '<h1 dir="auto">علاج (T1D)</h1>'),
        ('<p class="a">See <a href="b">טיפול</a>.</p>', '<p class="a">See <a dir="auto" href="b">טיפול</a>.</p>'),
        ('<p dir="rtl">טיפול</p>', '<p dir="rtl">טיפול</p>'),
        ("<title>علاج</title><p>Malmö, Контакты ✓</p>", "<title>علاج</title><p>Malmö, Контакты ✓</p>"),
        ('<a title="علاج">word</a>', '<a title="علاج">word</a>'),
    ],
)
def test_elements_with_text_from_right_to_left_get_a_direction(html: str, marked: str) -> None:
    assert with_directions(html) == marked
