"""The script that reads filled sheets in the browser: the same changes as the command, and the same refusals."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.sheets.filled import filled
from macros.sheets.sentences import SheetError
from macros.sheets.xlsx import read_workbook
from tests.sheets.test_sheets import PROJECTS, blanks, of, published
from tests.support.browser import opened
from tests.support.paths import ROOT
from tests.support.small import real
from tests.support.workbooks import FILLED, SAVED, typed
from tests.support.wrong_sheets import wrong

READ = """async (sheets) => {
  const found = [];
  for (const sheet of sheets) {
    const bytes = Uint8Array.from(atob(sheet), (letter) => letter.charCodeAt(0));
    found.push(await NavigatorSheet.read(new Blob([bytes])));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Any:
    with opened(browser) as (page, said):
        page.add_script_tag(content=(ROOT / "docs/assets/form/sheet.js").read_text("utf-8"))
        yield page
        assert said == []


def read(page: Page, sheets: list[bytes]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(READ, [base64.b64encode(sheet).decode() for sheet in sheets])
    return found


def python(raw: bytes) -> dict[str, Any]:
    try:
        sheet = filled(read_workbook(raw))
    except SheetError as error:
        return {"refused": str(error)}
    return {"about": sheet.about, "names": sheet.names, "answered": sheet.answered, "changes": sheet.changes}


def test_every_sheet_is_read_as_the_command_reads_it_also_those_of_libreoffice(
    page: Page,
) -> None:
    sheets = [of(project) for project in PROJECTS]
    sheets += [*published().values(), *(typed(raw, **FILLED) for raw, _ in blanks().values())]
    sheets += [path.read_bytes() for path in sorted(SAVED.glob("*.xlsx"))]
    assert read(page, sheets) == [python(sheet) for sheet in sheets]


def test_every_wrong_sheet_is_refused_with_the_sentence_of_the_command(page: Page) -> None:
    raw, names = next(iter(blanks().values()))
    sheets = wrong(raw, names)
    found = read(page, [content for content, _ in sheets.values()])
    assert dict(zip(sheets, found, strict=True)) == {
        what: {"refused": sentence} for what, (_, sentence) in sheets.items()
    }


def test_a_sheet_of_another_edition_or_project_is_refused(page: Page) -> None:
    sheet = base64.b64encode(of(PROJECTS[0])).decode()
    ask = """async ([sheet, expected]) => {
      const bytes = Uint8Array.from(atob(sheet), (letter) => letter.charCodeAt(0));
      return (await NavigatorSheet.read(new Blob([bytes]), expected)).refused || "";
    }"""
    edition = real().frame.edition
    assert page.evaluate(ask, [sheet, {"edition": edition, "project": PROJECTS[0]}]) == ""
    assert page.evaluate(ask, [sheet, {"edition": edition, "project": "other"}]).startswith("The sheet belongs to")
    assert f"for edition {edition} (cell B1" in page.evaluate(ask, [sheet, {"edition": "v2030.1"}])
