"""What the pages show of the future and the past of projects: one function per view."""

from collections.abc import Iterable
from functools import partial
from operator import attrgetter

from markupsafe import Markup

from macros.assessment.forecast import ASK, LATE, NOW, Plan
from macros.assessment.history import changes, falls
from macros.charts.project import path
from macros.charts.timeline import deciding, first_and_rest, has_date, on_every_route, outlook_key, stages, timeline
from macros.engine.critical_path import goals, kinds, products
from macros.engine.moves import Lift, by_partner
from macros.engine.report import ProjectReport
from macros.engine.routes import by_routes, moves
from macros.findings.clauses import items, sentences
from macros.findings.finding import Finding, in_order_key
from macros.findings.severity import ACT
from macros.text.dates import Month
from macros.views.context import PageContext, Registry
from macros.views.rows import scale, time_rows

EXPLAINED = 5  # moves of a partner with their reasons; of the others there is the name
FIRST = 3  # moves on a project's page that are not folded
DECISIONS = 3  # asked on the meeting page
TOP = 5  # moves and findings named first


VIEWS = Registry()


@VIEWS.late
def project_moves(context: PageContext, project: str) -> Markup:
    """Show what to do next: the first moves, the others by partner, and what lifts the lowest track."""
    reports = context.portfolio.reports(project)
    ranked = moves(reports)
    only = {move.state.item.name: routes for move, routes in ranked if routes}
    lifts = by_routes(reports, lambda report: [report.lift] if report.lift else [], _lift_key)
    return context.render(
        "project_moves",
        first=[move for move, _ in ranked[:FIRST]],
        partners=by_partner((move for move, _ in ranked[FIRST:]), context.handbook),
        explained=EXPLAINED,
        rest=len(ranked[FIRST:]),
        only=only,
        lifts=lifts,
    )


def _lift_key(lift: Lift) -> tuple[object, ...]:
    return lift.track, lift.level, *(state.item.name for state in (*lift.gates, *lift.first))


@VIEWS.late
def project_timeline(context: PageContext, project: str) -> Markup:
    """Show when stages could be passed and what decides it, and when each open item must start and be met."""
    reports = context.portfolio.reports(project)
    parts = first_and_rest(on_every_route(reports), reports[0])
    plans = [plan for report in reports for plan in report.forecast.plans.values()]
    return context.render(
        "project_timeline",
        says=by_routes(reports, deciding, outlook_key),
        lines=[timeline(part, reports[0]) if part else None for part in parts],
        later=len(parts[1]),
        strips=partial(time_rows, context),
        undated={
            routes: _without_date(some, context) for routes, some in by_routes(reports, _undated, _why_key).items()
        },
        stages=stages(reports),
        assumed=by_routes(reports, lambda report: [report.forecast.assumed], lambda number: number),
        asks=any(plan.when == ASK for plan in plans),
        urgent=any(plan.when in (LATE, NOW) for plan in plans),
        open=len(plans),
    )


def _undated(report: ProjectReport) -> list[Plan]:
    return [plan for plan in report.forecast.plans.values() if not has_date(plan)]


def _why_key(plan: Plan) -> tuple[str, str]:
    return plan.state.item.name, plan.missing


def _without_date(plans: Iterable[Plan], context: PageContext) -> dict[str, dict[str, list[str]]]:
    """Group items that have no date: what is missing → partner → full names."""
    groups: dict[str, dict[str, list[str]]] = {}
    order = list(context.handbook.frame.partners)
    for plan in sorted(plans, key=lambda plan: (plan.missing, order.index(plan.state.item.owner))):
        by_owner = groups.setdefault(plan.missing, {})
        by_owner.setdefault(plan.state.item.owner, []).append(plan.state.item.name)
    return groups


@VIEWS.late
def project_path(context: PageContext, project: str) -> Markup:
    """Show the levels over time, drawn and as a table, and what changed lately."""
    days = context.handbook.frame.thresholds.recent_days
    titles = {name: track.title for name, track in context.handbook.frame.tracks.items()}
    reports = context.portfolio.reports(project)
    paths = by_routes(reports, lambda report: [report], _path_key)
    recent = by_routes(
        reports, lambda report: changes(report.assessment, days), lambda change: (change.state.item.name, change.day)
    )
    return context.render(
        "project_path",
        project=context.handbook.projects[project],
        paths={routes: [(r, path(r, titles), falls(r.path)) for r in some] for routes, some in paths.items()},
        recent=recent,
        days=days,
    )


def _path_key(report: ProjectReport) -> tuple[object, ...]:
    return tuple((step.day, *step.levels.values()) for step in report.path)


@VIEWS.late
def project_links(context: PageContext, project: str) -> Markup:
    """Link the meeting page and the calendar of a project."""
    return context.render("project_links", project=context.handbook.projects[project])


@VIEWS.late
def meeting(context: PageContext, project: str) -> Markup:
    """Show one sheet for a steering group: levels, findings, moves, changes, decisions asked.

    A project on two routes has two pictures; what both routes share is said once.
    """
    reports = context.portfolio.reports(project)
    days = context.handbook.frame.thresholds.recent_days
    found = {(f.kind, f.subject): (f, report) for report in reversed(reports) for f in report.findings}
    first_to_last = sorted(found.values(), key=lambda pair: in_order_key(pair[0]))
    recent = {c.state.item.name: c for report in reversed(reports) for c in changes(report.assessment, days)}
    decisions = {f.kind: _decision(f, r) for f, r in first_to_last if f.severity == ACT and not f.acknowledged}
    return context.render(
        "meeting",
        project=context.handbook.projects[project],
        reports=reports,
        findings=first_to_last,
        partners=by_partner((move for move, _ in moves(reports)), context.handbook),
        recent=sorted(recent.values(), key=lambda change: change.day, reverse=True)[: TOP - 2 * (len(reports) - 1)],
        decisions=[*decisions.items()][:DECISIONS],
        top=TOP,
        days=days,
        scale=partial(scale, context),
    )


def _decision(finding: Finding, report: ProjectReport) -> tuple[tuple[str, ...], Month | None]:
    """Say who is to act on a finding, and the first month in which something that causes it must start or be met."""
    plans = (report.forecast.plans.get(name) for name in finding.items)
    months = [plan.start_by or plan.finish_by for plan in plans if plan]
    return finding.who, min((month for month in months if month), key=attrgetter("ordinal"), default=None)


@VIEWS.late
def named_rules(context: PageContext) -> Markup:
    """Show the named rules with their reasons and sources."""
    areas = {
        name: sorted({item.partition("/")[0] for each in (*rule.act, *rule.watch) for item in items(each)})
        for name, rule in context.handbook.rules.items()
    }
    return context.render("named_rules", areas=areas, sentences=sentences)


@VIEWS.block
def modality_paths(context: PageContext, modality: str) -> Markup:
    """Show what decides how long a kind of product takes, for a project that begins with nothing done."""
    return context.render("modality_paths", kinds=kinds(context.handbook, modality))


@VIEWS.block
def route_paths(context: PageContext, route: str) -> Markup:
    """Show how long each kind of product takes on a route, and what decides it."""
    rows = {}
    for modality in context.handbook.frame.modalities:
        donor, delivery = next(products(context.handbook, modality))
        found = goals(context.handbook, modality, donor, delivery)
        rows[modality] = [goal for goal in found if route in goal.routes]
    return context.render("route_paths", route=route, rows=rows)
