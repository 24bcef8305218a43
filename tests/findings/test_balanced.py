"""Balanced invented projects raise nothing to act on; with the fault of a named rule planted in them, that rule speaks.

A project is balanced when everything that is asked of it up to a stage is met, lately and in good order; the items of
the next stage are met, under way or not met, each begun only once what it requires is met; nothing later has begun; no
figures are entered; and targets are far away.

Some rules ask for more order within a stage than `requires` does. Without `ADDED` below, such projects are not balanced
in the eyes of these rules; each line of it is shown to be needed.
"""

from __future__ import annotations

import copy
import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.engine.report import report_on
from macros.findings.severity import ACT
from macros.text.dates import Month
from tests.support.each import each
from tests.support.examples import repeatable
from tests.support.small import NOW, PRODUCTS, TODAY, real, small_project

MET, UNDER_WAY, NOT_MET = "met", "in-progress", "not-met"
STEPS = [NOT_MET, UNDER_WAY, MET]
QUICK = repeatable(400)
FEW = settings(QUICK, max_examples=8)

# An item, how far it has come, what must have come how far by then although it is not required, and the rule that asks.
APPLIED, AUTHORISED = "authorisation/marketing-application", "authorisation/marketing-authorisation"
PERMITTED, TREATED = "manufacturing/exemption-permit", "hospital-readiness/exemption-treatment"
FILED, TRIAL = "authorisation/trial-application", "trial/confirmatory-trial"
REVIEWED, REPORTED = "business/sustainability-review", "follow-up/long-term-report"
ADDED = [
    (FILED, UNDER_WAY, "authorisation/gmo-release", UNDER_WAY, "gmo-clock-not-started"),
    (FILED, MET, "funding/trial-funding", MET, "dosing-ahead-of-the-money"),
    (TRIAL, UNDER_WAY, "trial/comparative-evidence", UNDER_WAY, "trial-that-cannot-answer-the-payer"),
    (APPLIED, UNDER_WAY, "health-economics/national-dossier", UNDER_WAY, "national-dossier-too-late"),
    (AUTHORISED, MET, "funding/post-decision-funding", MET, "borrowed-evidence-or-money"),
    (AUTHORISED, MET, "reimbursement/payment-model", UNDER_WAY, "nobody-pays-or-can-treat"),
    (AUTHORISED, MET, "hospital-readiness/care-model", UNDER_WAY, "nobody-pays-or-can-treat"),
    (PERMITTED, MET, "funding/post-decision-funding", MET, "borrowed-evidence-or-money"),
    (PERMITTED, MET, "reimbursement/exemption-funding", UNDER_WAY, "nobody-pays-or-can-treat"),
    (REVIEWED, UNDER_WAY, "strategy/exemption-renewal", UNDER_WAY, "exemption-without-a-future"),
    (REVIEWED, UNDER_WAY, REPORTED, UNDER_WAY, "yearly-duties-not-begun"),
    (REVIEWED, UNDER_WAY, "process/product-quality-review", UNDER_WAY, "yearly-duties-not-begun"),
    (REVIEWED, UNDER_WAY, "trial/post-authorisation-studies", UNDER_WAY, "yearly-duties-not-begun"),
    ("patient-involvement/equal-access", UNDER_WAY, REVIEWED, UNDER_WAY, "yearly-duties-not-begun"),
    (TREATED, UNDER_WAY, REPORTED, UNDER_WAY, "yearly-duties-not-begun"),
]

Words = dict[str, str]
Answers = dict[str, dict[str, str]]


def asked_of(words: Words) -> list[str]:
    """Name the items asked of a product, what is required before what requires it."""
    names = {item.name for item in real().asked_of(small_project({}, **words), words["route"])}
    return [name for name in real().order if name in names]


def answer(status: str, place: int) -> dict[str, str]:
    """Answer in good order: what stands later was met later, all in the last fifteen months."""
    if status == MET:
        return {
            "status": MET,
            "since": str(date(2025, 9, 1) + timedelta(days=2 * place)),
            "evidence": f"Report {place}",
        }
    return {"status": status, "since": "2026-10-05"} if status == UNDER_WAY else {"status": status}


def balanced(words: Words, level: int, wishes: dict[str, str], ignore: tuple[str, str] = ("", "")) -> Answers:
    """Answer all up to a level with met, and items of the next stage as far towards a wish as order allows.

    `ignore` names the two items of a line of `ADDED` that is not kept.
    """
    items, names = real().items, asked_of(words)
    given_answers: Answers = {}
    reached: dict[str, str] = {}

    def allowed(name: str) -> str:
        required = [reached.get(other, NOT_MET) for other in items[name].requires if other in names]
        best = MET if all(status == MET for status in required) else NOT_MET
        for later, status, earlier, least, _ in ADDED:
            held_back = name == later and earlier in names and (later, earlier) != ignore
            if held_back and STEPS.index(reached[earlier]) < STEPS.index(least):
                best = min(best, STEPS[STEPS.index(status) - 1], key=STEPS.index)
        return best

    for place, name in enumerate(in_good_order(names)):
        if items[name].stage <= level:
            reached[name] = MET
        elif items[name].stage == level + 1:
            reached[name] = min(wishes.get(name, NOT_MET), allowed(name), key=STEPS.index)
        else:
            continue
        given_answers[name] = answer(reached[name], place)
    return given_answers


def in_good_order(names: list[str]) -> list[str]:
    """Put names in an order that keeps `requires` and what is added to it."""
    placed: dict[str, None] = {}

    def place(name: str) -> None:
        if name in placed or name not in names:
            return
        for other in (*real().items[name].requires, *(earlier for later, _, earlier, *_ in ADDED if later == name)):
            place(other)
        placed[name] = None

    for name in names:
        place(name)
    return list(placed)


def acts(answers: Answers, words: Words, **more: Any) -> set[str]:
    project = small_project(dict(answers), **words, **more)
    findings = report_on(project, real(), words["route"], day=TODAY).findings
    return {finding.kind for finding in findings if finding.severity == ACT}


@st.composite
def balanced_projects(draw: st.DrawFn) -> tuple[Words, int, Answers, dict[str, str]]:
    words = draw(st.sampled_from(PRODUCTS))
    level = draw(st.integers(0, 8))
    next_stage = [name for name in asked_of(words) if real().items[name].stage == level + 1]
    usual = draw(st.sampled_from(STEPS))
    others = draw(st.dictionaries(st.sampled_from(next_stage), st.sampled_from(STEPS), max_size=6))
    answers = balanced(words, level, dict.fromkeys(next_stage, usual) | others)
    far = draw(st.booleans())
    ahead = {str(stage): str(Month.at(NOW + 120 + 12 * stage)) for stage in range(level + 1, 10)}
    behind = {str(stage): "2026-10" for stage in range(1, level + 1)}
    return words, level, answers, (ahead | behind) if far else {}


@QUICK
@given(balanced_projects())
def test_a_balanced_project_has_nothing_to_act_on(project: tuple[Words, int, Answers, dict[str, str]]) -> None:
    words, _, answers, targets = project
    assert acts(answers, words, targets=targets) == set()


@each("words, wish", itertools.product(PRODUCTS, STEPS))
def test_a_project_that_works_evenly_on_one_stage_has_nothing_to_act_on(words: Words, wish: str) -> None:
    for level in range(9):
        assert acts(balanced(words, level, dict.fromkeys(real().items, wish)), words) == set(), level


@QUICK
@given(balanced_projects())
def test_a_balanced_project_stands_on_one_level_or_two_that_touch(
    project: tuple[Words, int, Answers, dict[str, str]],
) -> None:
    words, level, answers, _ = project
    standings = report_on(small_project(dict(answers), **words), real(), words["route"], day=TODAY).assessment.tracks
    assert {standing.level for standing in standings.values()} <= {level, level + 1}
    assert {standing.working_stage for standing in standings.values()} <= {level, level + 1}


@pytest.mark.parametrize(("later", "status", "earlier", "least", "rule"), ADDED)
def test_a_rule_asks_for_order_that_the_requirements_leave_open(
    later: str, status: str, earlier: str, least: str, rule: str
) -> None:
    level = real().items[later].stage - 1
    to = [real().items[name].applies_to for name in (later, earlier)]
    words = next(
        words
        for words in PRODUCTS
        if all(not a.modalities or words["modality"] in a.modalities for a in to)
        and all(not a.route or words["route"] == a.route for a in to)
    )
    next_stage = [name for name in asked_of(words) if real().items[name].stage == level + 1]
    short = STEPS[STEPS.index(least) - 1]
    wishes = dict.fromkeys(next_stage, MET) | {later: status, earlier: short}
    assert acts(balanced(words, level, wishes), words) == set()
    answers = balanced(words, level, wishes, ignore=(later, earlier))
    assert (answers[later]["status"], answers[earlier]["status"]) == (status, short)
    assert acts(answers, words) == {rule}


# --- planted faults ---


def planted() -> list[tuple[str, int]]:
    return [(rule, number) for rule, both in real().rules.items() for number in range(len(both.act))]


def test_every_named_rule_has_something_to_plant():
    assert {rule for rule, _ in planted()} == set(real().rules)


def fits(words: Words, rule: str, number: int) -> bool:
    """Say whether all that a condition speaks of is asked of a product; of `open-any`, one item."""
    condition = real().rules[rule].act[number]
    asked = set(asked_of(words))
    named = {*condition.done, *condition.started, *condition.open, *condition.not_started, *condition.planned_within}
    return (
        named <= asked
        and (not condition.open_any or bool(asked & set(condition.open_any)))
        and (not condition.modality or words["modality"] in condition.modality)
        and condition.route in (None, words["route"])
    )


FIT = {pair: [words for words in PRODUCTS if fits(words, *pair)] for pair in planted()}


@st.composite
def faults(draw: st.DrawFn, rule: str, number: int) -> tuple[Words, Answers, dict[str, Any]]:
    """Draw a balanced project far enough for a rule's first half to hold, and plant the other half."""
    items, condition = real().items, real().rules[rule].act[number]
    words = draw(st.sampled_from(FIT[rule, number]))
    stages = [items[name].stage for name in (*condition.done, *condition.started)]
    need = min(8, max([*stages, *condition.working_stage.values(), 0]))
    level = draw(st.integers(need, 8))
    usual = draw(st.sampled_from(STEPS))
    answers = copy.deepcopy(balanced(words, level, dict.fromkeys(items, usual)))
    for name in condition.started:
        if answers.get(name, {}).get("status") not in (MET, UNDER_WAY):
            answers[name] = answer(UNDER_WAY, 0)
    some = [name for name in condition.open_any if name in asked_of(words)]
    opened = [draw(st.sampled_from(some))] if some else []
    for name in (*condition.open, *condition.not_started, *opened):
        answers[name] = answer(NOT_MET, 0)
    for name, months in condition.planned_within.items():
        answers[name] = {"status": NOT_MET, "planned": str(Month.at(NOW + draw(st.integers(0, months - 1))))}
    below = {name: f"{share - 0.01:.2f}" for name, share in condition.metric_below.items()}
    return words, answers, below


@pytest.mark.parametrize(("rule", "number"), planted())
@FEW
@given(data=st.data())
def test_a_planted_fault_makes_its_rule_speak(rule: str, number: int, data: st.DataObject) -> None:
    words, answers, below = data.draw(faults(rule, number))
    assert rule in acts(answers, words, metrics=below)
