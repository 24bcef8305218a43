"""The pictures of all projects: `badge/<id>.svg` and `picture/<id>.svg`."""

from macros.engine.portfolio import Portfolio
from macros.model.status_file import Project, ProjectKind
from macros.outputs.pictures.badge import badge
from macros.outputs.pictures.levels import levels

DRAWN = {"badge": badge, "picture": levels}
"""Folder → what draws the pictures in it."""


def of_project(portfolio: Portfolio, project: Project, _: str) -> tuple[list[tuple[str, bytes]], None]:
    """Draw the levels of a project, at its old addresses too. A history has none, as its levels say nothing."""
    if project.kind is ProjectKind.RETROSPECTIVE:
        return [], None
    return [
        (picture_path(folder, name, project, report.assessment.route), drawn)
        for report in portfolio.reports(project.id)
        for folder, draw in DRAWN.items()
        for drawn in [draw(report).encode()]
        for name in (project.id, *project.formerly)
    ], None


def picture_path(folder: str, name: str, project: Project, route: str) -> str:
    """Say where a picture is: that of the first route has the name of the project alone, also when another is added."""
    return f"{folder}/{name}.svg" if route == project.route[0] else f"{folder}/{name}--{route}.svg"
