"""Pages at addresses that a project or a page had under an earlier name, and links that lead there."""

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from macros.engine.portfolio import Portfolio

MOVED = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Moved: {title}</title>\n'
    '<meta http-equiv="refresh" content="0; url={address}">\n<link rel="canonical" href="{address}">\n'
    '<meta name="robots" content="noindex">\n</head>\n<body>\n'
    '<p>This page has moved: <a href="{address}">{title}</a></p>\n</body>\n</html>\n'
)
SECTIONS = ("projects", "meetings")


def redirects(portfolio: Portfolio, directory_urls: bool) -> Iterator[tuple[str, bytes]]:
    """Make the pages of former names: path in the site, content.

    Args:
        directory_urls: Whether pages have addresses that end with a slash.
    """
    for project in portfolio.current:
        for name in project.formerly:
            for section in SECTIONS:
                yield _leading(f"{section}/{name}.md", f"{section}/{project.id}.md", project.title, directory_urls)


def moved(pages: Mapping[str, str], known: Collection[str], directory_urls: bool) -> Iterator[tuple[str, bytes]]:
    """Make the pages of former names that `checklists/moved.yml` lists: path in the site, content.

    Args:
        pages: Former path → present path, both under docs/ and with `.md`.
        known: The paths of all pages.
        directory_urls: Whether pages have addresses that end with a slash.

    Raises:
        ValueError: a plain sentence, when a former path is still in use or a present one is not.
    """
    for old, new in pages.items():
        if old in known:
            raise ValueError(f"checklists/moved.yml names {old} as a former page, and there is a page of that name.")
        if new not in known:
            raise ValueError(f"checklists/moved.yml leads from {old} to {new}, and there is no such page.")
        yield _leading(old, new, new.removesuffix(".md"), directory_urls)


def _leading(old: str, new: str, title: str, directory_urls: bool) -> tuple[str, bytes]:
    """Make the page that leads from a former page to a present one: path in the site, content."""
    path, target = _file(old, directory_urls), _file(new, directory_urls)
    address = relpath(target, path.rpartition("/")[0] or ".")
    if directory_urls:
        address = address.removesuffix("index.html") or "./"
    return path, str(MOVED.format(title=escape(title), address=address)).encode()


def _file(page: str, directory_urls: bool) -> str:
    """Give the file of a page in the site."""
    name = page.removesuffix(".md")
    if not directory_urls or name.rpartition("/")[2] == "index":
        return f"{name}.html"
    return f"{name}/index.html"


LINK = re.compile(r'(<a\b[^>]*?) href="([^"#?:]+\.md)(#[^"]*)?"')
OF_A_REGION = re.compile(
    r"Doc file 'region/[^']*' contains a link '[^']*', but "
    r"(?:the target(?: '(?:(?!region/)[^']*|[^']*\.md)')? is not found|the doc '[^']*' does not contain an anchor)"
)


def lead_on(files: Files, config: MkDocsConfig, pages: Mapping[str, str]) -> None:
    """Add the pages that lead from former names to present ones, as `moved` makes them."""
    known = {file.src_uri for file in files if file.src_uri.endswith(".md")}
    try:
        for path, content in moved(pages, known, config.use_directory_urls):
            files.append(File.generated(config, path, content=content))
    except ValueError as error:
        raise PluginError(str(error)) from None


def led_on(html: str, page: File, files: Files, pages: Mapping[str, str]) -> str:
    """Mend the links of a region's page that lead to no page any more: to the present page, or to nothing.

    Args:
        html: The page, after Markdown.
        page: Its file.
        files: Those of the site.
        pages: Former path → present path.
    """

    def mended(link: re.Match[str]) -> str:
        target = normpath(join(dirname(page.src_uri), unquote(link[2])))
        there = files.get_file_from_path(pages.get(target, target))
        return f'{link[1]} href="{there.url_relative_to(page)}{link[3] or ""}"' if there else link[1]

    return LINK.sub(mended, html)


def tolerated(record: logging.LogRecord) -> bool:
    """Let a link of a region's page that leads nowhere be no warning, which would stop a strict build.

    Upstream may have renamed or removed the page; `check` names such links, and `led_on` mends them.
    """
    if OF_A_REGION.match(record.getMessage()):
        record.levelno, record.levelname = logging.INFO, "INFO"
    return True
