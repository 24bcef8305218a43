"""A small site with hostile texts, its tables, and how LibreOffice saves them.

`python -m tests.support.tables` lets LibreOffice open the tables and save them, as cases: see `make sheets`.
"""

from __future__ import annotations

import csv
import io
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from macros.engine.portfolio import Portfolio
from macros.model.region import RegionFile
from macros.outputs.tables import files
from macros.outputs.tables.table import Table, Value
from macros.outputs.tables.workbook import PATH
from tests.support.paths import TESTS
from tests.support.small import SHOWN, TODAY, small_handbook, small_project

SAVED = TESTS / "outputs/saved"
SITE = "https://tables.example/"
TITLES = {
    "formula": "=1+1",
    "command": "@SUM(1)",
    "minus": "-1",
    "plus": "+46 46 17 10 00",
    "swedish": "Åsas celler för örat",
    "quotes": 'He said "no", then left; twice',
    "fullwidth": "＝1+1",
    "tag": "<b>&amp;</b>",
    "number": "0012",
    "month": "2027-01",
}
"""Name of a project → its title, as somebody may write it."""

OLD: dict[str, dict[str, Any]] = {
    "swedish": {"assessed": "2026-03-01"},
    "quotes": {"assessed": "2026-03-01", "acknowledged": {"stale": {"because": "Moving.", "until": "2027-01"}}},
}
"""Name of a project → what its file says besides, so that something is found."""

ITEMS: dict[str, dict[str, Any]] = {
    "lab/first": {"stage": "1", "gate": "true", "lead": "3", "range": ["2", "5"], "title": "=HYPERLINK(1)"},
    "lab/second": {"stage": "2", "gate": "true", "lead": "6", "requires": ["lab/first"], "facility": "clean-room"},
    "care/third": {"stage": "2", "done-when": "Größe, Länge: 5 µm, “exactly”"},
}


def small_portfolio(licence: dict[str, str] | None = None) -> Portfolio:
    """Give a region's projects, with titles that spreadsheets and pictures may stumble over."""
    projects = {
        name: small_project(
            {"lab/first": SHOWN, "care/third": {"status": "in-progress", "since": "2026-02"}},
            id=name,
            title=title,
            targets={"2": "2027-06"},
            **OLD.get(name, {}),
        )
        for name, title in TITLES.items()
    }
    about = {"name": "Region Å", "site": {"name": "Sajten", "address": SITE}} | (
        {"licence": licence} if licence else {}
    )
    return Portfolio(replace(small_handbook(ITEMS), projects=projects, region=RegionFile.model_validate(about)), TODAY)


def made_of(portfolio: Portfolio) -> dict[str, bytes]:
    """Make the tables and the workbook: path, content."""
    rests = [files.of_project(portfolio, project, SITE)[1] or [] for project in portfolio.shown]
    return dict(files.of_all(portfolio, rests, SITE))


def rows_of(table: Table, portfolio: Portfolio) -> list[list[Value]]:
    """Give what a table holds."""
    of_projects = (row for each in portfolio.shown for row in table.of_project(portfolio, each, SITE))
    return [[*row] for row in (*table.of_checklists(portfolio.handbook, SITE), *of_projects)]


def table_rows(portfolio: Portfolio) -> dict[str, list[list[str]]]:
    """Read the tables as CSV by the standard library: name → rows, the names of columns first."""
    return {
        Path(path).stem: [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True)]
        for path, content in made_of(portfolio).items()
        if path != PATH
    }


def main() -> None:
    """Let LibreOffice open each table, and the workbook, and save it as a workbook."""
    made = made_of(small_portfolio())
    SAVED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        for path, content in made.items():
            file = Path(folder, Path(path).name)
            file.write_bytes(content)
            # Semicolon, double quotes, UTF-8, from the first line on; what looks like a date or a number becomes one.
            how = [] if path == PATH else ["--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1053,false,true"]
            subprocess.run([*command, *how, "--convert-to", "xlsx", "--outdir", str(SAVED), str(file)], check=True)


if __name__ == "__main__":
    main()
