"""A site that several machines build: each writes a part of its pages, and one puts the parts together.

Part 0 knows every project and writes what all share; parts 1 to n write the pages of their projects. Each part says in
`part.json` what it was made from, and which pages it has, or of part 0, which pages the others have.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from macros.edit.made_folder import refuse_sources
from macros.edit.whole_folder import draft_of, take_the_place
from macros.edit.write import write_whole

NOTE = "part.json"
SHARED = ("checklists", "docs", "languages", "macros", "projects", "mkdocs.yml")
"""What a site is built from in the repository of the handbook; the name of each file and its bytes count."""


class Part(NamedTuple):
    """Which part of a site is built: `number` of `of`; 0 is what all parts share."""

    number: int
    of: int

    def slice(self, names: Iterable[str]) -> Sequence[str]:
        """Give the names that belong to this part, all of them to part 0; the order decides, not the letters."""
        listed = sorted(names)
        return listed[self.number - 1 :: self.of] if self.number else listed

    def writes(self, *, of_a_project: bool) -> bool:
        """Say whether a page is written: part 0 writes all but those of projects, the others nothing else."""
        return of_a_project == bool(self.number)


WHOLE = None
"""In place of a part: the whole site."""


def parsed(text: str) -> Part | None:
    """Read `2/4`; None where it is empty.

    Raises:
        ValueError: a plain sentence, when it is something else.
    """
    if not text:
        return WHOLE
    found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
    part = Part(int(found[1]), int(found[2])) if found else Part(1, 0)
    if part.number > part.of or not part.of:
        raise ValueError(f'PART says "{text}". Write 1/4, 2/4, 3/4 and 4/4, and 0/4 for what all of them share.')
    return part


def made_from(folders: Iterable[Path], *words: str) -> str:
    """Give a code of everything that a site is made from: the files of folders, and words such as the day."""
    code = hashlib.sha256("\0".join(words).encode())
    for folder in folders:
        for path in sorted([folder] if folder.is_file() else folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(folder.parent).as_posix()
                code.update(f"\0{name}\0".encode(errors="replace") + hashlib.sha256(path.read_bytes()).digest())
    return code.hexdigest()


def write_note(folder: Path, part: Part, code: str, pages: Iterable[str]) -> None:
    """Write what a part is: which one, made from what, and the files of its projects' pages."""
    text = json.dumps({"part": f"{part.number}/{part.of}", "made-from": code, "pages": sorted(pages)}, indent=0)
    write_whole(folder / NOTE, text.encode(), synced=False)


def add_pages(folder: Path, pages: Iterable[str]) -> None:
    """Add pages to what a part says that it has."""
    said = json.loads((folder / NOTE).read_text("utf-8"))
    said["pages"] = sorted([*said["pages"], *pages])
    write_whole(folder / NOTE, json.dumps(said, indent=0).encode(), synced=False)


class Note(NamedTuple):
    """What a part says of itself."""

    folder: Path
    part: Part
    code: str
    pages: frozenset[str]


def merge(folders: Sequence[Path], into: Path, repositories: Iterable[Path]) -> int:
    """Put the parts of a site together, into a folder that is replaced as a whole; returns the number of files.

    Raises:
        ValueError: a plain sentence, when a part or a page is missing, or two do not fit together.
        OSError: the disk refuses.
    """
    notes = _fitting([_note(folder) for folder in folders])
    _refuse(into, folders, repositories)
    sources = {page: _source(page, notes) for page in sorted(notes[0].pages)}
    draft = draft_of(into)
    if draft is None:
        raise ValueError(f"{into} is the root of a disk. Name another folder.")
    try:
        shutil.copytree(notes[0].folder, draft, dirs_exist_ok=True, ignore=shutil.ignore_patterns(NOTE))
        for page, source in sources.items():
            (draft / page).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, draft / page)
        number = sum(path.is_file() for path in draft.rglob("*"))
        take_the_place(draft, into)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return number


def _note(folder: Path) -> Note:
    """Read what a part says of itself; paths that lead out of it are refused."""
    try:
        said = json.loads((folder / NOTE).read_text("utf-8"))
        part, code, pages = parsed(said["part"]), said["made-from"], frozenset(map(str, said["pages"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise ValueError(f"{folder} is not a part that PART=… make build has written.") from None
    if part is None or any(re.search(r"^/|\\|(^|/)\.\.?(/|$)", page) for page in pages):
        raise ValueError(f"{folder} is not a part that PART=… make build has written.")
    return Note(folder, part, str(code), pages)


def _fitting(notes: list[Note]) -> list[Note]:
    """Put the parts in order; each is there once, and all are made from the same files on the same day."""
    of = notes[0].part.of if notes else 0
    by_number: Mapping[int, Note] = {note.part.number: note for note in notes}
    if missing := [number for number in range(of + 1) if number not in by_number]:
        raise ValueError(f"Part {missing[0]}/{of} is missing. Nothing was merged.")
    if len(notes) != of + 1 or any(note.part.of != of for note in notes):
        raise ValueError(f"There are {len(notes)} parts in place of {of + 1}: 0/{of} to {of}/{of}. Nothing was merged.")
    if different := [note for note in notes if note.code != by_number[0].code]:
        name = f"{different[0].part.number}/{of}"
        others = "other files, on another day or in other languages"
        raise ValueError(f"Part {name} was built from {others} than part 0/{of}. Nothing was merged.")
    return [by_number[number] for number in range(of + 1)]


def _source(page: str, notes: Sequence[Note]) -> Path:
    """Find the one file of a page among the parts."""
    found = [note.folder / page for note in notes[1:] if page in note.pages and (note.folder / page).is_file()]
    if not found:
        raise ValueError(f"{page} is in no part. Nothing was merged.")
    if any(other.read_bytes() != found[0].read_bytes() for other in found[1:]):
        raise ValueError(f"{page} differs between parts. Nothing was merged.")
    return found[0]


def _refuse(into: Path, folders: Collection[Path], repositories: Iterable[Path]) -> None:
    """Refuse a folder that holds something else than a site, as it is replaced as a whole."""
    refuse_sources(into, [path.resolve() for path in repositories])
    place = into.resolve()
    if any(folder.resolve().is_relative_to(place) or place.is_relative_to(folder.resolve()) for folder in folders):
        raise ValueError(f"{into} holds the parts. Name another folder.")
    if into.is_dir() and any(into.iterdir()) and not (into / "index.html").is_file():
        raise ValueError(f"{into} is not empty and holds no site. Name another folder, or empty it yourself.")
