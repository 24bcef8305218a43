"""The record of a finding, and the order of findings. Pure functions.

Each kind's title, reason and first move stand in `checklists/navigator.yml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from macros.assessment.assess import Assessment
from macros.assessment.states import State
from macros.findings.fact import Facts
from macros.findings.severity import ACKNOWLEDGED, ACT, ASK, WATCH, Severity
from macros.model.events import Acknowledgement
from macros.model.statuses import Badge


@dataclass(frozen=True)
class Finding:
    """One message about a project.

    Attributes:
        kind: Stable name, by which it is acknowledged and tested.
        subject: The track, partner or role it is about; empty when it is about all.
        items: Full names of the items that caused it, each answered by somebody; none where it only asks.
        unanswered: Full names of items that nobody has looked at, and that would cause it or worsen it.
        could: What it would be if what it asks about turned out to be open.
        who: Partners who make the first move.
        facts: Numbers and words of its sentence, and the sentence.
        pairs: For what is met or has begun too early: each item with the open ones that it requires.
        acknowledged: The team's reason, as long as it holds.
    """

    kind: str
    severity: Severity
    facts: Facts
    subject: str = ""
    items: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    could: Severity = ACT
    who: tuple[str, ...] = ()
    pairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    acknowledged: Acknowledgement | None = None

    @property
    def badge(self) -> Badge:
        """How pages show its severity."""
        return ACKNOWLEDGED if self.acknowledged else self.severity.badge


def in_order(found: Iterable[Finding], assessment: Assessment) -> tuple[Finding, ...]:
    """Mark findings that the team acknowledges, and put those to act on first, acknowledged ones last.

    What is asked is ordered by what it could be, with what lies at the working stage or just before it first, then by
    how many findings to act on one of its items could raise, and by how many of them are gates. In a retrospective
    nothing is asked: what is not public is not known.
    """
    given = assessment.project.acknowledged
    marked = [
        replace(finding, acknowledged=given[finding.kind])
        if finding.kind in given and given[finding.kind].holds(assessment.day)
        else finding
        for finding in found
    ]
    if assessment.past:
        return tuple(sorted((replace(f, unanswered=()) for f in marked if f.severity != ASK), key=in_order_key))
    raised = Counter(name for finding in marked if finding.could == ACT for name in finding.unanswered)
    front = assessment.working_stage

    def weight(finding: Finding) -> tuple[int, ...]:
        if finding.severity != ASK:
            return ()
        items = [assessment.states[name].item for name in finding.unanswered]
        early = max(item.stage for item in items) < front - 1
        return finding.could.rank, early, -max(raised[item.name] for item in items), -sum(item.gate for item in items)

    return tuple(sorted(marked, key=lambda finding: (*in_order_key(finding), *weight(finding))))


def in_order_key(finding: Finding) -> tuple[bool, int]:
    """Order findings: those to act on, those to watch, those that ask, acknowledged ones."""
    return finding.acknowledged is not None, finding.severity.rank


def caused_by(states: Iterable[State], found: Facts, severity: Severity = WATCH, **more: Any) -> Finding:
    """Make a finding about answered items, whose owners move first, unless `more` says otherwise."""
    listed = list(states)
    return Finding(found.kind, severity, found, **({"items": names(listed), "who": owners(listed)} | more))


def asked_about(states: Iterable[State], found: Facts, **more: Any) -> Finding:
    """Make a finding that asks to look at items, whose owners do so."""
    listed = list(states)
    about = {"kind": found.kind, "unanswered": names(listed), "who": owners(listed)}
    return Finding(severity=ASK, facts=found, **(about | more))


def owners(states: Iterable[State]) -> tuple[str, ...]:
    """List who owns items, each partner once."""
    return tuple(dict.fromkeys(state.item.owner for state in states))


def names(states: Iterable[State]) -> tuple[str, ...]:
    """List the full names of items."""
    return tuple(state.item.name for state in states)
