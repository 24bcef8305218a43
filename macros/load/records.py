"""One file → one record, or what is wrong with it."""

from pathlib import Path
from typing import TypeVar

from macros.model.fields import Record
from macros.model.shape import shape
from macros.privacy.scan import ALL, private_data
from macros.text.characters import MAX_BYTES
from macros.text.problem import Problem
from macros.text.reader import read
from macros.text.source import Source

R = TypeVar("R", bound=Record)


def read_record(root: Path, file: str, record: type[R], found: list[Problem]) -> tuple[Source, R | None]:
    """Read one file as a record, adding what is wrong to `found`.

    Args:
        root: The folder that `file` is named from.
    """
    raw = (root / file).read_bytes()
    public, regional = file.startswith("projects/"), file.startswith("region/")
    # First and alone: every other message may repeat a line or a word of the file.
    text = raw[: 4 * MAX_BYTES].decode("utf-8-sig", "replace") if public or regional else ""
    # A region names mailboxes and telephones of its units.
    if private := [*private_data(Source(file, text), ALL if public else ALL - {"private-address"})]:
        found += private
        return Source(file, ""), None
    source, problems = read(file, raw, MAX_BYTES if public else 4 * MAX_BYTES)
    if not problems:
        value = shape(record, source)
        if not isinstance(value, list):
            return source, value
        problems = value
    found += problems
    return source, None
