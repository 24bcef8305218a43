"""What strangers publish is used, or left out with one sentence; nothing in it is taken for more than text."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.hub.bounds import Unfit
from macros.hub.documents import Scale, read_projects, read_region
from macros.hub.rows import rows_of
from tests.support import hub
from tests.support.paths import TESTS

FIRST = json.loads((TESTS / "outputs/published/projects-v1.json").read_text("utf-8"))
"""The first document that was ever published: an older site."""
SCALE = Scale(frozenset(FIRST["projects"][0]["tracks"]), FIRST["stages"])
NAME = FIRST["projects"][0]["id"]


def spoiled(change: Callable[[Any], object]) -> bytes:
    value = json.loads(json.dumps(FIRST))
    change(value)
    return hub.text(value)


def set_in(name: str, value: object) -> Callable[[Any], object]:
    return lambda found: found.update({name: value})


def of_project(**values: object) -> Callable[[Any], object]:
    return lambda found: found["projects"][0].update(values)


def found_levels(found: Any, level: int) -> Any:
    """Give a copy of a document in which each track of each project has a level."""
    projects = [
        {**project, "checklist": "v2026.1", "tracks": {track: {"level": level} for track in project["tracks"]}}
        for project in found["projects"]
    ]
    return {**found, "projects": projects}


CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "The document is not JSON: see line 1, column 1."),
    "a page": (b"<!doctype html>\n<p>", "The document is not JSON: see line 1, column 1."),
    "cut": (hub.text(FIRST)[:60], "The document is not JSON: see line 1, column 59."),
    "latin": ('{"a": "å"}'.encode("latin-1"), "The document is not UTF-8."),
    "a list": (b"[]", "The document is not an object of names and values."),
    "not a number": (b'{"a": NaN}', "The document has NaN, which is not a number in JSON."),
    "endless number": (b'{"a": ' + b"9" * 5_000 + b"}", "The document has a number that is too large."),
    "large number": (spoiled(of_project(act=10**7)), "The number at projects.0.act is too large."),
    "infinite": (b'{"a": 1e999}', "The number at a is too large."),
    "deep": (b'{"a":' * 100_000, "The document has lists in lists without end."),
    "quite deep": (
        b'{"a":' * 30 + b"1" + b"}" * 30,
        "The document has more than 20 lists or objects inside each other.",
    ),
    "twice": (b'{"a": 1, "b": 2, "a": 3}', 'The document has the name "a" twice in one object.'),
    "long text": (
        spoiled(of_project(title="x" * 2_001)),
        "The text at projects.0.title has 2,001 characters. A hub reads at most 2,000.",
    ),
    "long list": (
        spoiled(set_in("sites", ["x"] * 20_001)),
        "The list at sites has 20,001 entries. A hub reads at most 20,000.",
    ),
    "version": (spoiled(set_in("version", 2)), "The document has version 2. This hub reads version 1."),
    "no version": (
        spoiled(lambda found: found.pop("version")),
        "The document does not fit its schema at version: field required.",
    ),
    "type": (
        spoiled(of_project(act="three")),
        "The document does not fit its schema at projects.0.act: input should be a valid integer.",
    ),
    "negative": (
        spoiled(of_project(watch=-1)),
        "The document does not fit its schema at projects.0.watch: input should be greater than or equal to 0.",
    ),
    "name": (
        spoiled(of_project(id="../../x")),
        "The document does not fit its schema at projects.0.id: string should match pattern '^[a-z][a-z0-9-]*$'.",
    ),
    "stages": (spoiled(set_in("stages", 7)), "The document has 7 stages, and this hub has 9."),
    "tracks": (
        spoiled(of_project(tracks={})),
        f'The document gives "{NAME}" other tracks than those of this hub.',
    ),
    "level": (
        spoiled(lambda found: next(iter(found["projects"][0]["tracks"].values())).update(level=10)),
        f'The document gives "{NAME}" a level above 9, the last stage.',
    ),
    "edition": (
        spoiled(of_project(checklist="<b>")),
        f'The document gives "{NAME}" an edition that is none.',
    ),
    "negative level": (
        spoiled(lambda found: found.update(levels_only=hub.levels_only(found_levels(found, -1), 1)["levels_only"])),
        "The document has a level below 0.",
    ),
    "day": (spoiled(set_in("day", "2026-13-45")), "The document has a day that does not exist."),
    "project twice": (
        spoiled(lambda found: found["projects"].append(found["projects"][0])),
        f'The document has the project "{NAME}" twice on one route.',
    ),
    "hostile name of a field": (
        spoiled(of_project(tracks={"\x1b[31m" + "x" * 99: {}})),
        "The document does not fit its schema at projects.0.tracks.\N{REPLACEMENT CHARACTER}[31m"
        + "x" * 37
        + "…: field required.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_left_out_with_one_sentence(case: str) -> None:
    raw, sentence = CASES[case]
    with pytest.raises(Unfit) as reason:
        read_projects(raw, SCALE)
    assert str(reason.value) == sentence


def test_an_older_document_is_read() -> None:
    read = read_projects(hub.text(FIRST), SCALE)
    assert [project.id for project in read.document.projects] == [p["id"] for p in FIRST["projects"]]
    assert read.unknown == ()


def test_fields_of_a_later_revision_are_passed_over_and_named() -> None:
    def later(found: Any) -> None:
        found["mood"] = "sunny"
        found["projects"][0] |= {"colour": "red", "shape": {"corners": 4}}

    read = read_projects(spoiled(later), SCALE)
    assert read.unknown == ("projects.colour", "projects.shape", "mood")
    assert read.document == read_projects(hub.text(FIRST), SCALE).document


def test_a_region_that_does_not_describe_itself_rightly_is_left_out() -> None:
    made = hub.region("north", [hub.difference("trial/a", "changed")])
    assert read_region(hub.text(made), SCALE).document.differences[0].name == "trial/a"
    with pytest.raises(Unfit, match=r"at differences\.0\.change: input should be 'added', 'changed' or 'waived'\.$"):
        read_region(hub.text(hub.region("north", [hub.difference("trial/a", "<b>")])), SCALE)


def test_addresses_are_made_from_that_of_the_network_and_never_taken_from_a_document() -> None:
    away = {"page": "javascript:alert(1)", "uri": "https://evil.example/", "kind": "project"}
    document = read_projects(spoiled(of_project(**away)), SCALE).document
    rows = rows_of(document, "north", "https://navigator.north.example/")
    assert [row.address for row in rows] == [f"https://navigator.north.example/projects/{NAME}/"]


def test_examples_and_histories_of_a_site_are_left_out() -> None:
    for kind in ("illustration", "retrospective"):
        assert (
            rows_of(read_projects(spoiled(of_project(kind=kind)), SCALE).document, "north", "https://n.example/") == ()
        )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.sampled_from([*FIRST, *FIRST["projects"][0]]), JSON, st.booleans())
def test_whatever_stands_in_a_field_it_is_read_or_refused_in_one_line(
    name: str, value: Any, of_a_project: bool
) -> None:
    change = of_project(**{name: value}) if of_a_project else set_in(name, value)
    try:
        raw = spoiled(change)
    except UnicodeEncodeError:  # half of a pair cannot be written
        return
    try:
        read_projects(raw, SCALE)
    except Unfit as reason:
        assert "\n" not in str(reason) and len(str(reason)) < 400
