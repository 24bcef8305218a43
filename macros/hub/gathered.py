"""What a hub shows: its network, and of each region the documents and the state of their copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from macros.hub.bounds import Unfit
from macros.hub.copies import Copies, DocumentState, left_behind
from macros.hub.documents import PATHS, READERS, Scale
from macros.hub.months import MonthLine
from macros.hub.rows import ProjectRow, rows_of
from macros.load.network import NetworkFile, NetworkRegion
from macros.outputs.api.projects import Document
from macros.outputs.api.published import Published
from macros.outputs.api.region import RegionDocument

OLD = 7
"""Days after which a document that has not been computed anew is called old: sites are built every night."""


@dataclass(frozen=True)
class Gathered:
    """One region.

    Attributes:
        name: Its word in `network.yml`; `about`: what that says of it.
        projects: The last good summary of its projects; None where there is none.
        region: The last good description of the region; None where there is none.
        states: File of a document → what is known of its fetching.
        months: Its line of each month.
    """

    name: str
    about: NetworkRegion
    projects: Document | None
    region: RegionDocument | None
    states: dict[str, DocumentState]
    months: tuple[MonthLine, ...]

    @cached_property
    def rows(self) -> tuple[ProjectRow, ...]:
        """Its real projects."""
        return rows_of(self.projects, self.name, self.about.address) if self.projects else ()

    @property
    def licence(self) -> str:
        """The licence of its data, as the network or its own documents say; empty where neither does."""
        said = self.projects.licence if self.projects else None
        return self.about.licence or (said.title if said else "")

    def is_old(self, day: date) -> bool:
        """Say whether its projects were computed too long ago."""
        return self.projects is not None and (day - date.fromisoformat(self.projects.day)).days > OLD


@dataclass(frozen=True)
class Network:
    """All regions of a hub.

    Attributes:
        left: Regions that have copies and are in `network.yml` no more.
    """

    about: NetworkFile
    regions: tuple[Gathered, ...]
    left: tuple[str, ...]

    @cached_property
    def rows(self) -> tuple[ProjectRow, ...]:
        """The real projects of all regions, those most in need of a look first."""
        rows = (row for region in self.regions for row in region.rows)
        return tuple(sorted(rows, key=lambda row: (-row.act, -row.apart, -row.watch, row.title, row.id)))

    @cached_property
    def months(self) -> tuple[MonthLine, ...]:
        """The lines of all regions."""
        return tuple(line for region in self.regions for line in region.months)

    def title(self, region: str) -> str:
        """Give the title of a region by its word."""
        return self.about.regions[region].title


def gather_copies(home: Path, network: NetworkFile, scale: Scale) -> Network:
    """Read the copies of all regions; they are checked again, as they may have been kept by an earlier version."""
    regions = tuple(_gathered(Copies(home, name), name, about, scale) for name, about in network.regions.items())
    return Network(network, regions, left_behind(home, network.regions))


def _gathered(copies: Copies, name: str, about: NetworkRegion, scale: Scale) -> Gathered:
    states = copies.state().documents
    found: dict[str, Published] = {}
    for file in PATHS:
        raw = copies.document(file)
        try:
            if raw is not None:
                found[file] = READERS[file](raw, scale).document
        except Unfit as reason:
            states[file] = states.get(file, DocumentState()).model_copy(update={"problem": str(reason), "kept": None})
    projects, region = (found.get(file) for file in PATHS)
    assert projects is None or isinstance(projects, Document)  # noqa: S101
    assert region is None or isinstance(region, RegionDocument)  # noqa: S101
    known = {file: states.get(file, DocumentState()) for file in PATHS}
    return Gathered(name, about, projects, region, known, copies.months())
