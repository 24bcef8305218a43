"""The command line: `python -m macros check [FILE …]`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from macros import today
from macros.load import survey
from macros.problems import report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="The Navigator's commands.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="report every problem in checklists/ and projects/")
    check.add_argument("files", nargs="*", metavar="FILE", help="report only problems of these files")
    chosen = parser.parse_args(arguments)
    return run_check(Path.cwd(), chosen.files)


def run_check(root: Path, files: Sequence[str]) -> int:
    """Print every problem of the repository, or of the named files; 1 if there is one."""
    names = [Path(os.path.relpath(file, root)).as_posix() for file in files]
    if absent := [name for name in names if not os.path.lexists(root / name)]:
        print(f"There is no file {absent[0]}.", file=sys.stderr)
        return 2
    handbook, problems = survey(root, today(), names)
    if problems:
        print(report(problems))
        return 1
    projects = len(handbook.projects) if handbook else 0
    items = len(handbook.items) if handbook else 0
    print(f"No problems: {items} items, {projects} project{'s' * (projects != 1)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
