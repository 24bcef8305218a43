"""How long an open item still takes, in whole months from this one. Pure functions."""

from __future__ import annotations

from macros.answers import Status
from macros.assess import State
from macros.days import Month


def months_left(state: State, now: int, long: bool = False) -> int:
    """Count the months an item still takes.

    One under way takes what is left until it is expected; a gate that only lacks its proof takes none.
    """
    if state.unsupported:
        return 0
    months = _lead(state, long)
    return min(months, expected_finish(state, now, long) - now) if state.status == Status.IN_PROGRESS else months


def _lead(state: State, long: bool) -> int:
    lead = state.item.lead_time
    return 0 if lead is None else lead.range[1] if long else lead.months


def expected_finish(state: State, now: int, long: bool = False) -> int:
    """Expect an item under way in its planned month, else a lead time after it began; never in the past."""
    answer = state.answer
    if answer and answer.planned:
        return max(now, answer.planned.ordinal)
    begun = Month.of(answer.since.last).ordinal if answer and answer.since else now
    return max(now, min(begun, now) + _lead(state, long))
