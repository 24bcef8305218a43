"""Workbooks as people fill them in, and as nobody should: cells of a workbook written anew, and parts replaced.

`python -m tests.support.workbooks` lets LibreOffice save filled workbooks anew, as cases: see `make sheets`.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from macros.outputs.first_file import choices
from macros.sheets.questions import blank
from macros.sheets.workbook import workbook
from tests.support.paths import TESTS
from tests.support.small import real

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS = {
    "Answers": "xl/worksheets/sheet1.xml",
    "Project": "xl/worksheets/sheet2.xml",
    "Navigator": "xl/worksheets/sheet3.xml",
}
SAVED = TESTS / "sheets/saved"
DAY = date(2026, 11, 27)
Cells = Mapping[str, str | int | float | None]


def parts(raw: bytes) -> dict[str, bytes]:
    """Unpack a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    """Pack a workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return target.getvalue()


def with_part(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a workbook, or add it."""
    content = parts(raw)
    return packed({**content, name: change(content.get(name, b""))})


def typed(raw: bytes, **sheets: Cells) -> bytes:
    """Type into cells: a text, a number as dates are kept, a formula that begins with `=`, or None to empty a cell."""
    for sheet, cells in sheets.items():
        raw = with_part(raw, SHEETS[sheet], lambda xml, cells=cells: _typed(xml, cells))  # type: ignore[misc]
    return raw


def _typed(xml: bytes, cells: Cells) -> bytes:
    ElementTree.register_namespace("", MAIN)
    root = ElementTree.fromstring(xml)
    data = root.find(f"{{{MAIN}}}sheetData")
    assert data is not None
    for name, value in cells.items():
        letters = name.rstrip("0123456789")
        number = name[len(letters) :]
        row = data.find(f"{{{MAIN}}}row[@r='{number}']")
        if row is None:
            row = ElementTree.SubElement(data, f"{{{MAIN}}}row", {"r": number})
        old = row.find(f"{{{MAIN}}}c[@r='{name}']")
        if old is not None:
            row.remove(old)
        if value is not None:
            _cell(row, name, value)
        row[:] = sorted(row, key=lambda cell: (len(cell.get("r", "")), cell.get("r", "")))
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))


def _cell(row: ElementTree.Element, name: str, value: str | int | float) -> None:
    cell = ElementTree.SubElement(row, f"{{{MAIN}}}c", {"r": name})
    if isinstance(value, str) and value.startswith("="):
        ElementTree.SubElement(cell, f"{{{MAIN}}}f").text = value[1:]
        ElementTree.SubElement(cell, f"{{{MAIN}}}v").text = "0"
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        inline = ElementTree.SubElement(cell, f"{{{MAIN}}}is")
        ElementTree.SubElement(inline, f"{{{MAIN}}}t").text = value
    else:
        ElementTree.SubElement(cell, f"{{{MAIN}}}v").text = str(value)


FILLED: dict[str, Cells] = {
    "Answers": {
        "G4": "Done",
        "H4": "2026-03-14",
        "I4": "SOP 1: map, version 2",
        "M4": "Åsa's list 🧬",
        "G5": "under way",
        "K5": 46447,
        "H5": 2025,
        "G6": "Not yet",
        "K6": "2028-02",
        "G7": "does not apply",
        "L7": 'It is "frozen",\n  not fresh',
        "G8": "met",
        "H8": 46000,
        "I8": "https://example.org/a?b=1#c",
        "J8": "2026-11-01",
    },
    "Project": {
        "C4": "Cells: new",
        "C5": "What it is, and for whom",
        "C6": "Hospital",
        "C7": "Trial coordinator",
        "C8": "2026-11-27",
        "C13": "2028-02",
    },
}
"""What a person types into a blank sheet, also dates as spreadsheet programs keep them."""


def meant(names: list[str]) -> dict[str, Any]:
    """Say what changes FILLED means, for the first questions of a sheet."""
    return {
        "title": "Cells: new",
        "summary": "What it is, and for whom",
        "lead": "hospital",
        "contact": "Trial coordinator",
        "assessed": "2026-11-27",
        "targets/5": "2028-02",
        names[0]: {
            "status": "met",
            "since": "2026-03-14",
            "evidence": "SOP 1: map, version 2",
            "note": "Åsa's list 🧬",
        },
        names[1]: {"status": "in-progress", "since": "2025", "planned": "2027-03"},
        names[2]: {"status": "not-met", "planned": "2028-02"},
        names[3]: {"status": "not-applicable", "because": 'It is "frozen", not fresh'},
        names[4]: {
            "status": "met",
            "since": "2025-12-09",
            "evidence": "https://example.org/a?b=1#c",
            "reviewed": "2026-11-01",
        },
    }


def blank_workbooks(upto: int | None = 2) -> dict[str, tuple[bytes, list[str]]]:
    """Write a workbook for each kind of product, with the names of its questions."""
    found = {}
    for choice in choices(real()):
        sheet = blank(real(), {name: word for name, word in choice._asdict().items() if word}, upto)
        found[Path(choice.path).stem] = workbook(real(), sheet, DAY), [item.name for item in sheet.items]
    return found


def main() -> None:
    """Fill in a workbook of each kind of product, let LibreOffice save it, and keep it with what it means."""
    shutil.rmtree(SAVED, ignore_errors=True)
    SAVED.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        for name, (raw, questions) in blank_workbooks().items():
            (Path(folder) / f"{name}.xlsx").write_bytes(typed(raw, **FILLED))
            text = json.dumps({"names": questions, "changes": meant(questions)}, indent=1, ensure_ascii=False)
            (SAVED / f"{name}.json").write_text(text + "\n", "utf-8")
        files = sorted(str(path) for path in Path(folder).glob("*.xlsx"))
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        subprocess.run([*command, "--convert-to", "xlsx", "--outdir", str(SAVED), *files], check=True)


if __name__ == "__main__":
    main()
