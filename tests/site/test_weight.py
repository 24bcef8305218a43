"""How much a reader's browser fetches for a project's page, compressed as servers do it."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.support.browser import opened, visit, wait_until
from tests.support.kinds_of_page import PROJECTS, project
from tests.support.minified import minified
from tests.support.paths import ROOT
from tests.support.site import Site

PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


def weight(site: Site, name: str) -> int:
    """Weigh a file as it travels: text packed by gzip at level 6, pictures as they are."""
    content = (site.folder / (name + "index.html" if name == "" or name.endswith("/") else name)).read_bytes()
    packed = Path(name).suffix in PACKED or name.endswith("/")
    return len(gzip.compress(content, 6)) if packed else len(content)


LATE = ("search/search_index", "workers/search")
"""What a page fetches when it is there already."""


@pytest.fixture(scope="module")
def visits(browser: Browser, address: str) -> list[set[str]]:
    """What is fetched for the first page of a visit, a project's, and what more for a second project's page.

    Files of the theme and of ours have names that change with their content or are asked for with `If-Modified-Since`,
    so on a second page only what was not fetched before counts; the answer "not modified" has no body.
    """
    found = []
    with opened(browser) as (page, _):
        asked: set[str] = set()
        page.context.on("request", lambda request: asked.add(urlsplit(request.url).path.removeprefix("/")))
        for name in (project(), next(name for name in PROJECTS if name != project())):
            visit(page, f"{address}projects/{name}/")
            wait_until(page, lambda: all(any(part in one for one in asked) for part in LATE))
            page.wait_for_load_state("networkidle")
            found.append(set(asked))
    return [found[0], found[1] - found[0]]


def test_the_first_page_brings_the_theme_and_the_search_index(visits: list[set[str]]) -> None:
    """Else the figures below would leave something out."""
    kinds = {name.partition(".")[0] for name in visits[0]}
    expected = {"assets/navigator", "assets/stylesheets/main", "assets/javascripts/bundle", "search/search_index"}
    assert expected <= kinds
    assert any("workers/search" in name for name in kinds)


def test_the_second_page_brings_nothing_but_itself(visits: list[set[str]]) -> None:
    assert [name for name in visits[1] if not name.startswith("projects/")] == []
    assert len(visits[1]) == 1


def test_every_project_weighs_under_350_kb_on_the_first_visit(visits: list[set[str]], site: Site) -> None:
    shared = sum(weight(site, name) for name in visits[0] - {f"projects/{project()}/"})
    weights = {name: shared + weight(site, f"projects/{name}/") for name in PROJECTS}
    assert {name: weight for name, weight in weights.items() if weight > 350_000} == {}


def test_every_project_weighs_under_120_kb_on_the_second_visit(site: Site) -> None:
    weights = {name: weight(site, f"projects/{name}/") for name in PROJECTS}
    assert {name: weight for name, weight in weights.items() if weight > 120_000} == {}


def test_every_project_weighs_at_most_180_kb_before_it_is_packed(site: Site) -> None:
    """What a phone has to take in, whatever the line carries."""
    weights = {name: len((site.folder / f"projects/{name}/index.html").read_bytes()) for name in PROJECTS}
    assert {name: weight for name, weight in weights.items() if weight > 180_000} == {}


FORM = ROOT / "docs/assets/form"
AT_ONCE = ("before", "splice", "rules", "form")
"""The scripts that the form's page loads when it opens."""
LATER = ("more", "sheet")
"""Those that it loads when somebody goes on to send a change, or opens a filled sheet."""


@pytest.fixture(scope="module")
def form_asks_for(browser: Browser, address: str) -> set[str]:
    """All that is fetched for the form of the project with most answers, up to the ways of sending a change."""
    with opened(browser) as (page, _):
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(urlsplit(request.url).path.lstrip("/")))
        visit(page, f"{address}change/?project={project()}")
        page.locator(".nav-form-item > summary:visible").first.click()
        page.locator(".nav-form-item fieldset").first.wait_for()
        page.locator("summary", has_text="Targets").click()
        page.get_by_label("Stage 1").last.wait_for()
    return {name for name in asked if not name.startswith("blob")}


def test_the_form_weighs_under_150_kb_with_everything(form_asks_for: set[str], site: Site) -> None:
    """The index of the search is not fetched there."""
    expected = {"change/", "change/questions.js", f"change/p/{project()}.js", "assets/form/form.css"}
    expected |= {f"assets/form/{name}.js" for name in (*AT_ONCE, "more")}
    assert expected <= form_asks_for
    assert sum(weight(site, name) for name in form_asks_for) < 150_000


def test_scripts_that_the_form_opens_with_are_under_30_kb_minified() -> None:
    """Minified as `tests/support/minified.py` counts; what is fetched later has a limit of its own."""
    assert {path.stem for path in FORM.glob("*.js")} == {*AT_ONCE, *LATER}
    weights = {name: minified((FORM / f"{name}.js").read_text("utf-8")) for name in (*AT_ONCE, *LATER)}
    assert sum(weights[name] for name in AT_ONCE) < 30_000, weights
    assert sum(weights[name] for name in LATER) < 20_000, weights


def test_scripts_of_our_own_are_under_15_kb_before_they_are_packed() -> None:
    ours = list((ROOT / "docs/assets").glob("*.js"))
    assert ours
    assert sum(path.stat().st_size for path in ours) < 15_000
