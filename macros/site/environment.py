"""What a build or a command takes from around it: the day, the region's folder, the readers, and what is built."""

import os
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from macros.edit.parts import Part, parsed

EPOCH = "SOURCE_DATE_EPOCH"
MANY = 200  # projects from which a second process is worth its start
LAST_YEAR = 9000  # Python's dates end with the year 9999, and forecasts look ahead


def today() -> date:
    """Return the day: that of SOURCE_DATE_EPOCH where it is set, else of the clock.

    Raises:
        ValueError: a plain sentence, when it is set to something else.
    """
    epoch = os.environ.get(EPOCH, "")
    if not epoch:
        return date.today()
    try:
        if (day := datetime.fromtimestamp(int(epoch), UTC).date()).year < LAST_YEAR:
            return day
    except (ValueError, OverflowError, OSError):
        pass
    raise ValueError(f'{EPOCH} says "{epoch}". Write the seconds since 1970 in digits, up to the year {LAST_YEAR - 1}.')


def home_of(root: Path) -> Path:
    """Find the folder of `region/` and its projects: in the repository itself, or where NAVIGATOR_HOME says.

    Raises:
        ValueError: a plain sentence, when that is no folder.
    """
    named = os.environ.get("NAVIGATOR_HOME", "")
    try:
        home = Path(named).expanduser().resolve()
        there = home.is_dir()
    except (OSError, RuntimeError):  # a name that is too long, a user whom nobody knows, links in a circle
        there = False
    if named and not there:
        raise ValueError(f'NAVIGATOR_HOME says "{named}", and there is no such folder.')
    return root if not named or home == root.resolve() else home


def place_of_build(root: Path) -> Path:
    """Find the folder of `region/` for a build, and look first whether the day can be used.

    Raises:
        ValueError: a plain sentence, when one of them cannot.
    """
    if os.environ.get(EPOCH) == "":  # MkDocs would take it for a number
        del os.environ[EPOCH]
    today()
    for_the_inside()
    part_of_environment()
    return home_of(root)


def for_the_inside() -> bool:
    """Say whether a build is for the teams and shows everything: AUDIENCE=inside; else it shows what is published.

    Raises:
        ValueError: a plain sentence, when it is something else.
    """
    named = os.environ.get("AUDIENCE", "").strip()
    if named not in ("", "public", "inside"):
        raise ValueError(f'AUDIENCE says "{named}". Write inside to see everything, or public for what is published.')
    return named == "inside"


def part_of_environment() -> Part | None:
    """Return which part of the site is built, as PART=2/4 says; None for the whole.

    Raises:
        ValueError: a plain sentence, when it says something else.
    """
    return parsed(os.environ.get("PART", "").strip())


def patterns() -> str:
    """Return which projects are built: the patterns of NAVIGATOR_PROJECTS, else that of every name."""
    return os.environ.get("NAVIGATOR_PROJECTS", "").strip() or "*"


def chosen(names: Iterable[str]) -> Collection[str]:
    """Choose the projects that are built: those whose names fit a pattern, and of them those of this part."""
    fitting = [name for name in names if any(fnmatchcase(name, each) for each in patterns().split())]
    part = part_of_environment()
    return frozenset(part.slice(fitting) if part else fitting)


def processes_of_environment(projects: int) -> int:
    """Return how many processes write the pages of projects: as many as NAVIGATOR_PROCESSES says, else two for many.

    With 0, MkDocs writes them, which gives the same bytes.

    Raises:
        ValueError: a plain sentence, when it is set to something else.
    """
    wanted = os.environ.get("NAVIGATOR_PROCESSES", "").strip()
    if wanted and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 3):
        raise ValueError(f'NAVIGATOR_PROCESSES says "{wanted}". Write how many processes make pages, such as 2.')
    most = 99 if hasattr(os, "fork") else 1
    return min(int(wanted), most) if wanted else min(most, 2 if projects >= MANY else 1)


def language_of_environment(known: Collection[str]) -> str:
    """Return the one language that NAVIGATOR_LANGUAGE asks for; empty for those that the region names.

    Args:
        known: The languages that there are catalogues for.

    Raises:
        ValueError: a plain sentence, when it is none of them.
    """
    named = os.environ.get("NAVIGATOR_LANGUAGE", "").strip()
    if named and named not in known:
        raise ValueError(f'NAVIGATOR_LANGUAGE says "{named}". Write one of {", ".join(known)}.')
    return named
