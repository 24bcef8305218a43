"""The projects of all regions: how many need what, and where each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from macros.charts.portfolio import Heat, heat, level_ticks
from macros.charts.ruler import Ruler
from macros.findings.severity import ASK
from macros.hub.rows import ProjectRow, by_edition
from macros.hub.together import titles_of_rules
from macros.model.editions import order
from macros.outputs.api.projects import ProjectSummary
from macros.views.context import PageContext, Registry
from macros.views.hub.gathered import network_of, title_of

VIEWS = Registry()


@VIEWS.block
def hub_summary(context: PageContext) -> Markup:
    """Show how many projects of all regions need what, and where each region's own pages are."""
    network = network_of(context)
    found = [_needs(row, context) for row in network.rows]
    counts = {need: sum(need in needs for needs in found) for need in ("act", "late", "apart", "out-of-date")}
    acting = {region.name: sum(row.act > 0 for row in region.rows) for region in network.regions}
    return context.render("hub_summary", network=network, counts=counts, acting=acting)


@dataclass(frozen=True, slots=True)
class Line:
    """A project on one route.

    Attributes:
        places: Where the level of each track lies, in per cent.
        apart: Levels between the highest and the lowest track.
        first: The title of the finding to begin with; empty where there is none, or none is said.
    """

    summary: ProjectSummary
    places: tuple[float, ...]
    apart: int
    first: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A project with its lines, one for each route."""

    row: ProjectRow
    needs: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The projects that answered one edition.

    Attributes:
        heat: How many are at each level, of those that can be compared; None where there is none.
    """

    edition: str
    projects: tuple[Shown, ...]
    heat: Heat | None


@VIEWS.late
def hub_portfolio(context: PageContext) -> Markup:
    """Show the projects of all regions, edition by edition, because levels of two editions cannot be compared."""
    network, frame = network_of(context), context.handbook.frame
    stages, titles = len(frame.stages), titles_of_rules(network.regions)
    groups = []
    for edition, rows in sorted(by_edition(network.rows).items(), key=lambda entry: order(entry[0]), reverse=True):
        compared = [row for row in rows if row.comparable]
        drawn = heat(compared, frame.tracks, stages) if compared else None
        shown = (Shown(row, _needs(row, context), _lines(row, context, titles)) for row in rows)
        groups.append(Group(edition, tuple(shown), drawn))
    return context.render("hub_portfolio", groups=groups, network=network, ticks=level_ticks(stages))


def _needs(row: ProjectRow, context: PageContext) -> tuple[str, ...]:
    limit = context.handbook.frame.thresholds.imbalance_act
    found = {"act": row.act, "late": row.late, "apart": row.apart >= limit, "out-of-date": row.first.out_of_date}
    return tuple(need for need, has in found.items() if has)


def _lines(row: ProjectRow, context: PageContext, titles: Mapping[str, str]) -> tuple[Line, ...]:
    frame = context.handbook.frame
    scale = Ruler(0, len(frame.stages))
    lines = []
    for route in row.routes:
        levels = [route.tracks[track].level for track in frame.tracks]
        said = [f.kind for f in route.findings or () if f.severity != ASK and not f.acknowledged]
        first = title_of(said[0], context, titles) if said else ""
        lines.append(Line(route, tuple(scale.at(level) for level in levels), max(levels) - min(levels), first))
    return tuple(lines)
