"""Heat maps: how many items meet in a cell, whether a gate is among them, and how dark the cell is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from macros.model.items import Item

SHADES = 4
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Attributes:
        first: The item that a link of the cell leads to: the first gate, or the first item where there is no gate.
        shade: From 1, the lightest, to `SHADES`.
    """

    count: int
    gates: int
    first: Item
    shade: int


def shade(count: int, most: int) -> int:
    """Say how dark a count is: 0 for none, and the darkest from `most` on."""
    return min(SHADES, -(-SHADES * count // most)) if count and most else 0


def heatmap(items: Iterable[Item], key: Callable[[Item], Iterable[Key]], most: int = 0) -> dict[Key, Cell]:
    """Count items in cells; a cell without items is left out.

    Args:
        key: From an item to the cells that it belongs to.
        most: The count from which a cell has the darkest shade; 0 for the highest count that there is.
    """
    found: dict[Key, list[Item]] = {}
    for item in items:
        for place in key(item):
            found.setdefault(place, []).append(item)
    top = most or max(map(len, found.values()), default=0)
    return {
        place: Cell(
            len(group),
            sum(item.gate for item in group),
            min(group, key=lambda item: not item.gate),
            shade(len(group), top),
        )
        for place, group in found.items()
    }
