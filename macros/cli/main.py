"""The command line: `python -m macros COMMAND`, and the table of commands.

A command imports at its head what `check` needs as well, and inside its own function what draws in Jinja, the feed or
MkDocs: `check` runs in an editor at every save and in each hook, and takes a tenth of a second less without them.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.cli import adapt, check, compare, export, gather, new, region, report, upstream, write
from macros.cli.command import Place, refuse
from macros.site.environment import home_of, today
from macros.text.report import Problems

TABLE = (
    check.COMMAND,
    report.COMMAND,
    compare.COMMAND,
    new.COMMAND,
    write.COMMAND,
    export.COMMAND,
    gather.COMMAND,
    region.COMMAND,
    adapt.COMMAND,
    upstream.COMMAND,
)
COMMANDS = {command.name: command for command in TABLE}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="The Navigator's commands.")
    parsers = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS.values():
        command.declare(parsers.add_parser(command.name, help=command.help))
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a console that is not UTF-8 must not stop a message
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        home = home_of(Path.cwd())
    except ValueError as error:
        return refuse(error)
    try:
        return COMMANDS[chosen.command].run(chosen, Place(Path.cwd(), home, today()))
    except Problems as problems:
        print(problems)
        return 1
