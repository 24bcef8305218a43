"""What is said of the mistakes that people make, that following it settles it, and what `check --fix` makes of them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from macros.load.autofix import mend
from macros.load.handbook import checklists, read_project
from macros.model.handbook import Handbook
from macros.text.problem import ERROR, Problem
from tests.support.paths import HANDBOOK, TESTS
from tests.support.site import TODAY

FILE = "projects/retina.yml"
TABLE = TESTS / "checks/mistakes.yml"
ROWS: dict[str, dict[str, Any]] = yaml.load(TABLE.read_text("utf-8"), yaml.CBaseLoader)
SOUND = (HANDBOOK / FILE).read_text("utf-8")


@cache
def handbook() -> Handbook:
    read = checklists(HANDBOOK, None, [])
    assert read
    return read


def found(text: str) -> list[Problem]:
    problems: list[Problem] = []
    read_project(HANDBOOK, FILE, handbook(), TODAY, problems, raw=text.encode())
    return sorted(problems)


def written(row: dict[str, Any], field: str) -> str:
    assert SOUND.count(row["replace"]) == 1, row["replace"]
    return SOUND.replace(row["replace"], row[field])


def said(problem: Problem) -> str:
    slip = "" if problem.severity == ERROR else f" ({problem.severity})"
    return f"{problem.line}:{problem.column}{slip} {problem.sentence}: {problem.fix}"


@pytest.mark.parametrize("name", ROWS)
def test_what_is_said_of_a_mistake(name: str, bless: bool) -> None:
    sentences = [said(problem) for problem in found(written(ROWS[name], "with"))]
    mended = mend(FILE, written(ROWS[name], "with"), found).text
    if bless:
        bless_row(name, sentences, mended)
    assert sentences == (sentences if bless else ROWS[name].get("says", []))
    if not bless:
        assert mended == written(ROWS[name], "fixed" if "fixed" in ROWS[name] else "with")


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "then" in row])
def test_following_a_message_settles_the_mistake(name: str) -> None:
    followed = written(ROWS[name], "then")
    changed = {number for number, line in enumerate(followed.split("\n"), 1) if line not in SOUND.split("\n")}
    assert [said(p) for p in found(followed) if p.line in changed or p.severity == ERROR] == ROWS[name].get("left", [])


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "then" in row])
def test_a_replacement_that_is_proposed_leads_to_no_other_in_its_place(name: str) -> None:
    """What stands in quotes or brackets under the mark is put there, as an editor would."""
    before = found(written(ROWS[name], "with"))
    for problem in (problem for problem in before if problem.instead):
        lines = written(ROWS[name], "with").split("\n")
        line, start = lines[problem.line - 1], problem.column - 1
        lines[problem.line - 1] = line[:start] + problem.instead + line[start + problem.width :]
        after = [p for p in found("\n".join(lines)) if p.severity == ERROR and p.line == problem.line]
        assert len(after) < len([p for p in before if p.line == problem.line]), problem


def test_what_is_mended_is_what_the_message_asks_for() -> None:
    assert [name for name, row in ROWS.items() if "fixed" in row and row["fixed"] != row.get("then")] == []


def bless_row(name: str, sentences: list[str], mended: str) -> None:
    """Write what is said into the table; comments at its head stay."""
    text = TABLE.read_text("utf-8")
    rows: dict[str, dict[str, Any]] = yaml.load(text, yaml.CBaseLoader)
    row = {field: value for field, value in rows[name].items() if field not in ("says", "fixed")}
    row["says"] = sentences
    before, _, after = SOUND.partition(row["replace"])
    if mended != written(row, "with"):
        row["fixed"] = mended.removeprefix(before).removesuffix(after)
    rows[name] = row
    head = text[: text.index("\n'01") + 1] if "\n'01" in text else text[: text.index("\n01") + 1]
    TABLE.write_text(head + yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=1000), "utf-8")
