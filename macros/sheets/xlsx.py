"""Bytes of a workbook (.xlsx) → the cells of its sheets. Nothing is computed, and nothing in it is trusted.

Only what a spreadsheet program writes is read. `docs/assets/form/sheet.js` reads the same in the browser.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree
from zlib import error as ZlibError  # noqa: N812

from macros.sheets.sentences import SheetError

MAX_FILE = 4_000_000
MAX_UNPACKED = 24_000_000
MAX_PARTS = 200
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Cell(NamedTuple):
    """What a cell holds: `formula` where it is computed."""

    text: str
    number: float | None = None
    formula: bool = False


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook: name → the cells that hold something, by their names such as `B3`.

    Attributes:
        early: Whether its dates are counted from 1904.
    """

    sheets: dict[str, dict[str, Cell]]
    early: bool


def read_workbook(raw: bytes) -> Workbook:
    """Read a workbook.

    Raises:
        SheetError: a sentence that says what is wrong with it.
    """
    parts = _Parts(raw)
    book = parts.xml("xl/workbook.xml")
    targets = {
        relation.get("Id", ""): relation.get("Target", "") for relation in parts.xml("xl/_rels/workbook.xml.rels")
    }
    strings = [_text(entry) for entry in parts.xml("xl/sharedStrings.xml")] if "xl/sharedStrings.xml" in parts else []
    sheets = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(RELATION, ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        sheets[sheet.get("name", "")] = dict(_cells(parts.xml(path), strings))
    properties = book.find(f"{MAIN}workbookPr")
    return Workbook(sheets, properties is not None and properties.get("date1904") in ("1", "true"))


class _Parts:
    """The parts of a workbook, which is a ZIP archive."""

    def __init__(self, raw: bytes):
        if len(raw) > MAX_FILE:
            raise SheetError("large")
        if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise SheetError("old")
        if raw[:2] != b"PK":
            raise SheetError("none")
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise SheetError("damaged") from None
        self.left = MAX_UNPACKED
        self.check()

    def check(self) -> None:
        parts = self.archive.infolist()
        names = [part.filename for part in parts]
        if "mimetype" in names or "content.xml" in names:
            raise SheetError("ods")
        if any("vba" in name.casefold() or name.endswith(".bin") for name in names if "printerSettings" not in name):
            raise SheetError("macro")
        if any("externallink" in name.casefold() for name in names):
            raise SheetError("refers")
        if any(part.flag_bits & 1 for part in parts):
            raise SheetError("locked")
        if len(parts) > MAX_PARTS or len({*names}) < len(names) or sum(p.file_size for p in parts) > MAX_UNPACKED:
            raise SheetError("more")
        if "xl/workbook.xml" not in names:
            raise SheetError("none")

    def __contains__(self, name: str) -> bool:
        return name in self.archive.namelist()

    def xml(self, name: str) -> ElementTree.Element:
        """Read a part; what it says about its own size is not believed."""
        try:
            with self.archive.open(name) as part:
                content = part.read(self.left + 1)
        except (KeyError, zipfile.BadZipFile, ZlibError, NotImplementedError, OSError, EOFError):
            raise SheetError("damaged") from None
        self.left -= len(content)
        if self.left < 0:
            raise SheetError("more")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
            raise SheetError("odd")
        try:
            return ElementTree.fromstring(content)  # noqa: S314 - without DOCTYPE there are no entities
        except ElementTree.ParseError:
            raise SheetError("damaged") from None


def _text(element: ElementTree.Element) -> str:
    """Join the pieces of a text; what says how it is read aloud is left out."""
    spoken = {id(part) for below in element.iter(f"{MAIN}rPh") for part in below.iter(f"{MAIN}t")}
    return "".join(part.text or "" for part in element.iter(f"{MAIN}t") if id(part) not in spoken)


def _cells(sheet: ElementTree.Element, strings: list[str]) -> Iterator[tuple[str, Cell]]:
    for element in sheet.iter(f"{MAIN}c"):
        name = element.get("r", "")
        if not re.fullmatch("[A-Z]{1,3}[1-9][0-9]{0,6}", name):
            raise SheetError("damaged")
        cell = _cell(element, name, strings)
        if cell.text or cell.formula:
            yield name, cell


def _cell(element: ElementTree.Element, name: str, strings: list[str]) -> Cell:
    kind, value = element.get("t", "n"), element.findtext(f"{MAIN}v") or ""
    formula = element.find(f"{MAIN}f") is not None
    if kind == "inlineStr":
        inline = element.find(f"{MAIN}is")
        return Cell("" if inline is None else _text(inline), None, formula)
    if kind == "s":
        if not re.fullmatch("[0-9]{1,6}", value) or int(value) >= len(strings):
            raise SheetError("text", at=name)
        return Cell(strings[int(value)], None, formula)
    if kind == "n" and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,18})?", value):
        return Cell(value, float(value), formula)
    return Cell(value, None, formula)
