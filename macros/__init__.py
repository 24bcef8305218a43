"""The Navigator: checklists and status files in, pages out. This file is what MkDocs runs."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

    from macros.terms import Term
    from macros.views import Views


def today() -> date:
    """Tell the day: that of SOURCE_DATE_EPOCH where it is set, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()


class Site:
    """One build: its views, and the HTML that waits until Markdown is done.

    Attributes:
        views: There once `define_env` has loaded the handbook.
        titles: Path of a generated page → its title, as text.
        held: Mark left in a page → HTML put in its place after Markdown.
        late: The same, put in last, when search has read the page.
        trails: Path of a page → the way to it, which stands above its content.
        terms: Those of the glossary and the expression that finds them, once a page has needed them.
    """

    views: Views

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.late: dict[str, str] = {}
        self.trails: dict[str, str] = {}
        self.terms: tuple[dict[str, Term], re.Pattern[str]] | None = None

    def hold(self, html: str, late: bool = False) -> str:
        """Put HTML aside and return the mark that stands for it."""
        waiting = self.late if late else self.held
        mark = f"<!--{'late' if late else 'held'}:{len(waiting)}-->"
        waiting[mark] = html
        return mark


site = Site()


def define_env(env: Any) -> None:
    """Load the handbook, or refuse politely, and register the macros."""
    from mkdocs.exceptions import PluginError

    from macros.load import load
    from macros.problems import Problems
    from macros.views import MACROS, Views

    site.__init__()  # type: ignore[misc]  # `serve` builds again and again
    day = today()
    try:
        handbook = load(Path(env.conf.config_file_path).parent, day)
    except Problems as problems:
        raise PluginError(f"the handbook has problems.\n\n{problems}\n") from None
    site.views = Views(handbook, day, functools.partial(_address, env))
    site.views.stash = site.hold
    site.views.edit_uri = env.conf.edit_uri or ""
    for name in MACROS:
        env.macro(_held(getattr(site.views, name)), name)


def _held(view: Callable[..., str]) -> Callable[..., str]:
    """Keep a view's HTML away from Markdown; what is Markdown goes through."""
    from markupsafe import Markup

    @functools.wraps(view)
    def macro(*arguments: Any) -> str:
        result = view(*arguments)
        return site.hold(result, hasattr(view, "is_late")) if isinstance(result, Markup) else result

    return macro


def _address(env: Any, path: str, anchor: str) -> str:
    """Give the address of a page (`.md`) or file from the page that is being written."""
    page = path.removesuffix(".md")
    if page == path:
        url = path
    elif env.conf.use_directory_urls:
        url = f"{page.removesuffix('index').rstrip('/')}/".lstrip("/")
    else:
        url = f"{page}.html"
    up = "../" * env.page.url.count("/")
    return f"{up}{url}{'#' * bool(anchor)}{anchor}" or "./"
