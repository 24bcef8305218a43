"""Files for programs: the API, calendars, the feed, schemas, first files and blank workbooks.

Comes in: a portfolio and the address of the site. Goes out: pairs of path and bytes. No HTML, and no view.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from macros.engine.portfolio import Portfolio
from macros.outputs.api import published
from macros.outputs.calendar import calendars
from macros.outputs.feed import feeds
from macros.outputs.first_file import blank_sheets, first_files
from macros.outputs.form import projects, questions, starts
from macros.outputs.project_report import report_schema

Output: TypeAlias = Callable[[Portfolio, str], Iterator[tuple[str, bytes]]]
"""From the projects and the address of the site, with a slash at its end, to files: path in the site, content."""

LINKED: list[Output] = [published, report_schema, first_files, blank_sheets, questions, starts, feeds]
"""Made before the pages, which link to them."""

LAST: list[Output] = [projects, calendars]
"""Made after the pages: what is large, and what lets go of the reports."""


ONCE, CHECKLIST = "api/", "api/v1/checklist.json"
"""The folder that only the root of a site has, and the file in it that there is for each language."""


def files(outputs: list[Output], portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Run through a list of outputs.

    What programs read is published once, at the root of the site, and not again below the folder of a further
    language. The checklists alone are there in each language, under a name of their own.
    """
    language = portfolio.handbook.language
    for output in outputs:
        for path, content in output(portfolio, site):
            if not language.path or not path.startswith(ONCE):
                yield path, content
            elif path == CHECKLIST:
                yield f"../{CHECKLIST.replace('.json', f'.{language.code}.json')}", content
