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


serving = False


def on_startup(command: str, dirty: bool) -> None:
    """Note whether the site is served live; MkDocs keeps a hook that has this function for all builds of a run."""
    global serving
    serving = command == "serve"


@event_priority(100)
def on_config(config: Any) -> Any:
    """Forget the package, so that `serve` sees an edit to it; before the macros plugin loads it.

    A preview that opens from disk takes the script that its search needs from here, not from elsewhere.
    """
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    if _opens_from_disk(config):
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

    return _fill(html, site.held)


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Put in the policy, and the big tables, which neither Markdown nor search need to read.

    Only scripts of the theme are let in: what stands in the content is not looked at.
    """
    from macros import site

    return _fill(_ruled(output, output.replace(page.content, ""), config), site.late)


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """Put the policy into the page for a wrong address."""
    return _ruled(output_content, output_content, config) if template_name.endswith(".html") else output_content


def _ruled(html: str, theme: str, config: Any) -> str:
    """Put the policy in; a page on disk has no site that it could belong to, and its search writes scripts."""
    from macros.policy import ANY_SCRIPT, hashes, with_policy

    return html if _opens_from_disk(config) else with_policy(html, ANY_SCRIPT if serving else hashes(theme))


def _opens_from_disk(config: Any) -> bool:
    offline = config.plugins.get("material/offline")
    return bool(offline and offline.config.enabled)


def _fill(html: str, held: dict[str, str]) -> str:
    return re.sub(r"(?:<p>)?(<!--(?:held|late):\d+-->)(?:</p>)?", lambda match: held.pop(match[1], match[0]), html)
