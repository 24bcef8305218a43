"""Searching the site as a reader does: questions typed into the search box, and the pages that should come first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.support import independent
from tests.support.asked import Answer, answered, pages_of
from tests.support.browser import opened, served, visit, wait_until
from tests.support.paths import ROOT
from tests.support.site import Site

QUESTIONS: dict[str, dict[str, list[str]]] = independent.plain(ROOT / "tests/browser/questions.yml")
LEAST = {"known": (0.95, 0.90), "fresh": (0.85, 0.65), "others": (0.85, 0.65)}
"""Group of questions → the share that has the right page among the first three, and first."""
ITEM = "li.md-search-result__item"
LONGEST = 340
"""Characters of an excerpt, with the names of its marks."""


@pytest.fixture(scope="module")
def front_page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser) as (page, said):
        visit(page, address)
        page.click(".md-search__input")
        yield page
        assert said == []


@pytest.fixture(scope="module")
def answers(front_page: Page) -> dict[str, Answer]:
    """What the worker answers to every question: pages, best first, each with what was found on it."""
    asked = [question for group in QUESTIONS.values() for question in group]
    return answered(front_page, asked)


def ask(page: Page, question: str) -> list[str]:
    """Type a question and list the pages found, best first, by their addresses in the site."""
    clear(page)
    page.keyboard.insert_text(question[:-1])
    page.locator(".md-search__input").press(question[-1])
    page.locator(ITEM).first.wait_for(state="attached")
    links = page.locator(f"{ITEM} > a:first-of-type").evaluate_all("links => links.map(link => link.href)")
    return [urlsplit(link).path.removeprefix("/") for link in links]


def clear(page: Page) -> None:
    box = page.locator(".md-search__input")
    box.fill("")
    box.press("Backspace")  # the box listens to keys
    page.locator(ITEM).first.wait_for(state="detached")


def test_there_are_enough_questions_and_their_pages_exist(site: Site) -> None:
    assert len(QUESTIONS["known"]) >= 80
    assert min(len(QUESTIONS["fresh"]), len(QUESTIONS["others"])) >= 30
    everyone = [question.casefold() for group in QUESTIONS.values() for question in group]
    assert len(everyone) == len(set(everyone))
    named = {page for group in QUESTIONS.values() for pages in group.values() for page in pages}
    assert named - site.pages.keys() == set()


@pytest.mark.parametrize("group", LEAST)
def test_the_right_page_comes_first(answers: dict[str, Answer], group: str) -> None:
    asked = QUESTIONS[group]
    found = {question: pages_of(answers[question]) for question in asked}
    far = [question for question, right in asked.items() if not {*right} & {*found[question][:3]}]
    second = [question for question, right in asked.items() if not {*right} & {*found[question][:1]}]
    three, first = LEAST[group]
    assert 1 - len(far) / len(asked) >= three, {question: found[question][:3] for question in far}
    assert 1 - len(second) / len(asked) >= first, {question: found[question][:3] for question in second}


def test_an_excerpt_is_short_and_has_no_glued_cells(answers: dict[str, Answer]) -> None:
    excerpts = {entry["text"] for answer in answers.values() for group in answer for entry in group}
    plain = {re.sub(r"<[^>]*>", "", excerpt) for excerpt in excerpts}
    assert [excerpt for excerpt in plain if len(excerpt) > LONGEST] == []
    assert [excerpt for excerpt in plain if re.search(r"[a-z]{3}\d+ (items|gates)", excerpt)] == []
    assert [excerpt for excerpt in excerpts if excerpt.count("<mark>") != excerpt.count("</mark>")] == []


def test_what_is_unconfirmed_says_so_in_the_index(site: Site) -> None:
    index = json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    entry = next(entry for entry in index if entry["location"] == "areas/strategy/#rules-in-motion")
    assert "(unconfirmed)" in entry["text"]


def test_a_question_with_a_mistake_finds_its_page_and_shows_what_is_missing(front_page: Page) -> None:
    assert ask(front_page, "reimbursment")[0] == "areas/reimbursement/"
    assert "reimbursment" in front_page.locator(f"{ITEM} del").first.inner_text()


def test_a_search_without_a_result_leads_on(front_page: Page) -> None:
    clear(front_page)
    lead = front_page.locator(".nav-search-lead")
    front_page.keyboard.type("zzzzq")
    meta = front_page.locator(".md-search-result__meta")
    wait_until(front_page, lambda: meta.inner_text() == "No matching documents")
    assert lead.is_visible()
    links = lead.locator("a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert links == ["/guide-me/", "/glossary/"]
    ask(front_page, "potency")
    assert not lead.is_visible()


def test_a_result_leads_to_its_page_and_marks_the_words(browser: Browser, address: str) -> None:
    with opened(browser) as (page, said):
        visit(page, address)
        page.click(".md-search__input")
        ask(page, "potency")
        page.locator(f"{ITEM} > a").first.click()
        page.locator("article mark").first.wait_for()
        assert "areas/analytics/" in page.url
        assert said == []


def test_no_index_is_built_before_the_first_question(browser: Browser, site: Site) -> None:
    """An index that cannot be built does no harm until somebody asks."""
    broken = json.dumps({"config": {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}, "docs": None})
    with served(site.folder, {"search/search_index.json": broken.encode()}) as place, opened(browser) as (page, said):
        visit(page, place)
        page.click(".md-search__input")
        meta = page.locator(".md-search-result__meta")
        wait_until(page, lambda: meta.inner_text() == "Type to start searching")
        assert said == []
        page.keyboard.type("p")
        wait_until(page, lambda: said != [])


def test_the_parts_around_the_worker_of_the_theme_stay_small() -> None:
    """They are counted apart from the scripts of pages: a worker is fetched when a page is there already."""
    parts = [*(ROOT / "macros/site/worker").glob("*.js")]
    assert len(parts) == 2
    assert sum(part.stat().st_size for part in parts) < 10_000
