"""The feed of the newest findings, as Atom. The same entry keeps its identifier from build to build."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from feedgenerator import Atom1Feed

from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.severity import ASK
from macros.model.handbook import Handbook

FEED = 500  # entries after which the feed takes up no further project; a program reads all of it each time


def feeds(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Make the feed: path in the site, content."""
    yield "feed.xml", feed("Navigator, findings", portfolio.all_reports(), portfolio.handbook, site)


class _Feed(Atom1Feed):  # type: ignore[misc]
    """A feed that does not look at the clock, not even when it is empty."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2000, 1, 1, tzinfo=UTC)


def feed(title: str, reports: Iterable[ProjectReport], handbook: Handbook, site: str) -> bytes:
    """Write the feed of the newest findings that nobody has acknowledged, as Atom; what is only asked is no news.

    An entry is dated by the assessment that raised it, so that it is new only when something is.
    """
    result = _Feed(title, site, "Findings of all projects", feed_url=f"{site}feed.xml", language="en")
    seen: Counter[str] = Counter()
    for report in sorted(reports, key=lambda report: report.project.assessed, reverse=True):
        if len(result.items) >= FEED:
            break
        project, route = report.project, report.assessment.route
        for finding in report.findings:
            if finding.acknowledged or finding.severity == ASK:
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
