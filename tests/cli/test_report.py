"""`python -m macros report`: what is computed for a project, as a person and as a program read it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from macros.cli.main import main
from macros.engine.portfolio import Portfolio
from macros.engine.report import report_on
from macros.outputs.api.report import SCHEMA, report_schema
from macros.outputs.project_text import WIDTH, as_text
from tests.support import independent
from tests.support.paths import ROOT
from tests.support.small import SHOWN, TODAY, real, small_handbook, small_project

PROJECTS = independent.read_projects(ROOT / "projects")
RETINA = "projects/retina.yml"


class Done(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a copy of the miniature, or elsewhere; the day is 22 November 2026."""

    def command(*words: str, root: Path = handbook) -> Done:
        monkeypatch.chdir(root)
        return Done(main(["report", *words]), *capsys.readouterr())

    return command


@functools.cache
def schema() -> Any:
    (written,) = report_schema(Portfolio(real(), TODAY), "")
    assert written[0] == SCHEMA
    return json.loads(written[1])


def reports(done: Done) -> list[dict[str, Any]]:
    assert (done.status, done.err) == (0, ""), done
    found = json.loads(done.out)
    Draft202012Validator.check_schema(schema())
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(found)] == []
    return list(found)


def spoil(root: Path, old: str, new: str, file: str = RETINA) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


# --- for programs ---


def test_every_project_stands_where_a_second_calculation_puts_it(run: Run) -> None:
    book = independent.read_checklists(ROOT / "checklists")
    found = {(each["project"], each["route"]): each for each in reports(run("projects", "--format", "json", root=ROOT))}
    expected = {
        (name, route): standing
        for name, project in PROJECTS.items()
        for route, standing in independent.stand(book, project, TODAY).items()
    }
    assert found.keys() == expected.keys()
    for key, standing in expected.items():
        tracks = found[key]["tracks"]
        assert {name: track["level"] for name, track in tracks.items()} == standing.level
        assert {name: track["possible_level"] for name, track in tracks.items()} == standing.possible
        assert {name: track["working_stage"] for name, track in tracks.items()} == standing.working
        told = [
            (f["kind"], f["severity"], frozenset(f["items"]), frozenset(f["unanswered"]))
            for f in found[key]["findings"]
        ]
        for (kind, severity, _), causes in standing.findings.items():
            assert (kind, severity, *causes) in told


def test_every_field_says_what_the_engine_computes(run: Run) -> None:
    (found,) = reports(run("projects/car-t-lymphoma.yml", "--format", "json", root=ROOT))
    project = real().projects["car-t-lymphoma"]
    report = report_on(project, real(), project.route[0], day=TODAY)
    assert (found["project"], found["route"], found["day"]) == (project.id, "hospital-exemption", str(TODAY))
    for track, standing in report.assessment.tracks.items():
        assert found["tracks"][track] == {
            "level": standing.level,
            "possible_level": standing.possible_level,
            "own_level": standing.own_level,
            "renewed_level": standing.renewed_level,
            "working_stage": standing.working_stage,
            "blocking": [state.item.name for state in standing.blocking],
        }
    assert found["findings"] == [
        {
            "kind": f.kind,
            "subject": f.subject,
            "severity": f.severity,
            "acknowledged": bool(f.acknowledged),
            "items": list(f.items),
            "unanswered": list(f.unanswered),
        }
        for f in report.findings
    ]
    assert [finding["kind"] for finding in found["findings"] if finding["acknowledged"]] == ["imbalance"]
    assert [tuple(plan.values()) for plan in found["plans"]] == [
        (name, p.when, p.start_by and str(p.start_by), p.finish_by and str(p.finish_by), p.target or None)
        for name, p in report.forecast.plans.items()
    ]
    assert [tuple(each.values()) for each in found["outlook"]] == [
        (each.stage, str(each.earliest), each.target and str(each.target)) for each in report.forecast.outlook
    ]
    assert found["moves"] == [move.state.item.name for move in report.moves]
    assert all(found.values()), "nothing is empty here"


def test_a_project_on_two_routes_stands_there_twice(run: Run) -> None:
    found = reports(run("projects/cartilage-graft.yml", "--format", "json", root=ROOT))
    assert [each["route"] for each in found] == ["central-authorisation", "hospital-exemption"]
    text = run("projects/cartilage-graft.yml", root=ROOT).out
    assert text.count("(cartilage-graft)") == 2
    assert re.findall(r"^(Central authorisation|Hospital exemption)\. Day", text, re.MULTILINE) == [
        "Central authorisation",
        "Hospital exemption",
    ]


def test_files_stand_in_the_order_in_which_they_are_named_and_each_once(run: Run) -> None:
    files = ("projects/til-therapy.yml", "projects/glybera.yml", "projects/til-therapy.yml")
    found = reports(run(*files, "--format", "json", root=ROOT))
    assert [each["project"] for each in found] == ["til-therapy", "glybera"]


def test_a_retrospective_is_seen_on_its_own_day_whatever_day_is_asked_for(run: Run) -> None:
    (found,) = reports(run("projects/glybera.yml", "--day", "2030-01-01", "--format", "json", root=ROOT))
    assert found["day"] == PROJECTS["glybera"]["assessed"]
    assert (found["plans"], found["outlook"]) == ([], [])
    assert "this is a retrospective" in run("projects/glybera.yml", root=ROOT).out


def test_the_region_own_gates_and_the_renewed_level_are_said_where_they_differ() -> None:
    handbook = small_handbook({"lab/a": {"stage": "1", "gate": "true"}})
    report = report_on(small_project({"lab/a": SHOWN}), handbook, "central", day=TODAY)
    tracks = {
        name: replace(standing, own_level=0, renewed_level=3) for name, standing in report.assessment.tracks.items()
    }
    text = as_text([replace(report, assessment=replace(report.assessment, tracks=tracks))])
    assert "0 with the region's own gates" in text
    assert "3 under edition v2026.1" in " ".join(text.split())


# --- the day ---


def test_what_counts_from_a_day_counts_from_the_one_that_is_named(run: Run) -> None:
    def stale(*words: str) -> list[str]:
        (found,) = reports(run(RETINA, "--format", "json", *words))
        return [finding["kind"] for finding in found["findings"] if finding["kind"] == "stale"]

    assert stale() == []
    assert stale("--day", "2027-12-31") == ["stale"]
    assert reports(run(RETINA, "--format", "json", "--day", "2026-11-10"))[0]["day"] == "2026-11-10"


def test_a_file_written_for_a_day_ahead_can_be_read_on_that_day(run: Run, handbook: Path) -> None:
    spoil(handbook, "assessed: 2026-11-02", "assessed: 2027-05-01")
    assert run(RETINA).status == 1
    assert run(RETINA, "--day", "2027-05-01").status == 0


@pytest.mark.parametrize("day", ["", "tomorrow", "2027", "2027-01", "2027-02-30", "20270101", "2027-W01-1", "1\x1b[2J"])
def test_anything_but_a_day_is_refused_with_a_sentence(run: Run, day: str) -> None:
    done = run(RETINA, "--day", day)
    assert (done.status, done.out) == (2, "")
    assert "is not a day. Write it as --day 2027-01-31." in done.err
    assert "\x1b" not in done.err


# --- files ---


@pytest.mark.parametrize(
    "file",
    ["projects/nowhere.yml", "/nowhere.yml", "checklists/navigator.yml", "checklists", "empty", "projects/.hid.yml"],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_no_status_file_is_refused_with_a_sentence(run: Run, handbook: Path, file: str, form: str) -> None:
    (handbook / "empty").mkdir()
    (handbook / "projects/.hid.yml").write_bytes((handbook / RETINA).read_bytes())
    done = run(RETINA, file, "--format", form)
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(r"\S+ is no status file(, nor a folder of such files)?\.\n", done.err)


@pytest.mark.parametrize("day", [(), ("--day", "2026-11-30")])
def test_problems_of_a_file_are_printed_and_nothing_is_reported(run: Run, handbook: Path, day: tuple[str, ...]) -> None:
    (handbook / "projects/lens.yml").write_bytes((handbook / RETINA).read_bytes())
    spoil(handbook, "status: met", "status: mett")
    done = run("projects", *day)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(f"{RETINA}:13:")
    assert '"met"' in done.out and "lens.yml" not in done.out
    found = json.loads(run("projects", *day, "--format", "json").out)
    assert [problem["file"] for problem in found["problems"]] == [RETINA]


def test_a_slip_does_not_stop_a_report(run: Run, handbook: Path) -> None:
    spoil(handbook, "planned: 2027-02", "planned: 2026-10")
    assert reports(run(RETINA, "--format", "json"))[0]["project"] == "retina"


@pytest.mark.parametrize("form", ["text", "json"])
def test_problems_of_the_checklists_are_printed(run: Run, handbook: Path, form: str) -> None:
    spoil(handbook, "edition:", "edition-of:", "checklists/navigator.yml")
    done = run(RETINA, "--format", form)
    assert done.status == 1
    assert "checklists/navigator.yml:" in done.out


def test_a_draft_from_anywhere_is_read_against_the_checklists_here(run: Run, handbook: Path, tmp_path: Path) -> None:
    draft = tmp_path / "drafts/idea.yml"
    draft.parent.mkdir()
    draft.write_bytes((handbook / RETINA).read_bytes())
    (own,) = reports(run(RETINA, "--format", "json"))
    for name in (str(draft), "../drafts/idea.yml", "../drafts"):
        assert reports(run(name, "--format", "json")) == [own | {"project": "idea"}]
    draft.write_text(draft.read_text("utf-8").replace("lead: university", "lead: nobody"), "utf-8")
    done = run(str(draft))
    assert done.status == 1
    assert done.out.startswith("../drafts/idea.yml:6:")


@pytest.mark.parametrize(("name", "kind"), [("My draft.yml", "file-name"), ("draft.txt", "wrong-extension")])
def test_a_draft_has_a_name_that_a_status_file_can_have(run: Run, tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_text("title: a", "utf-8")
    done = run(f"../{name}")
    assert done.status == 1
    assert f"[{kind}]" in done.out


def test_projects_of_a_folder_elsewhere_are_reported(
    run: Run, handbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "projects").mkdir(parents=True)
    (home / "projects/cornea.yml").write_bytes((handbook / RETINA).read_bytes())
    monkeypatch.setenv("NAVIGATOR_HOME", str(home))
    assert [each["project"] for each in reports(run("projects/cornea.yml", "--format", "json"))] == ["cornea"]
    assert [each["project"] for each in reports(run("projects", "--format", "json"))] == ["cornea", "retina"]


# --- for people ---


@pytest.mark.parametrize("name", PROJECTS)
def test_the_text_is_plain_and_fits_a_terminal(run: Run, name: str) -> None:
    text = run(f"projects/{name}.yml", root=ROOT).out
    assert max(map(len, text.splitlines())) <= WIDTH
    assert [row for row in text.splitlines() if row != row.rstrip()] == []
    assert re.findall(r"&\w+;|&#\d+;|</?\w+>|\{\{|%[(%]", text) == []
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_the_text_says_levels_findings_dates_outlook_and_moves(run: Run) -> None:
    text = run("projects/aav-liver.yml", root=ROOT).out
    flat = " ".join(text.split())
    assert "Central authorisation. Day 2026-11-22, assessed 2026-02-10." in flat
    assert "commercial level 5 of 9, working stage 6; 6 possible" in flat
    assert "held by Compare yearly running cost with yearly demand (business/upkeep)" in flat
    assert (
        "watch The plan does not meet its target. 1 item is late for the target of stage 6. "
        "First move: Shorten the chain" in flat
    )
    assert "watch A gate is reported as met without evidence. 1 gate is reported as met without evidence or" in flat
    assert "late - 2025-12 Update the model with trial data" in flat
    assert "ask - 2027-10 Complete the confirmatory trial" in flat
    assert re.search(r"stage 6 \d{4}-\d\d at the earliest, target 2025-12: \d+ months late", flat)
    assert "1 Name who takes over if the owner, partner or funder leaves (team/successor), Company" in flat
    parts = [part.splitlines()[0] for part in text.split("\n\n")[1:]]
    assert parts == ["Levels", "Findings", "Dates        start by  done by", "Outlook", "Next moves"]


def test_an_acknowledged_finding_says_until_when(run: Run) -> None:
    assert "acknowledged until 2027-03: " in run("projects/car-t-lymphoma.yml", root=ROOT).out


def test_what_a_terminal_would_obey_or_hide_never_reaches_it(run: Run, handbook: Path) -> None:
    """What the reader lets through, by the record itself; what it refuses, by the command."""
    hostile = "\x1b[2J\x9b31m\u202egnirts\r\n\u200b\ue000 {{ x }} <b>&amp;"
    project = small_project({}, title=hostile)
    handbook_of_one = small_handbook({"lab/a": {"stage": "1", "gate": "true"}})
    text = as_text([report_on(project, handbook_of_one, "central", day=date(2026, 11, 22))])
    assert [character for character in text.replace("\n", "") if not character.isprintable()] == []
    assert "{{ x }} <b>&amp;" in text
    spoil(handbook, "title: Retinal cells", 'title: "\x1b[2J\u202e Retinal cells"')
    for form in ("text", "json"):
        done = run(RETINA, "--format", form)
        assert done.status == 1
        assert [c for c in (done.out + done.err).replace("\n", "") if not c.isprintable()] == []
