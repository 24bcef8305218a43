"""What a command is, and how it refuses."""

import functools
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from macros.text.report import printable


class Place(NamedTuple):
    """Where and when a command runs: the repository, the folder that holds `region/`, and the day."""

    root: Path
    home: Path
    day: date


Run: TypeAlias = Callable[[Namespace, Place], int]
"""Runs a command; returns the exit status. It may raise `Problems`, which are printed and end it with 1."""


@dataclass(frozen=True)
class Command:
    """One command of `python -m macros`.

    Attributes:
        help: What it does, in the list of commands.
        declare: Adds its arguments to a parser.
    """

    name: str
    help: str
    declare: Callable[[ArgumentParser], object]
    run: Run


def refuse(why: object) -> int:
    """Print in one sentence why nothing is done; returns the exit status for that, 2."""
    print(printable(str(why)), file=sys.stderr)
    return 2


def politely(run: Run) -> Run:
    """Let a command refuse by raising ValueError with a plain sentence, or the OSError of a file."""

    @functools.wraps(run)
    def polite(chosen: Namespace, place: Place) -> int:
        try:
            return run(chosen, place)
        except (ValueError, OSError) as error:
            return refuse(error)

    return polite
