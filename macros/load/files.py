"""The files of the repository: which are read, what their names must be, and one file → one record."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from macros.fields.shape import shape
from macros.fields.types import Record
from macros.privacy.scan import ALL, private_data, private_name, private_values
from macros.text.characters import MAX_BYTES, too_large
from macros.text.messages import M_
from macros.text.problem import WARNING, Problem, kind
from macros.text.reader import read
from macros.text.slugs import as_word, is_word
from macros.text.source import Source

R = TypeVar("R", bound=Record)

RESERVED = frozenset(
    ["index", "assets", "search", "api", "schema", "edit", "new", "about", "calendar", "con", "prn", "aux", "nul"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)


def files_of(root: Path, folder: str, found: list[Problem], wanted: Collection[str] = ()) -> list[str]:
    """List the YAML files of a folder in a fixed order, adding odd ones to `found`.

    Args:
        wanted: The only files that are asked for; empty for all.
    """
    files = []
    for path in sorted(_walk(root / folder)):
        file = os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
        if wanted and file not in wanted:
            continue
        problems = problems_of(file, path)
        found += problems
        if not problems:
            files.append(file)
    return files


def problems_of(file: str, path: Path) -> list[Problem]:
    """Judge a file by its name and place, before it is read."""
    named = [*private_name(file)]  # first and alone, as every other message repeats the name
    return named or next((problems for check in FILE_CHECKS if (problems := list(check(file, path)))), [])


def _walk(folder: Path) -> Iterator[Path]:
    if folder.is_symlink():
        yield folder
        return
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def is_there(home: Path, file: str) -> bool:
    """Say whether a file of a region can be read; a link is never followed, as it may lead out of the repository."""
    return (home / file).is_file() and not (home / file).is_symlink() and not (home / "region").is_symlink()


@kind("not-a-file")
def ordinary_file(file: str, path: Path) -> Iterator[Problem]:
    """A file is an ordinary file, not a link to another place.

    A link could publish something from outside the handbook. Put the file itself here.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        other = M_("this is something else, not a file or folder")
        sentence = M_("this is a link, not a file or folder") if path.is_symlink() else other
        yield Problem(file, 0, 0, "not-a-file", sentence, M_("put the file itself here"))


@kind("wrong-extension")
def extension(file: str, path: Path) -> Iterator[Problem]:
    """A file's name ends in `.yml`.

    Others, such as `.yaml`, `.YML` or `.yml.txt`, would not be read.
    """
    if path.suffix != ".yml":
        name = as_word(path.name.split(".")[0])
        yaml = ".y" in path.name.lower() and name and not (path.parent / f"{name}.yml").exists()
        fix = M_('rename it to "%(name)s.yml"', name=name)
        fix = fix if yaml else M_("move it elsewhere; only .yml files belong here")
        yield Problem(file, 0, 0, "wrong-extension", M_("the name does not end in .yml"), fix)


@kind("file-name")
def file_name(file: str, path: Path) -> Iterator[Problem]:
    """A file's name can be part of an address.

    It has small letters a to z, digits and single hyphens, begins with a letter and has at
    most 48 characters: `retinal-cells.yml`. A few names are taken by the site itself.
    """
    name = path.name.split(".")[0]
    if path.suffix == ".yml" and (not is_word(path.stem) or name in RESERVED):
        plain = as_word(path.stem)
        fix = M_('rename it to "%(name)s.yml"', name=plain)
        fix = fix if plain and plain not in RESERVED else M_("choose another name")
        taken, other = M_("this name is taken by the site itself"), M_("this name cannot be part of an address")
        yield Problem(file, 0, 0, "file-name", taken if name in RESERVED else other, fix)


@kind("wrong-folder")
def right_folder(file: str, path: Path) -> Iterator[Problem]:
    """A status file is directly in `projects/`, an area file in the folder of its track.

    In a deeper folder two files could have one name, and so one address.
    """
    deepest = 2 if file.startswith("projects/") else 3
    if len(Path(file).parts) > deepest:
        fix = M_("move it up into %(folder)s/", folder=path.parent.parent.name)
        yield Problem(file, 0, 0, "wrong-folder", M_("this folder is too deep"), fix)


@kind("name-twice")
def name_twice(files: Iterable[str], name: str) -> Iterator[Problem]:
    """A name is used for one file only.

    Two areas of one name would have one address, whatever folder they are in.
    """
    sentence = M_('another file is called "%(name)s" too', name=name)
    for file in files:
        yield Problem(file, 0, 0, "name-twice", sentence, M_("choose another name"))


def name_of_shared(file: str, *, example: bool) -> Iterator[Problem]:
    """Report a project of a region that is named like a file of the shared handbook; an example there steps aside."""
    if example:
        sentence = M_("an example of the shared handbook has this name too; yours is shown")
        yield Problem(file, 0, 0, "name-twice", sentence, M_("keep it, or choose another name"), severity=WARNING)
    else:
        sentence = M_('a project of the shared handbook is called "%(name)s" too', name=Path(file).stem)
        yield Problem(file, 0, 0, "name-twice", sentence, M_("choose another name"))


FILE_CHECKS = [ordinary_file, extension, file_name, right_folder]


def linked_pages(root: Path) -> Iterator[Problem]:
    """Refuse links under `docs/`, which the site would follow and publish."""
    for path in sorted(_walk(root / "docs")):
        yield from ordinary_file(path.relative_to(root).as_posix(), path)


def read_record(
    root: Path, file: str, record: type[R], found: list[Problem], *, looked_through: bool = False
) -> tuple[Source, R | None]:
    """Read one file as a record, adding what is wrong to `found`.

    Args:
        root: The folder that `file` is named from.
        looked_through: Whether somebody else has looked for private data.
    """
    return understood(file, (root / file).read_bytes(), record, found, looked_through=looked_through)


def understood(
    file: str, raw: bytes, record: type[R], found: list[Problem], *, looked_through: bool = False
) -> tuple[Source, R | None]:
    """Read the bytes of a file as a record, adding what is wrong to `found`."""
    private_too = file.startswith(("projects/", "region/"))
    limit = MAX_BYTES if file.startswith("projects/") else 2 * MAX_BYTES
    if len(raw) > limit:
        found += too_large(Source(file, ""), raw, limit)
        return Source(file, ""), None
    # First and alone: every other message may repeat a line or a word of the file.
    # Sources are named with their addresses.
    kinds = frozenset() if looked_through else ALL if private_too else ALL - {"private-address"}
    if private := kinds and [*private_data(Source(file, raw.decode("utf-8-sig", "replace")), kinds)]:
        found += private
        return Source(file, ""), None
    source, problems = read(file, raw, limit)
    problems = problems or [*(private_values(source, kinds) if kinds else ())]
    if not problems:
        value = shape(record, source)
        if not isinstance(value, list):
            return source, value
        problems = value
    found += problems
    return source, None
