"""What one row, one field or one class reaches: each drill changes a copy of the code, and runs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT, TESTS

STATUS = """    PLANNED = ("planned", "◷", N_("has a month"), False, True,
               "{status: planned, planned: $planned}", "Work begins in a month that is known.", "scheduled")
    # fmt: on"""
SEVERITY = """    ASK = "ask", Badge("◌", N_("Ask"), "nav-is-ask"), False
"""
FIELD = """class Condition(Record):
    lead: Lines = Field((), description="The partners who lead.")
"""
RULE = """rules:
  led-by-us:
    title: Led by us
    why: It is ours.
    first-move: Nothing.
    who: [university]
    watch: [{lead: [university, hospital]}]
  led-by-others:
    title: Led by others
    why: It is theirs.
    first-move: Nothing.
    who: [university]
    watch: [{lead: [hospital]}]
"""
CLAUSE = """CLAUSES: dict[str, Clause] = {
    "lead": Clause(N_("Led by: %(name)s."), "holder", lambda partners, on: on.project.lead in partners),
"""
FACTS = """class Lonely(Facts, kind="lonely"):
    sentence = Message(N_("Nobody is there."))


if differ"""

HANDBOOK = """
from datetime import date
from pathlib import Path
from macros.engine.portfolio import Portfolio
from macros.load.handbook import load
from macros.views.all import Views

DAY = date(2026, 11, 22)
book = load(Path("."), DAY)
portfolio = Portfolio(book, DAY)
views = Views(portfolio, lambda path, anchor: path)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(TESTS / "handbook", tmp_path, dirs_exist_ok=True)
    return tmp_path


def edit(copy: Path, file: str, old: str, new: str) -> None:
    text = (copy / file).read_text("utf-8")
    assert text.count(old) == 1, f"{file} has no single {old!r}"
    (copy / file).write_text(text.replace(old, new), "utf-8")


def python(copy: Path, script: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", check=False)


def run(copy: Path, script: str) -> str:
    done = python(copy, script)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(copy: Path, module: str) -> str:
    """Import a module that must raise, and give the last line of what it says."""
    done = python(copy, f"import {module}")
    assert done.returncode == 1
    return done.stderr.splitlines()[-1]


def test_one_row_makes_a_status_that_files_pages_and_editors_know(copy: Path) -> None:
    edit(copy, "macros/model/statuses.py", "    # fmt: on", STATUS)
    edit(copy, "projects/retina.yml", "retention-samples: not-met", "retention-samples: planned")
    script = """
from macros.outputs.editor_schemas import schemas, text
from macros.outputs.first_file import first_files
print(views.project_gaps("retina"), next(first_files(portfolio, ""))[1].decode(), text(schemas(book)["project.json"]))
"""
    made = run(copy, HANDBOOK + script)
    assert '<span class="nav-status nav-planned"><span aria-hidden="true">◷</span> has a month</span>' in made
    assert "<code>    retention-samples: {status: planned, planned: 2027-05}\n" in made
    assert "#   {status: planned, planned: 2027-05}\n" in made
    assert '"Work begins in a month that is known."' in made


def test_a_synonym_of_a_new_status_is_answered_with_its_word(copy: Path) -> None:
    edit(copy, "macros/model/statuses.py", "    # fmt: on", STATUS)
    edit(copy, "projects/retina.yml", "retention-samples: not-met", "retention-samples: scheduled")
    said = python(copy, HANDBOOK)
    assert said.returncode == 1
    assert 'write "planned"' in said.stderr
    assert "one of: met, in-progress, not-met, not-applicable, planned" in said.stderr


def test_one_row_makes_a_severity_that_findings_are_ordered_and_shown_by(copy: Path) -> None:
    edit(copy, "macros/engine/severity.py", "\n\nACT, WATCH", SEVERITY + "\n\nACT, WATCH")
    raised = "yield caused_by(gates, facts.Unsupported(num=len(gates)))"
    edit(copy, "macros/engine/findings.py", f"    if gates:\n        {raised}", f"    {raised[:-1]}, Severity.ASK)")
    page = run(copy, HANDBOOK + "print(views.project_findings('retina'))")
    assert '<span class="nav-severity nav-is-ask"><span aria-hidden="true">◌</span> Ask</span>' in page
    assert page.index("nav-is-watch") < page.index("nav-is-ask")


def test_a_field_of_a_condition_without_a_clause_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/model/rules.py", "class Condition(Record):\n", FIELD)
    assert "{'lead'}" in refused(copy, "macros.engine.clauses")


def test_a_clause_is_applied_and_stands_on_the_page_of_the_rules(copy: Path) -> None:
    edit(copy, "macros/model/rules.py", "class Condition(Record):\n", FIELD)
    edit(copy, "macros/engine/clauses.py", "CLAUSES: dict[str, Clause] = {\n", CLAUSE)
    edit(copy, "checklists/bottlenecks.yml", "rules:\n", RULE)
    script = """
print(*(finding.kind for report in portfolio.reports("retina") for finding in report.findings))
print(views.named_rules())
"""
    kinds, page = run(copy, HANDBOOK + script).split("\n", 1)
    assert {"led-by-us", "led-by-others"} & {*kinds.split()} == {"led-by-us"}
    assert "<dd>Led by: University, Hospital. </dd>" in page


def test_a_kind_of_finding_without_words_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/engine/facts.py", "if differ", FACTS)
    assert "{'lonely'}" in refused(copy, "macros.engine.facts")


def test_a_kind_of_finding_without_a_sentence_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/engine/facts.py", "if differ", FACTS.replace("sentence =", "words ="))
    assert "Lonely" in refused(copy, "macros.engine.facts")


def test_a_sentence_with_a_place_that_no_fact_fills_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/engine/facts.py", "if differ", FACTS.replace("Nobody", "%(who)s"))
    assert "Lonely: the sentence has ['who'], the facts []" in refused(copy, "macros.engine.facts")


def test_a_kind_of_name_without_a_title_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/text/messages.py", '"modality"]', '"modality", "stage"]')
    assert "{'stage'}" in refused(copy, "macros.views.sentences")
