"""`python -m macros report FILE …`: all that is computed for projects on a day."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from macros.cli.command import Place, politely
from macros.cli.language import as_asked, declare_language
from macros.load.files import problems_of
from macros.load.handbook import checklists, read_project, survey
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.dates import PartialDate
from macros.text.formats import as_json as problems_json
from macros.text.problem import Problem
from macros.text.report import Problems, stops


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a status file, or a folder; a draft may lie anywhere")
    parser.add_argument("--day", metavar="DAY", help="count from this day, such as 2027-01-31; else from today")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    declare_language(parser)


@politely
def run(chosen: Namespace, place: Place) -> int:
    from macros.engine.report import report_on
    from macros.outputs.api.report import as_json
    from macros.outputs.project_text import as_text

    day = place.day if chosen.day is None else _day(chosen.day)
    files = {name: base for file in chosen.files for name, base in _status_files(place, file).items()}
    # No date that is past on the day asked for, or by now, is refused as lying ahead.
    handbook, projects, found = _read(place, files, max(day, place.day))
    if stops(found):
        if chosen.format == "text":
            raise Problems(found)
        print(problems_json(stops(found)))
        return 1
    if chosen.format == "text":
        handbook = as_asked(handbook, chosen.language, place)
    reports = (report_on(project, handbook, route, day=day) for project in projects for route in project.route)
    print((as_json if chosen.format == "json" else as_text)(reports), end="")
    return 0


def _day(text: str) -> date:
    """Read a day; a month or a year is not one."""
    try:
        moment = PartialDate.parse(text)
    except ValueError:
        moment = None
    if moment is None or moment.first != moment.last:
        raise ValueError(f'"{text}" is not a day. Write it as --day 2027-01-31.')
    return moment.first


def _status_files(place: Place, file: str) -> dict[str, Path]:
    """Find the status files that a name stands for: name → the folder that it is named from."""
    found = {name: place.base_of(name) for name in place.named(file)}
    files = {name: base for name, base in found.items() if base and not name.startswith(("checklists/", "region/"))}
    if not files or len(files) < len(found):
        raise ValueError(f"{next(iter(found.keys() - files), file)} is no status file, nor a folder of such files.")
    return files


def _read(place: Place, files: Mapping[str, Path], day: date) -> tuple[Handbook, list[Project], list[Problem]]:
    """Read status files: those of the repository as `check` does, drafts from elsewhere by themselves.

    Raises:
        Problems: the checklists cannot be used.
        ValueError: a file is hidden, and so not read.
    """
    handbook, found = survey(place.root, day, files, place.home)
    if handbook is None:
        found = []
        checklists(place.root, place.home, found)
        raise Problems(found)
    own = {f"projects/{name}.yml": project for name, project in handbook.projects.items()}
    for name, base in files.items():
        if not name.startswith("projects/"):
            problems = problems_of(Path(name).name, base / name)
            found += problems
            draft = None if problems else read_project(base, name, handbook, day, found)
            own |= {name: draft} if draft else {}
    if not stops(found) and (hidden := files.keys() - own):
        raise ValueError(f"{min(hidden)} is no status file.")
    return handbook, [own[name] for name in files if name in own], found
