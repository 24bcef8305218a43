"""How heavy the page of a project can get: invented ones, on two routes and with three tight targets."""

from __future__ import annotations

import dataclasses
from functools import cache

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.site.layout import Call, Heading, pages
from macros.text.dates import Month
from macros.views.context import PageContext
from macros.views.registry import Views
from tests.support.each import each
from tests.support.small import TODAY, real

FRAME = 20_000
"""More than what the theme puts around a page, in bytes."""
CURRENT = [name for name, project in real().projects.items() if project.kind != "retrospective"]


def tight(project: Project) -> Project:
    """Put a project on every route, with targets for its next two stages and the last one, all of them too early."""
    first = min(project.targets, default=2)
    months = {first: "2027-02", min(first + 1, 8): "2027-10", 9: "2028-06"}
    changes = {"route": tuple(real().frame.routes), "acknowledged": {}}
    return project.model_copy(update=changes | {"targets": {n: Month.parse(text) for n, text in months.items()}})


@cache
def handbook() -> Handbook:
    return dataclasses.replace(real(), projects={name: tight(real().projects[name]) for name in CURRENT})


@each("name", CURRENT)
def test_a_project_on_two_routes_with_three_tight_targets_weighs_at_most_180_kb(name: str) -> None:
    portfolio = Portfolio(handbook(), TODAY)
    views = Views(PageContext(portfolio, lambda path, _: path.removesuffix(".md") + "/"))
    (page,) = (page for page in pages(portfolio) if page.path == f"projects/{name}.md")
    parts = [part.text if isinstance(part, Heading) else show(views, part, name) for part in page.body]
    assert FRAME + len("".join(parts).encode()) <= 180_000


def show(views: Views, call: Call, name: str) -> str:
    return views.show(call.view, *call.arguments, at=f"projects/{name}/")
