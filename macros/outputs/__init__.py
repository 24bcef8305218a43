"""Files for programs: the API, calendars, the feed, schemas, first files and blank workbooks.

Comes in: a portfolio and the address of the site. Goes out: pairs of path and bytes. No HTML, and no view.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from macros.engine.portfolio import Portfolio
from macros.outputs.api.projects import published
from macros.outputs.api.region import region_files
from macros.outputs.api.report import report_schema
from macros.outputs.calendar import calendars
from macros.outputs.feed import feeds
from macros.outputs.first_file import blank_sheets, first_files
from macros.outputs.form import projects, questions, starts

Output: TypeAlias = Callable[[Portfolio, str], Iterator[tuple[str, bytes]]]
"""From the projects and the address of the site, with a slash at its end, to files: path in the site, content."""

LINKED: list[Output] = [published, region_files, report_schema, first_files, blank_sheets, questions, starts, feeds]
"""Made before the pages, which link to them."""

LAST: list[Output] = [projects, calendars]
"""Made after the pages: what is large, and what lets go of the reports."""


def files(outputs: list[Output], portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Run through a list of outputs."""
    for output in outputs:
        yield from output(portfolio, site)
