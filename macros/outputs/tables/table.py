"""What a table is: its columns, its key, what its rows point to, and how its rows are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.model.status_file import Project

Value: TypeAlias = str | int | None
Rows: TypeAlias = Iterator[Iterable[Value]]
Kind: TypeAlias = Literal["string", "integer", "boolean", "date", "yearmonth"]
"""A boolean is written as `true` or `false`, a date as 2027-01-31, a month as 2027-01. Nothing is an empty cell."""


class Column(NamedTuple):
    """One column.

    Attributes:
        free: Whether somebody has written the text, so that it may begin as a formula does.
        wide: How many characters wide a spreadsheet shows it.
    """

    name: str
    kind: Kind
    about: str
    free: bool = False
    wide: int = 12


class Pointer(NamedTuple):
    """Columns whose values are those of columns of another table."""

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


def _no_rows(*_: object) -> Rows:
    return iter(())


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        key: The columns that together are different in each row.
        of_project: Makes the rows of a project that is shown.
        of_checklists: Makes the rows that no project adds to.
        long: Whether it has so many rows that the workbook leaves it out.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    pointers: tuple[Pointer, ...] = ()
    of_project: Callable[[Portfolio, Project, str], Rows] = _no_rows
    of_checklists: Callable[[Handbook, str], Rows] = _no_rows
    long: bool = False


def flag(value: bool) -> str:
    """Write whether something holds."""
    return "true" if value else "false"


def text(value: object | None) -> str | None:
    """Write a day or a month, if there is one."""
    return None if value is None else str(value)
