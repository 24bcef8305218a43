"""Named bottleneck rules, events and rules in motion, looked up in plain data. Nothing is evaluated as code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from macros.engine.assess import Assessment, State
from macros.engine.findings import ACT, WATCH, Finding
from macros.model.handbook import Handbook
from macros.model.rules import Condition
from macros.text.dates import Month


def named_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Say which named rules hold: *act* where one of its conditions does, else *watch*."""
    for name, rule in handbook.rules.items():
        for severity, conditions in ((ACT, rule.act), (WATCH, rule.watch)):
            if held := [condition for condition in conditions if holds(condition, assessment)]:
                items = dict.fromkeys(i for condition in held for i in _causes(condition, assessment))
                yield Finding(name, severity, items=tuple(items), who=rule.who)
                break


def holds(condition: Condition, assessment: Assessment) -> bool:
    """Say whether every clause of a condition that is written holds for a project."""
    for name, clause in CLAUSES.items():
        if name in condition.model_fields_set and not clause(getattr(condition, name), assessment):
            return False
    return True


CLAUSES: dict[str, Callable[[Any, Assessment], bool]] = {
    "modality": lambda kinds, on: not kinds or on.project.modality in kinds,
    "route": lambda route, on: route is None or route == on.route,
    "working_stage": lambda stages, on: all(on.tracks[track].working_stage >= n for track, n in stages.items()),
    "done": lambda names, on: all(state is not None and state.counts for state in _find(names, on)),
    "started": lambda names, on: all(state is not None and state.started for state in _find(names, on)),
    "open": lambda names, on: all(_is_open(state, on) for state in _find(names, on)),
    "open_any": lambda names, on: not names or any(_is_open(state, on) for state in _find(names, on)),
    "not_started": lambda names, on: all(_is_open(s, on) and s and not s.started for s in _find(names, on)),
    "planned_within": lambda months, on: all(_planned_within(name, n, on) for name, n in months.items()),
    "metric_below": lambda shares, on: all(on.project.metrics.get(n, below) < below for n, below in shares.items()),
}
"""Fields of a condition → when each holds."""


def _find(names: Iterable[str], assessment: Assessment) -> Iterator[State | None]:
    return map(assessment.states.get, names)


def _is_open(state: State | None, assessment: Assessment) -> bool:
    """Applicable and not met; in a retrospective only what somebody answered is known to be open."""
    known = state is not None and (state.answer is not None or not assessment.past)
    return known and state is not None and state.open


def _planned_within(name: str, months: int, assessment: Assessment) -> bool:
    state = assessment.states.get(name)
    if state is None or state.answer is None or state.answer.planned is None or not state.open:
        return False
    return state.answer.planned.ordinal - Month.of(assessment.day).ordinal < months


def _causes(condition: Condition, assessment: Assessment) -> Iterator[str]:
    names = (*condition.open, *condition.open_any, *condition.not_started)
    for name in names:
        if _is_open(assessment.states.get(name), assessment):
            yield name


def event_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Ask for a review after an event: of started items it touches that nobody has looked at since."""
    for event in assessment.project.events:
        rule = handbook.events[event.kind]
        touched = []
        for state in _find(rule.items, assessment):
            if state is None or not state.started or state.answer is None or event.date > assessment.day:
                continue
            seen = [moment.last for moment in (state.answer.since, state.answer.reviewed) if moment]
            if not seen or max(seen) < event.date:
                touched.append(state.item.name)
        if touched:
            facts = {"date": str(event.date), "text": event.text}
            yield Finding(event.kind, WATCH, str(event.date), tuple(touched), rule.who, facts)


def drift_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Warn of a planned month that falls after a dated change of the rules that touch its item."""
    for name, motion in handbook.motions.items():
        if motion.date is None:
            continue
        late = [
            state
            for state in _find(motion.items, assessment)
            if state
            and state.open
            and state.answer
            and state.answer.planned
            and state.answer.planned.last_day >= motion.date
        ]
        if late:
            owners = tuple(dict.fromkeys(state.item.owner for state in late))
            facts = {"date": str(motion.date), "title": motion.title, "motion": name}
            yield Finding("rule-drift", WATCH, name, tuple(s.item.name for s in late), owners, facts)
