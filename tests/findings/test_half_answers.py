"""True with half the answers: what nobody has looked at is a question, and never an alarm."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml
from invented import invent

from macros.assessment.history import project_at
from macros.engine.report import ProjectReport, report_on
from macros.findings.severity import ACT, ASK
from macros.model.handbook import Handbook
from macros.model.items import Area
from macros.model.region import RegionFile
from macros.model.status_file import Project, ProjectKind
from tests.findings.test_balanced import FIT, MET, NOT_MET, STEPS, UNDER_WAY, answer, asked_of, balanced, planted
from tests.support.examples import some
from tests.support.paths import ROOT, TESTS
from tests.support.small import PRODUCTS, SHOWN, TODAY, real, small_handbook, small_project

Words = dict[str, str]

# --- removing an answer never adds an alarm ---

DELETIONS = some(850)
"""Random deletions for each sort of project below: 5,100 in all."""

TARGETS = {str(stage): f"{2026 + stage}-06" for stage in range(1, 10)}


def illustrations(_: random.Random) -> Iterator[Project]:
    yield from (p for p in real().projects.values() if p.kind is not ProjectKind.RETROSPECTIVE)


def histories(_: random.Random) -> Iterator[Project]:
    for project in real().projects.values():
        if project.kind is ProjectKind.RETROSPECTIVE:
            yield project
            yield from (project_at(project, reading.day.last, project.assessed) for reading in project.readings)


def balanced_ones(rng: random.Random) -> Iterator[Project]:
    for words in PRODUCTS:
        for level in range(9):
            answers = balanced(words, level, {name: rng.choice(STEPS) for name in real().items})
            yield small_project(dict(answers), targets=TARGETS, **words)


def faulty_ones(rng: random.Random) -> Iterator[Project]:
    """Plant the fault of each named rule in balanced projects."""
    items = real().items
    for rule, number in planted():
        condition, words = real().rules[rule].act[number], rng.choice(FIT[rule, number])
        answers: dict[str, Any] = dict(balanced(words, rng.randint(3, 8), dict.fromkeys(items, rng.choice(STEPS))))
        asked = asked_of(words)
        some = [name for name in condition.open_any if name in asked][:1]
        answers |= {name: answer(UNDER_WAY, 0) for name in condition.started}
        answers |= {name: answer(MET, 0) for name in condition.done}
        answers |= {name: answer(NOT_MET, 0) for name in (*condition.open, *condition.not_started, *some)}
        figures = {name: f"{share - 0.01:.2f}" for name, share in condition.metric_below.items()}
        yield small_project(answers, metrics=figures, targets=TARGETS, **words)


def invented_ones(_: random.Random) -> Iterator[Project]:
    for plain in invent(real(), 60):
        yield Project.model_validate({**plain, "id": "invented"})


def random_ones(rng: random.Random) -> Iterator[Project]:
    """Answer anything at all, with debts, plans, events and a stage of another track confirmed as a whole."""
    for _ in range(60):
        words = rng.choice(PRODUCTS)
        answers: dict[str, Any] = {}
        for name in asked_of(words):
            status = rng.choice([MET, MET, UNDER_WAY, NOT_MET, "not-applicable"])
            more: dict[str, str] = {"since": "2026-01-15"} if rng.random() < 0.8 else {}
            more |= {"evidence": "Report 1"} if rng.random() < 0.8 else {}
            more |= {"planned": f"20{rng.randint(26, 40)}-05"} if rng.random() < 0.3 else {}
            more |= {"because": "None of it."} if status == "not-applicable" else {}
            more |= {"owed": "true"} if real().items[name].can_be_owed and rng.random() < 0.5 else {}
            answers[name] = {"status": status, **more}
        whole = {"since": "2026-01-15", "evidence": "Decision 1", "checklist": real().frame.edition}
        track = rng.choice(list(real().frame.tracks))
        answers = {name: given for name, given in answers.items() if real().items[name].track != track}
        events = [{"date": "2026-03-01", "kind": kind, "text": "It happened."} for kind in real().events]
        confirmed = {track: {str(rng.randint(1, 9)): whole}}
        yield small_project(answers, confirmed=confirmed, events=events, targets=TARGETS, **words)


SORTS: list[Callable[[random.Random], Iterator[Project]]] = [
    *(illustrations, histories, balanced_ones, faulty_ones, invented_ones, random_ones)
]


def without(project: Project, names: set[str]) -> Project:
    """Take answers out of a project."""
    status = {
        area: {word: given for word, given in group.items() if f"{area}/{word}" not in names}
        for area, group in project.status.items()
    }
    return Project.model_construct(**{**dict(project), "status": status})


def worst(report: ProjectReport) -> dict[str, int]:
    """Say of each kind of finding how much it alarms: 0 for a question."""
    ranks: dict[str, int] = {}
    for finding in report.findings:
        ranks[finding.kind] = max(ranks.get(finding.kind, 0), ASK.rank - finding.severity.rank)
    return ranks


def late(report: ProjectReport) -> set[str]:
    return {name for name, plan in report.forecast.plans.items() if plan.when == "late"}


def compared(before: ProjectReport, after: ProjectReport) -> list[str]:
    """Name what the second report says that the first one does not."""
    was, found = worst(before), []
    found += [f"{kind} rises" for kind, rank in worst(after).items() if rank > was.get(kind, 0)]
    found += [f"{name} is late" for name in late(after) - late(before)]
    for track, standing in after.assessment.tracks.items():
        least = min(before.assessment.tracks[track].possible_level, standing.working_stage)
        found += [f"{track} cannot be at level {least}"] if standing.possible_level < least else []
    return found


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.__name__)
def test_removing_an_answer_never_adds_an_alarm(sort: Callable[[random.Random], Iterator[Project]]) -> None:
    rng = random.Random(20261122)
    projects = [project for project in sort(rng) if project.answers]
    reports: dict[tuple[int, str], ProjectReport] = {}
    for _ in range(DELETIONS):
        place = rng.randrange(len(projects))
        project, names = projects[place], sorted(projects[place].answers)
        route = rng.choice(project.route)
        number = rng.choice([1, 1, 2, 5, len(names) // 2, rng.randint(1, len(names)), len(names)])
        gone = set(rng.sample(names, min(max(1, number), len(names))))
        if (place, route) not in reports:
            reports[place, route] = report_on(project, real(), route, day=TODAY)
        after = report_on(without(project, gone), real(), route, day=TODAY)
        assert compared(reports[place, route], after) == [], (project.id, place, gone if number < 6 else number)


@pytest.mark.parametrize("words", PRODUCTS, ids=lambda words: " ".join(words.values()))
def test_a_balanced_project_with_half_its_answers_has_nothing_to_act_on(words: Words) -> None:
    rng = random.Random(1)
    for level in range(9):
        whole = small_project(dict(balanced(words, level, {n: rng.choice(STEPS) for n in real().items})), **words)
        for _ in range(3):
            half = without(whole, set(rng.sample(sorted(whole.answers), len(whole.answers) // 2)))
            found = report_on(half, real(), words["route"], day=TODAY).findings
            assert [finding.kind for finding in found if finding.severity == ACT] == []


def asked_later(*names: str) -> Handbook:
    """Make a handbook of two stages in which some of the hospital's items are asked since a second edition."""
    items: dict[str, dict[str, Any]] = {
        f"{area}/{word}-{stage}": {"stage": stage, "gate": "true", "owner": owner}
        for area, owner in (("lab", "university"), ("care", "hospital"), ("money", "company"))
        for word in ("a", "b")
        for stage in ("1", "2")
    }
    book = small_handbook(
        {name: each | ({"since": "v2026.2"} if name in names else {}) for name, each in items.items()}
    )
    return replace(book, frame=book.frame.model_copy(update={"edition": "v2026.2", "editions": ("v2026.1",)}))


@pytest.mark.parametrize("new", [["care/b-1"], ["care/b-2"], ["care/b-1", "care/b-2"]])
def test_what_a_later_edition_asks_is_not_known_when_it_is_said_who_takes_part(new: list[str]) -> None:
    book = asked_later(*new)
    frame = book.frame.model_copy(update={"thresholds": book.frame.thresholds.model_copy(update={"silo_least": 4})})
    book = replace(book, frame=frame)
    known = dict.fromkeys((name for name in book.items if name.startswith("care/")), "not-met")
    rest = dict.fromkeys((name for name in book.items if not name.startswith("care/")), SHOWN)
    subjects = {}
    for answers in ({**rest, **known}, {**rest, **known, **dict.fromkeys(new)}):
        report = report_on(small_project(answers), book, "central", day=TODAY)
        subjects[len(report.assessment.new)] = {each.subject for each in report.findings if each.kind == "silo"}
    assert subjects == {0: {"hospital"}, len(new): set()}


def test_a_large_share_leaves_room_for_what_a_later_edition_asks() -> None:
    book = asked_later("care/a-1", "care/a-2", "care/b-1", "care/b-2")
    limits = book.frame.thresholds.model_copy(update={"silo_least": 4, "silo_share": 60})
    book = replace(book, frame=book.frame.model_copy(update={"thresholds": limits}))
    lab = dict.fromkeys((name for name in book.items if name.startswith("lab/")), SHOWN)
    known = dict.fromkeys((name for name in book.items if not name.startswith("lab/")), "not-met")
    subjects = []
    for answers in ({**known, **lab}, {**known, **lab, **dict.fromkeys(n for n in known if n.startswith("care/"))}):
        report = report_on(small_project(answers), book, "central", day=TODAY)
        subjects.append(
            [each.subject for each in report.findings if each.kind == "silo" and each.subject == "university"]
        )
    assert subjects == [["university"], []]


def test_one_empty_early_gate_of_a_complete_file_puts_nothing_out_of_step() -> None:
    trials = 0
    for words in PRODUCTS:
        for level in (4, 6, 8):
            whole = small_project(dict(balanced(words, level, dict.fromkeys(real().items, MET))), **words)
            for name in asked_of(words):
                item = real().items[name]
                if item.gate and item.stage <= 3:
                    trials += 1
                    found = report_on(without(whole, {name}), real(), words["route"], day=TODAY).findings
                    (apart,) = [finding for finding in found if finding.kind == "imbalance"]
                    assert (apart.severity, apart.items, apart.unanswered) == (ASK, (), (name,))
    assert trials >= 583


# --- a late project at first entry ---

KNOWN: dict[int, Words] = {
    # What anybody knows of a project that treats its first patients: fewer than ten answers.
    6: {
        "unmet-need/need-statement": MET,
        "non-clinical/proof-of-concept": MET,
        "funding/trial-funding": MET,
        "authorisation/trial-application": MET,
        "trial/first-cohort": UNDER_WAY,
        "manufacturing/gmp-transfer": MET,
        "analytics/potency-assay-qualified": UNDER_WAY,
        "team/successor": NOT_MET,
    },
    # And of one that confirms its effect, and looks for a permit.
    7: {
        "follow-up/register-ready": UNDER_WAY,
        "manufacturing/exemption-permit": UNDER_WAY,
        "trial/early-readout": MET,
        "trial/confirmatory-trial": UNDER_WAY,
        "process/process-validation": UNDER_WAY,
        "supply/shelf-life-reach": NOT_MET,
        "funding/confirmatory-funding": MET,
        "health-economics/national-dossier": NOT_MET,
        "team/successor": UNDER_WAY,
    },
}


@pytest.mark.parametrize("stage", KNOWN)
@pytest.mark.parametrize("words", PRODUCTS, ids=lambda words: " ".join(words.values()))
def test_a_late_project_is_read_sensibly_on_the_day_it_enters(words: Words, stage: int) -> None:
    asked = asked_of(words)
    given = {name: SHOWN if status == MET else status for name, status in KNOWN[stage].items() if name in asked}
    assert len(given) < 10
    project = small_project(given, targets={str(stage): "2029-06"}, **words)
    report = report_on(project, real(), words["route"], day=TODAY)
    states = report.assessment.states
    working = max(standing.working_stage for standing in report.assessment.tracks.values())
    acts = [finding for finding in report.findings if finding.severity == ACT]
    assert len(acts) <= 2, acts
    named = {name for finding in report.findings if finding.severity != ASK for name in finding.items}
    assert all(states[name].answered_open for name in named), named
    assert [finding for finding in report.findings if finding.severity == ASK and finding.items] == []
    urgent = {name for finding in acts for name in finding.items}
    moves = [move.state.item for move in report.moves if move.state.item.name not in urgent]
    tracks = report.assessment.tracks
    for item in moves[:5]:
        assert min(working, tracks[item.track].working_stage) <= item.stage <= working + 1, item.name
    asks = [finding for finding in report.findings if finding.severity == ASK and finding.could == ACT]
    near = [max(states[name].item.stage for name in finding.unanswered) >= working - 1 for finding in asks]
    assert near == sorted(near, reverse=True)
    assert near[0] or working == 8, "of a permit at stage 8, no rule asks what is due just before it"


# --- what the law asks first ---


def test_dosing_without_permits_is_to_be_acted_on_and_all_five_are_named() -> None:
    plain = yaml.load((TESTS / "findings/dosing-without-permits.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    project = Project.model_validate({**plain, "id": "probe"})
    (finding,) = [
        finding
        for finding in report_on(project, real(), project.route[0], day=TODAY).findings
        if finding.kind == "unlawful"
    ]
    five = {
        "authorisation/trial-application",
        "authorisation/gmo-release",
        "manufacturing/qualified-person",
        "materials/vector-batch-released",
        "hospital-readiness/readiness-review",
    }
    assert finding.severity == ACT
    assert {*finding.items} == five
    assert finding.pairs == (("trial/first-cohort", finding.items),)
    assert not five & {*finding.unanswered}


def test_every_real_item_that_the_law_guards_is_guarded_by_something_it_requires() -> None:
    guarded = [item for item in real().items.values() if item.unlawful_without]
    assert guarded
    assert all({*item.unlawful_without} <= {*item.requires} for item in guarded)


# --- what the region provides ---


def test_what_the_region_provides_is_not_the_work_of_a_project() -> None:
    names = [item.name for item in real().items.values() if item.inheritable] or ["manufacturing/quality-system"]
    for words in PRODUCTS:
        for name in names:
            book = providing(real(), name)
            report = report_on(small_project({}, **words), book, words["route"], day=TODAY)
            tracks = report.assessment.tracks
            assert {(each.level, each.possible_level, each.working_stage) for each in tracks.values()} == {(0, 0, 0)}
            assert report.findings == ()
            assert name not in report.assessment.states or report.assessment.states[name].inherited


def providing(book: Handbook, *names: str) -> Handbook:
    place = {"title": "Clean room", "status": "in-place", "since": "2026-03-01", "evidence": "Permit 7"}
    region = {
        "name": "Here",
        "site": {"name": "Here", "address": "https://example.org/"},
        "facilities": {"room": {**place, "provides": list(names)}},
    }
    return replace(book, region=RegionFile.model_validate(region))


def test_an_inherited_item_is_neither_started_nor_hollow_nor_a_share_of_what_is_met() -> None:
    items: dict[str, dict[str, Any]] = {
        "lab/first": {"stage": "1", "gate": "true"},
        "lab/second": {"stage": "3", "gate": "true", "requires": ["lab/first"], "unlawful-without": ["lab/first"]},
        "care/first": {"stage": "1", "gate": "true"},
        "money/first": {"stage": "1", "gate": "true"},
    }
    book = providing(small_handbook(items), "lab/second")
    report = report_on(small_project({"lab/first": "not-met"}), book, "central", day=TODAY)
    state = report.assessment.states["lab/second"]
    assert (state.through, state.counts, state.started, state.own_met) == ("facility", True, False, False)
    assert report.assessment.tracks["technical"].working_stage == 0
    assert report.findings == ()


# --- whose answer holds ---


WHOLE = {"technical": {"2": {"since": "2026-02-01", "evidence": "Decision 1", "checklist": "v2026.1"}}}


@pytest.mark.parametrize(
    ("own", "confirmed", "provided", "through", "status"),
    [
        ({}, {}, [], "own", "not-assessed"),
        ({}, {}, ["lab/a"], "facility", "met"),
        ({}, WHOLE, ["lab/a"], "confirmation", "met"),
        ({"lab/a": "not-met"}, WHOLE, ["lab/a"], "own", "not-met"),
        ({"lab/a": None}, WHOLE, [], "confirmation", "met"),
    ],
)
def test_an_own_answer_comes_before_a_confirmed_stage_and_that_before_what_is_inherited(
    own: dict[str, Any], confirmed: dict[str, Any], provided: list[str], through: str, status: str
) -> None:
    book = providing(small_handbook({"lab/a": {"stage": "2", "gate": "true"}}), *provided)
    state = report_on(small_project(own, confirmed=confirmed), book, "central", day=TODAY).assessment.states["lab/a"]
    assert (state.through, state.status) == (through, status)


def renamed() -> Handbook:
    """Make a handbook whose second edition asks an item of another track under a new name."""
    book = small_handbook(
        {
            "care/new-name": {"stage": "1", "gate": "true", "since": "v2026.2"},
            "care/later": {"stage": "1", "since": "v2026.2"},
            "money/other": {"stage": "1", "gate": "true"},
        }
    )
    gone = {"old-name": {"moves": "Asked there.", "edition": "v2026.2", "to": "care/new-name", "same-question": "true"}}
    area = Area.model_validate({"title": "m", "intro": "m", "items": {}, "retired": gone, "name": "m", "track": "t"})
    money = book.areas["money"].model_copy(update={"retired": area.retired})
    frame = book.frame.model_copy(update={"edition": "v2026.2", "editions": ("v2026.1",)})
    return replace(book, frame=frame, areas={**book.areas, "money": money})


@pytest.mark.parametrize(
    ("answers", "status", "level"),
    [
        ({"money/old-name": SHOWN}, "met", 9),
        ({"money/old-name": SHOWN, "care/new-name": "in-progress"}, "in-progress", 0),
        ({"money/old-name": None}, "not-assessed", 0),
    ],
)
@pytest.mark.parametrize("checklist", ["v2026.1", "v2026.2"])
def test_an_old_answer_to_the_same_question_counts_under_the_new_name(
    answers: dict[str, Any], status: str, level: int, checklist: str
) -> None:
    project = small_project(answers).model_copy(update={"checklist": checklist})
    assessment = report_on(project, renamed(), "central", day=TODAY).assessment
    assert assessment.states["care/new-name"].status == status
    assert assessment.tracks["clinical"].level == level
    new = [item.name for item in assessment.new]
    assert new == (["care/later"] if checklist == "v2026.1" else []), "the same question is not asked anew"


def test_the_region_of_skane_provides_only_what_can_be_inherited() -> None:
    plain = yaml.safe_load((ROOT / "docs/regions/skane/overlay.yml").read_text("utf-8"))
    region = yaml.safe_load((ROOT / "docs/regions/skane/region.yml").read_text("utf-8"))
    own = {f"{area}/{word}": item for area, group in plain["add"].items() for word, item in group.items()}
    provided = [name for place in region["facilities"].values() for name in place.get("provides", [])]
    assert provided
    assert all(own[name]["inheritable"] for name in provided)
