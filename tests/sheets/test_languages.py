"""Workbooks in other languages: written in the reader's, read in any, and refused in words of the reader."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import Any

import pytest

from macros.edit.splice import apply
from macros.engine.portfolio import Portfolio
from macros.language.catalogue import read as catalogue
from macros.load.catalogues import offered
from macros.load.languages import frames, in_language, spoken
from macros.model.handbook import Handbook
from macros.outputs.first_file import blank as first_file
from macros.outputs.first_file import blank_sheets, choices
from macros.sheets.filled import filled
from macros.sheets.questions import blank, of_project
from macros.sheets.sentences import SENTENCES, SheetError
from macros.sheets.words import SPOKEN, Words, sheet_names, words_of, words_of_all
from macros.sheets.workbook import ASKED, LONGEST_HEAD, LONGEST_HELP, workbook
from macros.sheets.xlsx import Workbook, read_workbook
from macros.text.messages import Language
from macros.text.reader import read
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.small import real
from tests.support.workbooks import DAY, FILLED, SAVED, SHEETS, Cells, parts, typed

LANGUAGES = offered(ROOT)
PROJECTS = sorted(path.stem for path in (ROOT / "projects").glob("*.yml"))
LIST = 255
"""Characters that a spreadsheet program takes for a list, with a comma between its words."""


@functools.cache
def book(code: str) -> Handbook:
    return in_language(real(), *spoken(ROOT, ROOT, code))


@functools.cache
def known() -> Words:
    return words_of_all(frames(ROOT, ROOT, real()))


def of(project: str, code: str) -> bytes:
    data = read(project, (ROOT / f"projects/{project}.yml").read_bytes())[0].data
    return workbook(book(code), of_project(book(code), project, data), DAY)


@functools.cache
def blanks(code: str) -> dict[str, bytes]:
    return dict(blank_sheets(Portfolio(book(code), DAY), ""))


def said(cells: Cells, code: str) -> Cells:
    """Put the words of lists into a language, as somebody chooses them who reads it."""
    chosen = {was: now for (_, was, code_), (_, now, other) in zip(*map(list_of, ("en", code)), strict=True)}
    return {at: chosen.get(text, text) if isinstance(text, str) else text for at, text in cells.items()}


def list_of(code: str) -> list[tuple[str, str, str]]:
    return [*words_of(book(code).frame, book(code).language)]


def file_after(choice: Any, raw: bytes) -> str:
    """Write the first file of a choice, with what a workbook says."""
    return apply(first_file(real(), choice, DAY), filled(read_workbook(raw), known()).changes)


def texts(sheets: Workbook) -> set[str]:
    """Give what people read in a workbook: what is in no hidden sheet and in no hidden column."""
    shown = [cells for name, cells in sheets.sheets.items() if name != "Navigator"]
    return {cell.text for cells in shown for at, cell in cells.items() if not re.fullmatch("A[0-9]+", at)}


@each("project, code", [(project, code) for project in PROJECTS for code in LANGUAGES])
def test_a_workbook_in_any_language_that_nobody_touched_changes_nothing(project: str, code: str) -> None:
    assert filled(read_workbook(of(project, code))).changes == []


@each("choice", [*choices(real())][::5])
def test_what_is_filled_in_in_swedish_gives_the_same_file_byte_by_byte_as_in_english(choice: Any) -> None:
    path = choice.path.removesuffix(".yml") + ".xlsx"
    files = {
        file_after(choice, typed(blanks(code)[path], **{sheet: said(cells, words) for sheet, cells in FILLED.items()}))
        for code, words in (("en", "en"), ("sv", "sv"), ("sv", "en"), ("en", "sv"))
    }
    assert len(files) == 1
    assert "status: in-progress" in files.pop()


def test_a_change_to_a_project_gives_the_same_file_in_every_language() -> None:
    project, name = "car-t-lymphoma", "materials/bank-qualified"
    files = set()
    for code in LANGUAGES:
        raw = of(project, code)
        row = next(at[1:] for at, cell in read_workbook(raw).sheets[names(code)[0]].items() if cell.text == name)
        done = {f"G{row}": book(code).language.gettext("Done"), f"H{row}": "2026-11", f"I{row}": "BR-1"}
        changes = filled(read_workbook(typed(raw, Answers=done)), known()).changes
        files.add(apply((ROOT / f"projects/{project}.yml").read_text("utf-8"), changes))
    assert len(files) == 1


def names(code: str) -> list[str]:
    return [*sheet_names(book(code).language).values()]


@each("path", sorted(SAVED.glob("*.xlsx"))[:2])
def test_a_word_of_another_language_is_read_in_a_sheet_of_before(path: Any) -> None:
    """These have the words of one language only, and were saved by another program."""
    raw = typed(path.read_bytes(), Answers={"G9": "Pågår"})
    with pytest.raises(SheetError):
        filled(read_workbook(raw))
    assert filled(read_workbook(raw), known()).changes[-1]["fields"]["status"] == "in-progress"


def test_a_letter_with_a_mark_may_be_written_as_two() -> None:
    raw = typed(next(iter(blanks("sv").values())), Answers={"G4": "PA\u030agår"})
    assert filled(read_workbook(raw)).changes[0]["fields"]["status"] == "in-progress"


def test_an_unknown_word_is_refused_with_its_place_in_the_language_of_the_reader() -> None:
    raw = next(iter(blanks("sv").values()))
    with pytest.raises(SheetError) as error:
        filled(read_workbook(typed(raw, Answers={"G5": "Kanske"})), known())
    assert str(error.value) == 'Cell G5 of Svar says "Kanske". Choose one of the words in its list.'
    assert error.value.said(book("sv").language) == "I cell G5 i Svar står ”Kanske”. Välj ett av orden i cellens lista."
    with pytest.raises(SheetError, match=r'Cell C6 of Projekt says "{at}"'):
        filled(read_workbook(typed(raw, Project={"C6": "{at}"})), known())


def test_a_word_that_means_two_things_in_two_languages_is_left_out() -> None:
    frame = real().frame.model_copy(update={"partners": {}})
    other = Language("xx", {("", "Done"): ("Not yet",)})
    meant = words_of_all([(frame, book("en").language), (frame, other)])["status"]
    assert "not yet" not in meant
    assert meant["done"] == "met"


def test_a_workbook_in_swedish_has_no_words_of_the_interface_in_english() -> None:
    say = book("sv").language.gettext
    entries = catalogue((ROOT / "languages/sv/interface.po").read_text("utf-8")).entries
    english = {entry.one for entry in entries if not entry.context and say(entry.one) != entry.one}
    raw = read_workbook(next(iter(blanks("sv").values())))
    assert texts(raw) & english == set()
    assert "Klart när" in texts(raw)
    assert [*raw.sheets] == ["Svar", "Projekt", "Navigator"]


@each("code", LANGUAGES)
def test_spreadsheet_programs_take_the_words_of_every_language(code: str) -> None:
    """They cut or refuse what is longer, and a comma ends a word of a list."""
    say = book(code).language.gettext
    assert len({"Navigator", *names(code)}) == 3
    for field in ("status", "lead"):
        chosen = [word for kind, word, meant in list_of(code) if kind == field and word != meant]
        assert len(",".join(chosen)) <= LIST
        assert not any("," in word for word in chosen)
        assert len({word.lower() for word in chosen}) == len(chosen), f"two words of {field} are alike"
    for head, beside, _ in ASKED.values():
        assert len(say(head)) <= LONGEST_HEAD
        assert len(say(beside)) <= LONGEST_HELP


@each("name, called", [("Answers", "A/B"), ("Answers", "x" * 32), ("Answers", "Project"), ("Project", "NAVIGATOR")])
def test_a_name_that_no_spreadsheet_program_takes_is_not_used(name: str, called: str) -> None:
    made = sheet_names(Language("xx", {("", name): (called,)}))
    assert made == {"Answers": "Answers", "Project": "Project"}


def test_the_form_knows_the_sentences_by_the_names_that_they_have_here() -> None:
    script = (ROOT / "docs/assets/form/sheet.js").read_text("utf-8")
    used = re.findall(r'(?:refuse|stop)\((?:[^();]* \? )?"(\w+)"(?: : "(\w+)")?', script)
    assert {name for pair in used for name in pair if name} == {*SENTENCES}


def test_every_status_has_words_of_its_own_in_every_language() -> None:
    for code in LANGUAGES:
        say = book(code).language.gettext
        assert len({say(words) for words in SPOKEN.values()}) == len(SPOKEN)


@each("code, from_the_right", [("sv", False), ("fa", True)])
def test_a_language_that_is_written_from_the_right_has_its_columns_from_the_right(
    code: str, from_the_right: bool
) -> None:
    handbook = replace(real(), language=Language(code))
    raw = workbook(handbook, blank(handbook, {"modality": "autologous-cell", "route": "hospital-exemption"}, 1), DAY)
    assert (b'rightToLeft="1"' in parts(raw)[SHEETS["Answers"]]) == from_the_right
