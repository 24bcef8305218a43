"""A folder → a Handbook, or every Problem at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from macros.answers import Project, StatusFile
from macros.checks import CHECKLIST_CHECKS
from macros.fields import Record, is_word
from macros.handbook import Handbook
from macros.kinds import Problem, kind, write
from macros.model import Area, AreaFile, Frame, ReferenceFile
from macros.problems import Problems, shape, stops
from macros.project_checks import PROJECT_CHECKS
from macros.rawtext import MAX_BYTES
from macros.reader import read
from macros.rules import MotionFile, RuleFile
from macros.slips import slips
from macros.source import Source

R = TypeVar("R", bound=Record)

RESERVED = frozenset(
    [
        "index",
        "assets",
        "search",
        "api",
        "schema",
        "edit",
        "new",
        "about",
        "calendar",
        "con",
        "prn",
        "aux",
        "nul",
    ]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)


def load(root: Path, day: date) -> Handbook:
    """Read and check everything under `root`.

    Args:
        root: The folder that holds `checklists/` and `projects/`.
        day: The day against which dates are judged.

    Raises:
        Problems: every mistake found, when there is one.
    """
    handbook, problems = survey(root, day)
    if handbook is None or stops(problems):
        raise Problems(problems)
    return handbook


def survey(root: Path, day: date, only: Iterable[str] = ()) -> tuple[Handbook | None, list[Problem]]:
    """Read everything, or the checklists and the project files named in `only`.

    Returns:
        The handbook, None where its checklists cannot be used, and all problems.
    """
    found: list[Problem] = []
    handbook = _checklists(root, found)
    found += linked_pages(root)
    wanted = frozenset(only)
    files = [file for file in _files(root, "projects", found) if not wanted or file in wanted]
    if handbook is None:
        for file in files:
            _record(root, file, StatusFile, found)
        return None, _named(found, wanted)
    projects = [_project(root, file, handbook, day, found) for file in files]
    handbook = replace(handbook, projects={project.id: project for project in projects if project})
    return handbook, _named(found, wanted)


def _named(found: list[Problem], wanted: frozenset[str]) -> list[Problem]:
    return sorted(problem for problem in set(found) if not wanted or problem.file in wanted)


SINGLE: dict[str, type[Record]] = {
    "navigator": Frame,
    "references": ReferenceFile,
    "bottlenecks": RuleFile,
    "rules-in-motion": MotionFile,
}
"""The files of `checklists/` that are not areas."""


def _checklists(root: Path, found: list[Problem]) -> Handbook | None:
    """Read the frame, the areas, the sources and the rules; None when one of them cannot be used."""
    sources: dict[str, Source] = {}
    values: dict[str, Record] = {}
    areas: dict[str, Area] = {}
    for file in _files(root, "checklists", found):
        track, _, name = file.removeprefix("checklists/").removesuffix(".yml").rpartition("/")
        sources[name], value = _record(root, file, AreaFile if track else SINGLE.get(name, AreaFile), found)
        if isinstance(value, AreaFile):
            areas[name] = Area.model_construct(**dict(value), name=name, track=track)
        elif value is not None:
            values[name] = value
    for name in [name for name in SINGLE if name not in sources]:
        found.append(Problem(f"checklists/{name}.yml", 0, 0, "missing-file", "this file is missing"))
    if found:
        return None
    frame, references, rules, motions = (values[name] for name in SINGLE)
    assert isinstance(frame, Frame) and isinstance(references, ReferenceFile)  # noqa: S101
    assert isinstance(rules, RuleFile) and isinstance(motions, MotionFile)  # noqa: S101
    handbook = Handbook(
        frame, _ordered(areas, frame), references.references, rules.rules, rules.events, motions.rules, {}
    )
    found += [problem for check in CHECKLIST_CHECKS for problem in check(handbook, sources)]
    return None if found else handbook


def _ordered(areas: dict[str, Area], frame: Frame) -> dict[str, Area]:
    """Order areas by track, then by the stage of their first item, then by name."""
    tracks = list(frame.tracks)

    def place(area: Area) -> tuple[int, int, str]:
        track = tracks.index(area.track) if area.track in tracks else len(tracks)
        return track, min((item.stage for item in area.items.values()), default=0), area.name

    return {area.name: area for area in sorted(areas.values(), key=place)}


def _project(root: Path, file: str, handbook: Handbook, day: date, found: list[Problem]) -> Project | None:
    source, status = _record(root, file, StatusFile, found)
    if status is None:
        return None
    name = Path(file).stem
    project = Project.model_construct(**dict(status), id=name)
    for check in [*PROJECT_CHECKS, slips]:
        found += check(project, source, handbook, day)
    return project


def _record(root: Path, file: str, record: type[R], found: list[Problem]) -> tuple[Source, R | None]:
    """Read one file as a record, adding what is wrong to `found`."""
    source, problems = read(file, (root / file).read_bytes(), MAX_BYTES * (4 if file.startswith("checklists/") else 1))
    if not problems:
        value = shape(record, source)
        if not isinstance(value, list):
            return source, value
        problems = value
    found += problems
    return source, None


def _files(root: Path, folder: str, found: list[Problem]) -> list[str]:
    """List the YAML files of a folder in a fixed order, adding odd ones to `found`."""
    files = []
    for path in sorted(_walk(root / folder)):
        file = os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
        problems = [problem for check in FILE_CHECKS for problem in check(file, path)]
        found += problems
        if not problems:
            files.append(file)
    return files


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


@kind("not-a-file")
def ordinary_file(file: str, path: Path) -> Iterator[Problem]:
    """A file is an ordinary file, not a link to another place.

    A link could publish what lies outside the handbook. Put the file itself here.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        yield Problem(file, 0, 0, "not-a-file", "this is a link, not a file", "put the file itself here")


@kind("wrong-extension")
def extension(file: str, path: Path) -> Iterator[Problem]:
    """A file's name ends in `.yml`.

    Others, such as `.yaml`, `.YML` or `.yml.txt`, would not be read.
    """
    if path.suffix != ".yml":
        name = path.name.split(".")[0] + ".yml"
        yield Problem(file, 0, 0, "wrong-extension", "the name does not end in .yml", f'rename it to "{name}"')


@kind("file-name")
def file_name(file: str, path: Path) -> Iterator[Problem]:
    """A file's name can stand in an address.

    It has small letters a to z, digits and single hyphens, begins with a letter and has at
    most 48 characters: `retinal-cells.yml`. A few names are taken by the site itself.
    """
    name = path.name.split(".")[0]
    if path.suffix == ".yml" and (not is_word(path.stem) or name in RESERVED):
        plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in path.stem.lower()).split())
        fix = write(f"{plain}.yml") if is_word(plain) and plain not in RESERVED else "choose another name"
        yield Problem(file, 0, 0, "file-name", "this name cannot be part of an address", fix)


FILE_CHECKS = [ordinary_file, extension, file_name]


def linked_pages(root: Path) -> Iterator[Problem]:
    """Refuse links under `docs/`, which the site would follow and publish."""
    for path in sorted(_walk(root / "docs")):
        yield from ordinary_file(path.relative_to(root).as_posix(), path)
