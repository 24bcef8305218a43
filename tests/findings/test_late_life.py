"""What the real checklists hold for: late life in rules, lawful order, what can be inherited, ages and owed."""

from __future__ import annotations

import pytest

from macros.model.rules import BottleneckRule
from tests.support.small import real

LATE = 6  # the stage from which a product's life is late
IN_NO_RULE = {
    "authorisation/marketing-authorisation": "An authority decides. What a team can do is in the application and its "
    "parts, which have rules; a month that cannot be kept is found by date.",
    "manufacturing/exemption-permit": "An authority decides. Treatment without the permit is named as unlawful, by "
    "hospital-readiness/exemption-treatment.",
}
"""Gates from stage 6 on that no rule waits for, and why."""

DOSING = [
    "authorisation/trial-application",
    "authorisation/gmo-release",
    "manufacturing/qualified-person",
    "materials/vector-batch-released",
    "hospital-readiness/readiness-review",
]


def open_in(rule: BottleneckRule) -> set[str]:
    """Name the items whose being open lets a rule hold."""
    both = (*rule.act, *rule.watch)
    return {name for condition in both for name in (*condition.open, *condition.open_any, *condition.not_started)}


def test_every_gate_from_stage_6_on_is_in_the_open_conditions_of_a_rule_or_says_why_not() -> None:
    waited_for = set().union(*map(open_in, real().rules.values()))
    late = {name for name, item in real().items.items() if item.gate and item.stage >= LATE and not item.layer}
    assert late - waited_for == IN_NO_RULE.keys()


NO_GATES = [
    "reimbursement/payment-model",
    "business/competition-map",
    "business/demand-forecast",
    "manufacturing/capacity-model",
    "hospital-readiness/further-centres",
    "materials/yield-review",
]


@pytest.mark.parametrize("name", NO_GATES)
def test_some_items_that_are_no_gates_are_in_a_rule_too(name: str) -> None:
    assert any(name in open_in(rule) for rule in real().rules.values())


def test_a_rule_about_cells_of_patients_or_donors_names_only_items_that_are_asked_of_such_products() -> None:
    """A donor file is no advice where the cells are the patient's own, and a yield none where a donor gives them."""
    for name, donors in (("material-that-cannot-be-used", {"other"}), ("starting-material-runs-short", {"patient"})):
        for item in open_in(real().rules[name]):
            assert set(real().items[item].applies_to.donor) == donors, item


def test_dosing_is_unlawful_without_the_permits_the_release_and_by_our_rule_the_readiness_review() -> None:
    dosing = real().items["trial/first-cohort"]
    assert set(DOSING) <= set(dosing.unlawful_without)
    assert "our rule" in (dosing.note or "")


def test_what_differs_from_product_to_product_cannot_be_inherited() -> None:
    assert {name for name, item in real().items.items() if item.inheritable and not item.layer} == {
        "hospital-readiness/readiness-review",
        "manufacturing/manufacturing-authorisation",
        "manufacturing/quality-system",
        "supply/traceability-record",
    }


def test_only_the_confirmatory_trial_can_be_owed() -> None:
    assert [name for name, item in real().items.items() if item.can_be_owed] == ["trial/confirmatory-trial"]


def test_what_ages_says_why_it_does_so_after_this_time() -> None:
    for item in real().items.values():
        if item.valid_months and not item.recurring:
            said = f"{item.note} {item.done_when}"
            reasons = ("our proposal", "not confirmed", "audit report", "once a year", "last twelve months")
            assert any(reason in said for reason in reasons), item.name


def test_an_item_that_has_moved_is_asked_once() -> None:
    for old, gone in real().retired.items():
        if gone.same_question:
            assert old not in real().items
            assert gone.to in real().items
