"""What the pages show of the future and the past of projects: one method per macro."""

from __future__ import annotations

from collections import Counter
from datetime import date

from markupsafe import Markup

from macros.engine.clauses import items, sentences
from macros.engine.facilities import demand
from macros.engine.findings import in_order_key
from macros.engine.forecast import BY, LATE, NO_DATE, NOW, UNDER_WAY, Plan
from macros.engine.history import changes, falls, project_at
from macros.engine.moves import by_partner, rank
from macros.engine.report import ProjectReport
from macros.engine.report import report_on as report_on
from macros.engine.severity import ACT
from macros.model.status_file import Project, ProjectKind, Reading
from macros.views.base import late
from macros.views.charts import chains, path
from macros.views.projects import ProjectViews

ORDER = {LATE: 0, NOW: 1, BY: 2, UNDER_WAY: 3, NO_DATE: 4}
TOP = 5  # moves and findings named first


class ForesightViews(ProjectViews):
    """Views of forecast, next moves, path, meeting page, and what projects share."""

    @late
    def project_moves(self, project: str) -> Markup:
        """Show what to do next: the first moves, by partner, and what lifts the lowest track."""
        reports = [(report, by_partner(report.moves, self.handbook)) for report in self.reports(project)]
        return self.render("project_moves", reports=reports)

    @late
    def project_forecast(self, project: str) -> Markup:
        """Show when stages could be left, the chain that decides it, and when open items must start."""
        reports = [(report, _by_urgency(report), chains(report)) for report in self.reports(project)]
        return self.render("project_forecast", reports=reports)

    @late
    def project_path(self, project: str) -> Markup:
        """Show the levels over time, drawn and as a table, and what changed lately."""
        days = self.handbook.frame.thresholds.recent_days
        titles = {name: track.title for name, track in self.handbook.frame.tracks.items()}
        reports = [
            (report, path(report, titles), changes(report.assessment, days), falls(report.path))
            for report in self.reports(project)
        ]
        return self.render("project_path", reports=reports, days=days)

    @late
    def project_links(self, project: str) -> Markup:
        """Link the meeting page and the calendar of a project."""
        return self.render("project_links", project=self.handbook.projects[project])

    @late
    def meeting(self, project: str) -> Markup:
        """Show one sheet for a steering group: levels, findings, moves, changes, decisions asked.

        A project on two routes has two pictures; what both routes share is said once.
        """
        reports = self.reports(project)
        days = self.handbook.frame.thresholds.recent_days
        found = {(f.kind, f.subject): (f, report) for report in reversed(reports) for f in report.findings}
        first_to_last = sorted(found.values(), key=lambda pair: in_order_key(pair[0]))
        moves = {move.state.item.name: move for report in reversed(reports) for move in report.moves}
        recent = {c.state.item.name: c for report in reversed(reports) for c in changes(report.assessment, days)}
        asked = [finding.kind for finding, _ in first_to_last if finding.severity == ACT and not finding.acknowledged]
        return self.render(
            "meeting",
            project=self.handbook.projects[project],
            reports=reports,
            findings=first_to_last,
            partners=by_partner(sorted(moves.values(), key=rank), self.handbook),
            recent=sorted(recent.values(), key=lambda change: change.day, reverse=True)[: TOP - 2 * (len(reports) - 1)],
            questions=list(dict.fromkeys(asked))[:3],
            top=TOP,
            days=days,
        )

    @late
    def shared_findings(self) -> Markup:
        """Show the findings that several projects of the portfolio have in common."""
        projects: dict[str, set[str]] = {}
        acts: Counter[str] = Counter()
        for project in self.projects.current:
            for report in self.reports(project.id):
                for finding in report.findings:
                    projects.setdefault(finding.kind, set()).add(project.id)
                    acts[finding.kind] += finding.severity == ACT
        shared = [(kind, sorted(ids)) for kind, ids in projects.items() if len(ids) > 1]
        shared.sort(key=lambda row: (-len(row[1]), -acts[row[0]], row[0]))
        return self.render("shared_findings", rows=shared, total=len(self.projects.current))

    @late
    def facility_demand(self) -> Markup:
        """Show which projects need the same facility in the same quarter."""
        reports = [*self.projects.all_reports()]
        return self.render("facility_demand", demand=demand(reports, self.handbook))

    @late
    def rules_in_motion(self) -> Markup:
        """Show rules that are about to change, dated ones first."""
        motions = sorted(self.handbook.motions.items(), key=lambda entry: (entry[1].date or date.max, entry[0]))
        return self.render("rules_in_motion", motions=motions)

    @late
    def named_rules(self) -> Markup:
        """Show the named rules with their reasons and sources."""
        areas = {
            name: sorted({item.partition("/")[0] for each in (*rule.act, *rule.watch) for item in items(each)})
            for name, rule in self.handbook.rules.items()
        }
        return self.render("named_rules", areas=areas, sentences=sentences)

    @late
    def replay(self) -> Markup:
        """Show what the Navigator would have said of past therapies, and when."""
        past = [p for p in self.handbook.projects.values() if p.kind is ProjectKind.RETROSPECTIVE]
        return self.render("replay", projects=[(project, self._replayed(project)) for project in past])

    def _replayed(self, project: Project) -> list[tuple[Reading, ProjectReport]]:
        """Look at a past project again on each day of its readings, with only what was public then."""
        return [
            (
                reading,
                report_on(
                    project_at(project, reading.day.last, project.assessed),
                    self.handbook,
                    project.route[0],
                    day=self.day,
                ),
            )
            for reading in project.readings
        ]


def _by_urgency(report: ProjectReport) -> dict[str, list[Plan]]:
    """Group what is forecast: LATE, NOW, … → plans, the most urgent first."""
    groups: dict[str, list[Plan]] = {when: [] for when in ORDER}
    for plan in sorted(report.forecast.plans.values(), key=_urgency):
        groups[plan.when].append(plan)
    return groups


def _urgency(plan: Plan) -> tuple[int, int, int]:
    start = plan.start_by or plan.finish_by
    return ORDER[plan.when], start.ordinal if start else 0, plan.state.item.stage
