"""The same sources on the same date are the same site, wherever, whenever, by whom and in how many processes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.site import EPOCH, LONG, Site

SOURCES = ("checklists", "docs", "languages", "macros", "projects", "region", "regions", "mkdocs.yml")
PLACES = {
    "a": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "PYTHONUTF8": "0",
        "NAVIGATOR_PROCESSES": "0",
    },
    "another/place with spaces": {
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "4711",
        "NAVIGATOR_PROCESSES": "3",
    },
}
"""Folder of a clone → what differs in its surroundings. With 0 processes, MkDocs writes every page by itself."""


def clone(folder: Path, backwards: bool) -> Path:
    """Copy the sources file by file; `backwards` gives the file system another order to list them in."""
    files = [path for name in SOURCES for path in [ROOT / name, *sorted((ROOT / name).rglob("*"))] if path.is_file()]
    for path in reversed(files) if backwards else files:
        if "__pycache__" not in path.parts:
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (EPOCH - 10**6 * (1 + backwards),) * 2)
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def made(folder: Path, command: list[str], surroundings: dict[str, str], output: str) -> dict[str, str]:
    """Run a command in a clone, on the day of the tests, and read what it has written."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, **surroundings, "SOURCE_DATE_EPOCH": str(EPOCH), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=LONG,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return contents(folder / output)


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("clones")
    return {place: clone(base / place, backwards=place != "a") for place in PLACES}


@pytest.mark.parametrize(
    ("command", "output"),
    [(["mkdocs", "build", "--strict"], "site"), (["macros", "export", "exported"], "exported")],
    ids=["site", "export"],
)
def test_two_builds_in_two_places_are_the_same_file_by_file(
    clones: dict[str, Path], site: Site, command: list[str], output: str
) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda place: made(clones[place], command, PLACES[place], output), PLACES)
    assert len(one) > 80
    assert one.keys() == other.keys()
    assert [name for name in sorted(one) if one[name] != other[name]] == []
    if output == "site":  # which one process has made
        assert [name for name, content in contents(site.folder).items() if one.get(name) != content] == []
