"""What the worked example of the forecast is drawn from: its chain before and after a slip, on one ruler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.assessment.forecast import LATE, Outlook, Plan
from macros.charts.project import Bar, chains
from macros.charts.ruler import Ruler, Tick
from macros.engine.report import ProjectReport
from macros.text.dates import Month


@dataclass(frozen=True, slots=True)
class WorkedRow:
    """One item: when it runs, and by when it is needed.

    Attributes:
        tick: Where the month lies by which it is needed.
        late: Whether the forecast calls it late; what only waits for a late item is not.
    """

    bar: Bar
    at: float
    wide: float
    needed: Month
    tick: float
    late: bool

    @property
    def over(self) -> int:
        """Months by which it is finished after it is needed; 0 where it is in time."""
        return max(0, self.bar.finish.ordinal - self.needed.ordinal)


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
    """Draw the chain to the target of each report; all share one ruler."""
    drawn = [(report, chain.outlook, chain.bars) for report in reports for chain in chains(report)]
    now = Month.of(reports[0].assessment.day)
    ends = [outlook.earliest.ordinal for _, outlook, _ in drawn]
    ruler = Ruler(now.ordinal, max([*ends, *(outlook.target.ordinal for _, outlook, _ in drawn if outlook.target)]) + 1)
    return tuple(
        WorkedChart(
            outlook,
            outlook.target,
            tuple(_row(bar, report.forecast.plans[bar.state.item.name], ruler) for bar in bars),
            ruler.at(now.ordinal),
            ruler.at(outlook.target.ordinal),
            ruler.years(12),
        )
        for report, outlook, bars in drawn
        if outlook.target
    )


def _row(bar: Bar, plan: Plan, ruler: Ruler) -> WorkedRow:
    by = plan.finish_by or bar.finish
    at = ruler.at(bar.start.ordinal)
    wide = round(ruler.at(bar.finish.ordinal) - at, 1)
    return WorkedRow(bar, at, wide, by, ruler.at(by.ordinal), plan.when == LATE)
