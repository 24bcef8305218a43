"""Bad input gets a message that helps, never a traceback.

The mistakes are in `problems/`, a file per kind; see `tests/support/cases.py`. `pytest --bless` writes the expected
texts anew: read the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.cli.check import run_check
from macros.fields.shape import shape
from macros.load.handbook import survey
from macros.load.languages import translations
from macros.model.status_file import StatusFile
from macros.site.environment import today
from macros.text.problem import KINDS, Problem
from macros.text.reader import read
from macros.text.report import report, stops
from tests.support import examples
from tests.support.cases import CASES, PROBLEMS, Case, read_cases, write_expected
from tests.support.each import each
from tests.support.paths import HANDBOOK, ROOT
from tests.support.site import EPOCH, TODAY

RETINA = "projects/retina.yml"


@dataclass(frozen=True)
class Outcome:
    """What `python -m macros check` makes of a case: its exit code, what it prints, and the problems behind that."""

    status: int
    printed: str
    problems: list[Problem]


@pytest.fixture(scope="module")
def outcome_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Outcome]:
    """Survey a case, once for all tests."""
    folder = tmp_path_factory.mktemp("problems")

    @functools.cache
    def outcome_of(name: str) -> Outcome:
        root = Path(shutil.copytree(HANDBOOK, folder / name))
        CASES[name].lay(root)
        found: list[Problem] = []

        def recorded(*arguments: Any) -> Any:
            handbook, problems = survey(*arguments)
            found.extend(problems)
            return handbook, problems

        def noted(*arguments: Any) -> Any:
            problems = [*translations(*arguments)]
            found.extend(problems)
            return problems

        module = sys.modules[run_check.__module__]
        with (
            mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=str(EPOCH)),
            mock.patch.object(module, "survey", recorded),
            mock.patch.object(module, "translations", noted),
            contextlib.redirect_stdout(io.StringIO()) as printed,
        ):
            status = run_check(root, [])
        return Outcome(status, printed.getvalue(), found)

    return outcome_of


def lay(name: str, root: Path) -> None:
    CASES[name].lay(root)


@pytest.mark.parametrize("name", CASES)
def test_check_prints_what_the_case_expects(name: str, outcome_of: Callable[[str], Outcome], bless: bool) -> None:
    outcome = outcome_of(name)
    if bless:
        write_expected(CASES[name], outcome.printed)
    assert outcome.status == bool(stops(outcome.problems))
    assert outcome.printed == (outcome.printed if bless else CASES[name].expected)


def test_every_kind_of_problem_has_a_case_in_the_file_of_its_name() -> None:
    files = {path.name: {case.kind for case in read_cases(path).values()} for path in PROBLEMS.iterdir()}
    assert files == {f"{kind}.yml": {kind} for kind in KINDS}


@each("also", sorted({tuple(case.also) for case in CASES.values()}))
def test_what_a_case_begins_with_is_correct(also: tuple[str, ...], tmp_path: Path) -> None:
    root = Path(shutil.copytree(HANDBOOK, tmp_path / "-".join(("sound", *also))))
    Case("sound", "", ["region", *also]).lay(root)
    assert survey(root, TODAY)[1] == []


@each("name", CASES)
def test_a_case_shows_the_kind_it_is_named_after(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    assert CASES[name].kind in {problem.kind for problem in outcome_of(name).problems}


@each("name", CASES)
def test_a_problem_says_where_it_is_and_what_to_write(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    for message in CASES[name].expected.split("\n\n")[:-1]:
        first, *rest = message.splitlines()
        place = re.fullmatch(
            r"(?:(?:checklists|projects|Projects|docs|languages|region)(?:/[^:]+)?|[a-z]+\.yml)"
            r"(:(\d+):\d+)?: .+ \[([a-z0-9-]+)\](, a slip|, a hint)?",
            first,
        )
        assert place, first
        assert all(re.match(rf"({place[2]}|\s*) [|=] ", line) for line in rest), "the line is the one that was named"
        assert rest[-1].endswith(f"= help: /problems/#{place[3]}")
    for problem in outcome_of(name).problems:
        assert problem.fix or problem.notes, problem.sentence


@each("name", CASES)
def test_a_problem_is_said_without_jargon(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    jargon = "invalid|illegal|failed|please|extra|literal|mapping|input|traceback|dict|str"
    for problem in outcome_of(name).problems:
        said = "\n".join((problem.sentence, problem.fix, *problem.notes))
        ours = re.sub(r'"[^"\n]*"', "", said)  # the author's words are the author's
        assert not re.search(rf"\b({jargon})\b", ours, re.IGNORECASE), said


@each(
    "name, word",
    {
        "anchor": "&Partner",
        "bad-name": "Retention Samples",
        "conflict-marker": "<<<<<<<",
        "duplicate-key": "potency-assay-developed",
        "future-date": "2027-03-14",
        "hidden-character": "\N{REPLACEMENT CHARACTER}",
        "not-a-date": "2026-02-30",
        "not-a-month": "Feb 2028",
        "not-a-number": "two",
        "not-a-share": "85%",
        "not-utf8": "\N{REPLACEMENT CHARACTER}",
        "reason-missing--long-form": "not-applicable",
        "requires-later-stage": "trial/first-cohort",
        "several-documents": "---",
        "syntax--colon-in-text": ":",
        "syntax--space-missing": "lead:",
        "text-cut": "#3",
        "unknown-area": "analitics",
        "unknown-item": "retention-sample",
        "unknown-key--answer": "evidense",
        "unknown-status": "partial",
        "unknown-word--applies-to": "patients",  # in a line of which only a part is shown
        "unknown-word--route": "hospital-exempt",
        "unknown-word--rule-who": "clinic",
        "unknown-word--source": "ema-guidelin",
    }.items(),
)
def test_the_caret_stands_under_the_word_that_is_wrong(name: str, word: str) -> None:
    _, line, carets, *_ = CASES[name].expected.splitlines()
    under = re.search(r"\^+", carets)
    assert under
    assert line[slice(*under.span())] == word


def test_mistakes_in_several_files_are_reported_at_once_in_the_order_of_files_and_lines(handbook: Path) -> None:
    for name in ("unknown-key--underscore", "not-a-date--checked", "missing-key", "wrong-extension"):
        lay(name, handbook)
    text = (handbook / RETINA).read_text("utf-8")
    for old, new in (("status: met", "status: partial"), ("v2026.1", "2026.1")):
        assert old in text
        text = text.replace(old, new, 1)
    (handbook / RETINA).write_text(text, "utf-8")
    problems = survey(handbook, today())[1]
    places = [(problem.file, problem.line, problem.column) for problem in problems]
    assert places == sorted(places)
    assert {problem.file for problem in problems} == {
        "checklists/references.yml",
        "checklists/technical/analytics.yml",
        "projects/cornea.yaml",
        RETINA,
    }
    kinds = [problem.kind for problem in problems if problem.file == RETINA]
    assert kinds == ["missing-key", "not-an-edition", "unknown-status"]
    assert report(problems).endswith(f"\n\n{len(problems)} problems in 4 files. Nothing was published.")


def test_a_correct_handbook_has_no_problems(handbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(handbook, []) == 0
    assert capsys.readouterr().out.startswith("No problems")


@pytest.mark.parametrize(
    "make",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"---\n" + text,
        lambda text: text.rstrip(b"\n"),
        lambda text: text + b"#" * (131_072 - len(text)),
        lambda text: text.replace(b"university", b"university  # our partner"),
    ],
    ids=["a mark at the start", "Windows line ends", "three hyphens", "no last line end", "128 KiB", "a comment"],
)
def test_what_does_no_harm_is_accepted(make: Callable[[bytes], bytes], handbook: Path) -> None:
    (handbook / RETINA).write_bytes(make((handbook / RETINA).read_bytes()))
    assert report(survey(handbook, today())[1]) == report([])


# --- what must not be accepted in silence, though no single file is wrong ---


def copy(root: Path, file: str, to: str) -> None:
    (root / to).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / file, root / to)


@pytest.mark.parametrize(
    ("file", "to"),
    [
        (RETINA, "projects/old/retina.yml"),
        ("checklists/commercial/team.yml", "checklists/clinical/team.yml"),
        ("checklists/commercial/team.yml", "checklists/commercial/references.yml"),
    ],
    ids=["two projects", "two areas", "an area named like another checklist"],
)
def test_two_files_of_one_name_are_refused(file: str, to: str, handbook: Path) -> None:
    copy(handbook, file, to)
    assert to in {problem.file for problem in survey(handbook, today())[1]}


@pytest.mark.parametrize("folder", ["projects", "checklists", "docs"])
def test_a_folder_that_is_a_link_is_refused(folder: str, handbook: Path, tmp_path: Path) -> None:
    (handbook / folder).mkdir(exist_ok=True)
    (handbook / folder).rename(tmp_path / "elsewhere")
    (handbook / folder).symlink_to(tmp_path / "elsewhere")
    assert "not-a-file" in {problem.kind for problem in survey(handbook, today())[1]}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RETINA, "{2: 2028-02}", "{2: 2028-02, 02: 2029-01}"),
        (RETINA, "since: 2026-03-14", "since: 1026-03-14"),
        (RETINA, "[{status: not-met,", "[{status: met, since: 2026-03}, {status: not-met,"),
        ("checklists/bottlenecks.yml", "rules:\n  potency-behind-the-clinic:", "rules:\n  imbalance:"),
        ("checklists/bottlenecks.yml", "{clinical: 2}", "{clinical: 22}"),
        ("checklists/navigator.yml", "  stale: {title", "  stail: {title"),
        ("checklists/technical/analytics.yml", "range: [6, 24]", "range: [24, 6]"),
    ],
    ids=[
        "two targets for one stage",
        "a year long ago",
        "former statuses in the wrong order",
        "a rule named like a finding",
        "a stage that no track reaches",
        "a finding without words",
        "a range that ends before it begins",
    ],
)
def test_what_would_be_lost_or_break_a_page_is_refused(file: str, old: str, new: str, handbook: Path) -> None:
    text = (handbook / file).read_text()
    assert old in text
    (handbook / file).write_text(text.replace(old, new, 1))
    assert file in {problem.file for problem in survey(handbook, today())[1]}


# --- the commands ---


def run(root: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=root, env=variables, capture_output=True, text=True, encoding="utf-8"
    )


def test_the_command_exits_0_without_problems_and_1_with_one(handbook: Path) -> None:
    assert run(handbook, "macros", "check").returncode == 0
    lay("unknown-status", handbook)
    bad = run(handbook, "macros", "check")
    assert (bad.returncode, bad.stdout, bad.stderr) == (1, CASES["unknown-status"].expected, "")


def test_the_command_reports_only_the_files_it_is_given(handbook: Path) -> None:
    lay("unknown-status", handbook)
    copy(handbook, RETINA, "projects/cornea.yml")
    named = run(handbook, "macros", "check", RETINA)
    assert (named.returncode, named.stdout) == (1, CASES["unknown-status"].expected)
    assert run(handbook, "macros", "check", str(handbook / RETINA)).stdout == named.stdout
    assert run(handbook, "macros", "check", "checklists/references.yml").returncode == 0
    assert run(handbook, "macros", "check", "projects/nowhere.yml").returncode == 2


def test_a_named_file_is_not_called_right_when_it_was_not_checked(handbook: Path) -> None:
    lay("unknown-item", handbook)
    (handbook / "checklists/references.yml").unlink()
    assert run(handbook, "macros", "check", RETINA).returncode == 1
    assert run(handbook, "macros", "check", "projects").returncode != 0


def test_a_terminal_without_unicode_gets_the_message_too(handbook: Path) -> None:
    lay("not-utf8", handbook)
    printed = run(handbook, "macros", "check", PYTHONIOENCODING="ascii")
    assert (printed.returncode, printed.stderr) == (1, "")
    assert printed.stdout.startswith(f"{RETINA}:2:10: ")


def test_a_bad_file_stops_the_site_with_the_same_message(tmp_path: Path) -> None:
    for name in ("docs", "macros", "checklists"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects/cornea.yml").write_text("title: Cornea: cells\n")
    check = run(tmp_path, "macros", "check")
    build = run(tmp_path, "mkdocs", "build", "--strict", PYTHONPATH=str(tmp_path), NO_MKDOCS_2_WARNING="1")
    assert check.stdout.startswith("projects/cornea.yml:1:14: the text contains a colon")
    assert check.stdout in build.stdout + build.stderr
    assert "Traceback" not in build.stderr
    assert build.returncode != 0
    assert not (tmp_path / "site").exists()


# --- hostile files ---

PROJECTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "projects").glob("*.yml"))]
MARKS = st.text("{}[],:#&*!|>'\"%@`-?~<=\\ \n\t\r\0", max_size=6)
EDITS = st.lists(st.tuples(st.integers(0), st.integers(0, 12), MARKS | st.text(max_size=4)), max_size=5)

both_loaders = pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
often = examples.often(300)


def every_place_is_in_the_file(raw: bytes, loader: type) -> None:
    with mock.patch("macros.text.reader.Loader", loader):
        source, problems = read("projects/x.yml", raw)
    if not problems:
        record = shape(StatusFile, source)
        problems = record if isinstance(record, list) else []
    lines = source.text.split("\n")
    for problem in problems:
        if problem.line or problem.column:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert bool(report(problems)) == bool(problems)


@both_loaders
@often
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode) | st.lists(MARKS).map("x".join).map(str.encode))
def test_any_bytes_are_read_or_refused(loader: type, raw: bytes) -> None:
    every_place_is_in_the_file(raw, loader)


@both_loaders
@often
@given(st.sampled_from(PROJECTS), EDITS)
def test_any_slip_in_a_status_file_is_read_or_refused(
    loader: type, text: str, edits: list[tuple[int, int, str]]
) -> None:
    for place, length, new in edits:
        start = place % (len(text) + 1)
        text = text[:start] + new + text[start + length :]
    every_place_is_in_the_file(text.encode(errors="replace"), loader)


@pytest.mark.parametrize("mark", ["[", "{", "- ", "? ", "&a [", "!a [", "x: [", "'", '"'])
def test_sixty_thousand_of_anything_end_nothing(mark: str) -> None:
    every_place_is_in_the_file((mark * 60_000)[:60_000].encode(), yaml.SafeLoader)
    every_place_is_in_the_file((mark * 60_000)[:60_000].encode(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
