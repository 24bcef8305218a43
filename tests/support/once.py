"""What is expensive to make is made once in a run of the tests, however many modules and processes ask for it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Shared:
    """A folder that all processes of a run have in common."""

    folder: Path

    def made(self, name: str, make: Callable[[Path], Any]) -> tuple[Path, Any]:
        """Make a folder, unless it has been made; whoever asks meanwhile waits.

        Args:
            name: Its name, which tells what is made: one name, one content.
            make: Makes it where it is told to, and gives what is to be known about it, as JSON can hold it.

        Returns:
            Where it is, and what is to be known about it.
        """
        place = self.folder / name
        note = place.with_name(f"{place.name}.json")
        with locked(place.with_name(f"{place.name}.lock")):
            if not note.exists():
                shutil.rmtree(place, ignore_errors=True)
                about = json.dumps(make(place))
                note.write_text(about, "utf-8")
            return place, json.loads(note.read_text("utf-8"))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep other processes out; a process that ends lets them in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What all processes of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    return Shared((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared")
