"""Demand on shared facilities: which projects need the same place in the same quarter. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from macros.engine.report import ProjectReport
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.dates import Month

NO_DATE = "no date"

Demand: TypeAlias = dict[str, list[tuple[Project, str]]]
"""Quarter, such as `2028 Q1`, or "no date" → projects with the item's full name."""


def demand(reports: Iterable[ProjectReport], handbook: Handbook) -> dict[str, Demand]:
    """Gather the demand on shared facilities by quarter.

    An open item needs its facility from its latest start to its latest finish; one that is planned,
    for its lead time up to the planned month; what should be over counts now.

    Returns:
        Facility → its demand, in the order of the quarters.
    """
    found: dict[str, dict[str, dict[tuple[str, str], Project]]] = {name: {} for name in handbook.frame.facilities}
    for report in reports:
        for name, plan in report.forecast.plans.items():
            facility = plan.state.item.facility
            if not facility:
                continue
            lead = plan.state.item.lead_time.months if plan.state.item.lead_time else 0
            answer = plan.state.answer
            last = answer.planned if answer and answer.planned else plan.finish_by
            if last is None:
                quarters = [NO_DATE]
            else:
                now = Month.of(report.assessment.day).ordinal
                months = range(max(last.ordinal - lead, now), max(last.ordinal, now) + 1)
                quarters = list(dict.fromkeys(Month.at(month).quarter for month in months))
            for quarter in quarters:
                found[facility].setdefault(quarter, {})[report.project.id, name] = report.project
    return {
        facility: {
            quarter: [(project, name) for (_, name), project in users.items()]
            for quarter, users in sorted(quarters.items())
        }
        for facility, quarters in found.items()
        if quarters
    }
