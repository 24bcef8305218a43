"""What the pages show of projects: one method per macro, ids in, HTML out."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from macros.engine.assess import State
from macros.engine.report import ProjectReport
from macros.engine.report import report_on as report_on
from macros.engine.severity import ACT
from macros.model.status_file import Project, ProjectKind
from macros.views.base import late, macro
from macros.views.charts import goals, spread
from macros.views.rows import Rows

SHARED_GAPS = 15  # rows of the portfolio's table of shared gaps


class ProjectViews(Rows):
    """Views of how projects stand."""

    def reports(self, project: str) -> tuple[ProjectReport, ...]:
        """Report on a project, on each of its routes."""
        return self.projects.reports(project)

    spread = staticmethod(spread)
    goals = staticmethod(goals)

    @macro
    def project_head(self, project: str) -> Markup:
        """Show in two lines what a project is, who leads it and when it was last looked at."""
        return self.render("project_head", project=self.handbook.projects[project])

    @late
    def project_facts(self, project: str) -> Markup:
        """Show what belongs to a project and nobody needs every day."""
        return self.render("project_facts", project=self.handbook.projects[project])

    @late
    def project_picture(self, project: str) -> Markup:
        """Show the three tracks on one scale of stages."""
        return self.render("project_picture", reports=self.reports(project))

    @late
    def project_findings(self, project: str) -> Markup:
        """Show the findings as sentences."""
        return self.render("project_findings", reports=self.reports(project))

    @late
    def project_gaps(self, project: str) -> Markup:
        """Show what is open: per track, up to the next stage and up to each target."""
        reports = [(report, self._gap_groups(report)) for report in self.reports(project)]
        return self.render("project_gaps", reports=reports)

    def _gap_groups(self, report: ProjectReport) -> dict[str, list[tuple[int, tuple[State, ...]]]]:
        """Group open items: track → (stage looked at, items due since the one before)."""
        groups: dict[str, list[tuple[int, tuple[State, ...]]]] = {}
        last = max(self.handbook.frame.stages)
        for track, standing in report.assessment.tracks.items():
            groups[track], after = [], 0
            targets = [stage for stage in sorted(report.project.targets) if stage > standing.level + 1]
            for stage in dict.fromkeys([min(standing.level + 1, last), *targets]):
                groups[track].append((stage, report.assessment.gaps(track, after, stage)))
                after = stage
        return groups

    @late
    def project_partners(self, project: str) -> Markup:
        """Show what is open up to the next stage, by the partner who owns it."""
        reports = []
        for report in self.reports(project):
            by_partner: dict[str, list[State]] = {}
            for track, standing in report.assessment.tracks.items():
                for state in report.assessment.gaps(track, 0, standing.level + 1):
                    by_partner.setdefault(state.item.owner, []).append(state)
            reports.append((report, {p: by_partner[p] for p in self.handbook.frame.partners if p in by_partner}))
        return self.render("project_partners", reports=reports)

    @late
    def project_met(self, project: str) -> Markup:
        """Show everything that is met, with its evidence."""
        return self.render("project_met", states=[state for state in self._states(project) if state.status.met])

    @late
    def project_not_applicable(self, project: str) -> Markup:
        """Show what does not apply, with the reason, and answers to what is not asked."""
        subject = self.handbook.projects[project]
        asked = {name for report in self.reports(project) for name in report.assessment.states}
        known = self.handbook.every_item
        unasked = [known[name] for name in subject.answers if name in known and name not in asked]
        states = [state for state in self._states(project) if not state.status.asked]
        return self.render("project_not_applicable", states=states, unasked=unasked, asked=len(asked))

    def _states(self, project: str) -> Iterable[State]:
        return {name: s for report in self.reports(project) for name, s in report.assessment.states.items()}.values()

    @late
    def portfolio(self) -> Markup:
        """Show all projects with their levels, and retrospectives below."""
        everyone = [report for project in self.projects.shown for report in self.reports(project.id)]
        current = [report for report in everyone if report.project.kind is not ProjectKind.RETROSPECTIVE]
        past = [report for report in everyone if report.project.kind is ProjectKind.RETROSPECTIVE]
        return self.render("portfolio", current=current, past=past)

    @late
    def shared_gaps(self) -> Markup:
        """Show the open items that most projects have in common, up to each one's next stage."""
        projects: dict[str, list[Project]] = {}
        for project in self.projects.current:
            open_items = {
                state.item.name
                for report in self.reports(project.id)
                for track, standing in report.assessment.tracks.items()
                for state in report.assessment.gaps(track, 0, standing.level + 1)
            }
            for name in open_items:
                projects.setdefault(name, []).append(project)
        shared = [(self.handbook.items[name], who) for name, who in projects.items() if len(who) > 1]
        shared.sort(key=lambda row: (-len(row[1]), not row[0].gate, row[0].stage, row[0].name))
        return self.render("shared_gaps", rows=shared[:SHARED_GAPS], total=len(self.projects.current))

    @late
    def example_picture(self) -> Markup:
        """Show the project of the portfolio that most needs a look."""
        reports = [*self.projects.all_reports()]
        if not reports:
            return Markup("")
        chosen = max(reports, key=lambda report: (report.count(ACT), report.assessment.spread))
        return self.render("example_picture", report=chosen)
