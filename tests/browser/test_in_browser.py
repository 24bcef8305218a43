"""The built site in a browser: every kind of page in every view, by keyboard, without scripts, on paper, from disk."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import HEADERS, opened
from tests.support.kinds_of_page import KINDS, PROJECTS, project
from tests.support.once import Shared
from tests.support.paths import ROOT
from tests.support.site import Site, attributes, built_once
from tests.support.survey import PHONE, UNFOLD, VIEWS, Look, barriers, survey

PROJECT = f"projects/{project()}/"
MEETINGS = [f"meetings/{name}/" for name, entry in PROJECTS.items() if entry.get("kind") != "retrospective"]


# --- every kind of page, at every width, light and dark ---


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
        page.goto(quick + PROJECT)
        page.evaluate(UNFOLD)
        page.evaluate(SPOIL)
        (found,) = barriers(page, (1280,), whole=True).values()
        assert {barrier.partition(":")[0] for barrier in found} == {"color-contrast", "link-name"}


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
        sent = page.goto(quick)
        assert sent
        assert {name: sent.headers.get(name.lower()) for name in HEADERS} == HEADERS


# --- by keyboard ---

STOP = """() => {
  const stop = document.activeElement;
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
        page.goto(quick + PROJECT)
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
        page.goto(quick + PROJECT)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_folds_open_and_close_by_key(browser: Browser, quick: str, key: str) -> None:
    with opened(browser) as (page, _):
        page.goto(quick + PROJECT)
        fold = page.locator("article details:not([open])").first.element_handle()
        assert fold
        fold.query_selector("summary").focus()  # type: ignore[union-attr]
        for state in (True, False):
            page.keyboard.press(key)
            assert fold.evaluate("fold => fold.open") is state


def test_search_opens_and_closes_by_key(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, _):
        page.goto(quick + PROJECT)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.matches('.md-search__input')")
        page.keyboard.press("Escape")
        assert not page.evaluate("document.activeElement.matches('.md-search__input')")


# --- without scripts ---


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page on which no script runs."""
    with opened(browser, java_script_enabled=False) as (page, said):
        yield page
        assert said == []


@pytest.mark.parametrize("url", [PROJECT, "projects/"])
def test_every_row_can_be_read_without_scripts(plain: Page, site: Site, quick: str, url: str) -> None:
    """A row is in sight, or in a fold, which needs no script to open."""
    plain.goto(quick + url)
    rows = plain.locator("article tbody tr")
    assert rows.count() == len(site.pages[url].all("article tbody tr")) > 5
    plain.locator("article details").evaluate_all("folds => folds.forEach((fold) => fold.open = true)")
    assert rows.evaluate_all("rows => rows.filter((row) => !row.checkVisibility()).map((row) => row.innerHTML)") == []


def test_a_fold_opens_without_scripts(plain: Page, quick: str) -> None:
    plain.goto(quick + PROJECT)
    fold = plain.locator("article details:not([open])").first.element_handle()
    assert fold
    fold.query_selector("summary").click()  # type: ignore[union-attr]
    assert fold.evaluate("fold => fold.open")


@pytest.mark.parametrize("url", [PROJECT, "projects/"])
def test_every_link_works_without_scripts(plain: Page, site: Site, quick: str, url: str) -> None:
    links = {attributes(link).get("href", "") for link in site.pages[url].all("article a")}
    pages = {link.partition("#")[0] for link in links if "://" not in link}
    inside = {plain.context.request.get(f"{quick}{url}{link}").status for link in pages}
    assert inside == {200}
    plain.goto(quick + url)
    link = plain.locator("article a[href^='../']").first
    link.click()
    assert plain.url != quick + url


# --- on paper ---


def printed(page: Page, url: str) -> pypdf.PdfReader:
    page.goto(url)
    return pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def words(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    with opened(browser) as (page, _):
        yield page


@pytest.mark.parametrize("url", MEETINGS)
def test_the_page_for_a_meeting_fits_on_one_sheet(paper: Page, quick: str, url: str) -> None:
    (sheet,) = printed(paper, quick + url).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]


@pytest.mark.parametrize("name", [name for name in {project(), project(routes=2), project(past=True)} if name])
def test_a_project_prints_on_a_few_sheets_without_the_navigation(paper: Page, quick: str, name: str) -> None:
    """Findings, next moves and gaps are printed; folds that the reader left shut are not."""
    pdf = printed(paper, f"{quick}projects/{name}/")
    assert 2 <= len(pdf.pages) <= 16
    text = words(pdf)
    assert " ".join(PROJECTS[name]["title"].split()) in text
    assert not any(word in text for word in ("Skip to content", "Table of contents", "Start a project", "Back to top"))


def test_what_is_opened_is_printed_too(paper: Page, quick: str) -> None:
    shut = len(words(printed(paper, quick + PROJECT)))
    paper.locator("article summary").evaluate_all("folds => folds.forEach((fold) => fold.click())")
    opened_up = pypdf.PdfReader(io.BytesIO(paper.pdf(format="A4", prefer_css_page_size=True)))
    assert len(words(opened_up)) > shut * 1.3


def test_a_link_out_of_the_site_prints_its_address(paper: Page, site: Site, quick: str) -> None:
    text = re.sub(r"\s", "", words(printed(paper, f"{quick}references/")))
    links = [attributes(link)["href"] for link in site.pages["references/"].all("article th > a[rel]")]
    assert len(links) > 50
    assert [link for link in links if f"({link})" not in text] == []


# --- from disk ---


@pytest.fixture(scope="module")
def on_disk(shared: Shared) -> Path:
    return built_once(shared, "preview", ROOT, OFFLINE="true").folder


def test_a_preview_opens_from_disk_with_its_look_and_its_search(browser: Browser, on_disk: Path) -> None:
    with opened(browser) as (page, said):
        page.goto((on_disk / "index.html").as_uri())
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--nav-ink')")
        page.click(".md-search__input")
        page.keyboard.type("potency")
        page.locator("li.md-search-result__item > a").first.click()
        page.locator("article mark").first.wait_for()
        assert page.url.startswith("file:")
        assert "/areas/analytics.html" in page.url
        assert said == []
