"""What a build or a command takes from around it: the day, the region's folder, and which projects are built."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

EPOCH = "SOURCE_DATE_EPOCH"
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
    return home_of(root)


def part_of_environment() -> str:
    """Return which projects are built: those whose names fit a pattern of NAVIGATOR_PROJECTS, else all."""
    return os.environ.get("NAVIGATOR_PROJECTS", "").strip() or "*"


def language_of_environment() -> str:
    """Return the one language that NAVIGATOR_LANGUAGE asks for; empty for those that the region names."""
    return os.environ.get("NAVIGATOR_LANGUAGE", "").strip()
