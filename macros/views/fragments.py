"""Pieces of HTML that pages need by the thousand: each is rendered once for all pages that lie equally deep.

`Fragments` names them; what they take and return stands in `templates/fragments.html.j2`, and templates get them from
`parts.html.j2`. Without them, a build of 200 projects took 1.25 to 1.65 times as long.
"""

from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Any, TypeAlias

from jinja2 import Environment
from markupsafe import Markup, escape

from macros.assessment.forecast import Plan
from macros.model.items import Item

Macro: TypeAlias = Callable[..., Markup]
Key: TypeAlias = Callable[..., Hashable]  # from the arguments of a macro to what its HTML depends on

NAME, STATUS = attrgetter("name"), attrgetter("badge", "renewed")
BLANK = "\0"


class Fragments:
    """Macros of `fragments.html.j2` that keep what they return, each with what that depends on.

    Args:
        templates: Those of pages that lie equally deep.
    """

    def __init__(self, templates: Environment) -> None:
        templates.globals["kept"] = self  # templates call them by this name, and so do these macros
        macros: Any = templates.get_template("fragments.html.j2").module
        # Links and marks.
        self.item_link = _kept(macros.item_link, NAME)
        self.gate = _kept(macros.gate, attrgetter("gate"))
        self.named = _kept(macros.named, NAME)
        self.owner = _kept(macros.owner, NAME)
        self.lead_time = _kept(macros.lead_time, lambda lead: (lead.months, lead.range))
        self.partner_link = _kept(macros.partner_link, str)
        self.partner_links = _kept(macros.partner_links, tuple)
        self.stage_link = _kept(macros.stage_link, int)
        self.status = _kept(macros.status, STATUS)
        self.severity = _kept(macros.severity, lambda finding: (finding.acknowledged is None, finding.severity))
        # Findings and moves.
        self.first_move = _kept(macros.first_move, _all)
        self.why = _kept(macros.why, _all)
        self.move_line = _framed(macros.move_line, 1, lambda state: (state.item.name, STATUS(state)))
        # Rows and cells of items.
        self.remark = _framed(macros.remark, 1, _all)
        self.linked = _framed(macros.linked, 2, _all)
        self.waiting = _kept(macros.waiting, lambda items: (items[0].name, len(items)))
        self.small = _framed(macros.small, 1, _all)
        self.only_on = _framed(macros.only_on, 1, _all)
        self.item_row = _framed(macros.item_row, 3, lambda state, given: (state.item.name, state.status.met, given))
        self.item_when = _kept(macros.item_when, _all)
        # Pictures and forecast.
        self.stage_heads = _kept(macros.stage_heads, _all)
        self.stage_cell = _framed(macros.stage_cell, 1, _all)
        self.date_of = _kept(macros.date_of, _dates)
        self.time_item = _kept(macros.time_item, NAME)
        self.time_words = _kept(macros.time_words, lambda plan, decides: (_dates(plan), decides))
        self.time_takes = _kept(macros.time_takes, _takes)
        self.on_routes = _kept(macros.on_routes, tuple)
        self.time_strip = _kept(macros.time_strip, str)


def _all(*things: Hashable) -> Hashable:
    return things


def _takes(item: Item) -> Hashable:
    lead = item.lead_time
    return lead and (lead.months, lead.range, lead.basis)


def _dates(plan: Plan) -> Hashable:
    planned = plan.state.answer.planned if plan.state.answer else None
    own = (plan.when, plan.could, plan.planned_late, plan.late_if_long, plan.missing)
    return *own, plan.start_by, plan.finish_by, planned


def _kept(render: Macro, key: Key) -> Macro:
    """Render once for each key."""
    cache: dict[Hashable, Markup] = {}

    def piece(*things: object) -> Markup:
        depends = key(*things)
        if depends not in cache:
            cache[depends] = render(*things)
        return cache[depends]

    return piece


def _framed(render: Macro, blanks: int, key: Key) -> Macro:
    """Render once for each key what stands around the last arguments, which only stand somewhere in the HTML.

    Args:
        blanks: How many arguments those are; they are escaped each time, if they are not HTML.
        key: Is given the arguments before them.
    """
    cache: dict[Hashable, list[str]] = {}

    def frame(*given: str) -> Markup:
        things, words = given[:-blanks], given[-blanks:]
        depends = key(*things)
        if depends not in cache:
            cache[depends] = str(render(*things, *[BLANK] * blanks)).split(BLANK)
        around = cache[depends]
        filled = [around[0]]
        for word, after in zip(words, around[1:], strict=True):
            filled += (word if isinstance(word, Markup) else escape(word), after)
        return joined(filled)

    return frame


def joined(pieces: Iterable[str]) -> Markup:
    """Join HTML without looking into it again, as `Markup.join` would."""
    return Markup("".join(pieces))  # noqa: S704
