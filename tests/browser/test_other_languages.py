"""Pages in other languages in a browser: nothing is in anybody's way, also where a language runs from right to left."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.support.browser import opened, served, visit
from tests.support.site import Site
from tests.support.survey import DESK, PHONE, barriers

LOOKED_AT = ("areas/analytics/", "projects/", "projects/car-t-lymphoma/", "languages/")


def test_axe_finds_no_barrier_and_no_page_scrolls_sideways(browser: Browser, spoken_site: Site) -> None:
    with served(spoken_site.folder) as address, opened(browser) as (page, said):
        for url in [f"{folder}{url}" for folder in ("", "fa/") for url in LOOKED_AT]:
            visit(page, address + url)
            assert {
                width: found for width, found in barriers(page, (PHONE, DESK), whole=False).items() if found
            } == {}, url
            page.set_viewport_size({"width": PHONE, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, url
        assert said == []


def test_the_way_to_another_language_leads_there_and_back(browser: Browser, spoken_site: Site) -> None:
    with served(spoken_site.folder) as address, opened(browser) as (page, _):
        visit(page, f"{address}stages/5/")
        for code, path in (("fa", "fa/stages/5/"), ("sv", "stages/5/")):
            page.locator(f".nav-languages a[hreflang={code}]").click()
            page.wait_for_url(address + path)
