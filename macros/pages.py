"""The MkDocs hook: generated pages, their navigation and pencils, and HTML put in last.

MkDocs loads a hook file on its own, so the package is imported inside the functions.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel


@event_priority(100)
def on_config(config: Any) -> Any:
    """Forget the package, so that `serve` sees an edit to it; before the macros plugin loads it.

    A preview that opens from disk takes the script that its search needs from here, not from elsewhere. A region
    gives the site its name, address, forge and look.
    """
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    from macros import home_of
    from macros.branding import LOOK, edit_address, region_of

    root = Path(config.config_file_path).parent
    try:
        home = home_of(root)
    except ValueError as error:
        raise PluginError(str(error)) from None
    own = [home / "region"] + ([home / "projects"] if home != root else [])
    config.watch += [str(folder) for folder in own if folder.is_dir()]
    if region := region_of(home):
        config.site_name = escape(region.site.name)  # the theme writes it as it is
        if not (config.site_url or "").startswith("http://"):  # `serve` has put its own address there
            config.site_url = region.site.address
        if region.forge and home == root:
            config.edit_uri = edit_address(region)
        if region.logo:
            config.theme["logo"] = f"region/assets/{region.logo}"
        if region.colour:
            config.extra_css.append(LOOK)
    offline = config.plugins.get("material/offline")
    if offline and offline.config.enabled:
        config.extra["polyfills"] = ["assets/vendor/iframe-worker-shim.js"]
    return config


@event_priority(100)
def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages; a page written by hand with the same path wins."""
    from macros import site
    from macros.branding import region_files
    from macros.generate import files as other_files
    from macros.generate import navigation, pages

    own = region_files(site.views.handbook, site.home)
    for path, content in [*other_files(site.views, config.site_url or ""), *own]:
        file = File.generated(config, path, content=content)
        if path.startswith("region/"):
            asset = path.startswith("region/assets/")
            file.edit_uri = f"../{path}" if asset else f"../region/pages/{path.removeprefix('region/')}"
        files.append(file)
    written = {path for path, _ in own}
    for page in pages(site.views):
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
    config.nav = navigation(site.made.values(), config.nav, site.views.handbook.region, [path for path, _ in own])
    return files


def _call(call: Any) -> str:
    from macros import site

    return str(site.macros[call.view](*([] if call.argument is None else [call.argument])))


@event_priority(100)
def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Lay out generated pages, before the macros plugin; give them their titles, escaped once for the whole theme.

    A guide that is written by hand for such a page needs no title of its own.
    """
    from macros import site

    site.views.up = _up(page)
    made = site.made.get(page.file.src_uri)
    if made and "title" not in page.meta:
        # The theme strips tags from the title, which undoes one escape; what stands in `meta` it takes as it is.
        page.title = page.meta["title"] = str(escape(made.title))
    if not made or not made.body:
        return markdown
    page.meta.update(made.meta, render_macros=False)
    parts = (part if isinstance(part, str) else _call(part) for part in made.body)
    return "\n\n".join(parts)


def on_pre_page(page: Any, config: Any, files: Any) -> Any:
    """Let the pencil open the file behind a page: a region's own in its own repository."""
    from macros import site

    path = page.file.edit_uri or ""
    name = path.removeprefix("../")
    own = path.startswith(("../region/", "../projects/")) and (site.home / name).is_file()
    base = site.views.edit_uri if own else config.edit_uri
    page.edit_url = urljoin(base, path) if base else None
    return page


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Put in the HTML that search and readers need, now that Markdown is done."""
    return _fill(html, "held")


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Put in the big tables, which neither Markdown nor search need to read."""
    from macros import site

    site.views.up = _up(page)
    return _fill(output, "late")


def _up(page: Any) -> str:
    """Tell the way from a page to the root of the site."""
    return "../" * int(page.url.count("/"))


def _fill(html: str, kind: str) -> str:
    from macros import site

    def put(mark: re.Match[str]) -> str:
        return str(site.take(mark[1] or mark[2] or mark[3]))

    block, inline = rf"(<!--{kind}:\d+-->)", rf'(<i data-{kind}="\d+"></i>)'
    return re.sub(f"<p>{block}</p>|{block}|{inline}", put, html)
