"""Named rules on the real checklists, events, rules in motion and late items: when each speaks and when it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from macros.assessment.assess import Assessment, assess
from macros.assessment.forecast import forecast
from macros.engine.report import late_findings, report_on
from macros.findings.bottleneck_rules import drift_findings, event_findings, named_findings
from macros.findings.clauses import holds
from macros.findings.facts import Late, Missed, RuleHolds
from macros.findings.finding import Finding
from macros.model.rules import BottleneckRule, Condition
from macros.model.status_file import Project
from macros.text.dates import Month
from tests.assessment.test_forecast import forecast_of
from tests.support import independent
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.small import KINDS, PRODUCTS, SHOWN, TODAY, real, small_handbook, small_project

TABLE: dict[str, dict[str, dict[str, Any]]] = independent.plain(ROOT / "tests/findings/rules.yml")["rules"]
CASES = [(rule, says, case) for rule, group in TABLE.items() for says, case in group.items()]
IDS = [f"{rule}: {says}" for rule, says, _ in CASES]
RULES = list(TABLE)

LONG_FORM = {
    "met": SHOWN,
    "said": {"status": "met"},
    "away": {"status": "not-applicable", "because": "None of it."},
}


def project_of(case: dict[str, Any]) -> Project:
    assert case.keys() <= {"modality", "donor", "route", "answers", "metrics", "planned", "causes", "unanswered"}
    words = {"modality": "allogeneic-cell", "route": "central-authorisation"}
    words |= {key: case[key] for key in ("modality", "donor", "route", "metrics") if key in case}
    answers = {name: LONG_FORM.get(status, status) for name, status in case.get("answers", {}).items()}
    planned = {name: {"status": "not-met", "planned": month} for name, month in case.get("planned", {}).items()}
    return small_project(answers | planned, **words)


def assessed(project: Project, day: date = TODAY) -> Assessment:
    return assess(project, real(), project.route[0], day=day)


def named(project: Project) -> dict[str, Finding]:
    return {finding.kind: finding for finding in named_findings(assessed(project), real())}


@pytest.mark.parametrize(("rule", "says", "case"), CASES, ids=IDS)
def test_a_rule_says(rule: str, says: str, case: dict[str, Any]) -> None:
    finding = named(project_of(case)).get(rule)
    assert (finding.severity if finding else "quiet") == says.split(",")[0]
    if finding:
        assert finding.who == real().rules[rule].who
        assert list(finding.items) == case.get("causes", list(finding.items))
        assert list(finding.unanswered) == case.get("unanswered", list(finding.unanswered))


@each("case", [case for _, _, case in CASES])
def test_a_case_answers_only_what_is_asked(case: dict[str, Any]) -> None:
    states = assessed(project_of(case)).states
    assert {*case["answers"], *case.get("planned", {})} <= states.keys()


def test_each_rule_has_a_case_for_all_that_it_can_say():
    rules = real().rules
    can_say = {
        name: {"quiet"} | ({"act"} if rule.act else set()) | ({"watch"} if rule.watch else set())
        for name, rule in rules.items()
    }
    assert {name: {says.split(",")[0] for says in TABLE.get(name, {})} - {"ask"} for name in rules} == can_say
    assert any(says.startswith("ask") for group in TABLE.values() for says in group)


def written(rule: str) -> list[tuple[str, Any]]:
    both = real().rules[rule]
    return [*(("act", condition) for condition in both.act), *(("watch", condition) for condition in both.watch)]


@pytest.mark.parametrize("rule", RULES)
def test_each_condition_is_what_some_case_speaks_by(rule: str) -> None:
    cases = [(says.split(",")[0], assessed(project_of(case))) for says, case in TABLE[rule].items()]
    for severity, condition in written(rule):
        assert any(says == severity and holds(condition, state) for says, state in cases), condition


@pytest.mark.parametrize("words", PRODUCTS, ids=lambda words: " ".join(words.values()))
def test_nothing_answered_raises_no_named_rule(words: dict[str, Any]) -> None:
    assert named(small_project({}, **words)) == {}


@pytest.mark.parametrize("words", PRODUCTS, ids=lambda words: " ".join(words.values()))
def test_everything_met_raises_no_named_rule_as_long_as_nobody_enters_a_figure(words: dict[str, Any]) -> None:
    answers = dict.fromkeys(real().items, SHOWN)
    assert named(small_project(answers, **words)) == {}
    zero = dict.fromkeys(real().frame.metrics, "0")
    by_figure = {name for name in real().rules if any(condition.metric_below for _, condition in written(name))}
    assert named(small_project(answers, metrics=zero, **words)).keys() == by_figure


def test_in_a_retrospective_a_rule_speaks_of_answered_items_only():
    started = {"authorisation/marketing-application": SHOWN}
    words = {"modality": "allogeneic-cell", "route": "central-authorisation", "kind": "retrospective"}
    retrospective = small_project(started, **words)
    assert {finding.severity for finding in named(retrospective).values()} == {"ask"}
    assert report_on(retrospective, real(), "central-authorisation", day=TODAY).findings == ()
    known = started | {"team/successor": "not-met"}
    found = report_on(small_project(known, **words), real(), "central-authorisation", day=TODAY).findings
    assert {finding.kind: finding.severity for finding in found} == {"nobody-takes-over": "act", "hollow": "watch"}


def test_the_month_of_a_plan_is_counted_from_the_day_of_the_look():
    case = TABLE["no-vector-in-time"]["quiet, the first cohort is planned in 24 months"]
    month_later = assessed(project_of(case), date(2026, 12, 1))
    assert "no-vector-in-time" in {finding.kind for finding in named_findings(month_later, real())}


def test_a_condition_with_a_modality_or_a_route_holds_for_no_other():
    assessment = assessed(project_of(next(iter(TABLE["potency-behind-the-clinic"].values()))))
    condition = real().rules["potency-behind-the-clinic"].act[0]
    assert holds(condition, assessment)
    for clause, own, other in (
        ("modality", ("allogeneic-cell", "autologous-cell"), ("autologous-cell",)),
        ("route", "central-authorisation", "hospital-exemption"),
    ):
        assert holds(condition.model_copy(update={clause: own}), assessment)
        assert not holds(condition.model_copy(update={clause: other}), assessment)


def test_a_clause_that_nobody_has_taught_the_engine_raises_and_is_named():
    assessment = assessed(project_of(next(iter(TABLE["potency-behind-the-clinic"].values()))))
    with pytest.raises(KeyError, match="lead"):
        holds(Condition.model_construct({"lead"}), assessment)


def test_a_rule_that_speaks_by_neither_open_items_nor_a_figure_does_not_claim_a_low_figure():
    watch = [{"working-stage": {"clinical": "1"}}]
    rule = {"title": "t", "why": "w.", "first-move": "f.", "who": ["university"], "watch": watch}
    book = replace(real(), rules={"begun": BottleneckRule.model_validate(rule)})
    project = project_of(next(iter(TABLE["potency-behind-the-clinic"].values())))
    (finding,) = named_findings(assessed(project), book)
    assert finding.facts == RuleHolds()


# --- what nobody has looked at ---


def test_a_rule_that_may_hold_asks_for_the_items_that_would_settle_it():
    condition = {"started": ["trial/first-cohort"], "open": ["ethics/insurance", "trial/safety-reporting"]}
    words = {"title": "t", "why": "w.", "first-move": "f.", "who": ["hospital"]}

    def found(status: dict[str, Any], severity: str = "act") -> list[Finding]:
        rule = BottleneckRule.model_validate({**words, severity: [condition]})
        book = replace(real(), rules={"begun": rule})
        project = small_project(status, modality="allogeneic-cell", route="central-authorisation")
        return list(named_findings(assessed(project), book))

    begun = {"trial/first-cohort": "in-progress"}
    (asked,) = found(begun)
    assert (asked.severity, asked.items, asked.unanswered) == ("ask", (), tuple(condition["open"]))
    (asked,) = found(begun | {"ethics/insurance": "not-met"})
    assert (asked.severity, asked.items, asked.unanswered) == ("ask", (), ("trial/safety-reporting",))
    assert found(begun | {"ethics/insurance": SHOWN}) == []
    assert found(begun | {"ethics/insurance": {"status": "met"}}) == [], "said to be met, without proof"
    assert found({}) == [], "a precondition that nobody has answered does not hold"
    assert found(begun, "watch") == [], "only what would have to be acted on is asked"
    (act,) = found(begun | dict.fromkeys(condition["open"], "not-met"))
    assert (act.severity, act.items, act.unanswered) == ("act", tuple(condition["open"]), ())


# --- events ---

EVENTS = ["owner-change", "partner-change", "funding-change", "competitor-authorised"]
HAPPENED = "2026-05-04"
PRODUCT = {"modality": "in-vivo-gene-therapy", "route": "central-authorisation"}


def touched(kind: str) -> tuple[str, ...]:
    """The items that an event names, as far as they apply to the product."""
    asked = assessed(small_project({}, **PRODUCT)).states
    return tuple(item for item in real().events[kind].items if item in asked)


def after_event(kind: str, answer: dict[str, str] | None, **more: str) -> list[Finding]:
    event = {"date": HAPPENED, "kind": kind, "text": "It happened.", **more}
    words = {**PRODUCT, "events": [event]}
    return list(event_findings(assessed(small_project(dict.fromkeys(touched(kind), answer), **words)), real()))


def test_every_kind_of_event_is_tried():
    assert list(real().events) == EVENTS


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize("status", ["met", "in-progress"])
def test_an_event_asks_for_a_review_of_what_has_started(kind: str, status: str) -> None:
    (finding,) = after_event(kind, {"status": status, "since": "2026-01-15", "evidence": "Report 1"})
    assert (finding.kind, finding.severity, finding.items) == (kind, "watch", touched(kind))
    assert finding.who == real().events[kind].who


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_asks_for_a_review_of_what_has_no_date(kind: str) -> None:
    (finding,) = after_event(kind, {"status": "met"})
    assert finding.items == touched(kind)


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize("answer", [{**SHOWN, "reviewed": "2026-05-05"}, {"status": "not-met"}, LONG_FORM["away"]])
def test_an_event_speaks_until_a_review_is_entered(kind: str, answer: dict[str, str]) -> None:
    (finding,) = after_event(kind, answer)
    assert (finding.severity, finding.items, finding.unanswered) == ("watch", (), ())
    assert after_event(kind, answer, reviewed="2026-06-01") == []


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_asks_about_what_nobody_has_looked_at(kind: str) -> None:
    (finding,) = after_event(kind, None)
    assert (finding.severity, finding.items, finding.unanswered) == ("watch", (), touched(kind))


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_names_only_the_items_that_nobody_has_reviewed(kind: str) -> None:
    first, *others = touched(kind)
    answers = {other: {**SHOWN, "reviewed": "2026-06-01"} for other in others} | {first: SHOWN}
    event = {"date": HAPPENED, "kind": kind, "text": "It happened."}
    words = {"modality": "in-vivo-gene-therapy", "route": "central-authorisation", "events": [event]}
    (finding,) = event_findings(assessed(small_project(answers, **words)), real())
    assert finding.items == (first,)


def test_an_event_and_its_review_are_not_known_before_their_day():
    event = {"date": HAPPENED, "kind": "owner-change", "text": "It happened."}
    words = {"modality": "in-vivo-gene-therapy", "route": "central-authorisation", "events": [event]}
    project = small_project({"team/joint-core-team": SHOWN}, **words)
    day = date.fromisoformat(HAPPENED)
    assert list(event_findings(assessed(project, day - timedelta(days=1)), real())) == []
    assert len(list(event_findings(assessed(project, day), real()))) == 1
    reviewed = [{**event, "reviewed": str(day + timedelta(days=2))}]
    later = small_project({}, **{**words, "events": reviewed})
    assert len(list(event_findings(assessed(later, day + timedelta(days=1)), real()))) == 1
    assert list(event_findings(assessed(later, day + timedelta(days=2)), real())) == []


# --- rules in motion ---


def drifting() -> list[tuple[str, str, date]]:
    return [
        (name, item, motion.date) for name, motion in real().motions.items() if motion.date for item in motion.items
    ]


def drift(item: str, answer: dict[str, str]) -> dict[str, Finding]:
    to = real().items[item].applies_to
    modality = to.modalities[0] if to.modalities else "autologous-cell"
    donor = {"donor": to.donor[0] if to.donor else "patient"} if modality.startswith(("ex-vivo", "tissue")) else {}
    words = {"modality": modality, "route": to.route or "central-authorisation", **donor}
    found = drift_findings(assessed(small_project({item: answer}, **words)), real())
    return {finding.subject: finding for finding in found}


@pytest.mark.parametrize(("motion", "item", "when"), drifting())
def test_a_plan_after_a_rule_changes_is_pointed_out_and_one_before_is_not(motion: str, item: str, when: date) -> None:
    month = Month.of(when).ordinal
    before, after = str(Month.at(month - 1)), str(Month.at(month + 1))
    for status in ("not-met", "in-progress"):
        assert motion not in drift(item, {"status": status, "planned": before})
        finding = drift(item, {"status": status, "planned": after})[motion]
        assert (finding.kind, finding.severity, finding.items) == ("rule-drift", "watch", (item,))
        assert finding.who == (real().items[item].owner,)
    assert drift(item, {**SHOWN, "planned": after}) == {}
    assert drift(item, {"status": "not-met"}) == {}


def test_some_rules_in_motion_have_a_day_and_some_have_none():
    assert len(drifting()) > 5
    assert {name for name, motion in real().motions.items() if motion.date is None} == UNDATED


UNDATED = {
    "biotech-act",
    "device-and-test-revision",
    "micro-organism-directive",
    "pharma-package",
    "stability-guideline",
}


@pytest.mark.parametrize("motion", sorted(UNDATED))
def test_a_rule_without_a_day_points_at_nothing(motion: str) -> None:
    for item in real().motions[motion].items:
        assert motion not in drift(item, {"status": "not-met", "planned": "2035-01"})


# --- late items ---


def lateness(gate: bool, target: str, **more: Any) -> list[Finding]:
    item = {"stage": "5", "gate": str(gate).lower(), "lead": "4", "owner": "hospital"}
    return list(late_findings(forecast_of({"items": {"lab/a": item}, "targets": {"5": target}, **more})))


def test_a_late_gate_is_to_be_acted_on():
    (finding,) = lateness(True, "2027-02")
    assert (finding.kind, finding.severity, finding.items, finding.who) == ("late", "act", ("lab/a",), ("hospital",))
    assert finding.facts == Missed(num=1, stages="5", months="1")


def test_a_late_item_that_is_no_gate_is_to_be_watched():
    (finding,) = lateness(False, "2027-02")
    assert (finding.kind, finding.severity) == ("late", "watch")
    assert finding.facts == Late(num=1, stages="5")


def test_a_late_item_that_a_gate_requires_is_to_be_acted_on():
    items: dict[str, dict[str, Any]] = {
        "lab/a": {"stage": "5", "lead": "4"},
        "lab/gate": {"stage": "5", "gate": "true", "lead": "1", "requires": ["lab/a"]},
    }
    book = small_handbook(items)
    project = small_project(dict.fromkeys(items, "not-met"), targets={"5": "2027-03"})
    assessment = assess(project, book, "central", day=TODAY)
    (finding,) = late_findings(forecast(assessment, book))
    assert (finding.severity, finding.items) == ("act", ("lab/a",))


def test_what_is_late_only_by_what_nobody_has_looked_at_is_asked():
    items: dict[str, dict[str, Any]] = {
        "lab/a": {"stage": "4", "lead": "4", "owner": "hospital"},
        "lab/gate": {"stage": "5", "gate": "true", "lead": "1", "requires": ["lab/a"], "owner": "company"},
    }
    book = small_handbook(items)
    for answers, severity, causes in (({}, "ask", ()), ({"lab/a": "not-met"}, "ask", ())):
        assessment = assess(small_project(answers, targets={"5": "2027-03"}), book, "central", day=TODAY)
        (finding,) = late_findings(forecast(assessment, book))
        assert (finding.severity, finding.items) == (severity, causes)
        assert finding.unanswered == tuple(name for name in ("lab/gate", "lab/a") if name not in answers)


def test_items_that_start_now_are_not_late():
    assert lateness(True, "2027-03") == []


def test_a_retrospective_has_nothing_late():
    assert lateness(True, "2010-01", kind="retrospective", answers={"lab/a": "not-met"}) == []


def test_one_late_gate_among_late_items_is_named_first():
    items = {
        "lab/other": {"stage": "1", "lead": "4"},
        "lab/gate": {"stage": "5", "gate": "true", "lead": "4"},
        "lab/fine": {"stage": "5", "gate": "true", "lead": "1"},
    }
    book = small_handbook(items)
    project = small_project(dict.fromkeys(items, "not-met"), targets={"1": "2026-12", "5": "2027-01"})
    assessment = assess(project, book, "central", day=TODAY)
    (finding,) = late_findings(forecast(assessment, book))
    assert (finding.severity, finding.items) == ("act", ("lab/gate", "lab/other"))
    assert finding.facts == Missed(num=2, stages="1, 5", months="0, 2")


def test_a_look_gathers_findings_of_every_sort_those_to_act_on_first():
    answers: dict[str, Any] = {
        "authorisation/trial-application": {"status": "in-progress", "planned": "2027-06", "since": "2026-01-15"},
        "team/joint-core-team": SHOWN,
    }
    words = {"modality": "allogeneic-cell", "route": "central-authorisation", "targets": {"5": "2027-01"}}
    event = {"date": HAPPENED, "kind": "owner-change", "text": "It happened."}
    found = report_on(
        small_project(answers, events=[event], **words), real(), "central-authorisation", day=TODAY
    ).findings
    kinds = [finding.kind for finding in found]
    assert {"debt", "late", "potency-behind-the-clinic", "owner-change", "rule-drift"} <= set(kinds)
    ranks = [finding.severity.rank for finding in found]
    assert ranks == sorted(ranks)


# --- words ---


def test_every_finding_of_every_real_project_has_its_words():
    texts = real().finding_texts
    seen = {
        finding.kind
        for project in real().projects.values()
        for route in project.route
        for finding in report_on(project, real(), route, day=TODAY).findings
    }
    assert len(seen) > 10, "the examples show many kinds"
    assert [kind for kind in sorted(seen) if kind not in texts] == []


def test_every_kind_that_a_rule_an_event_or_a_check_can_raise_has_its_words():
    texts, kinds = real().finding_texts, [*KINDS, *real().rules, *real().events]
    assert sorted(texts) == sorted(kinds), "no name is used twice"
    for kind, text in texts.items():
        assert text.title and text.why and text.first_move, kind
