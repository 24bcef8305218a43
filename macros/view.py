"""What every view has: the handbook, the day, templates and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from macros.handbook import Handbook
from macros.words import web_address


def macro(view: Callable[..., str]) -> Callable[..., str]:
    """Mark a view as a macro for pages."""
    view.is_macro = True  # type: ignore[attr-defined]
    return view


def late(view: Callable[..., str]) -> Callable[..., str]:
    """Mark a macro whose HTML is put in last, outside Markdown and the search index."""
    view.is_late = True  # type: ignore[attr-defined]
    return macro(view)


def environment(**more: Any) -> Environment:
    """Make an environment for our templates: every value escaped, every name known, words to translate."""
    return Environment(
        loader=PackageLoader("macros"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        **more,
    )


class View:
    """The views of one handbook on one day.

    Args:
        handbook: What was read.
        day: The day that the pages speak of.
        link: From the source path of a page and an anchor to an address, seen from the page
            that is being written. The site changes it from page to page.
    """

    def __init__(self, handbook: Handbook, day: date, link: Callable[[str, str], str]):
        self.handbook = handbook
        self.day = day
        self.link = link
        self.templates = environment()
        self.templates.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        self.templates.globals.update(book=handbook, frame=handbook.frame, day=day, view=self, web=web_address)

    def render(self, template: str, **values: Any) -> Markup:
        """Fill a template; the result is HTML."""
        return Markup(self.templates.get_template(f"{template}.html.j2").render(values))  # noqa: S704

    # --- addresses ---

    def page(self, path: str, anchor: str = "") -> str:
        """Give the address of a page by its path under docs/, without `.md`."""
        return self.link(f"{path}.md", anchor)

    def file(self, path: str) -> str:
        """Give the address of a file that is not a page, by its path in the site."""
        return self.link(path, "")

    def item_page(self, name: str) -> str:
        """Give the address of an item's guidance."""
        area, _, word = name.partition("/")
        return self.page(f"areas/{area}", word)

    stash: Callable[[str], str] = staticmethod(lambda html: html)
    """Put HTML aside until Markdown is done; the site replaces it."""


def as_entities(text: str) -> str:
    """Write text so that Markdown, attribute lists and HTML leave it alone."""
    words = " ".join(text.split())
    return re.sub(r"[^A-Za-z0-9 \u00c0-\U0010ffff]", lambda match: f"&#{ord(match[0])};", words)
