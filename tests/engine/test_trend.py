"""Levels of all projects at the ends of past quarters: only what had a day by then, and today as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from macros.engine.portfolio import Portfolio
from macros.engine.trend import QUARTERS, Quarter, trend
from tests.support.small import small_handbook, small_project

ITEMS = {
    "lab/g1": {"stage": "1", "gate": "true"},
    "lab/g2": {"stage": "2", "gate": "true"},
    "lab/g3": {"stage": "3", "gate": "true"},
    "care/h1": {"stage": "1", "gate": "true"},
    "money/m1": {"stage": "1", "gate": "true"},
    "lab/g4": {"stage": "4", "gate": "true"},  # nobody meets these
    "care/h2": {"stage": "2", "gate": "true"},
}
TODAY = date(2026, 11, 22)


def met(since: str, **more: Any) -> dict[str, Any]:
    return {"status": "met", "since": since, "evidence": "Report 1", **more}


def followed(**projects: dict[str, Any]) -> tuple[Quarter, ...]:
    book = small_handbook(ITEMS)
    made = {name: small_project(answers, id=name, route=["central", "exemption"]) for name, answers in projects.items()}
    return trend(Portfolio(replace(book, projects=made), TODAY))


def numbers(quarters: tuple[Quarter, ...]) -> dict[str, tuple[int, int, int]]:
    """Give projects, technical level and how many are far apart, by quarter."""
    return {quarter.name: (quarter.projects, quarter.levels["technical"], quarter.apart) for quarter in quarters}


CASES: list[tuple[str, dict[str, dict[str, Any]], dict[str, tuple[int, int, int]]]] = [
    ("nothing has a day", {"a": {"lab/g1": {"status": "in-progress"}}}, {}),
    (
        "levels rise on their days, and on the last day all is as it is now",
        {"a": {"lab/g1": met("2026-02-01"), "lab/g2": met("2026-05-01"), "lab/g3": met("2026-11-01")}},
        {"2026 Q1": (1, 1, 0), "2026 Q2": (1, 2, 0), "2026 Q3": (1, 2, 0), "2026 Q4": (1, 3, 1)},
    ),
    (
        "half of the projects are at the level or lower, and a new project lowers it",
        {"a": {"lab/g1": met("2026-04-01"), "lab/g2": met("2026-04-01")}, "b": {"care/h1": met("2026-07-01")}},
        {"2026 Q2": (1, 2, 0), "2026 Q3": (2, 0, 0), "2026 Q4": (2, 0, 0)},
    ),
    (
        "an earlier status counts until the next one",
        {"a": {"lab/g1": {"status": "not-met", "since": "2026-08-01", "earlier": [met("2026-05-01")]}}},
        {"2026 Q2": (1, 1, 0), "2026 Q3": (1, 0, 0), "2026 Q4": (1, 0, 0)},
    ),
]


@pytest.mark.parametrize(("projects", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_quarter_has_what_had_a_day_by_then(
    projects: dict[str, dict[str, Any]], expected: dict[str, tuple[int, int, int]]
) -> None:
    assert numbers(followed(**projects)) == expected


def test_only_the_last_quarters_are_shown() -> None:
    found = followed(a={"lab/g1": met("1999-02-01")})
    assert (len(found), found[-1].day, found[0].name) == (QUARTERS, TODAY, "2022 Q1")
