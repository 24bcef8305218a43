"""What the pages show of projects: one method per macro, ids in, HTML out."""

from __future__ import annotations

from functools import cached_property

from markupsafe import Markup

from macros.engine.assess import State
from macros.engine.findings import ACT
from macros.engine.report import Look
from macros.engine.report import look as look_at
from macros.model.status_file import Project, ProjectKind, Status
from macros.views.base import late, macro
from macros.views.charts import goals, spread
from macros.views.rows import Rows

SHARED_GAPS = 15  # rows of the portfolio's table of shared gaps


class ProjectViews(Rows):
    """Views of how projects stand."""

    @cached_property
    def _looks(self) -> dict[str, tuple[Look, ...]]:
        return {}

    @cached_property
    def shown(self) -> tuple[Project, ...]:
        """The projects that have a page: illustrations only as long as there is no other."""
        everyone = self.handbook.projects.values()
        own = any(project.kind is ProjectKind.PROJECT for project in everyone)
        return tuple(p for p in everyone if not (own and p.kind is ProjectKind.ILLUSTRATION))

    @cached_property
    def current(self) -> tuple[Project, ...]:
        """The projects of the portfolio, without retrospectives."""
        return tuple(project for project in self.shown if project.kind is not ProjectKind.RETROSPECTIVE)

    def looks(self, project: str) -> tuple[Look, ...]:
        """Look at a project on each of its routes; kept, as several pages show it."""
        if project not in self._looks:
            subject = self.handbook.projects[project]
            self._looks[project] = tuple(
                look_at(subject, self.handbook, route, day=self.day) for route in subject.route
            )
        return self._looks[project]

    spread = staticmethod(spread)
    goals = staticmethod(goals)

    def forget(self, project: str) -> None:
        """Let go of the looks at a project, when nothing more is to be shown of it."""
        self._looks.pop(project, None)

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
        return self.render("project_picture", looks=self.looks(project))

    @late
    def project_findings(self, project: str) -> Markup:
        """Show the findings as sentences."""
        return self.render("project_findings", looks=self.looks(project))

    @late
    def project_gaps(self, project: str) -> Markup:
        """Show what is open: per track, up to the next stage and up to each target."""
        looks = [(look, self._gap_groups(look)) for look in self.looks(project)]
        return self.render("project_gaps", looks=looks)

    def _gap_groups(self, look: Look) -> dict[str, list[tuple[int, tuple[State, ...]]]]:
        """Group open items: track → (stage looked at, items due since the one before)."""
        groups: dict[str, list[tuple[int, tuple[State, ...]]]] = {}
        last = max(self.handbook.frame.stages)
        for track, standing in look.assessment.tracks.items():
            groups[track], after = [], 0
            targets = [stage for stage in sorted(look.project.targets) if stage > standing.level + 1]
            for stage in dict.fromkeys([min(standing.level + 1, last), *targets]):
                groups[track].append((stage, look.assessment.gaps(track, after, stage)))
                after = stage
        return groups

    @late
    def project_partners(self, project: str) -> Markup:
        """Show what is open up to the next stage, by the partner who owns it."""
        looks = []
        for look in self.looks(project):
            by_partner: dict[str, list[State]] = {}
            for track, standing in look.assessment.tracks.items():
                for state in look.assessment.gaps(track, 0, standing.level + 1):
                    by_partner.setdefault(state.item.owner, []).append(state)
            looks.append((look, {p: by_partner[p] for p in self.handbook.frame.partners if p in by_partner}))
        return self.render("project_partners", looks=looks)

    @late
    def project_met(self, project: str) -> Markup:
        """Show everything that is met, with its evidence."""
        return self.render("project_met", states=self._answered(project, Status.MET))

    @late
    def project_not_applicable(self, project: str) -> Markup:
        """Show what does not apply, with the reason, and answers to what is not asked."""
        subject = self.handbook.projects[project]
        asked = {name for look in self.looks(project) for name in look.assessment.states}
        known = self.handbook.every_item
        unasked = [known[name] for name in subject.answers if name in known and name not in asked]
        states = self._answered(project, Status.NOT_APPLICABLE)
        return self.render("project_not_applicable", states=states, unasked=unasked, asked=len(asked))

    def _answered(self, project: str, status: Status) -> list[State]:
        states = {name: s for look in self.looks(project) for name, s in look.assessment.states.items()}
        return [state for state in states.values() if state.status == status]

    @late
    def portfolio(self) -> Markup:
        """Show all projects with their levels, and retrospectives below."""
        everyone = [look for project in self.shown for look in self.looks(project.id)]
        current = [look for look in everyone if look.project.kind is not ProjectKind.RETROSPECTIVE]
        past = [look for look in everyone if look.project.kind is ProjectKind.RETROSPECTIVE]
        return self.render("portfolio", current=current, past=past)

    @late
    def shared_gaps(self) -> Markup:
        """Show the open items that most projects have in common, up to each one's next stage."""
        projects: dict[str, list[Project]] = {}
        for project in self.current:
            open_items = {
                state.item.name
                for look in self.looks(project.id)
                for track, standing in look.assessment.tracks.items()
                for state in look.assessment.gaps(track, 0, standing.level + 1)
            }
            for name in open_items:
                projects.setdefault(name, []).append(project)
        shared = [(self.handbook.items[name], who) for name, who in projects.items() if len(who) > 1]
        shared.sort(key=lambda row: (-len(row[1]), not row[0].gate, row[0].stage, row[0].name))
        return self.render("shared_gaps", rows=shared[:SHARED_GAPS], total=len(self.current))

    @late
    def example_picture(self) -> Markup:
        """Show the project of the portfolio that most needs a look."""
        looks = [look for project in self.current for look in self.looks(project.id)]
        if not looks:
            return Markup("")
        chosen = max(looks, key=lambda look: (look.count(ACT), look.assessment.spread))
        return self.render("example_picture", look=chosen)
