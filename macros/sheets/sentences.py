"""Why a workbook is not read: the sentences, in the language of whoever reads them.

The form in the browser says the same ones. It gets them from here: `docs/assets/form/sheet.js` has only their names.
"""

from __future__ import annotations

import re

from macros.text.messages import ENGLISH, N_, Language

SENTENCES = {
    "large": N_("The file is too large for a sheet of the Navigator."),
    "old": N_(
        "The file has a password, or is in an old format. Save it as an Excel workbook (.xlsx), without a password."
    ),
    "none": N_("The file is not a workbook, whatever its name says. Save it as an Excel workbook (.xlsx)."),
    "damaged": N_("The file is damaged. Save it as an Excel workbook (.xlsx) again."),
    "ods": N_("The file is an OpenDocument sheet (.ods). Save it as an Excel workbook (.xlsx)."),
    "macro": N_(
        "The workbook holds a macro or something else that is not a sheet. Save it as an Excel workbook (.xlsx)."
    ),
    "refers": N_("The workbook refers to another workbook. Use a new sheet."),
    "locked": N_("The file has a password. Save it as an Excel workbook (.xlsx), without a password."),
    "more": N_("The file holds more than a sheet of the Navigator. Use a new sheet."),
    "odd": N_("The file holds what no spreadsheet program writes. Use a new sheet."),
    "text": N_("Cell {at} refers to a text that is not there. Save it as an Excel workbook (.xlsx) again."),
    "missing": N_('The workbook is no sheet of the Navigator: "{sheet}" is missing. Use a new sheet.'),
    "version": N_("The workbook is a sheet of another version of the Navigator. Use a new sheet."),
    "hidden": N_("The hidden sheet has been changed. Use a new sheet."),
    "empty": N_("Cell {at} of {sheet} is empty, but there is text in its row. Choose an answer."),
    "unnamed": N_("Cell {at} of {sheet} has been changed: it names no question of this sheet."),
    "twice": N_('Cell {at} of {sheet} names "{name}" a second time. Delete this row.'),
    "gone": N_('The row of "{name}" is missing in {sheet}. Use a new sheet.'),
    "beside": N_("Cell {at} of {sheet} is beside the questions: it would be lost. Empty it."),
    "formula": N_("Cell {at} of {sheet} holds a formula. Type the text or the date itself."),
    "word": N_('Cell {at} of {sheet} says "{text}". Choose one of the words in its list.'),
    "long": N_("Cell {at} of {sheet} has {count} characters, more than {most}. Shorten it."),
    "month": N_('Cell {at} of {sheet} says "{text}". Write year and month, such as 2028-02.'),
    "day": N_('Cell {at} of {sheet} says "{text}". Write the date as 2026-03-14.'),
    "date": N_('Cell {at} of {sheet} says "{text}". Write the date as 2026-03-14, 2026-03 or 2026.'),
}
"""Name → sentence, with places in braces."""


class SheetError(ValueError):
    """A workbook is not read; says why in a sentence, with the cell where there is one."""

    def __init__(self, name: str, /, **values: object) -> None:
        self.name, self.values = name, values
        super().__init__(self.said(ENGLISH))

    def said(self, language: Language) -> str:
        """Give the sentence in a language."""
        text = language.gettext(SENTENCES[self.name])
        return re.sub(r"{(\w+)}", lambda place: str(self.values.get(place[1], place[0])), text)
