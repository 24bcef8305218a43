"""What a page and the site say about themselves to search engines and to people who share an address."""

import html
import re
from typing import Any

from markupsafe import escape

from macros.views.context import PageContext

LEAST, MOST = 50, 200
"""Letters: shorter paragraphs say too little, and longer descriptions are cut by those who show them."""
PARAGRAPH = re.compile(r"<p\b([^>]*)>(.*?)</p>", re.DOTALL)
ASIDE = re.compile(r"nav-(quiet|meta|sr|contact)|admonition-title")


def description(content: str) -> str:
    """Describe a page by the beginning of its first paragraph, as plain text; empty where it has none.

    Args:
        content: The HTML of the page.
    """
    for attributes, inside in PARAGRAPH.findall(content):
        text = plain(inside)
        if len(text) >= LEAST and not ASIDE.search(attributes):
            return shortened(text)
    return ""


def plain(markup: str) -> str:
    """Take the text out of HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def shortened(text: str) -> str:
    """Cut a text after its last whole sentence that fits, or else after its last whole word."""
    if len(text) <= MOST:
        return text
    sentences = re.match(rf"(.{{{LEAST},{MOST - 1}}}[.?!])(?= )", text)
    return sentences[1] if sentences else text[: MOST - 1].rpartition(" ")[0].rstrip(",;:") + "…"


def say_of(page: Any, content: str, context: PageContext, otherwise: str) -> None:
    """Note what the head of a page says about it, and where a mistake on it is reported.

    Args:
        page: That of MkDocs; its front matter may hold a description.
        content: Its HTML.
        context: That of a page at the root of the site.
        otherwise: What the site is, for a page without any paragraph.
    """
    title = plain(str(page.title))
    said = page.meta.get("description") or description(content) or f"{title}. {otherwise}"
    page.meta["description"] = str(escape(said))
    page.meta["mistake"] = str(escape(context.mistake_address(title, page.url)))


def robots(site: str) -> bytes:
    """Write `robots.txt`: search engines may read everything, and find the list of pages if the site has an address."""
    pages = f"Sitemap: {site}sitemap.xml\n" if site else ""
    return f"User-agent: *\nAllow: /\n{pages}".encode()
