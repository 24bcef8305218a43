"""What checklists ask: the frame, areas with their items, sources and named rules.

Field names are the words of the YAML files, with `_` for `-`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.fields import (
    Day,
    Edition,
    Flag,
    Group,
    Line,
    Number,
    Record,
    Word,
    Words,
)


class Titled(Record):
    """Something with a title and a sentence or two about it."""

    title: Line
    about: Line


class Stage(Record):
    """One of nine steps, shared by the three tracks. An item is due by the exit of its stage."""

    title: Line
    entry: Line
    exit: Line


class Modality(Titled):
    """A kind of product. `donor` is given where the kind alone settles who gives the cells."""

    donor: Word | None = None


class Thresholds(Record):
    """The numbers of the published rules; a region may set its own."""

    imbalance_watch: Number
    imbalance_act: Number
    debt: Number
    silo_share: Number = Field(description="per cent of the items met")
    silo_least: Number = Field(description="items met before shares are judged")
    silo_stages: Number
    stale_days: Number
    stale_evidence_days: Number
    start_soon: Number = Field(3, description="months ahead that count as now")
    recent_days: Number = Field(90, description="days back that count as recent changes")


class FindingText(Record):
    """What a kind of finding is called, why it matters and what to do first."""

    title: Line
    why: Line
    first_move: Line


class Frame(Record):
    """`navigator.yml`: the words that everything else uses, in the order they are shown."""

    edition: Edition
    tracks: Annotated[dict[Word, Titled], Group]
    stages: Annotated[dict[Number, Stage], Group]
    partners: Annotated[dict[Word, Titled], Group]
    roles: Annotated[dict[Word, Titled], Group]
    modalities: Annotated[dict[Word, Modality], Group]
    donors: Annotated[dict[Word, Titled], Group]
    routes: Annotated[dict[Word, Titled], Group]
    metrics: Annotated[dict[Word, Titled], Group]
    facilities: Annotated[dict[Word, Titled], Group] = {}
    thresholds: Thresholds
    findings: Annotated[dict[Word, FindingText], Group]


class LeadTime(Record):
    """Months that an item usually takes, without what it waits for.

    `basis` is "planning assumption" or the name of a source.
    """

    months: Number
    range: tuple[Number, Number]
    basis: Line
    note: Line | None = None


class AppliesTo(Record):
    """The products and routes an item is asked of; empty means all."""

    modalities: Words = ()
    route: Word | None = None
    donor: Words = ()


class Question(Record):
    """One checkable statement, as an area file holds it."""

    title: Line
    why: Line
    done_when: Line
    stage: Number
    gate: Flag = False
    owner: Word
    role: Word | None = None
    supports: Words = ()
    evidence: Line
    requires: Words = ()
    applies_to: AppliesTo = AppliesTo()
    note: Line | None = None
    lead_time: LeadTime | None = None
    recurring: Literal["yearly"] | None = None
    regulatory: Flag = False
    facility: Word | None = None
    sources: Words = ()


class Item(Question):
    """A question with its place: `name` is `area/item`, for ever."""

    name: str
    area: str
    track: str

    @property
    def anchor(self) -> str:
        """The last part of the item's address."""
        return self.name.partition("/")[2]


class AreaFile(Record):
    """An area file: a group of items within a track. `retired` says where old answers move."""

    title: Line
    intro: Line
    items: Annotated[dict[Word, Question], Group]
    retired: Annotated[dict[Word, Line], Group] = {}


class Area(AreaFile):
    """An area with its place."""

    name: str
    track: str


class Reference(Record):
    """A source. One that is not `confirmed` is never shown as confirmed."""

    title: Line
    publisher: Line | None = None
    number: Line | None = None
    date: Line | None = None
    url: Line | None = None
    more_urls: Words = ()
    confirmed: Flag
    checked: Day
    note: Line | None = None


class ReferenceFile(Record):
    """`references.yml`."""

    references: Annotated[dict[Word, Reference], Group]
