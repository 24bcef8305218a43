"""Where a project stands: states of items, levels of tracks, gaps. Pure functions.

The rules are published on the page *How levels work* (docs/levels.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from macros.assessment.states import State, answers, state_of
from macros.model.editions import order
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import Project, ProjectKind
from macros.model.statuses import Status


class Count(NamedTuple):
    """How many items, and how many shared gates among them, are asked and met at one stage."""

    met: int
    asked: int
    gates_met: int
    gates: int


@dataclass(frozen=True)
class Standing:
    """How one track of a project stands.

    Attributes:
        level: The highest stage such that every gate there and below counts as met or is owed; 0 below the first.
            It is confirmed, and all is judged by it.
        possible_level: The highest stage such that no gate there or below is answered as open, and not beyond the
            working stage. It is shown, and nothing is judged by it.
        ceiling: The stage before the first gate that is answered as open; the last stage without one.
        working_stage: The highest stage with an item met or in progress; 0 when there is none.
        counts: Stage → counts; items that are not applicable are in none.
        blocking: The gates of the stage after `level` that are not met, in checklist order.
        answered_open: The gates of the stage after `ceiling` that are answered as open, in checklist order.
        unanswered: The gates that nobody has looked at, in checklist order.
        own_level: The same where the region's own gates must hold too; never above `level`.
        own_blocking: The gates of the region itself at the stage after `own_level` that are not met.
        renewed_level: The level under the present edition, if the answers were given for an earlier one:
            new items count as open, and answers to questions with a new meaning do not count.
    """

    track: str
    level: int
    possible_level: int
    ceiling: int
    working_stage: int
    counts: Mapping[int, Count]
    blocking: tuple[State, ...]
    answered_open: tuple[State, ...]
    unanswered: tuple[State, ...]
    own_level: int
    own_blocking: tuple[State, ...]
    renewed_level: int

    def to_look_at(self, upto: int) -> tuple[State, ...]:
        """List the gates after the level, up to a stage, that nobody has looked at."""
        return tuple(state for state in self.unanswered if self.level < state.item.stage <= upto)


@dataclass(frozen=True)
class Assessment:
    """One project on one route, on one day.

    `new` are items asked since an edition later than that of the answers, not answered yet. They are in no
    count until the team names the present edition in its file.
    """

    project: Project
    route: str
    day: date
    states: Mapping[str, State]
    tracks: Mapping[str, Standing]
    new: tuple[Item, ...] = ()

    @property
    def past(self) -> bool:
        """Read from public sources, so that an item without an answer is unknown, not open."""
        return self.project.kind is ProjectKind.RETROSPECTIVE

    @property
    def with_new(self) -> list[State]:
        """Every item that the present edition asks; nobody has looked at what is new."""
        return [*self.states.values(), *(State(item, None, Status.NOT_ASSESSED, False) for item in self.new)]

    @property
    def spread(self) -> int:
        """Highest level minus lowest level."""
        levels = [standing.level for standing in self.tracks.values()]
        return max(levels) - min(levels)

    @property
    def working_stage(self) -> int:
        """The highest working stage of the three tracks."""
        return max(standing.working_stage for standing in self.tracks.values())

    def gaps(self, track: str, after: int, upto: int) -> tuple[State, ...]:
        """List open items of a track due after one stage and up to another.

        Returns:
            Earliest stage first, gates before other items, then in checklist order.
        """
        return tuple(s for s in self._open if s.item.track == track and after < s.item.stage <= upto)

    @cached_property
    def _open(self) -> list[State]:
        """The open items, earliest stage first, gates before other items, then in checklist order."""
        found = [state for state in self.states.values() if state.open]
        return sorted(found, key=lambda state: (state.item.stage, not state.item.gate))


def day_of(project: Project, day: date) -> date:
    """Tell on which day a project is looked at: a retrospective on the day it states."""
    return project.assessed if project.kind is ProjectKind.RETROSPECTIVE else day


def assess(project: Project, handbook: Handbook, route: str, *, day: date) -> Assessment:
    """Place one project on the scale of stages, track by track.

    Args:
        route: One of the project's routes; items of other routes are left out.
        day: The day that findings count from.
    """
    behind = project.checklist if order(project.checklist) < order(handbook.frame.edition) else ""
    answered = answers(project, handbook)
    states: dict[str, State] = {}
    new: list[Item] = []
    for item in handbook.asked_of(project, route):
        state = state_of(item, answered, behind)
        if behind and state.unanswered and not handbook.asked_by(item, behind):
            new.append(item)
        else:
            states[item.name] = state
    stages = list(handbook.frame.stages)
    by_track: dict[str, list[State]] = {track: [] for track in handbook.frame.tracks}
    for state in states.values():
        by_track[state.item.track].append(state)
    tracks = {track: _standing(track, mine, new, stages) for track, mine in by_track.items()}
    return Assessment(project, route, day_of(project, day), states, tracks, tuple(new))


def _standing(track: str, states: list[State], new: list[Item], stages: list[int]) -> Standing:
    mine = [state for state in states if state.status.asked]
    counted = {stage: [0, 0, 0, 0] for stage in stages}
    for state in mine:
        count = counted[state.item.stage]
        count[0] += state.counts
        count[1] += 1
        if state.item.shared_gate:
            count[2] += state.counts
            count[3] += 1
    counts = {stage: Count(*count) for stage, count in counted.items()}
    open_gates = [state for state in mine if state.item.gate and state.holds]
    shared = [state for state in open_gates if state.item.shared_gate]
    known = [state for state in shared if state.answered_open]
    level, ceiling = (level_below(stages, {state.item.stage for state in some}) for some in (shared, known))
    own = level_below(stages, {state.item.stage for state in open_gates})
    asked_anew = {item.stage for item in new if item.shared_gate and item.track == track}
    asked_anew |= {state.item.stage for state in states if state.renewed and state.item.shared_gate}
    working = max((state.item.stage for state in mine if state.started), default=0)
    return Standing(
        track=track,
        level=level,
        possible_level=max(level, min(working, ceiling)),
        ceiling=ceiling,
        working_stage=working,
        counts=counts,
        blocking=tuple(state for state in shared if state.item.stage == level + 1),
        answered_open=tuple(state for state in known if state.item.stage == ceiling + 1),
        unanswered=tuple(state for state in shared if state.unanswered),
        own_level=own,
        own_blocking=tuple(s for s in open_gates if not s.item.shared_gate and s.item.stage == own + 1),
        renewed_level=min(level, level_below(stages, asked_anew)),
    )


def level_below(stages: list[int], held: set[int]) -> int:
    """Give the highest stage below the first one that a gate holds."""
    level = 0
    for stage in stages:
        if stage in held:
            break
        level = stage
    return level
