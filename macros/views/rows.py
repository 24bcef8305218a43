"""The rows of a project's long tables, and its picture: fragments, and the project's own words between them."""

from collections.abc import Callable, Collection, Iterable

from markupsafe import Markup, escape

from macros.assessment.assess import Standing
from macros.assessment.forecast import Plan
from macros.assessment.states import State, Through
from macros.charts.project import goals, spread
from macros.engine.report import ProjectReport
from macros.model.items import Item
from macros.model.status_file import Answer
from macros.text.slugs import web_address
from macros.views.context import PageContext
from macros.views.fragments import Fragments, joined

NOTHING = Markup("")


def gap_rows(context: PageContext, report: ProjectReport, states: Iterable[State]) -> Markup:
    """Write the rows of open items."""
    needed_by = context.handbook.needed_by
    form = form_of(context, report.project.id)
    return joined(_gap_row(context.kept, report, state, needed_by[state.item.name], form) for state in states)


def form_of(context: PageContext, project: str) -> str:
    """Give the address of the form that reports on a project."""
    return f"{context.page('change')}?project={project}"


def _gap_row(kept: Fragments, report: ProjectReport, state: State, needed_by: Iterable[str], form: str) -> str:
    answer, waiting = state.answer, _waiting(needed_by, report)
    note = when = evidence = NOTHING
    if answer:
        note = kept.remark(answer.note) if answer.note else NOTHING
        when = kept.gap_when(answer.planned, answer.since) if answer.planned or answer.since else NOTHING
        evidence = _evidence(kept, answer.evidence)
    held = kept.waiting(waiting) if waiting else NOTHING
    how = NOTHING if report.assessment.past else kept.report_item(state.item, form)
    return kept.gap_row(state, bool(evidence), note, held, how, when, evidence)


def _waiting(names: Iterable[str], report: ProjectReport) -> list[Item]:
    """List those of the named items that are open in the project, gates first."""
    states = report.assessment.states
    waiting = [states[name].item for name in names if name in states and states[name].open]
    return sorted(waiting, key=lambda item: (not item.gate, item.stage))


def met_rows(context: PageContext, project: str, states: Iterable[State]) -> Markup:
    """Write the rows of what is met."""
    form = form_of(context, project)
    return joined(_met_row(context.kept, state, state.answer, form) for state in states if state.answer)


def _met_row(kept: Fragments, state: State, answer: Answer, form: str) -> str:
    evidence = _evidence(kept, answer.evidence)
    plain = state.through is Through.OWN and not state.unsupported and not state.renewed
    status = NOTHING if plain else kept.met_status(state)
    note = kept.remark(answer.note) if answer.note else NOTHING
    since = kept.met_since(answer.since, answer.reviewed)
    return kept.met_row(state.item, bool(evidence), status, note, form, since, evidence)


def _evidence(kept: Fragments, text: str | None) -> Markup:
    """Show evidence, if any is given; an address becomes a link."""
    if not text:
        return NOTHING
    address = web_address(text)
    return kept.linked(address, text) if address else escape(text)


def open_items(context: PageContext, states: Iterable[State]) -> Markup:
    """List open items in a line each."""
    return joined(map(context.kept.open_item, states))


def plan_rows(context: PageContext, report: ProjectReport) -> Callable[[Iterable[Plan]], Markup]:
    """Return what writes the rows of dated items of one report; the chain that follows an item is kept."""
    kept, forecast, targets = context.kept, report.forecast, report.project.targets
    chains: dict[tuple[str, int], str] = {}

    def chain(name: str, target: int) -> str:
        """Show what sets an item's date: the items from it to the target."""
        if (name, target) not in chains:
            step = forecast.step(name, target)
            if step.driver:
                after = " → ", chain(step.driver, target)
            else:
                after = "", kept.chain_end(target, targets.get(target))
            chains[name, target] = "".join((kept.chain_step(step), *after))
        return chains[name, target]

    def row(plan: Plan) -> Markup:
        why = Markup(chain(plan.state.item.name, plan.target))  # noqa: S704
        return kept.plan_row(plan, why, kept.plan_date(plan))

    def rows(some: Iterable[Plan]) -> Markup:
        return joined(map(row, some))

    return rows


def scale(context: PageContext, report: ProjectReport, legend: bool = True) -> Markup:
    """Draw the three tracks on one scale of stages."""
    targets = report.project.targets
    cells = {track: stage_cells(context.kept, each, targets) for track, each in report.assessment.tracks.items()}
    return context.render("scale", report=report, apart=spread(report), goals=goals(report), cells=cells, legend=legend)


def stage_cells(kept: Fragments, standing: Standing, targets: Collection[int]) -> Markup:
    """Write the cells of one track in the picture of levels."""
    reached = [
        (standing.level, "passed"),
        (standing.level + 1, "blocked"),
        (standing.possible_level, "possible"),
        (standing.working_stage, "begun"),
    ]
    return joined(
        kept.stage_cell(
            next((kind for upto, kind in reached if number <= upto), ""),
            number <= standing.possible_level,
            number <= standing.working_stage,
            number in targets,
            count.met,
            count.asked,
        )
        for number, count in standing.counts.items()
    )
