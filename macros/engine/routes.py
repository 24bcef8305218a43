"""What several routes of one project share, and what holds on some of them only. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeAlias, TypeVar

from macros.engine.moves import Move, rank
from macros.engine.report import ProjectReport

T = TypeVar("T")
Routes: TypeAlias = tuple[str, ...]

ALL: Routes = ()
"""Every route of the project."""


def by_routes(
    reports: Sequence[ProjectReport],
    found: Callable[[ProjectReport], Iterable[T]],
    key: Callable[[T], Hashable],
) -> dict[Routes, list[T]]:
    """Group what is found on each route by the routes on which it is the same, what all share first.

    Args:
        found: What a report says, in its order.
        key: What makes two of them the same.
    """
    first: dict[Hashable, T] = {}
    where: dict[Hashable, list[str]] = {}
    for report in reports:
        for thing in found(report):
            name = key(thing)
            first.setdefault(name, thing)
            where.setdefault(name, []).append(report.assessment.route)
    if len(reports) == 1:  # as of nearly every project
        return {ALL: [*first.values()]} if first else {}
    groups: dict[Routes, list[T]] = {ALL: []}
    for same, thing in first.items():
        routes = ALL if len(where[same]) == len(reports) else tuple(where[same])
        groups.setdefault(routes, []).append(thing)
    return {routes: things for routes, things in groups.items() if things}


def moves(reports: Sequence[ProjectReport]) -> list[tuple[Move, Routes]]:
    """List what can be done now, each move once and with the routes that ask for it, the most urgent first."""
    groups = by_routes(reports, lambda report: report.moves, lambda move: move.state.item.name)
    named = [(move, routes) for routes, some in groups.items() for move in some]
    return sorted(named, key=lambda pair: rank(pair[0]))
