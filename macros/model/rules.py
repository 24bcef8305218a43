"""Named bottleneck rules, events and rules in motion, as their files hold them: plain data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.model.checklist import FindingText
from macros.model.fields import Day, Flag, Group, Line, Lines, Number, Record, Share, Word


class Condition(Record):
    """When a named rule speaks: all clauses that are written must hold.

    `open` is applicable and not met; `started` met or in progress; `not_started` applicable
    and neither. What does not apply is none of these.
    """

    done: Lines = Field((), description="Items that are all met.")
    started: Lines = Field((), description="Items that are all met or in progress.")
    open: Lines = Field((), description="Items that all apply and are not met.")
    open_any: Lines = Field((), description="Items of which at least one applies and is not met.")
    not_started: Lines = Field((), description="Items that all apply and have not begun.")
    working_stage: Annotated[dict[Word, Number], Group] = Field(
        {}, description="Track: the stage that its work has reached."
    )
    planned_within: Annotated[dict[Line, Number], Group] = Field(
        {}, description="Item: it is planned within so many months."
    )
    modality: Lines = Field((), description="The kinds of product.")
    route: Line | None = Field(None, description="The route.")
    metric_below: Annotated[dict[Word, Share], Group] = Field(
        {}, description="Figure: it was entered and is below this."
    )


class BottleneckRule(FindingText):
    """A named rule: it speaks when any of its conditions holds."""

    who: Lines = Field(description="The partners who move first.")
    sources: Lines = Field((), description="What it rests on: names in references.yml.")
    act: tuple[Condition, ...] = Field((), description="Act when one of these conditions holds.")
    watch: tuple[Condition, ...] = Field((), description="Watch when one of these conditions holds.")


class EventRule(FindingText):
    """What a kind of event asks for: a review of the items it touches."""

    who: Lines = Field(description="The partners who move first.")
    items: Lines = Field(description="The items to look at again.")


class RuleFile(Record):
    """`bottlenecks.yml`."""

    rules: Annotated[dict[Word, BottleneckRule], Group] = Field(description="The named rules.")
    events: Annotated[dict[Word, EventRule], Group] = Field(
        {}, description="What can happen to a project, and what then needs another look."
    )


class Motion(Record):
    """A law or guideline that is about to change, and the items it touches."""

    title: Line = Field(description="The law or guideline.")
    date: Day | None = Field(None, description="The day from which it applies, if there is one.")
    state: Line = Field(description="How far it has come.")
    effect: Line = Field(description="What it changes for a project.")
    items: Lines = Field((), description="The items it touches.")
    confirmed: Flag = Field(description="true: somebody has read it at its source.")
    checked: Day = Field(description="The day on which somebody last looked at it.")
    sources: Lines = Field((), description="Where this is from: names in references.yml.")


class MotionFile(Record):
    """`rules-in-motion.yml`."""

    rules: Annotated[dict[Word, Motion], Group] = Field(description="What is about to change, by name.")
