"""The command line: `python -m macros COMMAND`, and the table of commands.

Only the module of the command that is asked for is imported: `check` runs in an editor at every save and in each hook,
and takes a third less without what other commands need.
"""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, cast

from macros.cli.command import Place, refuse
from macros.site.environment import home_of, language_of_environment, today
from macros.text.report import Problems


class Command(Protocol):
    """What the module of a command holds."""

    def declare(self, parser: argparse.ArgumentParser, /) -> None:
        """Add the arguments of the command to its parser."""

    def run(self, chosen: argparse.Namespace, place: Place, /) -> int:
        """Run the command; returns the exit status. `Problems` that it raises are printed and end it with 1."""


STOPPED, UNHEARD = 130, 141
"""Exit statuses, as other programs have them: stopped with Ctrl-C; nobody reads the output any more."""

COMMANDS: dict[str, str] = {
    "check": "report every problem in checklists/ and projects/",
    "report": "say how far projects have come, and what comes next",
    "compare": "say what a change means",
    "new": "write the first file of a project",
    "sheet": "write a workbook in which a project is answered",
    "read-sheet": "put what a filled workbook says into a status file",
    "visit": "say what a new edition asks of a project, and write it into its file",
    "write": "write the schemas that editors use",
    "export": "write every page as plain Markdown",
    "gather": "put published projects of several sites together",
    "hub": "start a hub over several regions, or fetch what they publish",
    "merge": "put the parts of a site together",
    "translate": "make the catalogues of a language, or bring them up to date",
    "region": "start a region, or guard it",
    "adapt": "accept overlay entries as they are",
    "upstream": "report what an upgrade asks of a region",
}
"""Name → what the command does, as the list of commands says it. Its module has the name, with low lines."""


def command_of(name: str) -> Command:
    """Import the module of a command."""
    return cast(Command, importlib.import_module(f"macros.cli.{name.replace('-', '_')}"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m macros", description="The Navigator's commands.")
    parsers = parser.add_subparsers(dest="command", required=True)
    for name, does in COMMANDS.items():
        added = parsers.add_parser(name, help=does)
        if name in arguments[:1]:
            command_of(name).declare(added)
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a console that is not UTF-8 must not stop a message
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        place = Place(Path.cwd(), home_of(Path.cwd()), today())
    except (ValueError, OSError) as error:
        return refuse(error)
    try:
        return _run(chosen, place)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:  # whoever reads has seen enough, as in `check | head`
        _say_no_more()
        return UNHEARD
    except OSError as error:
        if not error.filename:  # it was the output that could not be written
            _say_no_more()
        return refuse(error)


def _run(chosen: argparse.Namespace, place: Place) -> int:
    try:
        status = command_of(chosen.command).run(chosen, place)
    except Problems as problems:
        print(_told(problems, place))
        status = 1
    if sys.stdout:
        sys.stdout.flush()
    return status


def _told(problems: Problems, place: Place) -> str:
    """Write problems in the language of the reader."""
    from macros.load.catalogues import offered
    from macros.load.languages import of_reader

    asked = ""
    with suppress(ValueError):  # of a language that nobody knows the command itself tells
        asked = language_of_environment(offered(place.root))
    return problems.said(of_reader(place.root, place.home, asked, problems.problems))


def _say_no_more() -> None:
    """Let what is still to be written to the output vanish, or Python would try again at the end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
