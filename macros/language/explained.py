"""Explanations that pages show of kinds of problem and of the keys of a status file, by their context in catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic.fields import FieldInfo

from macros.fields.markers import fields_of, is_record
from macros.language.catalogue import Entry
from macros.model.status_file import StatusFile
from macros.model.statuses import WRITTEN
from macros.text.problem import KINDS

OF_KINDS, STATUS_FILE = "problems", "status-file"
"""How contexts begin: of a kind of problem, and of a key."""

STATUS = "status.status"
"""The key whose words are explained one by one."""


def in_one_line(text: str) -> str:
    """Join the lines of each paragraph, so that a translation does not depend on where they break."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def record_within(about: Any) -> Any:
    """Find the record within a type, if there is one."""
    if is_record(about):
        return about
    return next((inner for part in get_args(about) if (inner := record_within(part))), None)


def _keys() -> Iterator[tuple[str, str]]:
    """Yield the place of every key, with a point, and what it says; of a status also what each word means."""
    for name, about in fields_of(StatusFile).items():
        yield name, StatusFile.model_fields[name].description or ""
        if inner := record_within(about):
            for word, kind in fields_of(inner).items():
                field = next((part for part in get_args(kind) if isinstance(part, FieldInfo)), None)
                said = field.description if field else inner.model_fields[word].description
                if (place := f"{name}.{word.replace('_', '-')}") != STATUS:
                    yield place, said or ""
    yield from ((f"{STATUS}.{status}", found.meaning) for status, found in WRITTEN.items())


KEYS = dict(_keys())
"""Place in a status file → what stands there."""


def explanations() -> Iterator[Entry]:
    """List all of them."""
    for name, text in sorted(KINDS.items()):
        yield Entry(f"{OF_KINDS}/{name}", in_one_line(text))
    yield from (Entry(f"{STATUS_FILE}/{place}", text) for place, text in KEYS.items() if text)
