"""A list in two tables, the second one folded: filters and orders reach all of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.site.languages.theme import with_words
from macros.text.messages import ENGLISH
from tests.support.browser import opened
from tests.support.paths import ROOT

SCRIPT = with_words((ROOT / "docs/assets/tables.js").read_text("utf-8"), ENGLISH)
NUMBER, OPEN = 9, 3


def row(place: int) -> str:
    """Write a row; the fifth one has a second line, whose words are its own."""
    line = f"<tr data-need='{'act' if place % 2 else ''}'><th>row {place}</th><td>{NUMBER - place}</td></tr>"
    return line + ("<tr data-nav-more><th>beside</th><td>0</td></tr>" if place == 5 else "")


def table(places: range, sort: str = "") -> str:
    body = "".join(map(row, places))
    return f"<table><thead><tr><th>Row</th><th {sort}>Size</th></tr></thead><tbody>{body}</tbody></table>"


HTML = f"""<!doctype html><html lang="en"><title>All</title><h1>All</h1>
<form class="nav-filter" hidden><label>Needs
<select name="need"><option value="">all</option><option>act</option></select></label></form>
<div data-nav-table="" data-nav-rows="projects">{table(range(OPEN), 'data-nav-sort="size"')}
<details><summary>6 more</summary>{table(range(OPEN, NUMBER))}</details></div>"""
SEEN = """() => ({
  rows: [...document.querySelectorAll("tbody")].map((body) =>
    [...body.rows].filter((row) => !row.hidden).map((row) => row.cells[0].textContent)),
  open: document.querySelector("details").open,
  said: document.querySelector("output").value,
})"""
GIVEN = [["row 0", "row 1", "row 2"], ["row 3", "row 4", "row 5", "beside", "row 6", "row 7", "row 8"]]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser) as (page, said):
        page.set_content(HTML)
        page.add_script_tag(content=SCRIPT)
        yield page
        assert said == []


def seen(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(SEEN))


def test_at_first_the_fold_is_shut_and_all_rows_are_counted_once(page: Page) -> None:
    assert seen(page) == {"rows": GIVEN, "open": False, "said": "9 projects."}


def test_a_filter_opens_the_fold_and_showing_all_shuts_it(page: Page) -> None:
    page.locator("select[name=need]").select_option("act")
    assert seen(page) == {
        "rows": [["row 1"], ["row 3", "row 5", "beside", "row 7"]],
        "open": True,
        "said": "4 of 9 projects. Needs: act.",
    }
    page.get_by_text("Show all").click()
    assert seen(page) == {"rows": GIVEN, "open": False, "said": "9 projects."}


def test_words_are_looked_for_in_the_fold_and_in_further_lines(page: Page) -> None:
    page.locator("input[name=text]").fill("beside")
    assert seen(page)["rows"] == [[], ["row 5", "beside"]]


def test_an_order_runs_over_both_tables_and_keeps_their_length(page: Page) -> None:
    page.locator("th button").click()
    assert seen(page)["rows"] == [
        ["row 8", "row 7", "row 6"],
        ["row 5", "beside", "row 4", "row 3", "row 2", "row 1", "row 0"],
    ]
    page.locator("th button").click()
    page.locator("th button").click()
    assert seen(page)["rows"] == GIVEN
