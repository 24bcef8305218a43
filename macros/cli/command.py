"""What a command is given, the files that it is asked about, and how it refuses."""

import functools
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from macros.edit.write import said
from macros.text.report import printable


class Place(NamedTuple):
    """Where and when a command runs: the repository, the folder that holds `region/`, and the day."""

    root: Path
    home: Path
    day: date

    def inside(self, file: str) -> str:
        """Name a file as problems do: from the folder that holds it."""
        path = Path(os.path.normpath(Path.cwd() / file))
        base = self.home if path.is_relative_to(self.home) and not path.is_relative_to(self.root) else self.root
        return Path(os.path.relpath(path, base)).as_posix()

    def named(self, file: str) -> list[str]:
        """List the files that a name stands for: itself, or all YAML files of a folder."""
        name = self.inside(file)
        folders = [base / name for base in {self.root, self.home} if (base / name).is_dir()]
        found = {inner.relative_to(folder).as_posix() for folder in folders for inner in folder.rglob("*.yml")}
        return sorted(f"{name}/{inner}" for inner in found) if folders else [name]

    def base_of(self, name: str) -> Path | None:
        """Give the folder that a file is named from, also if it is a link that leads nowhere; None without one."""
        return next((base for base in (self.home, self.root) if os.path.lexists(base / name)), None)


def refuse(why: object) -> int:
    """Print in one sentence why nothing is done; returns the exit status for that, 2."""
    print(printable(said(why) if isinstance(why, OSError) else str(why)), file=sys.stderr)
    return 2


def politely(run: Callable[[Namespace, Place], int]) -> Callable[[Namespace, Place], int]:
    """Let a command refuse by raising ValueError with a plain sentence, or the OSError of a file."""

    @functools.wraps(run)
    def polite(chosen: Namespace, place: Place) -> int:
        try:
            return run(chosen, place)
        except BrokenPipeError:
            raise
        except (ValueError, OSError) as error:
            return refuse(error)

    return polite
