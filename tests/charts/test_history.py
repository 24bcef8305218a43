"""The picture of a history: every event, every finding at each reading that raised it, and the end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from macros.charts.history import APART, LANES, HistoryChart, history_chart
from macros.engine.replay import Replay, replayed
from tests.support.small import real, small_handbook, small_project

PAST = ["glybera", "strimvelis", "alofisel", "til-therapy"]


def drawn(name: str, **change: object) -> tuple[Replay, HistoryChart]:
    past = replayed(real().projects[name].model_copy(update=change), real())
    return past, history_chart(past)


@pytest.mark.parametrize("name", PAST)
def test_everything_that_happened_is_in_one_numbered_circle(name: str) -> None:
    past, chart = drawn(name)
    answers = past.project.answers.values()
    dated = sum(bool(answer.since) + len(answer.earlier) for answer in answers)
    assert sum(len(moment.facts) for moment in chart.moments) == dated + len(past.project.events)
    assert [moment.number for moment in chart.moments] == [*range(1, len(chart.moments) + 1)]
    months = [moment.month for moment in chart.moments]
    assert months == sorted(set(months))


@pytest.mark.parametrize("name", PAST)
def test_circles_in_one_lane_do_not_hide_each_other(name: str) -> None:
    _, chart = drawn(name)
    assert 1 <= chart.lanes <= LANES
    for lane in range(chart.lanes):
        places = [moment.at for moment in chart.moments if moment.lane == lane]
        assert all(later - place >= APART for place, later in pairwise(places))


@pytest.mark.parametrize("name", PAST)
def test_a_line_leads_to_the_end_only_where_the_end_names_the_finding(name: str) -> None:
    past, chart = drawn(name)
    assert past.project.outcome and chart.end is not None
    for row in chart.rows:
        named = row.raised.first.kind in past.project.outcome.findings
        assert (row.raised.before is not None) == named
        last = chart.end if named else row.marks[-1][0]
        assert row.at + row.wide == pytest.approx(last, abs=0.11)
        assert 0 <= row.at <= 100 and row.at + row.wide <= 100.1


@pytest.mark.parametrize(
    ("name", "finding", "months"),
    [
        ("alofisel", "borrowed-evidence-or-money", 81),  # 2018-03 to 2024-12: six years and nine months
        ("glybera", "demand-cannot-carry-the-upkeep", 93),  # 2010-01 to 2017-10: seven years and nine months
        ("strimvelis", "nobody-takes-over", 86),  # 2016-05 to 2023-07: seven years and two months
    ],
)
def test_the_months_before_the_end_are_counted_from_the_first_reading_that_raised_it(
    name: str, finding: str, months: int
) -> None:
    past, _ = drawn(name)
    assert {one.first.kind: one.before for one in past.named} == {finding: months}


def test_without_an_end_nothing_is_said_to_have_named_it() -> None:
    past, chart = drawn("glybera", outcome=None)
    assert past.named == ()
    assert chart.end is None
    assert past.raised


def test_a_history_without_a_date_is_drawn_empty() -> None:
    project = small_project({"lab/a": "not-met"}, kind="retrospective")
    chart = history_chart(replayed(project, small_handbook({"lab/a": {"stage": "1"}})))
    assert (chart.moments, chart.rows, chart.lanes) == ((), (), 1)
