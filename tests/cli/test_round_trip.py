"""A new project's way from a text typed by hand to a page, on a branch of a real Git repository.

`tests/cli/round-trip/` holds the file as it was typed, `by-hand.yml` with three mistakes in it, what each step prints,
and the file as it is at the end. `pytest --bless` writes all but the first anew: read the difference before you
commit it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.git import git
from tests.support.paths import HANDBOOK, ROOT, TESTS
from tests.support.site import EPOCH, Build, Site, find, text

STEPS = TESTS / "cli/round-trip"
CORNEA = "projects/cornea.yml"


def on_a_branch(root: Path) -> Path:
    """Commit a folder as `main`, and begin the branch `cornea`."""
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=The handbook")
    git(root, "checkout", "--quiet", "-b", "cornea")
    return root


def step(root: Path, *command: str, code: Path = ROOT) -> tuple[int, str]:
    """Run the command line as somebody at a terminal does; gives its status and a record to read."""
    variables = {**os.environ, "PYTHONPATH": str(code), "SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "macros", *command],
        cwd=root,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, f"$ python -m macros {' '.join(command)}\n{done.stdout}[ends with {done.returncode}]\n"


@dataclass(frozen=True)
class Walk:
    """What every step printed, by the name of its file, and the repository at the end."""

    root: Path
    status: dict[str, int]
    printed: dict[str, str]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Walk the whole way with the miniature handbook."""
    root = on_a_branch(Path(shutil.copytree(HANDBOOK, tmp_path_factory.mktemp("walk") / "handbook")))
    shutil.copy(STEPS / "by-hand.yml", root / CORNEA)
    status, printed = {}, {}
    steps = {
        "1-check.txt": ("check",),
        "2-fix.txt": ("check", "--fix", CORNEA),
        "3-check.txt": ("check",),
        "4-compare.txt": ("compare", "main"),
    }
    for name, command in steps.items():
        status[name], printed[name] = step(root, *command)
    printed["cornea.yml"] = (root / CORNEA).read_text("utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=A new project")
    for name, command in {
        "5-compare-back.txt": ("compare", "cornea", "main"),
        "6-compare-nothing.txt": ("compare", "cornea"),
    }.items():
        status[name], printed[name] = step(root, *command)
    return Walk(root, status, printed)


NAMES = ["1-check.txt", "2-fix.txt", "3-check.txt", "4-compare.txt", "5-compare-back.txt", "6-compare-nothing.txt"]


@pytest.mark.parametrize("name", [*NAMES, "cornea.yml"])
def test_every_step_prints_what_its_file_expects(name: str, walk: Walk, bless: bool) -> None:
    if bless:
        (STEPS / name).write_text(walk.printed[name], encoding="utf-8")
    assert walk.printed[name] == (STEPS / name).read_text("utf-8")


def test_no_file_of_the_folder_is_left_over(walk: Walk) -> None:
    assert {path.name for path in STEPS.iterdir()} == {"by-hand.yml", *walk.printed}


def test_only_a_check_that_finds_a_problem_ends_with_1(walk: Walk) -> None:
    assert walk.status == dict.fromkeys(NAMES, 0) | {"1-check.txt": 1}


def test_the_first_check_names_the_file_and_the_line_of_a_mistake(walk: Walk) -> None:
    lines = (STEPS / "by-hand.yml").read_text("utf-8").split("\n")
    wrong = {number for number, line in enumerate(lines, 1) if "\t" in line or "lead:hospital" in line}
    named = {int(n) for n in re.findall(rf"^{CORNEA}:(\d+):", walk.printed["1-check.txt"], re.MULTILINE)}
    assert named
    assert named <= wrong


def test_all_three_mistakes_are_mended_and_told(walk: Walk) -> None:
    told = walk.printed["2-fix.txt"]
    for sentence in ("spaces for a tab", "a space after the colon", '"in-progress" for "In progress"'):
        assert told.count(sentence) == 1
    assert "No problems." in walk.printed["3-check.txt"]


def test_mending_touches_nothing_but_the_two_lines_with_mistakes(walk: Walk) -> None:
    before = (STEPS / "by-hand.yml").read_text("utf-8").split("\n")
    after = walk.printed["cornea.yml"].split("\n")
    changed = [new.strip() for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [
        "lead: hospital",
        "potency-assay-developed: {status: in-progress, since: 2026-05, planned: 2027-09}",
    ]


def test_the_branch_changes_one_file(walk: Walk) -> None:
    assert git(walk.root, "diff", "--name-status", "main", "cornea") == f"A\t{CORNEA}\n"
    assert git(walk.root, "status", "--porcelain") == ""


# --- the same with the real checklists, as far as the page ---

REAL = """\
checklist: v2026.1
title: Corneal graft for keratoconus
summary: A graft grown from the patient's own cells.
modality: tissue-engineered-product
donor: patient
route: [central-authorisation, hospital-exemption]
lead:hospital
assessed: 2026-11-20
status:
  unmet-need:
\t\tneed-statement: {status: met, since: 2026-10-01, evidence: Need statement 1}
    patient-count: partial
"""


@pytest.fixture(scope="module")
def branch_site(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Site:
    """The site as the branch would publish it, with the branch's own code and pages."""
    root = tmp_path_factory.mktemp("branch") / "handbook"
    for name in ("docs", "macros", "checklists", "projects"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    on_a_branch(root)
    (root / CORNEA).write_text(REAL, "utf-8")
    assert step(root, "check", code=root)[0] == 1
    status, printed = step(root, "check", "--fix", CORNEA, code=root)
    assert status == 0, printed
    status, printed = step(root, "compare", "main", code=root)
    assert (status, "A new project." in printed) == (0, True), printed
    return build(root, root / "site")


def test_the_site_of_the_branch_has_the_page_of_the_new_project(branch_site: Site) -> None:
    assert branch_site.status == 0, branch_site.output
    page = branch_site.pages["projects/cornea/"]
    assert text(page.one("h1")) == "Corneal graft for keratoconus"
    assert text(page.one("p.nav-summary")) == "A graft grown from the patient's own cells."
    (row,) = [each for each in page.all(".nav-item-list li") if "unmet-need/#need-statement" in each.to_html()]
    assert "Need statement 1" in text(row)


def test_the_portfolio_of_the_branch_shows_the_new_project_and_no_illustration(branch_site: Site) -> None:
    assert any("\nkind: illustration\n" in path.read_text("utf-8") for path in (ROOT / "projects").glob("*.yml"))
    rows = branch_site.pages["projects/"].all(".nav-portfolio tbody tr")
    titles = {text(find(row, "th a")[0]) for row in rows}
    assert "Corneal graft for keratoconus" in titles
    assert not [row for row in rows if "illustration" in text(row)]
