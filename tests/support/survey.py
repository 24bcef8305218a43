"""Every kind of page, looked at in a browser at three widths, light and dark; every other page, on a phone.

A page of a kind is opened twice: light on a phone, then made wider, and dark on a desk, then made narrower. axe-core
reads it in all six views, with everything left out that looks like something before it: colours take axe-core 2 ms an
element, and a long page has 6,000. What does not hang on looks, such as names and labels, it reads on the whole page,
once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.support.browser import browser_path, opened, settle, started, visit
from tests.support.kinds_of_page import KINDS

PHONE, TABLET, DESK = 360, 768, 1280
VIEWS = {(width, scheme) for width in (PHONE, TABLET, DESK) for scheme in ("light", "dark")}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async ([runOnly, without]) => {
  const rules = Object.fromEntries(without.map((rule) => [rule, {enabled: false}]));
  const found = await axe.run(document, {runOnly, rules, resultTypes: ["violations"], preload: false});
  return found.violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes.length} times, first ${nodes[0].html}`);
}"""
LOOKS = ["color-contrast", "link-in-text-block"]
"""The rules that hang on colours."""
UNFOLD = "() => document.querySelectorAll('details').forEach((fold) => fold.open = true)"
THIN = """() => {
  const look = (e) => e.matches("body") ? "" : `${look(e.parentElement)} ${e.tagName}.${e.getAttribute("class")}`;
  const parts = "tr, li, p, h2, h3, pre, details, dl > div";
  const known = new Set();
  for (const part of document.querySelectorAll(parts)) {
    if (!part.isConnected) continue;
    const looks = new Map([part, ...part.querySelectorAll("*")].map((element) => [element, look(element)]));
    if ([...looks.values()].every((each) => known.has(each))) part.remove();
    else for (const [element, each] of looks) if (element.closest(parts) === part) known.add(each);
  }
}"""
LOOK = """() => ({
  scroll: document.documentElement.scrollWidth,
  paper: getComputedStyle(document.body).backgroundColor,
  ink: getComputedStyle(document.querySelector("article h1")).color,
})"""


@dataclass(frozen=True)
class Look:
    """What one page was like at one width in one scheme.

    Attributes:
        said: Errors and warnings in the console so far, and requests to other hosts.
        barriers: What axe-core finds against WCAG 2.0 to 2.2, levels A and AA, with all folds open.
        scroll: How wide the page wants to be, in pixels.
        paper: The colour of its background, `rgb(…)`.
        ink: The colour of its first heading.
    """

    url: str
    width: int
    scheme: str
    said: list[str]
    barriers: list[str]
    scroll: int
    paper: str
    ink: str


def survey(address: str, others: list[str]) -> list[Look]:
    """Look at all kinds in all views, and at the others on a phone without axe-core.

    It takes as many cores as there are for this process, at most four.

    Args:
        address: Where the site is served.
        others: The pages of the site that stand for no kind.
    """
    kinds = [url for url, _ in KINDS.values()]
    turns = [(url, scheme) for scheme in ("light", "dark", "") for url in (kinds if scheme else others)]
    browser_path()  # before there are threads, which would each install one
    workers = max(1, min(4, (os.cpu_count() or 1) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))))
    with ThreadPoolExecutor(workers) as pool:
        shares = [turns[first::workers] for first in range(workers)]
        return [look for looks in pool.map(lambda share: list(_share(address, share)), shares) for look in looks]


def _share(address: str, turns: list[tuple[str, str]]) -> Iterator[Look]:
    with started() as browser:
        for scheme, widths in (("light", (PHONE, TABLET, DESK)), ("dark", (DESK, TABLET, PHONE)), ("", (PHONE,))):
            options = {"viewport": {"width": widths[0], "height": 900}, "color_scheme": scheme or "light"}
            with opened(browser, **options) as (page, said):
                for url in (url for url, wanted in turns if wanted == scheme):
                    said.clear()
                    visit(page, address + url)
                    page.evaluate(UNFOLD)
                    seen = {width: _measured(page, width) for width in widths}
                    found = barriers(page, widths, (widths[-1], scheme) == (DESK, "light")) if scheme else {}
                    for width in widths:
                        yield Look(url, width, scheme or "light", list(said), found.get(width, []), **seen[width])
                    _resize(page, widths[0])


def _measured(page: Page, width: int) -> dict[str, Any]:
    _resize(page, width)
    return dict(page.evaluate(LOOK))


def barriers(page: Page, widths: tuple[int, ...], whole: bool) -> dict[int, list[str]]:
    """Run axe-core at each width; before that, at the last one, on the whole page.

    Args:
        whole: Without it only the rules that hang on colours are tried: the others say the same in every scheme.
    """
    settle(page)
    page.evaluate(AXE)
    found: dict[int, list[str]] = {width: [] for width in widths[:-1]} | {
        widths[-1]: _run(page, STANDARDS, LOOKS) if whole else []
    }
    page.evaluate(THIN)
    for width in widths:
        _resize(page, width)
        found[width] += _run(page, STANDARDS if whole else LOOKS, [])
    return found


def _run(page: Page, only: list[str], without: list[str]) -> list[str]:
    return list(page.evaluate(RUN_AXE, [only, without]))


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    settle(page, width)
