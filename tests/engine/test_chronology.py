"""No project of the handbook has an item met before what it requires, but for the exceptions listed with a reason."""

from collections.abc import Iterator

import yaml

from macros.model.status_file import Project, ProjectKind
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.small import real

LISTED: dict[str, dict[str, dict[str, str]]] = yaml.safe_load((ROOT / "tests/engine/chronology.yml").read_text("utf-8"))
EXAMPLES = sorted(path.stem for path in (ROOT / "projects").glob("*.yml"))


def too_early(project: Project) -> Iterator[tuple[str, str]]:
    """Yield items met before what they require is met: item, what it requires."""
    answers = real().answers_of(project)
    for route in project.route:
        asked = {item.name: item for item in real().asked_of(project, route)}
        for item in asked.values():
            answer = answers.get(item.name)
            if answer is None or not answer.status.met:
                continue
            for name in item.requires:
                required = answers.get(name)
                if name not in asked or required is None or not required.status.asked:
                    continue
                later = required.since and answer.since and required.since.first > answer.since.last
                if not required.status.met or later:
                    yield item.name, name


@each("project", EXAMPLES)
def test_nothing_is_met_before_what_it_requires(project: str) -> None:
    listed = {(item, name) for item, names in LISTED.get(project, {}).items() for name in names}
    assert set(too_early(real().projects[project])) == listed


def test_only_histories_and_gaps_shown_on_purpose_are_listed() -> None:
    for project, items in LISTED.items():
        reasons = {reason for names in items.values() for reason in names.values()}
        past = real().projects[project].kind is ProjectKind.RETROSPECTIVE
        assert past or reasons == {"A gap that the example shows on purpose."}, project
