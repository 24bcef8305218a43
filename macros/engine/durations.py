"""How long an open item still takes, in whole months from this one. Pure functions."""

from __future__ import annotations

from macros.engine.assess import State
from macros.text.dates import Month


def months_left(state: State, now: int) -> tuple[int, int]:
    """Count the months an item still takes: typically, and where lead times run long.

    One under way takes what is left until it is expected; a gate that only lacks its proof takes none.
    """
    lead = state.item.lead_time
    if lead is None or state.unsupported:
        return 0, 0
    if not state.status.under_way:
        return lead.months, lead.range[1]
    late = expected_finish(state, now, long=True)
    return min(lead.months, expected_finish(state, now) - now), min(lead.range[1], late - now)


def expected_finish(state: State, now: int, long: bool = False) -> int:
    """Expect an item under way in its planned month, else a lead time after it began; never in the past."""
    answer = state.answer
    if answer and answer.planned:
        return max(now, answer.planned.ordinal)
    begun = Month.of(answer.since.last).ordinal if answer and answer.since else now
    lead = state.item.lead_time
    months = 0 if lead is None else lead.range[1] if long else lead.months
    return max(now, min(begun, now) + months)
