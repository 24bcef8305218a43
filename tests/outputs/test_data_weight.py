"""What the data weigh: with each project there is so much more of them, and no more."""

from __future__ import annotations

from dataclasses import replace

from invented import invent

from macros.engine.portfolio import Portfolio
from macros.model.status_file import Project
from macros.outputs import DATA, files
from tests.support.small import TODAY, real

MOST = 40_000
"""Bytes for a project with about 120 answers."""


def weight(number: int) -> int:
    """Weigh the data of so many invented projects."""
    told = enumerate(invent(real(), number))
    projects = [Project.model_validate({**values, "id": f"invented-{place:04}"}) for place, values in told]
    book = replace(real(), projects={project.id: project for project in projects})
    return sum(len(content) for _, content in files(DATA, Portfolio(book, TODAY), "https://navigator.example.org/"))


def test_a_project_adds_at_most_40_kilobytes() -> None:
    assert (weight(60) - weight(20)) / 40 <= MOST
