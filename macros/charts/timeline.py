"""What the timeline of a project is drawn from: one row for each open item that has a date, by partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from macros.assessment.durations import planned_month, work_left
from macros.assessment.forecast import LATE, NOW, Outlook, Plan
from macros.charts.ruler import Ruler, Tick
from macros.engine.report import ProjectReport
from macros.engine.routes import ALL, Routes, by_routes
from macros.text.dates import Month

MOST = 30  # rows that are drawn without a fold
AHEAD = 18  # months; in a long timeline, what begins or is due later is folded
BACK = 9  # months before today at which an axis begins at the latest
NEAR = 12  # months; a target later than this after all rows would squeeze them, and is not drawn
APART = 6  # per cent; flags that are closer share one


class Dated(NamedTuple):
    """An open item that has a date.

    Attributes:
        decides: The stages whose earliest month it helps to decide.
        start, finish: The months from which and to which its bar runs, as ordinals: from its latest start to its latest
            finish; if it is under way, from its beginning to the month that is planned or expected.
    """

    plan: Plan
    decides: tuple[int, ...]
    start: int
    finish: int

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two of them the same, without looking into their items."""
        return self.plan.state.item.name, self.decides, self.start, self.finish, *self.plan[1:]


Several: TypeAlias = tuple[tuple[Dated, Routes], ...]
"""What the routes of a project say of one item, the earliest start first, each with the routes that say so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: places in per cent.

    Attributes:
        plan: That of the route on which the item must start first, which is drawn.
        said: What each route says; one entry where all say the same.
        bar: Where its bar begins and how wide it is; None where only the month is known in which it is needed.
        planned: The month that the team plans.
        needed: The latest finish, where the bar does not show it.
    """

    plan: Plan
    said: Several
    bar: tuple[float, float] | None
    planned: float | None
    needed: float | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows with one axis.

    Attributes:
        today: None where the axis begins later.
        named: The same where its name has room between the flags.
        poles: Where targets lie.
        flags: Their stages; those that are close together share one flag.
        groups: Partner → rows, the first to start first.
    """

    today: float | None
    named: float | None
    poles: tuple[float, ...]
    flags: tuple[Tick, ...]
    years: tuple[Tick, ...]
    groups: Mapping[str, tuple[Row, ...]]


def deciding(report: ProjectReport) -> tuple[Outlook, ...]:
    """List what is to be said of when stages could be passed: those with a target, or the next one; late ones first."""
    outlooks = [outlook for outlook in report.forecast.outlook if outlook.target] or report.forecast.outlook[:1]
    return tuple(sorted(outlooks, key=lambda outlook: not outlook.late))


class Stage(NamedTuple):
    """When a stage could be passed, and what decides it.

    Attributes:
        after: The earlier stage whose chain this one goes on from; 0 without one.
        chain: What follows on that: full names, each with the month in which it could be met.
    """

    outlook: Outlook
    routes: Routes
    after: int
    chain: tuple[tuple[str, Month], ...]


def stages(reports: Sequence[ProjectReport]) -> list[Stage]:
    """List every stage that is not passed, each once for all routes on which it is the same."""
    groups = by_routes(reports, lambda report: report.forecast.outlook, outlook_key)
    rows = sorted(((each, routes) for routes, some in groups.items() for each in some), key=lambda row: row[0].stage)
    found: list[Stage] = []
    for outlook, routes in rows:
        before = [each.outlook for each in found if each.routes in (ALL, routes)]
        known = next((each for each in reversed(before) if outlook.chain[: len(each.chain)] == each.chain), None)
        chain = (*zip(outlook.chain, outlook.finishes, strict=True),)
        found.append(Stage(outlook, routes, known.stage if known else 0, chain[len(known.chain) if known else 0 :]))
    return found


def outlook_key(outlook: Outlook) -> tuple[object, ...]:
    """What makes the outlook on a stage the same on several routes."""
    return outlook.stage, outlook.earliest, outlook.target, outlook.chain


def dated(report: ProjectReport) -> list[Dated]:
    """List the open items that have a date or are under way, in the order of the checklists."""
    now = Month.of(report.assessment.day).ordinal
    decides: dict[str, list[int]] = {}
    for outlook in sorted(deciding(report), key=lambda outlook: outlook.stage):
        for name in outlook.chain:
            decides.setdefault(name, []).append(outlook.stage)
    return [
        Dated(plan, tuple(decides.get(name, ())), *_span(plan, now))
        for name, plan in report.forecast.plans.items()
        if has_date(plan)
    ]


def on_every_route(reports: Sequence[ProjectReport]) -> list[Several]:
    """List the open items that have a date, each once for all routes."""
    found: dict[str, list[tuple[Dated, Routes]]] = {}
    for routes, some in by_routes(reports, dated, attrgetter("key")).items():
        for each in some:
            found.setdefault(each.plan.state.item.name, []).append((each, routes))
    return [tuple(sorted(said, key=lambda pair: pair[0].start)) for said in found.values()]


def has_date(plan: Plan) -> bool:
    """Say whether an item has a place in time."""
    return plan.finish_by is not None or plan.state.status.under_way


def _span(plan: Plan, now: int) -> tuple[int, int]:
    if plan.state.status.under_way:
        answer, work = plan.state.answer, work_left(plan.state, now)
        begun = Month.of(answer.since.last).ordinal if answer and answer.since else now
        return min(begun, now), max(work.not_before, now + work.months, now + 1)
    finish = plan.finish_by.ordinal if plan.finish_by else now
    return plan.start_by.ordinal if plan.start_by else finish, finish


def first_and_rest(some: Sequence[Several], report: ProjectReport) -> tuple[list[Several], list[Several]]:
    """Part what is shown at once from what is folded; nothing is folded where few items have a date."""
    until = Month.of(report.assessment.day).ordinal + AHEAD

    def first(said: Several) -> bool:
        return any(
            each.plan.when in (LATE, NOW) or each.plan.state.status.under_way or each.start <= until for each, _ in said
        )

    if len(some) <= MOST:
        return list(some), []
    return [said for said in some if first(said)], [said for said in some if not first(said)]


def timeline(some: Sequence[Several], report: ProjectReport) -> Timeline:
    """Draw items with a date by partner, on one axis.

    Args:
        report: Any of the project's reports, for its day and its targets.
    """
    now = Month.of(report.assessment.day).ordinal
    ruler = _axis([said[0][0] for said in some], report, now)

    def order(said: Several) -> tuple[float, int, int]:
        each = said[0][0]
        return max(each.start, ruler.first), each.finish, each.plan.state.item.stage

    ordered = sorted(some, key=order)
    groups = {
        partner: tuple(_row(said, ruler) for said in ordered if said[0][0].plan.state.item.owner == partner)
        for partner in report.handbook.frame.partners
    }
    months = [(stage, month.ordinal) for stage, month in sorted(report.project.targets.items())]
    targets = [(stage, ruler.at(month)) for stage, month in months if ruler.first <= month <= ruler.last]
    today = ruler.at(now) if ruler.first <= now else None
    crowded = today is not None and any(abs(at - today) < 2 * APART for _, at in targets)
    return Timeline(
        today,
        None if crowded else today,
        tuple(at for _, at in targets),
        _flags(targets),
        ruler.years(12),
        {partner: rows for partner, rows in groups.items() if rows},
    )


def _axis(some: Sequence[Dated], report: ProjectReport, now: int) -> Ruler:
    """Choose the first and last month: today is in sight if a row begins before it ends, and so are near targets."""
    starts = [each.start for each in some]
    first = min(starts) - 1 if min(starts) > now + AHEAD else max(min([*starts, now - 2]), now - BACK)
    planned = [month.ordinal for each in some if (month := planned_month(each.plan.state))]
    last = max([*(each.finish for each in some), *planned, first + 12])
    goals = [month.ordinal for month in report.project.targets.values()]
    return Ruler(first, max([last, *(month for month in goals if month <= last + NEAR)]) + 1)


def _row(said: Several, ruler: Ruler) -> Row:
    each = said[0][0]
    plan, planned = each.plan, planned_month(each.plan.state)
    at = ruler.at(each.start)
    wide = round(max(ruler.at(each.finish) - at, 60 / (ruler.last - ruler.first)), 1)
    only_needed = not plan.state.status.under_way and plan.start_by is None
    shown = plan.state.status.under_way or only_needed
    return Row(
        plan,
        said,
        None if only_needed else (min(at, 100 - wide), wide),
        ruler.at(planned.ordinal) if planned else None,
        ruler.at(plan.finish_by.ordinal) if plan.finish_by and shown else None,
    )


def _flags(targets: Sequence[tuple[int, float]]) -> tuple[Tick, ...]:
    """Name the stages at each target's place; those that are too close to be read apart share the first one's name."""
    flags: list[tuple[list[int], float]] = []
    for stage, at in sorted(targets, key=lambda target: target[1]):
        if flags and at - flags[-1][1] < APART:
            flags[-1][0].append(stage)
        else:
            flags.append(([stage], at))
    return tuple(Tick(", ".join(map(str, stages)), at) for stages, at in flags)
