"""Items in their place: as the shared checklists have them, or as a layer has changed or added them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from macros.fields.markers import INTERNAL
from macros.model.checklist import AreaFile, Place, Question
from macros.model.overlay import Change, Overlay, Waiver

SHARED = ""


@dataclass(frozen=True)
class Layer:
    """One layer in its place.

    Attributes:
        id: Its file's name for a country, `region` for the region.
        title: What it is called on pages.
        file: Where it was read.
    """

    id: str
    title: str
    file: str
    overlay: Overlay


@dataclass(frozen=True)
class AppliedChange:
    """A change that a layer has made, and the fields that have their value from it."""

    layer: str
    change: Change
    fields: tuple[str, ...] = ()


class ResolvedQuestion(Question):
    """A question as it is asked here, and where that comes from.

    Attributes:
        layer: The layer that added it; `SHARED` for one of the shared checklists.
        because: Why a layer added it.
        shared: The shared text, where a layer has changed something.
        changes: The changes, in the order of the layers.
    """

    layer: Annotated[str, INTERNAL] = SHARED
    because: Annotated[str | None, INTERNAL] = None
    shared: Annotated[Question | None, INTERNAL] = None
    changes: Annotated[tuple[AppliedChange, ...], INTERNAL] = ()

    def origin(self, field: str) -> str:
        """Tell the layer that a field's value comes from; `SHARED` for the shared checklists."""
        return next((made.layer for made in reversed(self.changes) if field in made.fields), self.layer)


class Item(Place, ResolvedQuestion):
    """A question with its place: `name` is `area/item`, for ever.

    A `shared_gate` is a gate everywhere and counts for the level that regions share; another gate is one only
    here.
    """

    name: Annotated[str, INTERNAL]
    shared_gate: Annotated[bool, INTERNAL] = False

    @property
    def anchor(self) -> str:
        """The last part of the item's address."""
        return self.name.partition("/")[2]


@dataclass(frozen=True)
class Waived:
    """An item that is not used here."""

    layer: str
    waiver: Waiver
    question: ResolvedQuestion


class Area(AreaFile):
    """An area with its place, the layer that added it, and the items of it that are not used here."""

    name: Annotated[str, INTERNAL]
    track: Annotated[str, INTERNAL]
    layer: Annotated[str, INTERNAL] = SHARED
    waived: Annotated[Mapping[str, Waived], INTERNAL] = {}
