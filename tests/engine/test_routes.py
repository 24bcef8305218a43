"""What several routes of one project share is found once, and the rest by route."""

from __future__ import annotations

from typing import Any

from macros.engine.report import report_on
from macros.engine.routes import ALL, by_routes, moves
from tests.support.small import TODAY, small_handbook, small_project

ITEMS: dict[str, dict[str, Any]] = {
    "lab/both": {"stage": "1", "gate": "true"},
    "lab/one": {"stage": "1", "gate": "true", "applies-to": {"route": "central"}},
    "lab/other": {"stage": "1", "applies-to": {"route": "exemption"}},
}
PROJECT = small_project(dict.fromkeys(ITEMS, "not-met"), route=["central", "exemption"])
REPORTS = [report_on(PROJECT, small_handbook(ITEMS), route, day=TODAY) for route in PROJECT.route]


def names(report: Any) -> list[str]:
    return [*report.assessment.states]


def test_what_all_routes_share_comes_first_and_once() -> None:
    assert by_routes(REPORTS, names, str) == {
        ALL: ["lab/both"],
        ("central",): ["lab/one"],
        ("exemption",): ["lab/other"],
    }


def test_a_project_on_one_route_has_nothing_that_is_only_on_a_route() -> None:
    assert by_routes(REPORTS[:1], names, str) == {ALL: ["lab/both", "lab/one"]}


def test_what_no_route_has_is_no_group() -> None:
    assert by_routes(REPORTS, lambda _: [], str) == {}


def test_each_move_is_listed_once_with_the_routes_that_ask_for_it() -> None:
    assert {move.state.item.name: routes for move, routes in moves(REPORTS)} == {
        "lab/both": ALL,
        "lab/one": ("central",),
        "lab/other": ("exemption",),
    }
