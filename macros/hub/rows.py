"""The projects of a document as a hub shows them: one row for each, on however many routes. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.engine.facilities import NO_DATE
from macros.outputs.api.levels_only import LevelsSummary
from macros.outputs.api.projects import Document, FindingSummary, ProjectSummary, TrackSummary

QUARTER = re.compile(rf"[0-9]{{4}} Q[1-4]|{NO_DATE}")


@dataclass(frozen=True)
class ProjectRow:
    """A real project of a region.

    Attributes:
        region: The word of its region in `network.yml`.
        routes: What its site says of it, once for each route.
        address: The address of its page, made from that of its site; what the document says of addresses is not used.
        of_document: The edition of the document.
        levels_only: Whether only its levels are published. Nothing is known of its findings, targets or demand.
    """

    region: str
    routes: tuple[ProjectSummary, ...]
    address: str
    of_document: str
    levels_only: bool = False

    @property
    def first(self) -> ProjectSummary:
        """What its site says of it on its first route."""
        return self.routes[0]

    @property
    def id(self) -> str:
        """Its name in the network."""
        return f"{self.region}/{self.first.id}"

    @property
    def title(self) -> str:
        """What it is called; text of another site."""
        return self.first.title

    @property
    def edition(self) -> str:
        """The edition that it answered; that of its site, where an older site does not say it."""
        return self.first.checklist or self.first.edition or self.of_document

    @property
    def comparable(self) -> bool:
        """Whether its levels can be compared with those of other regions."""
        return all(route.comparable for route in self.routes)

    @property
    def levels(self) -> dict[str, int]:
        """Track → its level, on the route on which it is lowest."""
        found: dict[str, int] = {}
        for route in self.routes:
            for track, standing in route.tracks.items():
                found[track] = min(standing.level, found.get(track, standing.level))
        return found

    @property
    def apart(self) -> int:
        """Levels between the highest and the lowest track."""
        return max(max(levels) - min(levels) for levels in self._levels_by_route) if self._levels_by_route else 0

    @property
    def _levels_by_route(self) -> list[list[int]]:
        return [[track.level for track in route.tracks.values()] for route in self.routes if route.tracks]

    @property
    def act(self) -> int:
        """Findings to act on that nobody has acknowledged, on the route that has most."""
        return max(route.act for route in self.routes)

    @property
    def watch(self) -> int:
        """Findings to watch that nobody has acknowledged, on the route that has most."""
        return max(route.watch for route in self.routes)

    @property
    def late(self) -> bool:
        """Whether it misses a target on one of its routes."""
        return any(route.late for route in self.routes)

    @property
    def findings(self) -> tuple[FindingSummary, ...]:
        """Its findings on all routes; none where an older site does not say them."""
        return tuple(finding for route in self.routes for finding in route.findings or ())

    @property
    def demand(self) -> dict[str, set[str]]:
        """Facility → the quarters in which it needs it, on any of its routes."""
        found: dict[str, set[str]] = {}
        for route in self.routes:
            for facility, quarters in (route.demand or {}).items():
                found.setdefault(facility, set()).update(filter(QUARTER.fullmatch, quarters))
        return found


def rows_of(document: Document, region: str, address: str) -> tuple[ProjectRow, ...]:
    """List the real projects of a document: examples and histories are those of the shared handbook.

    Args:
        region: The word of the region.
        address: Of its site, with a slash at its end.
    """
    found: dict[str, list[ProjectSummary]] = {}
    for project in document.projects:
        if project.kind == "project":
            found.setdefault(project.id, []).append(project)
    named = {summary.id for summary in document.levels_only}
    for summary in document.levels_only:
        found.setdefault(summary.id, []).append(with_levels(summary))
    return tuple(
        ProjectRow(region, tuple(routes), f"{address}projects/{name}/", document.edition, name in named)
        for name, routes in found.items()
    )


def with_levels(summary: LevelsSummary) -> ProjectSummary:
    """Put the levels of a project into the form of the others."""
    return ProjectSummary(
        **{name: getattr(summary, name) for name in ("id", "route", "title", "checklist", "assessed", "page")},
        kind="project",
        modality="",
        lead="",
        tracks={track: TrackSummary(level=level, working_stage=level) for track, level in summary.levels.items()},
        targets={},
        act=0,
        watch=0,
    )


def by_edition(rows: Iterable[ProjectRow]) -> dict[str, list[ProjectRow]]:
    """Group projects by the edition that they answered; only levels under one edition are comparable."""
    found: dict[str, list[ProjectRow]] = {}
    for row in rows:
        found.setdefault(row.edition, []).append(row)
    return found
