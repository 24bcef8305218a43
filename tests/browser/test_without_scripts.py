"""The site in a browser that runs no script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import opened, visit, wait_until
from tests.support.kinds_of_page import project
from tests.support.site import Site, attributes

PROJECT = f"projects/{project()}/"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page on which no script runs."""
    with opened(browser, java_script_enabled=False) as (page, said):
        yield page
        assert said == []


@pytest.mark.parametrize("url", [PROJECT, "projects/"])
def test_every_row_can_be_read_without_scripts(plain: Page, site: Site, quick: str, url: str) -> None:
    """A row is in sight, or in a fold, which needs no script to open."""
    visit(plain, quick + url)
    rows = plain.locator("article tbody tr")
    assert rows.count() == len(site.pages[url].all("article tbody tr")) > 5
    plain.locator("article details").evaluate_all("folds => folds.forEach((fold) => fold.open = true)")
    assert rows.evaluate_all("rows => rows.filter((row) => !row.checkVisibility()).map((row) => row.innerHTML)") == []


def test_a_fold_opens_without_scripts(plain: Page, quick: str) -> None:
    visit(plain, quick + PROJECT)
    fold = plain.locator("article details:not([open])").first.element_handle()
    assert fold
    fold.query_selector("summary").click()  # type: ignore[union-attr]
    wait_until(plain, lambda: fold.evaluate("fold => fold.open"))


@pytest.mark.parametrize("url", [PROJECT, "projects/"])
def test_every_link_works_without_scripts(plain: Page, site: Site, quick: str, url: str) -> None:
    links = {attributes(link).get("href", "") for link in site.pages[url].all("article a")}
    pages = {link.partition("#")[0] for link in links if "://" not in link}
    inside = {plain.context.request.get(f"{quick}{url}{link}").status for link in pages}
    assert inside == {200}
    visit(plain, quick + url)
    link = plain.locator("article a[href^='../']").first
    link.click()
    plain.wait_for_url(lambda now: now != quick + url)


def test_a_cell_of_the_picture_opens_the_list_that_it_leads_to_without_scripts(plain: Page, quick: str) -> None:
    visit(plain, quick + PROJECT)
    cell = plain.locator(".nav-cell a").nth(3)
    found = plain.locator(f"[id='{(cell.get_attribute('href') or '').removeprefix('#')}']")
    assert not found.is_visible()
    cell.click()
    found.wait_for()
    wait_until(plain, lambda: found.evaluate("list => list.getBoundingClientRect().top < innerHeight"))
