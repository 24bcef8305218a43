"""Pages in other languages in a browser: nothing is in anybody's way, also where a language runs from right to left."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.site.test_languages import KINDS
from tests.support import independent
from tests.support.asked import answered, pages_of
from tests.support.browser import opened, served, visit
from tests.support.paths import ROOT
from tests.support.site import Site
from tests.support.survey import DESK, PHONE, barriers

LOOKED_AT = {"": KINDS, "fa/": ("areas/analytics/", "projects/", "projects/car-t-lymphoma/", "languages/")}
QUESTIONS: dict[str, list[str]] = independent.plain(ROOT / "tests/browser/questions-sv.yml")


def test_axe_finds_no_barrier_and_no_page_scrolls_sideways(browser: Browser, spoken_site: Site) -> None:
    with served(spoken_site.folder) as address, opened(browser) as (page, said):
        for url in [f"{folder}{url}" for folder, kinds in LOOKED_AT.items() for url in kinds]:
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


def test_a_swedish_question_finds_its_page_among_the_first_three(browser: Browser, spoken_site: Site) -> None:
    assert {page for pages in QUESTIONS.values() for page in pages} <= spoken_site.pages.keys()
    with served(spoken_site.folder) as address, opened(browser) as (page, _):
        visit(page, address)
        found = {question: pages_of(answer)[:3] for question, answer in answered(page, QUESTIONS).items()}
    assert {question: pages for question, pages in found.items() if not {*QUESTIONS[question]} & {*pages}} == {}
