"""What a project needs, by hand on small projects."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from macros.engine.needs import Need, needs, urgency
from macros.engine.report import ProjectReport, report_on
from tests.support.each import each
from tests.support.small import SHOWN, TODAY, small_handbook, small_project

GATES: dict[str, dict[str, Any]] = {
    f"{area}/g{stage}": {"stage": str(stage), "gate": "true", "lead": "6"}
    for area in ("lab", "care", "money")
    for stage in (1, 2, 3)
}
NOT_MET = dict.fromkeys(GATES, "not-met")
AHEAD = NOT_MET | dict.fromkeys(("lab/g1", "lab/g2", "lab/g3"), SHOWN)
BEHIND_UNKNOWN = {name: answer for name, answer in AHEAD.items() if answer == SHOWN}
ACKNOWLEDGED = {"imbalance": {"because": "Agreed by the steering group.", "until": "2027-06"}}


def look(answers: dict[str, Any] = NOT_MET, **more: Any) -> list[ProjectReport]:
    project = small_project(answers, **more)
    return [report_on(project, small_handbook(GATES), route, day=TODAY) for route in project.route]


def day(days: int) -> str:
    return str(TODAY - timedelta(days=days))


CASES: dict[str, tuple[list[ProjectReport], set[Need]]] = {
    "nothing": (look(), set()),
    "assessed 179 days ago": (look(assessed=day(179)), set()),
    "assessed 180 days ago": (look(assessed=day(180)), {Need.OUT_OF_DATE}),
    "three apart": (look(AHEAD), {Need.ACT, Need.APART}),
    "three apart, and acknowledged": (look(AHEAD, acknowledged=ACKNOWLEDGED), {Need.APART}),
    "three apart as far as is known": (look(BEHIND_UNKNOWN), {Need.APART}),
    "a target in time": (look(targets={"3": "2028-05"}), set()),
    "a target that is missed": (look(targets={"1": "2027-04"}), {Need.ACT, Need.LATE}),
    "the same on two routes": (look(AHEAD, route=["central", "exemption"]), {Need.ACT, Need.APART}),
}


@each("case", CASES)
def test_a_project_needs_what_its_page_says(case: str) -> None:
    reports, expected = CASES[case]
    assert set(needs(reports)) == expected


def test_to_act_on_comes_before_apart_and_watch_and_then_the_title() -> None:
    listed = [
        look(title="B"),
        look(title="A"),
        look(AHEAD, acknowledged=ACKNOWLEDGED, title="C"),
        look(AHEAD, title="D"),
    ]
    assert [reports[0].project.title for reports in sorted(listed, key=urgency)] == ["D", "C", "A", "B"]
