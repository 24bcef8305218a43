"""The path so far: how items and levels stood on past days. Pure functions.

An answer holds from the day of its `since`; what stood before is known only where `earlier` says it.
A day known only by month or year counts by its last day, or by today where that is still to come.
What is said not to apply does so for all time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from macros.assessment.assess import Assessment, level_below
from macros.assessment.states import State, Through, counts_as_met, is_owed
from macros.model.status_file import Answer, Project
from macros.text.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Step:
    """Levels by track from a day on."""

    day: date
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Fall:
    """A level that fell."""

    day: date
    track: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose status changed on a day; `fell` when it had been met before."""

    state: State
    day: date
    fell: bool


def history(answer: Answer, today: date) -> Iterator[tuple[date, Answer]]:
    """Yield the states of an answer that have a day, earliest first."""
    for past in sorted(answer.earlier, key=lambda past: past.since):
        yield (
            _counts_from(past.since, today),
            Answer(status=past.status, since=past.since, evidence=past.evidence, note=past.note),
        )
    if answer.since:
        yield _counts_from(answer.since, today), answer


def _counts_from(moment: PartialDate, today: date) -> date:
    return min(moment.last, today) if moment.first <= today else moment.last


def project_at(project: Project, day: date, today: date) -> Project:
    """Turn a project back to a day before `today`: only answers that held then, as far as their dates tell."""
    status: dict[str, dict[str, Answer | None]] = {}
    for name, answer in project.answers.items():
        held = [state for since, state in history(answer, today) if since <= day]
        if not answer.status.asked:
            held = [answer]
        if held:
            area, _, word = name.partition("/")
            status.setdefault(area, {})[word] = held[-1]
    confirmed = {
        track: {
            stage: whole for stage, whole in stages.items() if whole.since and _counts_from(whole.since, today) <= day
        }
        for track, stages in project.confirmed.items()
    }
    return Project.model_construct(**{**dict(project), "status": status, "confirmed": confirmed, "assessed": day})


def steps(assessment: Assessment) -> tuple[Step, ...]:
    """Follow the levels through time.

    Returns:
        One step for each day on which a level changed, earliest first; empty when none ever did.
    """
    days: dict[date, list[tuple[State, int]]] = {}
    for state in assessment.states.values():
        for day, turn in _turns(state, assessment.day):
            if day <= assessment.day:
                days.setdefault(day, []).append((state, turn))
    open_gates = {
        (track, stage): count.gates
        for track, standing in assessment.tracks.items()
        for stage, count in standing.counts.items()
    }
    result: list[Step] = []
    levels = dict.fromkeys(assessment.tracks, 0)
    for day in sorted(days):
        for state, turn in days[day]:
            open_gates[state.item.track, state.item.stage] -= turn
        held = {
            track: {s for s in standing.counts if open_gates[track, s]} for track, standing in assessment.tracks.items()
        }
        now = {track: level_below([*standing.counts], held[track]) for track, standing in assessment.tracks.items()}
        if now != levels:
            result.append(Step(day, now))
            levels = now
    return tuple(result)


def _turns(state: State, today: date) -> Iterator[tuple[date, int]]:
    """Yield the days on which a gate ceased (1) or began (-1) to hold its stage."""
    if not state.item.shared_gate or state.answer is None or not state.status.asked:
        return
    if state.owed and state.answer.since is None:
        yield today, 1
    counted = False
    for day, answer in history(state.answer, today):
        if (counts_as_met(state.item, answer) or is_owed(state.item, answer)) != counted:
            counted = not counted
            yield day, 1 if counted else -1


def falls(path: tuple[Step, ...]) -> tuple[Fall, ...]:
    """List where a level of a path fell."""
    return tuple(
        Fall(after.day, track, before.levels[track], level)
        for before, after in pairwise(path)
        for track, level in after.levels.items()
        if level < before.levels[track]
    )


def changes(assessment: Assessment, days: int) -> tuple[Change, ...]:
    """List items whose status is at most `days` old, the newest first."""
    first = assessment.day - timedelta(days=days)
    recent = []
    for state in assessment.states.values():
        if state.answer is None or state.answer.since is None or state.through is not Through.OWN:
            continue
        day = _counts_from(state.answer.since, assessment.day)
        if first <= day <= assessment.day:
            before = [answer for _, answer in history(state.answer, assessment.day)][-2:-1]
            was_met = any(counts_as_met(state.item, answer) for answer in before)
            recent.append(Change(state, day, was_met and not state.counts))
    return tuple(sorted(recent, key=lambda change: change.day, reverse=True))
