"""The files of all tables, put together from the lines and rows of each project."""

from collections.abc import Iterator
from typing import TypeAlias

from macros.engine.portfolio import Portfolio
from macros.model.status_file import Project
from macros.outputs.tables.csv_files import as_csv, csv_lines, path_of
from macros.outputs.tables.table import Rows, Table
from macros.outputs.tables.tables import tables
from macros.outputs.tables.workbook import PATH, workbook
from macros.outputs.tables.xlsx_parts import sheet_rows

Part: TypeAlias = tuple[bytes, list[str]]
"""Some rows of a table: as lines of CSV, and as rows of a sheet, if the workbook has the table."""


def of_project(portfolio: Portfolio, project: Project, site: str) -> tuple[list[tuple[str, bytes]], list[Part] | None]:
    """Make the part of a project in each table; None where the tables are not published in this language."""
    book = portfolio.handbook
    if book.language.path:
        return [], None
    return [], [_part(table, table.of_project(portfolio, project, site)) for table in tables(book)]


def _part(table: Table, rows: Rows) -> Part:
    found = [*rows]
    return csv_lines(table, found), [] if table.long else sheet_rows(table.columns, found)


def of_all(portfolio: Portfolio, rests: list[list[Part]], site: str) -> Iterator[tuple[str, bytes]]:
    """Make every table, and the workbook."""
    shown = tables(portfolio.handbook)
    first = [_part(table, table.of_checklists(portfolio.handbook, site)) for table in shown]
    parts = dict(zip(shown, zip(first, *rests, strict=True), strict=True))
    for table, found in parts.items():
        yield path_of(table), as_csv(table, (lines for lines, _ in found))
    rows = {table: [row for _, rows in found for row in rows] for table, found in parts.items() if not table.long}
    yield PATH, workbook(portfolio, site, rows)


def paths(portfolio: Portfolio) -> list[str]:
    """List where they are."""
    return [*map(path_of, tables(portfolio.handbook)), PATH]
