"""Places along a picture."""

from __future__ import annotations

import pytest

from macros.charts.ruler import Ruler, Tick


@pytest.mark.parametrize(("value", "place"), [(0, 0.0), (9, 100.0), (3, 33.3), (-4, 0.0), (12, 100.0)], ids=str)
def test_a_value_lies_between_the_ends(value: float, place: float) -> None:
    assert Ruler(0, 9).at(value) == place


def test_a_ruler_without_length_places_everything_at_its_beginning() -> None:
    assert (Ruler(5, 5).at(5), Ruler(5, 5).wide(3), Ruler(5, 5).years()) == (0.0, 0.0, ())


def test_a_ruler_of_months_names_the_years_that_begin_on_it() -> None:
    months = Ruler(2026 * 12 + 6, 2028 * 12 + 6)
    assert months.years(12) == (Tick("2027", 25.0), Tick("2028", 75.0))


def test_a_long_ruler_names_every_so_many_years() -> None:
    assert len(Ruler(1990, 2030).years()) <= 9
