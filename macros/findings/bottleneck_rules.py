"""Named bottleneck rules, events and rules in motion, looked up in plain data. Nothing is evaluated as code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from macros.assessment.assess import Assessment
from macros.assessment.states import State
from macros.findings.clauses import Truth, causes, holds
from macros.findings.fact import Facts
from macros.findings.facts import Happened, HappenedAlone, LowFigure, NotLookedAt, RuleDrift, RuleHolds, StillOpen
from macros.findings.finding import Finding, caused_by, names
from macros.findings.severity import ACT, ASK, WATCH
from macros.model.handbook import Handbook
from macros.model.rules import Condition
from macros.text.messages import Name


def named_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Say which named rules hold: *act* where one of its conditions does, else *watch*.

    Where an *act* may hold, as nobody has looked, it asks.
    """
    for name, rule in handbook.rules.items():
        act = [(condition, holds(condition, assessment)) for condition in rule.act]
        unknown = _causes([condition for condition, truth in act if truth is None], assessment, None)
        severity, held = ACT, [condition for condition, truth in act if truth]
        if not held:
            severity, held = WATCH, [condition for condition in rule.watch if holds(condition, assessment)]
        if held:
            items = _causes(held, assessment)
            yield Finding(name, severity, _facts(held, items), items=items, unanswered=unknown, who=rule.who)
        elif unknown:
            asked = NotLookedAt(items=Name("item", unknown, "; ", 3))
            yield Finding(name, ASK, asked, unanswered=unknown, who=rule.who)


def _causes(conditions: Iterable[Condition], assessment: Assessment, truth: Truth = True) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for condition in conditions for name in causes(condition, assessment, truth)))


def _facts(held: Iterable[Condition], items: tuple[str, ...]) -> Facts:
    """Choose what a named rule says: the open items, else the figure, else that it holds."""
    if items:
        return StillOpen(items=Name("item", items, "; ", 3))
    return LowFigure() if any(condition.metric_below for condition in held) else RuleHolds()


def event_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Ask for a review after an event, of what it touches, until the team has entered one."""
    for event in assessment.project.events:
        if event.date > assessment.day or (event.reviewed and event.reviewed <= assessment.day):
            continue
        rule, day = handbook.events[event.kind], str(event.date)
        states = [state for name in rule.items if (state := assessment.states.get(name))]
        touched = [state for state in states if state.started and not _seen_since(state, event.date)]
        if touched:
            facts: Facts = Happened(date=day, text=event.text, num=len(touched))
        else:
            facts = HappenedAlone(date=day, text=event.text)
        unknown = names(state for state in states if state.unanswered)
        yield Finding(event.kind, WATCH, facts, day, names(touched), unknown, could=WATCH, who=rule.who)


def _seen_since(state: State, day: date) -> bool:
    """Say whether an answer was given or looked at again on a day or later."""
    moments = (state.answer.since, state.answer.reviewed) if state.answer else ()
    return any(moment.last >= day for moment in moments if moment)


def drift_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Warn of a planned month that falls after a dated change of the rules that touch its item."""
    for name, motion in handbook.motions.items():
        if motion.date is None:
            continue
        late = [
            state
            for state in map(assessment.states.get, motion.items)
            if state
            and state.open
            and state.answer
            and state.answer.planned
            and state.answer.planned.last_day >= motion.date
        ]
        if late:
            facts = RuleDrift(num=len(late), date=str(motion.date), rule=Name("motion", (name,)))
            yield caused_by(late, facts, subject=name)
