"""Filters and orders of tables in the browser: what is chosen stands in the address, and the address can be shared."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import opened, visit, wait_until
from tests.support.survey import DESK, PHONE, UNFOLD, barriers

# Page → a table on it, by how its words in the address begin, and a choice that takes some rows and leaves some.
# A new filter is one line.
FILTERS = {
    "projects/": ("", "route", "hospital-exemption"),
    "references/": ("", "state", "unconfirmed"),
    "rules/": ("", "who", "hospital"),
    "rules-in-motion/": ("", "state", "unconfirmed"),
}
CASES = [(url, *case) for url, case in FILTERS.items()]
ROWS = """([prefix, field, value]) => {
  const table = document.querySelector(`[data-nav-table="${prefix.replace(/-$/, "")}"]`);
  const rows = [...table.querySelectorAll("tbody > tr:not([data-nav-more]), [data-nav-row]")];
  const fits = (row) => row.dataset[field]?.split(" ").includes(value) ?? true;
  return {
    all: rows.length,
    shown: rows.filter((row) => !row.hidden).length,
    fitting: rows.filter(fits).length,
    right: rows.every((row) => row.hidden !== fits(row)),
    chosen: table.previousElementSibling.elements[field].value,
    said: table.previousElementSibling.querySelector("output").value,
  };
}"""


def state(page: Page, prefix: str, field: str, value: str) -> dict[str, Any]:
    return dict(page.evaluate(ROWS, [prefix, field, value]))


def words(page: Page) -> dict[str, list[str]]:
    """Ask the page itself: what Playwright knows of its address may be late."""
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


@pytest.mark.parametrize(("url", "prefix", "field", "value"), CASES)
def test_an_address_shows_the_rows_it_names(
    browser: Browser, quick: str, url: str, prefix: str, field: str, value: str
) -> None:
    with opened(browser) as (page, said):
        visit(page, f"{quick}{url}?{prefix}{field}={value}")
        seen = state(page, prefix, field, value)
        assert 0 < seen["fitting"] < seen["all"]
        assert seen["right"]
        assert seen["chosen"] == value
        assert seen["said"].startswith(f"{seen['shown']} of {seen['all']} ")
        assert said == []


@pytest.mark.parametrize(("url", "prefix", "field", "value"), CASES)
def test_a_choice_stands_in_the_address_and_the_back_button_undoes_it(
    browser: Browser, quick: str, url: str, prefix: str, field: str, value: str
) -> None:
    with opened(browser) as (page, said):
        visit(page, quick + url)
        page.evaluate(UNFOLD)
        table = page.locator(f"[data-nav-table='{prefix.removesuffix('-')}']")
        table.locator("xpath=preceding-sibling::form[1]").locator(f"[name={field}]").select_option(value)
        assert words(page) == {prefix + field: [value]}
        assert state(page, prefix, field, value)["right"]
        page.go_back()
        wait_until(page, lambda: words(page) == {} and state(page, prefix, field, value)["chosen"] == "")
        seen = state(page, prefix, field, value)
        assert (seen["shown"], seen["chosen"]) == (seen["all"], "")
        assert said == []


def test_an_unknown_value_in_the_address_hides_nothing_and_is_named(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, said):
        visit(page, f"{quick}projects/?route=<b>by-sea</b>")
        seen = state(page, "", "route", "")
        assert seen["shown"] == seen["all"]
        assert "by-sea" in seen["said"]
        assert "left out" in seen["said"]
        assert said == []


def test_a_click_or_key_on_a_header_sorts_and_stands_in_the_address(browser: Browser, quick: str) -> None:
    titles = "rows => rows.map((row) => row.cells[0].innerText)"
    with opened(browser) as (page, _):
        visit(page, f"{quick}references/")
        rows, header = page.locator("[data-nav-table=''] tbody tr"), page.locator("th[data-nav-sort=kind]")
        given = rows.evaluate_all(titles)
        header.locator("button").click()
        assert (words(page), header.get_attribute("aria-sort")) == ({"sort": ["kind"]}, "ascending")
        rising = rows.locator("td:nth-of-type(2)").all_inner_texts()
        header.locator("button").press("Enter")
        assert (words(page), header.get_attribute("aria-sort")) == ({"sort": ["-kind"]}, "descending")
        assert rows.locator("td:nth-of-type(2)").all_inner_texts() != rising
        header.locator("button").press("Space")
        assert (words(page), header.get_attribute("aria-sort")) == ({}, None)
        assert rows.evaluate_all(titles) == given


def tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


def test_a_table_is_filtered_sorted_and_shown_whole_again_by_keyboard_alone(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, said):
        visit(page, f"{quick}references/")
        tab_to(page, "form.nav-filter select[name=state]")
        page.keyboard.type("Unc")
        assert words(page) == {"state": ["unconfirmed"]}
        assert state(page, "", "state", "unconfirmed")["right"]
        tab_to(page, "form.nav-filter button:not([data-copy], [data-nav-print])")
        page.keyboard.press("Enter")
        assert words(page) == {}
        tab_to(page, "th[data-nav-sort=kind] button")
        page.keyboard.press("Enter")
        assert words(page) == {"sort": ["kind"]}
        assert said == []


# --- Guide me ---

GUIDE = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  return {
    asked: all("[data-nav-ask]").filter((part) => !part.hidden).map((part) => part.dataset.navAsk),
    focus: document.activeElement.tagName,
    open: all("details[data-stage]").filter((fold) => fold.open).map((fold) => fold.dataset.stage),
    wrong: all(".nav-group").filter((fold) => {
      const shown = fold.querySelectorAll("[data-nav-row]:not([hidden])").length;
      const seen = getComputedStyle(fold).display !== "none";
      return seen !== shown > 0 || fold.querySelector("b").textContent !== String(shown);
    }).length,
  };
}"""


def asked(page: Page) -> list[str]:
    return list(page.evaluate(GUIDE)["asked"])


def test_the_guide_asks_one_question_after_another_by_keyboard_and_the_back_button_goes_back(
    browser: Browser, quick: str
) -> None:
    with opened(browser) as (page, said):
        visit(page, f"{quick}guide-me/")
        for question, answer in [("modality", "autologous-cell"), ("route", ""), ("stage", "up-to-5"), ("partner", "")]:
            assert asked(page) == [question]
            tab_to(page, f"[data-nav-ask={question}] [data-value='{answer}'] button")
            page.keyboard.press("Enter")
            assert page.evaluate(GUIDE)["focus"] == "H2"
        assert words(page) == {"modality": ["autologous-cell"], "stage": ["up-to-5"], "ask": ["all"]}
        assert page.evaluate(GUIDE) == {"asked": ["all"], "focus": "H2", "open": ["5"], "wrong": 0}
        for question in ("partner", "stage"):
            page.go_back()
            wait_until(page, lambda now=question: asked(page) == [now])  # type: ignore[misc]
        assert said == []


@pytest.mark.parametrize(("query", "part"), [("", "modality"), ("?h=potency", "modality"), ("?partner=region", "all")])
def test_the_guide_begins_with_a_question_unless_the_address_has_an_answer(
    browser: Browser, quick: str, query: str, part: str
) -> None:
    with opened(browser) as (page, _):
        visit(page, f"{quick}guide-me/{query}")
        assert asked(page) == [part]
        assert page.evaluate(GUIDE)["wrong"] == 0


def test_the_guide_prints_each_item_that_fits_with_a_box_and_has_no_barrier(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, _):
        visit(page, f"{quick}guide-me/?stage=up-to-2&partner=hospital")
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        boxes = sum(sheet.extract_text().count("☐") for sheet in printed.pages)
        assert boxes == page.locator("[data-nav-row]:not([hidden])").count() > 10
        page.evaluate(UNFOLD)
        assert barriers(page, (PHONE, DESK), whole=True) == {PHONE: [], DESK: []}
