"""A folder → a Handbook, or every Problem at once."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from macros.checks.checklists import CHECKLIST_CHECKS
from macros.checks.editions import EDITION_CHECKS
from macros.checks.projects import PROJECT_CHECKS, former_names
from macros.checks.rules import RULE_CHECKS
from macros.checks.sources import SOURCE_CHECKS, keywords_name_places
from macros.checks.warnings import slips
from macros.fields.types import Record
from macros.load import collector
from macros.load.catalogues import offered
from macros.load.files import files_of, linked_pages, name_of_shared, name_twice, read_record, understood
from macros.load.layers import COUNTRIES
from macros.load.network import read_network
from macros.load.pages import pages
from macros.load.region import with_keywords, with_region
from macros.load.stray import stray
from macros.model.checklist import AreaFile, Frame
from macros.model.handbook import Handbook
from macros.model.items import Area
from macros.model.rules import KeywordFile, MotionFile, MovedFile, ReferenceFile, RuleFile, SearchFile
from macros.model.status_file import Project, ProjectKind, StatusFile
from macros.text.messages import M_
from macros.text.problem import ERROR, Problem, kind
from macros.text.report import Problems, stops
from macros.text.source import Source

Chosen: TypeAlias = Callable[[Iterable[str]], Collection[str]]


def load(
    root: Path, day: date, home: Path | None = None, chosen: Chosen = set, catalogues: Path | None = None
) -> Handbook:
    """Read and check everything under `root`.

    Args:
        root: The folder that holds `checklists/` and `projects/`.
        day: The day against which dates are judged.
        home: The folder that holds `region/` and more projects, where that is another one.
        chosen: From the names of all projects to those that are read; others are as if they were not there.
        catalogues: The folder that holds `languages/`, where that is not `root`.

    Raises:
        Problems: every mistake found, when there is one.
    """
    handbook, problems = survey(root, day, home=home, chosen=chosen, catalogues=catalogues)
    if handbook is None or stops(problems):
        raise Problems(problems)
    return handbook


@collector.paused()
def survey(
    root: Path,
    day: date,
    only: Iterable[str] = (),
    home: Path | None = None,
    chosen: Chosen = set,
    catalogues: Path | None = None,
) -> tuple[Handbook | None, list[Problem]]:
    """Read everything, or the checklists and the project files named in `only`.

    Returns:
        The handbook, None where its checklists cannot be used, and all problems.
    """
    found: list[Problem] = []
    wanted = frozenset(only)
    everything = not wanted or not all(file.startswith("projects/") for file in wanted)
    handbook = checklists(root, home or root, found, whole=everything, catalogues=catalogues)
    listed = _projects(root, home or root, found, wanted)
    built = chosen(Path(file).stem for _, file in listed)
    files = [(base, file) for base, file in listed if Path(file).stem in built]
    if everything:
        found += linked_pages(root)
        found += [problem for base in {root, home or root} for problem in stray(base)]
        read_network(home or root, found)
        found += pages(root, home or root, handbook, [Path(file).stem for _, file in listed], wanted)
    if handbook is None:
        for base, file in files:
            read_record(base, file, StatusFile, found)
        return None, sorted(set(found))
    taken = {Path(file).stem: file for _, file in files}
    projects = [read_project(base, file, handbook, day, found, taken) for base, file in files]
    handbook = replace(handbook, projects={project.id: project for project in projects if project})
    return handbook, sorted(problem for problem in set(found) if not wanted or problem.file in wanted)


def projects_alone(root: Path, home: Path) -> tuple[dict[str, Project], list[str]]:
    """Read the status files whether or not they fit the checklists; also names those that cannot be read."""
    projects, left_out = {}, []
    for base, file in _projects(root, home, []):
        status = read_record(base, file, StatusFile, [])[1]
        if status is None:
            left_out.append(file)
            continue
        name = Path(file).stem
        projects[name] = Project.model_construct(**dict(status), id=name)
    return projects, left_out


def _projects(root: Path, home: Path, found: list[Problem], wanted: Collection[str] = ()) -> list[tuple[Path, str]]:
    """List the status files in order of their names; a region's own counts where an example has its name.

    Args:
        wanted: The only ones that are asked for; empty for all.
    """
    places = dict.fromkeys(files_of(root, "projects", found, wanted), root)
    if home != root:
        for file in files_of(home, "projects", found, wanted):
            if file in places:
                theirs = read_record(root, file, StatusFile, [])[1]
                found += name_of_shared(file, example=theirs is None or theirs.kind is not ProjectKind.PROJECT)
            places[file] = home
    return [(places[file], file) for file in sorted(places)]


SINGLE: dict[str, type[Record]] = {
    "navigator": Frame,
    "references": ReferenceFile,
    "bottlenecks": RuleFile,
    "rules-in-motion": MotionFile,
}
"""The files of `checklists/` that are not areas."""

OPTIONAL: dict[str, type[Record]] = {"searches": SearchFile, "keywords": KeywordFile, "moved": MovedFile}
"""The same, where a handbook need not have them."""


def checklists(
    root: Path, home: Path | None, found: list[Problem], *, whole: bool = True, catalogues: Path | None = None
) -> Handbook | None:
    """Read the frame, the areas, the sources, the rules and a region's layers; None when one cannot be used.

    Args:
        root: The folder that holds `checklists/`.
        home: The folder that holds `region/`, where there is one; None for the shared checklists alone.
        found: Problems are added here.
        whole: Whether private data are looked for too, and the layers of countries checked that are not in use.
        catalogues: The folder that holds `languages/`, where that is not `root`.
    """
    sources: dict[str, Source] = {}
    values: dict[str, Record] = {}
    areas: dict[str, Area] = {}
    for file in files_of(root, "checklists", found):
        if file.startswith(f"{COUNTRIES}/"):
            continue
        track, _, name = file.removeprefix("checklists/").removesuffix(".yml").rpartition("/")
        if name in sources or (track and name in {**SINGLE, **OPTIONAL}):
            found += name_twice([file, *([sources[name].file] if name in sources else [])], name)
            continue
        record = AreaFile if track else {**SINGLE, **OPTIONAL}.get(name, AreaFile)
        sources[name], value = read_record(root, file, record, found, looked_through=not whole)
        if isinstance(value, AreaFile):
            areas[name] = Area.model_construct(**dict(value), name=name, track=track)
        elif value is not None:
            values[name] = value
    found += missing_files(name for name in SINGLE if name not in sources)
    if found:
        return None
    frame, references, rules, motions = (values[name] for name in SINGLE)
    assert isinstance(frame, Frame) and isinstance(references, ReferenceFile)  # noqa: S101
    assert isinstance(rules, RuleFile) and isinstance(motions, MotionFile)  # noqa: S101
    areas = _ordered(areas, frame)
    handbook = Handbook(frame, areas, references.references, rules.rules, rules.events, motions.rules, {})
    if isinstance(searches := values.get("searches"), SearchFile):
        handbook = replace(handbook, searches=searches.searches)
    if isinstance(renamed := values.get("moved"), MovedFile):
        handbook = replace(handbook, moved=renamed.pages)
    if isinstance(keywords := values.get("keywords"), KeywordFile):
        found += keywords_name_places(handbook, sources["keywords"], keywords)
        handbook = with_keywords(handbook, keywords)
    checks = [*CHECKLIST_CHECKS, *EDITION_CHECKS, *SOURCE_CHECKS, *RULE_CHECKS]
    found += [problem for check in checks for problem in check(handbook, sources)]
    if found or home is None:
        return None if found else handbook
    handbook = replace(handbook, languages=offered(catalogues or root))
    handbook = with_region(handbook, root, home, sources, found, whole=whole)
    return None if stops(found) else handbook


def shared(root: Path) -> Handbook:
    """Read the shared checklists alone, without a region and without projects.

    Raises:
        Problems: every mistake found, when there is one.
    """
    found: list[Problem] = []
    handbook = checklists(root, None, found)
    if handbook is None:
        raise Problems(found)
    return handbook


@kind("missing-file")
def missing_files(names: Iterable[str]) -> Iterator[Problem]:
    """The four files that hold the frame, the sources and the rules are there.

    They are `navigator.yml`, `references.yml`, `bottlenecks.yml` and `rules-in-motion.yml`.
    """
    for name in names:
        file = f"checklists/{name}.yml"
        yield Problem(file, 0, 0, "missing-file", M_("this file is missing"), M_("take it from the shared handbook"))


def _ordered(areas: dict[str, Area], frame: Frame) -> dict[str, Area]:
    """Order areas by track, then by the stage of their first item, then by name."""
    tracks = list(frame.tracks)

    def place(area: Area) -> tuple[int, int, str]:
        track = tracks.index(area.track) if area.track in tracks else len(tracks)
        return track, min((item.stage for item in area.items.values()), default=0), area.name

    return {area.name: area for area in sorted(areas.values(), key=place)}


def read_project(
    root: Path,
    file: str,
    handbook: Handbook,
    day: date,
    found: list[Problem],
    taken: dict[str, str] | None = None,
    raw: bytes | None = None,
) -> Project | None:
    """Read one status file and check it against a handbook, adding to `found`; None if it cannot be read.

    Args:
        taken: Names of projects, present and former → their files; those of this project are added.
        raw: What is to be read in place of the file.
    """
    source, status = understood(file, (root / file).read_bytes() if raw is None else raw, StatusFile, found)
    if status is None:
        return None
    name = Path(file).stem
    project = Project.model_construct(**dict(status), id=name)
    problems = [problem for check in PROJECT_CHECKS for problem in check(project, source, handbook, day)]
    problems += former_names(project, source, {name: file} if taken is None else taken)
    found += problems
    caused_upstream = handbook.region is not None and project.kind is not ProjectKind.PROJECT
    if caused_upstream:  # nobody in a region mends an example of upstream
        found[:] = [problem for problem in found if problem.file != file or problem.severity == ERROR]
    elif not stops(problems):
        found += slips(project, source, handbook, day)
    return project
