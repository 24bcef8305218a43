"""The rows of a project's lists, and its picture: fragments, and the project's own words between them."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from macros.assessment.assess import Standing
from macros.assessment.forecast import LATE
from macros.assessment.states import State
from macros.charts.project import goals, spread
from macros.charts.timeline import Row, Several
from macros.engine.report import ProjectReport
from macros.model.items import Item
from macros.text.slugs import web_address
from macros.views.context import PageContext
from macros.views.fragments import Fragments, joined

NOTHING = Markup("")
END = Markup("</svg></li>\n")
MONTH = re.compile(r"(\d{4}-\d\d)")


def item_rows(context: PageContext, report: ProjectReport, states: Iterable[State], only: Mapping[str, str]) -> Markup:
    """Write the rows of items in the lists of a project.

    Args:
        only: Full name of an item that is not asked on every route → the titles of the routes that ask it.
    """
    needed_by = context.handbook.needed_by
    return joined(
        _item_row(context.kept, state, _waiting(needed_by[state.item.name], report, state), only) for state in states
    )


def _item_row(kept: Fragments, state: State, waiting: list[Item], only: Mapping[str, str]) -> str:
    answer = state.answer
    more = [kept.only_on(only[state.item.name])] if state.item.name in only else []
    more += [kept.small(answer.note)] if answer and answer.note else []
    when = kept.dates.answered(answer)
    evidence = _evidence(kept, answer.evidence if answer else None)
    known = joined((evidence, kept.waiting(waiting))) if waiting else evidence
    return kept.item_row(state, bool(evidence), when, known, joined(more))


def _waiting(names: Iterable[str], report: ProjectReport, state: State) -> list[Item]:
    """List those of the named items that are open in the project and wait for an open one.

    First the one that sets its date, then gates.
    """
    if not state.open:
        return []
    states, plan = report.assessment.states, report.forecast.plans.get(state.item.name)
    driver = plan.driver if plan else ""
    waiting = [states[name].item for name in names if name in states and states[name].open]
    return sorted(waiting, key=lambda item: (item.name != driver, not item.gate, item.stage))


def _evidence(kept: Fragments, text: str | None) -> Markup:
    """Show evidence, if any is given; an address becomes a link."""
    if not text:
        return NOTHING
    address = web_address(text)
    return kept.linked(address, text) if address else escape(text)


def time_rows(context: PageContext, rows: Iterable[Row], ruler: str) -> Markup:
    """Write the rows of a timeline over a ruler that the page has."""
    return joined(_time_row(context.kept, row, ruler) for row in rows)


def _time_row(kept: Fragments, row: Row, ruler: str) -> str:
    item = row.plan.state.item
    words = kept.time_item(item), _said(kept, row.said), kept.time_takes(item), kept.time_strip(ruler)
    return joined((*words, *_marks(row), END))


def _marks(row: Row) -> Iterator[str]:
    """Draw a row. Only numbers are filled in, so nothing is escaped."""
    if row.bar:
        at, wide = row.bar
        kinds = ["nav-runs"] * row.plan.state.status.under_way + ["nav-is-late"] * (row.plan.when == LATE)
        css = f' class="{" ".join(kinds)}"' if kinds else ""
        yield f'<rect{css} x="{at}%" width="{wide}%" height="12"/>'
        if row.said[0][0].decides:
            yield f'<rect class="nav-decides" height="3" x="{at}%" width="{wide}%"/>'
    if row.needed is not None:
        yield f'<rect class="nav-need" width="3" height="20" x="{row.needed}%"/>'
    if row.planned is not None:
        css = ' class="nav-is-late"' if row.plan.planned_late else ""
        yield f'<use href="#nav-plan"{css} x="{row.planned}%"/>'


def _said(kept: Fragments, said: Several) -> str:
    """Write what each route says of an item; where only one month differs, the words around it come once."""
    if len(said) == 1:
        (each, routes), *_ = said
        return f"{kept.dates.in_full(each.plan, each.decides)}{kept.on_routes(routes)}; "
    parts = [
        (MONTH.split(kept.dates.in_full(each.plan, each.decides)), kept.on_routes(routes)) for each, routes in said
    ]
    first = parts[0][0]
    odd = [place for place, piece in enumerate(first) if any(other[place : place + 1] != [piece] for other, _ in parts)]
    if len(odd) == 1 and odd[0] % 2 and len({len(words) for words, _ in parts}) == 1:
        before, after = "".join(first[: odd[0]]), "".join(first[odd[0] + 1 :])
        return f"{before}{', '.join(words[odd[0]] + routes for words, routes in parts)}{after}; "
    return "".join(f"{''.join(words)}{routes}; " for words, routes in parts)


def scale(
    context: PageContext,
    report: ProjectReport,
    legend: bool = True,
    tracks: Collection[str] | None = None,
    here: bool = False,
) -> Markup:
    """Draw the three tracks on one scale of stages; each cell leads to the list of the items that it counts.

    Args:
        tracks: Those that are drawn; all without it.
        here: Whether the lists are on the same page.
    """
    lists = "" if here else context.page(f"projects/{report.project.id}")
    cells = {
        track: stage_cells(context.kept, standing, report.project.targets, f"{lists}#{track}-{{}}".format)
        for track, standing in report.assessment.tracks.items()
        if tracks is None or track in tracks
    }
    return context.render("scale", report=report, apart=spread(report), goals=goals(report), cells=cells, legend=legend)


def stage_cells(
    kept: Fragments, standing: Standing, targets: Collection[int], leads_to: Callable[[int], str]
) -> Markup:
    """Write the cells of one track in the picture of levels.

    Args:
        leads_to: From a stage to the address that its cell leads to.
    """
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
            number,
            leads_to(number),
        )
        for number, count in standing.counts.items()
    )
