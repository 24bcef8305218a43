"""The projects of one handbook on one day, and the reports on them: what pages and files for programs are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from macros.engine.audience import LevelsOnly
from macros.engine.needs import Need, needs, urgency
from macros.engine.report import ProjectReport, report_on
from macros.model.checklist import Frame
from macros.model.handbook import Handbook
from macros.model.status_file import Project, ProjectKind
from macros.text.messages import Language

T = TypeVar("T")


def shown(handbook: Handbook) -> tuple[Project, ...]:
    """List the projects that have a page: illustrations only as long as there is no other."""
    everyone = handbook.projects.values()
    own = any(project.kind is ProjectKind.PROJECT for project in everyone)
    return tuple(p for p in everyone if not (own and p.kind is ProjectKind.ILLUSTRATION))


@dataclass(frozen=True)
class Portfolio:
    """The projects of one handbook on one day.

    Attributes:
        text_of: From the name of a project to the text of its file; None where nobody reads it again.
        levels_only: The projects of which only the levels are published, by name; the handbook does not have them.
        not_shown: How many more projects there are, where that many say of none which is meant; else 0.
        frames: Gives the frame in every known language, with the language; None where nobody asks for another one.
    """

    handbook: Handbook
    day: date
    text_of: Callable[[str], str] | None = None
    levels_only: Mapping[str, LevelsOnly] = field(default_factory=dict)
    not_shown: int = 0
    frames: Callable[[], Iterable[tuple[Frame, Language]]] | None = None
    _reports: dict[str, tuple[ProjectReport, ...]] = field(default_factory=dict, init=False, repr=False)
    _made: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def shown(self) -> tuple[Project, ...]:
        """The projects that have a page of their own with answers; see `levels_only` for the others."""
        return tuple(p for p in shown(self.handbook) if not (self.levels_only and p.kind is ProjectKind.ILLUSTRATION))

    @cached_property
    def current(self) -> tuple[Project, ...]:
        """The projects that are shown, without retrospectives."""
        return tuple(project for project in self.shown if project.kind is not ProjectKind.RETROSPECTIVE)

    @cached_property
    def needs(self) -> dict[str, tuple[Need, ...]]:
        """What each current project needs, by its name."""
        return {project.id: needs(self.reports(project.id)) for project in self.current}

    @cached_property
    def by_need(self) -> tuple[Project, ...]:
        """The current projects, those most in need of a look first."""
        return tuple(sorted(self.current, key=lambda project: urgency(self.reports(project.id))))

    @cached_property
    def counts(self) -> dict[Need, int]:
        """How many current projects have each need."""
        return {need: sum(need in found for found in self.needs.values()) for need in Need}

    def reports(self, project: str) -> tuple[ProjectReport, ...]:
        """Report on a project by its name, on each of its routes; kept, as several pages show it."""
        if project not in self._reports:
            subject = self.handbook.projects[project]
            self._reports[project] = tuple(
                report_on(subject, self.handbook, route, day=self.day) for route in subject.route
            )
        return self._reports[project]

    def all_reports(self) -> Iterator[ProjectReport]:
        """Report on all current projects, on each of their routes."""
        return (report for project in self.current for report in self.reports(project.id))

    def once(self, make: Callable[[Portfolio], T]) -> T:
        """Make something of all projects, once for all views of a page that need it."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]  # type: ignore[no-any-return]

    def replace(self, project: Project) -> None:
        """Put a project in the place of what it was, and forget what was made from that."""
        self.handbook.projects[project.id] = project  # type: ignore[index]  # no other code changes it
        self.release(project.id)
        for name in ("shown", "current", "needs", "by_need", "counts"):
            self.__dict__.pop(name, None)

    def release(self, project: str) -> None:
        """Let go of the reports on a project, and of what was made of all, when nothing more is made from them."""
        self._reports.pop(project, None)
        self._made.clear()
