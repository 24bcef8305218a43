"""The page of all projects, read as a person reads it: its lines, its counts, its heat map, its demand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from justhtml import JustHTML
from justhtml.dom import Element

from tests.support.site import attributes, find, text


@dataclass(frozen=True)
class Line:
    """A project on one route, as its line says it.

    Attributes:
        title: Of its link.
        levels: Track, in small letters → level.
        apart: With the word for what is said of it, if any.
        target: Stage, month and months by which it is missed; None where there is none.
        needs: Of its project.
    """

    title: str
    levels: dict[str, int]
    apart: tuple[int, str]
    act: int
    watch: int
    first: str
    target: tuple[int, str, int] | None
    assessed: str
    stages: tuple[int, ...]
    needs: tuple[str, ...]


def lines(tree: JustHTML) -> dict[tuple[str, str], Line]:
    """Read every line: name of the project and route → what it says, in the order of the page."""
    found: dict[tuple[str, str], Line] = {}
    row, routes = None, []
    for each in find(tree, ".nav-portfolio tbody tr"):
        if "data-nav-more" not in attributes(each):
            row, routes = each, attributes(each)["data-route"].split()
        assert row is not None
        found[attributes(row)["data-project"], routes.pop(0)] = _line(row, each)
    return found


def _line(row: Element, line: Element) -> Line:
    about = attributes(row)
    levels, apart, findings, target, assessed = find(line, "td")
    words = text(find(levels, ".nav-sr")[0])
    number, _, said = text(apart).partition(" ")
    act, watch = map(int, attributes(findings)["data-value"].split())
    due = re.match(r"stage (\d) by (\S+?)(?:, (\d+) months? late)?$", text(target))
    return Line(
        title=text(find(line, "th a")[0]),
        levels={track: int(level) for track, level in re.findall(r"(\w+) (\d)", words)},
        apart=(int(number), re.sub(r"\W", "", said)),
        act=act,
        watch=watch,
        first=text(findings).split(":")[-1].strip(),
        target=(int(due[1]), due[2], int(due[3] or 0)) if due else None,
        assessed=text(find(assessed, "time")[0]) if find(assessed, "time") else "",
        stages=tuple(map(int, about["data-stage"].split())),
        needs=tuple(about["data-need"].split()),
    )


def counts(tree: JustHTML) -> dict[str, int]:
    """Read the counts on top: what a project needs, or "projects" → how many."""
    found = {}
    for entry in find(tree, ".nav-counts > li"):
        words = text(entry)
        name = next(name for word, name in WORDS.items() if word in words)
        found[name] = int(text(find(entry, "strong")[0]))
    return found


WORDS = {"to act on": "act", "late for": "late", "apart": "apart", "not assessed": "out-of-date", "project": "projects"}


def at_levels(tree: JustHTML) -> dict[str, list[int]]:
    """Read the heat map: track, in small letters → how many projects are at level 0, 1, …"""
    return {
        text(find(row, "th")[0]).lower(): [int(text(cell).split(" ")[0]) for cell in find(row, "td")]
        for row in find(tree, ".nav-overview .nav-heatmap tbody tr")
    }
