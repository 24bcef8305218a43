"""The blank workbook of each kind of product, cut from one that asks everything.

Writing a workbook takes as long as writing a page of a project, and there is one for each kind of product. So one is
written, and the rows that are not asked are taken out of its XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

from macros.engine.portfolio import Portfolio
from macros.load.sheet import FIRST
from macros.model.handbook import Handbook
from macros.outputs.first_file import Choice, choices
from macros.outputs.sheet import of_choice, of_everything, workbook

ANSWERS, HIDDEN, BOOK = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/workbook.xml"
ROW = re.compile(r"<row .*?</row>", re.DOTALL)


def blank_sheets(portfolio: Portfolio, _: str) -> Iterator[tuple[str, bytes]]:
    """Make the blank workbook of every choice: path in the site, content."""
    whole = _Whole(portfolio)
    for choice in choices(portfolio.handbook):
        yield sheet_path(choice), whole.cut(portfolio.handbook, choice)


def sheet_path(choice: Choice) -> str:
    """Tell where the site keeps the blank workbook of a choice."""
    return choice.path.removesuffix(".yml") + ".xlsx"


class _Whole:
    """A workbook that asks everything, in pieces: each row without its number."""

    def __init__(self, portfolio: Portfolio):
        sheet = of_everything(portfolio.handbook)
        with zipfile.ZipFile(io.BytesIO(workbook(portfolio.handbook, sheet, portfolio.day))) as archive:
            self.parts = {name: archive.read(name).decode() for name in archive.namelist()}
        self.last = FIRST - 1 + len(sheet.items)
        self.above, rows, self.below = _rows(self.parts[ANSWERS])
        self.above += "".join(rows[: FIRST - 1])
        names = [item.name for item in sheet.items]
        self.rows = {
            name: _pieces(row, n) for n, (name, row) in enumerate(zip(names, rows[FIRST - 1 :], strict=True), FIRST)
        }
        self.before, hidden, self.after = _rows(self.parts[HIDDEN])
        words = len(hidden) - len(names)
        self.words = hidden[:words]
        self.was = {
            name: _pieces(row, n) for n, (name, row) in enumerate(zip(names, hidden[words:], strict=True), words + 1)
        }

    def cut(self, handbook: Handbook, choice: Choice) -> bytes:
        sheet = of_choice(handbook, choice)
        names = [item.name for item in sheet.items]
        last = FIRST - 1 + len(names)
        answers = self.above + "".join(str(n).join(self.rows[name]) for n, name in enumerate(names, FIRST)) + self.below
        first = len(self.words) + 1
        was = [str(n).join(self.was[name]) for n, name in enumerate(names, first)]
        about = _about(sheet.about, first + len(names))
        changed = {
            ANSWERS: re.sub(rf'(?<=[A-Z]){self.last}(?=")', str(last), answers),
            HIDDEN: "".join([self.before, *self.words, *was, *about, self.after]),
            BOOK: self.parts[BOOK].replace(f"${self.last}<", f"${last}<"),
        }
        return _zipped({**self.parts, **changed})


def _rows(xml: str) -> tuple[str, list[str], str]:
    """Split a sheet: what comes before its rows, the rows, and what comes after them."""
    rows = ROW.findall(xml)
    return xml[: xml.index("<row ")], rows, xml[xml.rindex("</row>") + len("</row>") :]


def _pieces(row: str, number: int) -> list[str]:
    """Split a row where its number is: in its own name, in those of its cells, and in its formula."""
    return re.split(rf'(?:(?<= r="){number}|(?<= r="[A-Z]){number})(?=")|(?<=[GHI]){number}(?==)', row)


def _about(about: Mapping[str, str], first: int) -> Iterable[str]:
    """Write what a workbook is for; the edition is there already."""
    for number, (name, word) in enumerate([pair for pair in about.items() if pair[0] != "edition"], first):
        cells = "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for letter, text in zip("AB", (name, word), strict=True)
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
