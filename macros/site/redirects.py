"""Pages at addresses that a project had under an earlier name: they lead to its present page."""

from collections.abc import Iterator

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
                address = f"../{project.id}/" if directory_urls else f"{project.id}.html"
                path = f"{section}/{name}/index.html" if directory_urls else f"{section}/{name}.html"
                yield path, str(MOVED.format(title=escape(project.title), address=address)).encode()
