"""Where a project stands: states of items, levels of tracks, gaps. Pure functions.

The rules are published on the page *How levels work* (docs/levels.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from macros.answers import Answer, Project, ProjectKind, Status
from macros.handbook import Handbook
from macros.model import Item

NOT_ASSESSED = "not-assessed"


@dataclass(frozen=True, slots=True)
class State:
    """One applicable item in one project.

    Attributes:
        status: One of `Status`, or "not-assessed" where nobody has answered.
        counts: Whether it counts as met: a gate needs evidence and a date as well.
    """

    item: Item
    answer: Answer | None
    status: str
    counts: bool

    @property
    def unsupported(self) -> bool:
        """A gate said to be met, without evidence or without a date."""
        return self.status == Status.MET and not self.counts

    @property
    def open(self) -> bool:
        """Asked of the project and not counted as met."""
        return not self.counts and self.status != Status.NOT_APPLICABLE

    @property
    def started(self) -> bool:
        """Met or in progress."""
        return self.status in (Status.MET, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Count:
    """How many items, and how many gates among them, are asked and met at one stage."""

    met: int
    asked: int
    gates_met: int
    gates: int


@dataclass(frozen=True)
class Standing:
    """How one track of a project stands.

    Attributes:
        level: The highest stage such that every gate there and below counts as met; 0 below the first.
        working_stage: The highest stage with an item met or in progress; 0 when there is none.
        counts: Stage → counts; items that are not applicable are in none.
        blocking: The open gates of the stage after `level`, in checklist order.
    """

    track: str
    level: int
    working_stage: int
    counts: Mapping[int, Count]
    blocking: tuple[State, ...]


@dataclass(frozen=True)
class Assessment:
    """One project on one route, on one day."""

    project: Project
    route: str
    day: date
    states: Mapping[str, State]
    tracks: Mapping[str, Standing]

    @property
    def past(self) -> bool:
        """Read from public sources, so that an item without an answer is unknown, not open."""
        return self.project.kind is ProjectKind.RETROSPECTIVE

    @property
    def spread(self) -> int:
        """Highest level minus lowest level."""
        levels = [standing.level for standing in self.tracks.values()]
        return max(levels) - min(levels)

    def gaps(self, track: str, after: int, upto: int) -> tuple[State, ...]:
        """List open items of a track due after one stage and up to another.

        Returns:
            Earliest stage first, gates before other items, then in checklist order.
        """
        found = [
            state
            for state in self.states.values()
            if state.open and state.item.track == track and after < state.item.stage <= upto
        ]
        return tuple(sorted(found, key=lambda state: (state.item.stage, not state.item.gate)))


def day_of(project: Project, day: date) -> date:
    """Tell on which day a project is looked at: a retrospective on the day it states."""
    return project.assessed if project.kind is ProjectKind.RETROSPECTIVE else day


def assess(project: Project, handbook: Handbook, route: str, *, day: date) -> Assessment:
    """Place one project on the scale of stages, track by track.

    Args:
        route: One of the project's routes; items of other routes are left out.
        day: The day that findings count from.
    """
    states = {item.name: _state(item, project) for item in handbook.asked_of(project, route)}
    stages = list(handbook.frame.stages)
    tracks = {track: _standing(track, states, stages) for track in handbook.frame.tracks}
    return Assessment(project, route, day_of(project, day), states, tracks)


def _state(item: Item, project: Project) -> State:
    answer = project.answers.get(item.name)
    if answer is None:
        return State(item, None, NOT_ASSESSED, False)
    return State(item, answer, str(answer.status), counts_as_met(item, answer))


def counts_as_met(item: Item, answer: Answer) -> bool:
    """Say whether an answer counts: a gate also needs evidence and a date."""
    supported = not item.gate or (answer.evidence is not None and answer.since is not None)
    return answer.status is Status.MET and supported


def _standing(track: str, states: Mapping[str, State], stages: list[int]) -> Standing:
    mine = [state for state in states.values() if state.item.track == track and state.status != Status.NOT_APPLICABLE]
    counts = {stage: _count([state for state in mine if state.item.stage == stage]) for stage in stages}
    level = 0
    for stage, count in counts.items():
        if count.gates_met < count.gates:
            break
        level = stage
    blocking = tuple(s for s in mine if s.item.gate and s.open and s.item.stage == level + 1)
    working = max((state.item.stage for state in mine if state.started), default=0)
    return Standing(track, level, working, counts, blocking)


def _count(states: list[State]) -> Count:
    gates = [state for state in states if state.item.gate]
    return Count(sum(state.counts for state in states), len(states), sum(gate.counts for gate in gates), len(gates))
