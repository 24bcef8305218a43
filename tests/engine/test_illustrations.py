"""The invented examples hold together: what they say is met rests on answers, and none begins what the law forbids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from macros.engine.portfolio import Portfolio
from macros.model.items import Item
from macros.model.status_file import Project, ProjectKind
from tests.support.small import TODAY, real

ILLUSTRATIONS = [project for project in real().projects.values() if project.kind is ProjectKind.ILLUSTRATION]


def begun(project: Project) -> Iterator[tuple[Item, set[str]]]:
    """List the items met or in progress, each with the names that are asked of the project on that route."""
    for route in project.route:
        asked = {item.name: item for item in real().asked_of(project, route)}
        for name, item in asked.items():
            if name in project.answers and project.answers[name].status.started:
                yield item, set(asked)


@pytest.mark.parametrize("project", ILLUSTRATIONS, ids=lambda project: project.id)
def test_nothing_that_something_met_requires_is_without_an_answer(project: Project) -> None:
    for item, asked in begun(project):
        if project.answers[item.name].status.met:
            assert set(item.requires) & asked <= project.answers.keys(), item.name


@pytest.mark.parametrize("project", ILLUSTRATIONS, ids=lambda project: project.id)
def test_none_begins_what_is_unlawful_without_something_that_is_not_met(project: Project) -> None:
    for item, asked in begun(project):
        for name in set(item.unlawful_without) & asked:
            status = project.answers[name].status
            assert status.met or not status.asked, (item.name, name)


def test_an_imbalance_that_the_team_acknowledges_is_shown_as_acknowledged_wherever_it_is_shown() -> None:
    shown = 0
    for report in Portfolio(real(), TODAY).all_reports():
        for finding in report.findings:
            if finding.kind == "imbalance":
                assert report.apart == finding.badge
                shown += finding.acknowledged is not None
    assert shown, "an illustration has one"
