"""Fields with days and months: what an author wrote is read, or what was probably meant is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, NoReturn

from pydantic import BeforeValidator

from macros.fields.near_dates import is_full, months, readings
from macros.fields.types import a_text, refuse, show
from macros.text.dates import Month, PartialDate
from macros.text.messages import M_, Said
from macros.text.problem import kind, quoted


@kind("not-a-month")
def _month(value: object) -> Month:
    """A month is written with its year first, as in `2028-02`."""
    if value is None or value == "":
        refuse("not-a-month", M_("a month is missing here"), M_("write year and month, such as 2028-02"))
    text = a_text(value)
    try:
        return Month.parse(text)
    except ValueError:
        return _refuse_date("not-a-month", text, months(text), M_("write year and month, such as 2028-02"))


@kind("not-a-date")
def _moment(value: object) -> PartialDate:
    """A date is written year first, as in `2026-03-14`, and is a day that exists.

    Where only the month or the year is known, write `2026-03` or `2026`.
    """
    if value is None or value == "":
        refuse("not-a-date", M_("a date is missing here"), M_("write it in this form: 2026-03-14"))
    text = a_text(value)
    try:
        return PartialDate.parse(text)
    except ValueError:
        form = M_("write it in this form: 2026-03-14, or 2026-03 where only the month is known")
        return _refuse_date("not-a-date", text, readings(text), form)


def _day(value: object) -> date:
    sentence = M_("%(value)s is not a day", value=show(value))
    form = M_("write year, month and day, such as 2026-03-14")
    if isinstance(value, str) and (found := readings(value)) and len(found[0]) < 10:
        refuse("not-a-date", sentence, form)
    moment = _moment(value)
    if moment.first != moment.last:
        refuse("not-a-date", sentence, form)
    return moment.last


def _refuse_date(kind: str, text: str, found: list[str], form: Said) -> NoReturn:
    """Propose all readings that a text has; where there is one, it is certain."""
    shown = {"value": show(text)}
    no_date, no_month = M_("%(value)s is not a date", **shown), M_("%(value)s is not a month", **shown)
    sentence = no_month if kind == "not-a-month" else no_date
    if not found and kind == "not-a-date" and is_full(text):
        refuse(kind, sentence, M_("this day does not exist; write one that does"))
    one = found[0] if len(found) == 1 else ""
    fix = M_("write %(words)s", words=_either(found)) if found else form
    refuse(kind, sentence, fix, instead=one, certain=bool(one))


def _either(found: Sequence[str]) -> Said:
    """Name the readings of a date, of which each may be the one that is meant."""
    *others, last = found
    return M_("%(some)s or %(last)s", some=_either(others), last=quoted(last)) if others else quoted(last)


MonthText = Annotated[Month, BeforeValidator(_month)]
PartialDateText = Annotated[PartialDate, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
