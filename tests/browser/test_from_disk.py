"""A preview that is opened from disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.edit.splice import apply
from tests.browser.test_form import DAY, ITEM, answer, by_pointer, download, file_of
from tests.support.browser import opened, visit
from tests.support.once import Shared
from tests.support.paths import ROOT
from tests.support.site import built_once


@pytest.fixture(scope="module")
def on_disk(shared: Shared) -> Path:
    return built_once(shared, "preview", ROOT, OFFLINE="true").folder


def test_a_preview_opens_from_disk_with_its_look_and_its_search(browser: Browser, on_disk: Path) -> None:
    with opened(browser) as (page, said):
        visit(page, (on_disk / "index.html").as_uri())
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--nav-ink')")
        page.click(".md-search__input")
        page.keyboard.type("potency")
        page.locator("li.md-search-result__item > a").first.click()
        page.locator("article mark").first.wait_for()
        assert page.url.startswith("file:")
        assert "/areas/analytics.html" in page.url
        assert said == []


def test_the_form_works_from_disk(browser: Browser, on_disk: Path) -> None:
    with opened(browser, accept_downloads=True, reduced_motion="reduce") as (page, said):
        visit(page, f"{(on_disk / 'change.html').as_uri()}?project=retinal-cells")
        answer(by_pointer, page, ITEM, "in-progress", **{"Planned month": "2039-01"})
        change = {"path": ["status", *ITEM.split("/")], "fields": {"status": "in-progress", "planned": "2039-01"}}
        after = apply(file_of("retinal-cells"), [change, {"path": ["assessed"], "value": str(DAY)}])
        assert download(by_pointer, page) == after
        assert said == []
