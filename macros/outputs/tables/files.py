"""The files of all tables, put together from the lines and rows of each project."""

import zlib
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from macros.engine.portfolio import Portfolio
from macros.model.status_file import Project
from macros.outputs.tables.csv_files import as_csv, csv_lines, path_of
from macros.outputs.tables.table import Rows, Table
from macros.outputs.tables.tables import tables
from macros.outputs.tables.workbook import PATH, workbook
from macros.outputs.tables.xlsx_parts import sheet_rows

Part: TypeAlias = tuple[bytes, bytes]
"""Some rows of a table: as lines of CSV, and as rows of a sheet, if the workbook has the table. Compressed, because
they are in memory until all projects are written; about a sixth as large."""


def of_project(portfolio: Portfolio, project: Project, site: str) -> tuple[list[tuple[str, bytes]], list[Part] | None]:
    """Make the part of a project in each table; None where the tables are not published in this language."""
    book = portfolio.handbook
    if book.language.path:
        return [], None
    return [], [_part(table, table.of_project(portfolio, project, site)) for table in tables(book)]


def _part(table: Table, rows: Rows) -> Part:
    found = [*rows]
    in_sheet = "" if table.long else sheet_rows(table.columns, found)
    return zlib.compress(csv_lines(table, found), 1), zlib.compress(in_sheet.encode(), 1)


def of_all(portfolio: Portfolio, rests: list[list[Part]], site: str) -> Iterator[tuple[str, bytes]]:
    """Make every table, and the workbook."""
    shown = tables(portfolio.handbook)
    first = [_part(table, table.of_checklists(portfolio.handbook, site)) for table in shown]
    parts = dict(zip(shown, zip(first, *rests, strict=True), strict=True))
    for table, found in parts.items():
        yield path_of(table), as_csv(table, (zlib.decompress(lines) for lines, _ in found))
    yield PATH, workbook(portfolio, site, {table: _rows(found) for table, found in parts.items() if not table.long})


def _rows(parts: Iterable[Part]) -> Iterator[str]:
    return (zlib.decompress(rows).decode() for _, rows in parts)


def paths(portfolio: Portfolio) -> list[str]:
    """List where they are."""
    return [*map(path_of, tables(portfolio.handbook)), PATH]
