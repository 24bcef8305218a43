"""Lead times as ranges: from the shortest to the longest, with the usual one between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.charts.ruler import Ruler, Tick
from macros.model.items import Item
from macros.model.lead_time import LeadTime

STEPS = (1, 2, 3, 6, 12, 24, 60)  # months between two lines of the ruler
LINES = 6  # most lines after the first


@dataclass(frozen=True, slots=True)
class Range:
    """The lead time of one item: where it begins, ends and usually lies."""

    item: Item
    low: float
    usual: float
    high: float


@dataclass(frozen=True, slots=True)
class Ranges:
    """The lead times of several items on one ruler of months, the longest first."""

    rows: tuple[Range, ...]
    ticks: tuple[Tick, ...]


def ranges(items: Iterable[Item], most: int) -> Ranges:
    """Draw the lead times of the items that take longest; `most`: how many."""
    timed = [(item, item.lead_time) for item in items if item.lead_time]
    longest = sorted(timed, key=lambda pair: -pair[1].months)[:most]
    last = max((lead.range[1] for _, lead in longest), default=0)
    step = next((step for step in STEPS if last <= LINES * step), STEPS[-1])
    end = -(-last // step) * step
    ruler = Ruler(0, end)
    ticks = tuple(Tick(str(month), ruler.at(month)) for month in range(0, end + 1, step)) if end else ()
    return Ranges(tuple(_range(item, lead, ruler) for item, lead in longest), ticks)


def _range(item: Item, lead: LeadTime, ruler: Ruler) -> Range:
    return Range(item, ruler.at(lead.range[0]), ruler.at(lead.months), ruler.at(lead.range[1]))
