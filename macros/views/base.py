"""What every view has: the handbook, the day, templates and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from macros.engine.portfolio import Portfolio
from macros.text.slugs import web_address
from macros.views.fragments import pieces
from macros.views.sentences import shown
from macros.views.templating import environment


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


class View:
    """The views of one handbook on one day.

    Args:
        portfolio: The projects, the handbook and the day that the pages speak of.
        link: From the source path of a page and an anchor to an address, seen from the root of the site.

    Attributes:
        edit_uri: The forge's address that edits docs/ in the repository of the projects; the site sets it.
        shared_edit_uri: The same where the shared files are; another one for a thin repository.
        up: The way from the page that is being written to the root, such as `../../`; the site sets it.
    """

    edit_uri = ""
    shared_edit_uri = ""
    up = ""

    def __init__(self, portfolio: Portfolio, link: Callable[[str, str], str]):
        self.projects = portfolio
        self.handbook = handbook = portfolio.handbook
        self.day = day = portfolio.day
        self.link = link
        self._addresses: dict[tuple[str, str, str], str] = {}
        self.templates = environment()
        self.templates.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        self.templates.globals.update(book=handbook, frame=handbook.frame, day=day, view=self, web=web_address)
        self.templates.globals["shown"] = partial(shown, self)
        self.parts, self.rows = pieces(self.templates, self)

    def render(self, template: str, **values: Any) -> Markup:
        """Fill a template; the result is HTML.

        Jinja would gather what all templates know anew each time, which takes longer than to fill a small one.
        """
        found = self.templates.get_template(f"{template}.html.j2")
        context = found.new_context({**self.templates.globals, **values}, shared=True)
        return Markup("".join(found.root_render_func(context)))  # noqa: S704

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


def as_entities(text: str) -> str:
    """Write text so that Markdown, attribute lists and HTML leave it alone."""
    words = " ".join(text.split())
    return re.sub(r"[^A-Za-z0-9 \u00c0-\U0010ffff]", lambda match: f"&#{ord(match[0])};", words)
