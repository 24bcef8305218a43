"""`python -m macros check [FILE …]`: every problem of the repository, or of some files."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from macros.cli.command import Place, refuse
from macros.cli.language import asked_for, declare_language
from macros.edit.write import write_whole
from macros.load.autofix import by_itself, mend
from macros.load.handbook import checklists, read_project, survey
from macros.load.languages import of_reader, translations
from macros.load.network import NETWORK, is_hub
from macros.model.handbook import Handbook
from macros.site.environment import today
from macros.text.formats import as_json, github, gitlab
from macros.text.messages import M_, MM_, Said
from macros.text.problem import Problem
from macros.text.report import report, stops

PRINTERS = {"github": github, "gitlab": gitlab}
JSON = "json"
"""The format for programs, which is the same in every language."""

CHECKED = ("projects/", "checklists/", "region/")


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="look at these project files only")
    parser.add_argument("--format", choices=["text", *PRINTERS, JSON], default="text")
    parser.add_argument("--touched", nargs="+", default=[], metavar="FILE", help="name problems of these files first")
    parser.add_argument("--fix", action="store_true", help="mend what is safe in the named files first")
    declare_language(parser)


def run(chosen: Namespace, place: Place) -> int:
    asked = {"fix": chosen.fix, "home": place.home, "language": chosen.language}
    return run_check(place.root, chosen.files, chosen.format, chosen.touched, **asked)


def run_check(
    root: Path,
    files: Sequence[str],
    form: str = "text",
    touched: Sequence[str] = (),
    *,
    fix: bool = False,
    home: Path | None = None,
    language: str | None = None,
) -> int:
    """Print every problem of the repository, or of the named files; 1 if one stops publishing.

    Args:
        language: The one that is asked for; else that of the environment or of the region.
    """
    place = Place(root, home or root, today())
    try:
        asked = asked_for(language, place)
    except ValueError as error:
        return refuse(error)
    names = [name for file in files for name in place.named(file)]
    if wrong := [name for name in names if not (name.startswith(CHECKED) and place.base_of(name))]:
        print(f"{wrong[0]} is no file of projects/, checklists/ or region/ that can be checked.", file=sys.stderr)
        return 2
    if fix:
        _fix(place, names or place._replace(root=place.home).named("projects"))
    if not names and is_hub(place.home):
        names = [NETWORK]  # the only file that a hub writes itself
    handbook, found = survey(root, place.day, names, place.home)
    found = found if names else sorted({*found, *translations(root, place.home)})
    spoken = of_reader(root, place.home, asked, found)
    first = [place.inside(file) for file in touched]
    if form == JSON:
        print(as_json(found, first))
    elif form in PRINTERS:
        print(PRINTERS[form](found, first, spoken))
    else:
        print(report(found, spoken) or spoken.say(M_("No problems.")))
        if handbook and not stops(found):
            print(spoken.say(_counted(handbook)))
    return 1 if stops(found) else 0


def _counted(handbook: Handbook) -> Said:
    items = MM_("%(num)s item", "%(num)s items", len(handbook.items))
    projects = MM_("%(num)s project", "%(num)s projects", len(handbook.projects))
    return M_("%(items)s, %(projects)s.", items=items, projects=projects)


def _fix(place: Place, names: Sequence[str]) -> None:
    """Mend files in place; one that is not UTF-8 or not ours is left as it is."""
    root = place.home
    handbook = checklists(place.root, root, [])
    for name in names:
        path = root / name
        own = path.resolve() == root.resolve() / name  # no link on the way
        if not own or not name.startswith("projects/"):
            continue
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue

        def judge(tried: str, name: str = name) -> list[Problem]:
            found: list[Problem] = []
            if handbook is None:
                return by_itself(name, tried)
            read_project(root, name, handbook, place.day, found, raw=tried.encode())
            return found

        mended = mend(name, text, judge)
        if mended.text != text:
            write_whole(path, mended.text.encode())
            print(f"{name}: mended", *(f"  {sentence}" for sentence in mended.done), sep="\n", file=sys.stderr)
