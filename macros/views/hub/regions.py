"""What regions share, how they differ, how it has changed, and how old their data are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from macros.assessment.history import Step
from macros.charts.demand import facilities
from macros.charts.project import Path, drawn_path
from macros.hub.gathered import Gathered
from macros.hub.months import NetworkMonth, by_month
from macros.hub.together import bottlenecks, demand, differing, titles_of_rules
from macros.model.editions import order
from macros.outputs.api.projects import ProjectSummary
from macros.text.dates import Month
from macros.views.context import PageContext, Registry
from macros.views.hub.gathered import network_of, title_of

VIEWS = Registry()


@VIEWS.block
def hub_bottlenecks(context: PageContext) -> Markup:
    """Show the findings that projects of two regions or more have."""
    network = network_of(context)
    titles = titles_of_rules(network.regions)
    found = [(entry, title_of(entry.kind, context, titles)) for entry in bottlenecks(network)]
    silent = [region for region in network.regions if any(route.findings is None for route in _routes(region))]
    return context.render("hub_bottlenecks", found=found, network=network, silent=silent)


def _routes(region: Gathered) -> list[ProjectSummary]:
    return [route for row in region.rows if not row.levels_only for route in row.routes]


@dataclass(frozen=True, slots=True)
class Placed:
    """A project with its region, as a list of links has it."""

    id: str
    title: str
    address: str


@VIEWS.block
def hub_demand(context: PageContext) -> Markup:
    """Show how many projects of all regions need the same kind of facility in the same quarter."""
    network = network_of(context)
    found = demand(network.rows, context.handbook.frame.facilities)
    placed = {
        facility: {
            quarter: [
                (Placed(row.id, f"{row.title} ({network.title(row.region)})", row.address), "") for row, _ in rows
            ]
            for quarter, rows in quarters.items()
        }
        for facility, quarters in found.items()
    }
    silent = [region for region in network.regions if any(route.demand is None for route in _routes(region))]
    drawn = facilities(placed, context.day)
    return context.render("hub_demand", drawn=drawn, silent=silent, address=lambda project: project.address)


@VIEWS.block
def hub_differences(context: PageContext) -> Markup:
    """Show which items differ in which region."""
    network = network_of(context)
    described = [region for region in network.regions if region.region]
    others = [region for region in network.regions if not region.region]
    return context.render("hub_differences", rows=differing(network.regions), described=described, others=others)


@VIEWS.block
def hub_trend(context: PageContext) -> Markup:
    """Show how levels and findings have changed over the months that were gathered."""
    network = network_of(context)
    months = by_month(network.months)
    lines = [(line, region) for region in network.regions for line in region.months]
    lines.sort(key=lambda entry: entry[0].month, reverse=True)
    return context.render("hub_trend", months=months, drawn=_drawn(months, context), lines=lines)


def _drawn(months: Sequence[NetworkMonth], context: PageContext) -> Path | None:
    """Draw the last months that have one edition in common; nothing where there are less than two."""
    tracks = context.handbook.frame.tracks
    steps: list[Step] = []
    for month in reversed(months):
        if month.edition != months[-1].edition or month.levels.keys() != tracks.keys():
            break
        levels = {track: month.levels[track] for track in tracks}
        steps.insert(0, Step(min(Month.parse(month.month).last_day, context.day), levels))
    titles = {name: track.title for name, track in tracks.items()}
    return drawn_path(steps, context.day, steps[-1].levels, titles) if len(steps) > 1 else None


@VIEWS.block
def hub_state(context: PageContext) -> Markup:
    """Show for each region how old its data are, and what could not be used."""
    network = network_of(context)
    editions = sorted({region.projects.edition for region in network.regions if region.projects}, key=order)
    return context.render("hub_state", network=network, editions=editions)
