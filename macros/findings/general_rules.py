"""What deserves a look: imbalance, debt, hollow, unlawful, owed, silo, stale, unsupported. Pure functions.

The numbers stand under `thresholds` in `checklists/navigator.yml`. The rules are published on the page *How levels
work*. An item that nobody has looked at never causes or worsens what is to be acted on or watched: it is asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeAlias

from macros.assessment.assess import Assessment
from macros.assessment.states import State
from macros.findings import facts
from macros.findings.finding import Finding, asked_about, caused_by, names, owners
from macros.findings.severity import ACT, WATCH, Severity
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.rules import Thresholds
from macros.text.dates import Month
from macros.text.messages import Name

Rule: TypeAlias = Callable[[Assessment, Handbook], Iterator[Finding]]


def general_findings(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """List what the general rules find; in a retrospective those that need nothing but answers of the time."""
    for rule in RETROSPECTIVE_RULES if assessment.past else RULES:
        yield from rule(assessment, handbook)


def imbalance(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Highest level minus what the track furthest behind can have reached: 2 watch, 3 or more act.

    Where only confirmed levels are so far apart, it asks for the gates that would settle it.
    """
    thresholds, tracks = handbook.frame.thresholds, assessment.tracks
    ahead = max(tracks.values(), key=lambda standing: standing.level)
    behind = min(tracks.values(), key=lambda standing: standing.ceiling)
    lowest = min(tracks.values(), key=lambda standing: standing.level)
    leader = Name("track", (ahead.track,))
    severity = severity_of(ahead.level - behind.ceiling, thresholds)
    limit = thresholds.imbalance_act if severity else thresholds.imbalance_watch
    gates = () if severity == ACT else lowest.to_look_at(ahead.level - limit + 1)
    if severity:
        spread, track = ahead.level - behind.ceiling, Name("track", (behind.track,))
        found = facts.Imbalance(ahead=leader, high=ahead.level, behind=track, low=behind.ceiling, spread=spread)
        yield caused_by(behind.answered_open, found, severity, subject=behind.track, unanswered=names(gates))
    elif gates:
        asked = facts.ImbalanceNotKnown(
            ahead=leader, high=ahead.level, behind=Name("track", (lowest.track,)), low=lowest.level, num=len(gates)
        )
        could = severity_of(assessment.spread, thresholds)
        yield asked_about(gates, asked, subject=lowest.track, could=could)


def severity_of(spread: int, thresholds: Thresholds) -> Severity | None:
    """Say how much it matters that the tracks are so many levels apart; None where that is usual."""
    if spread < thresholds.imbalance_watch:
        return None
    return ACT if spread >= thresholds.imbalance_act else WATCH


def debt(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Working stage two or more above what the track can have reached."""
    limit = handbook.frame.thresholds.debt
    for track, standing in assessment.tracks.items():
        name, working = Name("track", (track,)), standing.working_stage
        if working - standing.ceiling >= limit:
            found = facts.Debt(track=name, working=working, stage=standing.ceiling + 1)
            yield caused_by(standing.answered_open, found, subject=track)
        elif gates := standing.to_look_at(working - limit + 1):
            asked = facts.DebtNotKnown(track=name, working=working, level=standing.level, num=len(gates))
            yield asked_about(gates, asked, subject=track, could=WATCH)


_Pairs: TypeAlias = list[tuple[State, list[State]]]


def _without(
    states: Iterable[State], required: Callable[[Item], Iterable[str]], on: Assessment
) -> tuple[_Pairs, _Pairs]:
    """Pair items with what they require: what is answered as open, and what nobody has looked at."""
    missing: _Pairs = []
    unknown: _Pairs = []
    for state in states:
        others = [other for name in required(state.item) if (other := on.states.get(name))]
        if some := [other for other in others if other.answered_open]:
            missing.append((state, some))
        if some := [other for other in others if other.unanswered]:
            unknown.append((state, some))
    return missing, unknown


def _required(pairs: _Pairs) -> list[State]:
    """List what is required in pairs, each item once."""
    return [*{state.item.name: state for _, some in pairs for state in some}.values()]


def _about(missing: _Pairs, unknown: _Pairs) -> dict[str, Any]:
    """Say of a finding what its pairs are, and who moves first: the owners of both."""
    involved = [state for one, some in missing for state in (one, *some)]
    pairs = tuple((one.item.name, names(some)) for one, some in missing)
    return {"pairs": pairs, "who": owners(involved), "unanswered": names(_required(unknown))}


def not_looked_at(kind: str, states: list[State], could: Severity = ACT) -> Finding:
    """Ask for items that nobody has looked at and that a kind of finding would be about."""
    asked = facts.NotLookedAt(items=Name("item", names(states), "; ", 3))
    return asked_about(states, asked, kind=kind, could=could)


def hollow(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """An item met while an applicable item it requires is open."""
    met = [state for state in assessment.states.values() if state.status.met and not state.inherited]
    missing, unknown = _without(met, lambda item: item.requires, assessment)
    if missing:
        found = facts.Hollow(num=len(missing))
        yield caused_by(_required(missing), found, could=WATCH, **_about(missing, unknown))
    elif unknown:
        yield not_looked_at("hollow", _required(unknown), could=WATCH)


def unlawful(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """An item begun or met while something is open without which that is against the law."""
    begun = [state for state in assessment.states.values() if state.started]
    missing, unknown = _without(begun, lambda item: item.unlawful_without, assessment)
    if missing:
        begun_items, required = Name("item", names(state for state, _ in missing), "; "), _required(missing)
        found = facts.Unlawful(begun=begun_items, items=Name("item", names(required), "; "))
        yield caused_by(required, found, ACT, **_about(missing, unknown))
    elif unknown:
        yield not_looked_at("unlawful", _required(unknown))


def owed(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """Evidence owed after a conditional authorisation; to act on when it is overdue, undated or not begun."""
    debts = [state for state in assessment.states.values() if state.owed]
    late = [state for state in debts if _overdue(state, assessment.day)]
    months = [state.answer.planned for state in debts if state.answer and state.answer.planned]
    if late:
        yield caused_by(late, facts.OwedTooLate(items=Name("item", names(late), "; ")), ACT)
    elif debts:
        found = facts.Owed(month=str(min(months)), items=Name("item", names(debts), "; "))
        yield caused_by(debts, found)


def _overdue(state: State, day: date) -> bool:
    planned = state.answer.planned if state.answer else None
    return planned is None or planned < Month.of(day) or not state.status.started


def silo(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """One partner owns over 70 % of what is met, or has met nothing in two stages running.

    The share is counted by role where a partner has several, and only once ten items are met. Stages count up to the
    highest level of any track, where the partner owns items. Both must hold whatever the unanswered items are. Items
    that are new since the file's edition are unanswered.
    """
    yield from _large_shares(assessment, handbook.frame.thresholds)
    thresholds = handbook.frame.thresholds
    owned: dict[str, list[State]] = {partner: [] for partner in handbook.frame.partners}
    for state in assessment.with_new:
        owned[state.item.owner].append(state)
    reached = max(standing.level for standing in assessment.tracks.values())
    for partner, mine in owned.items():
        if run := _idle_stages(mine, reached, thresholds.silo_stages):
            absence = facts.Absence(who=Name("holder", (partner,)), first=run[0], last=run[-1])
            open_gates = [
                state for state in mine if state.item.stage in run and state.answered_open and state.item.gate
            ]
            yield caused_by(open_gates, absence, subject=partner, who=(partner,))


def _large_shares(assessment: Assessment, thresholds: Thresholds) -> Iterator[Finding]:
    """Find who owns too much of what is met, even if all that others have not answered were met as well."""
    met = Counter(holder(state.item) for state in assessment.states.values() if state.own_met)
    unknown = Counter(holder(state.item) for state in assessment.with_new if state.unanswered)
    total = sum(met.values())
    for subject, count in met.items():
        possible = total + sum(unknown.values()) - unknown[subject]
        if total >= thresholds.silo_least and 100 * count > thresholds.silo_share * possible:
            share = facts.LargeShare(who=Name("holder", (subject,)), share=100 * count // total, met=total)
            yield caused_by((), share, subject=subject)


def holder(item: Item) -> str:
    """Name who owns an item: the role where it has one, else the partner."""
    return item.role or item.owner


def _idle_stages(owned: list[State], reached: int, length: int) -> list[int]:
    """Find the first stages running, up to the one reached, at which a partner is known to have met no item."""
    busy: dict[int, bool] = {}
    for state in owned:
        if state.item.stage <= reached and state.status.asked:
            busy[state.item.stage] = busy.get(state.item.stage, False) or state.counts or state.unanswered
    run: list[int] = []
    for stage in sorted(busy):
        run = [] if busy[stage] else [*run, stage]
        if len(run) == length:
            return run
    return []


def stale(assessment: Assessment, handbook: Handbook) -> Iterator[Finding]:
    """Not assessed for 180 days, or a met item whose evidence is older than it is valid."""
    days = (assessment.day - assessment.project.assessed).days
    if days >= handbook.frame.thresholds.stale_days:
        yield caused_by((), facts.OldAssessment(days=days), who=(assessment.project.lead,))
    if old := [state for state in assessment.states.values() if state.own_met and _expired(state, assessment.day)]:
        yield caused_by(old, facts.OldEvidence(num=len(old)), subject="evidence")


YEAR = 12  # months


def _expired(state: State, day: date) -> bool:
    """Say whether evidence has passed its term; that of an act has none."""
    valid = state.item.valid_months or (YEAR if state.item.recurring else None)
    seen = [moment.last for moment in (state.answer.since, state.answer.reviewed) if moment] if state.answer else []
    if valid is None or not seen:
        return False
    last = max(seen)
    return Month.of(day).ordinal - Month.of(last).ordinal - (day.day <= last.day) >= valid


def unsupported(assessment: Assessment, _: Handbook) -> Iterator[Finding]:
    """A gate said to be met, without evidence or without a date."""
    gates = [state for state in assessment.states.values() if state.unsupported]
    if gates:
        yield caused_by(gates, facts.Unsupported(num=len(gates)))


RULES: list[Rule] = [imbalance, debt, hollow, unlawful, owed, unsupported, silo, stale]
RETROSPECTIVE_RULES: list[Rule] = [imbalance, hollow, unlawful, owed, unsupported]
