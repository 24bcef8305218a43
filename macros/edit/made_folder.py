"""A folder that a command fills again and again, and in which it removes only files that it has made itself."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from macros.edit.whole_folder import draft_of, take_the_place
from macros.edit.write import write_whole

MARKER = ".navigator-export"
"""The file that lists what was made, one path a line."""
HEAD = "# Made by `python -m macros export`, which removes these files, and no others, when it is run again."
SOURCES = ("docs", "checklists", "languages", "projects", "region", "macros", "tests", ".git", ".github")


@contextmanager
def refilled(folder: Path, repositories: Iterable[Path]) -> Iterator[Path]:
    """Give an empty folder to fill; what is in it then takes the place of what was made here before.

    Where the filling fails or is stopped, the folder stays as it was. Files that somebody else has put into the folder
    stay always.

    Args:
        folder: The folder; made where there is none.
        repositories: Folders whose files are the sources of what is made.

    Raises:
        ValueError: a plain sentence, when the folder is not empty and holds nothing of ours, or is a source itself.
        OSError: the disk refuses.
    """
    refuse_sources(folder, [path.resolve() for path in repositories])
    before = _made_before(folder)
    draft = draft_of(folder)
    if draft is None:
        raise ValueError(f"{folder} is the root of a disk. Name a folder in it.")
    try:
        yield draft
        _mark(draft, folder, before)
        _keep_others(draft, folder, before)
        take_the_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def refuse_sources(folder: Path, repositories: Iterable[Path]) -> None:
    """Refuse a folder that is no place for made files, whatever is in it."""
    place = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is not a folder.")
    for repository in repositories:
        if place == repository or place in repository.parents:
            raise ValueError(f"{folder} holds the sources of the handbook. Name another folder.")
        if place.is_relative_to(repository) and place.relative_to(repository).parts[0] in SOURCES:
            raise ValueError(f"{folder} is in a folder of sources. Name another folder.")
    bare = all((place / name).exists() for name in ("HEAD", "objects", "refs"))
    if bare or os.path.lexists(place / ".git"):
        raise ValueError(f"{folder} belongs to Git. Name another folder.")


def _made_before(folder: Path) -> frozenset[str]:
    """List what an earlier run has made: nothing in a folder that is empty or missing.

    Raises:
        ValueError: a plain sentence, when there is something else.
    """
    marker = folder / MARKER
    if not os.path.lexists(marker):
        if folder.is_dir() and any(folder.iterdir()):
            raise ValueError(f"{folder} is not empty and holds no export. Name another folder, or empty it yourself.")
        return frozenset()
    if marker.is_symlink() or not marker.is_file():
        raise ValueError(f"{marker} is not a file that an export has written. Name another folder.")
    lines = marker.read_text("utf-8", "replace").split("\n")
    paths = frozenset(line for line in lines if line and not line.startswith("#"))
    for path in sorted(paths):
        _refuse_elsewhere(folder, path)
    return paths


def _refuse_elsewhere(folder: Path, path: str) -> None:
    """Refuse a path that leads out of the folder, by itself or by a link."""
    parts = PurePosixPath(path).parts
    inside = parts and ".." not in parts and not PurePosixPath(path).is_absolute() and "\0" not in path
    if not inside or (folder / path).parent.resolve() != folder.resolve().joinpath(*parts[:-1]):
        raise ValueError(f'{folder} cannot be used: "{path}" would be outside it. Name another folder.')


def _mark(draft: Path, folder: Path, before: frozenset[str]) -> None:
    """List what was made; refuse it where somebody else has a file in its place."""
    made = sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file())
    for path in made:
        _refuse_elsewhere(folder, path)
        if path not in before and os.path.lexists(folder / path):
            raise ValueError(f"{folder / path} was not made by an export. Move it away first.")
    write_whole(draft / MARKER, "\n".join([HEAD, *made, ""]).encode(), synced=False)


def _keep_others(draft: Path, folder: Path, before: frozenset[str]) -> None:
    """Copy what somebody else has put into the folder."""
    for place, folders, files in os.walk(folder):
        here = Path(place).relative_to(folder)
        links = [name for name in folders if Path(place, name).is_symlink()]
        theirs = [here / name for name in (*links, *files) if (here / name).as_posix() not in {*before, MARKER}]
        if theirs or not (folders or files):
            (draft / here).mkdir(parents=True, exist_ok=True)
        for path in theirs:
            shutil.copy2(folder / path, draft / path, follow_symlinks=False)
