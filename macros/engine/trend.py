"""Levels of all current projects at the ends of past quarters, from the days that answers give. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from macros.assessment.history import history
from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.general_rules import severity_of
from macros.findings.severity import ACT
from macros.text.dates import Month

QUARTERS = 20  # shown at most, the last ones


@dataclass(frozen=True, slots=True)
class Quarter:
    """The projects at the end of a quarter, or today.

    Attributes:
        projects: How many had a dated answer or event by then.
        levels: Track → the level that at least half of them had reached at most.
        apart: How many of them had levels as far apart as is to be acted on.
    """

    day: date
    projects: int
    levels: Mapping[str, int]
    apart: int

    @property
    def name(self) -> str:
        """Its name, as in `2028 Q1`."""
        return Month.of(self.day).quarter


def trend(portfolio: Portfolio) -> tuple[Quarter, ...]:
    """Follow the levels of all current projects from quarter to quarter; empty where nothing has a day."""
    reports = {project.id: portfolio.reports(project.id) for project in portfolio.current}
    begun = {name: day for name, group in reports.items() if (day := _first_day(group[0]))}
    if not begun:
        return ()
    found = []
    for day in _ends(min(begun.values()), portfolio.day):
        there = [reports[name] for name, first in begun.items() if first <= day]
        levels = [_lowest([_levels_at(report, day) for report in group]) for group in there]
        apart = sum(any(_far_apart(report, day) for report in group) for group in there)
        if levels:
            tracks = {track: median_low([each[track] for each in levels]) for track in levels[0]}
            found.append(Quarter(day, len(there), tracks, apart))
    return tuple(found)


def _first_day(report: ProjectReport) -> date | None:
    """Give the first day on which anything is known of a project."""
    project, today = report.project, report.assessment.day
    days = [day for answer in project.answers.values() for day, _ in history(answer, today)]
    days += [event.date for event in project.events]
    return min((day for day in days if day <= today), default=None)


def _ends(first: date, last: date) -> list[date]:
    """List the last days of quarters from the first day on, and the day itself."""
    begins, ends = (Month.of(day).ordinal // 3 for day in (first, last))
    quarters = range(max(begins, ends - QUARTERS + 1), ends)
    return [*(Month.at(3 * quarter + 2).last_day for quarter in quarters), last]


def _levels_at(report: ProjectReport, day: date) -> Mapping[str, int]:
    """Give the levels at the end of a day; those of today count answers without a day too."""
    tracks = report.assessment.tracks
    if day == report.assessment.day:
        return {track: standing.level for track, standing in tracks.items()}
    held = [step.levels for step in report.path if step.day <= day]
    return held[-1] if held else dict.fromkeys(tracks, 0)


def _lowest(levels: list[Mapping[str, int]]) -> dict[str, int]:
    """Give the level of each track on the route on which it is lowest."""
    return {track: min(each[track] for each in levels) for track in levels[0]}


def _far_apart(report: ProjectReport, day: date) -> bool:
    levels = _levels_at(report, day).values()
    return severity_of(max(levels) - min(levels), report.handbook.frame.thresholds) == ACT
