"""What the site says of a project in one place, it says in every other: levels, findings, targets, days and counts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from justhtml.dom import Element

from macros.outputs.api.projects import PATH
from tests.support import portfolio as read
from tests.support.portfolio import Line
from tests.support.site import Site, attributes, find, shown_projects, text

CURRENT = [name for name, project in shown_projects().items() if project.get("kind") != "retrospective"]


@pytest.fixture(scope="module")
def lines(site: Site) -> dict[tuple[str, str], Line]:
    return read.lines(site.pages["projects/"].tree)


@pytest.fixture(scope="module")
def published(site: Site) -> dict[str, Any]:
    return dict(json.loads((site.folder / PATH).read_text("utf-8")))


@pytest.fixture(scope="module")
def summaries(published: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(p["id"], p["route"]): p for p in published["projects"] if p["kind"] != "retrospective"}


def pictures(scope: list[Element]) -> list[dict[str, int]]:
    """Read the level of each track in each picture; that of a second route may show only what differs."""
    return [
        {
            text(find(row, ".nav-track")[0]).lower(): int(text(find(row, ".nav-level")[0]).split()[-1])
            for row in find(picture, "tbody tr")
            if find(row, ".nav-track")
        }
        for picture in scope
    ]


def findings(site: Site, project: str) -> list[tuple[str, bool]]:
    """Read the findings of a project's page: severity, and whether the team has acknowledged it."""
    found = [attributes(each) for each in site.pages[f"projects/{project}/"].all(".nav-finding")]
    return [(each["data-severity"], "nav-acknowledged" in each["class"]) for each in found]


# --- the portfolio and what is published ---


def test_a_line_says_what_is_published(
    lines: dict[tuple[str, str], Line], summaries: dict[tuple[str, str], dict[str, Any]]
) -> None:
    assert lines.keys() == summaries.keys()
    for key, line in lines.items():
        given = summaries[key]
        assert line.levels == {track: entry["level"] for track, entry in given["tracks"].items()}, key
        assert (line.apart[0], line.act, line.watch) == (given["apart"], given["act"], given["watch"]), key
        assert bool(line.target and line.target[2]) == given["late"], key
        assert line.target is None or given["targets"][str(line.target[0])] == line.target[1], key
        assert line.assessed in ("", given["assessed"]), key
        assert {"act": given["act"] > 0, "late": given["late"], "out-of-date": given["out_of_date"]}.items() <= {
            **{need: need in line.needs for need in ("act", "late", "out-of-date")}
        }.items() or key[0] in several(lines), key


def several(lines: dict[tuple[str, str], Line]) -> set[str]:
    """Name projects on more than one route: they need what they need on one of them."""
    names = [project for project, _ in lines]
    return {name for name in names if names.count(name) > 1}


def test_projects_are_counted_alike(site: Site, lines: dict[tuple[str, str], Line], published: dict[str, Any]) -> None:
    counted = read.counts(site.pages["projects/"].tree)
    assert counted == {name.replace("_", "-"): number for name, number in published["counts"].items()}
    needs = {project: line.needs for (project, _), line in lines.items()}
    assert counted == {
        "projects": len(CURRENT),
        **{need: sum(need in each for each in needs.values()) for need in ("act", "late", "apart", "out-of-date")},
    }


def test_the_heat_map_counts_each_project_once_at_its_lower_level(
    site: Site, lines: dict[tuple[str, str], Line]
) -> None:
    for track, numbers in read.at_levels(site.pages["projects/"].tree).items():
        lowest: dict[str, int] = {}
        for (project, _), line in lines.items():
            lowest[project] = min(line.levels[track], lowest.get(project, 9))
        assert numbers == [list(lowest.values()).count(level) for level in range(10)]


# --- the pages of projects ---


@pytest.mark.parametrize("project", CURRENT)
def test_the_page_and_the_sheet_show_the_levels_of_the_portfolio(
    site: Site, lines: dict[tuple[str, str], Line], project: str
) -> None:
    expected = [line.levels for (name, _), line in lines.items() if name == project]
    for url in (f"projects/{project}/", f"meetings/{project}/"):
        shown = pictures(site.pages[url].all(".nav-scale"))
        assert shown[0] == expected[0], url
        assert all(part.items() <= whole.items() for part, whole in zip(shown, expected, strict=False)), url


@pytest.mark.parametrize("project", CURRENT)
def test_the_page_has_as_many_findings_as_the_portfolio_counts(
    site: Site, lines: dict[tuple[str, str], Line], summaries: dict[tuple[str, str], dict[str, Any]], project: str
) -> None:
    shown = findings(site, project)
    for severity, acknowledged in (("act", False), ("watch", False)):
        numbers = [getattr(line, severity) for (name, _), line in lines.items() if name == project]
        # What two routes share may be said once, or on each.
        assert max(numbers) <= shown.count((severity, acknowledged)) <= sum(numbers)
    numbers = [given["acknowledged"] for (name, _), given in summaries.items() if name == project]
    assert max(numbers) <= sum(acknowledged for _, acknowledged in shown) <= sum(numbers)


@pytest.mark.parametrize("project", CURRENT)
def test_acknowledged_is_acknowledged_everywhere(site: Site, lines: dict[tuple[str, str], Line], project: str) -> None:
    said = [line.apart[1] for (name, _), line in lines.items() if name == project]
    for url in (f"projects/{project}/", f"meetings/{project}/"):
        captions = site.pages[url].all(".nav-scale-table caption")
        for words, caption in zip(said, captions, strict=False):
            shown = [text(badge).split()[-1].lower() for badge in find(caption, ".nav-severity")]
            assert shown == ([words] if words else []), url


@pytest.mark.parametrize("project", CURRENT)
def test_targets_and_days_are_those_of_the_page_and_the_sheet(
    site: Site, lines: dict[tuple[str, str], Line], project: str
) -> None:
    mine = [line for (name, _), line in lines.items() if name == project]
    for url in (f"projects/{project}/", f"meetings/{project}/"):
        page = site.pages[url]
        for line, goals in zip(mine, page.all(".nav-goals"), strict=False):
            found = re.findall(
                r"stage (\d) passed by (\d{4}-\d\d)(?: \(earliest \S+, (\d+) months late\))?", text(goals)
            )
            known = [(int(stage), month, int(late or 0)) for stage, month, late in found]
            assert line.target in (*known, None), url
            assert any(late for *_, late in known) == bool(line.target and line.target[2]), url
    assert mine[0].assessed in text(site.pages[f"meetings/{project}/"].one("article"))
    day = attributes(find(site.pages[f"projects/{project}/"].one(".nav-head"), "time")[0])["datetime"]
    assert mine[0].assessed == day


@pytest.mark.parametrize("project", CURRENT)
def test_a_line_begins_with_a_finding_of_the_page_and_of_the_sheet(
    site: Site, lines: dict[tuple[str, str], Line], project: str
) -> None:
    (first, *_) = [line.first for (name, _), line in lines.items() if name == project]
    if first != "none":
        for url in (f"projects/{project}/", f"meetings/{project}/"):
            titles = [text(strong).rstrip(".") for strong in site.pages[url].all("article strong")]
            assert first in titles, url


# --- the front page ---


def test_the_front_page_shows_a_project_as_its_own_page_does(site: Site, lines: dict[tuple[str, str], Line]) -> None:
    home = site.pages[""]
    shown = home.all(".nav-example")
    for example in shown:
        links = [attributes(link).get("href", "") for link in find(example, "figcaption a")]
        project = next(match[1] for link in links if (match := re.search(r"projects/([\w-]+)/", link)))
        line = next(line for (name, _), line in lines.items() if name == project)
        assert pictures(find(example, ".nav-scale")) == [line.levels]
        for finding in find(example, ".nav-finding strong")[:1]:
            assert text(finding).rstrip(".") == line.first


def test_days_of_calculation_are_the_same(site: Site, published: dict[str, Any]) -> None:
    days = {
        attributes(place)["data-nav-day"]
        for url in ("projects/", *(f"projects/{p}/" for p in CURRENT), *(f"meetings/{p}/" for p in CURRENT))
        for place in site.pages[url].all("[data-nav-day]")
    }
    assert days == {published["day"]}
