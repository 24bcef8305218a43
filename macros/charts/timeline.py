"""What the timeline of a project is drawn from: one row for each open item that has a date, by partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from macros.assessment.durations import planned_month, work_left
from macros.assessment.forecast import LATE, NOW, Outlook, Plan
from macros.charts.ruler import Ruler, Tick
from macros.engine.report import ProjectReport
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


@dataclass(frozen=True, slots=True)
class Row:
    """One row: places in per cent.

    Attributes:
        bar: Where its bar begins and how wide it is; None where only the month is known in which it is needed.
        planned: The month that the team plans.
        needed: The latest finish, where the bar does not show it.
    """

    plan: Plan
    decides: tuple[int, ...]
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


def first_and_rest(some: Sequence[Dated], report: ProjectReport) -> tuple[list[Dated], list[Dated]]:
    """Part what is shown at once from what is folded; nothing is folded where few items have a date."""
    until = Month.of(report.assessment.day).ordinal + AHEAD

    def first(each: Dated) -> bool:
        return each.plan.when in (LATE, NOW) or each.plan.state.status.under_way or each.start <= until

    if len(some) <= MOST:
        return list(some), []
    return [each for each in some if first(each)], [each for each in some if not first(each)]


def timeline(some: Sequence[Dated], report: ProjectReport) -> Timeline:
    """Draw items with a date by partner, on one axis."""
    now = Month.of(report.assessment.day).ordinal
    ruler = _axis(some, report, now)
    ordered = sorted(some, key=lambda each: (max(each.start, ruler.first), each.finish, each.plan.state.item.stage))
    groups = {
        partner: tuple(_row(each, ruler) for each in ordered if each.plan.state.item.owner == partner)
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


def _row(each: Dated, ruler: Ruler) -> Row:
    plan, planned = each.plan, planned_month(each.plan.state)
    at = ruler.at(each.start)
    wide = round(max(ruler.at(each.finish) - at, 60 / (ruler.last - ruler.first)), 1)
    only_needed = not plan.state.status.under_way and plan.start_by is None
    shown = plan.state.status.under_way or only_needed
    return Row(
        plan,
        each.decides,
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
