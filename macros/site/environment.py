"""What a build or a command takes from around it: the day, the region's folder, and which projects are built."""

import os
from datetime import UTC, date, datetime
from pathlib import Path


def today() -> date:
    """Return the day: that of SOURCE_DATE_EPOCH where it is set, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()


def home_of(root: Path) -> Path:
    """Find the folder of `region/` and its projects: in the repository itself, or where NAVIGATOR_HOME says.

    Raises:
        ValueError: a plain sentence, when that is no folder.
    """
    named = os.environ.get("NAVIGATOR_HOME", "")
    home = Path(named).expanduser().resolve()
    if named and not home.is_dir():
        raise ValueError(f'NAVIGATOR_HOME says "{named}", and there is no such folder.')
    return root if not named or home == root.resolve() else home


def part_of_environment() -> str:
    """Return which projects are built: those whose names fit a pattern of NAVIGATOR_PROJECTS, else all."""
    return os.environ.get("NAVIGATOR_PROJECTS", "").strip() or "*"
