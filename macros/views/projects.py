"""What the pages show of projects: one function per view, ids in, HTML out."""

from collections.abc import Iterable
from functools import partial

from markupsafe import Markup

from macros.assessment.states import State
from macros.engine.report import ProjectReport
from macros.findings.finding import Finding
from macros.findings.severity import ACT, ASK
from macros.model.status_file import Project, ProjectKind
from macros.views.context import PageContext, Registry
from macros.views.rows import gap_rows, met_rows, open_items, scale

MOST_ASKED = 5  # questions shown before the rest is folded
SHARED_GAPS = 15  # rows of the portfolio's table of shared gaps


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
    """Show the three tracks on one scale of stages."""
    return context.render("project_picture", reports=context.portfolio.reports(project), scale=partial(scale, context))


@VIEWS.late
def project_findings(context: PageContext, project: str) -> Markup:
    """Show the findings as sentences."""
    reports = [(report, *_spoken_and_asked(report.findings)) for report in context.portfolio.reports(project)]
    return context.render("project_findings", reports=reports, most=MOST_ASKED)


def _spoken_and_asked(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Part what is to be acted on, watched or acknowledged from what is asked."""
    asked = [finding for finding in findings if finding.severity == ASK and not finding.acknowledged]
    return [finding for finding in findings if finding not in asked], asked


@VIEWS.late
def project_gaps(context: PageContext, project: str) -> Markup:
    """Show what is open: per track, up to the next stage and up to each target."""
    last = max(context.handbook.frame.stages)
    reports = [(report, _gap_groups(report, last)) for report in context.portfolio.reports(project)]
    return context.render("project_gaps", reports=reports, gap_rows=partial(gap_rows, context))


def _gap_groups(report: ProjectReport, last: int) -> dict[str, list[tuple[int, tuple[State, ...]]]]:
    """Group open items: track → (stage looked at, items due since the one before)."""
    groups: dict[str, list[tuple[int, tuple[State, ...]]]] = {}
    for track, standing in report.assessment.tracks.items():
        groups[track], after = [], 0
        targets = [stage for stage in sorted(report.project.targets) if stage > standing.level + 1]
        for stage in dict.fromkeys([min(standing.level + 1, last), *targets]):
            groups[track].append((stage, report.assessment.gaps(track, after, stage)))
            after = stage
    return groups


@VIEWS.late
def project_partners(context: PageContext, project: str) -> Markup:
    """Show what is open up to the next stage, by the partner who owns it."""
    region, hospital, reports = context.handbook.region, context.handbook.projects[project].hospital, []
    for report in context.portfolio.reports(project):
        by_partner: dict[str, list[State]] = {}
        for track, standing in report.assessment.tracks.items():
            for state in report.assessment.gaps(track, 0, standing.level + 1):
                by_partner.setdefault(state.item.owner, []).append(state)
        reports.append((report, {p: by_partner[p] for p in context.handbook.frame.partners if p in by_partner}))
    several = [*context.handbook.frame.partners] if region and region.hospitals else []
    contacts = {partner: region.contacts_of(partner, hospital) for partner in several} if region else {}
    rows = partial(open_items, context)
    return context.render("project_partners", reports=reports, open_items=rows, contacts=contacts)


@VIEWS.late
def project_met(context: PageContext, project: str) -> Markup:
    """Show everything that is met, with its evidence."""
    states = [state for state in _states(context, project) if state.status.met]
    return context.render("project_met", states=states, rows=met_rows(context, project, states))


@VIEWS.late
def project_not_applicable(context: PageContext, project: str) -> Markup:
    """Show what does not apply, with the reason, and answers to what is not asked."""
    subject = context.handbook.projects[project]
    asked = {name for report in context.portfolio.reports(project) for name in report.assessment.states}
    known = context.handbook.every_item
    unasked = [known[name] for name in subject.answers if name in known and name not in asked]
    states = [state for state in _states(context, project) if not state.status.asked]
    return context.render("project_not_applicable", states=states, unasked=unasked, asked=len(asked))


def _states(context: PageContext, project: str) -> Iterable[State]:
    reports = context.portfolio.reports(project)
    return {name: state for report in reports for name, state in report.assessment.states.items()}.values()


@VIEWS.late
def portfolio(context: PageContext) -> Markup:
    """Show all projects with their levels, and retrospectives below."""
    everyone = [report for project in context.portfolio.shown for report in context.portfolio.reports(project.id)]
    current = [report for report in everyone if report.project.kind is not ProjectKind.RETROSPECTIVE]
    past = [report for report in everyone if report.project.kind is ProjectKind.RETROSPECTIVE]
    return context.render("portfolio", current=current, past=past)


@VIEWS.late
def shared_gaps(context: PageContext) -> Markup:
    """Show the open items that most projects have in common, up to each one's next stage."""
    projects: dict[str, list[Project]] = {}
    for project in context.portfolio.current:
        open_items = {
            state.item.name
            for report in context.portfolio.reports(project.id)
            for track, standing in report.assessment.tracks.items()
            for state in report.assessment.gaps(track, 0, standing.level + 1)
        }
        for name in open_items:
            projects.setdefault(name, []).append(project)
    shared = [(context.handbook.items[name], who) for name, who in projects.items() if len(who) > 1]
    shared.sort(key=lambda row: (-len(row[1]), not row[0].gate, row[0].stage, row[0].name))
    return context.render("shared_gaps", rows=shared[:SHARED_GAPS], total=len(context.portfolio.current))


@VIEWS.late
def example_picture(context: PageContext) -> Markup:
    """Show the project of the portfolio that most needs a look."""
    reports = [*context.portfolio.all_reports()]
    if not reports:
        return Markup("")
    chosen = max(reports, key=lambda report: (report.count(ACT), report.assessment.spread))
    return context.render("example_picture", report=chosen, scale=partial(scale, context))
