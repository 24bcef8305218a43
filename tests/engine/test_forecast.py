"""The forecast: a table of small cases worked out by hand, and the same rules by going through every chain singly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.engine.assess import assess
from macros.engine.forecast import Forecast, Plan, forecast
from macros.text.dates import Month
from tests.support.paths import ROOT
from tests.support.small import MONTH, NOW, SHOWN, TODAY, TRACK_OF, real, small_handbook, small_project

TABLE = yaml.load((ROOT / "tests/engine/forecast.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
CASES: dict[str, dict[str, Any]] = TABLE["cases"]
SAID = {"status": "met"}  # which is no proof of a gate
QUICK = settings(deadline=None, derandomize=True, database=None, max_examples=120)


def forecast_of(case: dict[str, Any]) -> Forecast:
    book = small_handbook(case["items"])
    more = {key: case[key] for key in ("targets", "kind", "route") if key in case}
    project = small_project(case.get("answers", {}), **more)
    assert not set(project.answers) - set(book.items), "the case answers an item that it does not have"
    day = date.fromisoformat(case.get("day", str(TODAY)))
    return forecast(assess(project, book, project.route[0], day=day), book)


def plan_said(plan: Plan) -> dict[str, str]:
    """Bring a plan into the words of the table, without what it does not say."""
    values = {
        "when": plan.when,
        "finish-by": plan.finish_by,
        "start-by": plan.start_by,
        "slack": plan.slack,
        "driver": plan.driver or None,
        "target": plan.target or None,
        "late-if-long": "true" if plan.late_if_long else None,
        "planned-late": "true" if plan.planned_late else None,
        "missing": plan.missing or None,
    }
    return {name: str(value) for name, value in values.items() if value is not None}


def outlook_said(found: Forecast) -> dict[str, dict[str, Any]]:
    said: dict[str, dict[str, Any]] = {}
    for outlook in found.outlook:
        target = {"target": str(outlook.target)} if outlook.target else {}
        said[str(outlook.stage)] = {"earliest": str(outlook.earliest), "chain": list(outlook.chain), **target}
    return said


INPUT = {"items", "answers", "targets", "day", "route", "kind"}
OUTPUT = {"plans", "outlook"}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_as_published(case: dict[str, Any]) -> None:
    assert case.keys() <= INPUT | OUTPUT
    assert case.keys() & OUTPUT
    found = forecast_of(case)
    if "plans" in case:
        assert {name: plan_said(plan) for name, plan in found.plans.items()} == case["plans"]
    if "outlook" in case:
        assert outlook_said(found) == case["outlook"]


def test_the_table_has_at_least_thirty_four_cases() -> None:
    assert len(CASES) >= 34


def test_the_worked_example_on_the_page_holds_on_the_real_checklists() -> None:
    book = real()
    words = {"modality": "allogeneic-cell", "route": "central-authorisation", "targets": {"5": "2028-02"}}
    project = small_project({}, **words)
    plans = forecast(assess(project, book, "central-authorisation", day=TODAY), book).plans
    application, dossier, potency = (
        plans[name]
        for name in (
            "authorisation/trial-application",
            "manufacturing/trial-dossier-quality",
            "analytics/potency-assay-qualified",
        )
    )
    page = (ROOT / "docs/forecast.md").read_text("utf-8").replace("\n", " ")
    leads = [plan.state.item.lead_time.months for plan in (application, dossier, potency) if plan.state.item.lead_time]
    sentences = [
        f"Stage 5 is to be left by {application.finish_by}.",
        f"The clinical trial application takes {leads[0]} months, so it must start by {application.start_by}.",
        f"the trial dossier, which takes {leads[1]} months: latest finish {dossier.finish_by}, "
        f"latest start {dossier.start_by}.",
        f"the qualified potency assay, {leads[2]} months: latest start {potency.start_by}.",
    ]
    assert [sentence for sentence in sentences if sentence not in page] == []
    assert (potency.slack, potency.when) == (3, "start-now")
    assert (potency.driver, dossier.driver) == (dossier.state.item.name, application.state.item.name)


def test_a_chain_leads_from_the_item_to_the_one_that_the_target_sets() -> None:
    found = forecast_of(CASES["a chain across the tracks is one chain"])
    chain = [plan.state.item.name for plan in found.chain("money/contract")]
    assert chain == ["money/contract", "lab/batch", "care/application"]
    assert [plan.state.item.name for plan in found.chain("care/application")] == ["care/application"]


def test_plans_stand_in_the_order_of_the_checklists() -> None:
    case = CASES["a chain across the tracks is one chain"]
    assert list(forecast_of(case).plans) == list(case["items"])


# --- random graphs, by going through every chain singly ---


@st.composite
def some_answer(draw: st.DrawFn, lead: int) -> Any:
    """Draw an answer; what is under way is planned within its lead time, or has begun, or no month is known."""
    away = {"status": "not-applicable", "because": "None of it."}
    begun = {"status": "in-progress"}
    planned = begun | {"planned": str(Month.at(NOW + draw(st.integers(-3, lead))))}
    since = begun | {"since": str(Month.at(NOW - draw(st.integers(0, 20))))}
    return draw(st.sampled_from([None, "not-met", None, "not-met", SHOWN, away, SAID, planned, since, begun]))


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a case of up to nine items, however they stand, and targets in order."""
    names = [f"{area}/{letter}" for letter in "abc" for area in TRACK_OF][: draw(st.integers(2, 9))]
    stages = sorted(draw(st.lists(st.integers(1, 4), min_size=len(names), max_size=len(names))))
    items: dict[str, dict[str, Any]] = {}
    for place, (name, stage) in enumerate(zip(names, stages, strict=True)):
        requires = draw(st.lists(st.sampled_from(names[:place]), unique=True, max_size=3)) if place else []
        typical, long = draw(st.integers(1, 12)), draw(st.integers(0, 12))
        items[name] = {
            "stage": str(stage),
            "gate": draw(st.sampled_from(["true", "false"])),
            "lead": str(typical),
            "range": ["1", str(typical + long)],
            "requires": requires,
        }
    order = draw(st.permutations(names))  # what is required need not stand first
    answers = {name: draw(some_answer(int(items[name]["lead"]))) for name in names}
    targets = {stage: NOW + draw(st.integers(-6, 30)) for stage in draw(st.sets(st.integers(1, 4)))}
    months = sorted(targets.values())
    written = {str(stage): str(Month.at(months[n])) for n, stage in enumerate(sorted(targets))}
    return {"items": {name: items[name] for name in order}, "answers": answers, "targets": written}


def ordinal(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def is_open(case: dict[str, Any], name: str) -> bool:
    answer = case["answers"][name]
    status = answer["status"] if isinstance(answer, dict) else answer
    return status in (None, "not-met", "in-progress") or (answer == SAID and case["items"][name]["gate"] == "true")


def under_way(case: dict[str, Any], name: str) -> bool:
    answer = case["answers"][name]
    return isinstance(answer, dict) and answer["status"] == "in-progress"


def months_left(case: dict[str, Any], name: str, end: int) -> int:
    """Count the months that an item takes from now; `end` picks short, 0, or long, 1, lead times."""
    item, answer = case["items"][name], case["answers"][name]
    lead = int([item["lead"], item["range"][1]][end])
    if answer == SAID:
        return 0
    if under_way(case, name):
        expected = ordinal(answer["planned"]) if "planned" in answer else ordinal(answer.get("since", MONTH)) + lead
        return max(0, expected - NOW)
    return lead


def chains_after(case: dict[str, Any], name: str) -> Iterator[list[str]]:
    """Yield every chain of open items that begins with this one."""
    yield [name]
    for later, item in case["items"].items():
        if name in item["requires"] and is_open(case, later):
            for chain in chains_after(case, later):
                yield [name, *chain]


def latest_start(case: dict[str, Any], name: str, end: int) -> int | None:
    """Take the earliest start that any chain to any target asks for; `end` picks short, 0, or long, 1, lead times."""
    starts = []
    for chain in chains_after(case, name):
        last = int(case["items"][chain[-1]]["stage"])
        months = sum(months_left(case, each, end) for each in chain)
        for stage, month in case["targets"].items():
            if int(stage) >= last:
                starts.append(ordinal(month) - months)
    return min(starts, default=None)


@QUICK
@given(graphs())
def test_a_latest_start_is_the_earliest_that_any_chain_to_a_target_asks_for(case: dict[str, Any]) -> None:
    plans = forecast_of(case).plans
    assert set(plans) == {name for name in case["items"] if is_open(case, name)}
    for name, plan in plans.items():
        start, slowest = latest_start(case, name, 0), latest_start(case, name, 1)
        if start is None or slowest is None:
            assert (plan.when, plan.missing) == ("under-way" if under_way(case, name) else "no-date", "target")
            continue
        assert plan.finish_by
        assert plan.finish_by.ordinal == start + months_left(case, name, 0)
        # Under way it ends in time just when the rest of the chain, which begins now at the earliest, does.
        slack = start - NOW
        assert plan.late_if_long is (slowest < NOW <= start)
        if under_way(case, name):
            assert (plan.when, plan.start_by, plan.slack) == ("late" if slack < 0 else "under-way", None, None)
        else:
            assert plan.start_by
            assert (plan.start_by.ordinal, plan.slack) == (start, slack)
            assert plan.when == ("late" if slack < 0 else "start-now" if slack <= 3 else "start-by")


@QUICK
@given(graphs())
def test_the_chain_of_an_item_adds_up_to_its_target(case: dict[str, Any]) -> None:
    found = forecast_of(case)
    for name, plan in found.plans.items():
        if plan.finish_by is not None:
            chain = [step.state.item.name for step in found.chain(name)]
            assert chain in list(chains_after(case, name))
            months = sum(months_left(case, each, 0) for each in chain[1:])
            assert ordinal(case["targets"][str(plan.target)]) - months == plan.finish_by.ordinal


def end_of(case: dict[str, Any], chain: list[str]) -> int:
    """Tell in which month a chain that begins now ends; what is under way adds nothing to what it waits for."""
    first, *others = chain
    return NOW + months_left(case, first, 0) + sum(months_left(case, n, 0) for n in others if not under_way(case, n))


@QUICK
@given(graphs())
def test_the_outlook_is_the_longest_chain_that_ends_in_a_gate(case: dict[str, Any]) -> None:
    ends: dict[str, int] = {}
    for name in case["items"]:
        for chain in chains_after(case, name) if is_open(case, name) else ():
            ends[chain[-1]] = max(ends.get(chain[-1], NOW), end_of(case, chain))
    stage = {name: int(item["stage"]) for name, item in case["items"].items() if item["gate"] == "true"}
    asked = [stage[name] for name in stage if "because" not in (case["answers"][name] or ())]
    gates = [name for name in ends if name in stage]
    rows = range(min(stage[name] for name in gates), max(asked) + 1) if gates else ()
    outlook = forecast_of(case).outlook
    assert [each.stage for each in outlook] == list(rows)
    for each in outlook:
        below = [ends[name] for name in gates if stage[name] <= each.stage]
        chain = list(each.chain)
        assert each.earliest.ordinal == max(below) == end_of(case, chain)
        assert chain in list(chains_after(case, chain[0]))
        for number, name in enumerate(chain[1:], 1):
            assert end_of(case, chain[: number + 1]) > NOW + months_left(case, name, 0), (
                "it waits for what stands before"
            )
