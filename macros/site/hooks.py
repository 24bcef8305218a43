"""The MkDocs hook: generated pages, their navigation and pencils, and HTML put in last.

MkDocs loads a hook file on its own, so the package is imported inside the functions.
"""

from __future__ import annotations

import gc
import html
import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import write_file

log = logging.getLogger("mkdocs.navigator")
STEP = 500  # pages between two signs of life
serving = False


def on_startup(command: str, dirty: bool) -> None:
    """Note whether the site is served live; MkDocs keeps a hook that has this function for all builds of a run."""
    global serving
    serving = command == "serve"


@event_priority(100)
def on_config(config: Any) -> Any:
    """Forget the package, so that `serve` sees an edit to it; before the macros plugin loads it.

    A preview that opens from disk takes the script that its search needs from here, not from elsewhere. A region
    gives the site its name, address, forge and look.
    """
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    gc.unfreeze()  # `serve` builds again and again
    root = Path(config.config_file_path).parent
    if str(root) not in sys.path:  # as the macros plugin does later; the command `mkdocs` does not
        sys.path.insert(0, str(root))
    from macros.site.branding import brand, region_of
    from macros.site.environment import home_of

    try:
        home = home_of(root)
    except ValueError as error:
        raise PluginError(str(error)) from None
    own = [home / "region"] + ([home / "projects"] if home != root else [])
    config.watch += [str(folder) for folder in own if folder.is_dir()]
    if region := region_of(home):
        brand(config, region, fork=home == root)
    if _opens_from_disk(config):
        config.extra["polyfills"] = ["assets/vendor/iframe-worker-shim.js"]
    return config


@event_priority(100)
def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages; a page written by hand with the same path wins."""
    from macros import outputs
    from macros.site import layout as generate
    from macros.site.branding import region_files
    from macros.site.build import site
    from macros.site.prerendered import MadePage

    gc.freeze()  # what is there stays to the end; looking through it again and again would take long
    if len(site.views.projects.shown) > STEP:
        log.info(f"{len(site.views.projects.shown):,} projects are read and checked; pages are being made")
    own = region_files(site.views.handbook, site.home)
    for path, content in outputs.files(outputs.LINKED, site.views.projects, config.site_url or ""):
        files.append(File.generated(config, path, content=content))
    for path, source, content in own:
        file = File.generated(config, path, content=content)
        file.edit_uri = f"../{source}"
        files.append(file)
    written = {path for path, _, _ in own}
    for page in generate.pages(site.views):
        if page.path in written:  # the region has said it in its own words
            continue
        by_hand = files.get_file_from_path(page.path)
        site.made[page.path] = replace(page, body=()) if by_hand else page
        if by_hand:
            continue
        level = InclusionLevel.INCLUDED if page.section else InclusionLevel.NOT_IN_NAV
        file = File.generated(config, page.path, content="", inclusion=level)
        file.edit_uri = f"../{page.source}"
        files.append(file)
        if not page.section:
            MadePage(page, file, config)
    config.nav = generate.navigation(site.made.values(), config.nav, site.views.handbook.region, [p for p, _, _ in own])
    gc.freeze()  # what follows from it as well
    return files


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Tell the theme how made pages are dressed, and not to look for changed templates on each page."""
    from macros.site.build import site
    from macros.site.prerendered import dress

    site.total = len(files.documentation_pages())
    env.auto_reload = False
    gc.freeze()  # and the pages
    dress(env, files)
    return env


def on_nav(nav: Any, config: Any, files: Any) -> Any:
    """Place the pages of projects below *Projects*, though it would cost too much to list them there."""
    index = files.get_file_from_path("projects/index.md")
    for file in files.documentation_pages() if index and index.page else ():
        if file.page and file.page.parent is None and file.src_uri.startswith(("projects/", "meetings/")):
            file.page.parent = index.page.parent
    return nav


@event_priority(100)
def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Lay out generated guides, before the macros plugin; give them their titles, escaped once for the whole theme.

    A guide that is written by hand for such a page needs no title of its own.
    """
    from macros.site.build import site
    from macros.site.layout import Heading

    site.views.up = _up(page)
    made = site.made.get(page.file.src_uri)
    if made and "title" not in page.meta:
        # The theme strips tags from the title, which undoes one escape; what stands in `meta` it takes as it is.
        page.title = page.meta["title"] = str(escape(made.title))
    if not made or not made.body or not made.section:
        return markdown
    page.meta.update(made.meta, render_macros=False)
    parts = (f"## {p.text}" if isinstance(p, Heading) else site.call(p) for p in made.body)
    return "\n\n".join(parts)


def on_pre_page(page: Any, config: Any, files: Any) -> Any:
    """Let the pencil open the file behind a page: a region's own in its own repository."""
    from macros.site.build import site

    path = page.file.edit_uri or ""
    name = path.removeprefix("../")
    own = path.startswith(("../region/", "../projects/")) and (site.home / name).is_file()
    base = site.views.edit_uri if own else config.edit_uri
    page.edit_url = urljoin(base, path) if base else None
    return page


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Put in the HTML that search and readers need, now that Markdown is done."""
    from macros.site.build import site
    from macros.views.glossary import explain, pattern, read_terms

    site.trails[page.file.src_uri] = site.views.trail(_above(page), page.title, page.file.src_uri)
    html = site.fill(html, "held")
    glossary = files.get_file_from_path("glossary.md")
    if glossary is None or page.file is glossary or page.file.generated_by:
        return html
    if site.terms is None:
        terms = read_terms(glossary.content_string)
        site.terms = terms, pattern(terms)
    return explain(html, *site.terms, lambda anchor: f"{glossary.url_relative_to(page.file)}#{anchor}")


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Put in the policy, which lets in scripts of the theme only, the trail to the page, and the big tables."""
    from macros.site.build import site

    site.views.up = _up(page)
    site.written += 1
    if site.written % STEP == 0:
        log.info(f"{site.written:,} of {site.total:,} pages are written")
    article = '<article class="md-content__inner'
    trail = site.trails.pop(page.file.src_uri, "")
    ruled = _ruled(output, output.replace(page.content, ""), config)
    return site.fill(ruled.replace(article, f"{trail}{article}", 1), "late")


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """Put the policy into the page for a wrong address."""
    return _ruled(output_content, output_content, config) if template_name.endswith(".html") else output_content


def _ruled(html: str, theme: str, config: Any) -> str:
    """Put the policy in; a page on disk has no site that it could belong to, and its search writes scripts."""
    from macros.site.csp import ANY_SCRIPT, hashes, with_policy

    return html if _opens_from_disk(config) else with_policy(html, ANY_SCRIPT if serving else hashes(theme))


def _opens_from_disk(config: Any) -> bool:
    offline = config.plugins.get("material/offline")
    return bool(offline and offline.config.enabled)


def on_post_build(config: Any) -> None:
    """Write the calendars, which no page reads."""
    from macros.outputs import LAST, files
    from macros.site.build import site

    for path, content in files(LAST, site.views.projects, config.site_url or ""):
        write_file(content, str(Path(config.site_dir) / path))


def _above(page: Any) -> list[tuple[str, str]]:
    """List the sections above a page, the first one first: title, and the path of the page that opens each."""
    sections = []
    for section in reversed(page.ancestors):
        first = next(iter(section.children), page)
        sections.append((html.unescape(section.title), first.file.src_uri if first.is_page else ""))
    return sections


def _up(page: Any) -> str:
    """Tell the way from a page to the root of the site."""
    return "../" * int(page.url.count("/"))
