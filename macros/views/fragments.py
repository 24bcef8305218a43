"""Pieces of HTML that pages need by the thousand: each is made once for all pages that lie equally deep."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Any, Protocol

from jinja2 import Environment
from markupsafe import Markup, escape

NAME, STATUS = attrgetter("name"), attrgetter("unsupported", "status", "inherited", "renewed")


def _itself(*things: Hashable) -> Hashable:
    return things


def _plan_date(plan: Any) -> Hashable:
    planned = plan.state.answer.planned if plan.state.answer else None
    own = (plan.when, plan.planned_late, plan.late_if_long, plan.missing)
    return *own, plan.start_by, plan.finish_by, planned


def _takes(item: Any) -> Hashable:
    return item.lead_time and (item.lead_time.months, item.lead_time.range, item.lead_time.basis)


KEPT: dict[str, dict[str, Callable[..., Hashable]]] = {
    "parts": {
        "item_link": NAME,
        "gate": attrgetter("gate"),
        "owner": NAME,
        "lead_time": NAME,
        "partner_link": str,
        "severity": lambda finding: (finding.acknowledged is None, finding.severity),
        "partner_links": tuple,
        "stage_link": int,
        "status": STATUS,
        "status_words": STATUS,
    },
    "rows": {
        "named": NAME,
        "waiting": lambda items: (*map(NAME, items[:2]), len(items)),
        "gap_when": _itself,
        "met_status": STATUS,
        "met_since": _itself,
        "open_item": lambda state: (state.item.name, STATUS(state), state.answer and state.answer.planned),
        "plan_date": _plan_date,
        "chain_step": lambda step: (step.state.item.name, step.start_by, step.finish_by),
        "chain_end": _itself,
        "bar_head": NAME,
        "stage_heads": _itself,
        "stage_cell": _itself,
        "first_move": _itself,
        "why": _itself,
    },
}
"""Macros of templates that pages call by the thousand → what their HTML depends on."""

FRAMES: dict[str, tuple[int, Callable[..., Hashable]]] = {
    "remark": (1, _itself),
    "linked": (2, _itself),
    "gap_row": (4, lambda state, past, given: (state.item.name, STATUS(state), past, given)),
    "met_row": (4, lambda item, given: (item.name, given)),
    "plan_row": (2, lambda plan: (plan.state.item.name, plan.when, _takes(plan.state.item))),
    "move_line": (1, lambda state: (state.item.name, STATUS(state))),
}
"""Macros of `rows` whose last arguments only stand somewhere in their HTML → how many, and what the rest depends on."""
BLANK = "\0"


class Place(Protocol):
    """Where a page lies: `up` is the way from it to the root of the site."""

    up: str


def pieces(templates: Environment, place: Place) -> tuple[Any, Any]:
    """Give the macros of `parts` and `rows`, such that what they make is kept.

    Args:
        templates: They find the kept macros too.
        place: Of the page that is being written.
    """
    parts, rows = (templates.get_template(f"{name}.html.j2").module for name in KEPT)
    for module, macros in zip((parts, rows), KEPT.values(), strict=True):
        for name, key in macros.items():
            setattr(module, name, _kept(getattr(module, name), key, place))
    for name, (blanks, key) in FRAMES.items():
        setattr(rows, name, _framed(getattr(rows, name), blanks, key, place))
    return parts, rows


def _kept(make: Callable[..., Markup], key: Callable[..., Hashable], place: Place) -> Callable[..., Markup]:
    made: dict[tuple[str, Hashable], Markup] = {}

    def piece(*things: Any) -> Markup:
        depends = place.up, key(*things)
        if depends not in made:
            made[depends] = make(*things)
        return made[depends]

    return piece


def _framed(
    make: Callable[..., Markup], blanks: int, key: Callable[..., Hashable], place: Place
) -> Callable[..., Markup]:
    """Keep what stands around the last arguments; those are escaped each time, if they are not HTML."""
    made: dict[tuple[str, Hashable], list[str]] = {}

    def frame(*given: Any) -> Markup:
        things, words = given[:-blanks], given[-blanks:]
        depends = place.up, key(*things)
        if depends not in made:
            made[depends] = str(make(*things, *[BLANK] * blanks)).split(BLANK)
        around = made[depends]
        filled = [around[0]]
        for word, after in zip(words, around[1:], strict=True):
            filled += (word if isinstance(word, Markup) else escape(word), after)
        return joined(filled)

    return frame


def joined(pieces: Iterable[str]) -> Markup:
    """Join HTML without looking into it again, as `Markup.join` would."""
    return Markup("".join(pieces))  # noqa: S704
