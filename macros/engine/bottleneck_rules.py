"""Named bottleneck rules, events and rules in motion, looked up in plain data. Nothing is evaluated as code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.engine.assess import Assessment
from macros.engine.clauses import causes, holds
from macros.engine.facts import Facts, Happened, LowFigure, RuleDrift, RuleHolds, StillOpen
from macros.engine.findings import Finding, caused_by
from macros.engine.severity import ACT, WATCH
from macros.model.handbook import Handbook
from macros.model.rules import Condition
from macros.text.messages import Name


def named_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Say which named rules hold: *act* where one of its conditions does, else *watch*."""
    for name, rule in handbook.rules.items():
        for severity, conditions in ((ACT, rule.act), (WATCH, rule.watch)):
            if held := [condition for condition in conditions if holds(condition, assessment)]:
                items = tuple(dict.fromkeys(i for condition in held for i in causes(condition, assessment)))
                yield Finding(name, severity, _facts(held, items), items=items, who=rule.who)
                break


def _facts(held: Iterable[Condition], items: tuple[str, ...]) -> Facts:
    """Choose what a named rule says: the open items, else the figure, else that it holds."""
    if items:
        return StillOpen(items=Name("item", items, "; ", 3))
    return LowFigure() if any(condition.metric_below for condition in held) else RuleHolds()


def event_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Ask for a review after an event: of started items it touches that nobody has looked at since."""
    for event in assessment.project.events:
        rule = handbook.events[event.kind]
        touched = []
        for state in map(assessment.states.get, rule.items):
            if state is None or not state.started or state.answer is None or event.date > assessment.day:
                continue
            seen = [moment.last for moment in (state.answer.since, state.answer.reviewed) if moment]
            if not seen or max(seen) < event.date:
                touched.append(state.item.name)
        if touched:
            date = str(event.date)
            facts = Happened(date=date, text=event.text, num=len(touched))
            yield Finding(event.kind, WATCH, facts, subject=date, items=tuple(touched), who=rule.who)


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
