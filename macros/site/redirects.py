"""Pages at addresses that a project or a page had under an earlier name: they lead to its present page."""

from collections.abc import Collection, Iterator, Mapping
from posixpath import relpath

from markupsafe import Markup, escape

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
    """Make the pages of former names that `moved` in `mkdocs.yml` lists: path in the site, content.

    Args:
        pages: Former path → present path, both under docs/ and with `.md`.
        known: The paths of all pages.
        directory_urls: Whether pages have addresses that end with a slash.

    Raises:
        ValueError: a plain sentence, when a former path is still in use or a present one is not.
    """
    for old, new in pages.items():
        if old in known:
            raise ValueError(f'"moved" in mkdocs.yml names {old} as a former page, and there is a page of that name.')
        if new not in known:
            raise ValueError(f'"moved" in mkdocs.yml leads from {old} to {new}, and there is no such page.')
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
