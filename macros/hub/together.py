"""What regions have in common: findings, demand on facilities, and how their checklists differ. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from macros.findings.severity import ACT, ASK
from macros.hub.gathered import Gathered, Network
from macros.hub.rows import ProjectRow
from macros.outputs.api.region import Difference


@dataclass
class Bottleneck:
    """A finding that projects of several regions have.

    Attributes:
        kind: Its name.
        regions: Region → its projects that have it and have not acknowledged it.
        act: How many projects are to act on it.
    """

    kind: str
    regions: dict[str, list[ProjectRow]] = field(default_factory=dict)
    act: int = 0

    @property
    def projects(self) -> int:
        """How many projects have it."""
        return sum(map(len, self.regions.values()))


def bottlenecks(network: Network) -> list[Bottleneck]:
    """List the findings that projects of two regions or more have, those of most projects first."""
    found: dict[str, Bottleneck] = {}
    for row in network.rows:
        mine: dict[str, bool] = {}
        for finding in row.findings:
            if finding.severity != ASK and not finding.acknowledged:
                mine[finding.kind] = mine.get(finding.kind, False) or finding.severity == ACT
        for kind, acts in mine.items():
            entry = found.setdefault(kind, Bottleneck(kind))
            entry.regions.setdefault(row.region, []).append(row)
            entry.act += acts
    shared = [entry for entry in found.values() if len(entry.regions) > 1]
    return sorted(shared, key=lambda entry: (-len(entry.regions), -entry.projects, entry.kind))


def titles_of_rules(regions: Iterable[Gathered]) -> dict[str, str]:
    """Name the rules that only some regions have: kind → title; texts of other sites."""
    return {
        difference.name: difference.title
        for region in regions
        for difference in (region.region.differences if region.region else ())
        if difference.what == "rule"
    }


def demand(rows: Iterable[ProjectRow], known: Iterable[str]) -> dict[str, dict[str, list[tuple[ProjectRow, str]]]]:
    """Gather the demand on facilities by quarter: facility → quarter → the projects.

    Args:
        known: The facilities of the shared handbook, in their order; what only one region has is its own affair.
    """
    found: dict[str, dict[str, list[tuple[ProjectRow, str]]]] = {name: {} for name in known}
    for row in rows:
        for facility, quarters in row.demand.items():
            for quarter in quarters if facility in found else ():
                found[facility].setdefault(quarter, []).append((row, ""))
    return {facility: dict(sorted(quarters.items())) for facility, quarters in found.items() if quarters}


@dataclass(frozen=True)
class Differing:
    """An item that differs in at least one region.

    Attributes:
        title: Text of another site, where the item is not one of the shared handbook.
        regions: Region → what its layers have done with it.
    """

    name: str
    title: str
    regions: Mapping[str, tuple[Difference, ...]]


def differing(regions: Iterable[Gathered]) -> list[Differing]:
    """List the items that differ somewhere: those that differ in most regions first, then by name."""
    found: dict[str, dict[str, list[Difference]]] = {}
    for region in regions:
        for difference in region.region.differences if region.region else ():
            if difference.what == "item":
                found.setdefault(difference.name, {}).setdefault(region.name, []).append(difference)
    rows = [
        Differing(name, next(iter(by_region.values()))[0].title, {key: tuple(some) for key, some in by_region.items()})
        for name, by_region in found.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.regions), row.name))
