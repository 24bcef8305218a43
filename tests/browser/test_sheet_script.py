"""The script that reads filled sheets in the browser: the same changes as the command, and the same refusals."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.sheets.filled import filled
from macros.sheets.sentences import SENTENCES, SheetError
from macros.sheets.xlsx import read_workbook
from tests.sheets.test_languages import blanks as in_language
from tests.sheets.test_languages import book, known, said
from tests.sheets.test_languages import of as swedish
from tests.sheets.test_sheets import PROJECTS, blanks, of, published
from tests.support.browser import opened
from tests.support.paths import ROOT
from tests.support.workbooks import FILLED, SAVED, typed
from tests.support.wrong_sheets import wrong

READ = """async ([sheets, about]) => {
  const found = [];
  for (const sheet of sheets) {
    const bytes = Uint8Array.from(atob(sheet), (letter) => letter.charCodeAt(0));
    found.push(await NavigatorSheet.read(new Blob([bytes]), about));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Any:
    with opened(browser) as (page, said):
        page.add_script_tag(content=(ROOT / "docs/assets/form/sheet.js").read_text("utf-8"))
        yield page
        assert said == []


def read(page: Page, sheets: list[bytes], code: str = "en") -> list[dict[str, Any]]:
    about = {"sentences": {name: book(code).language.gettext(words) for name, words in SENTENCES.items()}}
    found = page.evaluate(READ, [[base64.b64encode(sheet).decode() for sheet in sheets], {**about, "words": known()}])
    return list(found)


def python(raw: bytes) -> dict[str, Any]:
    try:
        sheet = filled(read_workbook(raw), known())
    except SheetError as error:
        return {"refused": str(error)}
    changes = [{name: value for name, value in change.items() if name != "cells"} for change in sheet.changes]
    return {"about": sheet.about, "names": sheet.names, "answered": sheet.answered, "changes": changes}


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


def test_a_swedish_sheet_is_read_as_the_command_reads_it_also_with_words_of_another_language(page: Page) -> None:
    first = next(iter(in_language("sv").values()))
    filled_in = [{sheet: said(cells, code) for sheet, cells in FILLED.items()} for code in ("sv", "en")]
    sheets = [swedish(PROJECTS[0], "sv"), first, *(typed(first, **cells) for cells in filled_in)]
    sheets.append(typed(next(iter(published().values())), **filled_in[0]))
    found = read(page, sheets)
    assert found == [python(sheet) for sheet in sheets]
    assert found[2]["changes"] == found[3]["changes"] == found[4]["changes"]
    assert len(found[2]["changes"]) > 5


def test_a_sheet_is_refused_in_the_language_of_the_reader(page: Page) -> None:
    sheet = typed(next(iter(in_language("sv").values())), Answers={"G5": "Kanske"})
    sentence = "I cell G5 i Svar står ”Kanske”. Välj ett av orden i cellens lista."
    assert read(page, [sheet, b"id;status"], "sv") == [
        {"refused": sentence},
        {"refused": book("sv").language.gettext(SENTENCES["none"])},
    ]
