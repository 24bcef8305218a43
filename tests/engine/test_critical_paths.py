"""What decides how long a product takes is what a specialist expects, and what the law asks first comes first."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import yaml

from macros.engine.critical_path import CriticalPath, Product, critical_path, goals, kinds, products
from tests.support.paths import ROOT
from tests.support.small import real, small_handbook

HERE = ROOT / "tests/engine"
EXPECTED = yaml.safe_load((HERE / "critical-paths.yml").read_text("utf-8"))
LAW = yaml.safe_load((HERE / "legal-preconditions.yml").read_text("utf-8"))
FIRST = "trial/first-cohort"
READOUT = "trial/early-readout"


def every() -> Iterator[Product]:
    """Yield every product on every route."""
    for modality in real().frame.modalities:
        for donor, delivery in products(real(), modality):
            for route in real().frame.routes:
                yield Product(modality, donor, delivery, route)


def usual(modality: str, route: str) -> Product:
    donor, delivery = next(iter(products(real(), modality)))
    return Product(modality, donor, delivery, route)


def path(of: Product, goal: str) -> CriticalPath:
    found = critical_path(real(), of, goal)
    assert found, (of, goal)
    return found


def names(found: CriticalPath) -> list[str]:
    return [step.item.name for step in found.steps]


# --- what a specialist expects ---


@pytest.mark.parametrize("modality", EXPECTED["first-cohort"])
def test_the_first_cohort_waits_for_what_a_specialist_expects(modality: str) -> None:
    words = EXPECTED["first-cohort"][modality]
    for route in real().frame.routes:
        found = path(usual(modality, route), FIRST)
        assert found.months == words["months"]
        assert [name for name in words["decided-by"] if name not in names(found)] == []
        assert [n for n in words.get("no-time-to-spare", {}) if n not in {near.item.name for near in found.near}] == []


def test_every_product_has_an_expectation_and_all_differ() -> None:
    assert EXPECTED["first-cohort"].keys() == real().frame.modalities.keys()
    for route in real().frame.routes:
        timed = [
            tuple((step.item.name, step.months) for step in path(usual(modality, route), FIRST).steps)
            for modality in real().frame.modalities
        ]
        assert len(set(timed)) == len(timed)
    listed = [name for words in EXPECTED["first-cohort"].values() for name in words["decided-by"]]
    listed += [name for route in EXPECTED["end"].values() for name in route] + EXPECTED["desk-papers"]
    assert [name for name in listed if name not in real().items] == []


def test_cells_edited_without_a_vector_do_not_wait_for_one() -> None:
    for modality, words in EXPECTED["without-vector"].items():
        (donor, _), *_ = products(real(), modality)
        found = path(Product(modality, donor, "without-vector", "central-authorisation"), FIRST)
        asked = {item.name for item in real().asked(modality, donor, "central-authorisation", "without-vector")}
        assert found.months == words["months"]
        assert not asked & {*words["never"]}
        assert "materials/editing-reagents" in asked


@pytest.mark.parametrize("route", EXPECTED["end"])
def test_the_end_of_a_route_waits_for_what_a_specialist_expects(route: str) -> None:
    *_, end = real().frame.routes[route].milestones
    for modality in real().frame.modalities:
        found = names(path(usual(modality, route), end))
        assert found.index(FIRST) < found.index(READOUT)
        assert [name for name in EXPECTED["end"][route] if name not in found] == []


def test_the_two_routes_of_a_product_differ() -> None:
    central, exemption = real().frame.routes
    for modality in real().frame.modalities:
        ends = [path(usual(modality, r), real().frame.routes[r].milestones[-1]) for r in (central, exemption)]
        assert ends[0].months > ends[1].months
        assert names(ends[0]) != names(ends[1])


def test_no_paper_from_the_desk_decides_any_of_them() -> None:
    papers = {*EXPECTED["desk-papers"]}
    for of in every():
        for goal in real().frame.routes[of.route].milestones:
            assert not papers & {*names(path(of, goal))}, of


def test_no_paper_from_the_desk_takes_longer_than_the_early_trial() -> None:
    for of in every():
        asked = {item.name for item in real().asked(of.modality, of.donor, of.route, of.delivery)}
        readout = path(of, READOUT).months
        for paper in ("business/demand-forecast", "manufacturing/capacity-model", "business/supply-model"):
            assert paper not in asked or path(of, paper).months <= readout, (of, paper)


# --- a chain ---


def test_each_step_begins_when_the_step_before_is_done_and_nothing_required_comes_later() -> None:
    for of in every():
        for goal in real().frame.routes[of.route].milestones:
            found = path(of, goal)
            assert found.steps[0].end == found.steps[0].months
            for before, step in pairwise(found.steps):
                assert before.item.name in step.item.requires
                assert step.end == before.end + step.months
            assert sum(step.months for step in found.steps) == found.months
            assert all(near.slack >= 0 and near.item.name not in names(found) for near in found.near)


def test_a_chain_is_the_longest_way_and_what_is_nearly_as_long_is_named() -> None:
    small = small_handbook(
        {
            "lab/a": {"stage": "1", "lead": "2"},
            "lab/b": {"stage": "1", "lead": "9"},
            "lab/c": {"stage": "1", "lead": "8"},
            "lab/d": {"stage": "1", "lead": "1", "requires": ["lab/a", "lab/b", "lab/c"]},
            "lab/e": {"stage": "1", "lead": "7"},
        }
    )
    found = critical_path(small, Product("cell", None, None, "central"), "lab/d")
    assert found and names(found) == ["lab/b", "lab/d"]
    assert [(near.item.name, near.slack) for near in found.near] == [("lab/c", 1)]
    assert critical_path(small, Product("cell", None, None, "central"), "lab/nothing") is None


def test_what_the_routes_share_is_shown_once_and_the_rest_continues_from_there() -> None:
    for modality in real().frame.modalities:
        (donor, delivery), *_ = products(real(), modality)
        first, *ends = goals(real(), modality, donor, delivery)
        assert (first.item.name, set(first.routes), first.since) == (FIRST, {*real().frame.routes}, "")
        assert {goal.since for goal in ends} == {FIRST}
        assert all(goal.path.steps[0].item.name == READOUT for goal in ends)
        assert {way for _, ways in kinds(real(), modality) for way in ways} == {*products(real(), modality)}


# --- what the law asks first ---


def reached(of: Product, goal: str) -> set[str]:
    """Walk everything that an item requires, as far as it is asked."""
    asked = {item.name: item for item in real().asked(of.modality, _donor(of), of.route, of.delivery)}
    found: set[str] = set()
    ahead = [goal]
    while ahead:
        for name in asked[ahead.pop()].requires:
            if name in asked and name not in found:
                found.add(name)
                ahead.append(name)
    return found


def _donor(of: Product) -> str | None:
    return real().frame.modalities[of.modality].donor or of.donor


@pytest.mark.parametrize("act", LAW)
def test_what_the_law_asks_before_an_act_is_required_by_it(act: str) -> None:
    tried = set()
    for of in every():
        asked = {item.name for item in real().asked(of.modality, _donor(of), of.route, of.delivery)}
        if act in asked:
            wanted = {name for name in LAW[act] if name in asked}
            assert wanted - reached(of, act) == set(), of
            tried |= wanted
    assert tried == LAW[act].keys(), "every precondition was asked of some product"


def test_every_precondition_names_its_law_and_a_source_of_ours() -> None:
    entries: list[Any] = [entry for act in LAW.values() for entry in act.values()]
    assert all(entry.keys() == {"law", "source"} for entry in entries)
    assert [entry["source"] for entry in entries if entry["source"] not in real().references] == []
