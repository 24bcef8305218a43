"""When open items must start, and when stages could be passed: the critical-path method. Pure functions.

One model of what remains is walked both ways; `network` holds the walks, `durations` what an item still takes:

- An item that has not begun takes its lead time, once all that it requires is met. A planned month is a date: it is
  not met before.
- An item under way with a planned month is met in that month, or when the last of what it requires is, if that is
  later. Nothing is added after such a wait: if something were, either a plan that fits would be overruled, or letting
  it slip would make something earlier.
- An item under way without one takes what is left of its lead time since it began, all of it where nobody says when,
  counted from now or from the end of its wait.
- A gate that only lacks its proof, and an item without a lead time, take no time.
- What comes back every year, what does not apply, what is met and what is owed are not on the path.

Work that nobody has looked at is walked as well, but raises no alarm. What is due at or before its track's working
stage is taken as in place, and counted; what is due later is work to come. Dates and the outlook rest on that. *Late*
is said only of what somebody has answered, and only where it holds even if all that nobody has looked at were in place;
where an item is late, or to be started now, only through such work, that is asked about.

A planned month is never passed back: it moves the item and what requires it, not what it requires. For each target
alone, its stage can be passed in time exactly when none of its gates, those of earlier stages and what they require is
late. Months are whole and counted by their ordinal (`Month.ordinal`). docs/forecast.md publishes the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from macros.assessment.assess import Assessment
from macros.assessment.durations import planned_month, work_left
from macros.assessment.network import Bound, Network, network
from macros.assessment.states import State
from macros.model.handbook import Handbook
from macros.text.dates import Month

LATE, NOW, ASK, BY = "late", "start-now", "ask", "start-by"
UNDER_WAY, NO_DATE = "under-way", "no-date"


class Plan(NamedTuple):
    """What the forecast says of one open item.

    Attributes:
        when: LATE, NOW, ASK, BY, UNDER_WAY or NO_DATE.
        could: LATE or NOW where `when` is ASK: what it is if all that nobody has looked at is still to do.
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
    could: str = ""


class Step(NamedTuple):
    """One item of a chain to a target, and the next one; empty at its end.

    Its dates are those that this target asks for; another one can date the item earlier.
    """

    state: State
    start_by: Month | None
    finish_by: Month | None
    driver: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a stage could be passed at the earliest, and what decides it.

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

    @property
    def late(self) -> int:
        """Months by which the target is missed; 0 when it can be met, or there is none."""
        return max(0, self.earliest.ordinal - self.target.ordinal) if self.target else 0


@dataclass(frozen=True)
class Forecast:
    """The forecast of one project on one route.

    Attributes:
        latest: Stage of a target → item → what that target alone asks for.
        missed: Stage of a target → months by which it is missed even if all that nobody has looked at is in place.
        assumed: How many items that nobody has looked at are taken as in place.
    """

    plans: Mapping[str, Plan]
    outlook: tuple[Outlook, ...]
    latest: Mapping[int, Mapping[str, Bound]]
    missed: Mapping[int, int]
    assumed: int

    def step(self, name: str, target: int) -> Step:
        """Date an item as a step of a chain to the target of a stage; 0 where it has none."""
        state = self.plans[name].state
        if not target:
            return Step(state, None, None, "")
        bound = self.latest[target][name]
        return Step(state, _start(state, bound), Month.at(bound.finish), bound.driver)

    def chain(self, name: str) -> tuple[Step, ...]:
        """Follow an item's latest finish to the target that sets it, the item itself first."""
        target = self.plans[name].target
        steps = [self.step(name, target)]
        while steps[-1].driver:
            steps.append(self.step(steps[-1].driver, target))
        return tuple(steps)


def forecast(assessment: Assessment, handbook: Handbook) -> Forecast:
    """Date every open item of a project, and every stage that is not passed.

    Returns:
        Plans in the order of the checklists, outlook by stage; both empty when nothing is open
        and for a retrospective, which has no future.
    """
    states = [] if assessment.past else _states(assessment, handbook)
    path = [state for state in states if not _taken_as_there(state, assessment)]
    now = Month.of(assessment.day).ordinal
    targets = {stage: month.ordinal for stage, month in assessment.project.targets.items()}

    def walked(some: list[State], long: bool = False) -> Network:
        return network({state.item.name: work_left(state, now, long) for state in some}, targets, now)

    typical, slowest = walked(path), walked(path, long=True)
    answered = walked([state for state in path if state.answered_open])
    late = answered.past if any(state.unanswered for state in states) else typical.late
    soon = handbook.frame.thresholds.start_soon
    unknown = _waiting_for_answers(path, typical)
    dated = {state.item.name: _plan(state, typical, slowest, soon) for state in path}
    for name in unknown & dated.keys():
        if typical.late(name) or (dated[name].when == NOW and not _starts_now(dated[name].state, answered, soon)):
            dated[name] = dated[name]._replace(when=ASK, could=LATE if typical.late(name) else NOW, missing="")
    for name in filter(late, dated):
        dated[name] = dated[name]._replace(when=LATE, could="", missing="")
    dated |= {state.item.name: Plan(state, UNDER_WAY if state.started else NO_DATE) for state in states if state.owed}
    plans = {name: dated[name] for name in assessment.states if name in dated}
    missed = {each.stage: each.late for each in _outlook(assessment, answered) if each.late}
    assumed = sum(state.unanswered for state in states) - sum(state.unanswered for state in path)
    return Forecast(plans, _outlook(assessment, typical), typical.latest, missed, assumed)


def _states(assessment: Assessment, handbook: Handbook) -> list[State]:
    """List what is open, each item after those it requires."""
    states = map(assessment.states.get, handbook.order)
    return [state for state in states if state and state.open and not state.item.recurring]


def _taken_as_there(state: State, assessment: Assessment) -> bool:
    """Say whether nothing waits for an open item: it is owed, or nobody has looked and it should be there."""
    return state.owed or (state.unanswered and state.item.stage <= assessment.tracks[state.item.track].working_stage)


def _waiting_for_answers(path: list[State], typical: Network) -> set[str]:
    """Name what nobody has looked at, and what has its dates from such work."""
    found: set[str] = set()
    for state in reversed(path):
        bound = typical.bounds.get(state.item.name)
        if state.unanswered or (bound and bound.driver in found):
            found.add(state.item.name)
    return found


def _starts_now(state: State, answered: Network, soon: int) -> bool:
    """Say whether an item is to be started now by what somebody has answered alone."""
    bound = answered.bounds.get(state.item.name)
    return bound is not None and bound.start - answered.now <= soon


def _plan(state: State, typical: Network, slowest: Network, soon: int) -> Plan:
    name, bound = state.item.name, typical.bounds.get(state.item.name)
    if bound is None:
        return Plan(state, UNDER_WAY if state.status.under_way else NO_DATE, missing="target")
    planned, start_by = planned_month(state), _start(state, bound)
    slack = start_by.ordinal - typical.now if start_by else None
    return Plan(
        state,
        when := _when_in_time(state, slack, soon),
        finish_by=Month.at(bound.finish),
        start_by=start_by,
        slack=slack,
        driver=bound.driver,
        target=bound.target,
        late_if_long=not typical.late(name) and slowest.late(name),
        planned_late=planned is not None and planned.ordinal > bound.finish,
        missing="lead-time" if when == NO_DATE else "",
    )


def _start(state: State, bound: Bound) -> Month | None:
    """Give the latest start of an item that has not begun; none where its lead time is missing."""
    return None if state.status.under_way or state.item.lead_time is None else Month.at(bound.start)


def _when_in_time(state: State, slack: int | None, soon: int) -> str:
    if state.status.under_way:
        return UNDER_WAY
    if slack is None:
        return NO_DATE
    return NOW if slack <= soon else BY


def _outlook(assessment: Assessment, typical: Network) -> tuple[Outlook, ...]:
    """Tell when the gates of each stage, and of all below, could be met, up to the last gate or target."""
    items, targets = (work.item for work in typical.remaining.values()), assessment.project.targets
    gates = sorted((item for item in items if item.gate), key=lambda item: -typical.earliest[item.name].month)
    first = min((item.stage for item in gates), default=1)
    outlook = []
    for stage in range(first, max([0, *_stages(assessment), *targets]) + 1):
        decides = next((item for item in gates if item.stage <= stage), None)
        if decides is None:
            break
        chain = typical.waits(decides.name)
        finishes = tuple(Month.at(typical.earliest[name].month) for name in chain)
        outlook.append(Outlook(stage, finishes[-1], targets.get(stage), chain, finishes))
    return tuple(outlook)


def _stages(assessment: Assessment) -> list[int]:
    """List the stages with a gate that is asked."""
    return [n for standing in assessment.tracks.values() for n, count in standing.counts.items() if count.gates]
