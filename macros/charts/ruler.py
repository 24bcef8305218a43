"""Places along a picture, in per cent of its width."""

from __future__ import annotations

from dataclasses import dataclass

YEARS = 8  # most years that are named along a picture


@dataclass(frozen=True, slots=True)
class Tick:
    """A name beside a place of an axis."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Ruler:
    """From a first value to a last one, both in one unit: years, months, levels.

    Nothing lies outside: what is smaller than the first value lies at 0, what is larger than the last at 100.
    """

    first: float
    last: float

    def at(self, value: float) -> float:
        """Place a value, in per cent to one decimal; 0 where the ruler has no length."""
        return self.wide(min(max(value, self.first), self.last) - self.first)

    def wide(self, length: float) -> float:
        """Say how wide a length is, in per cent to one decimal; 0 where the ruler has no length."""
        return round(100 * length / (self.last - self.first), 1) if self.last > self.first else 0.0

    def years(self, unit: int = 1) -> tuple[Tick, ...]:
        """Name each year that begins on the ruler, or every so many of them; `unit`: 12 for a ruler of months."""
        years = range(int(self.first // unit) + 1, int(self.last // unit) + 1)
        each = len(years) // YEARS + 1
        return tuple(Tick(str(year), self.at(year * unit)) for year in years[::each])
