"""Flat tables: what a program, a spreadsheet and Frictionless read is what is published, and no cell is a formula."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from macros.outputs.tables.csv_files import FORMULA
from macros.outputs.tables.datapackage import datapackage_file
from macros.outputs.tables.table import Table
from macros.outputs.tables.tables import tables
from macros.outputs.tables.workbook import PATH
from macros.sheets.xlsx import Cell, read_workbook
from tests.support.each import each
from tests.support.site import Site
from tests.support.tables import ITEMS, SAVED, SITE, TITLES, made_of, rows_of, small_portfolio, table_rows

PORTFOLIO = small_portfolio()
TABLES = {table.name: table for table in tables(PORTFOLIO.handbook)}
MADE, ROWS = made_of(PORTFOLIO), table_rows(PORTFOLIO)
CSV = {path: content for path, content in MADE.items() if path != PATH}
SPREADSHEET_READS = {"number", "month"}
"""Titles that a spreadsheet takes for a number or a day when it opens CSV; the workbook keeps them."""


def unmarked(text: str) -> str:
    """Take off the apostrophe before what could be a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


@each("name", TABLES)
def test_a_program_reads_from_csv_what_the_table_holds(name: str) -> None:
    table = TABLES[name]
    head, *rows = ROWS[name]
    assert head == [column.name for column in table.columns]
    found = [[unmarked(text) for text in row] for row in rows]
    assert found == [["" if v is None else str(v) for v in row] for row in rows_of(table, PORTFOLIO)]
    assert found


def test_csv_is_what_a_double_click_in_swedish_settings_opens() -> None:
    for path, content in CSV.items():
        assert content.startswith(b"\xef\xbb\xbf"), path
        assert content.splitlines()[0].count(b";") == len(TABLES[Path(path).stem].columns) - 1
        assert content.endswith(b"\r\n")
        assert content.count(b"\n") == content.count(b"\r\n") == len(ROWS[Path(path).stem])


def test_no_text_of_a_table_could_be_a_formula_and_numbers_have_no_apostrophe() -> None:
    cells = [text for rows in ROWS.values() for row in rows for text in row]
    assert [text for text in cells if text.startswith(FORMULA)] == []
    assert {text for text in cells if text.startswith("'")} == {
        f"'{text}"
        for text in [*TITLES.values(), *(item.get("title", "") for item in ITEMS.values())]
        if text.startswith(FORMULA)
    }


def test_rows_are_known_by_their_key_and_point_to_rows_that_are_there() -> None:
    def values(table: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
        head, *rows = ROWS[table]
        return [tuple(row[head.index(column)] for column in columns) for row in rows]

    for table in TABLES.values():
        keys = values(table.name, table.key)
        assert len(keys) == len(set(keys)), table.name
        for pointer in table.pointers:
            there = set(values(pointer.table, pointer.others))
            assert set(values(table.name, pointer.columns)) <= there, (table.name, pointer)


def test_the_gaps_of_a_project_have_the_dates_of_its_forecast() -> None:
    head, *rows = ROWS["gaps"]
    found = {row[head.index("item")]: dict(zip(head, row, strict=True)) for row in rows if row[0] == "plus"}
    (report,) = PORTFOLIO.reports("plus")
    assert found.keys() == {name for name, state in report.assessment.states.items() if state.open}
    for name, plan in report.forecast.plans.items():
        assert (found[name]["when"], found[name]["start_by"]) == (plan.when, str(plan.start_by or ""))


# --- workbooks ---


def cells_of(table: Table, cells: dict[str, Cell]) -> Iterator[tuple[str, str, Cell | None]]:
    """Pair what a table holds with the cells of a sheet: column, value, cell."""
    letters = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *(f"A{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    for number, row in enumerate(rows_of(table, PORTFOLIO), 2):
        for letter, column, value in zip(letters, table.columns, row, strict=False):
            yield column.kind, "" if value is None else str(value), cells.get(f"{letter}{number}")


def as_written(kind: str, cell: Cell | None) -> str:
    """Say what a cell holds in the words of the table."""
    if cell is None:
        return ""
    if kind in ("date", "yearmonth") and cell.number:
        day = str(date.fromordinal(int(cell.number) + date(1899, 12, 30).toordinal()))
        return day if kind == "date" else day.removesuffix("-01")
    return cell.text


@pytest.mark.parametrize("saved", [False, True], ids=["as published", "saved by LibreOffice"])
def test_the_workbook_has_every_text_number_and_day_as_it_is_and_no_formula(saved: bool) -> None:
    book = read_workbook((SAVED / "navigator.xlsx").read_bytes() if saved else MADE[PATH])
    shown = [table for table in TABLES.values() if not table.long]
    assert [*book.sheets] == ["about", *(table.name for table in shown)]
    assert [cell for sheet in book.sheets.values() for cell in sheet.values() if cell.formula] == []
    for table in shown:
        found = [*cells_of(table, book.sheets[table.name])]
        assert [value for _, value, _ in found] == [as_written(kind, cell) for kind, _, cell in found]
        numbers = {kind for kind, _, cell in found if cell and cell.number is not None}
        assert numbers <= {"integer", "date"}


@each("name", TABLES)
def test_a_spreadsheet_reads_from_csv_numbers_days_and_letters_right_and_no_formula(name: str) -> None:
    (cells,) = read_workbook((SAVED / f"{name}.xlsx").read_bytes()).sheets.values()
    assert [cell for cell in cells.values() if cell.formula] == []
    taken = {TITLES[title] for title in SPREADSHEET_READS}
    found = [each for each in cells_of(TABLES[name], cells) if each[1] not in taken or each[0] != "string"]
    assert [value for _, value, _ in found] == [unmarked(as_written(kind, cell)) for kind, _, cell in found]
    assert all(cell.number is not None for kind, _, cell in found if cell and kind in ("integer", "date"))


def test_the_same_projects_give_the_same_workbook() -> None:
    assert made_of(small_portfolio()) == MADE


# --- the description ---


def frictionless(folder: Path) -> None:
    """Check a data package and every cell of its tables; in a process of its own, as its libraries warn."""
    command = [sys.executable, "-W", "ignore", "-m", "frictionless", "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("VALID") == len(TABLES)


def test_frictionless_finds_the_tables_of_hostile_texts_as_they_are_described(tmp_path: Path) -> None:
    files = {**CSV, **dict(datapackage_file(PORTFOLIO, SITE))}
    for path, content in files.items():
        (tmp_path / Path(path).name).write_bytes(content)
    frictionless(tmp_path)


def test_frictionless_finds_the_tables_of_the_site_as_they_are_described(site: Site) -> None:
    frictionless(site.folder / "api/v1")


def test_the_description_names_a_licence_only_where_one_was_stated() -> None:
    terms = {"title": "Our terms", "address": "https://terms.example/"}
    for given, told in ((None, None), (terms, [{"title": "Our terms", "path": "https://terms.example/"}])):
        ((_, content),) = datapackage_file(small_portfolio(given), SITE)
        assert json.loads(content).get("licenses") == told
