"""Layers over checklists: resolved twice is resolved once, every value tells its layer, and levels stay comparable."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.assessment.assess import Assessment, Standing, assess
from macros.engine.report import report_on
from macros.findings.general_rules import general_findings
from macros.language.catalogue import read as read_catalogue
from macros.language.guides import digest, made_from
from macros.language.own import texts_of_region
from macros.load.handbook import survey
from macros.load.layers import laid
from macros.load.region import as_far_as_it_fits
from macros.model.handbook import Handbook
from macros.model.items import SHARED, Area, Item, Layer
from macros.model.overlay import LOCKED, REPLACED, Overlay
from macros.model.region import RegionFile
from macros.model.resolve import entries, fingerprint, resolve
from macros.text.problem import Problem
from tests.support.examples import repeatable
from tests.support.paths import ROOT
from tests.support.small import TODAY, question, real, small_handbook, small_project

OFTEN = repeatable(60)
Items = dict[str, dict[str, Any]]
Entries = dict[str, Any]

LEAD = {"months": "3", "range": ["2", "4"], "basis": "planning assumption"}
OWN = {**question({"stage": "2"}), "because": "Ours."}


def layer(name: str, entries: Entries) -> Layer:
    """Make a layer of entries as an overlay file has them."""
    texts = {"prefix": name, "edition": "v2026.1", **entries}
    return Layer(name, name.title(), f"{name}.yml", Overlay.model_validate(texts))


def under(book: Handbook, *layers: Layer) -> Handbook:
    """Lay layers over a small handbook."""
    return replace(book, areas=resolve(book.areas, layers), layers=layers)


# --- the same, worked out a second time with plain dictionaries ---

Told = dict[str, dict[str, tuple[Any, str]]]  # item → field → value and the layer it comes from


def second(shared: Items, layers: Sequence[tuple[str, Entries]]) -> tuple[Told, dict[str, str]]:
    """Say what is asked, field by field with its origin, and what is waived by whom."""
    asked: Told = {name: {field: (value, "") for field, value in item.items()} for name, item in shared.items()}
    waived: dict[str, str] = {}
    areas = {name.partition("/")[0] for name in shared}
    for who, entry in layers:
        below = set(asked)
        for area, group in entry.get("add", {}).items():
            for word, item in group.items():
                if area in areas and f"{area}/{word}" not in {*asked, *waived}:
                    asked[f"{area}/{word}"] = {field: (value, who) for field, value in item.items()}
        for name in below & entry.get("change", {}).keys():
            change, item = entry["change"][name], asked[name]
            if item.get("role") and change.get("owner", item["owner"][0]) != item["owner"][0]:
                item["role"] = (None, who)
            for field in change.keys() & {field.replace("_", "-") for field in REPLACED}:
                item[field] = (change[field], who)
            if also := [name for name in change.get("requires-also", []) if name in asked]:
                value, first = item.get("requires", ([], item["stage"][1]))
                item["requires"] = ([*value, *(name for name in also if name not in value)], first)
        for name in below & entry.get("waive", {}).keys():
            waived[name] = who
            del asked[name]
    for item in asked.values():
        value, who = item.get("requires", ([], item["stage"][1]))
        item["requires"] = ([name for name in value if name not in waived], who)
    return asked, waived


def plainly(item: Item) -> dict[str, tuple[Any, str]]:
    """Give an item in the same form."""
    lead = item.lead_time
    values: dict[str, Any] = {
        "owner": item.owner,
        "role": item.role,
        "supports": list(item.supports),
        "gate": str(item.gate).lower(),
        "requires": list(item.requires),
        "stage": str(item.stage),
        "lead-time": {"months": str(lead.months), "range": [*map(str, lead.range)], "basis": lead.basis}
        if lead
        else None,
    }
    return {field: (value, item.origin(field.replace("-", "_"))) for field, value in values.items()}


def test_a_requirement_of_a_layer_is_added_to_the_shared_ones_and_names_its_layer() -> None:
    book = small_handbook(
        {"lab/a": {"stage": "1"}, "lab/b": {"stage": "1"}, "care/b": {"stage": "2", "requires": "lab/a"}}
    )
    own = {"lab": {"x-one": {**OWN, "stage": "1"}}}
    change = {"care/b": {"because": "Law.", "requires-also": ["lab/x-one", "lab/b", "lab/a"]}}
    there = under(book, layer("x", {"add": own, "change": change}))
    item = there.items["care/b"]
    assert item.requires == ("lab/a", "lab/x-one", "lab/b")
    assert [made.layer for made in item.changes if "lab/x-one" in made.change.requires_also] == ["x"]
    assert "care/b" in there.needed_by["lab/x-one"]
    assert fingerprint(item.shared or item) == fingerprint(book.items["care/b"])
    assert under(book, layer("x", {"change": change})).items["care/b"].requires == ("lab/a", "lab/b"), "what is missing"


# --- any areas and layers ---

WORDS = [f"{area}/{word}" for area in ("lab", "care") for word in ("a", "b")]
LOCAL = ["x-one", "y-one", "z-one"]
NAMES = [*WORDS, *(f"lab/{word}" for word in LOCAL)]
PARTNERS = st.sampled_from(["university", "hospital", "company"])
FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "owner": PARTNERS,
    "role": st.sampled_from(["clinic", "laboratory"]),
    "supports": st.lists(PARTNERS, max_size=2, unique=True),
    "lead-time": st.sampled_from([LEAD, {**LEAD, "months": "4"}]),
}
QUESTIONS = st.fixed_dictionaries(
    {"stage": st.sampled_from(["1", "2"]), "gate": st.sampled_from(["true", "false"])}, optional=dict(FIELDS)
).map(question)
SHARED_ITEMS = st.tuples(*[st.tuples(QUESTIONS, st.sampled_from([(), *WORDS])) for _ in WORDS]).map(
    lambda drawn: {
        name: {**item, "requires": [requires] if requires in WORDS[:place] else []}
        for place, (name, (item, requires)) in enumerate(zip(WORDS, drawn, strict=True))
    }
)
CHANGES = st.fixed_dictionaries(
    {}, optional={**FIELDS, "gate": st.just("true"), "note": st.just("Note."), "done-when-also": st.just("Also.")}
)
# The first item requires nothing, so that no circle comes of it.
AFTER = st.fixed_dictionaries({}, optional={"requires-also": st.just(["lab/a", "lab/nowhere"])})
ENTRIES = st.fixed_dictionaries(
    {
        "add": st.dictionaries(st.sampled_from(["lab", "money"]), st.dictionaries(st.sampled_from(LOCAL), QUESTIONS)),
        "change": st.tuples(
            st.dictionaries(st.sampled_from([*NAMES, "lab/nowhere"]), CHANGES),
            st.dictionaries(st.sampled_from(NAMES[1:]), AFTER),
        ).map(lambda pair: {name: {**pair[0].get(name, {}), **pair[1].get(name, {})} for name in pair[0] | pair[1]}),
        "waive": st.dictionaries(st.sampled_from([*NAMES, "nowhere/a"]), st.just({}), max_size=3),
    }
)
LAYERS = st.lists(ENTRIES, max_size=3).map(lambda found: list(zip(["x", "y", "z"], found, strict=False)))


def made(shared: Items, found: Sequence[tuple[str, Entries]]) -> tuple[Handbook, list[Layer]]:
    return small_handbook(shared), [layer(name, entry) for name, entry in found]


@OFTEN
@given(SHARED_ITEMS, LAYERS)
def test_every_value_and_its_origin_are_those_of_a_second_calculation(
    shared: Items, found: list[tuple[str, Entries]]
) -> None:
    book, layers = made(shared, found)
    context = under(book, *layers)
    asked, waived = second(shared, found)
    assert context.items.keys() == asked.keys()
    assert {name: gone.layer for name, gone in context.waived.items()} == waived
    defaults: dict[str, Any] = {"role": None, "supports": [], "gate": "false", "lead-time": None}
    for name, item in context.items.items():
        expected = {field: asked[name].get(field, (defaults.get(field), item.layer)) for field in plainly(item)}
        assert plainly(item) == expected, name


@OFTEN
@given(SHARED_ITEMS, LAYERS)
def test_layers_laid_twice_are_layers_laid_once(shared: Items, found: list[tuple[str, Entries]]) -> None:
    book, layers = made(shared, found)
    once = resolve(book.areas, layers)
    assert resolve(once, layers) == once


@OFTEN
@given(SHARED_ITEMS, LAYERS)
def test_layers_laid_one_by_one_are_layers_laid_together(shared: Items, found: list[tuple[str, Entries]]) -> None:
    book, layers = made(shared, found)
    areas: Mapping[str, Area] = book.areas
    for each in layers:
        areas = resolve(areas, [each])
    assert areas == resolve(book.areas, layers)


@OFTEN
@given(SHARED_ITEMS, LAYERS)
def test_nothing_that_is_locked_ever_differs(shared: Items, found: list[tuple[str, Entries]]) -> None:
    book, layers = made(shared, found)
    context = under(book, *layers)
    for name, item in context.every_item.items():
        if item.layer:
            continue
        before = book.items[name]
        for field in {"name", "track", "area", *LOCKED} - {"requires"}:
            field = field.replace("-", "_")
            assert getattr(item, field) == getattr(before, field), field
        assert item.shared_gate == before.gate
        assert item.gate or not before.gate
        added = {also for made in item.changes for also in made.change.requires_also} & set(context.every_item)
        kept = (set(before.requires) | added) - set(context.waived)
        assert set(item.requires) == kept or name in context.waived
        assert fingerprint(item.shared or item) == fingerprint(before)


@OFTEN
@given(SHARED_ITEMS, LAYERS)
def test_the_order_of_layers_matters_only_where_two_name_the_same_item(
    shared: Items, found: list[tuple[str, Entries]]
) -> None:
    for earlier in range(len(found)):
        for later in range(earlier + 1, len(found)):
            for name in named(found[earlier][1]) & named(found[later][1]):
                for part in ("change", "waive"):
                    found[later][1][part].pop(name, None)
                for change in found[later][1]["change"].values():
                    if name in change.get("requires-also", ()):
                        del change["requires-also"]
                found[later][1]["add"].get("lab", {}).pop(name.removeprefix("lab/"), None)
    book, layers = made(shared, found)
    there, back = under(book, *layers), under(book, *reversed(layers))
    assert there.waived == back.waived
    assert {n: plainly(i) for n, i in there.items.items()} == {n: plainly(i) for n, i in back.items.items()}


def named(entry: Entries) -> set[str]:
    also = {name for change in entry["change"].values() for name in change.get("requires-also", ())}
    return {*also, *entry["change"], *entry["waive"], *(f"lab/{word}" for word in entry["add"].get("lab", {}))}


@OFTEN
@given(SHARED_ITEMS)
def test_without_layers_nothing_is_touched(shared: Items) -> None:
    book = small_handbook(shared)
    assert resolve(book.areas, []) == book.areas
    assert all(item.origin("owner") == SHARED and not item.changes for item in book.items.values())


def test_the_later_layer_wins_and_both_are_remembered() -> None:
    book = small_handbook({"lab/a": {"stage": "1"}})
    country = layer("country", {"change": {"lab/a": {"because": "C.", "owner": "hospital", "note": "C."}}})
    region = layer("region", {"change": {"lab/a": {"because": "R.", "owner": "company", "overrides": ["owner"]}}})
    there, back = under(book, country, region).items["lab/a"], under(book, region, country).items["lab/a"]
    assert (there.owner, there.origin("owner")) == ("company", "region")
    assert (back.owner, back.origin("owner")) == ("hospital", "country")
    assert [applied.layer for applied in there.changes] == ["country", "region"]
    assert there.shared and there.shared.owner == "university"


def test_an_owner_who_changes_takes_no_role_along() -> None:
    book = small_handbook({"lab/a": {"stage": "1", "owner": "hospital", "role": "clinic"}})
    given_away = under(book, layer("x", {"change": {"lab/a": {"owner": "company"}}})).items["lab/a"]
    assert (given_away.owner, given_away.role, given_away.origin("role")) == ("company", None, "x")
    kept = under(book, layer("x", {"change": {"lab/a": {"owner": "hospital"}}})).items["lab/a"]
    assert (kept.role, kept.origin("role")) == ("clinic", SHARED)


def test_a_fingerprint_changes_with_what_is_read_and_with_nothing_else() -> None:
    item = small_handbook({"lab/a": {"stage": "1", "lead": "3"}}).items["lab/a"]
    for field, value in {"title": "x", "why": "x", "done_when": "x", "stage": 2, "gate": True, "owner": "x"}.items():
        assert fingerprint(item.model_copy(update={field: value})) != fingerprint(item), field
    for field, value in {"sources": ("x",), "requires": ("lab/b",), "since": "v2026.2", "regulatory": True}.items():
        assert fingerprint(item.model_copy(update={field: value})) == fingerprint(item), field


# --- levels ---

GATES: Items = {
    "lab/a": {"stage": "1", "gate": "true"},
    "lab/b": {"stage": "2", "gate": "true", "requires": ["lab/a"]},
    "lab/c": {"stage": "2"},
    "lab/d": {"stage": "3", "gate": "true", "requires": ["lab/b"]},
}
LOCAL_GATE: Entries = {"add": {"lab": {"x-own": {**OWN, "gate": "true"}}}}


@pytest.mark.parametrize(
    ("entry", "met", "levels"),
    [
        ({}, "", (0, 0)),
        ({}, "abd", (9, 9)),
        (LOCAL_GATE, "abd", (9, 1)),
        (LOCAL_GATE, "a", (1, 1)),
        (LOCAL_GATE, "", (0, 0)),
        (LOCAL_GATE, ["lab/a", "lab/b", "lab/d", "lab/x-own"], (9, 9)),
        ({"change": {"lab/c": {"gate": "true"}}}, "abd", (9, 1)),
        ({"change": {"lab/c": {"gate": "true"}}}, "abcd", (9, 9)),
        ({"waive": {"lab/b": {"releases": ["lab/d"]}}}, "a", (2, 2)),
        ({"waive": {"lab/b": {"releases": ["lab/d"]}}}, "ad", (9, 9)),
        ({"waive": {"lab/c": {}}, **LOCAL_GATE}, "ab", (2, 1)),
        ({"change": {"lab/a": {"owner": "hospital"}}}, "ab", (2, 2)),
    ],
)
def test_the_shared_level_and_the_level_of_the_region(
    entry: Entries, met: Sequence[str], levels: tuple[int, int]
) -> None:
    book = under(small_handbook(GATES), layer("x", entry))
    assessment = stand(book, {name if "/" in name else f"lab/{name}": "shown" for name in met})
    lab = assessment.tracks["technical"]
    assert (lab.level, lab.own_level) == levels
    assert all(state.item.shared_gate for state in lab.blocking)
    assert not any(state.item.shared_gate for state in lab.own_blocking)
    assert book.has_local_gates == (lab.own_level < lab.level or "gate" in str(entry))


def stand(book: Handbook, answers: dict[str, Any], **more: Any) -> Assessment:
    return assess(small_project(answers, **more), book, "central", day=TODAY)


def test_what_holds_the_regions_own_level_is_named() -> None:
    lab = stand(under(small_handbook(GATES), layer("x", LOCAL_GATE)), {"lab/a": "shown"}).tracks["technical"]
    assert [state.item.name for state in lab.own_blocking] == ["lab/x-own"]
    assert [state.item.name for state in lab.blocking] == ["lab/b"]


def test_a_waived_gate_is_in_no_count_and_what_it_held_waits_no_longer() -> None:
    book = under(small_handbook(GATES), layer("x", {"waive": {"lab/b": {"releases": ["lab/d"]}}}))
    assessment = stand(book, {"lab/a": "shown", "lab/b": "not-met", "lab/d": "shown"})
    assert "lab/b" not in assessment.states
    assert assessment.tracks["technical"].counts[2].asked == 1
    assert book.needed_by["lab/a"] == ()
    assert book.items["lab/d"].requires == ()
    assert "hollow" not in {finding.kind for finding in general_findings(assessment, book)}


def test_a_gate_of_the_region_needs_proof_too() -> None:
    book = under(small_handbook(GATES), layer("x", {"change": {"lab/c": {"gate": "true"}}}))
    assessment = stand(book, {name: "met" if name == "lab/c" else "shown" for name in GATES})
    assert assessment.states["lab/c"].unsupported
    assert (assessment.tracks["technical"].level, assessment.tracks["technical"].own_level) == (9, 1)
    assert stand(small_handbook(GATES), {"lab/c": "met"}).states["lab/c"].counts


# --- words of a layer's own ---

TITLED = {"title": "T", "about": "A."}
WORDS_OF_ITS_OWN: Entries = {
    "partners": {"x-bank": TITLED},
    "modalities": {"x-phage": {**TITLED, "donor": "other"}},
    "routes": {"x-route": {**TITLED, "milestones": ["lab/a", "lab/gone"]}},
    "metrics": {"x-figure": TITLED},
    "areas": {"x-area": {"title": "T", "intro": "I.", "track": "technical"}},
    "rules": {
        name: {"title": "T", "why": "W.", "first-move": "M.", "who": "x-bank", "act": [{"open": [item]}]}
        for name, item in {"x-rule": "x-area/x-one", "x-old-rule": "lab/gone"}.items()
    },
    "add": {"x-area": {"x-one": {**OWN, "stage": "1", "gate": "true", "owner": "x-bank"}}},
}


def with_words_of_its_own() -> Handbook:
    return laid(small_handbook(GATES), [layer("x", WORDS_OF_ITS_OWN)])


def test_a_layer_adds_words_and_each_names_the_layer() -> None:
    book = with_words_of_its_own()
    for group, name in {
        "partners": "x-bank",
        "modalities": "x-phage",
        "routes": "x-route",
        "metrics": "x-figure",
    }.items():
        assert name in getattr(book.frame, group)
        assert book.origin(group, name) == "x"
    assert book.origin("routes", "central") == SHARED
    assert [area.name for area in book.areas.values() if area.layer] == ["x-area"]
    assert (book.area_file("x-area"), book.items["x-area/x-one"].track) == ("x.yml", "technical")


def test_an_area_of_a_layer_stands_with_those_of_its_track() -> None:
    tracks = [area.track for area in with_words_of_its_own().areas.values()]
    assert tracks == sorted(tracks, key=tracks.index)


def test_what_names_an_item_that_is_gone_has_no_effect() -> None:
    book = with_words_of_its_own()
    assert book.frame.routes["x-route"].milestones == ("lab/a",)
    assert [*book.rules] == ["x-rule"]


def test_a_gate_in_an_area_of_ones_own_holds_the_own_level_alone() -> None:
    lab = stand(with_words_of_its_own(), {f"lab/{word}": "shown" for word in "abd"}).tracks["technical"]
    assert (lab.level, lab.own_level) == (9, 0)


@pytest.mark.parametrize(
    ("product", "route", "comparable"),
    [("cell", "central", True), ("x-phage", "central", False), ("cell", "x-route", False)],
)
def test_levels_on_a_route_or_product_of_ones_own_are_not_comparable(
    product: str, route: str, comparable: bool
) -> None:
    project = small_project({}, modality=product, route=route)
    assert with_words_of_its_own().comparable(project, route) == comparable


# --- what the region provides ---


def providing(book: Handbook, status: str = "in-place", **more: str) -> Handbook:
    place = {"title": "Clean room", "status": status, "since": "2026-03-01", "evidence": "Permit 7", **more}
    data = {
        "name": "Here",
        "site": {"name": "Here", "address": "https://example.org/"},
        "facilities": {"room": {**place, "provides": ["lab/a", "lab/c"]}},
    }
    return replace(book, region=RegionFile.model_validate(data))


def test_what_is_in_place_is_inherited_as_met() -> None:
    assessment = stand(providing(small_handbook(GATES)), {})
    state = assessment.states["lab/a"]
    assert (state.status, state.counts, state.inherited) == ("met", True, True)
    assert state.answer and (str(state.answer.since), state.answer.evidence, state.answer.note) == (
        "2026-03-01",
        "Permit 7",
        "Clean room",
    )
    assert assessment.tracks["technical"].level == 1
    assert not assessment.states["lab/b"].inherited


@pytest.mark.parametrize("status", ["planned", "not-here"])
def test_what_is_not_in_place_is_not_inherited(status: str) -> None:
    assert stand(providing(small_handbook(GATES), status), {}).states["lab/a"].status == "not-assessed"


@pytest.mark.parametrize("answer", ["not-met", "in-progress", {"status": "not-applicable", "because": "No."}, "met"])
def test_the_projects_own_answer_wins(answer: Any) -> None:
    state = stand(providing(small_handbook(GATES)), {"lab/a": answer}).states["lab/a"]
    assert not state.inherited
    assert not state.counts


def test_an_answer_left_empty_is_no_answer_and_inherits() -> None:
    assert stand(providing(small_handbook(GATES)), {"lab/a": None}).states["lab/a"].inherited


def test_a_retrospective_inherits_nothing() -> None:
    assessment = stand(providing(small_handbook(GATES)), {"lab/b": "shown"}, kind="retrospective")
    assert [state.item.name for state in assessment.states.values() if state.inherited] == []


def test_levels_of_past_days_follow_the_day_from_which_it_is_in_place() -> None:
    book = providing(small_handbook(GATES))
    seen = report_on(small_project({"lab/b": "shown"}), book, "central", day=TODAY)
    assert [(str(step.day), step.levels["technical"]) for step in seen.path] == [
        ("2026-01-15", 0),
        ("2026-03-01", 2),
    ]
    assert seen.assessment.tracks["technical"].level == 2


def test_a_waived_item_is_inherited_by_nobody() -> None:
    book = under(providing(small_handbook(GATES)), layer("x", {"waive": {"lab/a": {"releases": ["lab/b"]}}}))
    assert "lab/a" not in stand(book, {}).states


STANDING = ("level", "own_level", "renewed_level", "working_stage")


def test_a_region_without_layers_and_facilities_stands_like_the_shared_handbook() -> None:
    shared = real()
    data = {"name": "Here", "site": {"name": "Here", "address": "https://example.org/"}}
    here = replace(shared, region=RegionFile.model_validate(data))
    for project in shared.projects.values():
        one, other = (assess(project, book, project.route[0], day=TODAY) for book in (shared, here))
        assert told(one) == told(other)
        assert all(standing.own_level == standing.level for standing in one.tracks.values())


def told(assessment: Assessment) -> dict[str, tuple[object, ...]]:
    def of(standing: Standing) -> tuple[object, ...]:
        return tuple(getattr(standing, name) for name in STANDING)

    return {track: of(standing) for track, standing in assessment.tracks.items()}


# --- as shipped ---

SKANE = ROOT / "docs/regions/skane"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Handbook | None, list[Problem], Path]:
    """Skåne, laid over the real checklists as a region of its own."""
    home = tmp_path_factory.mktemp("skane")
    shutil.copytree(SKANE, home / "region")
    return *survey(ROOT, TODAY, home=home), home


def test_sweden_and_skane_have_no_problem_and_no_hint(
    shipped: tuple[Handbook | None, list[Problem], Path],
) -> None:
    book, found, _ = shipped
    assert [problem for problem in found if not problem.file.startswith("projects/")] == []
    assert book
    assert [layer.id for layer in book.layers] == ["sweden", "region"]


def test_the_fingerprints_of_sweden_and_skane_are_fresh(
    shipped: tuple[Handbook | None, list[Problem], Path],
) -> None:
    book, _, _ = shipped
    shared = real()
    assert book
    for context in book.layers:
        for _, name, entry in entries(context.overlay):
            if name in shared.items:
                assert entry.against == fingerprint(shared.items[name]), f"{context.file}: {name}"


def test_every_difference_of_skane_has_a_reason_and_every_change_does_something(
    shipped: tuple[Handbook | None, list[Problem], Path],
) -> None:
    book, _, home = shipped
    assert book
    fitted, own = as_far_as_it_fits(real(), ROOT, home)
    assert fitted.items == book.items
    assert own and own.edition == book.frame.edition
    for item in book.items.values():
        for applied in item.changes:
            change = applied.change
            assert change.because
            added = change.note or change.done_when_also or change.requires_also or change.sources
            assert applied.fields or added, item.name


def test_levels_in_skane_are_the_shared_ones(shipped: tuple[Handbook | None, list[Problem], Path]) -> None:
    """What a region adds never raises or lowers the shared level but by what it provides."""
    book, _, _ = shipped
    shared = real()
    assert book
    bare = replace(book, region=None)
    for name, project in shared.projects.items():
        one, other = (assess(project, each, project.route[0], day=TODAY) for each in (shared, bare))
        waived = {book.every_item[n].track for n in book.waived}
        for track, standing in one.tracks.items():
            if track not in waived:
                assert other.tracks[track].level == standing.level, name
        assert all(standing.own_level <= standing.level for standing in other.tracks.values())


def test_every_text_of_skane_is_in_swedish_too(shipped: tuple[Handbook | None, list[Problem], Path]) -> None:
    book, _, home = shipped
    assert book and book.region
    entries = read_catalogue((home / "region/languages/sv.po").read_text("utf-8")).entries
    own = tuple(layer for layer in book.layers if layer.id == "region")
    wanted = [(entry.context, entry.one) for entry in texts_of_region(book.region, own)]
    assert [(entry.context, entry.one) for entry in entries if entry.current] == wanted
    for page in sorted((home / "region/pages").glob("*.md")):
        said = (home / "region/languages/sv/pages" / page.name).read_text("utf-8")
        assert made_from(said) == digest(page.read_text("utf-8")), page.name
