"""The MkDocs hook: generated pages, their navigation and pencils, and HTML put in last.

MkDocs loads a hook file on its own, so the package is imported inside the functions.
"""

from __future__ import annotations

import re
import sys
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel


@event_priority(100)
def on_config(config: Any) -> Any:
    """Forget the package, so that `serve` sees an edit to it; before the macros plugin loads it.

    A preview that opens from disk takes the script that its search needs from here, not from elsewhere.
    """
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    offline = config.plugins.get("material/offline")
    if offline and offline.config.enabled:
        config.extra["polyfills"] = ["assets/vendor/iframe-worker-shim.js"]
    return config


@event_priority(100)
def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages; a page written by hand with the same path wins."""
    from macros import site
    from macros.generate import files as other_files
    from macros.generate import navigation, pages

    for path, content in other_files(site.views, config.site_url or ""):
        files.append(File.generated(config, path, content=content))
    for page in pages(site.views):
        if files.get_file_from_path(page.path):
            continue
        level = InclusionLevel.INCLUDED if page.section else InclusionLevel.NOT_IN_NAV
        file = File.generated(config, page.path, content=page.markdown, inclusion=level)
        file.edit_uri = f"../{page.source}"
        files.append(file)
    config.nav = navigation(site.views, config.nav)
    return files


def on_nav(nav: Any, config: Any, files: Any) -> Any:
    """Place the pages of projects below *Projects*, though it would cost too much to list them there."""
    index = files.get_file_from_path("projects/index.md")
    for file in files.documentation_pages() if index and index.page else ():
        if file.page and file.page.parent is None and file.src_uri.startswith(("projects/", "meetings/")):
            file.page.parent = index.page.parent
    return nav


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Give pages about something in the checklists its title, escaped once for every place where the theme prints it.

    A guide that is written by hand for such a page needs no title of its own.
    """
    from macros import site
    from macros.generate import pages

    if not site.titles:
        site.titles.update({made.path: made.title for made in pages(site.views)})
    if "title" not in page.meta and (title := site.titles.get(page.file.src_uri)):
        # The theme strips tags from the title, which undoes one escape; what stands in `meta` it takes as it is.
        page.title = page.meta["title"] = str(escape(title))
    return markdown


def on_pre_page(page: Any, config: Any, files: Any) -> Any:
    """Let the pencil open the file behind a generated page."""
    if config.edit_uri and page.file.edit_uri:
        page.edit_url = urljoin(config.edit_uri, page.file.edit_uri)
    return page


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Put in the HTML that search and readers need, now that Markdown is done."""
    from macros import site
    from macros.terms import explain, pattern, read_terms

    site.trails[page.file.src_uri] = site.views.trail(_above(page), page.title, page.file.src_uri)
    html = _fill(html, site.held)
    glossary = files.get_file_from_path("glossary.md")
    if glossary is None or page.file is glossary:
        return html
    if site.terms is None:
        terms = read_terms(glossary.content_string)
        site.terms = terms, pattern(terms)
    return explain(html, *site.terms, lambda anchor: f"{glossary.url_relative_to(page.file)}#{anchor}")


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Put in the trail to the page, and the big tables, which neither Markdown nor search need to read."""
    from macros import site

    article = '<article class="md-content__inner'
    trail = site.trails.pop(page.file.src_uri, "")
    return _fill(output.replace(article, f"{trail}{article}", 1), site.late)


def _above(page: Any) -> list[tuple[str, str]]:
    """List the sections above a page, the first one first: title, and the path of the page that opens each."""
    sections = []
    for section in reversed(page.ancestors):
        first = next(iter(section.children), page)
        sections.append((section.title, first.file.src_uri if first.is_page else ""))
    return sections


def _fill(html: str, held: dict[str, str]) -> str:
    return re.sub(r"(?:<p>)?(<!--(?:held|late):\d+-->)(?:</p>)?", lambda match: held.pop(match[1], match[0]), html)
