"""What a site shows of each project: as much as its owner publishes, and nothing that was left out. Pure functions.

Here, after a handbook is read and checked and before anything is made from it, is the only place that knows both. What
comes later, such as pages, search, feeds, calendars and files for programs, is given what remains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from macros.assessment.assess import assess
from macros.fields.placeholders import is_placeholder
from macros.fields.publish import Extent, strictest
from macros.model.events import Acknowledgement, Confirmation, Event
from macros.model.handbook import Handbook
from macros.model.status_file import Answer, Earlier, Project, ProjectKind
from macros.text.messages import N_

FEW = 3
"""Projects of which nothing is shown are counted from this number up: a smaller one could say which is meant."""
Say: TypeAlias = Callable[[str], str]
EVIDENCE = N_("Not published.")
REASON = N_("The reason is not published.")
EVENT = N_("Details are not published.")


@dataclass(frozen=True, slots=True)
class LevelsOnly:
    """All that is left of a project of which only the levels are published.

    Attributes:
        checklist: The edition that it answered.
        assessed: The day on which somebody last went through the answers.
        levels: Route → track → level.
    """

    id: str
    title: str
    checklist: str
    assessed: date
    levels: Mapping[str, Mapping[str, int]]


class Published(NamedTuple):
    """What is published of a handbook.

    Attributes:
        handbook: Without the projects that are not shown with their answers.
        levels_only: The projects of which only the levels are shown, by name.
        not_shown: How many projects nothing is shown of; 0 where there are fewer than `FEW`.
    """

    handbook: Handbook
    levels_only: Mapping[str, LevelsOnly]
    not_shown: int


def everything(handbook: Handbook) -> Published:
    """Show everything, whatever is published: for the teams themselves."""
    projects = {name: in_full(project) for name, project in handbook.projects.items()}
    return Published(replace(handbook, projects=projects), {}, 0)


def published(handbook: Handbook, day: date, say: Say = N_) -> Published:
    """Leave out of a handbook what is not published.

    Args:
        day: The day on which the site is made.
        say: From a fixed sentence to that of the site's language.
    """
    extents = {name: extent_of(project, handbook) for name, project in handbook.projects.items()}
    remaining = {
        name: REMAINING[extent](handbook.projects[name], say) for name, extent in extents.items() if extent in REMAINING
    }
    levels = {
        name: _levels_of(handbook.projects[name], handbook, day)
        for name, extent in extents.items()
        if extent is Extent.LEVELS
    }
    not_shown = sum(extent is Extent.NONE for extent in extents.values())
    return Published(replace(handbook, projects=remaining), levels, not_shown if not_shown >= FEW else 0)


def extent_of(project: Project, handbook: Handbook) -> Extent:
    """Say how much of a project is published; illustrations and retrospectives always are."""
    if project.kind is not ProjectKind.PROJECT:
        return Extent.FULL
    return strictest(project.publish, handbook.region.publish if handbook.region else None)


def _levels_of(project: Project, handbook: Handbook, day: date) -> LevelsOnly:
    reports = {route: assess(project, handbook, route, day=day) for route in project.route}
    levels = {
        route: {track: standing.level for track, standing in report.tracks.items()} for route, report in reports.items()
    }
    return LevelsOnly(project.id, project.title, project.checklist, project.assessed, levels)


def in_full(project: Project) -> Project:
    """Give a project of which nothing is left out, whatever its file says."""
    return project.model_copy(update={"publish": None})


KEPT = frozenset(
    ("id", "checklist", "kind", "title", "summary", "formerly", "assessed", "lead", "hospital")
) | frozenset(("modality", "donor", "delivery", "route"))
"""Fields of a project that remain as they are without its details."""


def _without_details(project: Project, say: Say) -> Project:
    """Leave out what the team wrote in its own words but for title and summary, its figures, and what it plans.

    Where there is evidence or a reason, a fixed sentence stays, as an answer counts by it. A field is left out unless
    it is named here.
    """
    remaining: dict[str, Any] = {name: value for name, value in dict(project).items() if name in KEPT}
    remaining["publish"] = Extent.WITHOUT_DETAILS
    remaining["status"] = {
        area: {word: _answer(answer, say) for word, answer in answers.items() if answer and answer.given}
        for area, answers in project.status.items()
    }
    remaining["confirmed"] = {
        track: {stage: _confirmation(whole, say) for stage, whole in stages.items()}
        for track, stages in project.confirmed.items()
    }
    remaining["events"] = tuple(
        Event.model_construct(date=event.date, kind=event.kind, text=say(EVENT), reviewed=event.reviewed)
        for event in project.events
    )
    remaining["acknowledged"] = {
        kind: Acknowledgement.model_construct(because=say(REASON), until=given.until)
        for kind, given in project.acknowledged.items()
        if not is_placeholder(given.because)
    }
    return Project.model_construct(**remaining)


def _answer(answer: Answer, say: Say) -> Answer:
    """Leave out of an answer what was written; the month by which an authority wants what is owed stays."""
    earlier = tuple(
        Earlier.model_construct(status=past.status, since=past.since, evidence=_shown(past.evidence, say))
        for past in answer.earlier
    )
    return Answer(
        status=answer.status,
        since=answer.since,
        evidence=_shown(answer.evidence, say),
        reviewed=answer.reviewed,
        planned=answer.planned if answer.owed else None,
        because=None if answer.status.asked else say(REASON),
        owed=answer.owed,
        earlier=earlier,
    )


def _confirmation(whole: Confirmation, say: Say) -> Confirmation:
    evidence = _shown(whole.evidence, say)
    return Confirmation.model_construct(since=whole.since, evidence=evidence, checklist=whole.checklist)


def _shown(evidence: str | None, say: Say) -> str | None:
    """Say that there is evidence, without saying which."""
    return None if evidence is None or is_placeholder(evidence) else say(EVIDENCE)


REMAINING: dict[Extent, Callable[[Project, Say], Project]] = {
    Extent.FULL: lambda project, _: in_full(project),
    Extent.WITHOUT_DETAILS: _without_details,
}
"""How much is published → what remains of a project that is shown with its answers."""
