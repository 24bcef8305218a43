"""Guides in another language: anchors, what they were made from, and what is said where there is none."""

from __future__ import annotations

from macros.language.guides import digest, fit, headings, is_reviewed, laid_over, made_from, noted
from tests.support.paths import ROOT

ENGLISH = "# How it works\n\nText.\n\n## The *rules*\n\n```\n# no heading\n```\n\n## The rules { #again .odd }\n"
SWEDISH = "# Så fungerar det\n\nText.\n\n## Reglerna\n\n```\n# ingen\n```\n\n## Reglerna igen\n"


def test_headings_get_the_anchors_of_the_english_guide() -> None:
    assert headings(ENGLISH) == [(1, "how-it-works"), (2, "the-rules"), (2, "again")]
    made = laid_over(SWEDISH, ENGLISH)
    assert headings(made) == headings(ENGLISH)
    assert "# Så fungerar det { #how-it-works }" in made
    assert "# ingen" in made.split("```")[1]


def test_two_headings_of_one_text_have_two_anchors() -> None:
    assert headings("## One\n## One\n## One\n") == [(2, "one"), (2, "one_1"), (2, "one_2")]


def test_other_headings_keep_their_own_anchors() -> None:
    other = f"{SWEDISH}\n## En till\n"
    assert not fit(other, ENGLISH)
    assert headings(laid_over(other, ENGLISH)) == headings(other)


def test_a_guide_says_what_it_was_made_from_and_who_has_read_it() -> None:
    text = noted(f"---\nreviewed: nurse, 2026-11-20\ntitle: Så\n---\n{SWEDISH}", ENGLISH)
    assert made_from(text) == digest(ENGLISH)
    assert "title: Så" in text
    assert not is_reviewed(text), "an earlier review does not hold for another text"
    assert is_reviewed(text.replace("title: Så", "reviewed: head of a clinic, 2026-11-20"))
    assert made_from(SWEDISH) == ""


def test_the_front_matter_of_the_english_guide_stays() -> None:
    made = laid_over(noted(SWEDISH, ENGLISH), f"---\nsearch:\n  boost: 0.1\n---\n{ENGLISH}")
    assert made.startswith("---\nsearch:\n  boost: 0.1\n---\n# Så")


def test_translated_guides_have_the_headings_of_the_english_ones() -> None:
    for path in sorted((ROOT / "languages").glob("*/docs/**/*.md")):
        name = path.as_posix().partition("/docs/")[2]
        english = (ROOT / "docs" / name).read_text("utf-8")
        text = path.read_text("utf-8")
        assert fit(text, english) or made_from(text) != digest(english), (
            f"{path.relative_to(ROOT)}: write the headings of docs/{name}"
        )
