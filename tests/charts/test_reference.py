"""What the pictures of the checklists are drawn from: heat maps, ranges of lead times, what an item needs."""

from __future__ import annotations

from typing import Any

import pytest

from macros.charts.heatmap import heatmap, shade
from macros.charts.ranges import ranges
from macros.charts.relations import DRAWN, relations
from tests.support.small import real, small_handbook

ITEMS: dict[str, dict[str, Any]] = {
    "lab/start": {"stage": "1", "lead": "3", "range": ["1", "6"]},
    "lab/middle": {"stage": "2", "gate": "true", "requires": ["lab/start"], "lead": "12", "range": ["12", "12"]},
    "lab/also": {"stage": "2"},
    "care/end": {"stage": "3", "gate": "true", "requires": ["lab/middle"]},
    "care/other": {"stage": "2", "requires": ["lab/middle"]},
}


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 1), (5, 1), (6, 2), (19, 4), (20, 4), (30, 4)], ids=str)
def test_a_shade_grows_with_the_count_and_nothing_has_none(count: int, expected: int) -> None:
    assert shade(count, 20) == expected


def test_a_cell_counts_items_and_gates_and_leads_to_a_gate_first() -> None:
    cells = heatmap(small_handbook(ITEMS).items.values(), lambda item: [(item.area, item.stage)])
    assert cells.keys() == {("lab", 1), ("lab", 2), ("care", 2), ("care", 3)}
    cell = cells["lab", 2]
    assert (cell.count, cell.gates, cell.first.name, cell.shade) == (2, 1, "lab/middle", 4)
    assert cells["lab", 1].shade == 2


def test_every_item_is_in_a_heat_map_once() -> None:
    items = real().items.values()
    assert sum(cell.count for cell in heatmap(items, lambda item: [(item.stage, item.track)]).values()) == len(items)
    assert heatmap([], lambda item: [item.stage]) == {}


def test_ranges_lie_on_one_ruler_of_months_the_longest_first() -> None:
    drawn = ranges(small_handbook(ITEMS).items.values(), 8)
    found = [(row.item.anchor, row.low, row.usual, row.high) for row in drawn.rows]
    assert found == [("middle", 100, 100, 100), ("start", 8.3, 25, 50)]
    assert [(tick.text, tick.at) for tick in drawn.ticks] == [
        ("0", 0),
        ("2", 16.7),
        ("4", 33.3),
        ("6", 50),
        ("8", 66.7),
        ("10", 83.3),
        ("12", 100),
    ]
    assert [row.item.anchor for row in ranges(small_handbook(ITEMS).items.values(), 1).rows] == ["middle"]


def test_no_lead_time_gives_no_ranges() -> None:
    assert ranges([small_handbook(ITEMS).items["lab/also"]], 8).rows == ()
    assert ranges([], 8).ticks == ()


def test_no_range_of_the_checklists_leaves_its_picture() -> None:
    drawn = ranges(real().items.values(), 200)
    assert all(0 <= row.low <= row.usual <= row.high <= 100 for row in drawn.rows)
    assert len(drawn.ticks) <= 7


def test_what_lies_around_an_item_is_ordered_by_stage() -> None:
    book = small_handbook(ITEMS)
    around = relations(book, book.items["lab/middle"])
    assert around is not None
    assert [item.anchor for item in around.needs.drawn] == ["start"]
    assert [item.anchor for item in around.needed_by.drawn] == ["other", "end"]


@pytest.mark.parametrize("name", ["lab/start", "lab/also", "care/end"])
def test_little_around_an_item_is_not_drawn(name: str) -> None:
    book = small_handbook(ITEMS)
    assert relations(book, book.items[name]) is None


def test_of_many_items_the_first_are_drawn_and_the_others_named() -> None:
    book = real()
    drawn = [(item, around) for item in book.items.values() if (around := relations(book, item))]
    for item, around in drawn:
        for column, names in ((around.needs, item.requires), (around.needed_by, book.needed_by[item.name])):
            assert len(column.drawn) == min(len(names), DRAWN)
            assert {each.name for each in column.drawn + column.named} == set(names)
    assert any(around.needs.named for _, around in drawn)
