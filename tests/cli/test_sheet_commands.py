"""The commands `sheet` and `read-sheet`: a project goes out as a workbook and comes back as a status file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.sheets.xlsx import read_workbook
from macros.text.reader import read
from tests.support.paths import HANDBOOK, ROOT
from tests.support.workbooks import Cells, typed

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a copy of the miniature handbook: exit status, output, errors."""
    monkeypatch.chdir(handbook)

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return command


def rows(file: str, sheet: str = "Answers") -> dict[str, str]:
    """Give the row of each name of a sheet."""
    cells = read_workbook(Path(file).read_bytes()).sheets[sheet]
    return {cell.text: name[1:] for name, cell in cells.items() if re.fullmatch("A([4-9]|[1-9][0-9]+)", name)}


def fill(file: str, **sheets: Cells) -> None:
    Path(file).write_bytes(typed(Path(file).read_bytes(), **sheets))


RETINA = "projects/retina.yml"


def test_a_sheet_that_nobody_touched_changes_nothing(run: Run) -> None:
    before = Path(RETINA).read_bytes()
    assert run("sheet", "retina")[0] == 0
    status, out, _ = run("read-sheet", "retina.xlsx")
    assert (status, Path(RETINA).read_bytes()) == (0, before)
    assert (
        "changed: 0 of the answers and 0 of the lines about the project. projects/retina.yml says this already." in out
    )


def test_what_is_typed_is_put_in_and_said_and_comments_stay(run: Run) -> None:
    path = Path(RETINA)
    path.write_bytes(path.read_bytes() + b"# the end\r\n")
    before = path.read_text("utf-8").splitlines()
    run("sheet", "retina")
    name, row = next((name, row) for name, row in rows("retina.xlsx").items() if name.endswith("retention-samples"))
    fill("retina.xlsx", Answers={f"G{row}": "Under way", f"K{row}": "2028-02"}, Project={"C8": "2026-11-20"})
    status, out, err = run("read-sheet", "retina.xlsx")
    assert (status, err) == (0, "")
    assert re.search(rf"^{name}: status .+ → in-progress, planned .+ → 2028-02$", out, re.MULTILINE)
    assert "1 of the answers and 1 of the lines about the project. projects/retina.yml is written." in out
    after = path.read_text("utf-8").splitlines()
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 2
    assert run("check")[0] == 0


def test_a_sheet_is_not_written_over_one_that_may_hold_answers(run: Run) -> None:
    run("sheet", "retina")
    status, _, err = run("sheet", "retina")
    assert (status, err) == (2, "retina.xlsx exists and may hold answers. Move it, or name another with --out.\n")
    assert run("sheet", "retina", "--out", "second.xlsx", "--upto", "1")[0] == 0
    assert Path("second.xlsx").is_file()


def test_a_blank_sheet_becomes_a_project(run: Run) -> None:
    product = ("--modality", "allogeneic-cell", "--route", "central-authorisation")
    status, _, err = run("sheet", *product)
    assert (status, err) == (0, "")
    file = "new-allogeneic-cell.xlsx"
    assert run("read-sheet", file)[2] == "The sheet belongs to no project yet. Name the new one with --as.\n"
    assert "Cell C4 of Project is empty: a new project needs its title." in run("read-sheet", file, "--as", "cornea")[2]
    assert not Path("projects/cornea.yml").exists()
    hospital = {"C4": "Cornea", "C5": "Cells for the cornea.", "C6": "Hospital", "C8": "2026-11-20"}
    fill(file, Answers={"G4": "Not yet"}, Project=hospital)
    assert run("read-sheet", file, "--as", "cornea")[0] == 0
    data = read("", Path("projects/cornea.yml").read_bytes())[0].data
    assert (data["title"], data["lead"], data["assessed"]) == ("Cornea", "hospital", "2026-11-20")
    assert run("check")[0] == 0
    assert 'There is a project "cornea" already.' in run("read-sheet", file, "--as", "cornea")[2]


def test_a_sheet_says_nothing_where_somebody_has_answered_in_between(run: Run) -> None:
    run("sheet", "retina")
    row = next(row for name, row in rows("retina.xlsx").items() if name.endswith("retention-samples"))
    fill("retina.xlsx", Answers={f"G{row}": "Under way"})
    text = Path(RETINA).read_text("utf-8")
    other = text.replace(
        "retention-samples: not-met", "retention-samples: {status: not-applicable, because: No samples}"
    )
    Path(RETINA).write_text(other, "utf-8")
    status, _, err = run("read-sheet", "retina.xlsx")
    assert status == 2
    assert f'Cell G{row} of Answers: the sheet was written when the file said "not-met"; by now it says' in err
    assert Path(RETINA).read_text("utf-8") == other
    assert run("read-sheet", "retina.xlsx", "--sheet-wins")[0] == 0


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"I": "Ward of anna.svensson@example.org"}, "an e-mail address"),
        ({"H": "2031-01-01"}, "2031-01-01 is still to come; write the day from which it holds"),
    ],
)
def test_what_check_would_refuse_is_refused_with_the_cell_and_nothing_is_written(
    cells: dict[str, str], said: str, run: Run
) -> None:
    before = Path(RETINA).read_bytes()
    run("sheet", "retina")
    row = next(row for name, row in rows("retina.xlsx").items() if name.endswith("retention-samples"))
    fill("retina.xlsx", Answers={f"G{row}": "Done", **{f"{column}{row}": text for column, text in cells.items()}})
    status, out, err = run("read-sheet", "retina.xlsx")
    assert (status, out) == (2, "")
    assert err.startswith(f"Cell {next(iter(cells))}{row} of Answers: ")
    assert said in err
    assert "anna.svensson" not in err
    assert Path(RETINA).read_bytes() == before


def test_a_sheet_of_another_edition_project_or_checklist_is_refused(run: Run) -> None:
    run("sheet", "retina")
    sound = Path("retina.xlsx").read_bytes()
    frame = Path("checklists/navigator.yml")
    text = frame.read_text("utf-8")
    edition = re.search(r"^edition: (\S+)", text, re.MULTILINE)
    assert edition
    Path("retina.xlsx").write_bytes(typed(sound, Navigator={"B3": "v2025.1"}))
    assert (
        f"for edition v2025.1 (cell B1 of Answers); the checklists are of {edition[1]}."
        in run("read-sheet", "retina.xlsx")[2]
    )
    Path("retina.xlsx").write_bytes(sound)
    assert run("read-sheet", "retina.xlsx", "--as", "other")[2] == (
        'The sheet belongs to the project "retina". Leave out --as.\n'
    )
    Path(RETINA).unlink()
    assert run("read-sheet", "retina.xlsx")[2] == "There is no projects/retina.yml.\n"


def test_what_is_no_file_or_no_project_is_said(run: Run) -> None:
    assert run("sheet", "nothing")[2] == 'There is no project "nothing".\n'
    assert run("sheet")[2] == "Name a project, or say what the product is with --modality and --route.\n"
    assert run("read-sheet", "nothing.xlsx")[0] == 2
    assert "allogeneic-cell" in run("sheet", "--modality", "allogenic-cell", "--route", "central-authorisation")[2]
    assert HANDBOOK.is_dir()


@pytest.fixture
def swedish(handbook: Path) -> None:
    """The miniature handbook with the Swedish words of the interface, in a region whose first language is Swedish."""
    shutil.copytree(ROOT / "languages", handbook / "languages", ignore=shutil.ignore_patterns("docs", "[!if]*.po"))
    (handbook / "region").mkdir()
    site = 'site: {name: Norra, address: "https://navigator.example.org/"}'
    (handbook / "region/region.yml").write_text(f"name: Norra\nlanguages: [sv, en]\n{site}\n", "utf-8")


def first_sheet(file: str) -> str:
    return next(iter(read_workbook(Path(file).read_bytes()).sheets))


@pytest.mark.usefixtures("swedish")
def test_a_sheet_is_in_the_language_asked_for_else_of_the_environment_else_of_the_region(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("sheet", "retina", "--out", "a.xlsx")[2] == ""
    assert run("sheet", "retina", "--out", "b.xlsx", "--language", "en")[2] == ""
    monkeypatch.setenv("NAVIGATOR_LANGUAGE", "en")
    assert run("sheet", "retina", "--out", "c.xlsx")[2] == ""
    assert run("sheet", "retina", "--out", "d.xlsx", "--language", "sv")[2] == ""
    assert [first_sheet(f"{name}.xlsx") for name in "abcd"] == ["Svar", "Answers", "Answers", "Svar"]
    assert run("sheet", "retina", "--language", "xx")[2] == 'There is no translation into "xx". Write one of en, sv.\n'


@pytest.mark.usefixtures("swedish")
def test_sheets_in_two_languages_say_the_same_byte_by_byte(run: Run) -> None:
    before, after = Path(RETINA).read_bytes(), set()
    for code, done in (("sv", "Pågår"), ("en", "Under way"), ("sv", "Under way"), ("en", "Pågår")):
        Path(RETINA).write_bytes(before)
        Path("retina.xlsx").unlink(missing_ok=True)
        run("sheet", "retina", "--language", code)
        found = rows("retina.xlsx", first_sheet("retina.xlsx"))
        row = next(row for name, row in found.items() if name.endswith("retention-samples"))
        fill("retina.xlsx", Answers={f"G{row}": done, f"K{row}": "2028-02"})
        assert run("read-sheet", "retina.xlsx")[0] == 0
        after.add(Path(RETINA).read_bytes())
    assert len(after) == 1
    assert before not in after


@pytest.mark.usefixtures("swedish")
def test_a_wrong_sheet_is_refused_in_the_language_of_the_region(run: Run) -> None:
    run("sheet", "retina")
    fill("retina.xlsx", Answers={"G5": "Kanske"})
    assert run("read-sheet", "retina.xlsx")[2] == "I cell G5 i Svar står ”Kanske”. Välj ett av orden i cellens lista.\n"


@pytest.mark.usefixtures("swedish")
def test_a_first_file_has_comments_in_the_language_asked_for(run: Run) -> None:
    product = ("--modality", "allogeneic-cell", "--route", "central-authorisation", "--lead", "hospital")
    assert run("new", "one", *product)[0] == run("new", "two", *product, "--language", "en")[0] == 0
    one, two = (Path(f"projects/{name}.yml").read_text("utf-8") for name in ("one", "two"))
    assert 'summary: "En mening som säger vad det är och för vem."\n' in one
    assert "# en roll, aldrig en person\n" in one
    assert "# a role, never a person\n" in two
    assert [line.count("#") for line in one.splitlines()] == [line.count("#") for line in two.splitlines()]
    assert "[template-words]" in run("check", "projects/one.yml")[1]
