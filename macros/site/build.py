"""One build of the site: what is loaded, what waits until Markdown is done, and what has been written."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from macros.engine.portfolio import Portfolio
from macros.load.handbook import load
from macros.site.branding import edit_address
from macros.site.environment import home_of, part_of_environment, today
from macros.views.all import MACROS, Views

if TYPE_CHECKING:
    from macros.site.layout import Call, Page
    from macros.views.glossary import Term


class Site:
    """One build: its views, and the HTML that waits until Markdown is done.

    Attributes:
        home: The folder that holds `region/` and its projects.
        views: There once `define_env` has loaded the handbook.
        macros: Name of a view → the view as pages call it: what it makes is kept away from Markdown.
        made: Path of a generated page → the page.
        held: Mark left in a page → HTML put in its place after Markdown.
        late: Mark left in a page → what makes the HTML put in last, when search has read the page. It is made only
            then, so that no more than one page is in memory.
        total: How many pages there are; `written` says how many of them are done.
        trails: Path of a page → the way to it, which stands above its content.
        terms: Those of the glossary and the expression that finds them, once a page has needed them.
    """

    home: Path
    views: Views

    def __init__(self) -> None:
        self.macros: dict[str, Callable[..., str]] = {}
        self.made: dict[str, Page] = {}
        self.held: dict[str, str] = {}
        self.late: dict[str, Callable[[], str]] = {}
        self.marks = self.written = self.total = 0
        self.trails: dict[str, str] = {}
        self.terms: tuple[dict[str, Term], re.Pattern[str]] | None = None

    def hold(self, html: str, inline: bool = False) -> str:
        """Put HTML aside and return the mark that stands for it.

        Markdown takes a comment at the start of a line for a block, so inside a sentence the mark is an element.
        """
        self.marks += 1
        mark = f'<i data-held="{self.marks}"></i>' if inline else f"<!--held:{self.marks}-->"
        self.held[mark] = html
        return mark

    def postpone(self, view: Callable[[], str]) -> str:
        """Put a view aside and return the mark that stands for its HTML."""
        self.marks += 1
        mark = f"<!--late:{self.marks}-->"
        self.late[mark] = view
        return mark

    def call(self, call: Call) -> str:
        """Show a view in a page, as a macro would."""
        return self.macros[call.view](*call.arguments)

    def show(self, call: Call) -> str:
        """Give the HTML of a view at once."""
        html: str = getattr(self.views, call.view)(*call.arguments)
        return html

    def fill(self, html: str, kind: str) -> str:
        """Put in what waits: for `held` or `late` marks."""
        block, inline = rf"(<!--{kind}:\d+-->)", rf'(<i data-{kind}="\d+"></i>)'
        if f"<p><!--{kind}:" in html or f"<i data-{kind}" in html:
            return re.sub(f"<p>{block}</p>|{block}|{inline}", lambda m: self.take(m[1] or m[2] or m[3]), html)
        return re.sub(block, lambda m: self.take(m[1]), html)  # which is found several times as fast

    def take(self, mark: str) -> str:
        """Give the HTML that a mark stands for, once; a mark that is none of ours stays as it is."""
        if mark in self.late:
            return self.late.pop(mark)()
        return self.held.pop(mark, mark)


site = Site()


def get_ready(root: Path, edit_uri: str, directories: bool = True) -> None:
    """Load the handbook and make its macros.

    Args:
        root: The repository.
        edit_uri: The address under which docs/ is edited, where no region says otherwise.
        directories: Whether a page `a.md` gets the address `a/` rather than `a.html`.

    Raises:
        Problems: every mistake found, when there is one.
    """
    site.__init__()  # type: ignore[misc]  # `serve` builds again and again
    day = today()
    site.home = home_of(root)
    handbook = load(root, day, site.home, part_of_environment())
    site.views = Views(Portfolio(handbook, day), functools.partial(_address, directories))
    site.views.stash = site.hold
    site.views.shared_edit_uri = edit_uri
    site.views.edit_uri = edit_address(handbook.region) if handbook.region else edit_uri
    site.macros = {name: _held(getattr(site.views, name)) for name in MACROS}


def _held(view: Callable[..., str]) -> Callable[..., str]:
    """Keep a view's HTML away from Markdown; what is Markdown goes through."""

    @functools.wraps(view)
    def macro(*arguments: Any) -> str:
        if hasattr(view, "is_late"):
            return site.postpone(functools.partial(view, *arguments))
        result = view(*arguments)
        return site.hold(result, hasattr(view, "is_inline")) if isinstance(result, Markup) else str(result)

    return macro


def _address(directories: bool, path: str, anchor: str) -> str:
    """Give the address of a page (`.md`) or file, seen from the root of the site."""
    page = path.removesuffix(".md")
    if page == path:
        url = path
    elif directories:
        url = f"{page.removesuffix('index').rstrip('/')}/".lstrip("/")
    else:
        url = f"{page}.html"
    return f"{url}{'#' * bool(anchor)}{anchor}"
