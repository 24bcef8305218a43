"""The parts of a workbook in XML, and the file that holds them. Texts are stored as texts, so none can be a formula."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from macros.outputs.tables.table import Column, Value

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""

FIRST_DAY = date(1899, 12, 30).toordinal()
BOLD, DAY = 1, 2
NUMBER, END = "\0", "\1"
"""Hold the place of the number of a row, and end it. No text has them, as XML cannot hold them."""

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
    '<xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/></cellXfs>'
    "</styleSheet>"
)


def packed(names: Sequence[str], sheets: Iterable[Iterable[str]]) -> bytes:
    """Put sheets into a workbook, one after the other; the same sheets give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        numbered = ((f"xl/worksheets/sheet{number}.xml", xml) for number, xml in enumerate(sheets, 1))
        for name, xml in chain(((name, [xml]) for name, xml in _frame(names)), numbered):
            entry = zipfile.ZipInfo(name)  # dated 1980, where the format of the file begins
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file.open(entry, "w") as part:  # piece by piece: a sheet of 1,000 projects would take 30 MB
                part.writelines(piece.encode() for piece in chain([HEAD], xml))
    return made.getvalue()


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Write everything but the sheets: name, content."""
    numbers = range(1, len(names) + 1)
    files = {"workbook.xml": "sheet.main", "styles.xml": "styles"}
    files |= {f"worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    named = (f'<Override PartName="/xl/{name}" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in files.items())
    relations = f"{PACKAGE}/relationships"
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{"".join(named)}</Types>',
    )
    yield "_rels/.rels", _relations(relations, {"rId1": ("officeDocument", "xl/workbook.xml")})
    targets = {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in numbers}
    yield "xl/_rels/workbook.xml.rels", _relations(relations, targets | {"rId0": ("styles", "styles.xml")})
    listed = (f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{"".join(listed)}</sheets></workbook>',
    )
    yield "xl/styles.xml", STYLES


def _relations(kind: str, targets: Mapping[str, tuple[str, str]]) -> str:
    each = (
        f'<Relationship Id="{name}" Type="{OFFICE}/{what}" Target="{target}"/>'
        for name, (what, target) in targets.items()
    )
    return f'<Relationships xmlns="{kind}">{"".join(each)}</Relationships>'


def sheet_rows(columns: Sequence[Column], rows: Iterable[Iterable[Value]]) -> str:
    """Write rows of a sheet, which get their numbers in it."""
    letters = _all_letters(len(columns))
    writers: list[Any] = [WRITERS[column.kind] for column in columns]

    def cells(row: Iterable[Value]) -> list[str]:
        return [write(value) if value not in (None, "") else "" for write, value in zip(writers, row, strict=True)]

    return "".join(_row(cells(row), letters) for row in rows)


def sheet(columns: Sequence[Column], parts: Iterable[str], fixed: int) -> Iterator[str]:
    """Write a sheet: names of columns, which stay in sight with the first columns, and the rows of its parts."""
    letters = _all_letters(len(columns))
    names = _row([_text(column.name, BOLD) for column in columns], letters)
    rows = (row for part in chain([names], parts) for row in part.split(END)[:-1])
    number = 0
    wide = (
        f'<col min="{place}" max="{place}" width="{column.wide}" customWidth="1"/>'
        for place, column in enumerate(columns, 1)
    )
    corner = f"{_letters(fixed)}2"
    yield (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="{fixed}" ySplit="1" '
        f'topLeftCell="{corner}" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{''.join(wide)}</cols><sheetData>"
    )
    for number, row in enumerate(rows, 1):
        yield row.replace(NUMBER, str(number))
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{number}"/></worksheet>'


def _row(cells: Iterable[str], letters: Iterable[str]) -> str:
    """Write a row; a cell begins with its place."""
    told = [f'<c r="{letter}{NUMBER}"{cell}' for letter, cell in zip(letters, cells, strict=True) if cell]
    return f'<row r="{NUMBER}">{"".join(told)}</row>{END}'


def _text(value: Value, style: int = 0) -> str:
    text = CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(value))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    look = f' s="{style}"' if style else ""
    return f'{look} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _day(value: Value) -> str:
    return f' s="{DAY}"><v>{date.fromisoformat(str(value)).toordinal() - FIRST_DAY}</v></c>'


WRITERS = {
    "string": _text,
    "yearmonth": _text,  # spreadsheets have no months
    "integer": lambda value: f"><v>{value}</v></c>",
    "boolean": _text,  # LibreOffice would save it as a formula
    "date": _day,
}


@cache
def _all_letters(number: int) -> list[str]:
    return [_letters(place) for place in range(number)]


def _letters(place: int) -> str:
    """Name a column: A to Z, then AA."""
    before, letter = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)
