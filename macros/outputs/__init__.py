"""Files for programs: the API, tables, pictures, calendars, feeds, schemas, first files and blank workbooks.

Comes in: a portfolio and the address of the site. Goes out: pairs of path and bytes. No HTML, and no view.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from macros.engine.portfolio import Portfolio
from macros.outputs.api.checklist import checklist_files
from macros.outputs.api.demand import demand_files
from macros.outputs.api.index import index_files
from macros.outputs.api.project import project_files
from macros.outputs.api.projects import published
from macros.outputs.api.region import region_files
from macros.outputs.api.report import report_schema
from macros.outputs.calendar import calendars
from macros.outputs.feed import feeds
from macros.outputs.first_file import blank_sheets, first_files
from macros.outputs.form import projects, questions, starts
from macros.outputs.pictures.files import pictures
from macros.outputs.tables.csv_files import csv_files
from macros.outputs.tables.datapackage import datapackage_file
from macros.outputs.tables.workbook import workbook_file

Output: TypeAlias = Callable[[Portfolio, str], Iterator[tuple[str, bytes]]]
"""From the projects and the address of the site, with a slash at its end, to files: path in the site, content."""

LINKED: list[Output] = [first_files, blank_sheets, questions, starts, feeds]
"""Made before the pages, which link to them."""

DATA: list[Output] = [published, project_files, region_files, checklist_files, demand_files, report_schema, index_files]
DATA += [csv_files, workbook_file, datapackage_file, pictures]
"""What is published as data: see docs/data.md."""

LAST: list[Output] = [*DATA, projects, calendars]
"""Made after the pages: what is large, and what lets go of the reports."""


def files(outputs: list[Output], portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Run through a list of outputs."""
    for output in outputs:
        yield from output(portfolio, site)
