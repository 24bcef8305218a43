"""What to do next, what lifts the lowest track, and how the levels stood on past days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.assessment.assess import Assessment, assess
from macros.assessment.forecast import forecast
from macros.assessment.history import Step, changes, falls, project_at, steps
from macros.engine.moves import Move, by_partner, moves
from macros.engine.report import ProjectReport, report_on
from macros.findings.facts import Debt, Hollow, Late
from macros.findings.finding import Finding
from macros.findings.severity import ACT, ASK, WATCH
from macros.model.events import Acknowledgement
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.messages import Name
from tests.support.examples import repeatable
from tests.support.small import FRAME, SHOWN, TODAY, real, small_handbook, small_project

QUICK = repeatable(100)
AWAY = {"status": "not-applicable", "because": "None of it."}

# What each track has worked on, and the gates that hold it at stage 2, so that stage 3 is what the cases are about.
HELD: dict[str, dict[str, Any]] = {
    "lab/begun": {"stage": "2"},
    "lab/held": {"stage": "3", "gate": "true"},
    "care/held": {"stage": "3", "gate": "true"},
    "money/held": {"stage": "3", "gate": "true"},
}


def ranked(items: dict[str, dict[str, Any]], answers: dict[str, Any], *found: Finding, **more: Any) -> tuple[Move, ...]:
    """Rank the moves of a project that works on stage 2, without the gates that hold it there."""
    book = small_handbook(items | HELD)
    assessment = assess(small_project({"lab/begun": "met"} | answers, **more), book, "central", day=TODAY)
    assert max(standing.working_stage for standing in assessment.tracks.values()) in (2, 3)
    every = moves(assessment, book, forecast(assessment, book), found)
    return tuple(move for move in every if move.state.item.name not in HELD)


def names(found: Any) -> list[str]:
    return [each.state.item.name if isinstance(each, Move) else each.item.name for each in found]


def to_act_on(*items: str) -> Finding:
    return Finding("late", ACT, Late(num=len(items), stages="5"), items=items)


# --- the order of moves ---


def test_what_a_finding_to_act_on_names_comes_first():
    items: dict[str, dict[str, Any]] = {
        "lab/wide": {"stage": "3"},
        "lab/gate-1": {"stage": "3", "gate": "true", "requires": ["lab/wide"]},
        "lab/gate-2": {"stage": "3", "gate": "true", "requires": ["lab/wide"]},
        "lab/named": {"stage": "3"},
    }
    assert names(ranked(items, {})) == ["lab/wide", "lab/named"]
    assert names(ranked(items, {}, to_act_on("lab/named"))) == ["lab/named", "lab/wide"]


def test_then_comes_what_another_finding_names_or_asks_for():
    items: dict[str, dict[str, Any]] = {
        "lab/gate": {"stage": "3", "gate": "true"},
        "lab/watched": {"stage": "3"},
        "lab/asked": {"stage": "3"},
        "lab/late": {"stage": "3"},
    }
    hollow = Finding("hollow", WATCH, Hollow(num=1), items=("lab/watched",), unanswered=("lab/asked",))
    found = ranked(items, {}, hollow, to_act_on("lab/late"))
    assert names(found) == ["lab/late", "lab/watched", "lab/asked", "lab/gate"]
    assert [len(move.clears) for move in found] == [1, 0, 0, 0]
    assert [len(move.asks) for move in found] == [0, 1, 1, 0]


def test_an_acknowledged_finding_puts_nothing_first():
    items = {"lab/gate": {"stage": "3", "gate": "true"}, "lab/named": {"stage": "3"}}
    known = Acknowledgement.model_validate({"because": "We wait.", "until": "2027-03"})
    assert names(ranked(items, {}, replace(to_act_on("lab/named"), acknowledged=known))) == ["lab/gate", "lab/named"]


def test_what_is_answered_comes_before_what_nobody_has_looked_at():
    items = {"lab/gate": {"stage": "3", "gate": "true"}, "lab/plain": {"stage": "1"}}
    assert names(ranked(items, {"lab/plain": "not-met"})) == ["lab/plain", "lab/gate"]


def test_what_is_near_the_working_stage_comes_before_what_is_far_and_early_formalities_last():
    items = {f"lab/of-{stage}": {"stage": str(stage), "gate": "true"} for stage in range(1, 8)}
    answers = {"care/ahead": "in-progress"}
    book = small_handbook(items | {"care/ahead": {"stage": "5"}})
    assessment = assess(small_project(answers), book, "central", day=TODAY)
    asked = Finding(
        "debt", ASK, Debt(track=Name("track", ("technical",)), working=5, stage=1), unanswered=("lab/of-1",)
    )
    found = names(moves(assessment, book, forecast(assessment, book), [asked]))
    assert found == ["care/ahead", "lab/of-5", "lab/of-6", "lab/of-4", "lab/of-3", "lab/of-2", "lab/of-1"]


def test_what_nobody_has_looked_at_holds_up_nothing_when_it_should_be_there():
    items: dict[str, dict[str, Any]] = {
        "lab/early": {"stage": "1"},
        "lab/next": {"stage": "3"},
        "lab/rests-on-early": {"stage": "3", "requires": ["lab/early"]},
        "lab/rests-on-next": {"stage": "3", "requires": ["lab/next"]},
    }
    assert "lab/rests-on-early" in names(ranked(items, {}))
    assert "lab/rests-on-next" not in names(ranked(items, {}))
    assert "lab/rests-on-early" not in names(ranked(items, {"lab/early": "not-met"}))


def test_then_comes_what_most_gates_wait_for():
    items: dict[str, dict[str, Any]] = {
        "lab/none": {"stage": "3"},
        "lab/one": {"stage": "3"},
        "lab/two": {"stage": "3"},
        "lab/gate": {"stage": "3", "gate": "true", "requires": ["lab/one", "care/between"]},
        "care/between": {"stage": "3", "requires": ["lab/two"]},
        "money/gate": {"stage": "3", "gate": "true", "requires": ["lab/two"]},
    }
    found = ranked(items, {})
    assert names(found) == ["lab/two", "lab/one", "lab/none"]
    assert [set(move.gates) for move in found] == [{"lab/gate", "money/gate"}, {"lab/gate"}, set()]


def test_the_number_of_gates_comes_before_the_slack():
    items: dict[str, dict[str, Any]] = {
        "lab/soon": {"stage": "3", "lead": "12"},
        "lab/wide": {"stage": "3", "lead": "1"},
        "lab/gate": {"stage": "3", "gate": "true", "lead": "1", "requires": ["lab/wide"]},
    }
    found = ranked(items, {}, targets={"3": "2028-06"})
    assert names(found) == ["lab/wide", "lab/soon"]
    assert [move.plan and move.plan.slack for move in found] == [17, 7]


def test_then_comes_what_has_least_slack_and_last_what_has_no_date():
    items: dict[str, dict[str, Any]] = {
        "lab/no-lead": {"stage": "3"},
        "lab/two-months": {"stage": "3", "lead": "2"},
        "lab/twelve-months": {"stage": "3", "lead": "12"},
        "lab/thirty-months": {"stage": "3", "lead": "30"},
    }
    found = ranked(items, {}, targets={"3": "2028-06"})
    assert names(found) == ["lab/thirty-months", "lab/twelve-months", "lab/two-months", "lab/no-lead"]


def test_what_is_alike_stands_in_the_order_of_the_checklists():
    items = {f"lab/{word}": {"stage": "3"} for word in ("zebra", "apple", "mango")}
    assert names(ranked(items, {})) == list(items)


def test_a_gate_after_the_next_stages_is_not_counted_and_no_move():
    items: dict[str, dict[str, Any]] = {
        "lab/a": {"stage": "3"},
        "lab/gate": {"stage": "3", "gate": "true", "requires": ["lab/a"]},
        "lab/later": {"stage": "4", "gate": "true", "requires": ["lab/a"]},
        "lab/free": {"stage": "4", "gate": "true"},
    }
    (move,) = ranked(items, {})
    assert move.state.item.name == "lab/a"
    assert move.gates == ("lab/gate",)


def test_no_gate_waits_through_an_item_that_is_met_or_does_not_apply():
    items: dict[str, dict[str, Any]] = {
        "lab/a": {"stage": "3"},
        "lab/b": {"stage": "3"},
        "lab/met": {"stage": "3", "requires": ["lab/a"]},
        "lab/away": {"stage": "3", "requires": ["lab/b"]},
        "lab/gate": {"stage": "3", "gate": "true", "requires": ["lab/met", "lab/away"]},
    }
    found = {move.state.item.name: move.gates for move in ranked(items, {"lab/met": SHOWN, "lab/away": AWAY})}
    assert found == {"lab/a": (), "lab/b": (), "lab/gate": ("lab/gate",)}


def test_an_item_can_be_started_once_what_it_requires_has_begun():
    items: dict[str, dict[str, Any]] = {
        "lab/a": {"stage": "3"},
        "lab/b": {"stage": "3", "requires": ["lab/a"]},
    }
    assert names(ranked(items, {})) == ["lab/a"]
    assert names(ranked(items, {"lab/a": "not-met"})) == ["lab/a"]
    assert names(ranked(items, {"lab/a": "in-progress"})) == ["lab/a", "lab/b"]
    assert names(ranked(items, {"lab/a": SHOWN})) == ["lab/b"]
    assert names(ranked(items, {"lab/a": AWAY})) == ["lab/b"]


def test_a_gate_that_only_lacks_its_proof_counts_as_begun():
    items: dict[str, dict[str, Any]] = {
        "lab/a": {"stage": "3", "gate": "true"},
        "lab/b": {"stage": "3", "requires": ["lab/a"]},
    }
    assert names(ranked(items, {"lab/a": "not-met"})) == ["lab/a"]
    assert names(ranked(items, {"lab/a": "met"})) == ["lab/a", "lab/b"]
    assert names(ranked(items, {"lab/a": SHOWN})) == ["lab/b"]


# --- laws of moves and lift, on random answers to the real checklists ---

ROUTES = ["central-authorisation", "hospital-exemption"]
STATES: list[Any] = [SHOWN, SHOWN, "met", "in-progress", "not-met", None, AWAY]


@st.composite
def reports(draw: st.DrawFn) -> ProjectReport:
    """Draw a project with everything met up to a stage of each track, and some answers that differ."""
    book, route = real(), draw(st.sampled_from(ROUTES))
    upto = {track: draw(st.integers(0, 9)) for track in book.frame.tracks}
    answers: dict[str, Any] = {n: SHOWN for n, item in book.items.items() if item.stage <= upto[item.track]}
    answers |= draw(st.dictionaries(st.sampled_from(list(book.items)), st.sampled_from(STATES), max_size=12))
    targets = draw(st.sampled_from([{}, {"5": "2027-06", "8": "2030-01"}]))
    words = {"modality": "ex-vivo-gene-modified-cell", "donor": "patient", "route": route}
    return report_on(small_project(answers, targets=targets, **words), book, route, day=TODAY)


@QUICK
@given(reports())
def test_moves_are_the_open_items_of_the_next_stages_that_can_be_started(seen: ProjectReport) -> None:
    states = seen.assessment.states
    tracks = seen.assessment.tracks
    horizon = 1 + max(standing.working_stage for standing in tracks.values())

    def waits(name: str) -> bool:
        state = states[name]
        if state.unanswered:
            return state.item.stage > tracks[state.item.track].working_stage
        return state.open and state.status not in ("in-progress", "met")

    ready = {
        name
        for name, state in states.items()
        if state.open
        and state.item.stage <= horizon
        and not any(other in states and waits(other) for other in state.item.requires)
    }
    assert sorted(names(seen.moves)) == sorted(ready)


@QUICK
@given(reports())
def test_moves_named_by_a_finding_to_act_on_stand_before_all_others(seen: ProjectReport) -> None:
    acts = {name for finding in seen.findings if finding.severity == ACT for name in finding.items}
    others = {name for finding in seen.findings if finding.severity != ACT for name in finding.items}
    asked = {name for finding in seen.findings for name in finding.unanswered}
    front = max(standing.working_stage for standing in seen.assessment.tracks.values())

    def place(move: Move) -> int:
        name, ahead, unanswered = move.state.item.name, move.state.item.stage - front, move.state.unanswered
        named = name in others or (name in asked and ahead >= 0)
        return 0 if name in acts else 3 if unanswered and ahead < -1 else 1 if named else 2

    places = [place(move) for move in seen.moves]
    assert places == sorted(places)
    for at in set(places):
        alike = [
            (move.state.unanswered, abs(front - move.state.item.stage)) for move in seen.moves if place(move) == at
        ]
        assert alike == sorted(alike) or at == 0


@QUICK
@given(reports())
def test_every_move_belongs_to_one_partner_and_keeps_its_place(seen: ProjectReport) -> None:
    groups = by_partner(seen.moves, seen.handbook)
    partners = list(seen.handbook.frame.partners)
    assert all(groups.values())
    assert list(groups) == [partner for partner in partners if partner in groups]
    for partner, group in groups.items():
        assert list(group) == [move for move in seen.moves if move.state.item.owner == partner]
    assert sum(map(len, groups.values())) == len(seen.moves)


def levels(project: Project, book: Handbook, day: date = TODAY) -> dict[str, int]:
    standings = assess(project, book, project.route[0], day=day).tracks
    return {track: standing.level for track, standing in standings.items()}


def with_met(project: Project, met: list[str]) -> Project:
    """Answer some more items with met."""
    plain = dict.fromkeys(met, SHOWN)
    status: dict[str, dict[str, Any]] = {area: dict(group) for area, group in project.status.items()}
    for name, given_answer in small_project(plain).answers.items():
        area, _, word = name.partition("/")
        status.setdefault(area, {})[word] = given_answer
    return Project.model_construct(**{**dict(project), "status": status})


@QUICK
@given(reports(), st.data())
def test_the_lift_is_the_smallest_set_that_raises_the_lowest_track(seen: ProjectReport, data: st.DataObject) -> None:
    tracks, found = seen.assessment.tracks, seen.lift
    lowest = min(standing.level for standing in tracks.values())
    if found is None:
        assert lowest == 9
        return
    assert (tracks[found.track].level, found.level) == (lowest, lowest)
    gates = names(found.gates)
    assert gates == [
        name
        for name, state in seen.assessment.states.items()
        if state.open and state.item.gate and (state.item.track, state.item.stage) == (found.track, lowest + 1)
    ]
    after = levels(with_met(seen.project, gates), seen.handbook)[found.track]
    next_but_one = [
        state.open
        for state in seen.assessment.states.values()
        if state.item.gate and (state.item.track, state.item.stage) == (found.track, lowest + 2)
    ]
    assert after == lowest + 1 if any(next_but_one) or lowest == 8 else after > lowest + 1
    for left_out in gates:
        others = [gate for gate in gates if gate != left_out]
        some = data.draw(st.sets(st.sampled_from(others))) if others else set()
        for subset in (others, sorted(some)):
            assert levels(with_met(seen.project, subset), seen.handbook)[found.track] == lowest


@QUICK
@given(reports())
def test_what_comes_before_the_lift_is_all_that_its_gates_wait_for(seen: ProjectReport) -> None:
    if seen.lift is None:
        return
    states, gates = seen.assessment.states, set(names(seen.lift.gates))

    def before(name: str) -> set[str]:
        required = {r for r in states[name].item.requires if r in states and states[r].open}
        return required.union(*(before(other) for other in required)) if required else required

    first = names(seen.lift.first)
    assert set(first) == set[str]().union(*(before(gate) for gate in gates)) - gates
    assert len(first) == len(set(first))
    for place, name in enumerate(first):
        assert not before(name) & set(first[place + 1 :]), "what is required stands first"


def test_nothing_lifts_a_project_whose_gates_are_all_met():
    words = {"modality": "autologous-cell", "route": "central-authorisation"}
    answers = dict.fromkeys(real().items, SHOWN)
    seen = report_on(small_project(answers, **words), real(), "central-authorisation", day=TODAY)
    assert (seen.lift, seen.moves) == (None, ())


# --- the path ---

GATES: dict[str, dict[str, Any]] = {
    "lab/a": {"stage": "1", "gate": "true"},
    "lab/b": {"stage": "1", "gate": "true"},
    "lab/c": {"stage": "2", "gate": "true", "requires": ["lab/a"]},
    "lab/d": {"stage": "4", "gate": "true"},
    "care/a": {"stage": "1", "gate": "true"},
    "care/b": {"stage": "2", "gate": "true"},
    "care/other": {"stage": "1"},
    "money/a": {"stage": "1", "gate": "true"},
    "money/permit": {"stage": "3", "gate": "true", "applies-to": {"route": "exemption"}},
    "money/market": {"stage": "3", "gate": "true", "applies-to": {"route": "central"}},
}
BOOK = small_handbook(GATES)


def assessed(answers: dict[str, Any], day: date = TODAY, **more: Any) -> Assessment:
    project = small_project(answers, **more)
    return assess(project, BOOK, project.route[0], day=day)


def level_on(path: tuple[Step, ...], track: str, day: date) -> int:
    return next((step.levels[track] for step in reversed(path) if step.day <= day), 0)


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an answer with up to three earlier ones, each of another month; a year that still runs may be the last."""
    months = sorted(draw(st.sets(st.integers(0, 34), min_size=1, max_size=4)))  # from 2024-01 to 2026-11
    states = []
    for month in months:
        since = f"{2024 + month // 12}-{month % 12 + 1:02}"
        if draw(st.booleans()):
            since += f"-{draw(st.integers(1, 22)):02}"
        elif month == months[-1] and month > 23:
            since = draw(st.sampled_from([since, "2026"]))
        state = {"status": draw(st.sampled_from(["met", "met", "met", "in-progress", "not-met"])), "since": since}
        states.append(state | draw(st.sampled_from([{"evidence": "Report 1"}] * 3 + [{}])))
    *earlier, last = states
    return {**last, "earlier": draw(st.permutations(earlier))}


HISTORIES = st.fixed_dictionaries({}, optional=dict.fromkeys(GATES, histories()))


@QUICK
@given(HISTORIES, st.sampled_from(["central", "exemption"]))
def test_the_path_is_what_an_assessment_says_on_every_day(answers: dict[str, Any], route: str) -> None:
    project = small_project(answers, route=route)
    path = steps(assess(project, BOOK, route, day=TODAY))
    assert list(path) == sorted(path, key=lambda step: step.day)
    changed = {
        moment.last for a in project.answers.values() for moment in (a.since, *(p.since for p in a.earlier)) if moment
    }
    around = {day + timedelta(days=n) for day in changed for n in (-1, 0, 1)}
    for day in sorted({day for day in around if day < TODAY} | {TODAY - timedelta(days=1), TODAY}):
        then = levels(project_at(project, day, TODAY), BOOK, day)
        assert {track: level_on(path, track, day) for track in then} == then, day
    assert levels(project, BOOK) == levels(project_at(project, TODAY, TODAY), BOOK)


@QUICK
@given(HISTORIES)
def test_each_step_of_a_path_changes_a_level(answers: dict[str, Any]) -> None:
    path = steps(assessed(answers))
    before = {"technical": 0, "clinical": 0, "commercial": 0}
    for step in path:
        assert step.levels != before
        before = dict(step.levels)


def test_a_level_rises_on_the_day_of_the_last_of_its_gates():
    answers = {
        "lab/a": {**SHOWN, "since": "2026-02-03"},
        "lab/b": {**SHOWN, "since": "2026-05-20"},
        "lab/c": {**SHOWN, "since": "2026-03"},
    }
    path = steps(assessed(answers))
    # Stage 3 of the technical track has no gates, stage 4 an open one.
    assert [(step.day, step.levels["technical"]) for step in path if step.levels["technical"]] == [
        (date(2026, 5, 20), 3)
    ]


def test_a_day_known_by_its_month_counts_by_the_last_day():
    path = steps(assessed({"care/a": {**SHOWN, "since": "2026-02"}}))
    assert [level_on(path, "clinical", date(2026, 2, n)) for n in (27, 28)] == [0, 1]


def test_a_day_known_by_its_year_counts_by_the_last_day():
    path = steps(assessed({"care/a": {**SHOWN, "since": "2024"}}))
    assert [level_on(path, "clinical", day) for day in (date(2024, 12, 30), date(2024, 12, 31))] == [0, 1]


def test_a_path_ends_on_the_day_of_the_look():
    answers = {"care/a": {**SHOWN, "since": "2026-01-15"}, "care/b": {**SHOWN, "since": "2026-06-01"}}
    path = steps(assessed(answers, date(2026, 5, 31)))
    assert [step.levels["clinical"] for step in path] == [1]


SET_BACK = {
    "status": "not-met",
    "since": "2026-06-01",
    "earlier": [{"status": "met", "since": "2025-03-01", "evidence": "Report 1"}],
}


def test_a_level_that_falls_is_shown():
    path = steps(assessed({"care/a": SET_BACK}))
    assert [(step.day, step.levels["clinical"]) for step in path if step.day > date(2025, 1, 1)] == [
        (date(2025, 3, 1), 1),
        (date(2026, 6, 1), 0),
    ]
    (fall,) = falls(path)
    assert (fall.day, fall.track, fall.before, fall.after) == (date(2026, 6, 1), "clinical", 1, 0)


def test_a_level_that_only_rises_has_no_fall():
    assert falls(steps(assessed({"care/a": {**SHOWN, "since": "2025"}, "care/b": {**SHOWN, "since": "2026-01"}}))) == ()


def test_a_project_turned_back_holds_only_what_had_been_answered():
    answers = {
        "care/a": {**SHOWN, "since": "2026-03-02"},
        "care/b": {"status": "in-progress", "since": "2026-04"},
        "care/other": "met",
    }
    project = small_project(answers)
    held = {day: sorted(project_at(project, day, TODAY).answers) for day in map(date.fromisoformat, DAYS)}
    assert list(held.values()) == [[], ["care/a"], ["care/a"], ["care/a", "care/b"]]
    assert project_at(project, date(2026, 4, 30), TODAY).assessed == date(2026, 4, 30)
    assert project.answers.keys() == answers.keys(), "the project itself stays as it is"


DAYS = ["2026-03-01", "2026-03-02", "2026-04-29", "2026-04-30"]


def test_a_project_turned_back_holds_what_an_item_was_before():
    twice = {**SET_BACK, "earlier": [{"status": "in-progress", "since": "2024-11-01"}, *SET_BACK["earlier"]]}
    project = small_project({"care/a": twice})
    seen = [
        str(given_answer.status) if (given_answer := project_at(project, day, TODAY).answers.get("care/a")) else None
        for day in (date(2024, 10, 31), date(2024, 11, 1), date(2025, 3, 1), date(2026, 5, 31), date(2026, 6, 1))
    ]
    assert seen == [None, "in-progress", "met", "met", "not-met"]
    then = project_at(project, date(2025, 3, 1), TODAY).answers["care/a"]
    assert (then.evidence, str(then.since)) == ("Report 1", "2025-03-01")


def test_what_does_not_apply_is_out_of_every_count_of_a_project_turned_back():
    project = small_project({"care/a": AWAY, "care/b": {**SHOWN, "since": "2026-01-15"}})
    # With care/a out of the count no gate of the clinical track is open from care/b's day on.
    for day, level in ((date(2026, 1, 14), 1), (date(2026, 1, 15), 9), (TODAY, 9)):
        assert levels(project_at(project, day, TODAY), BOOK, day)["clinical"] == level
    assert levels(project_at(project, TODAY, TODAY), BOOK) == levels(project, BOOK)


def test_the_path_and_an_assessment_agree_on_what_began_not_to_apply():
    before = [{"status": "met", "since": "2025-03-01", "evidence": "Report 1"}]
    for away in ({**AWAY, "since": "2026-05-01"}, {**AWAY, "since": "2026-05-01", "earlier": before}):
        project = small_project({"care/a": away, "care/b": {**SHOWN, "since": "2026-01-15"}})
        path, day = steps(assess(project, BOOK, "central", day=TODAY)), date(2026, 3, 1)
        then = project_at(project, day, TODAY)
        assert then.answers["care/a"] == project.answers["care/a"], "it holds for all time"
        assert level_on(path, "clinical", day) == levels(then, BOOK, day)["clinical"] == 9


RUNNING = ["2026-11", "2026"]


@pytest.mark.parametrize("since", RUNNING)
def test_the_path_ends_at_the_present_levels(since: str) -> None:
    assessment = assessed({"care/a": {**SHOWN, "since": since}})
    path, now = steps(assessment), assessment.tracks["clinical"].level
    assert level_on(path, "clinical", TODAY) == now == 1
    assert level_on(path, "clinical", TODAY - timedelta(days=1)) == 0


@pytest.mark.parametrize("since", RUNNING)
def test_a_month_or_a_year_that_still_runs_counts_from_the_day_of_the_look(since: str) -> None:
    project = small_project({"care/a": {**SHOWN, "since": since}})
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert "care/a" in project_at(project, TODAY, TODAY).answers
    assert "care/a" not in project_at(project, yesterday, TODAY).answers
    assert "care/a" in project_at(project, yesterday, yesterday).answers
    assert "care/a" not in project_at(project, TODAY, tomorrow).answers
    first = date(2026, 11, 1) if since == "2026-11" else date(2026, 1, 1)
    assert "care/a" in project_at(project, first, first).answers
    assert "care/a" not in project_at(project, first - timedelta(days=1), first - timedelta(days=1)).answers


def test_a_month_that_has_ended_counts_by_its_last_day_whenever_one_looks():
    project = small_project({"care/a": {**SHOWN, "since": "2026-10"}})
    for day, held in ((date(2026, 10, 30), False), (date(2026, 10, 31), True)):
        for today in (date(2026, 10, 31), TODAY, date(2027, 6, 1)):
            assert ("care/a" in project_at(project, day, today).answers) is held


def test_a_month_that_has_not_begun_lies_ahead():
    project = small_project({"care/a": {**SHOWN, "since": "2026-12"}})
    assert project_at(project, TODAY, TODAY).answers == {}
    assert steps(assessed({"care/a": {**SHOWN, "since": "2026-12"}})) == ()
    assert changes(assessed({"care/a": {**SHOWN, "since": "2026-12"}}), 90) == ()


@pytest.mark.parametrize("since", RUNNING)
def test_what_changed_in_a_month_or_a_year_that_still_runs_is_a_change_of_today(since: str) -> None:
    (change,) = changes(assessed({"care/a": {**SHOWN, "since": since}}), 90)
    assert (change.state.item.name, change.day, change.fell) == ("care/a", TODAY, False)


# --- changes ---


def changed(since: str, **more: Any) -> list[tuple[str, bool]]:
    found = changes(assessed({"care/a": {**SHOWN, "since": since, **more}}), 90)
    return [(str(change.day), change.fell) for change in found]


def test_a_change_ninety_days_ago_is_recent_and_one_a_day_older_is_not():
    assert changed("2026-08-24") == [("2026-08-24", False)]  # 7 + 30 + 31 + 22 = 90 days before 22 November
    assert changed("2026-08-23") == []
    assert changed("2026-11-22") == [("2026-11-22", False)]


def test_an_item_that_had_been_met_fell_and_one_that_had_not_did_not():
    before = [{"status": "met", "since": "2025-03-01", "evidence": "Report 1"}]
    assert changed("2026-10-01", status="not-met", earlier=before) == [("2026-10-01", True)]
    assert changed("2026-10-01", status="in-progress", earlier=before) == [("2026-10-01", True)]
    assert changed("2026-10-01", status="met", earlier=before) == [("2026-10-01", False)]
    begun = [{"status": "in-progress", "since": "2025-03-01"}]
    assert changed("2026-10-01", status="not-met", earlier=begun) == [("2026-10-01", False)]


def test_changes_stand_the_newest_first():
    answers = {
        name: {"status": "in-progress", "since": since}
        for name, since in [("lab/a", "2026-09-10"), ("lab/b", "2026-11-01"), ("care/other", "2026-10-05")]
    }
    found = changes(assessed(answers), 90)
    assert [(change.state.item.name, change.day) for change in found] == [
        ("lab/b", date(2026, 11, 1)),
        ("care/other", date(2026, 10, 5)),
        ("lab/a", date(2026, 9, 10)),
    ]


def test_the_published_number_of_recent_days_is_ninety():
    assert real().frame.thresholds.recent_days == int(FRAME["thresholds"]["recent-days"]) == 90
