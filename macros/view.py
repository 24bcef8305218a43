"""What every view has: the handbook, the day, templates and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from operator import attrgetter
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup, escape

from macros.handbook import Handbook
from macros.templating import environment
from macros.words import web_address


def macro(view: Callable[..., str]) -> Callable[..., str]:
    """Mark a view as a macro for pages."""
    view.is_macro = True  # type: ignore[attr-defined]
    return view


def inline(view: Callable[..., str]) -> Callable[..., str]:
    """Mark a macro whose HTML stands inside a sentence."""
    view.is_inline = True  # type: ignore[attr-defined]
    return macro(view)


def late(view: Callable[..., str]) -> Callable[..., str]:
    """Mark a macro whose HTML is put in last, outside Markdown and the search index."""
    view.is_late = True  # type: ignore[attr-defined]
    return macro(view)


NAME, STATUS = attrgetter("name"), attrgetter("unsupported", "status", "inherited", "renewed")


def _itself(*things: Hashable) -> Hashable:
    return things


KEPT: dict[str, dict[str, Callable[..., Hashable]]] = {
    "parts": {
        "item_link": NAME,
        "gate": attrgetter("gate"),
        "owner": NAME,
        "lead_time": NAME,
        "partner_link": str,
        "partner_links": tuple,
        "stage_link": int,
        "status": STATUS,
        "status_words": STATUS,
    },
    "rows": {
        "named": NAME,
        "row_head": NAME,
        "waiting": lambda items: (*map(NAME, items[:2]), len(items)),
        "gap_cells": lambda state, past: (state.item.name, STATUS(state), past),
        "gap_when": _itself,
        "gap_evidence": lambda item: item and item.name,
        "met_status": STATUS,
        "met_cells": NAME,
        "met_since": _itself,
        "met_evidence": _itself,
        "row_end": _itself,
        "open_item": lambda state: (state.item.name, STATUS(state), state.answer and state.answer.planned),
        "move_head": lambda state: (state.item.name, STATUS(state)),
        "plan_head": lambda plan: (plan.state.item.name, plan.when),
        "plan_date": lambda plan: _plan_date(plan),
        "plan_cells": NAME,
        "chain_step": lambda plan: (plan.state.item.name, plan.start_by, plan.finish_by),
        "chain_end": _itself,
        "bar_head": NAME,
        "stage_heads": _itself,
        "stage_cell": _itself,
    },
}
"""Macros of templates that pages call by the thousand → what their HTML depends on."""

FRAMES = ("remark", "linked")
"""Macros of `rows` that put something around words of a project's own, and depend on nothing else."""
BLANK = "\0"


def _plan_date(plan: Any) -> Hashable:
    planned = plan.state.answer.planned if plan.state.answer else None
    own = (plan.when, plan.planned_late, plan.late_if_long, plan.missing)
    return *own, plan.start_by, plan.finish_by, planned


class View:
    """The views of one handbook on one day.

    Args:
        handbook: What was read.
        day: The day that the pages speak of.
        link: From the source path of a page and an anchor to an address, seen from the root of the site.

    Attributes:
        edit_uri: The forge's address that edits docs/ in the repository of the projects; the site sets it.
        shared_edit_uri: The same where the shared files are; another one for a thin repository.
        up: The way from the page that is being written to the root, such as `../../`; the site sets it.
    """

    edit_uri = ""
    shared_edit_uri = ""
    up = ""

    def __init__(self, handbook: Handbook, day: date, link: Callable[[str, str], str]):
        self.handbook = handbook
        self.day = day
        self.link = link
        self._addresses: dict[tuple[str, str, str], str] = {}
        self._pieces: dict[tuple[str, str, Hashable], Markup] = {}
        self.templates = environment()
        self.templates.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        self.templates.globals.update(book=handbook, frame=handbook.frame, day=day, view=self, web=web_address)
        for template, kept in KEPT.items():
            module = self.templates.get_template(f"{template}.html.j2").module
            for name, key in kept.items():
                setattr(module, name, self._kept(name, getattr(module, name), key))
        self.parts: Any = self.templates.get_template("parts.html.j2").module
        self.rows: Any = self.templates.get_template("rows.html.j2").module
        for name in FRAMES:
            setattr(self.rows, name, _framed(getattr(self.rows, name)))

    def _kept(self, name: str, make: Callable[..., Markup], key: Callable[..., Hashable]) -> Callable[..., Markup]:
        """Make a piece of HTML once for all pages that lie equally deep."""

        def piece(*things: Any) -> Markup:
            place = (self.up, name, key(*things))
            if (found := self._pieces.get(place)) is None:
                found = self._pieces[place] = make(*things)
            return found

        return piece

    def render(self, template: str, **values: Any) -> Markup:
        """Fill a template; the result is HTML."""
        return Markup(self.templates.get_template(f"{template}.html.j2").render(values))  # noqa: S704

    def links(self, names: Iterable[str], between: str = "; ") -> Markup:
        """Link the pages of items, by their full names; what stands between them is HTML."""
        items, link = self.handbook.every_item, self.parts.item_link
        return Markup(between.join(link(items[name]) for name in names))  # noqa: S704

    # --- addresses ---

    def page(self, path: str, anchor: str = "") -> str:
        """Give the address of a page by its path under docs/, without `.md`."""
        return self._address(f"{path}.md", anchor)

    def file(self, path: str) -> str:
        """Give the address of a file that is not a page, by its path in the site."""
        return self._address(path, "")

    def edit_address(self, path: str) -> str:
        """Give the forge's page that edits a shared file; empty where the forge is not known."""
        return urljoin(self.shared_edit_uri, f"../{path}") if self.shared_edit_uri else ""

    def item_page(self, name: str) -> str:
        """Give the address of an item's guidance."""
        area, _, word = name.partition("/")
        return self.page(f"areas/{area}", word)

    def _address(self, path: str, anchor: str) -> str:
        place = (self.up, path, anchor)
        if (found := self._addresses.get(place)) is None:
            found = self._addresses[place] = f"{self.up}{self.link(path, anchor)}" or "./"
        return found

    stash: Callable[[str], str] = staticmethod(lambda html: html)
    """Put HTML aside until Markdown is done; the site replaces it."""


def _framed(make: Callable[..., Markup]) -> Callable[..., Markup]:
    """Make what stands around words once; the words are escaped each time."""
    around = make(*[BLANK] * len(make.arguments)).split(BLANK)  # type: ignore[attr-defined]

    def frame(*words: str) -> Markup:
        escaped = (part for word, after in zip(words, around[1:], strict=True) for part in (escape(word), after))
        return joined([around[0], *escaped])

    return frame


def joined(pieces: Iterable[Markup]) -> Markup:
    """Join HTML without looking into it again, as `Markup.join` would."""
    return Markup("".join(pieces))  # noqa: S704


def as_entities(text: str) -> str:
    """Write text so that Markdown, attribute lists and HTML leave it alone."""
    words = " ".join(text.split())
    return re.sub(r"[^A-Za-z0-9 \u00c0-\U0010ffff]", lambda match: f"&#{ord(match[0])};", words)
