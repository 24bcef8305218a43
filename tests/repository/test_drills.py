"""What one row, one field or one class reaches: each drill changes a copy of the code, and runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT, TESTS

STATUS = """    PLANNED = ("planned", "◷", N_("has a month"), False, True,
               "{status: planned, planned: $planned}", "Work begins in a month that is known.", "scheduled")
    # fmt: on"""
SEVERITY = """    NOTE = "note", Badge("▹", N_("Note"), "nav-is-note"), False
"""
FIELD = """class Condition(Record):
    lead: PartnerNames = Field((), description="The partners who lead.")
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
from macros.views.context import PageContext
from macros.views.registry import Views

DAY = date(2026, 11, 22)
book = load(Path("."), DAY)
portfolio = Portfolio(book, DAY)
views = Views(PageContext(portfolio, lambda path, anchor: path))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(TESTS / "support/handbook", tmp_path, dirs_exist_ok=True)
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
print(views.show("project_items", "retina"))
print(next(first_files(portfolio, ""))[1].decode(), text(schemas(book)["project.json"]))
"""
    made = run(copy, HANDBOOK + script)
    assert '<span class="nav-status nav-planned"><span aria-hidden="true">◷</span> has a month</span>' in made
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
    edit(copy, "macros/findings/severity.py", "\n\nACT, WATCH", SEVERITY + "\n\nACT, WATCH")
    raised = "yield caused_by(gates, facts.Unsupported(num=len(gates)))"
    edit(
        copy,
        "macros/findings/general_rules.py",
        f"    if gates:\n        {raised}",
        f"    {raised[:-1]}, Severity.NOTE)",
    )
    page = run(copy, HANDBOOK + "print(views.show('project_findings', 'retina'))")
    assert '<span class="nav-severity nav-is-note"><span aria-hidden="true">▹</span> Note</span>' in page
    assert page.index("nav-is-watch") < page.index("nav-is-note")


def test_a_field_of_a_condition_without_a_clause_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/model/rules.py", "class Condition(Record):\n", FIELD)
    assert "{'lead'}" in refused(copy, "macros.findings.clauses")


def test_a_clause_is_applied_and_stands_on_the_page_of_the_rules(copy: Path) -> None:
    edit(copy, "macros/model/rules.py", "class Condition(Record):\n", FIELD)
    edit(copy, "macros/findings/clauses.py", "CLAUSES: dict[str, Clause] = {\n", CLAUSE)
    edit(copy, "checklists/bottlenecks.yml", "rules:\n", RULE)
    script = """
print(*(finding.kind for report in portfolio.reports("retina") for finding in report.findings))
print(views.show("named_rules"))
"""
    kinds, page = run(copy, HANDBOOK + script).split("\n", 1)
    assert {"led-by-us", "led-by-others"} & {*kinds.split()} == {"led-by-us"}
    assert "<dd>Led by: University, Hospital. </dd>" in page


def test_a_kind_of_finding_without_words_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/findings/facts.py", "if differ", FACTS)
    assert "{'lonely'}" in refused(copy, "macros.findings.facts")


def test_a_kind_of_finding_without_a_sentence_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/findings/facts.py", "if differ", FACTS.replace("sentence =", "words ="))
    assert "Lonely" in refused(copy, "macros.findings.facts")


def test_a_sentence_with_a_place_that_no_fact_fills_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/findings/facts.py", "if differ", FACTS.replace("Nobody", "%(who)s"))
    assert "Lonely: the sentence has ['who'], the facts []" in refused(copy, "macros.findings.facts")


def test_a_kind_of_name_without_a_title_is_refused_by_name(copy: Path) -> None:
    edit(copy, "macros/text/messages.py", '"modality"]', '"modality", "stage"]')
    assert "{'stage'}" in refused(copy, "macros.views.context")


# --- a field of an item ---

ITEM = "class Question(Record):\n"
NAME = "team/joint-core-team"
SEEN = """
import json
from macros.changes.diff import compare
from macros.changes.upgrade import upgrade
from macros.changes.upgrade_text import as_json
from macros.load.handbook import survey
from macros.model.overlay import LOCKED
from macros.model.resolve import fingerprint
from macros.outputs.editor_schemas import schemas

team = Path("checklists/commercial/team.yml")
old, without = book, team.read_text("utf-8")
team.write_text(without.replace("    owner:", "    room: clean-room\\n    owner:", 1), "utf-8")
new = load(Path("."), DAY)
team.write_text(without.replace("    owner:", "    room: clean-rom\\n    owner:", 1), "utf-8")
told = upgrade(old, new, old, new, None, day=DAY)
print(json.dumps({
    "check": [f"{problem.kind}: {problem.sentence}" for problem in survey(Path("."), DAY)[1]],
    "editor": schemas(old)["area.json"]["$defs"]["Question"]["properties"]["room"]["anyOf"][0],
    "locked": "room" in LOCKED,
    "compared": compare(old, new, day=DAY).rules.meaning,
    "settings": json.loads(as_json(told))["settings"],
    "silent": told.silent,
    "reviewed": any(fingerprint(old.items[name]) != fingerprint(new.items[name]) for name in old.items),
}))
"""


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("Line | None", "Question.room: say what this text names"),
        ("FreeText | None", "Question.room: say with ItemField(…) what a change of this field means"),
        ("Annotated[FreeText | None, GATE]", "Change has no field for what a layer may change: room"),
    ],
)
def test_a_field_of_an_item_that_is_not_declared_whole_is_refused_by_name(
    copy: Path, field: str, sentence: str
) -> None:
    edit(copy, "macros/model/checklist.py", ITEM, f"{ITEM}    room: {field} = None\n")
    assert sentence in refused(copy, "macros.model.overlay")


@pytest.mark.parametrize(
    ("mark", "compared", "settings", "silent", "reviewed"),
    [("NEED", True, True, False, False), ("REGULATION", False, True, False, False), ("SCOPE", True, False, True, True)],
)
def test_a_field_of_an_item_is_seen_by_check_editor_layers_comparison_and_upgrade(
    copy: Path, mark: str, compared: bool, settings: bool, silent: bool, reviewed: bool
) -> None:
    field = f'    room: Annotated[Line | None, Names("facility"), {mark}] = Field(None, description="Where.")\n'
    edit(copy, "macros/model/checklist.py", ITEM, ITEM + field)
    assert json.loads(run(copy, HANDBOOK + SEEN)) == {
        "check": ['unknown-word: "clean-rom" is not a facility'],
        "editor": {"$ref": "#/$defs/facility"},
        "locked": True,
        "compared": {NAME: ["room"]} if compared else {},
        "settings": {NAME: {"room": ["nothing", "clean-room"]}} if settings else {},
        "silent": [NAME] if silent else [],
        "reviewed": reviewed,
    }
