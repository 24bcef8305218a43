"""Levels, gaps and findings: against a second calculation, a table of small cases, and laws that always hold."""

from __future__ import annotations

import copy
import dataclasses
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.assessment.assess import Assessment, assess
from macros.findings.finding import Finding, in_order
from macros.findings.general_rules import general_findings
from macros.model.checklist import AreaFile, Frame
from macros.model.handbook import Handbook
from macros.model.items import Area
from macros.model.status_file import Project
from tests.support import independent
from tests.support.examples import repeatable
from tests.support.paths import ROOT
from tests.support.small import FRAME, real

TODAY = date(2026, 11, 22)
BOOK = independent.read_checklists(ROOT / "checklists")
PROJECTS = independent.read_projects(ROOT / "projects")
TABLE = independent.plain(ROOT / "tests/assessment/levels.yml")
CASES: dict[str, dict[str, Any]] = TABLE["cases"]
SHOWN = {"status": "met", "since": "2026-01-15", "evidence": "Report 1"}

ProjectReport = tuple[Assessment, tuple[Finding, ...]]


def reports(book: Handbook, project: Project, today: date) -> dict[str, ProjectReport]:
    assessed = {route: assess(project, book, route, day=today) for route in project.route}
    return {route: (each, in_order(general_findings(each, book), each)) for route, each in assessed.items()}


def told(report: ProjectReport) -> independent.Standing:
    """Bring what `macros` says into the shape of the second calculation."""
    assessment, found = report
    stages = next(iter(assessment.tracks.values())).counts
    assert len({(finding.kind, finding.subject) for finding in found}) == len(found), "no finding is listed twice"
    return independent.Standing(
        level={track: standing.level for track, standing in assessment.tracks.items()},
        possible={track: standing.possible_level for track, standing in assessment.tracks.items()},
        working={track: standing.working_stage for track, standing in assessment.tracks.items()},
        counts={
            track: {stage: (count.met, count.asked) for stage, count in standing.counts.items()}
            for track, standing in assessment.tracks.items()
        },
        open={
            track: {stage: frozenset(s.item.name for s in assessment.gaps(track, stage - 1, stage)) for stage in stages}
            for track in assessment.tracks
        },
        findings={
            (finding.kind, str(finding.severity), finding.subject): (
                frozenset(finding.items),
                frozenset(finding.unanswered),
            )
            for finding in found
        },
        acknowledged=frozenset(finding.kind for finding in found if finding.acknowledged),
    )


# --- the real projects ---


@pytest.mark.parametrize("name", PROJECTS)
def test_every_real_project_stands_where_a_second_calculation_puts_it(name: str) -> None:
    by_macros = reports(real(), real().projects[name], TODAY)
    expected = independent.stand(BOOK, PROJECTS[name], TODAY)
    assert {route: told(report) for route, report in by_macros.items()} == expected


@pytest.mark.parametrize("name", PROJECTS)
def test_gaps_of_a_real_project_come_by_stage_with_the_gates_first(name: str) -> None:
    for assessment, _ in reports(real(), real().projects[name], TODAY).values():
        for track, standing in assessment.tracks.items():
            gaps = assessment.gaps(track, 0, standing.level + 1)
            assert [(s.item.stage, not s.item.gate) for s in gaps] == sorted(
                (s.item.stage, not s.item.gate) for s in gaps
            )
            assert [s.item.name for s in standing.blocking] == [
                s.item.name for s in gaps if s.item.gate and s.item.stage == standing.level + 1
            ]


def worked_example() -> list[tuple[str, int, dict[str, str]]]:
    """Read the table of gates on the page: name, stage and answer."""
    rows = re.findall(
        r"^\| \[[^]]+\]\(areas/([\w-]+)\.md#([\w-]+)\) \| (\d) \| ([^|]+) \|",
        (ROOT / "docs/levels.md").read_text("utf-8"),
        re.MULTILINE,
    )
    found = []
    for area, word, stage, text in rows:
        answer = {"status": "met" if text.startswith("met") else text.strip().replace(" ", "-")}
        if since := re.search(r"since ([\d-]+)", text):
            answer["since"] = since[1]
        if evidence := re.search(r"(?<!no )evidence ([^|]+)", text):
            answer["evidence"] = evidence[1].strip()
        found.append((f"{area}/{word}", int(stage), answer))
    return found


def test_the_worked_example_on_the_page_is_what_the_checklists_ask() -> None:
    gates = {n: int(i["stage"]) for n, i in BOOK.items.items() if i["track"] == "clinical" and i.get("gate") == "true"}
    example = {name: stage for name, stage, _ in worked_example()}
    assert len(example) == 4
    for modality in BOOK.frame["modalities"]:
        project = {"modality": modality, "donor": "patient", "route": "central-authorisation"}
        asked = independent.asked_of(BOOK, project, "central-authorisation")
        first = {name: stage for name, stage in gates.items() if name in asked and stage <= 2}
        assert first == {name: stage for name, stage in example.items() if stage <= 2}, modality
    assert example.items() <= gates.items()


@pytest.mark.parametrize(("evidence", "level"), [("", 1), ("Permit 1", 2)])
def test_the_worked_example_on_the_page_holds(evidence: str, level: int) -> None:
    given_answers = {name: answer for name, _, answer in worked_example()}
    unsupported = next(n for n, a in given_answers.items() if a["status"] == "met" and "evidence" not in a)
    given_answers[unsupported] |= {"evidence": evidence} if evidence else {}
    for name, item in BOOK.items.items():
        if item["track"] != "clinical" and int(item["stage"]) <= 4:
            given_answers[name] = dict(SHOWN)
    project = dictionary("autologous-cell", "central-authorisation", given_answers)
    assessment, found = reports(real(), record(project), TODAY)["central-authorisation"]
    standing = assessment.tracks["clinical"]
    assert assessment.tracks["technical"].level == 4
    assert (standing.level, standing.possible_level, standing.working_stage) == (level, 2, 3)
    (apart,) = [finding for finding in found if finding.kind == "imbalance"]
    assert (apart.severity, apart.items, apart.unanswered) == ("watch", ("unmet-need/patient-count",), ())


# --- small cases ---


def small_frame(thresholds: dict[str, str]) -> dict[str, Any]:
    def titled(*words: str) -> dict[str, Any]:
        return {word: {"title": word, "about": word} for word in words}

    return {
        **BOOK.frame,  # what the cases do not speak of
        "tracks": titled("technical", "clinical", "commercial"),
        "stages": {str(n): {"title": "a", "entry": "b", "exit": "c"} for n in range(1, 5)},
        "partners": titled("university", "hospital", "company"),
        "roles": titled("gmp-site", "clinic", "sponsor"),
        "modalities": {**titled("cell"), "vector": {**titled("vector")["vector"], "donor": "none"}},
        "donors": titled("patient", "other", "none"),
        "routes": titled("central", "exemption"),
        "thresholds": {**FRAME["thresholds"], **thresholds},
    }


TRACK_OF = {"lab": "technical", "many": "technical", "care": "clinical", "money": "commercial"}


def small_books(thresholds: dict[str, str]) -> tuple[independent.Checklists, Handbook]:
    """Make the checklists of the table twice, from the same words: as plain values and as records."""
    frame = small_frame(thresholds)
    words = {"title": "a", "why": "b", "done-when": "c", "evidence": "d"}
    areas = {
        name: {word: {**words, **item} for word, item in group.items()} for name, group in TABLE["checklists"].items()
    }
    plain = {
        f"{a}/{word}": {"track": TRACK_OF[a], **item} for a, group in areas.items() for word, item in group.items()
    }
    files = {a: AreaFile.model_validate({"title": a, "intro": a, "items": group}) for a, group in areas.items()}
    records = {a: Area.model_construct(**dict(file), name=a, track=TRACK_OF[a]) for a, file in files.items()}
    nothing: dict[str, Any] = {field.name: {} for field in dataclasses.fields(Handbook)}
    book = Handbook(**{**nothing, "frame": Frame.model_validate(frame), "areas": records})
    return independent.Checklists(frame, plain, {}), book


def dictionary(modality: str, route: Any, given_answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Write a status file as plain values."""
    status: dict[str, dict[str, Any]] = {}
    for name, answer in given_answers.items():
        area, _, word = name.partition("/")
        status.setdefault(area, {})[word] = answer
    head = {"title": "a", "summary": "b", "lead": "university", "assessed": str(TODAY)}
    return {"checklist": real().frame.edition, **head, "modality": modality, "route": route, "status": status, **more}


def record(project: dict[str, Any]) -> Project:
    """Read a status file as the handbook's own record."""
    return Project.model_validate({**project, "id": "a"})


def small_project(case: dict[str, Any]) -> dict[str, Any]:
    """Write out the status file of a case."""
    items = {f"{area}/{word}": item for area, group in TABLE["checklists"].items() for word, item in group.items()}
    given_answers: dict[str, Any] = {}
    for track, stage in case.get("gates", {}).items():
        for name, item in items.items():
            if item.get("gate") and TRACK_OF[name.partition("/")[0]] == track and int(item["stage"]) <= int(stage):
                given_answers[name] = SHOWN
    for words, answer in case.get("many", {}).items():
        given_answers.update({f"many/{word}": answer for word in words.split()})
    given_answers.update({name: SHOWN if a == "shown" else a or None for name, a in case.get("answers", {}).items()})
    if rest := case.get("everything-else"):
        given_answers = dict.fromkeys(items, rest) | given_answers
    assert given_answers.keys() <= items.keys()
    modality = case.get("modality", "cell")
    donor = {"donor": case.get("donor", "other")} if modality == "cell" else {}
    more = {key: case[key] for key in ("kind", "assessed", "acknowledged", "confirmed") if key in case}
    return dictionary(modality, case.get("route", "central"), given_answers, **donor, **more)


def expected(case: dict[str, Any], standing: independent.Standing) -> dict[str, Any]:
    """Take from a standing what a case speaks of, in the words of the table."""
    said: dict[str, Any] = {}
    for key, values in case.items():
        if key in ("level", "possible", "working"):
            said[key] = {track: str(getattr(standing, key)[track]) for track in values}
        elif key == "counts":
            said[key] = {
                track: {stage: "/".join(map(str, standing.counts[track][int(stage)])) for stage in stages}
                for track, stages in values.items()
            }
        elif key == "gaps":
            said[key] = {track: sorted(standing.gaps(track)) for track in values}
        elif key == "findings":
            said[key] = {
                kind: sorted(f"{severity} {subject}".strip() for k, severity, subject in standing.findings if k == kind)
                for kind in values
            }
        elif key in ("causes", "unanswered"):
            place = ("causes", "unanswered").index(key)
            said[key] = {
                kind: sorted({n for found, both in standing.findings.items() if found[0] == kind for n in both[place]})
                for kind in values
            }
        elif key == "acknowledged-kinds":
            said[key] = sorted(standing.acknowledged)
    return said


def written(case: dict[str, Any]) -> dict[str, Any]:
    """Take from a case what it expects, with lists in order."""
    nested = {"findings", "gaps", "causes", "unanswered"}
    said: dict[str, Any] = {key: case[key] for key in ("level", "possible", "working", "counts") if key in case}
    said |= {key: {name: sorted(names) for name, names in case[key].items()} for key in nested if key in case}
    return said | {key: sorted(case[key]) for key in ("acknowledged-kinds",) if key in case}


INPUT = {
    "gates",
    "many",
    "answers",
    "modality",
    "donor",
    "route",
    "kind",
    "assessed",
    "today",
    "thresholds",
    "acknowledged",
    "confirmed",
    "everything-else",
}
OUTPUT = {"level", "possible", "working", "counts", "gaps", "findings", "causes", "unanswered", "acknowledged-kinds"}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_as_published(case: dict[str, Any]) -> None:
    assert case.keys() <= INPUT | OUTPUT
    assert case.keys() & OUTPUT
    plain, book = small_books(case.get("thresholds", {}))
    project = small_project(case)
    today = date.fromisoformat(case.get("today", str(TODAY)))
    ((route, second),) = independent.stand(plain, project, today).items()
    first = told(reports(book, record(project), today)[route])
    assert expected(case, first) == written(case)
    assert expected(case, second) == written(case), "the second calculation itself"
    assert first == second


def test_a_project_on_two_routes_stands_on_each_by_itself() -> None:
    plain, book = small_books({})
    project = small_project(CASES["a gate of the route is asked"]) | {"route": ["central", "exemption"]}
    by_macros = {route: told(report) for route, report in reports(book, record(project), TODAY).items()}
    assert {route: standing.level["commercial"] for route, standing in by_macros.items()} == {
        "central": 2,
        "exemption": 3,
    }
    assert by_macros == independent.stand(plain, project, TODAY)


def test_what_is_to_be_acted_on_comes_first_and_what_is_acknowledged_last() -> None:
    _, book = small_books({})
    case = CASES["three levels apart are to be acted on"] | {
        "assessed": "2026-01-01",
        "acknowledged": {"stale": {"because": "We wait.", "until": "2027-03"}},
    }
    _, found = reports(book, record(small_project(case)), TODAY)["central"]
    order = [(finding.acknowledged is not None, finding.severity == "watch") for finding in found]
    assert order == sorted(order)
    assert found[0].kind == "imbalance"
    assert found[-1].kind == "stale"


# --- laws, on random answers to the real checklists ---

QUICK = repeatable(150)

DAYS = st.one_of(
    st.dates(date(2015, 1, 1), TODAY).map(str),
    st.dates(date(2024, 11, 1), date(2024, 12, 31)).map(str),
    st.dates(date(2015, 1, 1), TODAY).map(lambda day: str(day)[:7]),
    st.integers(2015, 2026).map(str),
)
LONG_ANSWERS = st.fixed_dictionaries(
    {"status": st.sampled_from(["met", "met", "met", "in-progress", "not-met"])},
    optional={"since": DAYS, "evidence": st.just("Report 1"), "reviewed": DAYS},
).filter(lambda answer: answer.get("reviewed", "9") >= answer.get("since", "0"))
ANSWERS = st.one_of(
    st.just(SHOWN),
    LONG_ANSWERS,
    st.sampled_from(["met", "in-progress", "not-met"]),
    st.just({"status": "not-applicable", "because": "None of it."}),
    st.none(),
)
DONORS = {
    modality: [entry["donor"]] if "donor" in entry else [] for modality, entry in BOOK.frame["modalities"].items()
}


@st.composite
def projects(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a status file; most draws have met all up to some stage, so that levels are not all nought."""
    modality = draw(st.sampled_from(sorted(DONORS)))
    upto = {track: draw(st.integers(0, 9)) for track in BOOK.frame["tracks"]}
    given_answers = {name: SHOWN for name, item in BOOK.items.items() if int(item["stage"]) <= upto[item["track"]]}
    others = draw(
        st.dictionaries(st.sampled_from(sorted(BOOK.items)), ANSWERS, max_size=draw(st.sampled_from([3, 30])))
    )
    routes = st.sampled_from([["central-authorisation"], ["hospital-exemption"], [*BOOK.frame["routes"]]])
    kinds = draw(st.sampled_from(["project", "project", "illustration", "retrospective"]))
    acknowledged = st.dictionaries(
        st.sampled_from(sorted(BOOK.frame["findings"])),
        st.fixed_dictionaries(
            {"because": st.just("We wait."), "until": st.sampled_from(["2026-10", "2026-11", "2027-01"])}
        ),
        max_size=2,
    )
    more = {
        "kind": kinds,
        "assessed": str(draw(st.dates(date(2025, 11, 1), TODAY))),
        "acknowledged": draw(acknowledged),
        **({} if DONORS[modality] else {"donor": draw(st.sampled_from(["patient", "other"]))}),
    }
    return dictionary(modality, draw(routes), given_answers | others, **more)


def levels(project: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {
        route: {track: standing.level for track, standing in assessment.tracks.items()}
        for route, (assessment, _) in reports(real(), record(project), TODAY).items()
    }


@QUICK
@given(projects())
def test_random_projects_stand_where_a_second_calculation_puts_them(project: dict[str, Any]) -> None:
    by_macros = {route: told(report) for route, report in reports(real(), record(project), TODAY).items()}
    assert by_macros == independent.stand(BOOK, project, TODAY)


@QUICK
@given(projects(), st.sampled_from(["in-progress", "not-met", None, "met"]), st.data())
def test_a_level_never_rises_when_a_met_gate_is_set_back(
    project: dict[str, Any], lower: str | None, data: st.DataObject
) -> None:
    met = [name for name, answer in independent.answers(project).items() if answer["status"] == "met"]
    gates = [name for name in met if BOOK.items[name].get("gate") == "true"]
    if not gates:
        return
    area, _, word = data.draw(st.sampled_from(gates)).partition("/")
    changed = copy.deepcopy(project)
    changed["status"][area][word] = lower
    before, after = levels(project), levels(changed)
    assert all(after[route][track] <= before[route][track] for route in before for track in before[route])


@QUICK
@given(projects(), st.data())
def test_a_level_never_falls_when_an_item_is_met(project: dict[str, Any], data: st.DataObject) -> None:
    area, _, word = data.draw(st.sampled_from(sorted(BOOK.items))).partition("/")
    changed = copy.deepcopy(project)
    changed["status"].setdefault(area, {})[word] = SHOWN
    before, after = levels(project), levels(changed)
    assert all(after[route][track] >= before[route][track] for route in before for track in before[route])


@QUICK
@given(projects(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(project: dict[str, Any], random: Any) -> None:
    shuffled = copy.deepcopy(project)
    areas = [(area, list(group.items())) for area, group in project["status"].items()]
    random.shuffle(areas)
    for _, group in areas:
        random.shuffle(group)
    shuffled["status"] = {area: dict(group) for area, group in areas}
    one, other = (reports(real(), record(each), TODAY) for each in (project, shuffled))
    for route, (assessment, found) in one.items():
        assert assessment.tracks == other[route][0].tracks
        assert found == other[route][1]


@QUICK
@given(projects(), st.data())
def test_an_answer_to_an_item_that_is_not_asked_changes_nothing(project: dict[str, Any], data: st.DataObject) -> None:
    asked = frozenset[str]().union(*(independent.asked_of(BOOK, project, route) for route in project["route"]))
    name = data.draw(st.sampled_from(sorted(BOOK.items.keys() - asked)))
    area, _, word = name.partition("/")
    changed = copy.deepcopy(project)
    changed["status"].setdefault(area, {})[word] = data.draw(ANSWERS)
    one, other = (reports(real(), record(each), TODAY) for each in (project, changed))
    assert {route: told(report) for route, report in one.items()} == {
        route: told(report) for route, report in other.items()
    }
