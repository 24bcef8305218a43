"""Feeds of the newest findings, as Atom: of all projects, and of each. An entry keeps its identifier and its day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from heapq import nlargest
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from feedgenerator import Atom1Feed

from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.finding import Finding
from macros.findings.severity import ASK
from macros.model.handbook import Handbook
from macros.model.status_file import Project, ProjectKind
from macros.outputs.identity import code_of, first_name, site_name
from macros.text.messages import N_

FEED = 500  # entries of the feed of all projects; a program reads all of it each time
NAMED = 3  # items that an entry names


class Entry(NamedTuple):
    """One finding in a feed; `name` tells it from every other of the site, for ever."""

    day: date
    name: str
    title: str
    text: str
    link: str


def of_project(portfolio: Portfolio, project: Project, site: str) -> tuple[list[tuple[str, bytes]], Any]:
    """Make the feed of a project, at its old addresses too; also gives its entries for that of all."""
    if project.kind is ProjectKind.RETROSPECTIVE:
        return [], None
    handbook, code = portfolio.handbook, code_of(portfolio.handbook, site)
    mine = [*entries(portfolio.reports(project.id), handbook, site)]
    title, page = _title(handbook, project.title), f"{site}projects/{project.id}/"
    paths = [f"feed/{name}.xml" for name in (project.id, *project.formerly)]
    made = [(path, feed(title, mine, page, f"{site}{path}", code, handbook.language.code)) for path in paths]
    return made, [(entry.day.toordinal(), *entry[1:]) for entry in mine]


def of_all(portfolio: Portfolio, rests: list[list[tuple[Any, ...]]], site: str) -> Iterator[tuple[str, bytes]]:
    """Make the feed of all projects."""
    handbook = portfolio.handbook
    newest = nlargest(FEED, (entry for rest in rests for entry in rest))
    found = [Entry(date.fromordinal(day), *words) for day, *words in newest]
    title, code = _title(handbook, site_name(handbook)), code_of(handbook, site)
    yield "feed.xml", feed(title, found, site, f"{site}feed.xml", code, handbook.language.code)


def _title(handbook: Handbook, name: str) -> str:
    return handbook.language.gettext(N_("%(name)s, findings")) % {"name": name}


def entries(reports: Iterable[ProjectReport], handbook: Handbook, site: str) -> Iterator[Entry]:
    """List the findings that nobody has acknowledged; what is only asked is no news."""
    seen: Counter[str] = Counter()
    say = handbook.language.gettext
    for report in reports:
        project, route = report.project, report.assessment.route
        for finding in report.findings:
            if finding.acknowledged or finding.severity == ASK:
                continue
            text = handbook.finding_texts[finding.kind]
            name = "/".join(part for part in (first_name(project), route, finding.kind, finding.subject) if part)
            seen[name] += 1
            name += f"/{seen[name]}" if seen[name] > 1 else ""
            first_move = say(N_("First move:"))
            yield Entry(
                holds_since(finding, report),
                name,
                f"{say(finding.severity.badge.label)}: {text.title} ({project.title})",
                " ".join([*_named(finding, handbook), text.why, f"{first_move} {text.first_move}"]),
                f"{site}projects/{project.id}/#findings",
            )


def _named(finding: Finding, handbook: Handbook) -> Iterator[str]:
    titles = [handbook.every_item[name].title for name in finding.items[:NAMED]]
    if titles:
        words = (
            N_("Items: %(items)s; and %(rest)s more.") if len(finding.items) > len(titles) else N_("Items: %(items)s.")
        )
        values = {"items": "; ".join(titles), "rest": len(finding.items) - len(titles)}
        yield handbook.language.gettext(words) % values


def holds_since(finding: Finding, report: ProjectReport) -> date:
    """Give the day from which a finding holds: the last dated change of what it is about.

    That is the latest day at which one of its items came to its present status, or at which its event happened; else
    the first day that the file names, and where it names none, the year of its edition. The day of the assessment has
    no part in it, so that an assessment which changes nothing makes nothing new.
    """
    states, project = report.assessment.states, report.project
    about = [*finding.items, *(name for item, needs in finding.pairs for name in (item, *needs))]
    answers = [states[name].answer for name in about if name in states]
    days = [answer.since.first for answer in answers if answer and answer.since]
    days += [event.date for event in project.events if (event.kind, str(event.date)) == (finding.kind, finding.subject)]
    if days:
        return max(days)
    first = [answer.since.first for answer in project.answers.values() if answer.since]
    return min(first, default=date(int(project.checklist[1:5]), 1, 1))


class _Feed(Atom1Feed):  # type: ignore[misc]
    """A feed that does not look at the clock, not even when it is empty."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2000, 1, 1, tzinfo=UTC)


def feed(title: str, found: Iterable[Entry], page: str, address: str, code: UUID, language: str = "en") -> bytes:
    """Write a feed, the newest entries first.

    Args:
        page: The page that it is about.
        address: Its own address, which is also its identifier.
        code: The site's code, from which identifiers of entries are made.
        language: The code of the language that it is in.
    """
    result = _Feed(title, page, title, feed_url=address, language=language, author_name="Navigator")
    for entry in sorted(found, reverse=True):
        moment = datetime.combine(entry.day, time(), UTC)
        unique = f"urn:uuid:{uuid5(code, entry.name)}"
        result.add_item(entry.title, entry.link, entry.text, unique_id=unique, pubdate=moment, updateddate=moment)
    return str(result.writeString("utf-8")).encode()
