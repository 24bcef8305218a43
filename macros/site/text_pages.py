"""Pages written by hand → Markdown: their macros are called, in a sandbox that knows these and nothing else.

The check has refused everything but calls before (`macros/pages/calls.py`). The sandbox is the second line: it has no
filters, no tests, no globals of Jinja and no loader, and what it reads has no blocks and no comments.
"""

from collections.abc import Callable, Mapping
from functools import partial
from traceback import walk_tb
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros.pages.calls import asks_for_macros
from macros.pages.links import as_on_site
from macros.views.registry import VIEWS

NEVER = "\0"
"""Begins the marks of blocks and comments, which no page can hold: `{#name}` after a heading is text."""


class PageError(ValueError):
    """A page cannot be made; the text says which one, the line, and why."""


def rendered(file: str, text: str, macros: Mapping[str, Callable[..., str]], above: int = 0) -> str:
    """Call the macros of a page.

    Args:
        file: Its path, for messages.
        text: The page, without its front matter.
        macros: Name → what is called.
        above: How many lines the front matter has.

    Raises:
        PageError: with file and line, when a call fails or the text holds something else.
    """
    if "{{" not in text:
        return text
    try:
        return _sandbox(macros).from_string(text).render()
    except Exception as error:
        if isinstance(error, TemplateSyntaxError):
            line = error.lineno
        else:
            lines = [
                number for frame, number in walk_tb(error.__traceback__) if "<template>" in frame.f_code.co_filename
            ]
            line = lines[-1] if lines else 1
        why = str(error).strip("'\"") or type(error).__name__
        raise PageError(f"{file}:{line + above}: a macro on this line cannot be called: {why}") from None


class Sandbox(ImmutableSandboxedEnvironment):
    """Knows the macros that it is given, and computes nothing."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def call_binop(self, _context: Context, operator: str, _left: Any, _right: Any) -> Any:
        """Refuse to compute: a short text could ask for a number that fills the memory."""
        raise SecurityError(f"{operator} is not used in pages")


def _sandbox(macros: Mapping[str, Callable[..., str]]) -> ImmutableSandboxedEnvironment:
    sandbox: Any = Sandbox(
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        **{f"{mark}_{end}_string": f"{NEVER}{mark}{end}" for mark in ("block", "comment") for end in ("start", "end")},
    )
    for names in (sandbox.globals, sandbox.filters, sandbox.tests):
        names.clear()
    sandbox.globals.update(macros)
    return sandbox  # type: ignore[no-any-return]


def filled(file: str, whole: str, body: str, place: Callable[..., str], is_file: Callable[[str], bool]) -> str:
    """Make Markdown of a page that somebody has written.

    Macros are called in every guide of docs/, and in a region's page that asks for it.

    Args:
        file: The path of the page in the repository.
        whole: The page with its front matter.
        body: The page without it.
        place: From the name of a view and its arguments to what stands in the page.
        is_file: Whether a path of the repository is a file; links of a region may be written as on disk.

    Raises:
        PageError: a macro cannot be called.
    """
    of_region = file.startswith("region/")
    text = as_on_site(file, body, is_file) if of_region else body
    if of_region and not asks_for_macros(whole):
        return text
    above = max(0, whole.count("\n") - body.count("\n"))
    return rendered(file, text, {view: partial(place, view) for view in VIEWS}, above)
