"""Workbooks in which people answer: written, filled in, saved by LibreOffice, and read back."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest

from macros.edit.splice import apply
from macros.engine.portfolio import Portfolio
from macros.outputs.first_file import blank as first_file
from macros.outputs.first_file import blank_sheets, choices, skeleton
from macros.sheets.filled import filled
from macros.sheets.questions import blank, of_project
from macros.sheets.sentences import SheetError
from macros.sheets.workbook import workbook
from macros.sheets.xlsx import read_workbook
from macros.text.reader import read
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.small import real
from tests.support.workbooks import DAY, FILLED, SAVED, blank_workbooks, meant, typed, with_part
from tests.support.wrong_sheets import wrong

PROJECTS = sorted(path.stem for path in (ROOT / "projects").glob("*.yml"))


@functools.cache
def blanks() -> dict[str, tuple[bytes, list[str]]]:
    return blank_workbooks()


@functools.cache
def published() -> dict[str, bytes]:
    return dict(blank_sheets(Portfolio(real(), DAY), ""))


def of(project: str) -> bytes:
    data = read(project, (ROOT / f"projects/{project}.yml").read_bytes())[0].data
    return workbook(real(), of_project(real(), project, data), DAY)


def changes(raw: bytes) -> dict[str, Any]:
    return {"/".join(c["path"]): c.get("fields", c.get("value")) for c in filled(read_workbook(raw)).changes}


@each("project", PROJECTS)
def test_a_sheet_of_a_project_that_nobody_touched_changes_nothing(project: str) -> None:
    assert changes(of(project)) == {}


def test_the_same_input_gives_the_same_bytes() -> None:
    assert of(PROJECTS[0]) == of(PROJECTS[0])
    assert dict(blank_sheets(Portfolio(real(), DAY), "")) == published()


@each("choice", choices(real()))
def test_the_published_sheet_of_a_product_asks_what_its_first_file_asks(choice: Any) -> None:
    raw = published()[choice.path.removesuffix(".yml") + ".xlsx"]
    sheet = filled(read_workbook(raw))
    assert (sheet.changes, sheet.answered) == ([], 0)
    title = read_workbook(raw).sheets["Answers"]["B1"].text
    assert real().frame.routes[choice.route].title in title
    asked = read("", first_file(real(), choice, DAY).encode())[0].data["status"]
    assert sorted(sheet.names) == sorted(f"{area}/{item}" for area, items in asked.items() for item in items)
    assert sheet.about == {"edition": real().frame.edition, **{k: word for k, word in choice._asdict().items() if word}}


@each("choice", choices(real()))
def test_what_is_typed_into_a_blank_sheet_comes_into_the_first_file(choice: Any) -> None:
    raw, names = blanks()[choice.path.removesuffix(".yml").removeprefix("start/")]
    sheet = filled(read_workbook(typed(raw, **FILLED)))
    expected = meant(names)
    assert changes(typed(raw, **FILLED)) == expected
    data = read("", apply(first_file(real(), choice, DAY), sheet.changes).encode())[0].data
    for name in names[:5]:
        area, _, item = name.partition("/")
        assert data["status"][area][item] in (expected[name], expected[name]["status"])
    assert data["targets"] == {"5": "2028-02"}


@each("name", sorted(path.stem for path in SAVED.glob("*.xlsx")))
def test_a_sheet_that_libreoffice_saved_says_the_same(name: str) -> None:
    expected = json.loads((SAVED / f"{name}.json").read_text("utf-8"))
    raw = (SAVED / f"{name}.xlsx").read_bytes()
    assert changes(raw) == expected["changes"]
    assert sorted(filled(read_workbook(raw)).names) == sorted(expected["names"])


def test_libreoffice_has_saved_a_sheet_of_every_product_and_route() -> None:
    assert {path.stem for path in SAVED.glob("*.xlsx")} >= blanks().keys(), "run `make sheets`, which needs LibreOffice"


def test_25_wrong_sheets_and_more_are_refused_with_the_cell_where_there_is_one() -> None:
    raw, names = next(iter(blanks().values()))
    sheets = wrong(raw, names)
    assert len(sheets) >= 25
    for what, (content, sentence) in sheets.items():
        with pytest.raises(SheetError) as error:
            filled(read_workbook(content))
        assert str(error.value) == sentence, what


def test_a_new_status_takes_out_what_no_longer_fits() -> None:
    raw = of("car-t-lymphoma")
    rows = {cell.text: name[1:] for name, cell in read_workbook(raw).sheets["Answers"].items() if name[0] == "A"}
    row = rows["materials/bank-qualified"]
    done = typed(raw, Answers={f"G{row}": "Done", f"H{row}": "2026-11", f"I{row}": "BR-1"})
    fields = {"status": "met", "since": "2026-11", "evidence": "BR-1", "planned": None}
    assert changes(done) == {"materials/bank-qualified": fields}
    gone = typed(raw, Answers={f"{column}{row}": None for column in "GHIJKLM"})
    assert changes(gone) == {"materials/bank-qualified": dict.fromkeys(["status", "since", "planned", "note"])}


def test_a_sheet_whose_days_count_from_1904_is_read_with_them() -> None:
    raw, names = next(iter(blanks().values()))
    early = with_part(raw, "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"'))
    done = typed(early, Answers={"G4": "Done", "H4": 46000 - 1462})
    assert changes(done)[names[0]]["since"] == "2025-12-09"


def test_a_product_without_a_vector_is_asked_what_its_first_file_asks() -> None:
    product: dict[str, Any] = {"modality": "ex-vivo-gene-modified-cell", "donor": "patient"}
    product["delivery"] = "without-vector"
    sheet = blank(real(), {**product, "route": "hospital-exemption"})
    text = skeleton(real(), title="a", routes=["hospital-exemption"], lead="hospital", day=DAY, **product)
    asked = read("", text.encode())[0].data["status"]
    assert sorted(i.name for i in sheet.items) == sorted(
        f"{area}/{item}" for area, items in asked.items() for item in items
    )
    assert sheet.title.endswith(real().frame.deliveries["without-vector"].title)
