"""`robots.txt`: search engines may read everything, and find the list of pages."""

from collections.abc import Iterator

from macros.engine.portfolio import Portfolio

PATH = "robots.txt"


def robots(_: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write `robots.txt`; it names the list of pages where the address of the site is known."""
    pages = f"Sitemap: {site}sitemap.xml\n" if site else ""
    yield PATH, f"User-agent: *\nAllow: /\n{pages}".encode()
