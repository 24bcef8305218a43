"""Pieces of HTML that pages need by the thousand: each is rendered once for all pages that lie equally deep.

`Fragments` names them; what they take and return stands in `templates/fragments.html.j2`, and templates get them from
`parts.html.j2`. Without them, a build of 200 projects took 1.25 to 1.65 times as long.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeAlias

from jinja2 import Environment
from markupsafe import Markup, escape

from macros.assessment.assess import Count
from macros.assessment.forecast import ASK, BY, LATE, NOW, UNDER_WAY, Plan
from macros.engine.routes import Routes
from macros.model.items import Item
from macros.model.status_file import Answer
from macros.text.dates import Month
from macros.text.messages import N_, NN_
from macros.views.templating import WordsInPlace, words_of

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
        self.cell_head = _kept(macros.cell_head, _cell)
        # Pictures and forecast.
        self.stage_heads = _kept(macros.stage_heads, _all)
        self.stage_cell = _framed(macros.stage_cell, 1, _all)
        self.dates = Dates(words_of(templates))
        self.time_item = _kept(macros.time_item, NAME)
        self.time_takes = _kept(macros.time_takes, _takes)
        self.on_routes = _kept(macros.on_routes, tuple)
        self.time_strip = _kept(macros.time_strip, str)


def _all(*things: Hashable) -> Hashable:
    return things


def _cell(track: str, stage: int, counts: Mapping[Routes, Sequence[Count]]) -> Hashable:
    return track, stage, tuple((routes, tuple(count[:2] for count in some)) for routes, some in counts.items())


def _takes(item: Item) -> Hashable:
    lead = item.lead_time
    return lead and (lead.months, lead.range, lead.basis)


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


class Dates:
    """What the pages of projects say of dates: as functions, because nearly every text is another one.

    As templates, whose texts were kept, they took 1.5 ms for each project.
    """

    def __init__(self, words: WordsInPlace) -> None:
        self._words = words

    def _say(self, text: str, **values: object) -> str:
        return self._words.said(text, self._words.language.gettext(text)) % values

    def _strong(self, text: str, css: str = "") -> str:
        kind = f' class="{css}"' if css else ""
        return f"<strong{kind}>{self._say(text)}</strong>: "

    def of(self, plan: Plan) -> Markup:
        """Say when an item is to start or to be met, and whether that is late."""
        planned = plan.state.answer.planned if plan.state.answer else None
        return Markup("".join(self._of(plan, planned)))  # noqa: S704

    def _of(self, plan: Plan, planned: Month | None) -> Iterator[str]:
        say, start, finish = self._say, plan.start_by, plan.finish_by
        if plan.when == LATE:
            yield self._strong(N_("late"), "nav-late")
            yield self._late(plan, planned)
        elif plan.when == NOW:
            yield self._strong(N_("start now"), "nav-now")
            yield say(N_("by %(month)s"), month=start)
        elif plan.when == ASK:
            yield self._strong(N_("look at it"))
            yield say(N_("perhaps late") if plan.could == LATE else N_("perhaps to start by %(month)s"), month=start)
        elif plan.when == BY:
            yield say(N_("start by %(month)s"), month=start)
            yield self._and(PLANNED, planned)
        elif plan.when == UNDER_WAY:
            yield say(N_("under way"))
            yield self._and(PLANNED, planned) or f", {say(NO_MONTH)}"
            yield self._and(NEEDED, finish)
        elif plan.missing == "target":
            yield say(N_("no date: no target bounds it"))
        else:
            yield say(N_("no date: its lead time is missing"))
            yield self._and(NEEDED, finish)

    def _late(self, plan: Plan, planned: Month | None) -> str:
        if plan.planned_late:
            return self._say(N_("planned %(planned)s, needed %(month)s"), planned=planned, month=plan.finish_by)
        if not plan.start_by:
            return self._say(NEEDED, month=plan.finish_by)
        soon = plan.slack is not None and plan.slack >= 0
        text = N_("cannot begin by %(month)s") if soon else N_("should have started by %(month)s")
        return self._say(text, month=plan.start_by)

    def _and(self, text: str, month: object) -> str:
        return f", {self._say(text, month=month)}" if month else ""

    def in_full(self, plan: Plan, decides: Sequence[int]) -> str:
        """Say the same, and what else is to be said of its date: HTML.

        Args:
            decides: The stages whose earliest month the item helps to decide.
        """
        planned = plan.state.answer.planned if plan.state.answer else None
        besides = plan.when in (ASK, NOW) or (plan.when == LATE and not plan.planned_late)
        said = [*self._of(plan, planned)]
        said += [self._and(NEEDED, plan.finish_by)] if plan.when == ASK else []
        said += [self._and(PLANNED, planned)] if besides else []
        said += [f", {self._say(IF_LONG)}"] if plan.late_if_long else []
        if decides:
            words = DECIDES.of(len(decides))
            stages = self._words.said(words, self._words.language.ngettext(*DECIDES, len(decides)))
            said.append(f"; {stages} {', '.join(map(str, decides))}")
        return "".join(said)

    def answered(self, answer: Answer | None) -> Markup:
        """Say since when an answer holds, or for when it is planned, and when it was looked at again."""
        if answer is None:
            return Markup()
        first = self._say(PLANNED, month=answer.planned) if answer.planned else ""
        if answer.since and not first:
            first = self._say(N_("since %(day)s"), day=answer.since)
        again = f", {self._say(AGAIN, day=answer.reviewed)}" if answer.reviewed else ""
        return Markup(f" {first}{again}" if first or again else "")  # noqa: S704


PLANNED, NEEDED, NO_MONTH = N_("planned %(month)s"), N_("needed by %(month)s"), N_("no month given")
IF_LONG, AGAIN = N_("late if lead times run long"), N_("looked at again %(day)s")
DECIDES = NN_("decides stage", "decides stages")


def joined(pieces: Iterable[str]) -> Markup:
    """Join HTML without looking into it again, as `Markup.join` would."""
    return Markup("".join(pieces))  # noqa: S704
