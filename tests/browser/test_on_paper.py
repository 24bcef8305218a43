"""The site on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import opened, visit
from tests.support.kinds_of_page import PROJECTS, project
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
