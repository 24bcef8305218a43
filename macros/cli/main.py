"""The command line: `python -m macros check | compare | new | write`, and the commands of a region."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from macros.changes.diff import compare
from macros.changes.diff_text import as_json, as_markdown
from macros.changes.git import state
from macros.cli import region as region_commands
from macros.cli import site as site_commands
from macros.cli.new import new_file
from macros.load.autofix import mend
from macros.load.handbook import load, survey
from macros.outputs.editor_schemas import write
from macros.site.environment import home_of, today
from macros.text.formats import as_json as problems_json
from macros.text.formats import github, gitlab
from macros.text.report import Problems, printable, report, stops


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="The Navigator's commands.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="report every problem in checklists/ and projects/")
    check.add_argument("files", nargs="*", metavar="FILE", help="look at these project files only")
    check.add_argument("--format", choices=["text", "github", "gitlab", "json"], default="text")
    check.add_argument("--touched", nargs="+", default=[], metavar="FILE", help="name problems of these files first")
    check.add_argument("--fix", action="store_true", help="mend what is safe in the named files first")
    differ = commands.add_parser("compare", help="say what a change means")
    differ.add_argument("base", metavar="BASE", help="a Git revision or a folder")
    differ.add_argument("head", metavar="HEAD", nargs="?", default=".", help="the same; else what is here")
    differ.add_argument("--format", choices=["markdown", "json"], default="markdown")
    _add_new(commands.add_parser("new", help="write the first file of a project"))
    commands.add_parser("write", help="write the schemas that editors use")
    site_commands.add_commands(commands)
    region_commands.add_commands(commands)
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a console that is not UTF-8 must not stop a message
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    root = Path.cwd()
    try:
        home = home_of(root)
    except ValueError as error:
        print(printable(str(error)), file=sys.stderr)
        return 2
    if chosen.command in ("region", "adapt", "upstream"):
        return _politely(lambda: region_commands.run(chosen, root, home, today()))
    if chosen.command == "new":
        return run_new(root, chosen, today(), home)
    if chosen.command == "write":
        return _politely(lambda: run_write(root, home))
    if chosen.command == "export":
        return _politely(lambda: site_commands.run_export(root, Path(chosen.folder)))
    if chosen.command == "gather":
        return site_commands.run_gather(chosen.files)
    if chosen.command == "compare":
        return run_compare(root, chosen.base, chosen.head, chosen.format, home)
    return run_check(root, chosen.files, chosen.format, chosen.touched, fix=chosen.fix, home=home)


def _politely(command: Callable[[], int]) -> int:
    try:
        return command()
    except Problems as problems:
        print(problems)
        return 1


def run_check(
    root: Path,
    files: Sequence[str],
    form: str = "text",
    touched: Sequence[str] = (),
    *,
    fix: bool = False,
    home: Path | None = None,
) -> int:
    """Print every problem of the repository, or of the named files; 1 if one stops publishing."""
    home = home or root
    names = [name for file in files for name in _named(root, home, file)]
    if wrong := [name for name in names if not _checkable(root, home, name)]:
        print(f"{wrong[0]} is no file of projects/, checklists/ or region/ that can be checked.", file=sys.stderr)
        return 2
    if fix:
        _fix(home, names or _named(home, home, "projects"))
    handbook, found = survey(root, today(), names, home)
    printer = PRINTERS.get(form)
    if printer:
        print(printer(found, [_inside(root, home, file) for file in touched]))
    else:
        print(report(found) or "No problems.")
        if handbook and not stops(found):
            count = len(handbook.projects)
            print(f"{len(handbook.items)} items, {count} project{'s' * (count != 1)}.")
    return 1 if stops(found) else 0


PRINTERS = {"github": github, "gitlab": gitlab, "json": problems_json}


def _add_new(new: argparse.ArgumentParser) -> None:
    new.add_argument("id", metavar="ID", help="small letters and hyphens; becomes the page's address")
    new.add_argument("--modality", required=True, help="the kind of product")
    new.add_argument("--route", required=True, nargs="+", help="how it reaches patients; one or more")
    new.add_argument("--lead", required=True, help="the partner that leads")
    new.add_argument("--donor", help="who gives the cells, where the modality leaves that open")
    new.add_argument("--title", default="", help="else made from ID")
    new.add_argument("--upto", type=int, metavar="STAGE", help="only the items due up to this stage")


def run_new(root: Path, chosen: argparse.Namespace, day: date, home: Path | None = None) -> int:
    """Write the first file of a project; 2 if something does not fit, and nothing is written then."""
    try:
        path = new_file(
            root,
            chosen.id,
            modality=chosen.modality,
            routes=chosen.route,
            lead=chosen.lead,
            day=day,
            donor=chosen.donor,
            title=chosen.title,
            upto=chosen.upto,
            home=home,
        )
    except (ValueError, OSError) as error:
        print(printable(str(error)), file=sys.stderr)
        return 2
    print(f"projects/{path.name} is written. Fill in title and summary, then the answers.")
    return 0


def _inside(root: Path, home: Path, file: str) -> str:
    """Name a file as problems do: from the folder that holds it."""
    path = Path(os.path.normpath(Path.cwd() / file))
    base = home if path.is_relative_to(home) and not path.is_relative_to(root) else root
    return Path(os.path.relpath(path, base)).as_posix()


def _named(root: Path, home: Path, file: str) -> list[str]:
    """List the files that a name stands for: itself, or all YAML files of a folder."""
    name = _inside(root, home, file)
    folders = [base / name for base in dict.fromkeys([root, home]) if (base / name).is_dir()]
    if folders:
        found = {inner.relative_to(folder).as_posix() for folder in folders for inner in folder.rglob("*.yml")}
        return sorted(f"{name}/{inner}" for inner in found)
    return [name]


def _checkable(root: Path, home: Path, name: str) -> bool:
    ours = name.startswith(("projects/", "checklists/", "region/"))
    return ours and (os.path.lexists(root / name) or os.path.lexists(home / name))


def _fix(root: Path, names: Sequence[str]) -> None:
    """Mend files in place; one that is not UTF-8 or not ours is left as it is."""
    for name in names:
        path = root / name
        inside = path.resolve() == root.resolve() / name  # no link on the way
        if not inside or not name.startswith("projects/"):
            continue
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        mended = mend(name, text)
        if mended.text != text:
            path.write_bytes(mended.text.encode())
            print(f"{name}: mended", *(f"  {sentence}" for sentence in mended.done), sep="\n", file=sys.stderr)


def run_write(root: Path, home: Path | None = None) -> int:
    """Write what is generated and kept in the repository.

    Raises:
        Problems: the handbook has some; nothing is written then.
    """
    home = home or root
    book = load(root, today(), home)
    base = home if book.region else root
    changed = write(base, book)
    print("\n".join(f"{path.relative_to(base).as_posix()} is new." for path in changed) or "Everything is fresh.")
    return 0


def run_compare(root: Path, base: str, head: str, form: str = "markdown", home: Path | None = None) -> int:
    """Print what changed between two states; 1 if one of them has problems, 2 if there is none.

    Args:
        home: Where `region/` and its projects are, if not in `root`: then these are compared, and `root` is not.
    """
    thin = home is not None and home != root
    try:
        with state(home or root, base) as old, state(home or root, head) as new:
            day = today()
            after = load(root, day, new) if thin else load(new, day)
            before = load(root, day, old) if thin else load(old, day)
            comparison = compare(before, after, day=day)
            print(as_json(comparison) if form == "json" else as_markdown(comparison, after), end="")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    except Problems as problems:
        print(problems)
        return 1
    return 0
