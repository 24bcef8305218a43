"""A folder that a command fills again and again, and in which it removes only files that it has made itself."""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from macros.edit.write import write_whole

MARKER = ".navigator-export"
"""The file that lists what was made, one path a line."""
HEAD = "# Made by `python -m macros export`, which removes these files, and no others, when it is run again."
SOURCES = ("docs", "checklists", "projects", "region", "macros", "tests", ".git", ".github")


@contextmanager
def refilled(folder: Path, repositories: Iterable[Path]) -> Iterator[Path]:
    """Give an empty folder to fill; what is in it then takes the place of what was made here before.

    Where the filling fails, the earlier files stay. Files that somebody else has put into the folder stay always.

    Args:
        folder: The folder; made where there is none.
        repositories: Folders whose files are the sources of what is made.

    Raises:
        ValueError: a plain sentence, when the folder is not empty and holds nothing of ours, or is a source itself.
        OSError: the disk refuses.
    """
    refuse_sources(folder, [path.resolve() for path in repositories])
    before = _made_before(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if before is None:
        _mark(folder, ())  # first, so that a run which is stopped can be repeated
    draft = folder / f".{secrets.token_hex(8)}.draft"
    draft.mkdir()
    try:
        yield draft
        _take_over(draft, folder, before or frozenset())
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


def _made_before(folder: Path) -> frozenset[str] | None:
    """List what an earlier run has made; None in a folder that is empty or missing.

    Raises:
        ValueError: a plain sentence, when there is something else.
    """
    marker = folder / MARKER
    if not os.path.lexists(marker):
        if folder.is_dir() and any(folder.iterdir()):
            raise ValueError(f"{folder} is not empty and holds no export. Name another folder, or empty it yourself.")
        return None
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


def _mark(folder: Path, paths: Iterable[str]) -> None:
    write_whole(folder / MARKER, "\n".join([HEAD, *sorted(paths), ""]).encode(), synced=False)


def _take_over(draft: Path, folder: Path, before: frozenset[str]) -> None:
    """Move what was made to where it belongs. The list always names at least what is there of ours."""
    made = {path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()}
    for path in sorted(made):
        _refuse_elsewhere(folder, path)
        if path not in before and os.path.lexists(folder / path):
            raise ValueError(f"{folder / path} was not made by an export. Move it away first.")
    _mark(folder, made | before)
    for path in sorted(before - made):
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder, PurePosixPath(path).parent)
    for path in sorted(made):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (draft / path).replace(folder / path)
    _mark(folder, made)


def _remove_empty(folder: Path, path: PurePosixPath) -> None:
    """Remove a folder and those above it, as long as they are empty."""
    with suppress(OSError):
        for empty in [path, *path.parents][:-1]:
            (folder / empty).rmdir()
