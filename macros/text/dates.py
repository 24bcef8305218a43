"""Months and days as people write them: 2028-02, and 2026-03-14, 2026-03 or 2026."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    @classmethod
    @lru_cache(4096)
    def parse(cls, text: str) -> Month:
        """Read `2028-02`; raises ValueError for anything else."""
        match = re.fullmatch(r"((?:19|20)[0-9][0-9])-([0-9][0-9])", text)
        if not match or not 1 <= int(match[2]) <= 12:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    @lru_cache(4096)
    def at(cls, ordinal: int) -> Month:
        """Return the month with this ordinal: twelve times the year, plus the month less one."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month of a day."""
        return cls(day.year, day.month)

    @property
    def ordinal(self) -> int:
        """Number of the month, so that differences are months."""
        return self.year * 12 + self.month - 1

    @property
    def quarter(self) -> str:
        """The quarter of the year, as in `2028 Q1`."""
        return f"{self.year} Q{(self.month + 2) // 3}"

    @property
    def last_day(self) -> date:
        """The day on which the month ends."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A day, month or year of the past, as precise as it is known.

    `last` is its last day, by which it counts; `text` is what the author wrote.
    """

    last: date
    first: date
    text: str

    @classmethod
    @lru_cache(4096)
    def parse(cls, text: str) -> PartialDate:
        """Read `2026-03-14`, `2026-03` or `2026`; raises ValueError for anything else."""
        if re.fullmatch(r"(19|20)[0-9][0-9]-[0-9][0-9]-[0-9][0-9]", text):
            day = date.fromisoformat(text)
            return cls(day, day, text)
        if re.fullmatch(r"(19|20)[0-9][0-9]-[0-9][0-9]", text):
            month = Month.parse(text)
            return cls(month.last_day, date(month.year, month.month, 1), text)
        if re.fullmatch(r"(19|20)[0-9][0-9]", text):
            return cls(date(int(text), 12, 31), date(int(text), 1, 1), text)
        raise ValueError(text)

    def __str__(self) -> str:
        return self.text
