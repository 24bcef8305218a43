"""Pages that speak of dates say which day they show, and warn when that day is long past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import opened, visit
from tests.support.kinds_of_page import project
from tests.support.site import EPOCH, TODAY

BUILT = datetime.fromtimestamp(EPOCH, UTC)


@pytest.mark.parametrize("url", [f"projects/{project()}/", "projects/", f"meetings/{project()}/"])
def test_a_page_says_its_day_and_warns_a_week_later_without_storing_anything(
    browser: Browser, quick: str, url: str
) -> None:
    for days, warns in ((0, False), (7, False), (9, True), (400, True)):
        with opened(browser) as (page, _):
            page.clock.set_fixed_time(BUILT + timedelta(days=days))
            visit(page, quick + url)
            shown = page.locator("[data-nav-day]")
            expect(shown).to_contain_text(f"Calculated on {TODAY}.")
            expect(shown.locator("strong")).to_be_visible(visible=warns)
            assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.includes('nav'))") == []
