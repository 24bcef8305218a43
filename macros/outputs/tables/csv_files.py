"""Tables as CSV that a double click opens in Excel with Swedish settings.

As in RFC 4180, but with semicolons between the cells and a mark of the byte order at the beginning of the file.
`datapackage.json` says both to programs.
"""

import re
from collections.abc import Iterable

from macros.outputs.api.published import FOLDER
from macros.outputs.tables.table import Table, Value

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Spreadsheets may read a text that begins with one of these as a formula; an apostrophe before it prevents that."""

BETWEEN, LINE = ";", "\r\n"
ENCODING = "utf-8-sig"
NEEDS_QUOTES = re.compile(f'["{BETWEEN}\r\n]').search


def path_of(table: Table) -> str:
    """Say where a table is."""
    return f"{FOLDER}{table.name}.csv"


def as_csv(table: Table, parts: Iterable[bytes]) -> bytes:
    """Write a table with its names of columns, from the lines of its parts."""
    head = BETWEEN.join(column.name for column in table.columns) + LINE
    return b"".join([head.encode(ENCODING), *parts])


def csv_lines(table: Table, rows: Iterable[Iterable[Value]]) -> bytes:
    """Write the lines of some rows."""
    free = [column.free for column in table.columns]
    lines = [BETWEEN.join(map(_cell, row, free)) for row in rows]
    return LINE.join([*lines, ""]).encode() if lines else b""


def _cell(value: Value, free: bool) -> str:
    """Write a cell; what nobody has written by hand is a word, a number or a date and needs no care."""
    if value is None:
        return ""
    if not free:
        return str(value)
    text = safe(str(value))
    return '"{}"'.format(text.replace('"', '""')) if NEEDS_QUOTES(text) else text


def safe(text: str) -> str:
    """Keep a text from being read as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
