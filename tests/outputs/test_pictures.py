"""Badges and pictures of levels: they say what the project's page says, in words too, and load and run nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from macros.engine.portfolio import Portfolio
from macros.outputs.pictures import svg
from macros.outputs.pictures.files import of_project
from tests.support.paths import ROOT
from tests.support.site import Site
from tests.support.small import TODAY, files_of_each, real
from tests.support.tables import TITLES, small_portfolio

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = files_of_each(of_project, small_portfolio())
REAL = files_of_each(of_project, Portfolio(real(), TODAY))


def words(picture: bytes) -> list[str]:
    """Read the texts of a picture; anything that XML does not allow fails."""
    root = ElementTree.fromstring(picture)
    return [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]


def told(picture: bytes) -> str:
    """Read what a picture says in words to whoever does not see it."""
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text or "" for element in root if element.get("id")}
    return " ".join(named[name] for name in (root.get("aria-labelledby") or "").split())


@pytest.mark.parametrize("name", TITLES)
def test_a_title_is_shown_as_it_is_written_and_is_never_markup(name: str) -> None:
    assert TITLES[name] in words(HOSTILE[f"picture/{name}.svg"])
    for folder in ("badge", "picture"):
        assert told(HOSTILE[f"{folder}/{name}.svg"]).startswith(f"{TITLES[name]}: levels ")
        tags = {
            element.tag.removeprefix(SVG) for element in ElementTree.fromstring(HOSTILE[f"{folder}/{name}.svg"]).iter()
        }
        assert tags <= {"svg", "title", "desc", "defs", "pattern", "g", "path", "text", "tspan", "use"}


def test_a_character_that_xml_cannot_hold_is_replaced() -> None:
    assert (
        svg.safe("a\x00b\x1bc <&>\"'")
        == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c &lt;&amp;&gt;&quot;&#x27;"
    )


def test_nothing_is_loaded_or_run() -> None:
    for path, picture in {**HOSTILE, **REAL}.items():
        text = picture.decode()
        assert set(re.findall(r'(?:href|src|url)[=(]"?([^")]*)', text)) <= {"#g", "#p", "#b"}, path
        assert not re.search(r"<(?:script|style|image|foreignObject)|\son\w+=", text), path


def test_the_levels_of_a_picture_are_those_of_the_project() -> None:
    portfolio = Portfolio(real(), TODAY)
    for project in portfolio.current:
        for report in portfolio.reports(project.id):
            end = "" if report.assessment.route == project.route[0] else f"--{report.assessment.route}"
            badge, picture = (REAL[f"{folder}/{project.id}{end}.svg"] for folder in ("badge", "picture"))
            for track, standing in report.assessment.tracks.items():
                title = real().frame.tracks[track].title
                assert f"{title.lower()} {standing.level}" in words(badge)
                assert f"{title.lower()} {standing.level}" in told(badge)
                assert f"{title} level {standing.level}" in words(picture)
            passed = sum(standing.level for standing in report.assessment.tracks.values())
            assert sum(text.count("✓") for text in words(picture) if set(text) == {"✓"}) == passed
            for drawn in (badge, picture):
                assert f"assessed {project.assessed}, edition {project.checklist}" in told(drawn)
                assert "made-up example" in told(drawn)
                assert any("made-up example" in text for text in words(drawn))


def test_a_history_has_no_picture_and_a_renamed_project_has_them_at_its_old_address_too() -> None:
    assert not {path for path in REAL if "glybera" in path}
    small = small_portfolio()
    renamed = small.handbook.projects["plus"].model_copy(update={"formerly": ("before",)})
    book = replace(small.handbook, projects={"plus": renamed})
    found = files_of_each(of_project, Portfolio(book, TODAY))
    assert found["badge/before.svg"] == found["badge/plus.svg"]


def test_the_colours_are_those_of_the_light_pages() -> None:
    style = (ROOT / "docs/assets/navigator.css").read_text("utf-8")
    light = style.split('[data-md-color-scheme="default"] {')[1].split("}")[0]
    tokens = dict(re.findall(r"--nav-([\w-]+): (#[0-9a-f]{6});", light))
    assert [tokens[f"track-{number}"] for number in (1, 2, 3)] == [*svg.TRACKS]
    named = {
        "ink": svg.INK,
        "quiet": svg.QUIET,
        "edge": svg.EDGE,
        "line": svg.LINE,
        "hatch": svg.HATCH,
        "page": svg.PAGE,
    }
    assert {name: tokens[name] for name in named} == named


def test_a_project_leads_to_its_badge_picture_and_data_and_has_lines_to_copy(site: Site) -> None:
    for project in Portfolio(real(), TODAY).current:
        page = site.pages[f"projects/{project.id}/"]
        for path in (f"badge/{project.id}.svg", f"picture/{project.id}.svg", f"api/v1/projects/{project.id}.json"):
            assert f'href="../../{path}"' in page.html
            assert path in site.files
        copied = [code.to_text(strip=False) for code in page.all("pre.nav-copy > code")]
        address = f"https://navigator.example.org/badge/{project.id}.svg"
        assert [address in text for text in copied].count(True) == 2
    history = site.pages["projects/glybera/"].html
    assert "badge/glybera" not in history
    assert "api/v1/projects/glybera.json" in history
