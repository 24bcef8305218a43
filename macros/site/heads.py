"""The head of a page: what it says to search engines and to people who share its address, and what it lets run.

The content security policy stands in the page, because static hosts such as Pages send no headers of ours; what only a
header can say is in `docs/publishing.md`. The policy is the second line behind escaping: a script that found its way
into a page, from a status file or a guide, does not run.
"""

import base64
import hashlib
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


SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
CHARSET = '<meta charset="utf-8">'
RULES = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
ANY_SCRIPT = "'unsafe-inline'"
"""In place of hashes while `serve` adds a script of its own to every page, another one at each change."""


def hashes(page: str) -> str:
    """Give the source list for the scripts that are written into a page: `'sha256-…'` for each, sorted."""
    inline = {body for attributes, body in SCRIPT.findall(page) if not re.search(r"\bsrc\s*=|/json\b", attributes)}
    return " ".join(sorted(f"'sha256-{_digest(body)}'" for body in inline))


def with_policy(page: str, scripts: str) -> str:
    """Put the policy at the head of a page, before anything that it shall rule.

    Args:
        page: Its HTML.
        scripts: Which scripts may run besides files of the site, as a source list.
    """
    rules = RULES.format(scripts=scripts).replace(" ;", ";")
    return page.replace(CHARSET, f'{CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{rules}">', 1)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.replace("\r\n", "\n").encode()).digest()).decode()
