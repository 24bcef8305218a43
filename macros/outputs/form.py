"""What the form *Report a change* reads: the questions once, and for each project its file and what is asked of it.

They are scripts that set a value, as a page that opens from disk may run a script and may not fetch a file, and as
the policy of the pages lets scripts of the site in. Nothing in them is code: a value is written as JSON.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.severity import ASK
from macros.model.editions import was_asked
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import Project
from macros.model.statuses import Status
from macros.outputs.first_file import choices, deliveries, skeleton
from macros.outputs.form_rules import limits, privacy, sentences
from macros.sheets.sentences import SENTENCES
from macros.sheets.words import SPOKEN, spoken, words_of_all
from macros.text.messages import Language

FOLDER = "change"
QUESTIONS = f"{FOLDER}/questions.js"
SHEET = f"{FOLDER}/sheet.js"
START = f"{FOLDER}/start"

FIELDS = {
    Status.MET: ["since", "evidence", "reviewed", "note"],
    Status.IN_PROGRESS: ["planned", "since", "evidence", "note", "owed"],
    Status.NOT_MET: ["planned", "since", "note", "owed"],
    Status.NOT_APPLICABLE: ["because", "note"],
    Status.NOT_ASSESSED: [],
}
"""What the form asks besides a status; what is not in the list is taken out of the file when the status changes."""


def questions(portfolio: Portfolio, _: str) -> Iterator[tuple[str, bytes]]:
    """Write the items, the words of the frame and what is checked, and for each stage what its items ask.

    A stage is opened when somebody wants it, and most visits need one or two.
    """
    handbook = portfolio.handbook
    yield QUESTIONS, _script("questions", _questions(handbook, portfolio.day))
    for stage in handbook.frame.stages:
        texts = {name: _texts(item) for name, item in handbook.items.items() if item.stage == stage}
        yield f"{FOLDER}/stage-{stage}.js", _script(f"stage{stage}", texts)


def sheet(portfolio: Portfolio, _: str) -> Iterator[tuple[str, bytes]]:
    """Write what a filled workbook is read with: why one is refused, and the words of lists in every language."""
    say = portfolio.handbook.language.gettext
    frames = portfolio.frames() if portfolio.frames else [(portfolio.handbook.frame, portfolio.handbook.language)]
    said = {name: say(sentence) for name, sentence in SENTENCES.items()}
    yield SHEET, _script("sheet", {"sentences": said, "words": words_of_all(frames)})


def _questions(handbook: Handbook, day: date) -> dict[str, Any]:
    frame = handbook.frame
    return {
        "edition": frame.edition,
        "stages": {number: stage.title for number, stage in frame.stages.items()},
        "tracks": _titles(frame.tracks),
        "partners": _titles(frame.partners),
        "start": _choices(handbook),
        "areas": {area.name: [area.title, area.track] for area in handbook.areas.values()},
        "items": {name: _item(handbook, item) for name, item in handbook.items.items()},
        "events": _titles(handbook.events),
        "hospitals": _titles(handbook.region.hospitals) if handbook.region and handbook.region.hospitals else None,
        "statuses": [[str(status) if status.example else "", *_status(status, handbook.language)] for status in SPOKEN],
        "sentences": sentences(handbook, day),
        "limits": limits(),
        "privacy": privacy(handbook.language),
    }


GROUPS = {"modality": "modalities", "donor": "donors", "delivery": "deliveries", "route": "routes"}
"""What a first file depends on → the words of the frame that it is chosen from."""


class Start(NamedTuple):
    """What is asked before a new project is answered; `delivery` is None where the modality settles it."""

    modality: str
    donor: str | None
    delivery: str | None
    route: str


def _starts(handbook: Handbook) -> Iterator[tuple[str, Start]]:
    """List every start with its name; with the usual delivery it is that of the first file."""
    for choice in choices(handbook):
        modality, donor, route = choice
        for number, delivery in enumerate(deliveries(handbook, modality) or [None]):
            name = f"{choice.name}--{delivery}" if number else choice.name
            yield name, Start(modality, donor, delivery, route)


def _choices(handbook: Handbook) -> dict[str, Any]:
    """List what is asked at the start with its words, and the choices there are, each with the name of its file."""
    asked = {field: _titles(getattr(handbook.frame, GROUPS[field])) for field in Start._fields}
    return {"asked": asked, "choices": [[name, list(start)] for name, start in _starts(handbook)]}


def _titles(group: Any) -> dict[str, str]:
    return {name: entry.title for name, entry in group.items()}


def _item(handbook: Handbook, item: Item) -> list[Any]:
    partner = [*handbook.frame.partners].index(item.owner)
    return [item.title, item.stage, partner, int(item.gate) + 2 * int(item.can_be_owed)]


def _texts(item: Item) -> list[str]:
    """Give how one knows that an item is done, why it matters, and what shows it."""
    done = [item.done_when, item.note, *(applied.change.done_when_also for applied in item.changes)]
    return [" ".join(filter(None, done)), item.why, item.evidence]


def _status(status: Status, language: Language) -> list[Any]:
    return [spoken(status, language), status.badge.symbol, FIELDS[status]]


def of_project(portfolio: Portfolio, project: Project, _: str) -> tuple[list[tuple[str, bytes]], None]:
    """Write the text of a project's file, and what is asked of it and found."""
    if portfolio.text_of is None or not project.in_full:  # its team opens the file itself
        return [], None
    place = {name: number for number, name in enumerate(portfolio.handbook.items)}
    reports = portfolio.reports(project.id)
    states = {name: state for report in reports for name, state in report.assessment.states.items()}
    about = {
        "id": project.id,
        "text": portfolio.text_of(project.id),
        "asked": [place[name] for name in states],
        "levels": [min(each) for each in zip(*map(_levels, reports), strict=True)],
        "findings": [*_findings(portfolio.handbook, reports)],
        **_visit(portfolio.handbook, reports),
    }
    return [(f"{FOLDER}/p/{project.id}.js", _script("project", about))], None


def _levels(report: ProjectReport) -> list[int]:
    return [standing.level for standing in report.assessment.tracks.values()]


def _findings(handbook: Handbook, reports: tuple[ProjectReport, ...]) -> Iterator[list[str]]:
    """List what can be acknowledged, each kind once, and what is: kind, how pages call it, title and why it matters."""
    badges = {f.kind: f.badge for report in reports for f in report.findings if f.severity != ASK or f.acknowledged}
    for kind in [*reports[0].project.acknowledged, *badges]:
        if text := handbook.finding_texts.get(kind):
            badge = badges.pop(kind, None)
            yield [kind, str(badge.label) if badge else "", text.title, text.why]


def _visit(handbook: Handbook, reports: tuple[ProjectReport, ...]) -> dict[str, Any]:
    """Say what has changed since the edition that a file was answered for: new items, and those asked differently."""
    edition = reports[0].project.checklist
    if edition == handbook.frame.edition:
        return {}
    new = {item.name: "" for report in reports for item in report.assessment.new}
    again = {name: "" for report in reports for name, state in report.assessment.states.items() if state.renewed}
    return {"new": [*new], "again": {name: was_asked(handbook.items[name].revised, edition) for name in again}}


def starts(portfolio: Portfolio, _: str) -> Iterator[tuple[str, bytes]]:
    """Write the first file of every choice, for the form."""
    handbook = portfolio.handbook
    place = {name: number for number, name in enumerate(handbook.items)}
    lead = next(iter(handbook.frame.partners))
    for name, (modality, donor, delivery, route) in _starts(handbook):
        about = {
            "id": "",
            "text": skeleton(
                handbook,
                modality=modality,
                donor=donor,
                routes=[route],
                lead=lead,
                day=portfolio.day,
                delivery=delivery,
            ),
            "asked": [place[item.name] for item in handbook.asked(modality, donor, route, delivery)],
            "levels": [0 for _ in handbook.frame.tracks],
            "findings": [],
        }
        yield f"{START}/{name}.js", _script("project", about)


def _script(name: str, value: object) -> bytes:
    """Write a value as a script that holds no mark of HTML and no end of line that a script would see."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in ("<", "\u2028", "\u2029"):
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return f"(window.navigatorForm??={{}}).{name}={text};\n".encode()
