"""What remains of projects that are not published in full: what was left out is in nothing that is made later."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from macros.assessment.assess import assess
from macros.engine.audience import FEW, everything, published
from macros.engine.portfolio import Portfolio
from macros.fields.publish import Extent, strictest
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from tests.support.small import TODAY, small_handbook, small_project

MARK = "Zyxmark"
ITEMS: dict[str, dict[str, Any]] = {
    "lab/first": {"stage": "1", "gate": "true"},
    "lab/second": {"stage": "2", "gate": "true"},
    "care/first": {"stage": "1", "gate": "true", "can-be-owed": "true"},
    "care/other": {"stage": "1"},
    "money/first": {"stage": "1", "gate": "true"},
}
ANSWERS: dict[str, Any] = {
    "lab/first": {"status": "met", "since": "2026-01-15", "evidence": f"{MARK} 1", "note": f"{MARK} 2"},
    "lab/second": {"status": "in-progress", "planned": "2027-02", "note": f"{MARK} 3"},
    "care/first": {"status": "not-met", "owed": "true", "planned": "2027-03"},
    "care/other": {"status": "not-applicable", "because": f"{MARK} 4"},
    "money/first": {
        "status": "met",
        "since": "2026-02",
        "evidence": f"{MARK} 5",
        "earlier": [{"status": "not-met", "since": "2025-01", "evidence": f"{MARK} 6", "note": f"{MARK} 7"}],
    },
}
WRITTEN: dict[str, Any] = {
    "contact": f"{MARK} 8",
    "targets": {"2": "2028-02"},
    "confirmed": {"commercial": {"1": {"since": "2026-01", "evidence": f"{MARK} 9", "checklist": "v2026.1"}}},
    "events": [{"date": "2026-05-04", "kind": "owner-change", "text": f"{MARK} 10"}],
    "acknowledged": {"imbalance": {"because": f"{MARK} 11", "until": "2027-03"}},
}
"""Every text that a team writes, but for title and summary."""


def book(*projects: Project, region: str = "") -> Handbook:
    made = dataclasses.replace(small_handbook(ITEMS), region=None, projects={each.id: each for each in projects})
    return dataclasses.replace(made, region=Region(publish=Extent(region))) if region else made  # type: ignore[arg-type]


@dataclasses.dataclass
class Region:
    """As much of a region as is asked for."""

    publish: Extent
    facilities: dict[str, Any] = dataclasses.field(default_factory=dict)


def project(publish: str = "", name: str = "small", **more: Any) -> Project:
    said = {"publish": publish} if publish else {}
    return small_project(ANSWERS, **{**WRITTEN, **said, "id": name, **more})


def values(thing: object) -> Iterator[object]:
    """Yield everything that a record holds, however deep."""
    if isinstance(thing, BaseModel):
        thing = dict(thing)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        thing = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield from values(name)
            yield from values(value)
    elif isinstance(thing, (list, tuple)):
        for value in thing:
            yield from values(value)
    else:
        yield thing


def texts(*things: object) -> str:
    return " ".join(str(value) for thing in things for value in values(thing))


def levels(of: Project, handbook: Handbook) -> dict[str, int]:
    return {track: each.level for track, each in assess(of, handbook, "central", day=TODAY).tracks.items()}


def test_the_sentences_in_the_place_of_details_are_in_the_language_of_the_site() -> None:
    remaining = published(book(project("without-details")), TODAY, str.upper).handbook.projects["small"]
    answers = (answer for answers in remaining.status.values() for answer in answers.values() if answer)
    assert "NOT PUBLISHED." in {answer.evidence for answer in answers}


def test_without_a_word_everything_is_published() -> None:
    found = published(book(project()), TODAY)
    assert found.handbook.projects == {"small": project()}
    assert (found.levels_only, found.not_shown) == ({}, 0)


def test_without_details_no_word_of_the_team_is_left_but_title_and_summary() -> None:
    assert MARK in texts(project())
    remaining = published(book(project("without-details")), TODAY).handbook.projects["small"]
    said = texts(remaining)
    assert MARK not in said
    assert "2028-02" not in said and "2027-02" not in said, "no target and no plan"
    assert remaining.title == "Small" and not remaining.in_full


def test_without_details_answers_count_as_before() -> None:
    handbook = book(project("without-details"))
    remaining = published(handbook, TODAY).handbook.projects["small"]
    assert levels(remaining, handbook) == levels(project(), handbook)
    assert levels(remaining, handbook)["technical"] == 1
    before, after = (assess(each, handbook, "central", day=TODAY).states for each in (project(), remaining))
    assert {name: (s.status, s.counts, s.owed) for name, s in before.items()} == {
        name: (s.status, s.counts, s.owed) for name, s in after.items()
    }
    owed = remaining.answers["care/first"]
    assert str(owed.planned) == "2027-03", "the month that an authority has set"


@pytest.mark.parametrize("evidence", ["TBD", None])
def test_evidence_that_shows_nothing_shows_nothing_afterwards(evidence: str | None) -> None:
    given = {"lab/first": {"status": "met", "since": "2026-01-15", **({"evidence": evidence} if evidence else {})}}
    handbook = book(small_project(given, publish="without-details"))
    remaining = published(handbook, TODAY).handbook.projects["small"]
    assert levels(remaining, handbook)["technical"] == 0


def test_two_projects_that_differ_in_what_is_left_out_are_the_same_afterwards() -> None:
    other = {
        name: {key: f"Other {value}" if str(value).startswith(MARK) else value for key, value in answer.items()}
        for name, answer in ANSWERS.items()
    }
    other["lab/second"] |= {"planned": "2029-11"}
    other["money/first"] |= {"earlier": [{"status": "not-met", "since": "2025-01", "evidence": "A", "note": "B"}]}
    written: dict[str, Any] = {
        **WRITTEN,
        "contact": "Another",
        "targets": {},
        "confirmed": {"commercial": {"1": {"since": "2026-01", "evidence": "Another", "checklist": "v2026.1"}}},
        "events": [{"date": "2026-05-04", "kind": "owner-change", "text": "Another"}],
        "acknowledged": {"imbalance": {"because": "Another", "until": "2027-03"}},
        "publish": "without-details",
    }
    one, two = (
        published(book(each), TODAY).handbook.projects
        for each in (project("without-details"), small_project(other, **written))
    )
    assert one == two


def test_of_levels_only_a_small_record_is_left() -> None:
    found = published(book(project("levels", route=["central", "exemption"])), TODAY)
    assert found.handbook.projects == {}
    record = found.levels_only["small"]
    assert dataclasses.asdict(record) == {
        "id": "small",
        "title": "Small",
        "checklist": "v2026.1",
        "assessed": TODAY,
        "levels": {route: {"technical": 1, "clinical": 9, "commercial": 9} for route in ("central", "exemption")},
    }


@pytest.mark.parametrize(("number", "said"), [(1, 0), (FEW - 1, 0), (FEW, FEW), (FEW + 4, FEW + 4)])
def test_projects_that_are_not_shown_are_counted_only_where_the_number_names_none(number: int, said: int) -> None:
    found = published(book(*(project("none", name=f"hidden-{each}") for each in range(number))), TODAY)
    assert found.handbook.projects == {}
    assert (found.levels_only, found.not_shown) == ({}, said)


@pytest.mark.parametrize("region", [""] + [str(each) for each in Extent])
@pytest.mark.parametrize("own", [""] + [str(each) for each in Extent])
def test_a_project_never_shows_more_than_its_region(region: str, own: str) -> None:
    found = published(book(project(own), region=region), TODAY)
    expected = strictest(*(Extent(each) for each in (own, region) if each))
    left = "levels" if found.levels_only else "none"
    if remaining := found.handbook.projects.get("small"):
        left = "full" if remaining.in_full else "without-details"
    assert left == expected


@pytest.mark.parametrize("kind", ["illustration", "retrospective"])
def test_illustrations_and_retrospectives_are_always_shown_in_full(kind: str) -> None:
    shown = published(book(project("none", kind=kind), region="none"), TODAY).handbook.projects["small"]
    assert shown.in_full and texts(shown) == texts(project(kind=kind))


def test_inside_everything_is_shown() -> None:
    found = everything(book(*(project(str(each), name=f"p-{each}") for each in Extent), region="none"))
    assert all(each.in_full and MARK in texts(each) for each in found.handbook.projects.values())
    assert len(found.handbook.projects) == len(Extent)


def test_projects_of_which_only_levels_are_shown_put_illustrations_away() -> None:
    found = published(book(project("levels"), project(kind="illustration", name="made-up")), TODAY)
    assert Portfolio(found.handbook, TODAY, levels_only=found.levels_only).shown == ()
    hidden = published(book(project("none"), project(kind="illustration", name="made-up")), TODAY)
    assert [each.id for each in Portfolio(hidden.handbook, TODAY).shown] == ["made-up"]


def test_the_words_are_ordered_from_most_to_least() -> None:
    assert [str(each) for each in Extent] == ["full", "without-details", "levels", "none"]
    assert strictest() is Extent.FULL
    assert get_args(Project.model_fields["publish"].annotation) == (Extent, type(None))
