"""Calendars and the feed of findings, as bytes. The same entry keeps its identifier from build to build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from feedgenerator import Atom1Feed

from macros.engine.forecast import LATE
from macros.engine.report import Look
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.dates import Month

FOLD = 75  # bytes in a line of a calendar
FEED = 500  # entries after which the feed takes up no further project; a program reads all of it each time


@dataclass(frozen=True)
class Entry:
    """One day in a calendar.

    Attributes:
        name: Stable name of the entry within the site.
        partner: Who is reminded; empty for the whole team.
    """

    name: str
    day: date
    title: str
    about: str
    partner: str = ""


def entries(look: Look, handbook: Handbook) -> Iterator[Entry]:
    """List the days of a project: start-by months, planned months, targets and reviews due."""
    project, route, today = look.project, look.assessment.route, look.assessment.day
    base = project.id if len(project.route) == 1 else f"{project.id}/{route}"
    for name, plan in look.forecast.plans.items():
        item, answer = plan.state.item, plan.state.answer
        if plan.start_by is not None:
            late = plan.when == LATE
            first = date(plan.start_by.year, plan.start_by.month, 1)
            about = f"{item.why} It has to be met by {plan.finish_by} for the target of stage {plan.target}."
            title = f"{'Late, start now' if late else 'Start by the end of this month'}: {item.title}"
            yield Entry(f"{base}/{name}/start", max(first, today.replace(day=1)), title, about, item.owner)
        if answer and answer.planned:
            yield Entry(
                f"{base}/{name}/planned", answer.planned.last_day, f"Planned: {item.title}", item.done_when, item.owner
            )
    for stage, month in project.targets.items():
        title = handbook.frame.stages[stage].title
        yield Entry(f"{base}/target/{stage}", month.last_day, f"Target: leave stage {stage}", f"{title}.")
    for kind, given in project.acknowledged.items():
        text = handbook.finding_texts[kind].title
        yield Entry(f"{base}/review/{kind}", given.until.last_day, f"Review: {text}", given.because)
    stale = project.assessed + timedelta(days=handbook.frame.thresholds.stale_days)
    yield Entry(f"{base}/assess", stale, "Go through the answers again", "The last assessment grows old.", project.lead)


def event(project: Project, entry: Entry, site: str, today: date) -> bytes:
    """Write one event; the calendars of the project and of a partner share it.

    Args:
        site: Address of the site; identifiers hang on its host.
        today: The day of the build, which is the stamp that events carry.
    """
    host = site.split("//")[-1].split("/")[0] or "navigator"
    days = f"DTSTART;VALUE=DATE:{_digits(entry.day)}\r\nDTEND;VALUE=DATE:{_digits(entry.day + timedelta(days=1))}\r\n"
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            _line(f"SUMMARY:{_text(f'{entry.title} ({project.title})')}"),
            f"{days}DTSTAMP:{_digits(today)}T000000Z\r\n".encode(),
            _line(f"UID:{_text(entry.name.replace('/', '.'))}@{host}"),
            _line(f"DESCRIPTION:{_text(entry.about)}"),
            b"TRANSP:TRANSPARENT\r\n",
            _line(f"URL:{site}projects/{project.id}/"),
            b"END:VEVENT\r\n",
        )
    )


def calendar(title: str, events: Iterable[bytes]) -> bytes:
    """Write a calendar file of events, after RFC 5545; `title` is the name that calendar programs show."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Cell and Gene Therapy Navigator//EN\r\n"
    name = _line(f"X-WR-CALNAME:{' '.join(title.split())}")  # programs show it as it stands
    return b"".join([head, name, *events, b"END:VCALENDAR\r\n"])


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """Write text as a value: on one line, with its commas, semicolons and backslashes marked."""
    words = " ".join(text.split())
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _line(text: str) -> bytes:
    """Write a line of a calendar, folded between letters so that no line has more than 75 bytes."""
    line = text.encode()
    if len(line) <= FOLD:
        return line + b"\r\n"
    folded = []
    start, end = 0, FOLD
    while end < len(line):
        while line[end] & 0xC0 == 0x80:  # inside a letter of several bytes
            end -= 1
        folded.append(line[start:end])
        start, end = end, end + FOLD - 1  # the space that begins the next line counts
    return b"\r\n ".join([*folded, line[start:]]) + b"\r\n"


class _Feed(Atom1Feed):  # type: ignore[misc]
    """A feed that does not look at the clock, not even when it is empty."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2000, 1, 1, tzinfo=UTC)


def feed(title: str, looks: Iterable[Look], handbook: Handbook, site: str) -> bytes:
    """Write the feed of the newest findings that nobody has acknowledged, as Atom.

    An entry is dated by the assessment that raised it, so that it is new only when something is.
    """
    result = _Feed(title, site, "Findings of all projects", feed_url=f"{site}feed.xml", language="en")
    seen: Counter[str] = Counter()
    for look in sorted(looks, key=lambda look: look.project.assessed, reverse=True):
        if len(result.items) >= FEED:
            break
        project, route = look.project, look.assessment.route
        for finding in look.findings:
            if finding.acknowledged:
                continue
            text = handbook.finding_texts[finding.kind]
            name = "/".join(part for part in (project.id, route, finding.kind, finding.subject) if part)
            seen[name] += 1
            name += f"/{seen[name]}" if seen[name] > 1 else ""
            moment = datetime.combine(project.assessed, time(), UTC)
            result.add_item(
                f"{finding.severity.capitalize()}: {text.title} ({project.title})",
                f"{site}projects/{project.id}/#findings",
                f"{text.why} First move: {text.first_move}",
                unique_id=f"{site}projects/{project.id}/#{name}",
                pubdate=moment,
                updateddate=moment,
            )
    return str(result.writeString("utf-8")).encode()


def demand(looks: Iterable[Look], handbook: Handbook) -> dict[str, dict[str, list[tuple[Project, str]]]]:
    """Gather the demand on shared facilities by quarter.

    An open item needs its facility from its latest start to its latest finish; one that is planned,
    for its lead time up to the planned month; what should be over counts now.

    Returns:
        Facility → quarter, such as `2028 Q1`, or "no date" → projects with the item's full name.
    """
    found: dict[str, dict[str, dict[tuple[str, str], Project]]] = {name: {} for name in handbook.frame.facilities}
    for look in looks:
        for name, plan in look.forecast.plans.items():
            facility = plan.state.item.facility
            if not facility:
                continue
            lead = plan.state.item.lead_time.months if plan.state.item.lead_time else 0
            answer = plan.state.answer
            last = answer.planned if answer and answer.planned else plan.finish_by
            if last is None:
                quarters = ["no date"]
            else:
                now = Month.of(look.assessment.day).ordinal
                months = range(max(last.ordinal - lead, now), max(last.ordinal, now) + 1)
                quarters = list(dict.fromkeys(Month.at(month).quarter for month in months))
            for quarter in quarters:
                found[facility].setdefault(quarter, {})[look.project.id, name] = look.project
    return {
        facility: {
            quarter: [(project, name) for (_, name), project in users.items()]
            for quarter, users in sorted(quarters.items())
        }
        for facility, quarters in found.items()
        if quarters
    }
