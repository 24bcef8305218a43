"""Values as they are written in a status file, and the order of its names; see `splice.py`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from macros.edit.nodes import NAME, SpliceError
from macros.text.characters import HIDDEN

Path: TypeAlias = list[str]

HEAD = (
    *("checklist", "kind", "title", "summary", "modality", "donor", "delivery", "formerly", "route", "lead"),
    *("publish", "hospital", "contact", "assessed", "targets", "metrics", "confirmed", "status", "events", "readings"),
    *("outcome", "acknowledged"),
)
"""The names at the top of a status file, in the order in which new ones are put between those that are there."""

FIELDS = (
    *("day", "date", "kind", "status", "since", "evidence", "text", "reviewed", "planned", "because", "until", "note"),
    *("owed", "earlier", "checklist", "sources", "findings"),
)
"""The names deeper in a file, in the order in which new ones are put between those that are there."""

LISTS = frozenset(["formerly", "events", "readings", "earlier"])
FREE = frozenset(["evidence", "note", "because", "text", "title", "summary", "contact"])
PLAIN = re.compile(r"""[A-Za-z0-9À-ÖØ-öø-ɏ(][^,\[\]{}#&*!|>'"%@`:?]*(?<! )""")
UNSURE = re.compile(r"null|true|false|yes|no|on|off|y|n|[-+.]*[0-9][-+.0-9_xe]*", re.IGNORECASE)
TO_A_FILE = "Edit the file itself."


def is_answer(path: Path) -> bool:
    """Say whether a path leads to the answer to an item."""
    return len(path) == 3 and path[0] == "status"


def index_of(items: Sequence[Any], step: str) -> int:
    """Read a step of a path as the number of an entry."""
    if not re.fullmatch("[0-9]{1,4}", step) or int(step) >= len(items):
        raise SpliceError(f'There is no entry "{step}" in this list.')
    return int(step)


def rank(name: str, deep: bool) -> int:
    """Give a number by which names are ordered: figures first, names that are not known last."""
    order = FIELDS if deep else HEAD
    return int(name) - 10_000 if re.fullmatch("[0-9]{1,4}", name) else order.index(name) if name in order else 99


def ordered(names: Iterable[str], deep: bool = True) -> list[str]:
    """Put names in their order; those that are not known keep theirs."""
    return sorted(names, key=lambda name: rank(name, deep))


def word(value: object) -> str:
    """Write a single value as text, a switch as true or false."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def written(value: Any, name: str = "") -> str:
    """Write a value as it is written within braces; `name` is the name that it has."""
    if isinstance(value, Mapping):
        fields = {str(key): inner for key, inner in value.items() if inner is not None}
        if odd := [key for key in fields if not NAME.fullmatch(key)]:
            raise SpliceError(f'"{odd[0]}" cannot be a name here.')
        return "{" + ", ".join(f"{key}: {written(fields[key], key)}" for key in ordered(fields)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(written(inner, name) for inner in value) + "]"
    text = word(value)
    if HIDDEN.search(text) or "\n" in text or "\t" in text:
        raise SpliceError("The text holds a line break or an invisible character. Type it again in one line.")
    if PLAIN.fullmatch(text) and not (name in FREE and UNSURE.fullmatch(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


def plain(data: Any) -> Any:
    """Leave out what says nothing; write numbers and switches as text."""
    if isinstance(data, Mapping):
        full = {str(name): plain(value) for name, value in data.items()}
        return {name: value for name, value in full.items() if value is not None} or None
    if isinstance(data, (list, tuple)):
        return [plain(value) for value in data] or None
    return data if data is None else word(data)
