"""Workbooks (.xlsx) in which people answer: of a project, and a blank one for each kind of product."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from macros.language.head import direction_of
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.statuses import Status
from macros.sheets.filled import COLUMNS, FIRST, FORMAT, MAX_TEXT
from macros.sheets.questions import Sheet
from macros.sheets.words import ANSWERS, CHOSEN, HIDDEN, PROJECT, sheet_names, spoken, words_of
from macros.text.messages import N_

FIELDS = tuple(COLUMNS.values())
LINE = 15
WIDTHS = (7, 12, 34, 44, 7)
HEADS = ("", N_("Stage"), N_("Track"), N_("Question"), N_("Done when"), N_("Gate"))
ASKED = {
    "status": (N_("Answer"), N_("Choose from the list. Leave it empty as long as nobody has looked."), 15),
    "since": (N_("Since"), N_("2026-03-14, 2026-03 or 2026"), 12),
    "evidence": (N_("Evidence"), N_("Document number or link. No patient data, no names of persons."), 32),
    "reviewed": (N_("Looked at again"), N_("The day on which somebody last looked at the evidence: 2026-03-14"), 12),
    "planned": (N_("Planned"), N_("The month in which it will be done: 2028-02"), 11),
    "because": (N_("Reason"), N_("One sentence. Needed where it does not apply."), 28),
    "note": (N_("Note"), N_("What else one should know. No patient data, no names of persons."), 28),
}
"""Field → its heading, what is said beside its cells, and the width of its column."""

ABOUT = {
    "title": (N_("Title"), N_("The project in a few words")),
    "summary": (N_("Summary"), N_("One sentence that a newcomer understands")),
    "lead": (N_("Leading partner"), N_("Choose from the list")),
    "contact": (N_("Contact"), N_("A role, never a person: ATMP coordinator, eye clinic")),
    "assessed": (
        N_("Day of the assessment"),
        N_("The day on which somebody last went through the answers: 2026-03-14"),
    ),
}
"""What is asked of the project besides its targets: name → label, and how to write it."""

MISSING = N_("A gate counts only with a date and evidence")
HELP = N_(
    "Fill in the white cells. A gate is marked; where it is done it needs a date and evidence. "
    "Do not write patient data, names of persons, or anything confidential: what is reported is public."
)
LONGEST_HEAD, LONGEST_HELP = 32, 255
"""Characters that a spreadsheet program shows above and in the help beside a cell."""


def workbook(handbook: Handbook, sheet: Sheet, day: date) -> bytes:
    """Write a workbook in the language of the handbook; the same input gives the same bytes."""
    return _Writer(handbook, sheet, day).write()


def heading(handbook: Handbook, sheet: Sheet) -> str:
    """Write the line at the top of a workbook."""
    words = {"title": sheet.title, "edition": sheet.about["edition"]}
    return handbook.language.gettext(N_("%(title)s, edition %(edition)s")) % words


class _Writer:
    def __init__(self, handbook: Handbook, sheet: Sheet, day: date):
        import xlsxwriter  # only where a workbook is written: `check` has no need of it

        self.handbook, self.sheet = handbook, sheet
        self.say, self.names = handbook.language.gettext, sheet_names(handbook.language)
        self.bytes = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.bytes, {"in_memory": True})
        self.book.set_properties({"title": sheet.title, "created": datetime(day.year, day.month, day.day)})
        look = {"valign": "top", "text_wrap": True, "font_name": "Calibri", "font_size": 11}
        add = self.book.add_format
        self.fixed = add({**look, "bg_color": "#F1F3F4", "border": 1, "border_color": "#D5D9DC"})
        self.gate = add({**look, "bg_color": "#F1F3F4", "border": 1, "border_color": "#D5D9DC", "bold": True})
        self.open = add({**look, "locked": False, "num_format": "@", "border": 1, "border_color": "#D5D9DC"})
        self.head = add({**look, "bold": True, "bg_color": "#D9E2E8", "border": 1, "border_color": "#D5D9DC"})
        self.title = add({"bold": True, "font_size": 14})
        self.plain = add({"font_size": 11})
        self.alarm = add({**look, "font_color": "#9C2B00"})

    def write(self) -> bytes:
        answers, project = (self.book.add_worksheet(self.names[name]) for name in (ANSWERS, PROJECT))
        hidden = self.book.add_worksheet(HIDDEN)
        self.answers(answers)
        head = self.project(project)
        for number, row in enumerate(self.hidden(head)):
            for column, text in enumerate(row):
                if text:
                    hidden.write_string(number, column, text)
        hidden.very_hidden()
        hidden.protect()
        answers.activate()
        self.book.close()
        return self.bytes.getvalue()

    def top(self, page: Any) -> None:
        """Write the title and what is to be done."""
        page.write_string(0, 1, heading(self.handbook, self.sheet), self.title)
        page.write_string(1, 1, self.say(HELP), self.plain)
        for number in (0, 1):  # the format of a row replaces those of the columns, in which one may write
            page.set_row(number, None, self.plain)
        if not self.handbook.language.is_english and direction_of(self.handbook.language.code) == "rtl":
            page.right_to_left()
        page.set_column(0, 0, None, None, {"hidden": True})
        page.protect(options={"autofilter": True, "format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(9)
        page.ignore_errors({"number_stored_as_text": "A1:N1000"})
        page.fit_to_pages(1, 0)

    # --- answers ---

    def answers(self, page: Any) -> None:
        self.top(page)
        for column, words in enumerate((*HEADS, *(ASKED[field][0] for field in FIELDS), N_("Check"))):
            page.write_string(FIRST - 2, column, words and self.say(words), self.head)
        for number, item in enumerate(self.sheet.items, FIRST - 1):
            self.row(page, number, item)
        last = max(FIRST - 1, FIRST - 2 + len(self.sheet.items))
        page.autofilter(FIRST - 2, 1, last, len(HEADS) + len(FIELDS))
        page.set_row(FIRST - 2, 2 * LINE)
        for column, width in enumerate(WIDTHS, 1):
            page.set_column(column, column, _wide(self.say(HEADS[column]), width))
        for column, field in enumerate(FIELDS, len(HEADS)):
            page.set_column(column, column, _wide(self.say(ASKED[field][0]), ASKED[field][2]), self.open)
            page.data_validation(FIRST - 1, column, last, column, self.rule(field))
        page.set_column(len(HEADS) + len(FIELDS), len(HEADS) + len(FIELDS), 24)
        page.freeze_panes(FIRST - 1, 4)
        page.set_paper(8)
        page.repeat_rows(FIRST - 2)

    def row(self, page: Any, number: int, item: Item) -> None:
        """Write one question with its answer."""
        track = self.handbook.frame.tracks[item.track].title
        done = " ".join(filter(None, [item.done_when, *(applied.change.done_when_also for applied in item.changes)]))
        words = (item.name, str(item.stage), track, item.title, done, self.say("Gate") if item.gate else "")
        given = self.sheet.answers.get(item.name, {})
        page.set_row(number, LINE * _lines(item.title, done, given))
        for column, text in enumerate(words):
            page.write_string(number, column, " ".join(text.split()), self.gate if column == 5 else self.fixed)
        for column, field in enumerate(FIELDS, len(HEADS)):
            if text := _one_line(given.get(field)):
                text = spoken(text, self.handbook.language) if field == "status" else text
                page.write_string(number, column, text, self.open)
        if item.gate:
            row, missing = number + 1, self.say(MISSING)
            done, said = (words.replace('"', '""') for words in (spoken(Status.MET, self.handbook.language), missing))
            formula = f'=IF(AND(G{row}="{done}",OR(H{row}="",I{row}="")),"{said}","")'
            met = given.get("status") == Status.MET and not (given.get("since") and given.get("evidence"))
            page.write_formula(number, len(HEADS) + len(FIELDS), formula, self.alarm, missing if met else "")

    def rule(self, field: str) -> dict[str, Any]:
        """Say what a spreadsheet program asks of the cells of a field."""
        head, beside = (self.say(words) for words in ASKED[field][:2])
        head = head[:LONGEST_HEAD]
        said = {"input_title": head, "input_message": beside[:LONGEST_HELP], "error_title": head}
        if field == "status":
            words = [spoken(status, self.handbook.language) for status in CHOSEN]
            return {
                "validate": "list",
                "source": words,
                "error_message": self.say(N_("Choose one of the words.")),
                **said,
            }
        longest = {"validate": "length", "criteria": "<=", "value": MAX_TEXT}
        return {**longest, "error_message": self.say(N_("At most %(most)s characters.")) % {"most": MAX_TEXT}, **said}

    # --- the project ---

    def project(self, page: Any) -> dict[str, str]:
        """Write what is said of the project; gives each name with what its cell says."""
        self.top(page)
        for column, head in enumerate(("", N_("About the project"), N_("What you say"), N_("How"))):
            page.write_string(FIRST - 2, column, head and self.say(head), self.head)
        values = {}
        for number, (name, label, how) in enumerate(self.about(), FIRST - 1):
            group, _, step = name.rpartition("/")
            found = (self.sheet.head.get(group) or {}).get(step) if group else self.sheet.head.get(name)
            text = values[name] = _one_line(found)
            partner = self.handbook.frame.partners.get(text) if name == "lead" else None
            for column, words in enumerate((name, label, partner.title if partner else text, how)):
                page.write_string(number, column, words, self.open if column == 2 else self.fixed)
        for column, width in enumerate((50, 60, 60), 1):
            page.set_column(column, column, width)
        partners = [partner.title for partner in self.handbook.frame.partners.values()]
        row = FIRST - 1 + [name for name, _, _ in self.about()].index("lead")
        page.data_validation(row, 2, row, 2, {"validate": "list", "source": partners})
        return values

    def about(self) -> list[tuple[str, str, str]]:
        """List what is asked of the project: name, label, and how to write it."""
        target, month = self.say(N_("Target: stage %(number)s, %(title)s")), self.say(N_("Year and month: 2028-02"))
        stages = ((number, stage.title) for number, stage in self.handbook.frame.stages.items())
        return [
            *((name, self.say(label), self.say(how)) for name, (label, how) in ABOUT.items()),
            *((f"targets/{number}", target % {"number": number, "title": title}, month) for number, title in stages),
        ]

    # --- what the reader needs ---

    def hidden(self, head: Mapping[str, str]) -> Iterator[list[str]]:
        """List what the sheet was made from, and what every cell says."""
        yield ["format", FORMAT]
        yield from ([name, text] for name, text in self.sheet.about.items())
        yield from (["sheet", name, called] for name, called in self.names.items() if name != called)
        yield from (["word", *words] for words in words_of(self.handbook.frame, self.handbook.language))
        yield from (["was", name, text] for name, text in head.items())
        for item in self.sheet.items:
            given = self.sheet.answers.get(item.name, {})
            yield ["was", item.name, *(_one_line(given.get(field)) for field in FIELDS)]


def _wide(head: str, width: int) -> int:
    """Widen a column until the longest word of its heading fits."""
    return max(width, 2 + max(map(len, head.split())))


def _lines(title: str, done: str, given: Mapping[str, Any]) -> int:
    """Count the lines that the longest text of a row needs; not every program counts them itself."""
    wide = [(title, WIDTHS[2]), (done, WIDTHS[3]), *((given.get(name), ASKED[name][2]) for name in FIELDS)]
    return max(2, *(1 + len(text) // (width - 4) for text, width in wide if isinstance(text, str)))


def _one_line(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str) else ""
