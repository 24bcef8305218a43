"""What the pages show of the future and the past of projects: one function per view."""

from collections import Counter
from functools import partial

from markupsafe import Markup

from macros.assessment.forecast import ASK as TO_LOOK_AT
from macros.assessment.forecast import BY, LATE, NO_DATE, NOW, UNDER_WAY, Plan
from macros.assessment.history import changes, falls
from macros.charts.project import chains, path
from macros.engine.critical_path import goals, kinds, products
from macros.engine.facilities import demand
from macros.engine.moves import by_partner, rank
from macros.engine.report import ProjectReport
from macros.findings.clauses import items, sentences
from macros.findings.finding import in_order_key
from macros.findings.severity import ACT, ASK
from macros.views.context import PageContext, Registry
from macros.views.rows import plan_rows, scale

ORDER = {when: place for place, when in enumerate((LATE, NOW, TO_LOOK_AT, BY, UNDER_WAY, NO_DATE))}
TOP = 5  # moves and findings named first


VIEWS = Registry()


@VIEWS.late
def project_moves(context: PageContext, project: str) -> Markup:
    """Show what to do next: the first moves, by partner, and what lifts the lowest track."""
    reports = [(report, by_partner(report.moves, context.handbook)) for report in context.portfolio.reports(project)]
    return context.render("project_moves", reports=reports)


@VIEWS.late
def project_forecast(context: PageContext, project: str) -> Markup:
    """Show when stages could be left, the chain that decides it, and when open items must start."""
    reports = [
        (report, _by_urgency(report), chains(report), plan_rows(context, report))
        for report in context.portfolio.reports(project)
    ]
    return context.render("project_forecast", reports=reports)


@VIEWS.late
def project_path(context: PageContext, project: str) -> Markup:
    """Show the levels over time, drawn and as a table, and what changed lately."""
    days = context.handbook.frame.thresholds.recent_days
    titles = {name: track.title for name, track in context.handbook.frame.tracks.items()}
    reports = [
        (report, path(report, titles), changes(report.assessment, days), falls(report.path))
        for report in context.portfolio.reports(project)
    ]
    return context.render("project_path", reports=reports, days=days)


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
    moves = {move.state.item.name: move for report in reversed(reports) for move in report.moves}
    recent = {c.state.item.name: c for report in reversed(reports) for c in changes(report.assessment, days)}
    asked = [finding.kind for finding, _ in first_to_last if finding.severity == ACT and not finding.acknowledged]
    return context.render(
        "meeting",
        project=context.handbook.projects[project],
        reports=reports,
        findings=first_to_last,
        partners=by_partner(sorted(moves.values(), key=rank), context.handbook),
        recent=sorted(recent.values(), key=lambda change: change.day, reverse=True)[: TOP - 2 * (len(reports) - 1)],
        questions=list(dict.fromkeys(asked))[:3],
        top=TOP,
        days=days,
        scale=partial(scale, context),
    )


@VIEWS.late
def shared_findings(context: PageContext) -> Markup:
    """Show the findings that several projects of the portfolio have in common."""
    projects: dict[str, set[str]] = {}
    acts: Counter[str] = Counter()
    for project in context.portfolio.current:
        for report in context.portfolio.reports(project.id):
            for finding in report.findings:
                if finding.severity == ASK:
                    continue
                projects.setdefault(finding.kind, set()).add(project.id)
                acts[finding.kind] += finding.severity == ACT
    shared = [(kind, sorted(ids)) for kind, ids in projects.items() if len(ids) > 1]
    shared.sort(key=lambda row: (-len(row[1]), -acts[row[0]], row[0]))
    return context.render("shared_findings", rows=shared, total=len(context.portfolio.current))


@VIEWS.late
def facility_demand(context: PageContext) -> Markup:
    """Show which projects need the same facility in the same quarter."""
    reports = [*context.portfolio.all_reports()]
    return context.render("facility_demand", demand=demand(reports, context.handbook))


@VIEWS.late
def named_rules(context: PageContext) -> Markup:
    """Show the named rules with their reasons and sources."""
    areas = {
        name: sorted({item.partition("/")[0] for each in (*rule.act, *rule.watch) for item in items(each)})
        for name, rule in context.handbook.rules.items()
    }
    return context.render("named_rules", areas=areas, sentences=sentences)


def _by_urgency(report: ProjectReport) -> dict[str, list[Plan]]:
    """Group what is forecast: LATE, NOW, … → plans, the most urgent first."""
    groups: dict[str, list[Plan]] = {when: [] for when in ORDER}
    for plan in sorted(report.forecast.plans.values(), key=_urgency):
        groups[plan.when].append(plan)
    return groups


def _urgency(plan: Plan) -> tuple[int, int, int]:
    start = plan.start_by or plan.finish_by
    return ORDER[plan.when], start.ordinal if start else 0, plan.state.item.stage


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
