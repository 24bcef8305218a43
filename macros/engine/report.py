"""One look at a project on one route: how it stands, what will hold it up, and what to do. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from macros.assessment.assess import Assessment, assess
from macros.assessment.forecast import LATE, Forecast, forecast
from macros.assessment.history import Step, steps
from macros.assessment.states import State
from macros.engine.moves import Lift, Move, lift, moves
from macros.findings.bottleneck_rules import drift_findings, event_findings, named_findings
from macros.findings.facts import Late, Missed
from macros.findings.finding import Finding, caused_by, in_order, names
from macros.findings.general_rules import general_findings, not_looked_at
from macros.findings.severity import ACT, WATCH, Severity
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.model.statuses import Badge


@dataclass(frozen=True)
class ProjectReport:
    """One project on one route, on one day."""

    assessment: Assessment
    forecast: Forecast
    findings: tuple[Finding, ...]
    handbook: Handbook

    @property
    def project(self) -> Project:
        """The project looked at."""
        return self.assessment.project

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What can be done now, ranked."""
        return moves(self.assessment, self.handbook, self.forecast, self.findings)

    @cached_property
    def lift(self) -> Lift | None:
        """What lifts the lowest track by one level."""
        return lift(self.assessment, self.handbook)

    @cached_property
    def path(self) -> tuple[Step, ...]:
        """The levels over time."""
        return steps(self.assessment)

    @property
    def apart(self) -> Badge | None:
        """How pages show how much it matters how far the tracks are apart; None where it does not."""
        return next((finding.badge for finding in self.findings if finding.kind == "imbalance"), None)

    def count(self, severity: Severity) -> int:
        """Count findings of a severity that nobody has acknowledged."""
        return sum(finding.severity == severity and not finding.acknowledged for finding in self.findings)


def report_on(project: Project, handbook: Handbook, route: str, *, day: date) -> ProjectReport:
    """Assess, forecast and find, for one project on one of its routes."""
    assessment = assess(project, handbook, route, day=day)
    ahead = forecast(assessment, handbook)
    found = in_order(_findings(assessment, ahead, handbook), assessment)
    return ProjectReport(assessment, ahead, found, handbook)


def _findings(assessment: Assessment, ahead: Forecast, handbook: Handbook) -> Iterator[Finding]:
    yield from general_findings(assessment, handbook)
    yield from late_findings(ahead)
    yield from named_findings(assessment, handbook)
    yield from event_findings(assessment, handbook)
    yield from drift_findings(assessment, handbook)


def late_findings(ahead: Forecast) -> Iterator[Finding]:
    """Open items that are late for a target: act when a target is missed, watch when it does not wait for them.

    What is late only through work that nobody has looked at is asked, and names that work.
    """
    late = _in_order(plan.state for plan in ahead.plans.values() if plan.when == LATE)
    unknown = _in_order(_unanswered_work(ahead))
    asks = names(unknown)
    if late:
        missed = ahead.missed
        stages = sorted({*missed, *(ahead.plans[state.item.name].target for state in late)})
        listed = ", ".join(map(str, stages))
        months = ", ".join(str(missed.get(stage, 0)) for stage in stages)
        if missed:
            yield caused_by(late, Missed(num=len(late), stages=listed, months=months), ACT, unanswered=asks)
        else:
            yield caused_by(late, Late(num=len(late), stages=listed), WATCH, unanswered=asks)
    elif unknown:
        yield not_looked_at("late", unknown)


def _unanswered_work(ahead: Forecast) -> Iterator[State]:
    """Find what nobody has looked at on the chains of what may be late."""
    for name, plan in ahead.plans.items():
        if plan.could == LATE:
            yield from (step.state for step in ahead.chain(name) if step.state.unanswered)


def _in_order(states: Iterable[State]) -> list[State]:
    """Put items in order, each once: gates first, then by stage."""
    known = {state.item.name: state for state in states}
    return sorted(known.values(), key=lambda state: (not state.item.gate, state.item.stage))
