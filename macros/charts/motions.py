"""What the picture of rules in motion is drawn from: a place for each rule that has a day, and for today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from macros.charts.ruler import Ruler, Tick
from macros.model.rules import Motion
from macros.text.dates import Month

MARGIN = 2  # months at both ends


@dataclass(frozen=True, slots=True)
class MotionChart:
    """Rules in motion as a picture.

    Attributes:
        places: Name of a rule that has a day → its place, the earliest first.
        today: Where the day of the page lies.
    """

    places: dict[str, float]
    today: float
    years: tuple[Tick, ...]


def motion_chart(motions: Mapping[str, Motion], day: date) -> MotionChart:
    """Place the rules that have a day on one ruler of months, with today."""
    dated = sorted((motion.date, name) for name, motion in motions.items() if motion.date)
    months = [Month.of(day).ordinal, *(_month(when) for when, _ in dated)]
    ruler = Ruler(min(months) - MARGIN, max(months) + MARGIN)
    places = {name: ruler.at(_month(when)) for when, name in dated}
    return MotionChart(places, ruler.at(_month(day)), ruler.years(12))


def _month(day: date) -> float:
    """Count months, with the days of a month as parts of it."""
    return Month.of(day).ordinal + (day.day - 1) / 31
