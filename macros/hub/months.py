"""One small line for each month and region: how many projects, their levels and their findings. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median_low
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from macros.hub.rows import ProjectRow

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class MonthLine(BaseModel):
    """A region at the end of a month, or on the last day of it on which documents were fetched.

    Attributes:
        day: The day that the copy was computed for, which is earlier where a site is late.
        projects: Real projects, each counted once.
        act: Findings to act on that nobody has acknowledged, of all projects; `watch`: the same to watch.
        levels: Edition that projects answered → track → how many of them are at level 0, 1, …
    """

    model_config = ConfigDict(frozen=True)
    month: str = Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")
    day: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    projects: Count
    act: Count
    watch: Count
    levels: dict[
        Annotated[str, Field(max_length=20)],
        dict[Annotated[str, Field(max_length=60)], Annotated[list[Count], Field(max_length=31)]],
    ] = Field(max_length=50)


def line_of(rows: Iterable[ProjectRow], month: str, day: str, stages: int) -> MonthLine:
    """Sum up the projects of a region."""
    listed = list(rows)
    levels: dict[str, dict[str, list[int]]] = {}
    for row in listed:
        for track, level in row.levels.items() if row.comparable else ():
            levels.setdefault(row.edition, {}).setdefault(track, [0] * (stages + 1))[level] += 1
    act, watch = (sum(getattr(row, name) for row in listed) for name in ("act", "watch"))
    return MonthLine(month=month, day=day, projects=len(listed), act=act, watch=watch, levels=levels)


class NetworkMonth(BaseModel):
    """All regions in one month.

    Attributes:
        regions: How many regions have a line.
        edition: The edition that most projects had answered; empty where there is no project.
        answered: How many projects had answered it; only their levels are comparable, and only theirs are here.
        levels: Track → the level that at least half of them had reached at most.
    """

    month: str
    regions: int
    projects: int
    act: int
    watch: int
    edition: str
    answered: int
    levels: dict[str, int]


def by_month(lines: Iterable[MonthLine]) -> tuple[NetworkMonth, ...]:
    """Put the lines of all regions together, month by month."""
    months: dict[str, list[MonthLine]] = {}
    for line in lines:
        months.setdefault(line.month, []).append(line)
    return tuple(_month(month, group) for month, group in sorted(months.items()))


def _month(month: str, lines: list[MonthLine]) -> NetworkMonth:
    counts: dict[str, dict[str, list[int]]] = {}
    for line in lines:
        for edition, tracks in line.levels.items():
            for track, numbers in tracks.items():
                place = counts.setdefault(edition, {}).setdefault(track, [])
                place += [level for level, number in enumerate(numbers) for _ in range(number)]
    answered = {edition: max(map(len, tracks.values()), default=0) for edition, tracks in counts.items()}
    edition = max(answered, key=lambda name: (answered[name], name), default="")
    return NetworkMonth(
        month=month,
        regions=len(lines),
        projects=sum(line.projects for line in lines),
        act=sum(line.act for line in lines),
        watch=sum(line.watch for line in lines),
        edition=edition,
        answered=answered.get(edition, 0),
        levels={track: median_low(levels) for track, levels in counts.get(edition, {}).items() if levels},
    )
