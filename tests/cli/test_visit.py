"""`python -m macros visit`: what a new edition asks of a project, and the edition written into its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.cli.main import main
from tests.support.paths import ROOT

FILE = "projects/retinal-cells.yml"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The handbook, with a project that was answered for the edition before."""
    shutil.copytree(ROOT / "checklists", tmp_path / "checklists")
    shutil.copytree(ROOT / "docs/schema", tmp_path / "docs/schema")
    (tmp_path / "projects").mkdir()
    text = (ROOT / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(text.replace("checklist: v2026.2", "checklist: v2026.1"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_shows_what_is_asked_differently_and_changes_nothing(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (place / FILE).read_bytes()
    assert main(["visit", "retinal-cells"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("retinal-cells was answered for edition v2026.1; the checklists are at ")
    for part in ("\nAsked differently: ", "\n  before: ", "\n  now: ", "\n  your answer: "):
        assert part in said
    assert (place / FILE).read_bytes() == before


def test_it_writes_the_edition_only_when_every_such_answer_has_been_looked_at(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (place / FILE).read_text("utf-8")
    assert main(["visit", "retinal-cells", "--raise"]) == 2
    left = capsys.readouterr().err
    assert left.startswith("Still to be looked at: ")
    assert (place / FILE).read_text("utf-8") == before
    names = left.removeprefix("Still to be looked at: ").partition(". ")[0].split(", ")
    assert main(["visit", "retinal-cells", "--raise", "--holds", *names]) == 0
    lines = zip(before.splitlines(), (place / FILE).read_text("utf-8").splitlines(), strict=True)
    assert {new.partition(":")[0] for old, new in lines if old != new} == {"checklist", "assessed"}
    capsys.readouterr()
    assert main(["visit", "retinal-cells"]) == 0
    assert "already" in capsys.readouterr().out


@pytest.mark.usefixtures("place")
def test_a_project_that_is_not_there_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["visit", "nobody"]) == 2
    assert capsys.readouterr().err == "There is no projects/nobody.yml.\n"
