"""Pictures on pages that explain: histories with their ends, rules in motion, worked examples; a function per view."""

from datetime import date

from markupsafe import Markup

from macros.charts.history import history_chart
from macros.charts.motions import motion_chart
from macros.engine.replay import replayed
from macros.model.status_file import Project, ProjectKind
from macros.views.context import PageContext, Registry

VIEWS = Registry()


@VIEWS.late
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


def _drawn(context: PageContext, project: Project) -> tuple[object, object]:
    past = replayed(project, context.handbook)
    return past, history_chart(past)


@VIEWS.late
def rules_in_motion(context: PageContext) -> Markup:
    """Show rules that are about to change, dated ones first: as a time line, and as a table."""
    motions = sorted(context.handbook.motions.items(), key=lambda entry: (entry[1].date or date.max, entry[0]))
    return context.render("rules_in_motion", motions=motions, chart=motion_chart(dict(motions), context.day))
