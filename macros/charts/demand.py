"""What the pictures of demand on shared facilities are drawn from: columns by quarter, on one axis for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

from macros.charts.ruler import Ruler, Tick
from macros.engine.facilities import NO_DATE
from macros.text.dates import Month

QUARTERS = 20  # shown, from that of the day on
LEAST = 3  # projects that the axis has room for at least, so that one project is no tower


class Named(Protocol):
    """A project: one of a handbook, or one that a hub has gathered."""

    @property
    def id(self) -> str:
        """Its name, which no other one has."""


Quarters: TypeAlias = Mapping[str, Sequence[tuple[Named, str]]]
"""Quarter, or "no date" → projects, each with the item that needs the place."""


@dataclass(frozen=True, slots=True)
class Column:
    """The demand in one quarter: places and sizes in per cent of the picture.

    Attributes:
        named: Whether its number is written: where it changes.
    """

    quarter: str
    number: int
    at: float
    wide: float
    high: float
    named: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Quarters running in which the same projects need a facility; `first` is "no date" where there is none."""

    first: str
    last: str
    projects: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """The demand on one facility.

    Attributes:
        most: The most projects in one quarter that is shown; 0 where there are none.
        peaks: The quarters with so many.
        later: How many projects need it only or again after the last quarter shown.
        undated: How many projects need it at a time that nobody knows.
        spans: Everything, for reading.
    """

    columns: tuple[Column, ...]
    most: int
    peaks: tuple[str, ...]
    later: int
    undated: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Facilities:
    """The demand on all facilities.

    Attributes:
        quarters: Names along the axis, one for each quarter: its number.
        years: Names of the years, where each begins.
        last: The last quarter shown.
    """

    needs: dict[str, Need]
    quarters: tuple[Tick, ...]
    years: tuple[Tick, ...]
    last: str


def facilities(demand: Mapping[str, Quarters], day: date) -> Facilities:
    """Draw the demand on each facility that is needed."""
    now = Month.of(day).ordinal
    shown = [Month.at(now + 3 * place).quarter for place in range(QUARTERS)]
    scale = Ruler(0, QUARTERS)
    middle = tuple(Tick(name[-1], scale.at(place + 0.5)) for place, name in enumerate(shown))
    years = tuple(Tick(name[:4], scale.at(place)) for place, name in enumerate(shown) if name[-1] == "1" or not place)
    needs = {facility: _need(quarters, shown) for facility, quarters in demand.items()}
    # A first year of one quarter has no room for its name beside the next.
    return Facilities(needs, middle, years[1:] if shown[1][-1] == "1" else years, shown[-1])


def _need(quarters: Quarters, shown: Sequence[str]) -> Need:
    who = {quarter: _projects(users) for quarter, users in quarters.items()}
    numbers = [len(who.get(quarter, ())) for quarter in shown]
    most = max(numbers)
    later = {project.id for quarter, users in who.items() if shown[-1] < quarter != NO_DATE for project in users}
    return Need(
        columns=_columns(numbers, shown),
        most=most,
        peaks=tuple(quarter for quarter, number in zip(shown, numbers, strict=True) if most and number == most),
        later=len(later),
        undated=len(who.get(NO_DATE, ())),
        spans=_spans(who),
    )


def _projects(users: Sequence[tuple[Named, str]]) -> tuple[Named, ...]:
    return tuple({project.id: project for project, _ in users}.values())


def _columns(numbers: Sequence[int], shown: Sequence[str]) -> tuple[Column, ...]:
    across, up = Ruler(0, QUARTERS), Ruler(0, max(LEAST, *numbers))
    before = [0, *numbers]
    return tuple(
        Column(quarter, number, across.at(place + 0.12), across.wide(0.76), up.at(number), number != before[place])
        for place, (quarter, number) in enumerate(zip(shown, numbers, strict=True))
        if number
    )


def _spans(who: Mapping[str, tuple[Named, ...]]) -> tuple[Span, ...]:
    """Put quarters together that follow each other and have the same projects."""
    spans: list[Span] = []
    for quarter, projects in who.items():
        last = spans[-1] if spans else None
        if last and last.projects == projects and quarter == _next(last.last):
            spans[-1] = Span(last.first, quarter, projects)
        else:
            spans.append(Span(quarter, quarter, projects))
    return tuple(spans)


def _next(quarter: str) -> str:
    """Name the quarter after one."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return f"{year + number // 4} Q{number % 4 + 1}"
