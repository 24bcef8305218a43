"""A change is told in the field's words: what it does to projects, and what it does to the rules.

`compare/` has a folder per change, with `expected.md`, all that `python -m macros compare` prints. A change is made to
a copy of the miniature handbook: by EDITS below, and by the files in its folder, which are laid over the copy.
`pytest --bless` writes the expected texts anew: read the difference before you commit it.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import markdown  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from justhtml import JustHTML
from justhtml.dom import Element, Text

from macros.changes.comparison import Acknowledged, Comparison, Effect, Exit, ProjectChange, RuleChange
from macros.changes.diff import compare
from macros.changes.diff_text import as_json, as_markdown, as_text, schema
from macros.cli.compare import run_compare
from macros.cli.main import main
from macros.engine.report import report_on
from macros.fields.types import Record
from macros.load.handbook import load
from macros.model.handbook import Handbook
from macros.model.status_file import Project, StatusFile
from tests.support import examples
from tests.support.each import each
from tests.support.git import git
from tests.support.paths import HANDBOOK, ROOT, TESTS
from tests.support.small import real

DAY = date(2026, 11, 22)
RETINA = "projects/retina.yml"
TEAM, TRIAL = "checklists/commercial/team.yml", "checklists/clinical/trial.yml"
ANALYTICS = "checklists/technical/analytics.yml"

Edit = tuple[str, str, str]  # file, what stands there, what shall stand there

CORE_TEAM_MET = (
    RETINA,
    "joint-core-team:\n",
    "joint-core-team: {status: met, since: 2026-11-10, evidence: Minutes 1}\n",
)
DOSE_IS_A_GATE = (TRIAL, "    stage: 2\n", "    stage: 2\n    gate: true\n")

EDITS: dict[str, list[Edit]] = {
    "level-up": [CORE_TEAM_MET],
    "level-down": [
        (
            RETINA,
            "{status: met, since: 2026-03-14, evidence: SOP ANA-014}",
            "{status: in-progress, since: 2026-11-10, planned: 2027-06, "
            "earlier: [{status: met, since: 2026-03-14, evidence: SOP ANA-014}]}",
        )
    ],
    "gate-met-without-evidence": [(RETINA, "joint-core-team:\n", "joint-core-team: met\n")],
    "not-applicable": [
        (
            RETINA,
            "retention-samples: not-met",
            "retention-samples: {status: not-applicable, because: All of every batch is given.}",
        )
    ],
    "less-published": [(RETINA, "lead: university\n", "lead: university\npublish: levels\n")],
    "wording-only": [(RETINA, "Cells of one donor, placed", "Cells of a single donor, put")],
    "item-becomes-a-gate": [DOSE_IS_A_GATE],
    "item-retired": [
        (ANALYTICS, "retired:\n", "retired:\n  retention-samples: Answer potency-assay-qualified instead.\n"),
        (RETINA, "    # Keep retention samples for later comparability\n    retention-samples: not-met\n", ""),
    ],
    "target-moved": [(RETINA, "{2: 2028-02}", "{2: 2027-02, 3: 2029-06}")],
    "planned-month-slips": [(RETINA, "planned: 2027-02", "planned: 2029-06")],
    "finding-acknowledged": [
        (RETINA, "acknowledged:\n", "acknowledged:\n  late: {because: We know., until: 2028-05}\n")
    ],
    "second-route": [(RETINA, "route: central-authorisation", "route: [central-authorisation, hospital-exemption]")],
    "answers-withdrawn": [
        (RETINA, "retention-samples: not-met", "retention-samples:"),
        (RETINA, "{status: met, since: 2026-03-14, evidence: SOP ANA-014}", ""),
    ],
    "stage-confirmed": [
        (
            RETINA,
            "status:\n",
            "confirmed:\n  commercial: {2: {since: 2026-05-01, evidence: Report 7, checklist: v2026.1}}\nstatus:\n",
        )
    ],
    "project-renamed": [(RETINA, "lead: university\n", "lead: university\nformerly: [retina]\n")],
    "item-waived": [],
    "own-gate": [],
    "facility-meets-a-gate": [(TEAM, "    gate: true\n", "    gate: true\n    inheritable: true\n")],
    "project-added": [],
    "project-removed": [],
}


def edit(root: Path, *edits: Edit) -> None:
    for file, old, new in edits:
        text = (root / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands once in {file}"
        (root / file).write_text(text.replace(old, new), "utf-8")


def lay(change: str, root: Path) -> None:
    """Make one of the prepared changes to a copy of the miniature handbook."""
    edit(root, *EDITS[change])
    if change == "item-retired":
        text = (root / ANALYTICS).read_text("utf-8")
        gone = re.sub(r"  retention-samples:\n    title(.*\n)+?(?=retired:)", "", text)
        assert gone != text
        (root / ANALYTICS).write_text(gone, "utf-8")
    if change == "project-renamed":
        (root / RETINA).rename(root / "projects/macula.yml")
    if change == "project-removed":
        (root / RETINA).unlink()
    folder = TESTS / "changes/compare" / change
    if folder.is_dir():
        shutil.copytree(folder, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.md"))


@pytest.fixture
def after(handbook: Path) -> Path:
    """A second copy of the miniature handbook, to change."""
    return Path(shutil.copytree(handbook, handbook.parent / "after"))


def said(base: Path, head: Path) -> str:
    """What the two states' comparison says, as Markdown."""
    new = load(head, DAY)
    return as_markdown(compare(load(base, DAY), new, day=DAY), new)


every_change = pytest.mark.parametrize("change", EDITS)


@every_change
def test_compare_prints_what_the_folder_expects(
    change: str, handbook: Path, after: Path, bless: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(change, after)
    status = run_compare(handbook, ".", str(after))
    printed = capsys.readouterr().out
    assert status == 0, printed
    expected = TESTS / "changes/compare" / change / "expected.md"
    if bless:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text("utf-8")


def test_every_folder_has_a_change() -> None:
    assert {path.name for path in (TESTS / "changes/compare").iterdir()} == EDITS.keys()


@every_change
def test_a_comparison_has_no_empty_line_too_many_and_ends_with_one_line_break(
    change: str, handbook: Path, after: Path
) -> None:
    lay(change, after)
    text = said(handbook, after)
    assert text == text.strip() + "\n"
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    for before, row in zip(text.split("\n"), text.split("\n")[1:], strict=False):
        assert not row.startswith("#") or not before, "an empty line stands above a heading"
        assert not row.startswith("- ") or not before or before.startswith("- "), "and above a list"


# --- nothing ---


@every_change
def test_the_same_state_twice_is_no_change_in_meaning(change: str, handbook: Path) -> None:
    lay(change, handbook)
    assert said(handbook, handbook) == "No change in meaning.\n"


@pytest.mark.parametrize(
    "edits",
    [
        [(RETINA, "    # Treat the first cohort\n", "")],
        [(RETINA, "retention-samples: not-met", "retention-samples: {status: not-met}  # as before")],
        [(TRIAL, "stage: 3\n", "stage: 3  # as before\n")],
        [(RETINA, "route: central-authorisation", "route: [central-authorisation]")],
    ],
    ids=["a comment deleted", "the long form", "a comment in a checklist", "a list of one"],
)
def test_another_way_of_writing_the_same_is_no_change_in_meaning(
    edits: list[Edit], handbook: Path, after: Path
) -> None:
    edit(after, *edits)
    assert said(handbook, after) == "No change in meaning.\n"


def test_the_real_handbook_compared_with_itself_is_no_change_in_meaning() -> None:
    assert as_markdown(compare(real(), load(ROOT, DAY), day=DAY), real()) == "No change in meaning.\n"


# --- two kinds of change ---


def parts(text: str) -> tuple[str, str]:
    """Split a comparison: what is said of the projects, and what of the rules."""
    projects, _, rules = text.partition("### The rules changed")
    return projects, rules


def test_what_the_project_changed_and_what_the_rules_changed_are_told_apart(handbook: Path, after: Path) -> None:
    edit(after, CORE_TEAM_MET, DOSE_IS_A_GATE)
    projects, rules = parts(said(handbook, after))
    assert re.findall(r"\*\*(.* → .*)\*\*", projects) == ["Commercial 0 → 3"]
    assert re.findall(r"\*\*(.* → .*)\*\*", rules) == ["Clinical 2 → 1"]
    assert "Form a joint core team" not in rules
    assert "Give reasons for the first dose" not in projects


def test_a_stricter_rule_names_every_project_that_it_moves_and_no_other(handbook: Path, after: Path) -> None:
    aside = "dose-rationale: {status: not-applicable, because: The dose is settled.}"
    for root in (handbook, after):
        for name in ("cornea", "lens"):
            text = (root / RETINA).read_text("utf-8").replace("Retinal cells", f"{name.title()} cells")
            (root / f"projects/{name}.yml").write_text(text, "utf-8")
        edit(root, ("projects/lens.yml", "  trial:\n", f"  trial:\n    {aside}\n"))
    edit(after, DOSE_IS_A_GATE)
    projects, rules = parts(said(handbook, after))
    assert projects == ""
    assert re.findall("#### (.*)", rules) == ["Cornea cells for a rare dystrophy", "Retinal cells for a rare dystrophy"]
    assert "**Projects whose result moves with the rules alone:** 2" in rules


def test_a_rule_that_moves_nobody_says_so(handbook: Path, after: Path) -> None:
    edit(
        after,
        (
            ANALYTICS,
            "facility: clean-room\n",
            "facility: clean-room\n    lead-time: {months: 3, range: [2, 4], basis: planning assumption}\n",
        ),
    )
    _, rules = parts(said(handbook, after))
    assert "Changed in meaning: Keep retention samples for later comparability (lead-time)" in rules
    assert "No project's result moves." in rules


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (TRIAL, "    stage: 3\n", "    stage: 2\n", "stage"),
        (TRIAL, "    gate: true\n", "", "gate"),
        (TEAM, "owner: innovation-office", "owner: university", "owner"),
        (TRIAL, "    role: clinic\n    evidence: Dose", "    role: laboratory\n    evidence: Dose", "role"),
        (TRIAL, "requires: [trial/dose-rationale]", "requires: [team/joint-core-team]", "requires"),
        (TRIAL, ", donor: [patient, other]", "", "applies-to"),
        (ANALYTICS, "{months: 12, range", "{months: 9, range", "lead-time"),
        (ANALYTICS, "    recurring: yearly\n", "", "recurring"),
        (ANALYTICS, "    facility: clean-room\n", "", "facility"),
    ],
)
def test_a_field_that_can_move_a_result_is_a_change_in_meaning(
    file: str, old: str, new: str, field: str, handbook: Path, after: Path
) -> None:
    edit(after, (file, old, new))
    _, rules = parts(said(handbook, after))
    assert len(re.findall(rf"^- Changed in meaning: .* \({field}\)", rules, re.MULTILINE)) == 1
    assert "Only reworded" not in rules


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TEAM, "title: Form a joint", "title: Set up a joint"),
        (TEAM, "why: What a partner", "why: All that a partner"),
        (TEAM, "meet every month", "meet every quarter"),
        (TEAM, "evidence: Minutes", "evidence: Short minutes"),
        (TEAM, "supports: [university, hospital]", "supports: [hospital]"),
        (ANALYTICS, "    sources: [ema-guideline]\n", ""),
        (ANALYTICS, "    regulatory: true\n", ""),
    ],
)
def test_a_field_that_moves_nothing_is_only_reworded(
    file: str, old: str, new: str, handbook: Path, after: Path
) -> None:
    edit(after, (file, old, new))
    _, rules = parts(said(handbook, after))
    assert len(re.findall(r"^- Only reworded: \w.*", rules, re.MULTILINE)) == 1
    assert "Changed in meaning" not in rules
    assert "No project's result moves." in rules


def test_a_question_that_moves_to_another_track_is_a_change_in_meaning(handbook: Path, after: Path) -> None:
    (after / TEAM).rename(after / "checklists/clinical/team.yml")
    (after / TEAM).parent.rmdir()
    _, rules = parts(said(handbook, after))
    assert "- Changed in meaning: Form a joint core team (track)\n" in rules


def test_an_answer_to_a_new_question_moves_the_level_under_the_rules_and_not_the_project(
    handbook: Path, after: Path
) -> None:
    question = (after / TEAM).read_text("utf-8").partition("items:\n")[2].replace("joint-core-team", "second-team")
    edit(after, CORE_TEAM_MET, (TEAM, "items:\n", f"items:\n{question}"))
    projects, rules = parts(said(handbook, after))
    assert "**Commercial 0 → 3**" in projects
    assert "**Commercial 3 → 0**" in rules
    assert "New items: Form a joint core team" in rules


def test_a_project_that_follows_another_route_is_not_said_to_keep_its_levels(handbook: Path, after: Path) -> None:
    """On the other route the first cohort is not asked for, so the clinical track stands a stage higher."""
    edit(after, (RETINA, "route: central-authorisation", "route: hospital-exemption"))
    old, new = (load(root, DAY) for root in (handbook, after))
    levels = [
        report_on(book.projects["retina"], book, book.projects["retina"].route[0], day=DAY)
        .assessment.tracks["clinical"]
        .level
        for book in (old, new)
    ]
    assert levels == [2, 3]
    text = said(handbook, after)
    assert "- Route: Central authorisation → Hospital exemption\n" in text
    assert "*Route added: Hospital exemption*\n\n- **Technical 2**\n- **Clinical 3**\n" in text
    assert "*Route given up: Central authorisation*\n\n- **Technical 2**\n- **Clinical 2**\n" in text
    assert "No level and no finding moves." not in text


def test_a_finding_of_a_rule_that_is_removed_at_the_same_time_is_told_by_its_name(handbook: Path, after: Path) -> None:
    for root in (handbook, after):
        edit(
            root,
            (
                RETINA,
                "first-cohort: {status: in-progress, since: 2026-09, ",
                "first-cohort: {status: not-met, since: 2026-09, ",
            ),
        )
    edit(
        after,
        (RETINA, "{reach-share: 0.85}", "{reach-share: 0.25}"),
        ("checklists/bottlenecks.yml", "  potency-behind-the-clinic:\n", "  assay-behind-the-clinic:\n"),
    )
    projects, _ = parts(said(handbook, after))
    assert "- New finding (watch): Potency behind the clinic\n" in projects


def test_a_project_that_goes_or_comes_together_with_its_route_is_told(handbook: Path, after: Path) -> None:
    edit(handbook, (RETINA, "route: central-authorisation", "route: [central-authorisation, hospital-exemption]"))
    (after / RETINA).unlink()
    route = "  hospital-exemption: {title: Hospital exemption, about: For one hospital and its patients.}\n"
    edit(after, ("checklists/navigator.yml", route, ""))
    came, _ = parts(said(after, handbook))
    assert "A new project." in came
    gone, _ = parts(said(handbook, after))
    assert "This project is removed." in gone
    for text in (came, gone):
        assert re.search("On the route: hospital.exemption", html.unescape(text), re.IGNORECASE)


def test_a_finding_that_the_team_acknowledges_is_not_said_to_be_closed(handbook: Path, after: Path) -> None:
    (after / RETINA).write_text((after / RETINA).read_text("utf-8").partition("acknowledged:")[0], "utf-8")
    text = said(after, handbook)  # the other way about: the reason is added
    assert "- Acknowledged: The tracks are out of step (ask), until 2027-03, because: Waiting for the" in html.unescape(
        text
    )
    assert "Finding closed" not in text
    back = said(handbook, after)
    assert "- No longer acknowledged: The tracks are out of step (ask)\n" in back


def test_an_answer_that_is_taken_back_is_told(handbook: Path, after: Path) -> None:
    edit(after, (RETINA, "retention-samples: not-met", "retention-samples:"))
    assert "- Answer withdrawn: Keep retention samples for later comparability\n" in said(handbook, after)


def test_each_of_two_routes_is_told_under_its_name(handbook: Path, after: Path) -> None:
    for root in (handbook, after):
        edit(root, (RETINA, "route: central-authorisation", "route: [central-authorisation, hospital-exemption]"))
    edit(after, CORE_TEAM_MET)
    text = said(handbook, after)
    first, second = text.partition("*On the route: Central authorisation*")[2].split(
        "*On the route: Hospital exemption*"
    )
    assert "**Commercial 0 → 3**" in first
    assert "**Commercial 0 → 3**" in second


# --- the form for machines ---

LEVEL = re.compile(r"\*\*(\w+) (\d) → (\d)\*\*")


def levels_of(effects: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (t.title(), str(a), str(b))
        for effect in effects
        if effect["route_is"] == "kept"
        for t, (a, b) in effect["levels"].items()
    )


@every_change
def test_the_form_for_machines_says_the_same(
    change: str, handbook: Path, after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(change, after)
    assert run_compare(handbook, ".", str(after), "json") == 0
    document = json.loads(capsys.readouterr().out)
    old, new = load(handbook, DAY), load(after, DAY)
    text = html.unescape(said(handbook, after))
    projects, rules = parts(text)
    assert document["version"] == 2
    assert [*Draft202012Validator(json.loads(schema())).iter_errors(document)] == []
    assert document["nothing"] is (text == "No change in meaning.\n")
    assert [shown["title"] for shown in document["projects"]] == re.findall("^### (.*)$", projects, re.MULTILINE)
    for shown in document["projects"]:
        assert shown["title"] == (new.projects.get(shown["id"]) or old.projects[shown["id"]]).title
        assert shown["only_wording"] is ("Only words, dates or evidence changed." in projects)
        assert (shown["kind"] == "added") is ("A new project." in projects)
        assert (shown["kind"] == "removed") is ("This project is removed." in projects)
        for item, (was, now) in shown["again"].items():
            assert f"- {new.items[item].title}: {was} → {now}\n".replace("-", " ") in projects.replace("-", " ")
        for stage, (was, now) in shown["targets"].items():
            assert f"Target for stage {stage}: {was or 'none'} → {now or 'none'}\n" in projects
        for item, reason in shown["set_aside"].items():
            assert f"Said not to apply: {new.items[item].title}, because: {reason}\n" in projects
    moved = [effect for effects in document["rules"]["moved"].values() for effect in effects]
    effects = [effect for shown in document["projects"] for effect in shown["effects"]]
    assert levels_of(effects) == Counter(LEVEL.findall(projects))
    assert levels_of(moved) == Counter(LEVEL.findall(rules))
    assert projects.count("New finding") == sum(len(effect["opened"]) for effect in effects)
    assert projects.count("Finding closed") == sum(len(effect["closed"]) for effect in effects)
    named = [
        name
        for shown in document["projects"]
        for name in (*shown["first"], *shown["planned"], *shown["again"], *shown["withdrawn"])
    ]
    named += [name for effect in [*effects, *moved] for key in ("passed", "lost", "moved") for name in effect[key]]
    named += [*document["rules"]["added"], *document["rules"]["meaning"], *document["rules"]["wording"]]
    for name in named:
        assert (new.items[name].title if name in new.items else name) in text
    assert all(f"Retired: {name}. {word}" in rules for name, word in document["rules"]["retired"].items())


# --- states ---


class Done(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `python -m macros compare` in a folder."""

    def command(root: Path, *arguments: str) -> Done:
        monkeypatch.chdir(root)
        try:
            status = main(["compare", *arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        return Done(status, *capsys.readouterr())

    return command


def committed(root: Path, make: Callable[[Path], object] | None = None) -> Path:
    """Make a repository of a folder: its branch "before" and, with what `make` does to it, its branch "after"."""
    git(root, "init", "--quiet", "--initial-branch=before")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=before")
    if make:
        make(root)
        git(root, "checkout", "--quiet", "-b", "after")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message=after")
    return root


def unknown(name: str) -> Done:
    return Done(2, "", f'"{name}" is neither a folder with checklists nor a revision that Git knows.\n')


@pytest.mark.parametrize("change", ["level-up", "item-retired", "project-added", "project-removed"])
def test_revisions_and_folders_give_the_same_text(change: str, handbook: Path, after: Path, run: Run) -> None:
    lay(change, after)
    expected = Done(0, (TESTS / "changes/compare" / change / "expected.md").read_text("utf-8"), "")
    assert run(handbook, ".", str(after)) == expected
    committed(handbook, lambda root: lay(change, root))
    for states in (("before", "after"), ("after~1", "HEAD"), ("before",), ("before", str(after))):
        assert run(handbook, *states) == expected, states


def test_what_is_not_committed_yet_is_compared_too(handbook: Path, run: Run) -> None:
    committed(handbook)
    edit(handbook, CORE_TEAM_MET)
    assert "**Commercial 0 → 3**" in run(handbook, "before").out
    assert run(handbook, "before", "HEAD").out == "No change in meaning.\n"


def test_a_handbook_in_a_folder_of_a_larger_repository_is_compared_too(handbook: Path, run: Run) -> None:
    committed(handbook.parent)
    edit(handbook, CORE_TEAM_MET)
    done = run(handbook, "before")
    assert (done.status, done.err) == (0, "")
    assert "**Commercial 0 → 3**" in done.out


def test_a_comparison_leaves_the_repository_as_it_is(handbook: Path, run: Run) -> None:
    committed(handbook, lambda root: lay("level-up", root))
    edit(handbook, DOSE_IS_A_GATE)
    (handbook / "projects/cornea.yml").write_bytes((handbook / RETINA).read_bytes())
    git(handbook, "add", "projects/cornea.yml")
    before = {path: path.read_bytes() for path in sorted(handbook.rglob("*")) if path.is_file()}
    assert run(handbook, "before", "after").status == run(handbook, "before").status == 0
    assert {path: path.read_bytes() for path in sorted(handbook.rglob("*")) if path.is_file()} == before


def test_the_first_project_is_compared_with_a_revision_that_has_none(handbook: Path, run: Run) -> None:
    """Git keeps no empty folder, so that such a revision has no projects/ at all."""
    text = (handbook / RETINA).read_text("utf-8")
    (handbook / RETINA).unlink()
    committed(handbook)
    (handbook / RETINA).parent.mkdir(exist_ok=True)
    (handbook / RETINA).write_text(text, "utf-8")
    done = run(handbook, "before")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("### Retinal cells for a rare dystrophy\n\nA new project.\n")


def test_a_file_that_archives_leave_out_is_compared_all_the_same(handbook: Path, run: Run) -> None:
    """A file .gitattributes in a folder of the handbook would else hide a change from its reviewers."""

    def make(root: Path) -> None:
        edit(root, CORE_TEAM_MET)
        (root / "projects/.gitattributes").write_text("retina.yml export-ignore\n")

    committed(handbook, make)
    assert "**Commercial 0 → 3**" in run(handbook, "before", "after").out


@pytest.mark.parametrize(
    "name", ["nowhere", "before..after", "@{upstream}", "HEAD:nowhere", "../elsewhere", "a b", "é"]
)
def test_an_unknown_revision_is_told_in_a_sentence(name: str, handbook: Path, run: Run) -> None:
    committed(handbook)
    assert run(handbook, name) == unknown(name)
    assert run(handbook, "before", name) == unknown(name)


def test_a_folder_without_git_is_told_in_a_sentence(handbook: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(handbook.parent))
    assert run(handbook, "main") == unknown("main")


@pytest.mark.parametrize("name", ["-x", "--output=stolen", "--remote=elsewhere", "--exec=touch stolen", "--help"])
def test_a_revision_that_begins_with_a_hyphen_is_never_an_option(name: str, handbook: Path, run: Run) -> None:
    committed(handbook)
    before = sorted(handbook.iterdir())
    assert run(handbook, "--", name) == unknown(name)
    assert run(handbook, "--", "before", name) == unknown(name)
    assert sorted(handbook.iterdir()) == before


def test_a_hyphen_without_two_before_it_ends_with_2(handbook: Path, run: Run) -> None:
    done = run(handbook, "-x")
    assert (done.status, done.out) == (2, "")
    assert "BASE" in done.err


def broken(root: Path) -> None:
    edit(root, (RETINA, "status: met", "status: partial"))


def test_a_base_with_problems_stops_with_them_and_without_a_comparison(handbook: Path, after: Path, run: Run) -> None:
    broken(handbook)
    by_folder = run(after, str(handbook))
    committed(handbook)
    assert run(handbook, "before", str(after)) == by_folder
    assert (by_folder.status, by_folder.err) == (1, "")
    assert by_folder.out.startswith(f'{RETINA}:13:39: "partial" is not a status [unknown-status]\n')
    assert "###" not in by_folder.out


def test_a_head_with_problems_stops_with_them_too(handbook: Path, after: Path, run: Run) -> None:
    broken(after)
    done = run(handbook, ".", str(after))
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(f"{RETINA}:13:39: ")


@pytest.mark.parametrize("target", ["retina.yml", "/etc/hostname", "../../../outside.yml"])
def test_a_link_in_a_revision_is_a_problem_and_never_followed(
    target: str, handbook: Path, tmp_path: Path, run: Run
) -> None:
    shutil.copy(handbook / RETINA, tmp_path / "outside.yml")
    committed(handbook, lambda root: (root / "projects/cornea.yml").symlink_to(target))
    for states in (("before",), ("before", "after"), ("after", "before")):
        done = run(handbook, *states)
        if "after" in states:
            sentence = '"after" cannot be compared: "projects/cornea.yml" in it is a link, not a file or folder.'
            assert (done.status, done.out, done.err) == (2, "", f"{sentence}\n")
        else:
            assert (done.status, done.err) == (1, "")
            assert done.out.startswith("projects/cornea.yml: this is a link, not a file or folder [not-a-file]\n")


# --- hostile text ---

WORD = "Plainword"

STRINGS = {
    "mention": "@anna",
    "team": "write to @example/reviewers",
    "number": "#1",
    "other-repository": "example/handbook#1",
    "address": "https://evil.example/x?a=b&c=d",
    "address-without-scheme": "www.evil.example",
    "mail": "anna@evil.example",
    "element": "<b>bold</b>",
    "script": "<script>alert(1)</script>",
    "comment": "<!-- a",
    "end-of-comment": "-->",
    "autolink": "<https://evil.example>",
    "link": "[a](https://evil.example)",
    "link-by-name": "[a][b] [b]: https://evil.example",
    "picture": "![a](https://evil.example/x.png)",
    "code": "`code`",
    "fence": "```",
    "bar": "a | b",
    "table": "a | b\n--|--\nc | d",
    "lines": "first\n\n## second\r\n- third",
    "heading": "# heading",
    "underlined": "a\n===",
    "rule": "---",
    "list": "- item",
    "numbered": "1. item",
    "quote": "> quote",
    "emphasis": "**b** _i_ ~~del~~ __init__",
    "entities": "&lt;b&gt; &#64; &amp;amp;",
    "backslash": "\\*a\\",
    "formula": "$x$ $`y`$",
    "smile": ":smile:",
    "jinja": "{{ 7*7 }} {% raw %} %(n)s",
    "attributes": "a {: #b onclick=c }",
    "suggestion": "```suggestion\nx\n```",
    "languages": "Åsa, العربية, 中文, 🧬",
}
in_every_string = each("name", STRINGS)


def two_states(folder: Path) -> tuple[Handbook, Handbook]:
    """Two states between which everything changes that can, and of which all words are WORD."""
    old, new = (shutil.copytree(HANDBOOK, folder / name) for name in ("old", "new"))
    aside = f"{{status: not-applicable, because: {WORD}}}"
    routes = ("route: central-authorisation", "route: [central-authorisation, hospital-exemption]")
    for root in (old, new):
        edit(root, (RETINA, *routes))
        for name in ("cornea", "lens"):
            shutil.copy(root / RETINA, root / f"projects/{name}.yml")
        edit(root, ("projects/lens.yml", "retention-samples: not-met", "retention-samples:"))
    (new / "projects/cornea.yml").rename(new / "projects/iris.yml")
    lay("item-retired", new)
    edit(
        new,
        CORE_TEAM_MET,
        DOSE_IS_A_GATE,
        (ANALYTICS, "Answer potency-assay-qualified instead.", WORD),
        (ANALYTICS, "{months: 12, range: [6, 24]", "{months: 9, range: [6, 24]"),
        (TEAM, "All three partners meet", "All partners meet"),
        (RETINA, "{2: 2028-02}", "{2: 2027-02}"),
        (RETINA, "{status: met, since: 2026-03-14, evidence: SOP ANA-014}", "not-met"),
        (RETINA, "    # Treat the first cohort\n", f"    dose-rationale: {aside}\n"),
        (RETINA, "{reach-share: 0.85}", "{reach-share: 0.25}"),
        (
            "projects/iris.yml",
            "    # Keep retention samples for later comparability\n    retention-samples: not-met\n",
            "",
        ),
        ("projects/lens.yml", "    # Keep retention samples for later comparability\n    retention-samples:\n", ""),
        (
            "projects/lens.yml",
            "potency-assay-developed: {",
            "potency-assay-qualified: met\n    potency-assay-developed: {",
        ),
    )
    question = (new / TEAM).read_text("utf-8").partition("items:\n")[2]
    edit(new, (TEAM, "items:\n", "items:\n" + question.replace("joint-core-team", "second-team")))
    states = []
    for root in (old, new):
        for path in root.rglob("*.yml"):
            path.write_text(re.sub(r"\btitle: [^,}\n]*", f"title: {WORD}", path.read_text("utf-8")), "utf-8")
        states.append(load(root, DAY))
    return states[0], states[1]


def reworded(value: Any, text: str) -> Any:
    """Put a text in the place of WORD, wherever it stands in a record."""
    new = value
    if isinstance(value, str) and WORD in value:
        new = value.replace(WORD, text)
    elif isinstance(value, Record):
        held = {name: reworded(getattr(value, name), text) for name in type(value).model_fields}
        new = type(value).model_construct(**held)
    elif is_dataclass(value) and not isinstance(value, type):
        new = replace(value, **{field.name: reworded(getattr(value, field.name), text) for field in fields(value)})
    elif isinstance(value, Mapping):
        new = {name: reworded(inner, text) for name, inner in value.items()}
    elif type(value) is tuple:
        new = tuple(reworded(inner, text) for inner in value)
    return new


With = Callable[[str], str]


@pytest.fixture(scope="module")
def with_text(tmp_path_factory: pytest.TempPathFactory) -> With:
    """Compare the two states, with any text in the place of every word."""
    states = two_states(tmp_path_factory.mktemp("states"))

    @cache
    def said(text: str) -> str:
        old, new = (reworded(state, text) for state in states)
        return as_markdown(compare(old, new, day=DAY), new)

    return said


def test_the_two_states_and_the_small_changes_show_every_kind_of_line(with_text: With) -> None:
    """What is shown in neither is not tried with hostile text below."""
    folder = ROOT / "macros/changes/templates"
    templates = "".join(path.read_text("utf-8") for path in folder.iterdir() if not path.name.startswith("upgrade"))
    without_data = {
        "Only words, dates or evidence changed. No level, finding or month moves.",
        "No level, finding or month moves.",
        "Changed in meaning: %(item)s (%(fields)s), no longer a gate",
    }
    sentences = marked(templates)
    assert without_data <= sentences
    shown = with_text(WORD) + small_changes(WORD)
    parts_of = {text: re.split(r"%\(\w+\)s", text) for text in sentences}
    assert {text for text in sentences if not all(part in shown for part in parts_of[text])} == without_data


def marked(templates: str) -> set[str]:
    """The sentences that templates mark, with their places."""
    return {single or double for single, double in re.findall(r"""\b_\((?:'([^']*)'|"([^"]*)")""", templates)}


def small_changes(text: str) -> str:
    """A comparison with what the two states do not show, and any text in the place of every word."""
    effects = (
        Effect("a-route", "added", {"technical": (0, 2)}),
        Effect("b-route", "given-up", {"technical": (2, 0)}),
        Effect("c-route", exits={5: Exit("2028-11", "2029-06", "2028-03", 15)}, late=(text,), in_time=(text,)),
        Effect("d-route", own_levels={"technical": (2, 1)}, passed=(text,), inherited=(text,)),
    )
    change = ProjectChange(
        "lens",
        text,
        "changed",
        formerly="cornea",
        effects=effects,
        planned={text: ("", "2027-02")},
        acknowledged=(
            Acknowledged("imbalance", text, "2027-05", "2027-03", ("act",)),
            Acknowledged("debt", text, "2027-05", "", ("watch",)),
            Acknowledged("hollow", "", "", "2027-03", ()),
        ),
        confirmed=(("technical", 3),),
        unconfirmed=(("clinical", 2),),
        head=dict.fromkeys(
            ("checklist", "kind", "modality", "donor", "delivery", "route", "lead", "publish", "hospital"), (text, "")
        ),
        words=2,
    )
    rules = RuleChange(
        removed=(text,),
        waived={text: text},
        own_gates=(text,),
        released=(text,),
        used_again=(text,),
        facilities={text: ("", f"in-place {text.split()[0]}")},
        publish=(text, text),
    )
    like = ProjectChange("iris", text, "added", like="cornea")
    titles = {kind: each.title for kind, each in miniature().finding_texts.items()}
    return as_markdown(Comparison((change, like), rules, titles), miniature())


@in_every_string
def test_hostile_text_in_small_changes_becomes_no_element(name: str) -> None:
    assert elements(rendered(small_changes(STRINGS[name]))) == elements(rendered(small_changes(WORD)))


@in_every_string
def test_a_terminal_is_not_steered_and_reads_no_entity(name: str) -> None:
    text = as_text(
        Comparison((ProjectChange("lens", STRINGS[name] + "\x1b[2J\u202e", "added"),), RuleChange(), {}), miniature()
    )
    assert text == f"== {collapsed(STRINGS[name])}[2J\n\nA new project.\n"


def collapsed(words: str) -> str:
    return " ".join(words.split())


def rendered(text: str) -> JustHTML:
    return JustHTML(markdown.markdown(text, extensions=["extra"]), fragment=True, sanitize=False)


def elements(page: JustHTML) -> list[tuple[str, dict[str, str | None]]]:
    return [(node.name, dict(node.attrs)) for node in page.query("*") if isinstance(node, Element)]


def texts(node: object) -> Iterator[str]:
    """Yield every run of text that no element and no comment divides."""
    for child in getattr(node, "children", None) or []:
        if isinstance(child, Text):
            yield str(child.data)
        yield from texts(child)


@in_every_string
def test_hostile_text_becomes_no_element_and_loses_no_letter(with_text: With, name: str) -> None:
    one, other = rendered(with_text(WORD)), rendered(with_text(STRINGS[name]))
    assert elements(other) == elements(one)
    read = collapsed("".join(texts(other.root)))
    read = re.sub("[\u200b\u2060]", "", read)  # what keeps a name or a number from being one
    assert read == collapsed("".join(texts(one.root)).replace(WORD, collapsed(STRINGS[name])))


@in_every_string
def test_hostile_text_stays_on_its_line(with_text: With, name: str) -> None:
    one, other = with_text(WORD).split("\n"), with_text(STRINGS[name]).split("\n")
    assert len(one) == len(other)
    for plain_line, line in zip(one, other, strict=True):
        assert re.match(r"[#*-]* ?", plain_line)[0] == re.match(r"[#*-]* ?", line)[0]  # type: ignore[index]


@in_every_string
def test_no_character_of_hostile_text_that_a_forge_obeys_stands_as_it_is(with_text: With, name: str) -> None:
    def marks(text: str) -> Counter[str]:
        return Counter(re.sub(r"[\w\s,;()'-]|\.(?!\S)", "", re.sub(r"&#\d+;|<!-- -->|[\u200b\u2060]", "", text)))

    foreign = {character: count for character, count in marks(STRINGS[name]).items() if ord(character) < 128}
    before, now = marks(with_text(WORD)), marks(with_text(STRINGS[name]))
    assert {character: now[character] for character in foreign} == {c: before[c] for c in foreign}


@pytest.mark.parametrize("text", ["@anna", "@example/reviewers", "#1", "example/handbook#1", "GH-1"])
def test_nobody_is_called_and_nothing_is_referred_to(with_text: With, text: str) -> None:
    """Forges look for names and numbers in the page, where entities are characters again.

    So only something that divides the text helps: an invisible character, or an empty comment.
    """
    page = rendered(with_text(text))
    alive = re.compile(r"(?<![\w`])@\w|(?<!\w)(?:[\w-]+/[\w-]+)?#\d|(?<!\w)GH-\d")
    assert [words for words in texts(page.root) if alive.search(words)] == []


def test_words_that_are_not_hostile_are_read_as_they_are(with_text: With) -> None:
    prose = "Retinal cells, (first) batch; the patient's own. Ready"
    assert with_text(prose) == with_text(WORD).replace(WORD, prose)


# --- length ---


def aside(number: int, reason: str) -> Project:
    """A project that sets every item of the real checklists aside."""
    status: dict[str, dict[str, object]] = {}
    for name in real().items:
        area, _, word = name.partition("/")
        status.setdefault(area, {})[word] = {"status": "not-applicable", "because": reason}
    return made(f"p{number}", HEAD | {"title": f"Project {number}", "status": status})


HEAD: dict[str, object] = {
    "checklist": "v2026.1",
    "title": "Title",
    "summary": "Summary",
    "modality": "allogeneic-cell",
    "route": "central-authorisation",
    "lead": "university",
    "assessed": "2026-11-02",
}


def made(name: str, data: Mapping[str, object]) -> Project:
    return Project.model_construct(**dict(StatusFile.model_validate(data)), id=name)


@cache
def miniature() -> Handbook:
    return load(HANDBOOK, DAY)


def of(*projects: Project) -> dict[str, Project]:
    return {each.id: each for each in projects}


@pytest.fixture(params=["b" * 600, "@" * 600], ids=["letters", "entities"])
def too_long(request: pytest.FixtureRequest) -> tuple[Comparison, Handbook]:
    """One project whose reasons alone are longer than a comment."""
    old = replace(real(), projects=of(made("p0", HEAD | {"title": "Project 0"})))
    new = replace(real(), projects=of(aside(0, request.param)))
    comparison = compare(old, new, day=DAY)
    assert sum(len(reason) for change in comparison.projects for reason in change.set_aside.values()) > 70_000
    return comparison, new


def test_a_comparison_that_is_too_long_for_a_comment_is_cut_and_says_so(too_long: tuple[Comparison, Handbook]) -> None:
    said, _, last = as_markdown(*too_long).rpartition("\n\n")
    assert said.startswith("### Project 0\n")
    assert last == "The rest of this part is too long for a comment.\n"


def test_a_comparison_never_has_more_than_sixty_thousand_characters(too_long: tuple[Comparison, Handbook]) -> None:
    assert 50_000 < len(as_markdown(*too_long)) <= 60_000


def test_a_comparison_is_not_cut_inside_an_entity(too_long: tuple[Comparison, Handbook]) -> None:
    assert "&" not in re.sub(r"&#\d+;", "", as_markdown(*too_long))


def test_the_form_for_machines_is_never_cut(too_long: tuple[Comparison, Handbook]) -> None:
    (change,) = json.loads(as_json(too_long[0]))["projects"]
    assert change["set_aside"].keys() == real().items.keys()


def test_a_comparison_is_cut_between_projects() -> None:
    old = replace(real(), projects={})
    new = replace(
        real(), projects=of(*(made(f"p{n:03}", HEAD | {"title": f"{n:03} {'title' * 50}"}) for n in range(300)))
    )
    text = as_markdown(compare(old, new, day=DAY), new)
    sections = text.rpartition("\n\n")[0].split("### ")[1:]
    assert 100 < len(sections) < 300
    assert {section.partition("\n")[2].strip() for section in sections} == {sections[0].partition("\n")[2].strip()}


# --- what always holds ---

MONTHS = st.sampled_from(["2026-12", "2027-06", "2028-02"])
DAYS = st.sampled_from(["2024-01", "2026-03-14", "2026-11-01"])
ANSWERS = st.one_of(
    st.none(),
    st.fixed_dictionaries({"status": st.just("met")}, optional={"since": DAYS, "evidence": st.just("SOP 1")}),
    st.fixed_dictionaries({"status": st.just("in-progress")}, optional={"since": DAYS, "planned": MONTHS}),
    st.fixed_dictionaries({"status": st.just("not-met")}, optional={"planned": MONTHS, "note": st.just("Soon.")}),
    st.just({"status": "not-applicable", "because": "It is not needed."}),
)
ROUTES = ["central-authorisation", "hospital-exemption"]
STATUS_FILES = st.fixed_dictionaries(
    {name: st.just(HEAD[name]) for name in HEAD if name not in ("assessed", "route")}
    | {
        "assessed": st.sampled_from(["2026-11-02", "2026-01-01"]),
        "route": st.sampled_from([[ROUTES[0]], ROUTES]),
        "status": st.fixed_dictionaries(
            {
                "analytics": st.fixed_dictionaries(
                    dict.fromkeys(["potency-assay-developed", "potency-assay-qualified", "retention-samples"], ANSWERS)
                ),
                "trial": st.fixed_dictionaries(dict.fromkeys(["dose-rationale", "first-cohort"], ANSWERS)),
                "team": st.fixed_dictionaries({"joint-core-team": ANSWERS}),
            }
        ),
        "targets": st.dictionaries(st.sampled_from(["1", "2", "3"]), MONTHS, max_size=2),
        "metrics": st.sampled_from([{}, {"reach-share": "0.25"}, {"reach-share": "0.85"}]),
        "acknowledged": st.sampled_from([{}, {"imbalance": {"because": "We wait.", "until": "2027-03"}}]),
    }
)
PROJECTS = st.dictionaries(st.sampled_from(["cornea", "lens"]), STATUS_FILES, max_size=2)
RULES = st.dictionaries(
    st.sampled_from(list(load(HANDBOOK, DAY).items)),
    st.fixed_dictionaries({}, optional={"gate": st.booleans(), "stage": st.integers(1, 3), "why": st.just("Why not?")}),
)
often = examples.often(100)


def state(files: Mapping[str, Mapping[str, object]], rules: Mapping[str, Mapping[str, object]]) -> Handbook:
    """The miniature handbook with other projects, and with some fields of its items changed."""
    book = miniature()
    areas = {
        area.name: area.model_copy(
            update={
                "items": {
                    word: question.model_copy(update=dict(rules.get(f"{area.name}/{word}", {})))
                    for word, question in area.items.items()
                }
            }
        )
        for area in book.areas.values()
    }
    return replace(book, areas=areas, projects=of(*(made(name, file) for name, file in files.items())))


@often
@given(PROJECTS, RULES)
def test_nothing_changes_between_a_state_and_itself(files: dict[str, Any], rules: dict[str, Any]) -> None:
    comparison = compare(state(files, rules), state(files, rules), day=DAY)
    assert comparison.nothing
    assert comparison.projects == ()
    assert not comparison.rules.moved


OTHER_WAY = {"kept": "kept", "added": "given-up", "given-up": "added"}


def plainly(effects: tuple[Effect, ...]) -> dict[str, object]:
    return {
        effect.route: (
            effect.route_is,
            dict(effect.levels),
            (sorted(effect.opened), sorted(effect.closed)) if effect.route_is == "kept" else None,
            (sorted(effect.passed), sorted(effect.lost)),
            (sorted(effect.late), sorted(effect.in_time)),
            {stage: (month.was, month.now) for stage, month in effect.exits.items()},
            dict(effect.moved),
        )
        for effect in effects
    }


def about(pairs: Mapping[Any, tuple[Any, Any]]) -> dict[Any, tuple[Any, Any]]:
    return {name: (now, was) for name, (was, now) in pairs.items()}


def backwards(effects: tuple[Effect, ...]) -> dict[str, object]:
    """The same effects the other way about."""
    return plainly(
        tuple(
            replace(
                effect,
                route_is=OTHER_WAY[effect.route_is],  # type: ignore[arg-type]
                levels=about(effect.levels),
                opened=effect.closed,
                closed=effect.opened,
                passed=effect.lost,
                lost=effect.passed,
                late=effect.in_time,
                in_time=effect.late,
                exits={stage: Exit(month.now, month.was) for stage, month in effect.exits.items()},
                moved=about(effect.moved),
            )
            for effect in effects
        )
    )


@often
@given(PROJECTS, PROJECTS, RULES)
def test_a_change_of_projects_turned_about_is_told_the_other_way_about(
    files: dict[str, Any], others: dict[str, Any], rules: dict[str, Any]
) -> None:
    one, other = state(files, rules), state(others, rules)
    there, back = compare(one, other, day=DAY), compare(other, one, day=DAY)
    assert [change.id for change in there.projects] == [change.id for change in back.projects]
    kinds = {"added": "removed", "removed": "added", "changed": "changed"}
    for forth, again in zip(there.projects, back.projects, strict=True):
        assert again.kind == kinds[forth.kind]
        assert again.only_wording == forth.only_wording
        assert plainly(again.effects) == backwards(forth.effects)
        assert set(again.first) == set(forth.withdrawn)
        assert set(again.withdrawn) == set(forth.first)
        assert again.again == about(forth.again)
        assert again.targets == about(forth.targets)
        assert again.planned == about(forth.planned)
        assert again.head == about(forth.head)
        assert {each.kind for each in again.acknowledged} == {each.kind for each in forth.acknowledged}


@often
@given(PROJECTS, RULES, RULES)
def test_a_change_of_rules_turned_about_is_told_the_other_way_about(
    files: dict[str, Any], rules: dict[str, Any], others: dict[str, Any]
) -> None:
    one, other = state(files, rules), state(files, others)
    there, back = compare(one, other, day=DAY).rules, compare(other, one, day=DAY).rules
    assert back.meaning == there.meaning
    assert back.wording == there.wording
    assert {name: plainly(effects) for name, effects in back.moved.items()} == {
        name: backwards(effects) for name, effects in there.moved.items()
    }


def level_moves(comparison: Comparison, project: str) -> Counter[tuple[str, str]]:
    """By how many levels a project moves on each route and track, both kinds of change together."""
    moves: Counter[tuple[str, str]] = Counter()
    changed = [effect for change in comparison.projects if change.id == project for effect in change.effects]
    for effect in [*changed, *comparison.rules.moved.get(project, ())]:
        for track, (was, now) in effect.levels.items():
            moves[effect.route, track] += now - was
    return moves


@often
@given(STATUS_FILES, STATUS_FILES, RULES, RULES)
def test_what_the_project_changed_and_what_the_rules_changed_add_up(
    file: dict[str, Any], other: dict[str, Any], rules: dict[str, Any], others: dict[str, Any]
) -> None:
    one, two = state({"lens": file}, rules), state({"lens": other}, others)
    moves = level_moves(compare(one, two, day=DAY), "lens")
    for route in {*file["route"]} & {*other["route"]}:
        was, now = (report_on(book.projects["lens"], book, route, day=DAY).assessment.tracks for book in (one, two))
        for track in was:
            assert moves[route, track] == now[track].level - was[track].level


@settings(often, max_examples=examples.some(40))
@given(PROJECTS, PROJECTS, RULES, RULES)
def test_every_comparison_can_be_printed_in_both_forms(
    files: dict[str, Any], others: dict[str, Any], rules: dict[str, Any], other_rules: dict[str, Any]
) -> None:
    comparison = compare(state(files, rules), new := state(others, other_rules), day=DAY)
    text = as_markdown(comparison, new)
    assert (text == "No change in meaning.\n") is comparison.nothing is json.loads(as_json(comparison))["nothing"]
    assert text.count("\n### ") + text.startswith("### ") == len(comparison.projects) + bool(comparison.rules)


def test_a_comparison_that_is_too_long_loses_projects_before_rules(handbook: Path, after: Path) -> None:
    lay("item-becomes-a-gate", after)
    new = load(after, DAY)
    whole = compare(load(handbook, DAY), new, day=DAY)
    crowd = tuple(ProjectChange(f"p{n}", "Cells " * 20, "added") for n in range(2_000))
    said = as_markdown(replace(whole, projects=crowd), new)
    assert len(said) <= 60_000
    left_out = re.search(r"And (\d+) more, which are too long for a comment", said)
    assert left_out is not None
    assert said.count("A new project.") + int(left_out[1]) == len(crowd)
    assert left_out.start() < said.index("### The rules changed") < said.index("Changed in meaning:")
