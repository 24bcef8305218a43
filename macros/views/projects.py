"""What the pages show of projects: one function per view, ids in, HTML out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from macros.assessment.assess import Count, Standing
from macros.assessment.forecast import ASK, LATE
from macros.assessment.states import State
from macros.charts.project import Goal, goals
from macros.engine.report import ProjectReport
from macros.engine.routes import Routes, by_routes
from macros.findings.finding import Finding
from macros.model.items import Item
from macros.model.statuses import Badge
from macros.views.context import PageContext, Registry
from macros.views.rows import item_rows, scale

VIEWS = Registry()


@VIEWS.block
def project_head(context: PageContext, project: str) -> Markup:
    """Show in two lines what a project is, who leads it and when it was last looked at."""
    return context.render("project_head", project=context.handbook.projects[project])


@VIEWS.late
def project_facts(context: PageContext, project: str) -> Markup:
    """Show what belongs to a project and nobody needs every day."""
    return context.render("project_facts", project=context.handbook.projects[project])


@VIEWS.late
def project_picture(context: PageContext, project: str) -> Markup:
    """Show the three tracks on one scale of stages; of a further route only what is different there."""
    first, *others = context.portfolio.reports(project)
    return context.render(
        "project_picture",
        first=first,
        others=[
            (other, _different(other, first), _counted_otherwise(other, first), _other_goals(other, first))
            for other in others
        ],
        scale=partial(scale, context, here=True),
    )


def _different(report: ProjectReport, first: ProjectReport) -> list[str]:
    """Name the tracks that have another place than on another route."""
    tracks = first.assessment.tracks
    return [name for name, standing in report.assessment.tracks.items() if _place(standing) != _place(tracks[name])]


def _other_goals(report: ProjectReport, first: ProjectReport) -> tuple[Goal, ...]:
    """Give the targets, where it is judged in another way than on another route whether they can be met."""
    return goals(report) if _judged(report) != _judged(first) else ()


def _judged(report: ProjectReport) -> list[tuple[object, ...]]:
    return [(goal.stage, goal.late, goal.items, goal.outlook and goal.outlook.earliest) for goal in goals(report)]


def _place(standing: Standing) -> tuple[object, ...]:
    looked = [len(standing.to_look_at(standing.possible_level)), *(state.item.name for state in standing.blocking)]
    return standing.level, standing.possible_level, standing.working_stage, *looked


def _counted_otherwise(report: ProjectReport, first: ProjectReport) -> dict[str, list[tuple[int, Count]]]:
    """Find where another number of items is asked or met than on another route: track → stages and counts."""
    found = {
        name: [
            (stage, count)
            for stage, count in standing.counts.items()
            if count[:2] != first.assessment.tracks[name].counts[stage][:2]
        ]
        for name, standing in report.assessment.tracks.items()
    }
    return {name: counts for name, counts in found.items() if counts}


@VIEWS.late
def project_findings(context: PageContext, project: str) -> Markup:
    """Show the findings as sentences: those to act on, and what is to be watched, acknowledged or asked in folds."""
    reports = context.portfolio.reports(project)
    found = by_routes(reports, lambda report: report.findings, _finding_key)
    causes: dict[tuple[object, ...], list[Finding]] = {}
    for finding in (finding for report in reports for finding in report.findings):
        causes.setdefault(_finding_key(finding), []).append(finding)
    answered = any(not state.unanswered for state in _states(context, project))
    return context.render(
        "project_findings",
        groups={routes: _by_badge(_of_all(causes[_finding_key(f)]) for f in some) for routes, some in found.items()},
        answered=answered,
        drawn={
            when: {name for report in reports for name, plan in report.forecast.plans.items() if plan.when == when}
            for when in (LATE, ASK)
        },
    )


def _finding_key(finding: Finding) -> tuple[object, ...]:
    """Tell apart what is said differently; what causes it may differ between routes."""
    return finding.kind, finding.subject, finding.severity.rank, repr(finding.facts), finding.who


def _of_all(findings: Sequence[Finding]) -> Finding:
    """Make one finding of those that say the same, with what causes any of them."""
    items, unanswered, pairs = (
        tuple(dict.fromkeys(each for finding in findings for each in getattr(finding, name)))
        for name in ("items", "unanswered", "pairs")
    )
    return replace(findings[0], items=items, unanswered=unanswered, pairs=pairs)


def _by_badge(findings: Iterable[Finding]) -> dict[Badge, list[Finding]]:
    """Part findings by how pages show them, in their order: to act on, to watch, to ask about, acknowledged."""
    parts: dict[Badge, list[Finding]] = {}
    for finding in findings:
        parts.setdefault(finding.badge, []).append(finding)
    return parts


@VIEWS.late
def project_items(context: PageContext, project: str) -> Markup:
    """Show every item that is asked, by track and stage, and what does not apply."""
    reports = context.portfolio.reports(project)
    states = _states(context, project)
    asked_on = {
        state.item.name: _titles(context, routes)
        for routes, some in by_routes(reports, _asked, lambda state: state.item.name).items()
        for state in some
        if routes
    }
    last = max(context.handbook.frame.stages)
    lists: dict[tuple[str, int], list[State]] = {}
    for state in states:
        if state.status.asked:
            lists.setdefault((state.item.track, state.item.stage), []).append(state)
    tracks = {
        track: (
            by_routes(reports, partial(_to_pass, track=track, last=last), lambda steps: steps),
            [_cell(reports, track, stage, lists.get((track, stage), [])) for stage in context.handbook.frame.stages],
        )
        for track in context.handbook.frame.tracks
    }
    rows = partial(item_rows, context, reports[0], only=asked_on)
    return context.render(
        "project_items",
        project=reports[0].project,
        tracks=tracks,
        rows=rows,
        set_aside=[state for state in states if not state.status.asked],
        unasked=_unasked(context, project),
        asked=len(states),
    )


def _titles(context: PageContext, routes: Iterable[str]) -> str:
    return ", ".join(context.handbook.frame.routes[route].title for route in routes)


def _asked(report: ProjectReport) -> list[State]:
    return [state for state in report.assessment.states.values() if state.status.asked]


def _to_pass(report: ProjectReport, track: str, last: int) -> list[tuple[tuple[int, int], ...]]:
    """Count the open items of a track up to its next stage, and from there to each target: one list of pairs."""
    after, steps = 0, []
    level = report.assessment.tracks[track].level
    targets = [stage for stage in sorted(report.project.targets) if stage > level + 1]
    for stage in dict.fromkeys([min(level + 1, last), *targets]):
        steps.append((stage, len(report.assessment.gaps(track, after, stage))))
        after = stage
    return [tuple(steps)]


class Cell(NamedTuple):
    """The items of a track at a stage by how pages show their answers, open ones first; how many are met, by route."""

    stage: int
    counts: dict[Routes, list[Count]]
    groups: dict[tuple[Badge, bool], list[State]]


def _cell(reports: Sequence[ProjectReport], track: str, stage: int, here: Iterable[State]) -> Cell:
    counts = by_routes(reports, lambda r: [r.assessment.tracks[track].counts[stage]], lambda count: count[:2])
    groups: dict[tuple[Badge, bool], list[State]] = {}
    for state in sorted(here, key=lambda state: (not state.open, state.unanswered, not state.item.gate)):
        groups.setdefault((state.badge, state.renewed), []).append(state)
    return Cell(stage, counts, groups)


def _unasked(context: PageContext, project: str) -> list[Item]:
    """List the items that the project answers though they are not asked of it."""
    asked = {name for report in context.portfolio.reports(project) for name in report.assessment.states}
    known = context.handbook.every_item
    return [known[name] for name in context.handbook.projects[project].answers if name in known and name not in asked]


def _states(context: PageContext, project: str) -> list[State]:
    reports = context.portfolio.reports(project)
    return [*{name: state for report in reports for name, state in report.assessment.states.items()}.values()]


@VIEWS.late
def example_picture(context: PageContext) -> Markup:
    """Show the project of the portfolio that most needs a look."""
    if not context.portfolio.by_need:
        return Markup("")
    first, *_ = context.portfolio.reports(context.portfolio.by_need[0].id)
    return context.render("example_picture", report=first, scale=partial(scale, context))
