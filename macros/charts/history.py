"""What the picture of a history is drawn from: events above the axis, findings below it, and the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.charts.ruler import Ruler, Tick
from macros.engine.replay import Raised, Replay
from macros.findings.severity import Severity
from macros.model.status_file import Answer, Earlier, Project
from macros.model.statuses import Status
from macros.text.dates import Month

LANES = 5  # most circles above each other
APART = 5.5  # per cent between two circles in one lane
MARGIN = 0.03  # of the time shown, at both ends
NEAR_THE_END = 9  # per cent that the word "end" needs


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, as the file has it.

    Attributes:
        day: As precisely as it is known.
        item: Full name of the item whose status it was; empty for an event.
        kind: Kind of event; empty for an item.
    """

    day: str
    text: str
    item: str = ""
    status: Status | None = None
    kind: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened in one month: a circle with a number.

    Attributes:
        lane: From 0, so that circles that are close do not hide each other.
    """

    number: int
    month: Month
    facts: tuple[Fact, ...]
    at: float
    lane: int


@dataclass(frozen=True, slots=True)
class Row:
    """One finding: a mark at each reading that raised it, and a line.

    Attributes:
        marks: Place and severity of each reading.
        at: Where the line begins; `wide`: how long it is. It leads to the end only if the end names the finding.
    """

    raised: Raised
    marks: tuple[tuple[float, Severity], ...]
    at: float
    wide: float


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """A history as a picture.

    Attributes:
        lanes: How many lanes of circles there are.
        readings: Where the days that were looked back at lie.
        end: Where the end lies; None where nobody has said how it ended.
    """

    moments: tuple[Moment, ...]
    lanes: int
    rows: tuple[Row, ...]
    readings: tuple[float, ...]
    end: float | None
    years: tuple[Tick, ...]


def history_chart(past: Replay) -> HistoryChart:
    """Place a history on one ruler of months."""
    facts: dict[Month, list[Fact]] = {}
    for month, fact in sorted(_facts(past.project), key=lambda entry: entry[0]):
        facts.setdefault(month, []).append(fact)
    looks = {reading: Month.of(reading.day.last) for reading, _ in past.readings}
    outcome = past.project.outcome
    end = Month.of(outcome.date.last) if outcome else None
    ruler = _ruler([*facts, *looks.values(), *([end] if end else [])])
    moments = tuple(_moments(facts, ruler))
    place = ruler.at(end.ordinal) if end else None
    return HistoryChart(
        moments=moments,
        lanes=max((moment.lane + 1 for moment in moments), default=1),
        rows=tuple(_row(raised, ruler, place) for raised in past.raised),
        readings=tuple(ruler.at(month.ordinal) for month in looks.values()),
        end=place,
        years=tuple(tick for tick in ruler.years(12) if place is None or tick.at < place - NEAR_THE_END),
    )


def _ruler(months: list[Month]) -> Ruler:
    """Lay the ruler a little beyond both ends, so that no circle is cut."""
    ordinals = [month.ordinal for month in months] or [0]
    margin = max(1.0, MARGIN * (max(ordinals) - min(ordinals)))
    return Ruler(min(ordinals) - margin, max(ordinals) + margin)


def _facts(project: Project) -> Iterator[tuple[Month, Fact]]:
    """List what happened, with the month in which it lies: the last one where only the year is known."""
    for event in project.events:
        yield Month.of(event.date), Fact(str(event.date), event.text, kind=event.kind)
    for name, answer in project.answers.items():
        statuses: tuple[Earlier | Answer, ...] = (*answer.earlier, answer)
        for held in statuses:
            if held.since:
                fact = Fact(str(held.since), held.note or "", name, held.status, evidence=held.evidence or "")
                yield Month.of(held.since.last), fact


def _moments(facts: dict[Month, list[Fact]], ruler: Ruler) -> Iterator[Moment]:
    """Number the months, each in the first lane that is free there, or in the one that is free the longest."""
    lanes = [-APART] * LANES
    for number, (month, some) in enumerate(facts.items(), 1):
        at = ruler.at(month.ordinal)
        lane = next((lane for lane, last in enumerate(lanes) if at - last >= APART), lanes.index(min(lanes)))
        lanes[lane] = at
        yield Moment(number, month, tuple(some), at, lane)


def _row(raised: Raised, ruler: Ruler, end: float | None) -> Row:
    marks = tuple((ruler.at(Month.of(reading.day.last).ordinal), finding.severity) for reading, finding in raised.seen)
    at = marks[0][0]
    last = end if end is not None and raised.shown_by else marks[-1][0]
    return Row(raised, marks, at, round(max(0.0, last - at), 1))
