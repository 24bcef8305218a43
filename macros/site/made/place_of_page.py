"""Where a page is in the site: the sections above it, the trail that leads to it, and the file behind its pencil."""

import html
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from macros.site.build import Build
from macros.views.guide import trail

ARTICLE = '<article class="md-content__inner'
"""Where the theme begins the content of a page; the trail is put before it."""


def trail_to(page: Page, build: Build) -> str:
    """Write the trail that leads to a page."""
    return trail(build.views.at(page.url), _above(page), str(page.title), page.file.src_uri)


def _above(page: Page) -> list[tuple[str, str]]:
    """List the sections above a page, the first one first: title, and the path of the page that opens each."""
    sections = []
    section: Any
    for section in reversed([*page.ancestors]):
        first = next(iter(section.children), page)
        sections.append((html.unescape(section.title), first.file.src_uri if first.is_page else ""))
    return sections


def point_pencil(page: Page, build: Build, config: MkDocsConfig) -> None:
    """Let the pencil open the file behind a page: a region's own in its own repository, a shared one upstream.

    What upstream ships is never edited in a fork, where the next upgrade would stop at it.
    """
    path = page.file.edit_uri or ""
    base = build.views.root.edit_uri if build.is_own(path.removeprefix("../")) else config.edit_uri
    page.edit_url = urljoin(base, path) if base and path else None
