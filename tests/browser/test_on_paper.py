"""The site on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import opened, settle, visit
from tests.support.kinds_of_page import KINDS, PROJECTS, project
from tests.support.paper import PALE
from tests.support.site import Site, attributes

PROJECT = f"projects/{project()}/"
MEETINGS = [f"meetings/{name}/" for name, entry in PROJECTS.items() if entry.get("kind") != "retrospective"]


def printed(page: Page, url: str) -> pypdf.PdfReader:
    visit(page, url)
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


@pytest.mark.parametrize("name", sorted({project(), project(routes=2), project(past=True)} - {""}))
def test_a_project_prints_on_a_few_sheets_without_the_navigation(paper: Page, quick: str, name: str) -> None:
    """Findings and next moves are printed; folds that the reader left shut are not, nor a heading over nothing else."""
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


DARK = """localStorage.setItem("/.__palette", JSON.stringify(
  {index: 1, color: {media: "", scheme: "slate", primary: "custom", accent: "custom"}}))"""


@pytest.mark.parametrize("chosen", ["by the system", "by the toggle"])
def test_every_kind_of_page_prints_dark_on_white_from_a_dark_screen(browser: Browser, quick: str, chosen: str) -> None:
    with opened(browser, color_scheme="dark" if chosen == "by the system" else "light") as (page, _):
        if chosen == "by the toggle":
            page.add_init_script(DARK)
        pale = {}
        for kind, (url, _form) in KINDS.items():
            visit(page, quick + url)
            assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
            page.emulate_media(media="print")
            settle(page)
            pale[kind] = page.evaluate(PALE)
            page.emulate_media(media="screen")
    assert {kind: found for kind, found in pale.items() if found} == {}


def test_pale_words_would_be_found(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, _):
        visit(page, quick)
        page.emulate_media(media="print")
        page.evaluate("document.querySelector('article p').style.color = '#666'")
        assert len(page.evaluate(PALE)) > 0


HEADINGS = """() => [...document.querySelectorAll("article :is(h2, h3), article caption")]
  .filter((heading) => !heading.nextElementSibling?.querySelector("img"))
  .map((heading) => heading.innerText.replace(/[\\s¶]+/g, ""))"""
"""All headings but those of pictures, below which there are no words."""


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"wrong address"}))
def test_no_heading_is_alone_at_the_foot_of_a_sheet_or_over_nothing(paper: Page, quick: str, kind: str) -> None:
    pdf = printed(paper, quick + KINDS[kind][0])
    headings = set(paper.evaluate(HEADINGS))
    feet = [re.sub(r"\s+", "", sheet.extract_text().strip().rpartition("\n")[2]) for sheet in pdf.pages[:-1]]
    assert [foot for foot in feet if foot in headings] == []


def test_a_heading_over_shut_folds_is_not_printed(paper: Page, quick: str) -> None:
    text = words(printed(paper, quick + PROJECT))
    assert "Items by track and stage" not in text
    assert "Folded parts that were not opened are not printed." in text
    paper.locator("article details.nav-items-of > summary").first.click()
    again = words(pypdf.PdfReader(io.BytesIO(paper.pdf(format="A4", prefer_css_page_size=True))))
    assert "Items by track and stage" in again
