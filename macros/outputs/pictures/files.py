"""The pictures of all projects: `badge/<id>.svg` and `picture/<id>.svg`."""

from collections.abc import Iterator

from macros.engine.portfolio import Portfolio
from macros.model.status_file import Project
from macros.outputs.pictures.badge import badge
from macros.outputs.pictures.levels import levels

DRAWN = {"badge": badge, "picture": levels}
"""Folder → what draws the pictures in it."""


def pictures(portfolio: Portfolio, _: str) -> Iterator[tuple[str, bytes]]:
    """Draw the levels of projects: path in the site, content. A history has none, as its levels say nothing.

    A project that was renamed has its pictures at the old addresses too.
    """
    for project in portfolio.current:
        for report in portfolio.reports(project.id):
            for folder, draw in DRAWN.items():
                drawn = draw(report).encode()
                for name in (project.id, *project.formerly):
                    yield picture_path(folder, name, project, report.assessment.route), drawn


def picture_path(folder: str, name: str, project: Project, route: str) -> str:
    """Say where a picture is: that of the first route has the name of the project alone, also when another is added."""
    return f"{folder}/{name}.svg" if route == project.route[0] else f"{folder}/{name}--{route}.svg"
