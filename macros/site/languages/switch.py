"""The way from a page to the same page in another language, for readers and for search engines."""

from __future__ import annotations

from markupsafe import Markup

from macros.language.head import name_of
from macros.site.languages.chosen import Languages
from macros.text.messages import N_, Language


def switch(languages: Languages, url: str, language: Language) -> str:
    """Link a page in the other languages; empty where there is one only.

    Args:
        languages: Those of the site.
        url: The address of the page, seen from the root of its language.
        language: That of the page.
    """
    root = "../" * (url.count("/") + languages.path.count("/"))
    links = [
        ONE.format(f"{root}{languages.path_of(code)}{url}" or "./", code, code, name_of(code))
        for code in languages.codes
        if code != languages.code
    ]
    return str(ALL.format(language.gettext(N_("Other languages")), Markup("").join(links))) if links else ""


ALL = Markup('<nav class="nav-languages" aria-label="{}"><ul>{}</ul></nav>')
ONE = Markup('<li><a href="{}" hreflang="{}" lang="{}">{}</a></li>')
HEAD = Markup('<link rel="alternate" hreflang="{}" href="{}">\n')


def alternates(page: str, languages: Languages, url: str, site: str) -> str:
    """Name the same page in every language in the head of a page, where the site has several and an address.

    Args:
        page: Its HTML.
        languages: Those of the site.
        url: The address of the page, seen from the root of its language.
        site: The address of the pages in its language.
    """
    if len(languages.codes) == 1 or not site:
        return page
    root = site.removesuffix(languages.path)
    links = (HEAD.format(code, f"{root}{languages.path_of(code)}{url}") for code in languages.codes)
    return page.replace("</head>", f"{Markup('').join(links)}</head>", 1)
