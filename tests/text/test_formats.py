"""Problems for people, forges and machines: the same problems in every form, and nothing of a file is obeyed."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros.cli.check import run_check
from macros.cli.main import main
from macros.load.handbook import survey
from macros.site.environment import today
from macros.text.formats import as_json, github, gitlab, ordered
from macros.text.messages import as_written
from macros.text.problem import ERROR, NOTE, WARNING, Problem
from macros.text.report import report
from tests.support import examples

RETINA = "projects/retina.yml"

# What forges and terminals obey, or take for an end of a line.
HOSTILE = st.text(
    st.sampled_from(":%,\r\n\t\0\x1b\x07#[] \u0085\u2028\u202e\N{MICRO SIGN}é🧬")
    | st.sampled_from(string.ascii_letters),
    max_size=30,
)
NAMES = st.from_regex(r"(projects|checklists)/[a-z:,%]{1,8}\.yml", fullmatch=True)
LINES = st.integers(0, 999)
PROBLEMS = st.builds(
    Problem,
    file=NAMES,
    line=LINES,
    column=st.integers(0, 200),
    kind=st.sampled_from(["tab", "unknown-status", "gate-unsupported"]),
    sentence=HOSTILE.filter(bool).map(as_written),
    fix=HOSTILE.map(as_written),
    notes=st.lists(HOSTILE.map(as_written), max_size=2).map(tuple),
    width=st.integers(1, 20),
    excerpt=HOSTILE,
    severity=st.sampled_from([ERROR, WARNING, NOTE]),
).map(lambda problem: problem if problem.line else replace(problem, column=0))
LISTS = st.lists(PROBLEMS, max_size=12)
often = examples.often(100)


def problem(file: str = RETINA, line: int = 3, severity: str = ERROR, sentence: str = "this is wrong") -> Problem:
    said = as_written(sentence), as_written("write it"), (as_written("a note"),)
    return Problem(file, line, 5, "some-kind", *said, 4, "a: b", severity)


# --- GitHub ---


class Command(NamedTuple):
    """A workflow command, read as the runner reads it."""

    name: str
    properties: dict[str, str]
    message: str


def command(row: str) -> Command:
    """Read a line as the runner does: after any white space, and with what is escaped put back."""
    found = re.fullmatch(r"\s*::([a-z-]+) ?(.*?)::(.*)", row, re.DOTALL)
    assert found, row
    pairs = [part.partition("=") for part in found[2].split(",") if part]
    return Command(found[1], {name: back(value, ":", ",") for name, _, value in pairs}, back(found[3]))


def back(text: str, *more: str) -> str:
    for character in (*more, "\r", "\n", "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def seen(text: str) -> str:
    """The text as it is printed: what a terminal would obey or hide becomes a mark."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


@often
@given(LISTS)
@example([Problem("projects/a,b:c%d.yml", 1, 2, "tab", as_written("100 %: a\nb\r::error::c"), as_written("d, e"))])
def test_a_runner_reads_back_what_was_written_and_nothing_else(problems: list[Problem]) -> None:
    rows = github(problems).split("\n") if problems else []
    assert len(rows) == len(set(problems))
    for row, each in zip(rows, ordered(problems, ()), strict=True):
        read = command(row)
        assert read.name == {ERROR: "error", WARNING: "warning", NOTE: "notice"}[each.severity]
        place = {"line": str(each.line), "col": str(each.column)} if each.line else {}
        assert read.properties == {"file": seen(each.file), **place, "title": each.kind}
        for part in (each.sentence, each.fix, *each.notes):
            assert seen(part)[1:] in read.message, "the first letter is made a capital"


@often
@given(LISTS)
@example([Problem(RETINA, 1, 2, "tab", as_written("a"), as_written("b\u2028::error::c\x85::d\u2029::e"))])
def test_no_line_of_any_form_begins_with_what_a_forge_obeys(problems: list[Problem]) -> None:
    for form in (report, as_json, gitlab):
        for row in re.split(r"[\r\n\x85\u2028\u2029]", form(problems)):
            assert not row.lstrip().startswith("::"), form.__name__
            assert form is not report or "\x1b" not in row
    for row in github(problems).split("\n"):
        assert "\r" not in row
        assert row.count("\x1b") == row.count("\0") == 0


def test_percent_signs_and_line_breaks_are_escaped_and_in_properties_colons_and_commas_too() -> None:
    text = github([Problem("projects/a,b:c.yml", 1, 2, "tab", as_written("100 %: a, b"), as_written("write c\nd"))])
    assert text.startswith("::error file=projects/a%2Cb%3Ac.yml,line=1,col=2,title=tab::100 %25: a, b")
    assert "\n" not in text


def test_a_problem_of_a_whole_file_names_no_line() -> None:
    assert github([Problem(RETINA, 0, 0, "too-large", as_written("it is too large"))]) == (
        f"::error file={RETINA},title=too-large::It is too large"
    )


def test_of_the_ten_that_are_shown_of_a_severity_those_of_touched_files_come_first() -> None:
    many = [
        problem(f"projects/p{number:02}.yml", severity=severity)
        for severity in (NOTE, WARNING, ERROR)
        for number in range(15)
    ]
    rows = [command(row) for row in github(many, ["projects/p14.yml", "projects/p12.yml"]).split("\n")]
    assert [row.name for row in rows] == ["error"] * 15 + ["warning"] * 15 + ["notice"] * 15
    for start in (0, 15, 30):
        files = [row.properties["file"] for row in rows[start : start + 15]]
        assert files[:3] == ["projects/p12.yml", "projects/p14.yml", "projects/p00.yml"]


def test_without_touched_files_problems_stand_in_the_order_of_files_and_lines() -> None:
    many = [problem("projects/b.yml", 2), problem("projects/a.yml", 10), problem("projects/a.yml", 9)]
    places = [(each.file, each.line) for each in ordered(many, ())]
    assert places == [("projects/a.yml", 9), ("projects/a.yml", 10), ("projects/b.yml", 2)]


# --- GitLab ---


@often
@given(LISTS)
def test_a_code_quality_report_has_the_fields_that_gitlab_reads(problems: list[Problem]) -> None:
    for row, each in zip(json.loads(gitlab(problems)), ordered(problems, ()), strict=True):
        assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] == {ERROR: "major", WARNING: "minor", NOTE: "info"}[each.severity]
        assert row["location"] == {"path": each.file, "lines": {"begin": max(1, each.line)}}
        assert row["check_name"] == each.kind
        assert re.fullmatch("[0-9a-f]{32,}", row["fingerprint"])


def prints(root: Path) -> list[str]:
    return [row["fingerprint"] for row in json.loads(gitlab(survey(root, today())[1]))]


def spoil(root: Path, *pairs: tuple[str, str]) -> None:
    text = (root / RETINA).read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (root / RETINA).write_text(text, "utf-8")


def test_a_fingerprint_stays_when_lines_are_added_above(handbook: Path) -> None:
    spoil(handbook, ("status: met", "status: partial"), ("retention-samples: not-met", "retention-samples: no"))
    before = prints(handbook)
    assert len(before) == 2
    spoil(handbook, ("title: Retinal", "# One line.\n\n# And another.\ntitle: Retinal"))
    assert prints(handbook) == before


def test_a_fingerprint_goes_with_its_problem_and_no_other(handbook: Path) -> None:
    spoil(handbook, ("status: met", "status: partial"), ("retention-samples: not-met", "retention-samples: no"))
    first, second = prints(handbook)
    spoil(handbook, ("status: partial", "status: met"))
    assert prints(handbook) == [second]
    assert first != second


@pytest.mark.parametrize(
    "pairs",
    [
        [("lead: university", "lead:\tuniversity\t")],
        [("lead: university", "lead: uni\u200bver\u200bsity")],
        [("2: 2028-02}", "2: 2028-02}\nevents:\n  - {}\n  - {}")],
        [
            ("  trial:\n", "  trial:\n    dose-rationale: yes\n"),
            ("  team:\n", "  team:\n    dose-rationale: yes\n"),
        ],
    ],
    ids=["two tabs in a line", "two hidden characters", "two names missing", "the same line twice"],
)
def test_no_two_problems_have_one_fingerprint(pairs: list[tuple[str, str]], handbook: Path) -> None:
    """Of problems with one fingerprint GitLab shows one."""
    if "events" in pairs[0][1]:
        spoil(
            handbook,
            ("events:\n  - {date: 2026-06-01, kind: owner-change, text: A company has bought the rights.}\n", ""),
        )
    spoil(handbook, *pairs)
    found = prints(handbook)
    assert len(found) > 1
    assert [each for each, count in Counter(found).items() if count > 1] == []


# --- JSON ---


@often
@given(LISTS)
def test_the_form_for_machines_holds_everything_and_names_its_version(problems: list[Problem]) -> None:
    document = json.loads(as_json(problems))
    assert document.keys() == {"version", "problems"}
    assert document["version"] == 1
    for row, each in zip(document["problems"], ordered(problems, ()), strict=True):
        assert row == {
            **{name: getattr(each, name) for name in ("file", "line", "column", "width", "severity", "kind")},
            "sentence": each.sentence,
            "fix": each.fix,
            "notes": list(each.notes),
            "help": f"/problems/#{each.kind}",
        }


@pytest.mark.parametrize("form", [as_json, gitlab, github, report])
def test_the_same_problems_in_any_order_give_the_same_bytes(form: object) -> None:
    assert callable(form)
    many = [problem(f"projects/{name}.yml", line) for name in "cab" for line in (7, 3)]
    assert form(many) == form(list(reversed(many))) == form([*many, *many])


# --- all forms alike ---


def counts(text: str) -> Counter[str]:
    """How many problems, slips and hints the last lines of the text form tell."""
    return Counter({word: int(n) for n, word in re.findall(r"(\d+) (problem|slip|hint)s? in \d+ files?\.", text)})


@often
@given(LISTS)
def test_every_form_tells_the_same_number_of_each_severity(problems: list[Problem]) -> None:
    expected = Counter(each.severity for each in set(problems))
    assert counts(report(problems).rpartition("\n\n")[2]) == expected
    assert Counter(row["severity"] for row in json.loads(as_json(problems))["problems"]) == expected
    names = {"major": ERROR, "minor": WARNING, "info": NOTE}
    assert Counter(names[row["severity"]] for row in json.loads(gitlab(problems))) == expected
    names = {"error": ERROR, "warning": WARNING, "notice": NOTE}
    rows = github(problems).split("\n") if problems else []
    assert Counter(names[command(row).name] for row in rows) == expected


def everything_wrong(root: Path) -> None:
    """Mistakes of all three severities, in three files."""
    text = (root / RETINA).read_text("utf-8")
    (root / "projects/cornea.yml").write_text(text.replace("joint-core-team:", "joint-core-team: met"), "utf-8")
    (root / "projects/iris.yml").write_text(text.replace("lead: university", "lead: university  "), "utf-8")
    (root / "projects/lens.yml").write_text(text.replace("status: met", "status: partial"), "utf-8")
    (root / "projects/lens.yaml").write_text(text, "utf-8")


FORMS = ["text", "github", "gitlab", "json"]


@pytest.fixture
def root(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(handbook)
    return handbook


def test_every_form_of_the_command_tells_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    everything_wrong(root)
    printed = {}
    for form in FORMS:
        assert main(["check", "--format", form]) == 1
        printed[form] = capsys.readouterr().out
    expected = Counter({ERROR: 2, WARNING: 1, NOTE: 1})
    assert counts(printed["text"]) == expected
    assert Counter(row["severity"] for row in json.loads(printed["json"])["problems"]) == expected
    assert Counter(row["severity"] for row in json.loads(printed["gitlab"])) == {"major": 2, "minor": 1, "info": 1}
    names = [command(row).name for row in printed["github"].splitlines()]
    assert Counter(names) == {"error": 2, "warning": 1, "notice": 1}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("lead: university", "lead: university", 0),
        ("lead: university", "lead: university  ", 0),
        ("joint-core-team:", "joint-core-team: met", 0),
        ("status: met", "status: partial", 1),
        ("lead: university", "lead:university", 1),
    ],
    ids=["nothing wrong", "a hint", "a slip", "a problem", "a file that cannot be read"],
)
def test_only_a_problem_ends_the_command_with_1(form: str, old: str, new: str, status: int, root: Path) -> None:
    spoil(root, (old, new))
    assert run_check(root, [], form) == status
    assert run_check(root, [RETINA], form) == status


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_not_there_ends_the_command_with_2_and_a_sentence(
    form: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_check(root, ["projects/nowhere.yml"], form) == 2
    sentence = "projects/nowhere.yml is no file of projects/, checklists/ or region/ that can be checked.\n"
    assert capsys.readouterr() == ("", sentence)


@pytest.mark.usefixtures("root")
def test_an_unknown_form_ends_the_command_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", "--format", "sarif"])
    assert left.value.code == 2
    assert "text" in capsys.readouterr().err


def test_touched_files_are_known_by_any_way_of_writing_their_path(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything_wrong(root)
    (root / "projects/zonule.yml").write_bytes((root / "projects/lens.yml").read_bytes())
    for name in ("projects/zonule.yml", "./projects/zonule.yml", str(root / "projects/zonule.yml")):
        main(["check", "--format", "github", "--touched", name])
        assert command(capsys.readouterr().out.split("\n")[0]).properties["file"] == "projects/zonule.yml"


@pytest.mark.parametrize("mark", ["::error::x", "::add-mask::a", "::stop-commands::x", "##[error]x", "%0A::error::x"])
def test_commands_in_a_file_are_never_commands_in_the_output(
    mark: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In keys, values, comments and blocks, and in the file's name."""
    text = (root / RETINA).read_text("utf-8")
    (root / "projects" / f"{mark.replace('/', '')}.yml").write_text(text, "utf-8")
    (root / RETINA).write_text(
        text.replace("status: met", f"status: '{mark}'")
        .replace("retention-samples", f"'{mark}'")
        .replace("lead: university", f"lead: |\n  \n  {mark}\n  {mark}\n# {mark}\n"),
        "utf-8",
    )
    for form in FORMS:
        assert main(["check", "--format", form]) == 1
        out, err = capsys.readouterr()
        ours = [row for row in out.splitlines() if row.startswith("::error file=")] if form == "github" else []
        for row in [*out.splitlines(), *err.splitlines()]:
            if row not in ours:
                assert not row.lstrip().startswith("::"), row
        assert form != "github" or len(ours) == len(out.splitlines()) > 2
