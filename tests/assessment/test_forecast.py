"""The forecast: a table of small cases worked out by hand, and the same rules by going through every chain singly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import invent

from macros.assessment.assess import assess
from macros.assessment.forecast import Forecast, Plan, forecast
from macros.model.status_file import Project
from macros.text.dates import Month
from tests.support import independent
from tests.support.examples import repeatable
from tests.support.paths import ROOT
from tests.support.small import MONTH, NOW, SHOWN, TODAY, TRACK_OF, real, small_handbook, small_project

TABLE = independent.plain(ROOT / "tests/assessment/forecast.yml")
CASES: dict[str, dict[str, Any]] = TABLE["cases"]
SAID = {"status": "met"}  # which is no proof of a gate
NOT_MET = {"status": "not-met"}
QUICK = repeatable(120)


def forecast_of(case: dict[str, Any]) -> Forecast:
    book = small_handbook(case["items"])
    more = {key: case[key] for key in ("targets", "kind", "route") if key in case}
    answers = {name: "not-met" for name in book.items if name not in case.get("unanswered", ())}
    project = small_project(answers | {n: given for n, given in case.get("answers", {}).items() if given}, **more)
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


INPUT = {"items", "unanswered", "answers", "targets", "day", "route", "kind"}
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


EXAMPLE = (
    "authorisation/trial-application",
    "manufacturing/trial-dossier-quality",
    "analytics/potency-assay-qualified",
)


def example(**answers: Any) -> Forecast:
    """Forecast the worked example of the page: all is met but three items, which are answered as given."""
    words = {"modality": "allogeneic-cell", "route": "central-authorisation", "targets": {"5": "2028-02"}}
    met = {name: SHOWN for name in real().items if name not in EXAMPLE}
    project = small_project({**met, **dict.fromkeys(EXAMPLE, NOT_MET), **answers}, **words)
    return forecast(assess(project, real(), "central-authorisation", day=TODAY), real())


def page() -> str:
    return (ROOT / "docs/forecast.md").read_text("utf-8").replace("\n", " ")


def test_the_worked_example_on_the_page_holds_on_the_real_checklists() -> None:
    found = example()
    application, dossier, potency = (found.plans[name] for name in EXAMPLE)
    leads = [plan.state.item.lead_time.months for plan in (application, dossier, potency) if plan.state.item.lead_time]
    sentences = [
        f"Stage 5 is to be passed by {application.finish_by}.",
        f"The clinical trial application takes {leads[0]} months, so it must start by {application.start_by}.",
        f"the trial dossier, which takes {leads[1]} months: latest finish {dossier.finish_by}, "
        f"latest start {dossier.start_by}.",
        f"the qualified potency assay, {leads[2]} months: latest start {potency.start_by}.",
    ]
    assert [sentence for sentence in sentences if sentence not in page()] == []
    assert (potency.slack, potency.when) == (3, "start-now")
    assert (potency.driver, dossier.driver) == (dossier.state.item.name, application.state.item.name)
    assert leads == [4, 4, 4]
    assert [(str(each.earliest), each.late) for each in found.outlook if each.target] == [("2027-11", 0)]


def test_the_second_half_of_the_worked_example_holds_too() -> None:
    before, found = example(), example(**{EXAMPLE[-1]: {"status": "in-progress", "planned": "2027-08"}})
    (outlook,) = (each for each in found.outlook if each.target)
    sentences = [
        f"planned for 2027-08. Its latest finish stays {found.plans[EXAMPLE[-1]].finish_by}, so it is *late*.",
        f"after 2027-08 are {outlook.earliest}: the target is missed by {outlook.late} months",
    ]
    assert [sentence for sentence in sentences if sentence not in page()] == []
    assert [name for name, plan in found.plans.items() if plan.when == "late"] == [EXAMPLE[-1]]
    assert [plan.finish_by for plan in found.plans.values()] == [plan.finish_by for plan in before.plans.values()]


def test_a_chain_leads_from_the_item_to_the_one_that_the_target_sets() -> None:
    found = forecast_of(CASES["a chain across the tracks is one chain"])
    chain = [plan.state.item.name for plan in found.chain("money/contract")]
    assert chain == ["money/contract", "lab/batch", "care/application"]
    assert [plan.state.item.name for plan in found.chain("care/application")] == ["care/application"]


def test_plans_stand_in_the_order_of_the_checklists() -> None:
    case = CASES["a chain across the tracks is one chain"]
    assert list(forecast_of(case).plans) == list(case["items"])


def test_a_target_that_is_missed_says_by_how_many_months() -> None:
    assert missed(forecast_of(CASES["a chain across the tracks is one chain"])) == {5: 2}
    assert missed(forecast_of(CASES["a chain of three passes its latest starts back"])) == {}


def test_the_lead_time_is_that_of_the_modality() -> None:
    """9 months instead of 4: 2028-02 - 9 = 2027-05; forwards 2026-11 + 9 = 2027-08; at the long end 18, too long."""
    usual = {"months": "4", "range": ["3", "5"], "basis": "planning assumption"}
    slow = {"months": "9", "range": ["6", "18"], "basis": "planning assumption"}
    item = {"stage": "5", "gate": "true", "lead-time": {**usual, "by-modality": {"cell": slow}}}
    found = forecast_of({"items": {"lab/a": item}, "targets": {"5": "2028-02"}})
    plan = found.plans["lab/a"]
    assert (str(plan.start_by), plan.late_if_long, str(found.outlook[0].earliest)) == ("2027-05", True, "2027-08")
    assert plan.state.item.lead_time
    assert (plan.state.item.lead_time.months, plan.state.item.lead_time.by_modality) == (9, {})


# --- random graphs, by going through every chain singly ---


@st.composite
def some_answer(draw: st.DrawFn, lead: int) -> Any:
    """Draw an answer; what is open may be planned, what is under way may have begun on a day that is known."""
    away = {"status": "not-applicable", "because": "None of it."}
    begun = {"status": "in-progress"}
    month = {"planned": str(Month.at(NOW + draw(st.integers(-3, 2 * lead))))}
    since = {"since": str(Month.at(NOW - draw(st.integers(0, 20))))}
    running = [begun, begun | since, begun | month, begun | since | month]
    return draw(st.sampled_from([None, "not-met", None, "not-met", SHOWN, away, SAID, *running, NOT_MET | month]))


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


def status(case: dict[str, Any], name: str) -> str:
    answer = case["answers"][name]
    return str(answer["status"] if isinstance(answer, dict) else answer)


def is_gate(case: dict[str, Any], name: str) -> bool:
    return bool(case["items"][name]["gate"] == "true")


def is_open(case: dict[str, Any], name: str) -> bool:
    unproven = case["answers"][name] == SAID and is_gate(case, name)
    return unproven or status(case, name) in ("None", "not-met", "in-progress")


def under_way(case: dict[str, Any], name: str) -> bool:
    return status(case, name) == "in-progress"


def planned(case: dict[str, Any], name: str) -> int:
    """Give the month for which it is planned; now at the earliest."""
    answer = case["answers"][name]
    return max(NOW, ordinal(answer["planned"]) if isinstance(answer, dict) and "planned" in answer else NOW)


def months_left(case: dict[str, Any], name: str, end: int) -> int:
    """Count the months of work from now, or after a wait; `end` picks short, 0, or long, 1, lead times."""
    item, answer = case["items"][name], case["answers"][name]
    lead = int([item["lead"], item["range"][1]][end])
    if answer == SAID or (under_way(case, name) and "planned" in answer):
        return 0
    return max(0, ordinal(answer.get("since", MONTH)) + lead - NOW) if under_way(case, name) else lead


Chain = tuple[str, ...]


def chains_from(case: dict[str, Any], name: str) -> Iterator[Chain]:
    """Yield every chain of open items that begins with this one."""
    yield (name,)
    for later, item in case["items"].items():
        if name in item["requires"] and is_open(case, later):
            for chain in chains_from(case, later):
                yield name, *chain


def chains_to(case: dict[str, Any], name: str) -> Iterator[Chain]:
    """Yield every chain of open items that ends with this one."""
    yield (name,)
    for before in case["items"][name]["requires"]:
        if is_open(case, before):
            for chain in chains_to(case, before):
                yield *chain, name


def end_of(case: dict[str, Any], chain: Chain, end: int = 0) -> int:
    """Tell in which month a chain ends that begins now, or ends its first item when that is planned."""
    first, *others = chain
    return max(planned(case, first), NOW + months_left(case, first, end)) + work(case, others, end)


def work(case: dict[str, Any], chain: Iterable[str], end: int) -> int:
    return sum(months_left(case, name, end) for name in chain)


def met_by(case: dict[str, Any], name: str, end: int = 0) -> int:
    return max(end_of(case, chain, end) for chain in chains_to(case, name))


def is_held(case: dict[str, Any], name: str, target: int) -> bool:
    """Say whether it is a gate up to a stage with a target, or such a gate waits for it."""
    return any(is_gate(case, last) and stage_of(case, last) <= target for *_, last in chains_from(case, name))


def stage_of(case: dict[str, Any], name: str) -> int:
    return int(case["items"][name]["stage"])


def latest_finish(case: dict[str, Any], name: str, target: int, end: int) -> int | None:
    """Take the earliest month that any chain to a target asks for: through its gates where such a chain is."""
    held = is_held(case, name, target)
    chains = [
        chain
        for chain in chains_from(case, name)
        if stage_of(case, chain[-1]) <= target and (is_gate(case, chain[-1]) or not held)
    ]
    month = ordinal(case["targets"][str(target)])
    return min((month - work(case, chain[1:], end) for chain in chains), default=None)


def latest_finishes(case: dict[str, Any], name: str, end: int) -> dict[int, int]:
    found = {int(target): latest_finish(case, name, int(target), end) for target in case["targets"]}
    return {target: month for target, month in found.items() if month is not None}


def is_late(case: dict[str, Any], name: str, target: int, end: int) -> bool:
    """Hold it alone against its latest finish; where no gate waits for it, it begins after what gates wait for."""
    required = [n for n in case["items"][name]["requires"] if is_open(case, n) and is_held(case, n, target)]
    waits = [] if is_held(case, name, target) else [met_by(case, n, end) for n in required]
    finish = latest_finish(case, name, target, end)
    return (
        finish is not None and max(planned(case, name), max(waits, default=NOW) + months_left(case, name, end)) > finish
    )


@QUICK
@given(graphs())
def test_a_latest_finish_is_the_earliest_that_any_chain_to_a_target_asks_for(case: dict[str, Any]) -> None:
    plans = forecast_of(case).plans
    assert set(plans) == {name for name in case["items"] if is_open(case, name)}
    for name, plan in plans.items():
        finishes, running = latest_finishes(case, name, 0), under_way(case, name)
        if not finishes:
            assert (plan.when, plan.missing) == ("under-way" if running else "no-date", "target")
            continue
        finish = min(finishes.values())
        assert plan.finish_by
        assert plan.finish_by.ordinal == finish == finishes[plan.target]
        late, slack = is_late(case, name, plan.target, 0), finish - months_left(case, name, 0) - NOW
        assert (plan.start_by, plan.slack) == ((None, None) if running else (Month.at(NOW + slack), slack))
        in_time = "under-way" if running else "start-now" if slack <= 3 else "start-by"
        assert plan.when == ("late" if late else in_time)
        long = latest_finishes(case, name, 1)
        at_long = {is_late(case, name, target, 1) for target, month in long.items() if month == min(long.values())}
        assert plan.late_if_long in ({False} if late else at_long)


@QUICK
@given(graphs())
def test_the_chain_of_an_item_adds_up_to_its_target(case: dict[str, Any]) -> None:
    found = forecast_of(case)
    for name, plan in found.plans.items():
        if plan.finish_by is not None:
            chain = tuple(step.state.item.name for step in found.chain(name))
            assert chain in list(chains_from(case, name))
            last = ordinal(case["targets"][str(plan.target)])
            months = [step.finish_by.ordinal for step in found.chain(name) if step.finish_by]
            assert months == [last - work(case, chain[n:], 0) for n in range(1, len(chain) + 1)]
            assert months[0] == plan.finish_by.ordinal


@QUICK
@given(graphs())
def test_the_outlook_is_the_longest_chain_that_ends_in_a_gate(case: dict[str, Any]) -> None:
    stage = {name: int(item["stage"]) for name, item in case["items"].items() if is_gate(case, name)}
    asked = [stage[name] for name in stage if "because" not in (case["answers"][name] or ())]
    gates = {name: met_by(case, name) for name in stage if is_open(case, name)}
    last = max([*asked, *map(int, case["targets"])], default=0)
    rows = range(min(stage[name] for name in gates), last + 1) if gates else ()
    outlook = forecast_of(case).outlook
    assert [each.stage for each in outlook] == list(rows)
    for each in outlook:
        chain = each.chain
        below = [month for name, month in gates.items() if stage[name] <= each.stage]
        assert each.earliest.ordinal == max(below) == end_of(case, chain)
        assert chain in list(chains_to(case, chain[-1]))
        assert [month.ordinal for month in each.finishes] == [end_of(case, chain[: n + 1]) for n, _ in enumerate(chain)]
        for name, month in zip(chain[1:], each.finishes[1:], strict=True):
            assert month.ordinal > end_of(case, (name,)), "it waits for what stands before"


# --- one model both ways ---


def decided_by(found: Forecast, stage: int) -> set[str]:
    """Name the open gates up to a stage, and what is open of all that they require."""
    waiting = [name for name, plan in found.plans.items() if plan.state.item.gate and plan.state.item.stage <= stage]
    names: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found.plans and name not in names:
            names.add(name)
            waiting += found.plans[name].state.item.requires
    return names


def missed(found: Forecast) -> dict[int, int]:
    """Give stage → by how many months its target is missed."""
    return {each.stage: each.late for each in found.outlook if each.late}


def says_the_same_both_ways(found: Forecast, stage: int) -> bool:
    """Compare, for the only target of a project, the month it could be met with the items that are late for it."""
    late = [name for name in decided_by(found, stage) if found.plans[name].when == "late"]
    return (stage in missed(found)) == bool(late)


@QUICK
@given(graphs())
def test_a_target_alone_is_missed_exactly_when_something_that_decides_it_is_late(case: dict[str, Any]) -> None:
    for stage, month in case["targets"].items():
        assert says_the_same_both_ways(forecast_of(case | {"targets": {stage: month}}), int(stage))


@QUICK
@given(graphs())
def test_of_several_targets_each_one_that_is_missed_has_something_late(case: dict[str, Any]) -> None:
    found = forecast_of(case)
    late = {name: plan.target for name, plan in found.plans.items() if plan.when == "late"}
    assert {target for name, target in late.items() if is_held(case, name, target)} <= set(missed(found))
    for stage in missed(found):
        assert decided_by(found, stage) & set(late)


def dates(found: Forecast) -> dict[str, Any]:
    return {name: (plan.finish_by, plan.start_by, plan.slack, plan.driver) for name, plan in found.plans.items()}


def slipped(answer: Any, months: int) -> Any:
    return answer | {"planned": str(Month.at(ordinal(answer["planned"]) + months))}


def nothing_is_earlier(before: Forecast, after: Forecast) -> bool:
    """Compare two forecasts: latest dates stay, no stage is left in an earlier month, what was late stays late."""
    stages = zip(before.outlook, after.outlook, strict=True)
    late = [{name for name, plan in found.plans.items() if plan.when == "late"} for found in (before, after)]
    return (
        dates(before) == dates(after)
        and all(was.stage == now.stage and was.earliest <= now.earliest for was, now in stages)
        and late[0] <= late[1]
    )


@QUICK
@given(graphs(), st.integers(1, 12))
def test_a_plan_that_slips_makes_nothing_earlier(case: dict[str, Any], months: int) -> None:
    before = forecast_of(case)
    for name, answer in case["answers"].items():
        if isinstance(answer, dict) and "planned" in answer:
            after = forecast_of(case | {"answers": case["answers"] | {name: slipped(answer, months)}})
            assert nothing_is_earlier(before, after)


# --- invented projects on the real checklists ---

INVENTED = 200  # 1,000 hold as well


def real_forecast(plain: dict[str, Any], **more: Any) -> Forecast:
    project = Project.model_validate({**plain, "id": "invented", **more})
    return forecast(assess(project, real(), project.route[0], day=TODAY), real())


def completed(plain: dict[str, Any]) -> dict[str, Any]:
    """Answer with not met what an invented project has left out."""
    status = {area: dict.fromkeys(book_area.items, "not-met") for area, book_area in real().areas.items()}
    return {**plain, "status": {area: group | plain["status"].get(area, {}) for area, group in status.items()}}


def test_a_target_alone_of_invented_projects_is_missed_exactly_when_something_that_decides_it_is_late() -> None:
    seen = []
    for plain in map(completed, invent(real(), INVENTED)):
        for stage, month in plain["targets"].items():
            found = real_forecast(plain, targets={stage: month})
            assert says_the_same_both_ways(found, int(stage))
            seen.append(bool(missed(found)))
    assert {*seen} == {True, False}


def test_a_plan_of_invented_projects_that_slips_by_a_year_makes_nothing_earlier() -> None:
    for number, plain in enumerate(map(completed, invent(real(), INVENTED))):
        before = real_forecast(plain)
        answers = [(area, word) for area, group in plain["status"].items() for word in group]
        running = [(area, word) for area, word in answers if "planned" in plain["status"][area][word]]
        for area, word in running[number % 10 :: 10]:
            group = plain["status"][area]
            status = {**plain["status"], area: {**group, word: slipped(group[word], 12)}}
            assert nothing_is_earlier(before, real_forecast(plain, status=status))


# --- with half the answers ---

CHAIN: dict[str, dict[str, Any]] = {
    "lab/early": {"stage": "1", "gate": "true", "lead": "6"},
    "lab/known": {"stage": "3", "gate": "true", "lead": "6", "requires": ["lab/early"]},
    "lab/ahead": {"stage": "5", "gate": "true", "lead": "6", "requires": ["lab/known"]},
}


def said(target: str, **answers: str) -> tuple[Forecast, dict[str, str]]:
    given_answers = {f"lab/{word}": status for word, status in answers.items()}
    unanswered = [name for name in CHAIN if name not in given_answers]
    found = forecast_of({"items": CHAIN, "answers": given_answers, "unanswered": unanswered, "targets": {"5": target}})
    return found, {name.partition("/")[2]: plan.when for name, plan in found.plans.items()}


def test_what_should_be_there_and_nobody_has_looked_at_is_taken_as_in_place() -> None:
    found, when = said("2027-12", known="in-progress")
    assert (found.assumed, when) == (1, {"known": "under-way", "ahead": "start-by"})
    assert str(found.outlook[0].earliest) == "2027-05"
    found, when = said("2027-12", known="in-progress", early="not-met")
    assert (found.assumed, when["early"]) == (0, "ask"), "its date rests on work ahead that nobody has looked at"


def test_what_lies_ahead_and_nobody_has_looked_at_is_dated() -> None:
    found, when = said("2029-12")
    assert (found.assumed, when) == (0, dict.fromkeys(("early", "known", "ahead"), "start-by"))
    assert str(found.outlook[-1].earliest) == "2028-05"


def test_late_is_only_what_is_late_by_what_somebody_has_answered() -> None:
    found, when = said("2027-06", known="not-met")
    assert when == {"early": "ask", "known": "ask", "ahead": "ask"}, "it could be met by then, were the rest in place"
    assert found.plans["lab/known"].could == "late"
    assert (found.missed, missed(found)) == ({}, {5: 11})
    found, when = said("2027-06", known="not-met", ahead="not-met")
    assert when["known"] == "late"
    assert (found.missed, missed(found)) == ({5: 5}, {5: 11})


def test_what_is_to_be_started_now_only_by_unanswered_work_is_asked() -> None:
    for ahead, when in ((None, "ask"), ("not-met", "start-now")):
        answers = {"early": "not-met", "known": "not-met"} | ({"ahead": ahead} if ahead else {})
        assert said("2028-07", **answers)[1]["early"] == when


def test_what_is_owed_holds_up_no_stage() -> None:
    items = {
        "care/trial": {"stage": "7", "gate": "true", "lead": "48", "can-be-owed": "true"},
        "money/care": {"stage": "8", "gate": "true", "lead": "3", "requires": ["care/trial"]},
    }
    owed = {"status": "in-progress", "planned": "2031-01", "owed": "true"}
    found = forecast_of({"items": items, "answers": {"care/trial": owed}, "targets": {"8": "2027-06"}})
    assert (found.plans["care/trial"].when, found.plans["care/trial"].finish_by) == ("under-way", None)
    assert [str(each.earliest) for each in found.outlook] == ["2027-02"]


def test_invented_projects_with_half_their_answers_are_late_only_where_something_answered_is() -> None:
    for place, plain in enumerate(invent(real(), INVENTED)):
        status = {
            area: {word: given for number, (word, given) in enumerate(group.items()) if (number + place) % 2}
            for area, group in plain["status"].items()
        }
        found = real_forecast(plain, status=status)
        when = {name: plan.when for name, plan in found.plans.items()}
        states = {name: plan.state for name, plan in found.plans.items()}
        assert all(states[name].answered_open for name in when if when[name] == "late")
        assert not any(states[name].unanswered and when[name] in ("late", "start-now") for name in when)
        for stage in found.missed:
            assert "late" in {when[name] for name in decided_by(found, stage)}
        for stage in missed(found):
            assert {"late", "ask"} & {when[name] for name in decided_by(found, stage)}
