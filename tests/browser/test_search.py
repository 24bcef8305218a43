"""Searching the site as a reader does: questions typed into the search box, and the pages that should come first."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import opened, visit

# What is typed → the pages of which one must be among the first three. Another question is another line.
QUESTIONS = {
    "potency": {"areas/analytics/"},
    "vector slot": {"areas/materials/", "areas/manufacturing/"},
    "hospital exemption": {"routes/hospital-exemption/"},
    "reimbursement dossier": {"areas/reimbursement/"},
    "release testing": {"areas/manufacturing/", "areas/analytics/"},
    "informed consent": {"areas/ethics/"},
    "long-term follow-up": {"areas/follow-up/"},
    "orphan designation": {"areas/strategy/"},
    "freedom to operate": {"areas/intellectual-property/"},
    "cold chain": {"areas/supply/"},
    "toxicology": {"areas/non-clinical/"},
    "comparability": {"areas/process/"},
    "health technology assessment": {"areas/health-economics/"},
    "willingness to pay": {"areas/business/", "areas/health-economics/", "areas/reimbursement/"},
    "qualified person": {"areas/manufacturing/"},
    "tissue engineered": {"modalities/tissue-engineered-product/"},
    "how levels work": {"levels/"},
    "start a project": {"start/"},
}
ITEM = "li.md-search-result__item"


@pytest.fixture(scope="module")
def front_page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser) as (page, said):
        visit(page, address)
        page.click(".md-search__input")
        yield page
        assert said == []


def ask(page: Page, question: str) -> list[str]:
    """Type a question and list the pages found, best first, by their addresses in the site."""
    box = page.locator(".md-search__input")
    box.fill("")
    box.press("Backspace")  # the box listens to keys
    page.locator(ITEM).first.wait_for(state="detached")
    page.keyboard.insert_text(question[:-1])
    box.press(question[-1])
    page.locator(ITEM).first.wait_for(state="attached")
    links = page.locator(f"{ITEM} > a:first-of-type").evaluate_all("links => links.map(link => link.href)")
    return [urlsplit(link).path.removeprefix("/") for link in links]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_its_page_among_the_first_three(front_page: Page, question: str) -> None:
    found = ask(front_page, question)
    assert QUESTIONS[question] & set(found[:3]), found[:8]


def test_a_result_leads_to_its_page_and_marks_the_words(front_page: Page) -> None:
    ask(front_page, "potency")
    front_page.locator(f"{ITEM} > a").first.click()
    front_page.locator("article mark").first.wait_for()
    assert "areas/analytics/" in front_page.url
