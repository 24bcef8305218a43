"""What the pictures of all projects are drawn from: how many are at each level, and the levels of each on one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from macros.charts.heatmap import shade
from macros.charts.project import Goal, goals
from macros.charts.ruler import Ruler, Tick
from macros.engine.audience import LevelsOnly
from macros.engine.needs import Need
from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.finding import Finding
from macros.findings.severity import ASK
from macros.model.status_file import Project


@dataclass(frozen=True, slots=True)
class Line:
    """A project on one route.

    Attributes:
        places: Where the level of each track lies, in per cent.
        first: The finding to begin with, to act on or to watch, that nobody has acknowledged.
        goal: The target that matters next: the first one that is missed, else the first one that is not reached.
    """

    report: ProjectReport
    places: tuple[float, ...]
    first: Finding | None
    goal: Goal | None


@dataclass(frozen=True, slots=True)
class Row:
    """A project, with a line for each of its routes.

    Attributes:
        levels: Track → its level, the lowest of the routes.
    """

    project: Project
    needs: tuple[Need, ...]
    levels: dict[str, int]
    lines: tuple[Line, ...]


def rows(portfolio: Portfolio) -> list[Row]:
    """Draw every current project, those most in need first."""
    scale = Ruler(0, len(portfolio.handbook.frame.stages))
    return [
        Row(
            project,
            portfolio.needs[project.id],
            lowest(portfolio.reports(project.id)),
            tuple(_line(report, scale) for report in portfolio.reports(project.id)),
        )
        for project in portfolio.by_need
    ]


@dataclass(frozen=True, slots=True)
class LevelsRow:
    """A project on one route, of which only the levels are published; `places` are those of the tracks, in per cent."""

    project: LevelsOnly
    route: str
    levels: Mapping[str, int]
    places: tuple[float, ...]


def levels_rows(projects: Iterable[LevelsOnly], stages: int) -> list[LevelsRow]:
    """Draw the projects of which only the levels are published, by their titles."""
    scale = Ruler(0, stages)
    return [
        LevelsRow(project, route, levels, tuple(scale.at(level) for level in levels.values()))
        for project in sorted(projects, key=lambda project: (project.title.casefold(), project.id))
        for route, levels in project.levels.items()
    ]


def lowest(reports: Iterable[ProjectReport]) -> dict[str, int]:
    """Give the level of each track, on the route on which it is lowest."""
    levels: dict[str, int] = {}
    for report in reports:
        for track, standing in report.assessment.tracks.items():
            levels[track] = min(standing.level, levels.get(track, standing.level))
    return levels


def _line(report: ProjectReport, scale: Ruler) -> Line:
    places = tuple(scale.at(standing.level) for standing in report.assessment.tracks.values())
    said = [finding for finding in report.findings if not finding.acknowledged and finding.severity != ASK]
    ahead = [goal for goal in goals(report) if goal.outlook]
    goal = min(ahead, key=lambda goal: not goal.late, default=None)
    return Line(report, places, said[0] if said else None, goal)


def level_ticks(stages: int) -> tuple[Tick, ...]:
    """Name the levels along the scale, from 0."""
    scale = Ruler(0, stages)
    return tuple(Tick(str(level), scale.at(level)) for level in range(stages + 1))


@dataclass(frozen=True, slots=True)
class Heat:
    """How many projects are at each level, track by track.

    Attributes:
        counts: Track → how many projects are at level 0, 1, …
        shades: The same as shades, 0 for none and 4 for the most.
        behind: The track that is furthest behind; empty where none is.
        half: At least half of the projects are at this level or lower there; on each track, where none is behind.
    """

    counts: dict[str, tuple[int, ...]]
    shades: dict[str, tuple[int, ...]]
    behind: str
    half: int


def heat(found: Sequence[Row], tracks: Iterable[str], stages: int) -> Heat:
    """Count the projects at each level; there is at least one project."""
    levels = {track: [row.levels[track] for row in found] for track in tracks}
    counted = {track: Counter(mine) for track, mine in levels.items()}
    most = max(max(count.values()) for count in counted.values())
    counts = {track: tuple(count[level] for level in range(stages + 1)) for track, count in counted.items()}
    shades = {track: tuple(shade(number, most) for number in numbers) for track, numbers in counts.items()}
    half = {track: median_low(mine) for track, mine in levels.items()}
    last = min(half, key=lambda track: (half[track], sum(levels[track])))
    return Heat(counts, shades, last if half[last] < max(half.values()) else "", half[last])
