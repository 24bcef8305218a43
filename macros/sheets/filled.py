"""A filled sheet → the changes that it asks for, each with its cell.

The sheet says itself what it was made from: a hidden sheet holds the project, the edition, the words of the statuses
and what every cell said. Only cells that say something else now are changes, so an old sheet undoes nobody's work.
`docs/assets/form/sheet.js` does the same in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from macros.sheets.sentences import SheetError
from macros.sheets.words import ANSWERS, HIDDEN, PROJECT, Words, key
from macros.sheets.xlsx import Cell, Workbook

FORMAT = "navigator-sheet 1"
COLUMNS = dict(zip("GHIJKLM", ("status", "since", "evidence", "reviewed", "planned", "because", "note"), strict=True))
LETTERS = {field: letter for letter, field in COLUMNS.items()}
VALUE = "C"
FIRST = 4  # the first row of an item
DAYS, MONTHS, DAY = ("since", "reviewed"), ("planned",), ("assessed",)
MAX_TEXT = 600


@dataclass
class Filled:
    """What a filled sheet says.

    Attributes:
        about: What it was made for: project, edition, modality, donor, delivery and route.
        changes: For the splicer, in the order of rows; each also has what the sheet said before (`was`) and the cells,
            by field, or by the name `value`.
        names: The questions of the sheet, in the order of its rows.
        answered: How many of them have an answer.
        sheets: What the sheets of answers and about the project are called in the workbook.
    """

    about: dict[str, str]
    changes: list[dict[str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    answered: int = 0
    sheets: dict[str, str] = field(default_factory=dict)


def filled(book: Workbook, words: Words | None = None) -> Filled:
    """Read a filled sheet, whatever language it is in.

    Args:
        words: Those of lists that count besides the sheet's own, as `words_of_all` gives them: a cell may come from a
            sheet in another language.

    Raises:
        SheetError: a sentence that names the cell.
    """
    return _Sheet(book, words or {}).read()


class _Sheet:
    def __init__(self, book: Workbook, words: Words):
        self.book = book
        self.rows = [*self.hidden_rows()]
        full = [row + [""] * (9 - len(row)) for row in self.rows]
        self.sheets = {ANSWERS: ANSWERS, PROJECT: PROJECT} | {row[1]: row[2] for row in full if row[0] == "sheet"}
        if missing := [name for name in (*self.sheets.values(), HIDDEN) if name not in book.sheets]:
            raise SheetError("missing", sheet=missing[0])
        if self.rows[:1] != [["format", FORMAT]]:
            raise SheetError("version")
        self.words = {(field, word): code for field, known in words.items() for word, code in known.items()}
        self.words |= {(row[1], key(row[2])): row[3] for row in full if row[0] == "word"}
        self.was = {row[1]: row[2:9] for row in full if row[0] == "was"}

    def hidden_rows(self) -> Iterator[list[str]]:
        """Read the rows of the hidden sheet."""
        found: dict[int, list[str]] = {}
        for name, cell in self.book.sheets.get(HIDDEN, {}).items():
            letters, row = _split(name)
            if cell.formula or len(letters) > 1:
                raise SheetError("hidden")
            texts = found.setdefault(row, [])
            texts += [""] * (ord(letters) - 64 - len(texts))
            texts[ord(letters) - 65] = cell.text
        yield from (found[row] for row in sorted(found))

    def read(self) -> Filled:
        about = {row[0]: row[1] for row in self.rows if len(row) == 2 and row[0] not in ("format", "was")}
        result = Filled(about, sheets=self.sheets)
        self.project(result)
        self.answers(result)
        return result

    def project(self, result: Filled) -> None:
        """Read the sheet about the project."""
        for name, row in self.places(PROJECT):
            cell = f"{VALUE}{row}"
            before, now = self.was[name][0], self.value(PROJECT, cell, name.rpartition("/")[0] or name)
            if now != before:
                cells = {"value": f"{cell} of {self.sheets[PROJECT]}"}
                change = {"path": name.split("/"), "value": now or None, "was": {"value": before}, "cells": cells}
                result.changes.append(change)

    def answers(self, result: Filled) -> None:
        """Read the sheet of answers."""
        for name, row in self.places(ANSWERS):
            result.names.append(name)
            before = dict(zip(COLUMNS.values(), self.was[name], strict=True))
            now = {field: self.value(ANSWERS, f"{letter}{row}", field) for letter, field in COLUMNS.items()}
            result.answered += bool(now["status"])
            fields = {field: text or None for field, text in now.items() if text != before[field]}
            if not fields:
                continue
            if not now["status"] and any(now.values()):
                raise SheetError("empty", at=f"G{row}", sheet=self.sheets[ANSWERS])
            _drop(fields, before, now)
            cells = {field: f"{LETTERS[field]}{row} of {self.sheets[ANSWERS]}" for field in fields}
            was = {field: before[field] for field in fields}
            result.changes.append({"path": name.split("/"), "fields": fields, "was": was, "cells": cells})

    def places(self, sheet: str) -> Iterator[tuple[str, int]]:
        """List the rows of a sheet by the names in its hidden column; each is one that the hidden sheet knows."""
        called = self.sheets[sheet]
        cells = self.book.sheets[called]
        known = {name for name in self.was if ("/" in name and not name.startswith("targets/")) == (sheet == ANSWERS)}
        rows: dict[int, str] = {}
        for name, cell in cells.items():
            letters, row = _split(name)
            if letters == "A" and row >= FIRST:
                if cell.text not in known or cell.formula:
                    raise SheetError("unnamed", at=name, sheet=called)
                if cell.text in rows.values():
                    raise SheetError("twice", at=name, sheet=called, name=cell.text)
                rows[row] = cell.text
        if gone := known - {*rows.values()}:
            raise SheetError("gone", name=min(gone), sheet=called)
        letters_read = {VALUE} if sheet == PROJECT else {*COLUMNS}
        for name in cells:
            letters, row = _split(name)
            if letters in letters_read and row >= FIRST and row not in rows:
                raise SheetError("beside", at=name, sheet=called)
        yield from ((name, row) for row, name in sorted(rows.items()))

    def value(self, sheet: str, at: str, field: str) -> str:
        """Read what a cell says, as a status file writes it."""
        cell = self.book.sheets[self.sheets[sheet]].get(at)
        if cell is None:
            return ""
        place = {"at": at, "sheet": self.sheets[sheet]}
        if cell.formula:
            raise SheetError("formula", **place)
        text = " ".join(cell.text.split())
        if (meant := self.words.get((field, key(text)))) is not None:
            return meant
        if not text:
            return ""
        if any(kind == field for kind, _ in self.words):
            raise SheetError("word", text=text[:40], **place)
        if field in (*DAYS, *MONTHS, *DAY, "targets"):
            return self.moment(cell, text, place, field)
        if len(text) > MAX_TEXT:
            raise SheetError("long", count=len(text), most=MAX_TEXT, **place)
        return text

    def moment(self, cell: Cell, text: str, place: Mapping[str, str], field: str) -> str:
        """Read a date, which some programs turn into a number of days."""
        whole = field in DAY
        if cell.number is not None and not (1900 <= cell.number < 2100 and cell.number == int(cell.number)):
            first = date(1904, 1, 1) if self.book.early else date(1899, 12, 30)
            text = str(first + timedelta(days=int(min(cell.number, 200_000))))
        if field in ("planned", "targets"):
            text = text[:7] if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
            if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
                raise SheetError("month", text=text[:40], **place)
        elif not _is_day(text, whole=whole):
            raise SheetError("day" if whole else "date", text=text[:40], **place)
        return text


def _drop(fields: dict[str, Any], before: dict[str, str], now: dict[str, str]) -> None:
    """Take out what does not fit a new status, unless its own cell was changed."""
    if "status" not in fields:
        return
    if now["status"] in ("met", "not-applicable") and before["planned"] and "planned" not in fields:
        fields["planned"] = None
    if before["status"] == "not-applicable" and before["because"] and "because" not in fields:
        fields["because"] = None


def _is_day(text: str, *, whole: bool) -> bool:
    if re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", text):
        try:
            return bool(date.fromisoformat(text))
        except ValueError:
            return False
    return not whole and re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", text) is not None


def _split(name: str) -> tuple[str, int]:
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :])
