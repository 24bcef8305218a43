"""What an item needs and what needs it, in three columns: before it, the item, after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model.handbook import Handbook
from macros.model.items import Item

DRAWN = 8  # most items of one column; the rest is named below it
LEAST = 3  # relations from which a picture says more than a line of text


@dataclass(frozen=True, slots=True)
class Column:
    """The items on one side: those that are drawn, and those that are only named."""

    drawn: tuple[Item, ...]
    named: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """The columns before and after an item."""

    needs: Column
    needed_by: Column


def relations(handbook: Handbook, item: Item) -> Relations | None:
    """Draw what lies around an item; nothing where one side is empty or there is little on both."""
    before = [handbook.items[name] for name in item.requires]
    after = [handbook.items[name] for name in handbook.needed_by[item.name]]
    if not before or not after or len(before) + len(after) < LEAST:
        return None
    return Relations(_column(before), _column(after))


def _column(items: Iterable[Item]) -> Column:
    """Order items by stage, gates first; the last that there is room for are those that are named only."""
    ordered = sorted(items, key=lambda item: (item.stage, not item.gate))
    return Column(tuple(ordered[:DRAWN]), tuple(ordered[DRAWN:]))
