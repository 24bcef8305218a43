"""The commands about whole sites: `python -m macros export | gather`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros.text.report import printable


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Declare the commands."""
    out = commands.add_parser("export", help="write every page as plain Markdown")
    out.add_argument("folder", metavar="FOLDER", help="empty, or an earlier export")
    together = commands.add_parser("gather", help="put published projects of several sites together")
    together.add_argument("files", nargs="+", metavar="FILE", help="an api/v1/projects.json")


def run_export(root: Path, folder: Path) -> int:
    """Write every page as plain Markdown, for any renderer; 2 if the folder holds something else."""
    from macros.site.export import empty, export  # templates take a while to load

    try:
        empty(folder)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{export(root, folder)} pages are written to {folder}.")
    return 0


def run_gather(files: Sequence[str]) -> int:
    """Print one document of the projects of several; 2 if one does not fit."""
    from macros.outputs.api import as_json, gather

    try:
        print(as_json(gather((file, Path(file).read_text("utf-8")) for file in files)), end="")
    except (OSError, ValueError) as error:
        print(printable(str(error)), file=sys.stderr)
        return 2
    return 0
