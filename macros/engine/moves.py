"""What to do next: open items ranked by what they unblock, and what lifts the lowest track. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.assessment.assess import Assessment
from macros.assessment.forecast import Forecast, Plan
from macros.assessment.states import State
from macros.findings.finding import Finding
from macros.findings.severity import ACT
from macros.model.handbook import Handbook


@dataclass(frozen=True)
class Move:
    """One open item that can be worked on now, and why it stands where it does.

    Attributes:
        gates: Full names of the gates that are not met, itself included, that wait for it, up to the next
            stages of the tracks.
        clears: Findings to act on that name it.
        asks: Findings that ask for it, and others that name it.
        front: The working stage of the leading track.
        plan: Its dates; None for an item that comes back every year.
    """

    state: State
    gates: tuple[str, ...]
    clears: tuple[Finding, ...]
    asks: tuple[Finding, ...]
    front: int
    plan: Plan | None

    @property
    def others(self) -> tuple[str, ...]:
        """Those of `gates` that are not the item itself."""
        return tuple(name for name in self.gates if name != self.state.item.name)


@dataclass(frozen=True)
class Lift:
    """The smallest set of items that lifts a track by one level.

    Attributes:
        gates: The gates of its next stage that are not met: all of them, and nothing else, are needed.
        first: Open items that those gates require, so that they cannot be met before.
    """

    track: str
    level: int
    gates: tuple[State, ...]
    first: tuple[State, ...]


def moves(assessment: Assessment, handbook: Handbook, forecast: Forecast, found: Iterable[Finding]) -> tuple[Move, ...]:
    """Rank the open items that wait for nothing which has not begun.

    First those named by a finding to act on, then those that another finding names, or asks for at the working stage of
    the leading track or just after it. What somebody has answered comes before what nobody has looked at, and what is
    due near that stage before what is due far from it; then the number of gates that wait, then slack, then the order
    of the checklists. Unanswered items due well before that stage come last, and items after the next stage are left
    out.
    """
    front = assessment.working_stage
    named = [finding for finding in found if not finding.acknowledged]
    waiting = _gates_waiting(assessment, handbook, front + 1)
    ready = [
        Move(
            state,
            waiting[state.item.name],
            tuple(each for each in named if each.severity == ACT and state.item.name in each.items),
            tuple(each for each in named if _asks(each, state.item.name)),
            front,
            forecast.plans.get(state.item.name),
        )
        for state in assessment.states.values()
        if state.open and state.item.stage <= front + 1 and _ready(state, assessment)
    ]
    return tuple(sorted(ready, key=rank))


def _asks(finding: Finding, name: str) -> bool:
    return name in finding.unanswered or (finding.severity != ACT and name in finding.items)


def rank(move: Move) -> tuple[int, ...]:
    """Order moves; see `moves`."""
    unanswered, ahead = move.state.unanswered, move.state.item.stage - move.front
    formality = unanswered and ahead < -1
    asked = bool(move.asks) and (ahead >= 0 or not unanswered)
    slack = move.plan.slack if move.plan and move.plan.slack is not None else 999
    return -len(move.clears), formality, -asked, unanswered, abs(ahead), ahead < 0, -len(move.gates), slack


def _ready(state: State, assessment: Assessment) -> bool:
    """Say whether work can go on: nothing that it requires is known to wait, or is still to come."""
    required = (assessment.states.get(name) for name in state.item.requires)
    return not any(other and _waits(other, assessment) for other in required)


def _waits(state: State, assessment: Assessment) -> bool:
    if state.unanswered:  # what is due later is still to come; what should be there is taken as there
        return state.item.stage > assessment.tracks[state.item.track].working_stage
    return state.answered_open and not state.started


def _gates_waiting(assessment: Assessment, handbook: Handbook, horizon: int) -> dict[str, tuple[str, ...]]:
    """Collect, for each open item, the gates that are not met and wait for it, one step at a time from the end."""
    waiting: dict[str, dict[str, None]] = {}
    for name in reversed(handbook.order):
        state = assessment.states.get(name)
        if state is None or not state.open:
            continue
        mine: dict[str, None] = {name: None} if state.item.gate and state.item.stage <= horizon else {}
        for later in handbook.needed_by[name]:
            mine.update(waiting.get(later, {}))
        waiting[name] = mine
    stage = {name: handbook.items[name].stage for name in waiting}
    return {name: tuple(sorted(gates, key=lambda gate: stage[gate])) for name, gates in waiting.items()}


def by_partner(ranked: Iterable[Move], handbook: Handbook) -> Mapping[str, tuple[Move, ...]]:
    """Group moves by the partner who owns them, keeping their order; partners without any are left out."""
    listed = list(ranked)
    groups = {
        partner: tuple(move for move in listed if move.state.item.owner == partner)
        for partner in handbook.frame.partners
    }
    return {partner: group for partner, group in groups.items() if group}


def lift(assessment: Assessment, handbook: Handbook) -> Lift | None:
    """Find what lifts the lowest track by one level; None when every gate is met."""
    track = min(assessment.tracks, key=lambda name: assessment.tracks[name].level)
    standing = assessment.tracks[track]
    if not standing.blocking:
        return None
    needed: dict[str, None] = {}
    waiting_for = [name for gate in standing.blocking for name in gate.item.requires]
    while waiting_for:
        name = waiting_for.pop()
        state = assessment.states.get(name)
        if state is not None and state.open and name not in needed:
            needed[name] = None
            waiting_for += state.item.requires
    gates = {gate.item.name for gate in standing.blocking}
    first = tuple(assessment.states[name] for name in handbook.order if name in needed and name not in gates)
    return Lift(track, standing.level, standing.blocking, first)
