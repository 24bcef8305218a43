"""The pictures of rules in motion, of the worked examples and of the model."""

from __future__ import annotations

from dataclasses import replace

from macros.charts.crossings import crossing_chart
from macros.charts.motions import motion_chart
from macros.charts.worked import worked_charts
from macros.engine.worked_examples import CHAIN, forecast_example, levels_example
from tests.support.small import TODAY, real


def test_rules_with_a_day_lie_in_their_order_and_today_among_them() -> None:
    motions = real().motions
    chart = motion_chart(motions, TODAY)
    dated = sorted((motion.date, name) for name, motion in motions.items() if motion.date)
    assert [*chart.places] == [name for _, name in dated]
    assert [*chart.places.values()] == sorted(chart.places.values())
    for day, name in dated:
        assert (chart.places[name] > chart.today) == (day > TODAY)


def test_without_a_dated_rule_only_today_is_there() -> None:
    assert motion_chart({}, TODAY).places == {}


def test_the_example_of_the_forecast_runs_on_one_ruler_before_and_after_its_slip() -> None:
    reports = [forecast_example(real(), slipped=slipped) for slipped in (False, True)]
    before, after = worked_charts([report for report in reports if report])
    assert [row.state.item.name for row in before.rows] == [row.state.item.name for row in after.rows]
    assert [row.state.item.name for row in after.rows] == [*CHAIN]
    assert [row.tick for row in before.rows] == [row.tick for row in after.rows], "no latest date has moved"
    assert before.goal == after.goal
    assert [(row.late, row.over) for row in before.rows] == [(False, 0)] * 3
    assert [(row.late, row.over) for row in after.rows] == [(True, 2), (False, 2), (False, 2)]


def test_the_examples_are_left_out_where_their_items_are_not_asked() -> None:
    few = dict(real().areas)
    del few["analytics"], few["unmet-need"]
    book = replace(real(), areas=few)
    assert levels_example(book) is None
    assert forecast_example(book, slipped=True) is None


def test_the_model_counts_every_requirement_once() -> None:
    chart = crossing_chart(real())
    required = [(real().items[needed], item) for item in real().items.values() for needed in item.requires]
    assert chart.total == len(required) == sum(sum(needs.values()) for needs in chart.needs.values())
    assert chart.across == sum(needed.track != item.track for needed, item in required)
    assert 3 <= chart.total / chart.across <= 3.5, "the page says: about a third"
    assert all(0 <= place <= 100 for places in chart.marks.values() for place in places)
