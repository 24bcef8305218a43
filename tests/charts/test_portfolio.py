"""What the pictures of all projects are drawn from, by hand on small projects."""

from __future__ import annotations

from typing import Any

import pytest

from macros.charts.demand import facilities
from macros.charts.portfolio import Row, heat, level_ticks
from macros.model.status_file import Project
from tests.support.each import each
from tests.support.small import TODAY, small_project


def at(**levels: int) -> Row:
    return Row(small_project({}), (), levels, ())


TRACKS = ("lab", "care", "money")


@pytest.mark.parametrize(
    ("levels", "behind", "half"),
    [
        ([(1, 2, 0)], "money", 0),
        ([(1, 2, 0), (1, 2, 5)], "money", 0),  # half of two is one
        ([(3, 3, 3), (4, 4, 4), (9, 9, 9)], "", 4),
        ([(3, 3, 1), (4, 4, 4), (9, 9, 9)], "", 4),  # one project is not half
        ([(2, 1, 3), (2, 1, 3), (0, 9, 3)], "care", 1),
        ([(0, 0, 2), (0, 1, 2)], "lab", 0),  # of two tracks with the same half, the one that is lower in all
    ],
)
def test_a_track_is_behind_where_half_of_the_projects_are_lower(
    levels: list[tuple[int, ...]], behind: str, half: int
) -> None:
    drawn = heat([at(**dict(zip(TRACKS, each, strict=True))) for each in levels], TRACKS, 9)
    assert (drawn.behind, drawn.half) == (behind, half)


def test_the_shade_follows_the_number_and_only_an_empty_cell_has_none() -> None:
    rows = [at(lab=level, care=0, money=0) for level in (0, 1, 1, 2, 2, 2, 2, 2)]
    drawn = heat(rows, TRACKS, 3)
    assert drawn.counts == {"lab": (1, 2, 5, 0), "care": (8, 0, 0, 0), "money": (8, 0, 0, 0)}
    assert drawn.shades["lab"] == (1, 1, 3, 0)
    assert drawn.shades["care"] == (4, 0, 0, 0)


def test_levels_lie_on_the_scale_from_end_to_end() -> None:
    assert [(tick.text, tick.at) for tick in level_ticks(9)[::3]] == [("0", 0), ("3", 33.3), ("6", 66.7), ("9", 100)]


# --- demand ---

ONE, TWO = (small_project({}, id=name, title=name) for name in ("one", "two"))


def needing(**quarters: list[Project]) -> dict[str, list[tuple[Project, str]]]:
    """Write the demand on a facility: `q2027_1` → projects."""
    names = {key: "no date" if key == "undated" else f"{key[1:5]} Q{key[-1]}" for key in quarters}
    return {names[key]: [(project, "lab/run") for project in some] for key, some in quarters.items()}


def drawn(**quarters: list[Project]) -> Any:
    return facilities({"clean-room": needing(**quarters)}, TODAY).needs["clean-room"]


def test_columns_begin_with_the_quarter_of_the_day_and_name_a_number_where_it_changes() -> None:
    found = drawn(q2026_4=[ONE], q2027_1=[ONE, TWO], q2027_2=[ONE, TWO], q2028_1=[TWO])
    # Each of 20 quarters is 5 % wide; the axis has room for three.
    assert [(c.quarter, c.at, c.high, c.named) for c in found.columns] == [
        ("2026 Q4", 0.6, 33.3, True),
        ("2027 Q1", 5.6, 66.7, True),
        ("2027 Q2", 10.6, 66.7, False),
        ("2028 Q1", 25.6, 33.3, True),
    ]
    assert (found.most, found.peaks, found.later, found.undated) == (2, ("2027 Q1", "2027 Q2"), 0, 0)


def test_what_lies_after_the_axis_or_has_no_date_is_counted_in_words() -> None:
    found = drawn(q2031_4=[ONE], q2032_1=[ONE, TWO], undated=[TWO])
    assert (found.columns, found.most, found.peaks, found.later, found.undated) == ((), 0, (), 2, 1)


def test_quarters_with_the_same_projects_are_read_together() -> None:
    found = drawn(q2026_4=[ONE], q2027_1=[ONE], q2027_3=[ONE], q2027_4=[ONE, TWO], undated=[TWO])
    assert [(span.first, span.last, len(span.projects)) for span in found.spans] == [
        ("2026 Q4", "2027 Q1", 1),
        ("2027 Q3", "2027 Q3", 1),
        ("2027 Q4", "2027 Q4", 2),
        ("no date", "no date", 1),
    ]


@each("column", drawn(q2026_4=[ONE], q2031_3=[ONE, TWO]).columns)
def test_a_column_lies_within_the_picture(column: Any) -> None:
    assert 0 <= column.at < column.at + column.wide <= 100
    assert 0 < column.high <= 100


def test_a_first_year_of_one_quarter_gives_its_place_to_the_next() -> None:
    assert [year.text for year in facilities({}, TODAY).years] == ["2027", "2028", "2029", "2030", "2031"]
