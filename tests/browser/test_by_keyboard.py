"""The site by keyboard alone."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Browser

from tests.support.browser import opened, visit, wait_until
from tests.support.kinds_of_page import project

PROJECT = f"projects/{project()}/"


STOP = """() => {
  const stop = document.activeElement;
  for (const moving of document.getAnimations()) moving.finish();
  const ringed = stop.matches(".md-option") ? stop.form : stop;
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => rgb(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return (rgb(colour)[3] ?? 1) === 1 || !element.parentElement ? colour : behind(element.parentElement);
  };
  const style = getComputedStyle(ringed);
  const [ring, paper] = [light(style.outlineColor), light(behind(ringed.parentElement))];
  const box = ringed.getBoundingClientRect();
  return {
    what: `${stop.tagName} ${stop.className} ${stop.textContent.trim().slice(0, 40)}`.replace(/\\s+/g, " "),
    place: stop.matches(".md-search__input, .md-search__scrollwrap") ? "search"
      : stop.matches(".md-skip") ? "skip" : stop.closest("article") ? "content" : stop.closest("header") ? "header"
      : stop === document.body ? "end" : "navigation",
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    contrast: (Math.max(ring, paper) + 0.05) / (Math.min(ring, paper) + 0.05),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def stops(request: pytest.FixtureRequest, browser: Browser, quick: str) -> list[dict[str, object]]:
    """Where Tab leads from the top of a project's page, up to its end or 400 stops."""
    found = []
    with opened(browser, color_scheme=request.param, reduced_motion="reduce") as (page, _):
        visit(page, quick + PROJECT)
        for _ in range(400):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop["place"] == "end":
                break
            found.append(stop)
    return found


def test_tab_leads_from_the_skip_link_through_search_and_navigation_into_the_content(
    stops: list[dict[str, object]],
) -> None:
    places = [place for place, _ in itertools.groupby(stop["place"] for stop in stops)]
    assert places[0] == "skip"
    assert [places.index(place) for place in ("skip", "search", "navigation", "content")] == sorted(
        places.index(place) for place in ("skip", "search", "navigation", "content")
    )
    assert sum(stop["place"] == "content" for stop in stops) > 50


def test_the_focus_can_be_seen_at_every_stop(stops: list[dict[str, object]]) -> None:
    """The search box shows it by opening over the page; everything else has a ring that stands off what is behind."""
    assert [
        stop
        for stop in stops
        if stop["place"] != "search" and not (stop["ring"] and float(str(stop["contrast"])) >= 3 and stop["seen"])
    ] == []


def test_the_skip_link_leads_into_the_content(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, _):
        visit(page, quick + PROJECT)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        wait_until(page, lambda: page.evaluate("location.hash !== ''"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_folds_open_and_close_by_key(browser: Browser, quick: str, key: str) -> None:
    with opened(browser) as (page, _):
        visit(page, quick + PROJECT)
        fold = page.locator("article details:not([open])").first.element_handle()
        assert fold
        fold.query_selector("summary").focus()  # type: ignore[union-attr]
        for state in (True, False):
            page.keyboard.press(key)
            assert fold.evaluate("fold => fold.open") is state


SEARCH = "[document.activeElement.matches('.md-search__input'), document.querySelector('#__search').checked]"
"""Whether the box has the focus, and whether it is open, which comes a moment later."""


def test_search_opens_and_closes_by_key(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, _):
        visit(page, quick + PROJECT)
        page.keyboard.press("/")
        wait_until(page, lambda: page.evaluate(SEARCH) == [True, True])
        page.keyboard.press("Escape")
        wait_until(page, lambda: page.evaluate(SEARCH) == [False, False])
