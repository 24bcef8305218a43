"""A view that may show any project says so: after an edit under `serve`, its page is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from macros.engine.portfolio import Portfolio
from macros.model.status_file import ProjectKind
from macros.pages.calls import MACROS
from macros.site.build import _address
from macros.views.context import PageContext
from macros.views.registry import VIEWS, Views
from tests.support.small import TODAY, real


class Read(Exception):  # no error, but what a test looks for
    """A view has read a project that it was not asked for."""


class Known(dict[str, Any]):
    """Projects, of which only one may be read."""

    allowed = ""

    def __getitem__(self, name: str) -> Any:
        if self.allowed and name != self.allowed:
            raise Read(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if dict.__contains__(self, name) else default

    def values(self) -> Any:
        self._all()
        return super().values()

    def items(self) -> Any:
        self._all()
        return super().items()

    def __iter__(self) -> Iterator[str]:
        self._all()
        return super().__iter__()

    def _all(self) -> None:
        if self.allowed:
            raise Read


@pytest.fixture(scope="module")
def views() -> Views:
    book = real()
    some = [*book.projects.values()]
    past = next(project for project in some if project.kind is ProjectKind.RETROSPECTIVE)
    now = next(project for project in some if project.kind is not ProjectKind.RETROSPECTIVE)
    known = Known({project.id: project for project in (past, now)})
    portfolio = Portfolio(replace(book, projects=known), TODAY)
    for project in (past, now):
        portfolio.reports(project.id)
    return Views(PageContext(portfolio, partial(_address, True)))


HISTORIES = {"one_history", "project_history"}
WITH_A_REGION = {"region_set_up"}  # reads projects where the region has hospitals


def words(views: Views, view: str) -> list[str | int]:
    """Give the arguments that a view may be called with."""
    book = views.portfolio.handbook
    known: Any = book.projects
    past, now = dict.__iter__(known)
    first: dict[str, str | int] = {
        "item": next(iter(book.items)),
        "source": next(iter(book.references)),
        "stage": min(book.frame.stages),
        "area": next(iter(book.areas)),
        "partner": next(iter(book.frame.partners)),
        "modality": next(iter(book.frame.modalities)),
        "route": next(iter(book.frame.routes)),
        "text": "words",
        **dict.fromkeys(("project", "history"), past if view in HISTORIES else now),
    }
    return [first[word] for word in MACROS[view] if not word.endswith("?")]


def reads_others(views: Views, view: str) -> bool:
    """Show a view; say whether it has read a project that it was not asked for."""
    known: Any = views.portfolio.handbook.projects
    for name in ("shown", "current", "needs", "by_need", "counts"):
        views.portfolio.__dict__.pop(name, None)
    arguments = words(views, view)
    known.allowed = arguments[0] if arguments and dict.__contains__(known, arguments[0]) else "none"
    try:
        views.show(view, *arguments, at="projects/x/")
    except Read:
        return True
    finally:
        known.allowed = ""
    return False


def test_the_views_that_read_any_project_are_those_that_say_so(views: Views) -> None:
    said = {name for name, view in VIEWS.items() if view.of_all_projects} - WITH_A_REGION
    assert {name for name in MACROS if reads_others(views, name)} == said
