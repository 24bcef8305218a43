"""`python -m macros read-sheet FILE`: what a filled sheet says, put into the status file that it was made from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.cli.command import Place, politely
from macros.cli.language import as_asked, language_of
from macros.cli.new import free_path
from macros.edit.splice import apply
from macros.edit.write import write_whole
from macros.language.translated import INTERFACE
from macros.load.handbook import checklists, read_project
from macros.load.languages import frames, spoken
from macros.model.handbook import Handbook
from macros.privacy.scan import private_data
from macros.sheets.words import ANSWERS, PROJECT
from macros.text.problem import Problem
from macros.text.reader import read
from macros.text.report import Problems, printable, stops
from macros.text.source import Source

if TYPE_CHECKING:
    from macros.sheets.filled import Filled

Change = Mapping[str, Any]


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a workbook that `sheet` wrote, or a blank one of the site")
    parser.add_argument("--as", dest="name", metavar="ID", help="the new project that a blank sheet becomes")
    parser.add_argument("--sheet-wins", action="store_true", help="also where the file has another answer by now")


@politely
def run(chosen: Namespace, place: Place) -> int:
    found: list[Problem] = []
    handbook = checklists(place.root, place.home, found)
    if handbook is None:
        raise Problems(found)
    sheet = _read(Path(chosen.file), place, handbook)
    _fits(sheet, handbook)
    name = _name(sheet, chosen.name)
    file = f"projects/{name}.yml"
    text, fresh = _text(sheet, place, handbook, file)
    if not chosen.sheet_wins and not fresh:
        _agree(sheet, read(file, text.encode())[0])
    _private(sheet)
    after = apply(text, sheet.changes)
    _check(sheet, place, handbook, file, after)
    if after != text or fresh:
        write_whole((place.base_of(file) or place.home) / file, after.encode(), new=fresh)
    for line in _said(sheet):
        print(line)
    print(_counts(sheet, file, written=after != text or fresh))
    return 0


def _read(path: Path, place: Place, handbook: Handbook) -> Filled:
    """Read the sheet, with the words of every language; why it is not read is said in that of the reader."""
    from macros.sheets.filled import filled
    from macros.sheets.sentences import SheetError
    from macros.sheets.words import words_of_all
    from macros.sheets.xlsx import MAX_FILE, read_workbook

    try:
        if path.stat().st_size > MAX_FILE:
            raise SheetError("large")
        return filled(read_workbook(path.read_bytes()), words_of_all(frames(place.root, place.home, handbook)))
    except SheetError as error:
        code = language_of(None, place, handbook.region)
        language, _ = spoken(place.root, place.home, code, only=[INTERFACE])
        raise ValueError(error.said(language)) from None


def _fits(sheet: Filled, handbook: Handbook) -> None:
    """Refuse a sheet of another edition, or of other checklists."""
    edition = sheet.about.get("edition")
    if edition != handbook.frame.edition:
        cell, wanted = f"cell B1 of {sheet.sheets[ANSWERS]}", f"the checklists are of {handbook.frame.edition}"
        raise ValueError(f"The sheet is for edition {edition} ({cell}); {wanted}. Use a new sheet.")
    if strange := [name for name in sheet.names if name not in handbook.items]:
        raise ValueError(f'The sheet asks about "{strange[0]}", which these checklists do not have. Use a new sheet.')


def _name(sheet: Filled, wanted: str | None) -> str:
    own = sheet.about.get("project", "")
    if own and wanted and own != wanted:
        raise ValueError(f'The sheet belongs to the project "{own}". Leave out --as.')
    if not own and not wanted:
        raise ValueError("The sheet belongs to no project yet. Name the new one with --as.")
    return own or str(wanted)


def _text(sheet: Filled, place: Place, handbook: Handbook, file: str) -> tuple[str, bool]:
    """Give the text of the status file, and whether it is new."""
    if "project" in sheet.about:
        base = place.base_of(file)
        if base is None or (base / file).is_symlink():
            raise ValueError(f"There is no {file}.")
        try:
            return (base / file).read_bytes().decode(), False
        except UnicodeDecodeError:
            raise ValueError(f"{file} is not saved as UTF-8. Run `python -m macros check`.") from None
    from macros.outputs.first_file import skeleton

    free_path(place.root, place.home, Path(file).stem)
    given = {"/".join(change["path"]): change["value"] for change in sheet.changes if "value" in change}
    for name, cell in (("title", "C4"), ("summary", "C5"), ("lead", "C6")):
        if not given.get(name):
            raise ValueError(f"Cell {cell} of {sheet.sheets[PROJECT]} is empty: a new project needs its {name}.")
    product: dict[str, Any] = {name: word for name, word in sheet.about.items() if name not in ("edition", "route")}
    routes = sheet.about.get("route", "").split()
    handbook = as_asked(handbook, None, place)
    text = skeleton(handbook, **{"donor": None, **product}, routes=routes, lead=str(given["lead"]), day=place.day)
    return text, True


def _agree(sheet: Filled, source: Source) -> None:
    """Refuse to replace what somebody else has answered since the sheet was written."""
    for change, field, was, now in _fields(sheet):
        path = change["path"] if "value" in change else ["status", *change["path"]]
        here = source.at(path)
        here = {"status": here} if isinstance(here, str) and "value" not in change else here
        there = here if "value" in change else (here or {}).get(field)
        there = " ".join(str(there or "").split())
        if there not in (was, now or ""):
            raise ValueError(
                f'Cell {change["cells"][field]}: the sheet was written when the file said "{was}"; by now it says '
                f'"{there}". Put this into the cell, or add --sheet-wins.'
            )


def _fields(sheet: Filled) -> Iterator[tuple[Change, str, str, str | None]]:
    for change in sheet.changes:
        for field, now in change.get("fields", {"value": change.get("value")}).items():
            yield change, field, change["was"].get(field, ""), now


def _private(sheet: Filled) -> None:
    """Refuse private data before they are anywhere in the repository; never repeats them."""
    for change, field, _, now in _fields(sheet):
        if now and (problems := [*private_data(Source("", now))]):
            raise ValueError(f"Cell {change['cells'][field]}: {problems[0].sentence}. Take it out of the sheet.")


def _check(sheet: Filled, place: Place, handbook: Handbook, file: str, text: str) -> None:
    """Refuse what `check` would refuse in the new file, with the cell."""
    found: list[Problem] = []
    read_project(place.home, file, handbook, place.day, found, raw=text.encode())
    source = read(file, text.encode())[0]
    spots = {}
    for change, field, _, _ in _fields(sheet):
        path = change["path"] if "value" in change else ["status", *change["path"], field]
        spots[source.spot(path)[:2]] = change["cells"][field]
    for problem in stops(found):
        near = [spot for spot in spots if spot[0] == problem.line]
        if near:
            cell = spots[min(near, key=lambda spot: abs(spot[1] - problem.column))]
            raise ValueError(f"Cell {cell}: {problem.sentence}{f'; {problem.fix}' if problem.fix else ''}.")
    if stops(found):
        raise Problems(stops(found))


def _said(sheet: Filled) -> Iterator[str]:
    """Say what changes, a line for each change."""
    for change in sheet.changes:
        fields = change.get("fields", {"value": change.get("value")})
        was = change["was"]
        words = [f"{was.get(name) or 'nothing'} → {now or 'nothing'}" for name, now in fields.items()]
        named = [f"{name} {said}" if name != "value" else said for name, said in zip(fields, words, strict=True)]
        yield printable(f"{'/'.join(change['path'])}: {', '.join(named)}")


def _counts(sheet: Filled, file: str, *, written: bool) -> str:
    answers = sum("fields" in change for change in sheet.changes)
    rest = len(sheet.changes) - answers
    counts = f"{len(sheet.names)} questions in the sheet, {sheet.answered} answered; changed: {answers} of the answers"
    counts += f" and {rest} of the lines about the project."
    if not written:
        return f"{counts} {file} says this already."
    day = any(change["path"] == ["assessed"] for change in sheet.changes)
    return f"{counts} {file} is written." + ("" if day else " The day of the assessment is as before.")
