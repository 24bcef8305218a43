"""Calendars of projects and partners. The same entry keeps its identifier from build to build."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

from macros.assessment.forecast import ASK
from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.model.handbook import Handbook
from macros.model.status_file import Project, ProjectKind
from macros.outputs.identity import code_of, first_name, site_name
from macros.text.dates import Month
from macros.text.messages import N_

FOLD = 75  # bytes in a line of a calendar


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


def entries(report: ProjectReport, handbook: Handbook) -> Iterator[Entry]:
    """List the days of a project: start-by months, planned months, targets and reviews due.

    An item that is late keeps its entry in the month in which it had to start; its title says that it is late.
    """
    say = handbook.language.gettext
    project, route, today = report.project, report.assessment.route, report.assessment.day
    base = first_name(project) if len(project.route) == 1 else f"{first_name(project)}/{route}"
    for name, plan in report.forecast.plans.items():
        item, answer = plan.state.item, plan.state.answer
        if plan.start_by is not None:
            late = plan.start_by < Month.of(today) and plan.when != ASK
            first = date(plan.start_by.year, plan.start_by.month, 1)
            needed = say(N_("It has to be met by %(month)s for the target of stage %(stage)s."))
            about = f"{item.why} {needed % {'month': plan.finish_by, 'stage': plan.target}}"
            when = N_("late, start now") if late else N_("look at it") if plan.when == ASK else START
            yield Entry(f"{base}/{name}/start", first, f"{item.title}: {say(when)}", about, item.owner)
        if answer and answer.planned:
            about = say(N_("The month in which the team plans to have it. Done when:"))
            planned = say(N_("planned"))
            texts = f"{item.title}: {planned}", f"{about} {item.done_when}"
            yield Entry(f"{base}/{name}/planned", answer.planned.last_day, *texts, item.owner)
    for stage, month in project.targets.items():
        title = say(N_("Stage %(n)s, %(title)s: target")) % {"n": stage, "title": handbook.frame.stages[stage].title}
        yield Entry(f"{base}/target/{stage}", month.last_day, title, say(N_("Pass it this month.")))
    for kind, given in project.acknowledged.items():
        text, again = handbook.finding_texts[kind].title, say(N_("look at it again"))
        yield Entry(f"{base}/review/{kind}", given.until.last_day, f"{text}: {again}", given.because)
    stale = project.assessed + timedelta(days=handbook.frame.thresholds.stale_days)
    title = say(N_("Assessment out of date: go through the answers"))
    yield Entry(f"{base}/assess", stale, title, say(ASSESS), project.lead)


START = N_("start by the end of this month")
ASSESS = N_("Nobody has gone through the answers for some months.")


def event(project: Project, entry: Entry, site: str, code: UUID, today: date) -> bytes:
    """Write one event, with a reminder a week before; the calendars of the project and of a partner share it.

    Args:
        site: Address of the site.
        code: The site's code, with which identifiers end.
        today: The day of the build, which is the stamp that events carry.
    """
    days = f"DTSTART;VALUE=DATE:{_digits(entry.day)}\r\nDTEND;VALUE=DATE:{_digits(entry.day + timedelta(days=1))}\r\n"
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            _line(f"SUMMARY:{_text(f'{entry.title} ({project.title})')}"),
            f"{days}DTSTAMP:{_digits(today)}T000000Z\r\n".encode(),
            _line(f"UID:{_text(entry.name.replace('/', '.'))}@{code}"),
            _line(f"DESCRIPTION:{_text(entry.about)}"),
            b"TRANSP:TRANSPARENT\r\n",
            _line(f"URL:{site}projects/{project.id}/"),
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P7D\r\n",
            _line(f"DESCRIPTION:{_text(entry.title)}"),
            b"END:VALARM\r\nEND:VEVENT\r\n",
        )
    )


def calendar(title: str, events: Iterable[bytes]) -> bytes:
    """Write a calendar file of events, after RFC 5545; `title` is the name that calendar programs show."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Cell and Gene Therapy Navigator//EN\r\n"
    name = _line(f"X-WR-CALNAME:{' '.join(title.split())}")  # programs show it as it is
    renewed = b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n"
    return b"".join([head, name, renewed, *events, b"END:VCALENDAR\r\n"])


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


AHEAD, BACK = 24, 12
"""Months around today that the calendars of partners and of all projects hold; those of a project hold everything."""

Events: TypeAlias = dict[str, bytes]
"""Partner, empty for the whole team → events, compressed, because they are in memory until all projects are written."""


def of_project(portfolio: Portfolio, project: Project, site: str) -> tuple[list[tuple[str, bytes]], Events | None]:
    """Make the calendar of a project, at its old addresses too; also gives its events for the calendars of others."""
    if project.kind is ProjectKind.RETROSPECTIVE:
        return [], None
    code, now = code_of(portfolio.handbook, site), Month.of(portfolio.day).ordinal
    mine: list[bytes] = []
    for_others: dict[str, list[bytes]] = {}
    for report in portfolio.reports(project.id):
        for entry in entries(report, portfolio.handbook):
            mine.append(event(report.project, entry, site, code, portfolio.day))
            if -BACK <= Month.of(entry.day).ordinal - now <= AHEAD:
                for_others.setdefault(entry.partner, []).append(mine[-1])
    content = calendar(project.title, mine)
    files = [(f"calendar/{name}.ics", content) for name in (project.id, *project.formerly)]
    return files, {partner: zlib.compress(b"".join(events), 1) for partner, events in for_others.items()}


def of_all(portfolio: Portfolio, rests: list[Events], _: str) -> Iterator[tuple[str, bytes]]:
    """Make the calendars of partners and of all projects; an entry without a partner is in those of all partners."""
    say = portfolio.handbook.language.gettext
    named, partners = site_name(portfolio.handbook), portfolio.handbook.frame.partners
    for name, partner in partners.items():
        yield f"calendar/partners/{name}.ics", calendar(f"{named}, {partner.title}", _of(rests, ("", name)))
    everyone = say(N_("all projects"))
    yield "calendar/all.ics", calendar(f"{named}, {everyone}", _of(rests, ("", *partners)))


def _of(rests: list[Events], partners: Sequence[str]) -> Iterator[bytes]:
    """Give the events of some partners, project by project."""
    return (zlib.decompress(rest[partner]) for rest in rests for partner in partners if partner in rest)
