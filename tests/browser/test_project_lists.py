"""A script puts the way to the form beside each item in the lists of a project."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.support.browser import opened, visit
from tests.support.kinds_of_page import project
from tests.support.site import Site, attributes

PROJECT = f"projects/{project()}/"


def test_every_item_in_the_lists_leads_to_its_question_in_the_form(browser: Browser, site: Site, quick: str) -> None:
    items = [attributes(link)["href"] for link in site.pages[PROJECT].all(".nav-item-list li > a")]
    names = [link.partition("/areas/")[2].replace("/#", "/") for link in items]
    with opened(browser) as (page, said):
        visit(page, quick + PROJECT)
        ways = page.locator(".nav-again").evaluate_all("ways => ways.map((way) => way.href)")
        assert ways == [f"{quick}change/?project={project()}&item={name}" for name in names]
        assert said == []
    assert len(names) > 100
