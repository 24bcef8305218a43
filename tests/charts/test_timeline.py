"""What the timeline is drawn from: by hand on small projects, and as laws on random ones."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given

from macros.assessment.forecast import LATE, NOW
from macros.charts.timeline import (
    AHEAD,
    MOST,
    Row,
    dated,
    deciding,
    first_and_rest,
    has_date,
    on_every_route,
    stages,
    timeline,
)
from macros.engine.report import ProjectReport, report_on
from macros.engine.routes import ALL
from macros.text.dates import Month
from tests.engine.test_moves_and_history import QUICK, reports
from tests.support.small import TODAY, small_handbook, small_project

CHAIN: dict[str, dict[str, Any]] = {
    "lab/first": {"stage": "1", "gate": "true", "lead": "4", "owner": "hospital"},
    "lab/second": {"stage": "1", "gate": "true", "lead": "8", "requires": ["lab/first"]},
    "care/side": {"stage": "1", "lead": "2"},
    "care/unknown": {"stage": "1"},
}


def seen(answers: dict[str, Any], **more: Any) -> ProjectReport:
    """Look at a project that has answered all other items with not met."""
    project = small_project(dict.fromkeys(CHAIN, "not-met") | answers, **more)
    return report_on(project, small_handbook(CHAIN), "central", day=TODAY)


def rows(report: ProjectReport) -> dict[str, Row]:
    drawn = timeline(on_every_route([report]), report)
    return {row.plan.state.item.name: row for group in drawn.groups.values() for row in group}


def test_a_bar_runs_from_the_latest_start_to_the_latest_finish():
    report = seen({}, targets={"1": "2028-11"})
    drawn = timeline(on_every_route([report]), report)
    # The axis has 27 months, from September 2026, two before today, to December 2028, one after the target.
    assert drawn.today == drawn.named == 7.4
    assert drawn.poles == (96.3,)
    assert [(flag.text, flag.at) for flag in drawn.flags] == [("1", 96.3)]
    assert {name: row.bar for name, row in rows(report).items()} == {
        "lab/first": (51.9, 14.8),  # 4 months, from November 2027
        "lab/second": (66.7, 29.6),
        "care/side": (88.9, 7.4),
        "care/unknown": None,  # nobody knows how long it takes
    }
    assert rows(report)["care/unknown"].needed == 96.3


def test_partners_come_in_their_order_and_what_starts_first_comes_first():
    report = seen({}, targets={"1": "2028-11"})
    drawn = timeline(on_every_route([report]), report)
    assert {partner: [row.plan.state.item.anchor for row in some] for partner, some in drawn.groups.items()} == {
        "university": ["second", "side", "unknown"],
        "hospital": ["first"],
    }


def test_work_under_way_runs_from_its_beginning_to_its_planned_month_and_says_when_it_is_needed():
    given = {"status": "in-progress", "since": "2026-09-01", "planned": "2027-12"}
    row = rows(seen({"lab/first": given}, targets={"1": "2028-11"}))["lab/first"]
    assert (row.bar, row.planned, row.needed) == ((0, 55.6), 55.6, 66.7)  # the axis begins in September
    assert not row.plan.planned_late


def test_work_under_way_has_a_place_without_a_target():
    report = seen({"lab/first": {"status": "in-progress", "planned": "2027-01"}})
    assert [each.plan.state.item.name for each in dated(report)] == ["lab/first"]


def test_what_decides_a_stage_is_marked():
    report = seen({}, targets={"1": "2028-11"})
    assert [(outlook.stage, str(outlook.earliest)) for outlook in deciding(report)] == [(1, "2027-11")]
    assert {name: decides for name, row in rows(report).items() if (decides := row.said[0][0].decides)} == {
        "lab/first": (1,),
        "lab/second": (1,),
    }


def test_flags_that_are_close_share_a_name_and_today_is_named_where_there_is_room():
    report = seen({}, targets={"1": "2026-12", "2": "2026-12", "3": "2029-01"})
    drawn = timeline(on_every_route([report]), report)
    assert [flag.text for flag in drawn.flags] == ["1, 2"]  # the third lies long after the last row
    assert len(drawn.poles) == 2
    assert drawn.today is not None
    assert drawn.named is None


def test_a_stage_that_is_late_is_said_first():
    report = seen({}, targets={"1": "2027-01"})
    assert [outlook.late for outlook in deciding(report)] == [10]
    assert rows(report)["lab/first"].plan.when == LATE


def test_a_stage_names_the_earlier_one_whose_chain_it_goes_on_from():
    items = CHAIN | {"lab/later": {"stage": "2", "gate": "true", "lead": "6", "requires": ["lab/second"]}}
    project = small_project(dict.fromkeys(items, "not-met"))
    found = stages([report_on(project, small_handbook(items), "central", day=TODAY)])
    assert [(each.outlook.stage, each.after, [(name, str(month)) for name, month in each.chain]) for each in found] == [
        (1, 0, [("lab/first", "2027-03"), ("lab/second", "2027-11")]),
        (2, 1, [("lab/later", "2028-05")]),
    ]


def test_routes_that_differ_share_a_row_which_shows_the_earliest_start():
    only = {
        "lab/later": {
            "stage": "2",
            "gate": "true",
            "lead": "6",
            "requires": ["lab/second"],
            "applies-to": {"route": "central"},
        }
    }
    book = small_handbook(CHAIN | only)
    targets = {"1": "2028-11", "2": "2028-12"}
    project = small_project(dict.fromkeys(CHAIN | only, "not-met"), targets=targets, route=["exemption", "central"])
    found = on_every_route([report_on(project, book, route, day=TODAY) for route in project.route])
    said = {
        each[0][0].plan.state.item.name: [(str(dated.plan.start_by), routes) for dated, routes in each]
        for each in found
    }
    assert said["lab/second"] == [("2027-10", ("central",)), ("2028-03", ("exemption",))]
    assert said["lab/later"] == [("2028-06", ("central",))]
    assert said["care/side"] == [("2028-09", ALL)]


@QUICK
@given(reports())
def test_every_item_with_a_date_has_one_row_within_the_picture(seen: ProjectReport) -> None:
    found = dated(seen)
    assert [each.plan for each in found] == [plan for plan in seen.forecast.plans.values() if has_date(plan)]
    first, rest = first_and_rest(on_every_route([seen]), seen)
    assert Counter(each.plan.state.item.name for ((each, _),) in (*first, *rest)) == Counter(
        each.plan.state.item.name for each in found
    )
    assert not rest or len(found) > MOST
    now = Month.of(seen.assessment.day).ordinal
    for ((each, routes),) in rest:
        assert routes == ALL
        assert each.start > now + AHEAD
        assert each.plan.when not in (LATE, NOW)
        assert not each.plan.state.status.under_way
    for part in filter(None, (first, rest)):
        drawn = timeline(part, seen)
        shown = [row for group in drawn.groups.values() for row in group]
        assert len(shown) == len(part)
        for row in shown:
            assert row.bar or row.needed is not None
            if row.bar:
                assert 0 <= row.bar[0] <= row.bar[0] + row.bar[1] <= 100.1
            assert all(0 <= at <= 100 for at in (row.planned, row.needed) if at is not None)
        assert (drawn.today is not None) == (part is first)
