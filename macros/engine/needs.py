"""What a project needs, and which project needs a look first. Pure functions.

Pages, the front page and the files for programs count projects by this. A project on two routes is one project: it
needs what it needs on at least one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from macros.engine.report import ProjectReport
from macros.findings.facts import OldAssessment
from macros.findings.general_rules import severity_of
from macros.findings.severity import ACT, WATCH


class Need(StrEnum):
    """Why a project is looked at.

    Attributes:
        ACT: It has a finding to act on that nobody has acknowledged.
        LATE: With typical lead times it misses a target, as the picture of its levels says.
        APART: Its levels are as far apart as is to be acted on, acknowledged or not.
        OUT_OF_DATE: Its assessment is as old as the finding about it says.
    """

    ACT = "act"
    LATE = "late"
    APART = "apart"
    OUT_OF_DATE = "out-of-date"


_HAS: dict[Need, Callable[[ProjectReport], bool]] = {
    Need.ACT: lambda report: report.count(ACT) > 0,
    Need.LATE: lambda report: any(outlook.late for outlook in report.forecast.outlook),
    Need.APART: lambda report: severity_of(report.assessment.spread, report.handbook.frame.thresholds) == ACT,
    Need.OUT_OF_DATE: lambda report: any(isinstance(finding.facts, OldAssessment) for finding in report.findings),
}


def needs(reports: Iterable[ProjectReport]) -> tuple[Need, ...]:
    """Name what a project needs, from the reports on its routes."""
    listed = list(reports)
    return tuple(need for need, has in _HAS.items() if any(map(has, listed)))


def urgency(reports: Iterable[ProjectReport]) -> tuple[int, int, int, str]:
    """Order projects: most to act on first, then furthest apart, then most to watch, then by title."""
    listed = list(reports)
    act, watch = (max(report.count(severity) for report in listed) for severity in (ACT, WATCH))
    return -act, -max(report.assessment.spread for report in listed), -watch, listed[0].project.title
