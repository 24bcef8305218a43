"""What is said once beside a field: the kind of word it names, and what a change of it means.

Checks, editor schemas, layers, the comparison and the upgrade report read it here. A field that does not say it
fails when its record is defined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from macros.text.messages import M_

KINDS = {
    "answer": M_("an item"),  # by its name within an area
    "area": M_("an area"),
    "basis": M_("a source"),  # or the words "planning assumption"
    "country": M_("a country"),
    "delivery": M_("a delivery"),
    "donor": M_("a donor"),
    "edition": M_("an edition"),
    "event": M_("a kind of event"),
    "facility": M_("a facility"),
    "field": M_("a field"),
    "finding": M_("a finding"),
    "hospital": M_("a hospital"),
    "item": M_("an item"),
    "known-item": M_("an item"),  # one that is asked, or that a layer has waived
    "language": M_("a language"),
    "layer": M_("a layer"),
    "metric": M_("a metric"),
    "modality": M_("a modality"),
    "partner": M_("a partner"),
    "role": M_("a role"),
    "route": M_("a route"),
    "source": M_("a source"),
    "stage": M_("a stage"),
    "threshold": M_("a threshold"),
    "track": M_("a track"),
}
"""Kind of word that a field can name → what a message calls it."""


@dataclass(frozen=True)
class Names:
    """The value, each entry of a list or each name of a group is a word of this kind, one of `KINDS`."""

    kind: str


@dataclass(frozen=True)
class Unchecked:
    """The text names no word of the handbook."""

    in_files: bool


FREE = Unchecked(in_files=True)
"""A text that anybody may choose: a sentence, an address, a new name."""

INTERNAL = Unchecked(in_files=False)
"""A field that is worked out and stands in no file."""


@dataclass(frozen=True, kw_only=True)
class ItemField:
    """What follows when a field of an item changes.

    Attributes:
        upgrade: How the upgrade report tells a change: `question` (a revision has to announce it), `setting` (the
            item asks the same as before), `place` (never allowed) or `unreported`.
        layer: `locked` (no layer changes it), `replaced` (the value of the last layer counts) or `added` (the values
            of layers stand beside the shared one).
        moves_results: Whether a change can move the result of a project.
        fingerprint: Whether a layer's entry has to be reviewed after a change.
    """

    upgrade: Literal["question", "setting", "place", "unreported"]
    layer: Literal["locked", "replaced", "added"]
    moves_results: bool
    fingerprint: bool


class Within(Enum):
    """A step into a value that has no name of its own."""

    ENTRY = "each entry of a list"
    NAME = "each name of a group"
    VALUE = "each value of a group"


Steps: TypeAlias = tuple[str | Within, ...]
Mark: TypeAlias = Names | Unchecked


def is_record(annotation: object) -> bool:
    """Say whether a type is a record: a model, or a dataclass that pydantic reads."""
    if not isinstance(annotation, type):
        return False
    return issubclass(annotation, BaseModel) or hasattr(annotation, "__pydantic_config__")


def fields_of(record: Any) -> dict[str, Any]:
    """List the fields of a record: name in Python → type, with what is said beside it."""
    if is_dataclass(record):
        hints = get_type_hints(record, include_extras=True)
        return {field.name: hints[field.name] for field in fields(record)}
    said = {name: (field.annotation, *field.metadata) for name, field in record.model_fields.items()}
    return {name: Annotated[beside] if len(beside) > 1 else beside[0] for name, beside in said.items()}


@cache
def named(record: type) -> tuple[tuple[Steps, str], ...]:
    """List where a record and those within it name words: the steps to each place, and the kind of word."""
    return tuple((steps, mark.kind) for steps, _, mark in _leaves(record) if isinstance(mark, Names))


def item_fields(record: type[BaseModel], wanted: Callable[[ItemField], bool]) -> tuple[str, ...]:
    """List the fields of an item whose `ItemField` is wanted, in the order of the record."""
    marks = {name: _mark(field.metadata, ItemField) for name, field in record.model_fields.items()}
    return tuple(name for name, mark in marks.items() if mark and wanted(mark))


def check_marks(record: type[BaseModel], *, of_items: bool) -> None:
    """Refuse a record with a field that does not say what has to be known about it.

    Args:
        of_items: Whether its fields are those of an item.

    Raises:
        TypeError: a sentence that names the record, the field and what is missing.
    """
    for steps, leaf, mark in _leaves(record):
        where = ".".join([record.__name__, *(step for step in steps if isinstance(step, str))])
        if leaf is str and mark is None:
            raise TypeError(f'{where}: say what this text names with Names("…"), or that it names nothing with FREE')
        if isinstance(mark, Names) and mark.kind not in KINDS:
            raise TypeError(f'{where}: "{mark.kind}" is not a kind of word; it is missing in KINDS')
    for name, field in record.model_fields.items():
        if of_items and INTERNAL not in field.metadata and not _mark(field.metadata, ItemField):
            raise TypeError(f"{record.__name__}.{name}: say with ItemField(…) what a change of this field means")


def _leaves(annotation: Any, mark: Mark | None = None) -> Iterator[tuple[Steps, Any, Mark | None]]:
    """Yield every single value within a type: the steps to it, its type and its mark."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        own = _mark(arguments[1:], Names) or _mark(arguments[1:], Unchecked) or mark
        if own is not INTERNAL:
            yield from _leaves(arguments[0], own)
    elif origin in (Union, UnionType):
        for choice in arguments:
            yield from _leaves(choice, mark)
    elif origin is tuple:
        yield from _after(Within.ENTRY, _leaves(arguments[0], mark))
    elif origin is dict:
        yield from _after(Within.NAME, _leaves(arguments[0], mark))
        yield from _after(Within.VALUE, _leaves(arguments[1]))
    elif is_record(annotation):
        for name, inner in fields_of(annotation).items():
            yield from _after(name, _leaves(inner))
    elif annotation is not NoneType:
        yield (), annotation, mark


def _after(step: str | Within, leaves: Iterator[tuple[Steps, Any, Mark | None]]) -> Iterator[Any]:
    return (((step, *steps), leaf, mark) for steps, leaf, mark in leaves)


def _mark(found: Any, kind: Any) -> Any:
    return next((mark for mark in found if isinstance(mark, kind)), None)
