"""What the page of all projects shows, in its order, and the page of what is published as data."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from macros.charts.demand import facilities
from macros.charts.portfolio import heat, level_ticks, levels_rows, rows
from macros.engine.facilities import demand
from macros.findings.severity import ACT, ASK
from macros.model.status_file import Project, ProjectKind
from macros.outputs.api.index import ONE_PROJECT, dataset, index
from macros.outputs.calendar import AHEAD
from macros.views.context import PageContext, Registry, of_all_projects

OPEN_ROWS = 40  # projects shown before the rest is folded
OPEN_SHARED = 15  # shared findings, and shared gaps, shown before the rest is folded


VIEWS = Registry()


@VIEWS.late
@of_all_projects
def portfolio_summary(context: PageContext) -> Markup:
    """Show how many projects need what, and how many are at each level, and lead to the sections of the page."""
    tracks, stages = context.handbook.frame.tracks, len(context.handbook.frame.stages)
    found = context.portfolio.once(rows)
    drawn = heat(found, tracks, stages) if found else None
    return context.render(
        "portfolio_summary", rows=found, heat=drawn, counts=context.portfolio.counts, past=_past(context)
    )


@VIEWS.late
@of_all_projects
def portfolio(context: PageContext) -> Markup:
    """Show every project as a line with its three levels, those most in need first."""
    found = context.portfolio.once(rows)
    stages = len(context.handbook.frame.stages)
    return context.render(
        "portfolio",
        first=found[:OPEN_ROWS],
        rest=found[OPEN_ROWS:],
        ticks=level_ticks(stages),
        ahead=AHEAD,
        levels_only=levels_rows(context.portfolio.levels_only.values(), stages),
        not_shown=context.portfolio.not_shown,
    )


@VIEWS.block
def levels_only(context: PageContext, project: str) -> Markup:
    """Show the levels of a project of which nothing else is published."""
    if project not in context.portfolio.levels_only:
        return Markup("")
    stages = len(context.handbook.frame.stages)
    found = levels_rows([context.portfolio.levels_only[project]], stages)
    return context.render("levels_only", rows=found, ticks=level_ticks(stages))


@VIEWS.late
@of_all_projects
def portfolio_histories(context: PageContext) -> Markup:
    """List retrospectives; their levels say nothing of the therapy."""
    return context.render("portfolio_histories", past=_past(context))


def _past(context: PageContext) -> list[Project]:
    return [project for project in context.portfolio.shown if project.kind is ProjectKind.RETROSPECTIVE]


@VIEWS.late
@of_all_projects
def facility_demand(context: PageContext) -> Markup:
    """Show how many projects need the same facility in the same quarter, and which."""
    found = demand(context.portfolio.all_reports(), context.handbook)
    return context.render("facility_demand", drawn=facilities(found, context.day))


@VIEWS.block
@of_all_projects
def data_files(context: PageContext) -> Markup:
    """List what is published as data."""
    found = index(context.portfolio, context.site)
    return context.render("data_files", index=found, one=ONE_PROJECT)


@VIEWS.block
@of_all_projects
def data_description(context: PageContext) -> Markup:
    """Describe the data for search engines, in the words of schema.org; nothing in it is run."""
    text = json.dumps(dataset(context.portfolio, context.site), ensure_ascii=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return context.render("data_description", text=Markup(text))  # noqa: S704


@dataclass(frozen=True, slots=True)
class SharedFinding:
    """A finding that several projects have.

    Attributes:
        projects: Those that have it, and have not acknowledged it on every route.
        act: How many of them are to act on it.
        acknowledged: Those that have it and have acknowledged it.
    """

    kind: str
    projects: tuple[Project, ...]
    act: int
    acknowledged: tuple[Project, ...]


@VIEWS.late
@of_all_projects
def shared_findings(context: PageContext) -> Markup:
    """Show the findings that several projects have in common."""
    found = [each for each in _findings(context) if len(each.projects) + len(each.acknowledged) > 1]
    found.sort(key=lambda each: (-len(each.projects), -each.act, each.kind))
    total = len(context.portfolio.current)
    return context.render("shared_findings", first=found[:OPEN_SHARED], rest=found[OPEN_SHARED:], total=total)


def _findings(context: PageContext) -> Iterator[SharedFinding]:
    """Gather which projects have which kind of finding, and how much it matters there."""
    found: dict[str, dict[str, bool | None]] = {}  # kind → project → to act on, or None where acknowledged
    for project in context.portfolio.current:
        for report in context.portfolio.reports(project.id):
            for finding in report.findings:
                if finding.severity != ASK:
                    who = found.setdefault(finding.kind, {})
                    act = None if finding.acknowledged else finding.severity == ACT
                    who[project.id] = act if who.get(project.id) is None else who[project.id] or bool(act)
    known = context.handbook.projects
    for kind, who in found.items():
        having = tuple(known[name] for name, act in who.items() if act is not None)
        done = tuple(known[name] for name, act in who.items() if act is None)
        yield SharedFinding(kind, having, sum(map(bool, who.values())), done)


@VIEWS.late
@of_all_projects
def shared_gaps(context: PageContext) -> Markup:
    """Show the open items that several projects have in common, up to each one's next stage."""
    projects: dict[str, list[Project]] = {}
    for project in context.portfolio.current:
        for name in _open_items(context, project):
            projects.setdefault(name, []).append(project)
    shared = [(context.handbook.items[name], who) for name, who in projects.items() if len(who) > 1]
    shared.sort(key=lambda row: (-len(row[1]), not row[0].gate, row[0].stage, row[0].name))
    total = len(context.portfolio.current)
    return context.render("shared_gaps", first=shared[:OPEN_SHARED], rest=shared[OPEN_SHARED:], total=total)


def _open_items(context: PageContext, project: Project) -> Iterable[str]:
    """Name what is open up to the next stage of each track, on any route of a project."""
    return {
        state.item.name
        for report in context.portfolio.reports(project.id)
        for track, standing in report.assessment.tracks.items()
        for state in report.assessment.gaps(track, 0, standing.level + 1)
    }
