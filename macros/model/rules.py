"""Named bottleneck rules, events and rules in motion, as their files hold them: plain data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.fields.markers import Names
from macros.fields.types import (
    Day,
    Flag,
    FreeText,
    Group,
    ItemNames,
    Line,
    Lines,
    NewName,
    Number,
    PartnerNames,
    Record,
    Share,
    SourceNames,
    Word,
)
from macros.model.checklist import FindingText


class Condition(Record):
    """When a named rule speaks: all clauses that are written must hold.

    `open` is applicable and not met; `started` met or in progress; `not_started` applicable
    and neither. What does not apply is none of these.
    """

    done: ItemNames = Field((), description="Items that are all met.")
    started: ItemNames = Field((), description="Items that are all met or in progress.")
    open: ItemNames = Field((), description="Items that all apply and are not met.")
    open_any: ItemNames = Field((), description="Items of which at least one applies and is not met.")
    not_started: ItemNames = Field((), description="Items that all apply and have not begun.")
    working_stage: Annotated[dict[Word, Annotated[Number, Names("stage")]], Group, Names("track")] = Field(
        {}, description="Track: the stage that its work has reached."
    )
    planned_within: Annotated[dict[Line, Number], Group, Names("item")] = Field(
        {}, description="Item: it is planned within so many months."
    )
    modality: Annotated[Lines, Names("modality")] = Field((), description="The kinds of product.")
    route: Annotated[Line | None, Names("route")] = Field(None, description="The route.")
    metric_below: Annotated[dict[Word, Share], Group, Names("metric")] = Field(
        {}, description="Figure: it was entered and is below this."
    )


class BottleneckRule(FindingText):
    """A named rule: it speaks when any of its conditions holds."""

    who: PartnerNames = Field(description="The partners who move first.")
    sources: SourceNames = Field((), description="What it rests on: names in references.yml.")
    act: tuple[Condition, ...] = Field((), description="Act when one of these conditions holds.")
    watch: tuple[Condition, ...] = Field((), description="Watch when one of these conditions holds.")


class EventRule(FindingText):
    """What a kind of event asks for: a review of the items it touches."""

    who: PartnerNames = Field(description="The partners who move first.")
    items: ItemNames = Field(description="The items to look at again.")


class RuleFile(Record):
    """`bottlenecks.yml`."""

    rules: Annotated[dict[NewName, BottleneckRule], Group] = Field(description="The named rules.")
    events: Annotated[dict[NewName, EventRule], Group] = Field(
        {}, description="What can happen to a project, and what then needs another look."
    )


class Motion(Record):
    """A law or guideline that is about to change, and the items it touches."""

    title: FreeText = Field(description="The law or guideline.")
    date: Day | None = Field(None, description="The day from which it applies, if there is one.")
    state: FreeText = Field(description="How far it has come.")
    effect: FreeText = Field(description="What it changes for a project.")
    items: ItemNames = Field((), description="The items it touches.")
    confirmed: Flag = Field(description="true: somebody has read it at its source.")
    checked: Day = Field(description="The day on which somebody last looked at it.")
    sources: SourceNames = Field((), description="Where this is from: names in references.yml.")


class MotionFile(Record):
    """`rules-in-motion.yml`."""

    rules: Annotated[dict[NewName, Motion], Group] = Field(description="What is about to change, by name.")
