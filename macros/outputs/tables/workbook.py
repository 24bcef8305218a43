"""The tables as one workbook, for people: `api/v1/navigator.xlsx`. Gaps are left out, because there are so many."""

from collections.abc import Iterable, Iterator, Mapping

from macros.engine.portfolio import Portfolio
from macros.outputs.api.published import FOLDER, licence_of_all
from macros.outputs.identity import site_name
from macros.outputs.tables.table import Column, Table, Value
from macros.outputs.tables.xlsx_parts import packed, sheet, sheet_rows

PATH = f"{FOLDER}navigator.xlsx"
ABOUT = (
    Column("table", "string", "The sheet.", wide=14),
    Column("column", "string", "Its column.", wide=26),
    Column("meaning", "string", "What it says.", wide=110),
)


def workbook(portfolio: Portfolio, site: str, rows: Mapping[Table, Iterable[str]]) -> bytes:
    """Write the workbook from the rows of its tables. The same projects on the same day give the same bytes."""
    sheets = {table.name: sheet(table.columns, found, len(table.key)) for table, found in rows.items()}
    about = sheet_rows(ABOUT, _about(portfolio, site, rows))
    return packed({"about": sheet(ABOUT, about, 1), **sheets})


def _about(portfolio: Portfolio, site: str, shown: Iterable[Table]) -> Iterator[list[Value]]:
    """Say what the workbook is, and what its columns mean."""
    licence = licence_of_all(portfolio)
    yield ["", "title", site_name(portfolio.handbook)]
    yield ["", "day", str(portfolio.day)]
    yield ["", "edition", portfolio.handbook.frame.edition]
    yield ["", "address", f"{site}{PATH}"]
    yield ["", "licence", f"{licence.title}, {licence.address}" if licence else "none is stated"]
    for table in shown:
        yield [table.name, "", table.about]
        for column in table.columns:
            yield [table.name, column.name, column.about]
