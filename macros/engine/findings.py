"""What deserves a look: imbalance, debt, hollow, silo, stale, unsupported. Pure functions.

Each kind's title, reason and first move stand in `checklists/navigator.yml`, and the numbers
under `thresholds` there. The rules are published on the page *How levels work*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from macros.engine import facts
from macros.engine.assess import Assessment, State
from macros.engine.facts import Facts
from macros.engine.severity import ACKNOWLEDGED, ACT, WATCH, Severity
from macros.model.checklist import Thresholds
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import Acknowledgement
from macros.model.statuses import Badge
from macros.text.messages import Name


@dataclass(frozen=True)
class Finding:
    """One message about a project.

    Attributes:
        kind: Stable name, by which it is acknowledged and tested.
        subject: The track, partner or role it is about; empty when it is about all.
        items: Full names of the items that caused it.
        who: Partners who make the first move.
        facts: Numbers and words of its sentence, and the sentence.
        pairs: For hollow items: each with the open items it requires.
        acknowledged: The team's reason, as long as it holds.
    """

    kind: str
    severity: Severity
    facts: Facts
    subject: str = ""
    items: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    pairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    acknowledged: Acknowledgement | None = None

    @property
    def badge(self) -> Badge:
        """How pages show its severity."""
        return ACKNOWLEDGED if self.acknowledged else self.severity.badge


Rule: TypeAlias = Callable[[Assessment, Handbook], Iterator[Finding]]


def general_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """List what the general rules find.

    In a retrospective an unanswered item is unknown, so only answers raise a finding there.
    """
    for rule in RETROSPECTIVE_RULES if assessment.past else RULES:
        yield from rule(assessment, handbook)


def findings(assessment: Assessment, handbook: Handbook) -> tuple[Finding, ...]:
    """List what the general rules find, in order."""
    return in_order(general_findings(assessment, handbook), assessment)


def in_order(found: Iterable[Finding], assessment: Assessment) -> tuple[Finding, ...]:
    """Mark findings that the team acknowledges, and put those to act on first, acknowledged ones last."""
    given = assessment.project.acknowledged
    marked = (
        replace(finding, acknowledged=given[finding.kind])
        if finding.kind in given and given[finding.kind].until.last_day >= assessment.day
        else finding
        for finding in found
    )
    return tuple(sorted(marked, key=in_order_key))


def in_order_key(finding: Finding) -> tuple[bool, int]:
    """Order findings: those to act on, those to watch, acknowledged ones."""
    return finding.acknowledged is not None, finding.severity.rank


def caused_by(states: Iterable[State], found: Facts, severity: Severity = WATCH, **more: Any) -> Finding:
    """Make a finding about items, whose owners move first, unless `more` says otherwise."""
    listed = list(states)
    about = {"items": _names(listed), "who": tuple(dict.fromkeys(state.item.owner for state in listed))}
    return Finding(found.kind, severity, found, **(about | more))


def imbalance(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Highest minus lowest level: 2 watch, 3 or more act."""
    severity = severity_of(assessment.spread, handbook.frame.thresholds)
    if severity is None:
        return
    levels = {track: standing.level for track, standing in assessment.tracks.items()}
    ahead, behind = max(levels, key=lambda t: levels[t]), min(levels, key=lambda t: levels[t])
    ends = {"ahead": Name("track", (ahead,)), "behind": Name("track", (behind,))}
    found = facts.Imbalance(**ends, high=levels[ahead], low=levels[behind], spread=assessment.spread)
    yield caused_by(assessment.tracks[behind].blocking, found, severity, subject=behind)


def severity_of(spread: int, thresholds: Thresholds) -> Severity | None:
    """Say how much it matters that the tracks are so many levels apart; None where that is usual."""
    if spread < thresholds.imbalance_watch:
        return None
    return ACT if spread >= thresholds.imbalance_act else WATCH


def debt(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Working stage two or more above the level in the same track."""
    for track, standing in assessment.tracks.items():
        if standing.working_stage - standing.level >= handbook.frame.thresholds.debt:
            name = Name("track", (track,))
            found = facts.Debt(track=name, working=standing.working_stage, level=standing.level)
            yield caused_by(standing.blocking, found, subject=track)


def hollow(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """An item met while an applicable item it requires is open."""
    pairs: list[tuple[str, tuple[str, ...]]] = []
    involved: list[State] = []
    for state in assessment.states.values():
        if not state.status.met:
            continue
        required = map(assessment.states.get, state.item.requires)
        missing = [other for other in required if other and other.open and (other.answer or not assessment.past)]
        if missing:
            pairs.append((state.item.name, _names(missing)))
            involved += [state, *missing]
    if pairs:
        items = tuple(name for name, _ in pairs)
        yield caused_by(involved, facts.Hollow(num=len(items)), items=items, pairs=tuple(pairs))


def silo(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """One partner owns over 70 % of what is met, or has met nothing in two stages running.

    The share is counted by role where a partner has several, and only once ten items are
    met. Stages count up to the highest level of any track, where the partner owns items.
    """
    thresholds = handbook.frame.thresholds
    met = Counter(holder(state.item) for state in assessment.states.values() if state.counts)
    total = sum(met.values())
    for subject, count in met.items():
        if total >= thresholds.silo_least and 100 * count > thresholds.silo_share * total:
            share = facts.LargeShare(who=Name("holder", (subject,)), share=100 * count // total, met=total)
            yield caused_by((), share, subject=subject)
    owned: dict[str, list[State]] = {partner: [] for partner in handbook.frame.partners}
    for state in assessment.states.values():
        owned[state.item.owner].append(state)
    reached = max(standing.level for standing in assessment.tracks.values())
    for partner, mine in owned.items():
        if run := _idle_stages(mine, reached, thresholds.silo_stages):
            absence = facts.Absence(who=Name("holder", (partner,)), first=run[0], last=run[-1])
            open_gates = [state for state in mine if state.item.stage in run and state.open and state.item.gate]
            yield caused_by(open_gates, absence, subject=partner, who=(partner,))


def holder(item: Item) -> str:
    """Name who owns an item: the role where it has one, else the partner."""
    return item.role or item.owner


def _idle_stages(owned: list[State], reached: int, length: int) -> list[int]:
    """Find the first stages running, up to the one reached, at which a partner owns items and has met none."""
    met: dict[int, bool] = {}
    for state in owned:
        if state.item.stage <= reached and state.status.asked:
            met[state.item.stage] = met.get(state.item.stage, False) or state.counts
    run: list[int] = []
    for stage in sorted(met):
        run = [] if met[stage] else [*run, stage]
        if len(run) == length:
            return run
    return []


def stale(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Not assessed for 180 days, or a met gate whose evidence is more than two years old."""
    thresholds, project = handbook.frame.thresholds, assessment.project
    days = (assessment.day - project.assessed).days
    if days >= thresholds.stale_days:
        yield caused_by((), facts.OldAssessment(days=days), who=(project.lead,))
    old = []
    for state in assessment.states.values():
        if state.item.gate and state.counts and state.answer and state.answer.since:
            seen = max(day.last for day in (state.answer.reviewed, state.answer.since) if day)
            if (assessment.day - seen).days > thresholds.stale_evidence_days:
                old.append(state)
    if old:
        limit = thresholds.stale_evidence_days
        found = facts.TwoYearsOldEvidence(num=len(old)) if limit == 730 else facts.OldEvidence(num=len(old), days=limit)
        yield caused_by(old, found, subject="evidence")


def unsupported(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """A gate said to be met, without evidence or without a date."""
    gates = [state for state in assessment.states.values() if state.unsupported]
    if gates:
        yield caused_by(gates, facts.Unsupported(num=len(gates)))


RULES: list[Rule] = [imbalance, debt, hollow, unsupported, silo, stale]
RETROSPECTIVE_RULES: list[Rule] = [imbalance, hollow, unsupported]


def _names(states: Iterable[State]) -> tuple[str, ...]:
    return tuple(state.item.name for state in states)
