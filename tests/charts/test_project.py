"""What pictures are drawn from: by hand on small projects, and as laws on random ones."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from macros.charts.project import goals, path, spread
from macros.engine.report import ProjectReport, report_on
from tests.engine.test_moves_and_history import QUICK, reports
from tests.support.small import SHOWN, TODAY, small_handbook, small_project

TITLES = {"technical": "Technical", "clinical": "Clinical", "commercial": "Commercial"}
GATES: dict[str, dict[str, Any]] = {
    f"{area}/g{stage}": {"stage": str(stage), "gate": "true"}
    for area in ("lab", "care", "money")
    for stage in (1, 2, 3)
}


def seen(answers: dict[str, Any], items: dict[str, dict[str, Any]] = GATES, **more: Any) -> ProjectReport:
    """Look at a project that has answered all other items with not met."""
    project = small_project(dict.fromkeys(items, "not-met") | answers, **more)
    return report_on(project, small_handbook(items), "central", day=TODAY)


# --- the bracket ---


def test_the_spread_names_the_tracks_at_both_ends():
    found = spread(seen({"lab/g1": SHOWN, "lab/g2": SHOWN, "care/g1": SHOWN, "care/g2": SHOWN}))
    assert (found.low, found.high, found.behind, found.ahead) == (0, 2, ("commercial",), ("technical", "clinical"))
    assert found.finding is not None
    assert found.finding.severity == "watch"


def test_tracks_in_step_have_no_bracket_and_no_finding():
    found = spread(seen({"lab/g1": SHOWN, "care/g1": SHOWN, "money/g1": SHOWN}))
    assert (found.low, found.high, found.finding) == (1, 1, None)
    assert found.behind == found.ahead == tuple(TITLES)


# --- the flags ---

WAITING: dict[str, dict[str, Any]] = {
    "lab/first": {"stage": "1", "gate": "true", "lead": "4"},
    "lab/second": {"stage": "1", "gate": "true", "lead": "8", "requires": ["lab/first"]},
    "care/side": {"stage": "1", "lead": "2"},
}


@pytest.mark.parametrize(("target", "late", "items"), [("2027-11", 0, 0), ("2027-10", 1, 1), ("2026-11", 12, 3)])
def test_a_target_says_how_late_its_gates_and_how_many_items_are(target: str, late: int, items: int) -> None:
    (goal,) = goals(seen({}, WAITING, targets={"1": target}))  # from November, 4 and 8 months: November next year
    assert (str(goal.month), goal.late, goal.items) == (target, late, items)
    assert goal.outlook is not None
    assert str(goal.outlook.earliest) == "2027-11"


def test_a_target_with_nothing_open_before_it_has_no_outlook():
    (goal,) = goals(seen({"lab/first": SHOWN, "lab/second": SHOWN}, WAITING, targets={"1": "2030-01"}))
    assert (goal.outlook, goal.late) == (None, 0)


# --- the path so far ---

ONE = {"since": "2025-01-01", "status": "met", "evidence": "Report 1"}
LATER = {**ONE, "since": "2026-01-01"}


def test_the_path_draws_each_step_and_the_band_between_the_tracks():
    drawn = path(seen({"lab/g1": ONE, "lab/g2": LATER}), TITLES)
    assert drawn is not None
    level = re.fullmatch(r"M0\.0 ([\d.]+) H([\d.]+) V([\d.]+) H100", drawn.lines["technical"])
    assert level
    # Of 690 days 365 have gone; a level is a tenth of the height, the first track lies a little above.
    assert [float(number) for number in level.groups()] == [88.4, pytest.approx(53, abs=0.3), 78.4]
    assert [(label.text, label.at) for label in drawn.labels] == [("Technical 2", 80), ("Clinical, Commercial 0", 100)]
    assert [year.text for year in drawn.years] == ["2026"]
    assert drawn.band.endswith("Z")


def test_nothing_is_drawn_without_a_known_day():
    assert path(seen({}), TITLES) is None


@QUICK
@given(reports())
def test_the_path_stays_within_its_picture(seen: ProjectReport) -> None:
    drawn = path(seen, TITLES)
    assert (drawn is None) == (not seen.path)
    if drawn is None:
        return
    assert drawn.lines.keys() == seen.assessment.tracks.keys()
    for line in [*drawn.lines.values(), drawn.band]:
        assert all(-2 <= float(number) <= 102 for number in re.findall(r"[-\d.]+", line))
    ends = {track: standing.level for track, standing in seen.assessment.tracks.items()}
    if len({*ends.values()}) == 1:
        assert [label.text for label in drawn.labels] == [str(level) for level in {*ends.values()}]
        return
    said = {name: int(label.text[-1]) for label in drawn.labels for name in label.text[:-2].split(", ")}
    assert said == {TITLES[track]: level for track, level in ends.items()}


def test_long_paths_name_only_some_years():
    early = {**ONE, "since": "1996-03-01"}
    drawn = path(
        report_on(small_project({"lab/g1": early}), small_handbook(GATES), "central", day=date(2026, 11, 22)), TITLES
    )
    assert drawn is not None
    assert [year.text for year in drawn.years] == ["1997", "2001", "2005", "2009", "2013", "2017", "2021", "2025"]
