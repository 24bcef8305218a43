"""The blank workbook of each kind of product, cut from one that asks everything.

Writing a workbook takes as long as writing the page of a project, and there is one for each kind of product. So one is
written, and the rows that are not asked are taken out of its XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape

from macros.model.handbook import Handbook
from macros.sheets.filled import FIRST
from macros.sheets.questions import Sheet, of_everything
from macros.sheets.workbook import heading, workbook

ANSWERS, HIDDEN, BOOK = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/workbook.xml"
TEXTS = "xl/sharedStrings.xml"
ROW = re.compile(r"<row .*?</row>", re.DOTALL)
NUMBER = re.compile(r'(?:(?<= r=")|(?<= r="[A-Z]))[0-9]+(?=")|(?<=[GHI])[0-9]+(?==)')
"""The number of a row: in its own name, in those of its cells, and in its formula."""


class Whole:
    """A workbook that asks everything, in pieces: each row without its number."""

    def __init__(self, handbook: Handbook, day: date):
        sheet, self.handbook = of_everything(handbook), handbook
        self.title = _as_text(heading(handbook, sheet))
        with zipfile.ZipFile(io.BytesIO(workbook(handbook, sheet, day))) as archive:
            self.parts = {name: archive.read(name).decode() for name in archive.namelist()}
        names = [item.name for item in sheet.items]
        self.place = {name: number for number, name in enumerate(names)}
        self.last = FIRST - 1 + len(names)
        self.above, rows, self.below = _rows(self.parts[ANSWERS])
        self.heads, self.rows = rows[: FIRST - 1], [NUMBER.split(row) for row in rows[FIRST - 1 :]]
        self.before, rows, self.after = _rows(self.parts[HIDDEN])
        self.words, self.was = rows[: -len(names)], [NUMBER.split(row) for row in rows[-len(names) :]]

    def cut(self, sheet: Sheet) -> bytes:
        """Give the workbook of a product."""
        places = sorted(self.place[item.name] for item in sheet.items)
        about = {name: word for name, word in sheet.about.items() if name != "edition"}
        last, first = FIRST - 1 + len(places), len(self.words) + 1
        answers = [str(row).join(self.rows[place]) for row, place in enumerate(places, FIRST)]
        was = [str(row).join(self.was[place]) for row, place in enumerate(places, first)]
        below = re.sub(rf'(?<=[A-Z]){self.last}(?=")', str(last), self.below)
        changed = {
            ANSWERS: "".join([self.above, *self.heads, *answers, below]),
            HIDDEN: "".join([self.before, *self.words, *was, *_about(about, first + len(places)), self.after]),
            TEXTS: self.parts[TEXTS].replace(self.title, _as_text(heading(self.handbook, sheet)), 1),
            BOOK: self.parts[BOOK].replace(f"${self.last}<", f"${last}<"),
        }
        return _zipped({**self.parts, **changed})


def _as_text(text: str) -> str:
    """Write a text as the list of texts has it."""
    return f"<t>{escape(text)}</t>"


def _rows(xml: str) -> tuple[str, list[str], str]:
    """Split a sheet: what comes before its rows, the rows, and what comes after them."""
    rows = ROW.findall(xml)
    above = re.sub(r'<dimension ref="[^"]*"/>', "", xml[: xml.index("<row ")])
    return above, rows, xml[xml.rindex("</row>") + len("</row>") :]


def _about(about: Mapping[str, str], first: int) -> Iterator[str]:
    for number, pair in enumerate(about.items(), first):
        cells = "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for letter, text in zip("AB", pair, strict=True)
        )
        yield f'<row r="{number}">{cells}</row>'


def _zipped(parts: Mapping[str, str]) -> bytes:
    """Pack the parts, each with the same date."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in parts.items():
            about = zipfile.ZipInfo(name)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, text)
    return packed.getvalue()
