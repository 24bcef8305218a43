"""A page in one of several languages: the way to the same page in the others, and what is said of its translation."""

from __future__ import annotations

from markupsafe import Markup
from mkdocs.structure.pages import Page

from macros.language.head import name_of
from macros.site.languages.chosen import Languages
from macros.site.languages.foreign import Foreign
from macros.site.languages.guides import UNREAD as UNREAD_GUIDE
from macros.site.languages.guides import Guides
from macros.site.languages.terms import Terms
from macros.site.languages.theme import with_language
from macros.text.messages import N_, Language


def way_to(languages: Languages, url: str, code: str) -> str:
    """Give the address of a page in another language, seen from the page itself.

    Args:
        languages: Those of the site.
        url: The address of the page, seen from the root of its language.
        code: Of the other language.
    """
    root = "../" * (url.count("/") + languages.path.count("/"))
    return f"{root}{languages.path_of(code)}{url}" or "./"


def _switch(languages: Languages, url: str, language: Language) -> str:
    """Link a page in the other languages; empty where there is one only.

    Args:
        languages: Those of the site.
        url: The address of the page, seen from the root of its language.
        language: That of the page.
    """
    links = [
        ONE.format(way_to(languages, url, code), code, code, name_of(code))
        for code in languages.codes
        if code != languages.code
    ]
    return str(ALL.format(language.gettext(N_("Other languages")), Markup("").join(links))) if links else ""


STATE = "languages"
"""The page that says how far each translation is."""
ALL = Markup('<nav class="nav-languages" aria-label="{}"><ul>{}</ul></nav>')
ONE = Markup('<li><a href="{}" hreflang="{}" lang="{}">{}</a></li>')
HEAD = Markup('<link rel="alternate " hreflang="{}" href="{}">\n')
"""With a space: the theme's script asks for a list of pages beside every link whose `rel` is the word alone."""


def _alternates(page: str, languages: Languages, url: str, site: str) -> str:
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


class InLanguage:
    """Finishes the pages of a site in one language; those of a site in English alone stay as they are.

    Args:
        languages: Those of the site.
        language: That of the pages.
        guides: Those that somebody has written.
        site: The address of the pages in the language; empty where it is not known.
    """

    def __init__(self, languages: Languages, language: Language, guides: Guides, site: str) -> None:
        self.languages, self.language, self.guides, self.site = languages, language, guides, site
        self.foreign = Foreign(language, guides.titles)
        self.terms = Terms(guides, self.foreign)

    def content(self, html: str, page: Page) -> str:
        """Say in which language the content of a page is, as `Guides.content` does."""
        english = way_to(self.languages, page.url, "en") if "en" in self.languages.codes else ""
        return self.guides.content(html, page.file.src_uri, english)

    def finished(self, html: str, page: Page, state: str) -> str:
        """Put the way to the page's other languages above its content, and mark what is in another language.

        Args:
            html: The whole page.
            page: That of MkDocs.
            state: The address of the page that says how far the translation is.
        """
        if above := f"{_switch(self.languages, page.url, self.language)}{self._unread(html, state)}":
            html = html.replace(ARTICLE, f"{above}{ARTICLE}", 1)
        html = self.guides.contents(with_language(html, self.language), page.file.src_uri)
        return _alternates(self.foreign.marked(html), self.languages, page.url, self.site)

    def _unread(self, page: str, state: str) -> str:
        """Say that nobody of the field has read the translation of a page, where that is so."""
        if UNREAD_GUIDE not in page and not self.foreign.has_unread(page):
            return ""
        say = self.language.gettext
        about = Markup('<a href="{}">{}</a>').format(state, say(N_("State of the translation")))
        return str(UNREAD.format(say(UNREAD_WORDS), about))


ARTICLE = '<article class="md-content__inner'
UNREAD = Markup('<p class="nav-quiet nav-translated">{} {}</p>')
UNREAD_WORDS = N_("Translated from English and not yet reviewed by a specialist. The English text applies.")
