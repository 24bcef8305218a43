"""The tables as one workbook, for people: `api/v1/navigator.xlsx`. Every text is a text, and no cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from macros.engine.portfolio import Portfolio
from macros.outputs.api.published import FOLDER, licence_of_all
from macros.outputs.identity import site_name
from macros.outputs.tables.table import Column, Table, Value
from macros.outputs.tables.tables import tables

PATH = f"{FOLDER}navigator.xlsx"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_file(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the workbook: path in the site, content. The same projects on the same day give the same bytes."""
    import xlsxwriter  # only where a workbook is written

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "in_memory": True})
    day = portfolio.day
    book.set_properties({"title": site_name(portfolio.handbook), "created": datetime(day.year, day.month, day.day)})
    head = book.add_format({"bold": True})
    looks = {"date": book.add_format({"num_format": "yyyy-mm-dd"})}
    _about(book.add_worksheet("about"), portfolio, site)
    for table in tables(portfolio.handbook):
        _sheet(book.add_worksheet(table.name), table, table.rows(portfolio, site), head, looks)
    book.close()
    yield PATH, made.getvalue()
