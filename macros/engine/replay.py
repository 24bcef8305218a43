"""A past project looked at again on each day of its readings, with only what had happened by then. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from macros.assessment.history import project_at
from macros.engine.report import ProjectReport, report_on
from macros.findings.finding import Finding
from macros.findings.severity import ACT, Severity
from macros.model.events import Outcome, Reading
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.dates import Month, PartialDate


@dataclass(frozen=True, slots=True)
class Raised:
    """One finding of a history, and every reading that raised it.

    Attributes:
        seen: Each reading with the finding as it was raised then, the oldest first.
        shown_by: The sentence that shows that the end is about it; None where the end does not name it.
        before: Months from the first of these readings to the end; None where the end does not name it.
    """

    seen: tuple[tuple[Reading, Finding], ...]
    shown_by: str | None = None
    before: int | None = None

    @property
    def acts(self) -> bool:
        """Whether any reading raised it as something to act on."""
        return any(finding.severity == ACT for _, finding in self.seen)

    @property
    def days(self) -> dict[Severity, list[PartialDate]]:
        """The readings that raised it, by how urgent it was then, the most urgent first."""
        found: dict[Severity, list[PartialDate]] = {}
        for reading, finding in sorted(self.seen, key=lambda seen: seen[1].severity.rank):
            found.setdefault(finding.severity, []).append(reading.day)
        return found

    @property
    def first(self) -> Finding:
        """The finding as it was raised first."""
        return self.seen[0][1]


@dataclass(frozen=True, slots=True)
class Replay:
    """A past project, what each of its readings found, and how it ended."""

    project: Project
    readings: tuple[tuple[Reading, ProjectReport], ...]
    raised: tuple[Raised, ...]

    @property
    def named(self) -> tuple[Raised, ...]:
        """The findings that the end is about, those raised first before others."""
        return tuple(one for one in self.raised if one.shown_by)


def replayed(project: Project, handbook: Handbook) -> Replay:
    """Look at a past project again on each day of its readings."""
    readings = tuple((reading, _look_at(project, handbook, reading)) for reading in project.readings)
    seen: dict[tuple[str, str], list[tuple[Reading, Finding]]] = {}
    for reading, report in readings:
        for finding in report.findings:
            seen.setdefault((finding.kind, finding.subject), []).append((reading, finding))
    raised = [_raised(tuple(some), project.outcome) for some in seen.values()]
    return Replay(project, readings, tuple(sorted(raised, key=_weight)))


def _look_at(project: Project, handbook: Handbook, reading: Reading) -> ProjectReport:
    past = project_at(project, reading.day.last, project.assessed)
    return report_on(past, handbook, project.route[0], day=project.assessed)


def _raised(seen: tuple[tuple[Reading, Finding], ...], outcome: Outcome | None) -> Raised:
    shown_by = outcome.findings.get(seen[0][1].kind) if outcome else None
    if outcome is None or shown_by is None:
        return Raised(seen)
    first = Month.of(seen[0][0].day.last)
    return Raised(seen, shown_by, Month.of(outcome.date.last).ordinal - first.ordinal)


def _weight(raised: Raised) -> tuple[bool, bool]:
    """Put the findings that the end is about first, then those to act on; the order of readings holds among them."""
    return raised.shown_by is None, not raised.acts
