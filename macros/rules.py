"""Named bottleneck rules, events and rules in motion, as their files hold them: plain data."""

from __future__ import annotations

from typing import Annotated

from macros.fields import Day, Flag, Group, Line, Number, Record, Share, Word, Words
from macros.model import FindingText


class Condition(Record):
    """When a named rule speaks: all clauses that are written must hold.

    `open` is applicable and not met; `started` met or in progress; `not_started` applicable
    and neither. What does not apply is none of these.
    """

    done: Words = ()
    started: Words = ()
    open: Words = ()
    open_any: Words = ()
    not_started: Words = ()
    working_stage: Annotated[dict[Word, Number], Group] = {}
    planned_within: Annotated[dict[Line, Number], Group] = {}
    modality: Words = ()
    route: Word | None = None
    metric_below: Annotated[dict[Word, Share], Group] = {}

    @property
    def items(self) -> tuple[str, ...]:
        """The full names of all items the condition looks at."""
        lists = (self.done, self.started, self.open, self.open_any, self.not_started)
        return (*(name for names in lists for name in names), *self.planned_within)


class BottleneckRule(FindingText):
    """A named rule: it speaks when any of its conditions holds."""

    who: Words
    sources: Words = ()
    act: tuple[Condition, ...] = ()
    watch: tuple[Condition, ...] = ()


class EventRule(FindingText):
    """What a kind of event asks for: a review of the items it touches."""

    who: Words
    items: Words


class RuleFile(Record):
    """`bottlenecks.yml`."""

    rules: Annotated[dict[Word, BottleneckRule], Group]
    events: Annotated[dict[Word, EventRule], Group] = {}


class Motion(Record):
    """A law or guideline that is about to change, and the items it touches."""

    title: Line
    date: Day | None = None
    state: Line
    effect: Line
    items: Words = ()
    confirmed: Flag
    checked: Day
    sources: Words = ()


class MotionFile(Record):
    """`rules-in-motion.yml`."""

    rules: Annotated[dict[Word, Motion], Group]
