"""Files for programs: the API, tables, pictures, calendars, feeds, schemas, first files and blank workbooks.

Comes in: a portfolio and the address of the site. Goes out: pairs of path and bytes. No HTML, and no view.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from macros.engine.portfolio import Portfolio
from macros.model.status_file import Project
from macros.outputs import calendar, feed, form
from macros.outputs.api import project as project_data
from macros.outputs.api.checklist import checklist_files
from macros.outputs.api.demand import demand_files
from macros.outputs.api.index import index_files
from macros.outputs.api.projects import published
from macros.outputs.api.region import region_files
from macros.outputs.api.report import report_schema
from macros.outputs.first_file import blank_sheets, first_files
from macros.outputs.pictures import files as pictures
from macros.outputs.tables import files as tables
from macros.outputs.tables.datapackage import datapackage_file

File: TypeAlias = tuple[str, bytes]
"""Path in the site, content."""

Output: TypeAlias = Callable[[Portfolio, str], Iterator[File]]
"""From the projects and the address of the site, with a slash at its end, to files."""

OF_CHECKLISTS: list[Output] = [report_schema, project_data.project_schema, checklist_files]
OF_CHECKLISTS += [index_files, datapackage_file, first_files, blank_sheets, form.questions, form.sheet, form.starts]
"""Those that say nothing of a project but of which kinds there are."""

DATA: list[Output] = [published, region_files, demand_files]
"""What is published as data of all projects, beside the tables: see docs/data.md."""

LINKED: list[Output] = [*DATA, *OF_CHECKLISTS]
"""Made before the pages, which link to them."""


class Each(NamedTuple):
    """An output of each project, and of all together.

    Attributes:
        of_one: Makes the files of a project, and what the files of all are made from: plain values, because a process
            may hand them to another one.
        of_all: Makes the files of all from these, in the order of the projects.
    """

    of_one: Callable[[Portfolio, Project, str], tuple[list[File], Any]]
    of_all: Callable[[Portfolio, list[Any], str], Iterator[File]]


def _nothing(*_: object) -> Iterator[File]:
    """Make no file of all projects."""
    return iter(())


EACH: list[Each] = [
    Each(form.of_project, _nothing),
    Each(project_data.of_project, _nothing),
    Each(pictures.of_project, _nothing),
    Each(calendar.of_project, calendar.of_all),
    Each(feed.of_project, feed.of_all),
    Each(tables.of_project, tables.of_all),
]
"""Made with the page of the project: what is large, and what lets go of the reports."""


def files(outputs: list[Output], portfolio: Portfolio, site: str) -> Iterator[File]:
    """Run through a list of outputs."""
    for output in outputs:
        yield from once(output(portfolio, site), portfolio)


ONCE, CHECKLIST = "api/", "api/v1/checklist.json"
"""The folder that only the root of a site has, and the file in it that there is for each language."""


def once(made: Iterable[File], portfolio: Portfolio) -> Iterator[File]:
    """Leave out what programs read, below the folder of a further language: it is published at the root of the site.

    The checklists alone are there in each language, under a name of their own.
    """
    language = portfolio.handbook.language
    for path, content in made:
        if not language.path or not path.startswith(ONCE):
            yield path, content
        elif path == CHECKLIST:
            yield f"../{CHECKLIST.replace('.json', f'.{language.code}.json')}", content


def of_project(portfolio: Portfolio, project: Project, site: str) -> tuple[list[File], list[Any]]:
    """Make the files of a project, and what those of all projects are made from."""
    made = [each.of_one(portfolio, project, site) for each in EACH]
    return [*once((file for files, _ in made for file in files), portfolio)], [rest for _, rest in made]


def later(portfolio: Portfolio) -> Iterator[str]:
    """List the files of all projects that a text may link to though they are made after the pages."""
    return (path for path, _ in once(((path, b"") for path in tables.paths(portfolio)), portfolio))


def of_all(portfolio: Portfolio, rests: list[list[Any]], site: str) -> Iterator[File]:
    """Make the files of all projects from what was returned with those of each."""
    for number, each in enumerate(EACH):
        mine = [rest[number] for rest in rests if rest[number] is not None]
        yield from once(each.of_all(portfolio, mine, site), portfolio)


def of_projects(portfolio: Portfolio, site: str) -> Iterator[File]:
    """Make the files of each project and of all, and let go of the reports on each project after it."""
    rests = []
    for project in portfolio.shown:
        made, rest = of_project(portfolio, project, site)
        rests.append(rest)
        portfolio.release(project.id)
        yield from made
    yield from of_all(portfolio, rests, site)
