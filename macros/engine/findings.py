"""What deserves a look: imbalance, debt, hollow, silo, stale, unsupported. Pure functions.

Each kind's title, reason and first move stand in `checklists/navigator.yml`, and the numbers
under `thresholds` there. The rules are published on the page *How levels work*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from macros.engine.assess import Assessment, State
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import MET, NOT_APPLICABLE, Acknowledgement

ACT, WATCH = "act", "watch"


@dataclass(frozen=True)
class Finding:
    """One message about a project.

    Attributes:
        kind: Stable name, by which it is acknowledged and tested.
        severity: "act" or "watch".
        subject: The track, partner or role it is about; empty when it is about all.
        items: Full names of the items that caused it.
        who: Partners who make the first move.
        facts: Numbers and words of its sentence.
        pairs: For hollow items: each with the open items it requires.
        acknowledged: The team's reason, as long as it holds.
    """

    kind: str
    severity: str
    subject: str = ""
    items: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    facts: Mapping[str, int | str] = field(default_factory=dict)
    pairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    acknowledged: Acknowledgement | None = None


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


def in_order_key(finding: Finding) -> tuple[bool, bool]:
    """Order findings: those to act on, those to watch, acknowledged ones."""
    return finding.acknowledged is not None, finding.severity != ACT


def imbalance(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Highest minus lowest level: 2 watch, 3 or more act."""
    thresholds, spread = handbook.frame.thresholds, assessment.spread
    if spread < thresholds.imbalance_watch:
        return
    levels = {track: standing.level for track, standing in assessment.tracks.items()}
    ahead, behind = max(levels, key=lambda t: levels[t]), min(levels, key=lambda t: levels[t])
    blocking = assessment.tracks[behind].blocking
    yield Finding(
        "imbalance",
        ACT if spread >= thresholds.imbalance_act else WATCH,
        behind,
        _names(blocking),
        _owners(blocking),
        {"spread": spread, "ahead": ahead, "high": levels[ahead], "low": levels[behind]},
    )


def debt(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Working stage two or more above the level in the same track."""
    for track, standing in assessment.tracks.items():
        if standing.working_stage - standing.level >= handbook.frame.thresholds.debt:
            facts: dict[str, int | str] = {"level": standing.level, "working": standing.working_stage}
            yield Finding("debt", WATCH, track, _names(standing.blocking), _owners(standing.blocking), facts)


def hollow(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """An item met while an applicable item it requires is open."""
    pairs: list[tuple[str, tuple[str, ...]]] = []
    involved: list[State] = []
    for state in assessment.states.values():
        if state.status != MET:
            continue
        required = map(assessment.states.get, state.item.requires)
        missing = [other for other in required if other and other.open and (other.answer or not assessment.past)]
        if missing:
            pairs.append((state.item.name, _names(missing)))
            involved += [state, *missing]
    if pairs:
        items = tuple(name for name, _ in pairs)
        yield Finding("hollow", WATCH, "", items, _owners(involved), {"items": len(items)}, tuple(pairs))


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
            yield Finding("silo", WATCH, subject, facts={"share": 100 * count // total, "met": total})
    owned: dict[str, list[State]] = {partner: [] for partner in handbook.frame.partners}
    for state in assessment.states.values():
        owned[state.item.owner].append(state)
    reached = max(standing.level for standing in assessment.tracks.values())
    for partner, mine in owned.items():
        if run := _idle_stages(mine, reached, thresholds.silo_stages):
            facts: dict[str, int | str] = {"first": run[0], "last": run[-1]}
            open_gates = [state for state in mine if state.item.stage in run and state.open and state.item.gate]
            yield Finding("silo", WATCH, partner, _names(open_gates), (partner,), facts)


def holder(item: Item) -> str:
    """Name who owns an item: the role where it has one, else the partner."""
    return item.role or item.owner


def _idle_stages(owned: list[State], reached: int, length: int) -> list[int]:
    """Find the first stages running, up to the one reached, at which a partner owns items and has met none."""
    met: dict[int, bool] = {}
    for state in owned:
        if state.item.stage <= reached and state.status != NOT_APPLICABLE:
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
        yield Finding("stale", WATCH, who=(project.lead,), facts={"days": days})
    old = []
    for state in assessment.states.values():
        if state.item.gate and state.counts and state.answer and state.answer.since:
            seen = max(day.last for day in (state.answer.reviewed, state.answer.since) if day)
            if (assessment.day - seen).days > thresholds.stale_evidence_days:
                old.append(state)
    if old:
        yield Finding("stale", WATCH, "evidence", _names(old), _owners(old), {"gates": len(old)})


def unsupported(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """A gate said to be met, without evidence or without a date."""
    gates = [state for state in assessment.states.values() if state.unsupported]
    if gates:
        yield Finding("unsupported", WATCH, "", _names(gates), _owners(gates), {"gates": len(gates)})


RULES: list[Rule] = [imbalance, debt, hollow, unsupported, silo, stale]
RETROSPECTIVE_RULES: list[Rule] = [imbalance, hollow, unsupported]


def _names(states: list[State] | tuple[State, ...]) -> tuple[str, ...]:
    return tuple(state.item.name for state in states)


def _owners(states: list[State] | tuple[State, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(state.item.owner for state in states))
