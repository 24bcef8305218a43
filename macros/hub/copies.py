"""The copies that a hub keeps: `data/<region>/` with the last good documents, what was tried when, and the months."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from macros.edit.write import write_whole
from macros.hub.months import MonthLine
from macros.text.slugs import is_word

DATA = "data"
STATE = "state.json"
MONTHS = "months.jsonl"

R = TypeVar("R", bound=BaseModel)


class DocumentState(BaseModel):
    """What is known of the fetching of one document.

    Attributes:
        tried: The day on which it was last asked for.
        kept: The day on which the copy was fetched; None where there is none.
        problem: Why the last try gave no document that is used; empty where it did.
        unknown: Fields of the copy that this version does not know.
    """

    model_config = ConfigDict(frozen=True)
    tried: str = Field("", max_length=10)
    kept: str | None = Field(None, max_length=10)
    problem: str = Field("", max_length=1_000)
    unknown: tuple[str, ...] = Field((), max_length=100)


class RegionState(BaseModel):
    """The state of each document of a region, by the name of its file."""

    documents: dict[str, DocumentState] = {}


class Copies:
    """The copies of one region.

    Args:
        home: The repository of the hub.
        region: The word of the region in `network.yml`.
    """

    def __init__(self, home: Path, region: str) -> None:
        self.folder = home / DATA / region

    def document(self, file: str) -> bytes | None:
        """Give a copy as it was fetched; None where there is none."""
        path = self.folder / file
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None

    def keep(self, file: str, content: bytes) -> None:
        """Put a copy in the place of the last one, whole."""
        write_whole(self.folder / file, content)

    def state(self) -> RegionState:
        """Say what was tried when; nothing where the file cannot be read."""
        try:
            return RegionState.model_validate_json(self.document(STATE) or b"{}")
        except ValidationError:
            return RegionState()

    def note(self, state: RegionState) -> None:
        """Write what was tried when."""
        self.keep(STATE, (state.model_dump_json(indent=1) + "\n").encode())

    def months(self) -> tuple[MonthLine, ...]:
        """Give the lines of the months, the earliest first; a line that cannot be read is left out."""
        lines = (self.document(MONTHS) or b"").splitlines()
        return tuple(sorted(_lines(lines), key=lambda line: line.month))

    def note_month(self, line: MonthLine) -> None:
        """Put the line of a month in the place of its earlier one."""
        lines = [*(each for each in self.months() if each.month != line.month), line]
        text = "".join(f"{each.model_dump_json()}\n" for each in sorted(lines, key=lambda each: each.month))
        self.keep(MONTHS, text.encode())


def _lines(lines: Iterable[bytes]) -> Iterable[MonthLine]:
    for line in lines:
        try:
            yield MonthLine.model_validate_json(line)
        except ValidationError:
            continue


def left_behind(home: Path, regions: Iterable[str]) -> tuple[str, ...]:
    """Name the regions that have copies and are in the network no more."""
    folder = home / DATA
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return tuple(sorted(name for name in names if is_word(name) and name not in set(regions)))
