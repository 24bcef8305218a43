"""What the worked example of the forecast is drawn from: its chain before and after a slip, on one ruler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.assessment.forecast import LATE, Outlook
from macros.assessment.states import State
from macros.charts.ruler import Ruler, Tick
from macros.engine.report import ProjectReport
from macros.text.dates import Month


@dataclass(frozen=True, slots=True)
class WorkedRow:
    """One item: when it runs, and by when it is needed.

    Attributes:
        start: The month in which it begins: that of the day of the look if it is under way.
        tick: Where the month lies by which it is needed.
        late: Whether the forecast calls it late; what only waits for a late item is not.
    """

    state: State
    start: Month
    finish: Month
    at: float
    wide: float
    needed: Month
    tick: float
    late: bool

    @property
    def over(self) -> int:
        """Months by which it is finished after it is needed; 0 where it is in time."""
        return max(0, self.finish.ordinal - self.needed.ordinal)


@dataclass(frozen=True, slots=True)
class WorkedChart:
    """A chain of items with its target."""

    outlook: Outlook
    target: Month
    rows: tuple[WorkedRow, ...]
    today: float
    goal: float
    years: tuple[Tick, ...]


def worked_charts(reports: Sequence[ProjectReport]) -> tuple[WorkedChart, ...]:
    """Draw the chain to the first target of each report; all share one ruler."""
    drawn = [(report, found, found.target) for report in reports for found in report.forecast.outlook if found.target]
    now = Month.of(reports[0].assessment.day)
    ends = [month.ordinal for _, outlook, target in drawn for month in (outlook.earliest, target)]
    ruler = Ruler(now.ordinal, max(ends) + 1)
    return tuple(
        WorkedChart(
            outlook,
            target,
            tuple(
                _row(report, name, finish, ruler) for name, finish in zip(outlook.chain, outlook.finishes, strict=True)
            ),
            ruler.at(now.ordinal),
            ruler.at(target.ordinal),
            ruler.years(12),
        )
        for report, outlook, target in drawn
    )


def _row(report: ProjectReport, name: str, finish: Month, ruler: Ruler) -> WorkedRow:
    state, plan = report.assessment.states[name], report.forecast.plans[name]
    lead = 0 if state.unsupported or state.item.lead_time is None else state.item.lead_time.months
    now = Month.of(report.assessment.day).ordinal
    start = now if state.status.under_way else max(finish.ordinal - lead, now)
    by = plan.finish_by or finish
    at = ruler.at(start)
    wide = round(ruler.at(finish.ordinal) - at, 1)
    return WorkedRow(state, Month.at(start), finish, at, wide, by, ruler.at(by.ordinal), plan.when == LATE)
