"""What a project costs in a build, counted in calls of functions: seconds depend on the machine, and calls do not.

If a limit is exceeded, look for work that is done twice before you raise it. `docs/speed.md` has the seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from macros import outputs
from macros.engine.portfolio import Portfolio
from macros.load.handbook import read_project
from macros.site import layout
from macros.site.build import address_of
from macros.views.context import PageContext
from macros.views.registry import Views
from tests.support.paths import ROOT
from tests.support.small import TODAY, real
from tests.support.steps import steps

COUNTED = "car-t-lymphoma"


def reading(views: Views, name: str) -> None:
    assert read_project(ROOT, f"projects/{name}.yml", views.portfolio.handbook, TODAY, [])


def reporting(views: Views, name: str) -> None:
    for report in views.portfolio.reports(name):
        assert report.forecast
        assert report.moves is not None


def pages(views: Views, name: str) -> None:
    for page in layout.of_project(views.portfolio.handbook.projects[name]):
        for part in page.body:
            if isinstance(part, layout.Call):
                views.show(part.view, *part.arguments, at=f"projects/{name}/")


def files(views: Views, name: str) -> None:
    portfolio = views.portfolio
    assert outputs.of_project(portfolio, portfolio.handbook.projects[name], "https://example.org/")


WORK: dict[str, tuple[Callable[[Views, str], Any], int]] = {
    "reading and checking": (reading, 32_000),
    "report": (reporting, 16_000),
    "pages": (pages, 55_000),
    "files": (files, 12_000),
}
"""What is done for a project, one after the other, and how many calls it may take."""


@pytest.fixture(scope="module")
def counted() -> dict[str, int]:
    portfolio = Portfolio(real(), TODAY, lambda _: "title: x\n")
    views = Views(PageContext(portfolio, partial(address_of, True)))
    for project in portfolio.current:  # what projects share is made with the first ones
        for work, _ in WORK.values():
            if project.id != COUNTED:
                work(views, project.id)
    return {name: steps(partial(work, views, COUNTED)) for name, (work, _) in WORK.items()}


@pytest.mark.parametrize("name", WORK)
def test_a_project_takes_no_more_calls_than_it_did(name: str, counted: dict[str, int]) -> None:
    assert counted[name] <= WORK[name][1]
