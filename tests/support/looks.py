"""Take every kind of page in every way in which it is seen: `make pictures` writes them to `pictures/`, to look at.

Git leaves that folder out. `pictures/index.html` shows them side by side, a row for each kind of page.
"""

from __future__ import annotations

import html
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FloatRect

from tests.support.browser import served, settle, started, visit
from tests.support.kinds_of_page import KINDS
from tests.support.paths import ROOT
from tests.support.pictures import build

WIDTHS = (390, 820, 1440)
SHEET = 688  # A4 between its margins
SCREENS = 3  # what is further down looks like what is above
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "grey": {"bypass_csp": True},
    "forced": {"forced_colors": "active"},
    "print": {},
}
GREY = "html { filter: grayscale(1); }"
TARGET = ROOT / "pictures"


def main() -> None:
    """Build the site of a fixed day, and take every kind of page at every width in every look."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    with tempfile.TemporaryDirectory() as folder, served(build(Path(folder))) as address, started() as browser:
        for look in LOOKS:
            for width in widths(look):
                take(browser, address, look, width)
            print(f"{len(KINDS)} kinds of page, {look}")
    (TARGET / "index.html").write_text(index(), "utf-8")
    print(f"They are shown in {TARGET.name}/index.html.")


def widths(look: str) -> tuple[int, ...]:
    """Name the widths of a look: as printed also the one that an A4 sheet has."""
    return (*WIDTHS, SHEET) if look == "print" else WIDTHS


def take(browser: Browser, address: str, look: str, width: int) -> None:
    """Take all kinds of page at one width in one look."""
    high = 900
    context = browser.new_context(viewport={"width": width, "height": high}, reduced_motion="reduce", **LOOKS[look])
    page = context.new_page()
    for kind, (url, _) in KINDS.items():
        visit(page, address + url)
        if look == "print":
            page.emulate_media(media="print")
        if look == "grey":
            page.add_style_tag(content=GREY)
        settle(page)
        whole = int(page.evaluate("document.documentElement.scrollHeight"))
        clip = FloatRect(x=0, y=0, width=width, height=min(whole, SCREENS * high))
        page.screenshot(path=TARGET / picture(kind, look, width), full_page=True, clip=clip)
        page.emulate_media(media="screen")
    context.close()


def picture(kind: str, look: str, width: int) -> str:
    """Name the file of a picture."""
    return f"{kind.replace(' ', '-')}-{look}-{width}.png"


def index() -> str:
    """Write the page that shows all pictures."""
    rows = []
    for kind in KINDS:
        shown = (
            f'<img src="{picture(kind, look, width)}" alt="" width="240">' for look in LOOKS for width in widths(look)
        )
        rows.append(f"<h2>{html.escape(kind)}</h2><div>{''.join(shown)}</div>")
    style = "<style>div { display: flex; gap: 8px; align-items: start; } body { background: #888; }</style>"
    return f'<!doctype html><html lang="en"><title>Every look</title>{style}{"".join(rows)}</html>'


if __name__ == "__main__":
    main()
