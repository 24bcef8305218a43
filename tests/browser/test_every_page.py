"""Every kind of page in a browser, at every width, light and dark; every other page on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.support.browser import HEADERS, opened, visit
from tests.support.kinds_of_page import KINDS, project
from tests.support.site import Site
from tests.support.survey import PHONE, UNFOLD, VIEWS, Look, barriers, survey

PROJECT = f"projects/{project()}/"


@pytest.fixture(scope="session")
def looks(quick: str, site: Site) -> list[Look]:
    """What every kind of page was like at every width in both schemes, and every other page on a phone."""
    kinds = {url for url, _ in KINDS.values()}
    return survey(quick, [url for url in site.pages if url not in kinds])


def test_every_page_is_of_a_kind_that_is_looked_at(site: Site) -> None:
    unknown = [url for url in site.pages if not any(re.fullmatch(form, url) for _, form in KINDS.values())]
    assert unknown == [], "name their kind in tests/support/kinds_of_page.py"
    assert [url for url, _ in KINDS.values() if url not in site.pages] == []


def test_every_kind_is_looked_at_in_every_view_and_every_page_on_a_phone(looks: list[Look], site: Site) -> None:
    assert len(VIEWS) == 6
    seen = {(look.url, look.width, look.scheme) for look in looks}
    assert {(url, *view) for url, _ in KINDS.values() for view in VIEWS} <= seen
    assert {url for url, width, _ in seen if width == PHONE == 360} == set(site.pages)


def test_axe_finds_no_barrier(looks: list[Look]) -> None:
    assert [(look.url, look.width, look.scheme, look.barriers) for look in looks if look.barriers] == []


SPOIL = """() => {
  const row = [...document.querySelectorAll("article tbody tr")].at(-1);
  row.cells[0].append(Object.assign(document.createElement("a"), {href: "#x"}));
  row.cells[0].className = "pale";
  const style = new CSSStyleSheet();
  style.replaceSync(".pale, .pale * { color: #bbb !important }");
  document.adoptedStyleSheets.push(style);
}"""


def test_axe_would_find_a_pale_word_and_a_link_without_a_name_in_the_last_row(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, _):
        visit(page, quick + PROJECT)
        page.evaluate(UNFOLD)
        page.evaluate(SPOIL)
        (found,) = barriers(page, (1280,), whole=True).values()
        assert {barrier.partition(":")[0] for barrier in found} == {"color-contrast", "link-name"}
        (found,) = barriers(page, (1280,), whole=False).values()
        assert [barrier.partition(":")[0] for barrier in found] == ["color-contrast"]


def test_no_page_says_anything_in_the_console_or_asks_another_host(looks: list[Look]) -> None:
    assert {(look.url, look.scheme, *look.said) for look in looks if look.said} == set()


def test_no_page_scrolls_sideways(looks: list[Look]) -> None:
    assert [(look.url, look.width, look.scroll) for look in looks if look.scroll > look.width] == []


def test_dark_is_dark_and_light_is_light(looks: list[Look]) -> None:
    def light(colour: str) -> float:
        red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
        return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255

    odd = [
        (look.url, look.scheme, look.paper, look.ink)
        for look in looks
        if not (light(look.paper) < 0.2 and light(look.ink) > 0.7 if look.scheme == "dark" else light(look.paper) > 0.9)
    ]
    assert odd == []


def test_the_tests_get_the_headers_that_a_server_is_advised_to_send(browser: Browser, quick: str) -> None:
    assert len(HEADERS) >= 5
    with opened(browser) as (page, _):
        sent = visit(page, quick)
        assert sent
        assert {name: sent.headers.get(name.lower()) for name in HEADERS} == HEADERS
