"""How much work an open item still is, in whole months. Pure functions."""

from __future__ import annotations

from typing import NamedTuple

from macros.assessment.states import State
from macros.model.items import Item
from macros.text.dates import Month


class Work(NamedTuple):
    """What remains of one open item.

    Attributes:
        months: Months it takes, counted from now and from the month in which the last of what it requires is met.
        not_before: The month, as its ordinal, before which it is not met whatever it takes; never in the past.
    """

    item: Item
    months: int
    not_before: int


def work_left(state: State, now: int, long: bool = False) -> Work:
    """Tell what remains of an item, with its typical lead time or with the long end of it.

    A gate that only lacks its proof takes no time. One that has not begun takes its lead time, and is not met
    before the month planned for it. One under way is met in its planned month, which is a date and no work;
    without one it takes what is left of its lead time since it began.
    """
    lead, planned = state.item.lead_time, planned_month(state)
    months = 0 if lead is None or state.unsupported else lead.range[1] if long else lead.months
    if state.status.under_way:
        months = 0 if planned else max(0, _begun(state, now) + months - now)
    return Work(state.item, months, max(now, planned.ordinal) if planned else now)


def planned_month(state: State) -> Month | None:
    """Give the month for which an open item is planned; that of one said to be met already is no plan."""
    return state.answer.planned if state.answer and not state.unsupported else None


def _begun(state: State, now: int) -> int:
    """Tell when an item under way began: now where nobody says, or where the year it began in still runs."""
    since = state.answer.since if state.answer else None
    return min(now, Month.of(since.last).ordinal) if since else now
