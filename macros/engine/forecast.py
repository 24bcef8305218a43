"""When open items must start, and when stages could be left: the critical-path method. Pure functions.

Months are whole and counted by their ordinal (`Month.ordinal`). Walking back from the targets, an
item's latest finish is the earliest of the targets of its own and of later stages, and of the
latest starts of open items that require it; its latest start is that less its lead time. Walking
forward from today gives the earliest month each stage could be left. Items that come back every
year have no place on the path. The rules are published in docs/forecast.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from macros.engine.assess import Assessment, State
from macros.engine.durations import expected_finish, months_left
from macros.model.handbook import Handbook
from macros.text.dates import Month

LATE, NOW, BY, UNDER_WAY, NO_DATE = "late", "start-now", "start-by", "under-way", "no-date"


class Plan(NamedTuple):
    """What the forecast says of one open item.

    Attributes:
        when: LATE, NOW, BY, UNDER_WAY or NO_DATE.
        finish_by: Latest finish; None without a target that bounds it.
        start_by: Latest start; None as well where the lead time is missing.
        slack: Months from today's month to `start_by`; negative when late.
        driver: The open item whose latest start sets `finish_by`; empty when a target does.
        target: The stage whose target stands at the end of the chain; 0 without one.
        late_if_long: In time with typical lead times, late with the long ones.
        planned_late: Its planned month lies after `finish_by`.
        missing: "target" or "lead-time", where there is no date for want of it.
    """

    state: State
    when: str
    finish_by: Month | None = None
    start_by: Month | None = None
    slack: int | None = None
    driver: str = ""
    target: int = 0
    late_if_long: bool = False
    planned_late: bool = False
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a stage could be left at the earliest, and what decides it.

    Attributes:
        earliest: The month, with today's state and typical lead times.
        target: The month the team wants; None without one.
        chain: Full names of the items that decide it, the first to do first.
        finishes: When each item of the chain could be done.
    """

    stage: int
    earliest: Month
    target: Month | None
    chain: tuple[str, ...]
    finishes: tuple[Month, ...]


@dataclass(frozen=True)
class Forecast:
    """The forecast of one project on one route."""

    plans: Mapping[str, Plan]
    outlook: tuple[Outlook, ...]

    def chain(self, name: str) -> tuple[Plan, ...]:
        """Follow an item's latest finish to the target that sets it, the item itself first."""
        steps = [self.plans[name]]
        while steps[-1].driver:
            steps.append(self.plans[steps[-1].driver])
        return tuple(steps)


def forecast(assessment: Assessment, handbook: Handbook) -> Forecast:
    """Date every open item of a project, and every stage that is not left.

    Returns:
        Plans in the order of the checklists, outlook by stage; both empty when nothing is open
        and for a retrospective, which has no future.
    """
    path = [] if assessment.past else _path(assessment, handbook)
    now = Month.of(assessment.day).ordinal
    wanted = _wanted(assessment, handbook)
    left = {state.item.name: months_left(state, now) for state in path}
    months, many = ({name: some[which] for name, some in left.items()} for which in (0, 1))
    typical, slowest = _backward(path, wanted, months), _backward(path, wanted, many)
    soon = handbook.frame.thresholds.start_soon
    dated = {state.item.name: _plan(state, typical, slowest, now, soon) for state in path}
    plans = {name: dated[name] for name in assessment.states if name in dated}
    return Forecast(plans, _outlook(path, assessment, now, months))


def _path(assessment: Assessment, handbook: Handbook) -> list[State]:
    """List what is still to do, each item after those it requires."""
    states = map(assessment.states.get, handbook.order)
    return [state for state in states if state and state.open and not state.item.recurring]


class _Bound(NamedTuple):
    finish: int
    driver: str
    target: int
    start: int


_Reason: TypeAlias = tuple[int, str, int]  # month, the item that sets it ("" where a target does), stage of the target


def _wanted(assessment: Assessment, handbook: Handbook) -> dict[int, _Reason]:
    """Find the earliest target of each stage and all later ones; nothing where no target bounds a stage."""
    targets = [(month.ordinal, "", stage) for stage, month in assessment.project.targets.items()]
    return {s: min(mine) for s in handbook.frame.stages if (mine := [each for each in targets if each[2] >= s])}


def _backward(path: list[State], wanted: Mapping[int, _Reason], months: Mapping[str, int]) -> dict[str, _Bound]:
    """Walk back over what is required: full name → latest finish and start, where a target bounds them."""
    bounds: dict[str, _Bound] = {}
    reasons: dict[str, _Reason] = {}  # of what is required by an item seen already: the earliest
    for state in reversed(path):
        name, own = state.item.name, wanted.get(state.item.stage)
        reason = reasons.get(name, own)
        if reason is None:
            continue
        # Of equal months the target itself is the plainer reason.
        finish, driver, target = min(reason, own) if own else reason
        start = finish - months[name]
        bounds[name] = _Bound(finish, driver, target, start)
        mine = start, name, target
        for required in state.item.requires:
            if required not in reasons or mine < reasons[required]:
                reasons[required] = mine
    return bounds


def _plan(state: State, typical: Mapping[str, _Bound], slowest: Mapping[str, _Bound], now: int, soon: int) -> Plan:
    name, under_way = state.item.name, state.status.under_way
    if name not in typical:
        return Plan(state, UNDER_WAY if under_way else NO_DATE, missing="target")
    bound, slow = typical[name], slowest[name]
    start_by, slack, late_if_long, missing = None, None, False, ""
    if under_way:
        when = LATE if expected_finish(state, now) > bound.finish else UNDER_WAY
        late_if_long = when != LATE and expected_finish(state, now, long=True) > slow.finish
    elif state.item.lead_time is None:
        when, missing = (LATE, "") if bound.finish < now else (NO_DATE, "lead-time")
    else:
        start_by, slack = Month.at(bound.start), bound.start - now
        when = LATE if slack < 0 else NOW if slack <= soon else BY
        late_if_long = slack >= 0 and slow.start < now
    planned = state.answer.planned if state.answer else None
    too_late = planned is not None and planned.ordinal > bound.finish
    by = Month.at(bound.finish)
    return Plan(state, when, by, start_by, slack, bound.driver, bound.target, late_if_long, too_late, missing)


def _outlook(path: list[State], assessment: Assessment, now: int, months: Mapping[str, int]) -> tuple[Outlook, ...]:
    """Walk forward from today: when the gates of each stage, and of all below, could be met."""
    finish: dict[str, int] = {}
    before: dict[str, str] = {}
    for state in path:
        name = state.item.name
        required = [other for other in state.item.requires if other in finish]
        last = max(required, key=finish.__getitem__, default="")
        ready = finish[last] if last else now
        under_way = state.status.under_way
        alone = expected_finish(state, now) if under_way else now + months[name]
        waited = ready if under_way else ready + months[name]
        finish[name] = max(alone, waited)
        before[name] = last if waited > alone else ""
    gates = sorted((state.item for state in path if state.item.gate), key=lambda item: -finish[item.name])
    outlook = []
    for stage in range(min((item.stage for item in gates), default=1), max(_stages(assessment), default=0) + 1):
        decides = next((item for item in gates if item.stage <= stage), None)
        if decides is None:
            break
        chain = [decides.name]
        while before[chain[-1]]:
            chain.append(before[chain[-1]])
        target, first_to_last = assessment.project.targets.get(stage), tuple(reversed(chain))
        finishes = tuple(Month.at(finish[name]) for name in first_to_last)
        outlook.append(Outlook(stage, finishes[-1], target, first_to_last, finishes))
    return tuple(outlook)


def _stages(assessment: Assessment) -> list[int]:
    """List the stages with a gate that is asked."""
    return [n for standing in assessment.tracks.values() for n, count in standing.counts.items() if count.gates]
