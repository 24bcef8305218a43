"""Pictures on pages that explain: histories with their ends, rules in motion, worked examples; a function per view."""

from datetime import date

from markupsafe import Markup

from macros.charts.crossings import crossing_chart
from macros.charts.history import HistoryChart, history_chart
from macros.charts.motions import motion_chart
from macros.charts.worked import worked_charts
from macros.engine import worked_examples
from macros.engine.replay import Replay, replayed
from macros.model.status_file import Project, ProjectKind
from macros.views.context import PageContext, Registry, of_all_projects
from macros.views.rows import stage_cells

VIEWS = Registry()


@VIEWS.late
@of_all_projects
def replay(context: PageContext) -> Markup:
    """Show how past therapies ended, and what the Navigator would have said of them before, and when."""
    past = [p for p in context.handbook.projects.values() if p.kind is ProjectKind.RETROSPECTIVE]
    return context.render("replay", projects=[_drawn(context, project) for project in past])


@VIEWS.late
def project_history(context: PageContext, project: str) -> Markup:
    """Show one past therapy on its own page."""
    past, chart = _drawn(context, context.handbook.projects[project])
    return context.render("project_history", past=past, chart=chart)


@VIEWS.late
def one_history(context: PageContext, project: str) -> Markup:
    """Show how one past therapy ended and what named it before; nothing where this handbook does not have it."""
    known = context.handbook.projects.get(project)
    if known is None or known.outcome is None:
        return Markup("")
    past, chart = _drawn(context, known)
    return context.render("one_history", past=past, chart=chart)


def _drawn(context: PageContext, project: Project) -> tuple[Replay, HistoryChart]:
    past = replayed(project, context.handbook)
    return past, history_chart(past)


@VIEWS.late
def rules_in_motion(context: PageContext) -> Markup:
    """Show rules that are about to change, dated ones first: as a time line, and as a table."""
    motions = sorted(context.handbook.motions.items(), key=lambda entry: (entry[1].date or date.max, entry[0]))
    return context.render("rules_in_motion", motions=motions, chart=motion_chart(dict(motions), context.day))


@VIEWS.late
def model_picture(context: PageContext) -> Markup:
    """Show the three tracks side by side, and where one needs another."""
    return context.render("model_picture", chart=crossing_chart(context.handbook))


@VIEWS.late
def levels_example(context: PageContext) -> Markup:
    """Show the worked example of levels, as the engine sees it; nothing where its items are not asked."""
    report = worked_examples.levels_example(context.handbook)
    if report is None:
        return Markup("")
    standing = report.assessment.tracks["clinical"]
    cells = stage_cells(context.kept, standing, (), lambda stage: context.page(f"stages/{stage}"))
    return context.render("levels_example", standing=standing, cells=cells)


@VIEWS.late
def forecast_example(context: PageContext) -> Markup:
    """Show the worked example of the forecast, before and after a slip; nothing where its items are not asked."""
    looks = [worked_examples.forecast_example(context.handbook, slipped=slipped) for slipped in (False, True)]
    reports = [report for report in looks if report]
    return context.render("forecast_example", charts=worked_charts(reports)) if reports else Markup("")
