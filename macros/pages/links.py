"""Links of a region's page, written as its files are on disk or as the site has them. Pure functions."""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

LINK = re.compile(
    r"(\]\(\s*<?)([^)<>\s\"']{1,1000})|(^ {0,3}\[[^\]\n]{1,200}\]:\s*<?)([^\s<>]{1,1000})"
    r"""|(\s(?:href|src)\s*=\s*["'])([^"'\s]{1,1000})""",
    re.MULTILINE,
)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|\?", re.IGNORECASE)
TRANSLATED = re.compile(r"^region/languages/[^/]+/pages/")
SHARED = ("docs/", ".navigator/docs/")


class Link(NamedTuple):
    """Where a link leads, where it begins in the text, and whether it leads to a page or file of the site."""

    target: str
    start: int
    end: int


def links(text: str) -> Iterator[Link]:
    """List the links of a page to other pages and files of the site, in their order."""
    for match in LINK.finditer(text):
        group = match.lastindex or 0
        if not ELSEWHERE.match(match[group]):
            yield Link(match[group], *match.span(group))


def on_site(page: str, target: str, is_file: Callable[[str], bool]) -> str:
    """Give the path that a link leads to, seen from `docs/`, without what follows `#` or `?`.

    Args:
        page: The path of the page on disk, such as `region/pages/about.md`.
        target: As the page writes it.
        is_file: Whether a path of the repository is a file.
    """
    page = _written(page)
    path = unquote(re.split(r"[#?]", target, maxsplit=1)[0])
    disk = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if is_file(disk):
        for shared in SHARED:
            disk = disk.removeprefix(shared)
        return disk.replace("region/pages/", "region/", 1) if disk.startswith("region/pages/") else disk
    return posixpath.normpath(posixpath.join(posixpath.dirname(_address(page)), path))


def _written(page: str) -> str:
    """Give the page of a region that a translation is of: it has the links of that one."""
    return TRANSLATED.sub("region/pages/", page)


def _address(page: str) -> str:
    return page.replace("region/pages/", "region/", 1)


def as_on_site(page: str, text: str, is_file: Callable[[str], bool]) -> str:
    """Write the links of a region's page as the site has them; those that are so already stay."""
    parts, done, page = [], 0, _written(page)
    for link in links(text):
        path = re.split(r"[#?]", link.target, maxsplit=1)[0]
        disk = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
        if path and is_file(disk):
            new = posixpath.relpath(on_site(page, link.target, is_file), posixpath.dirname(_address(page)))
            parts += [text[done : link.start], new.replace(" ", "%20"), link.target[len(path) :]]
            done = link.end
    return "".join([*parts, text[done:]])
