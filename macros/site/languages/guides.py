"""Guides in the language of the site: laid over the English ones by path, which stay where there is no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup
from mkdocs.structure.files import File, Files

from macros.language.guides import digest, headings, is_reviewed, laid_over, made_from
from macros.load.catalogues import LANGUAGES, pages_of
from macros.load.files import is_there
from macros.load.languages import text_of_guide
from macros.text.messages import N_, Language

MARK = re.compile(r'(<p>)?(<!--(?:held|late):\d+-->)(?(1)</p>)|(<i data-(?:held|late)="\d+"></i>)')
ENTRY = re.compile(
    r'(<a href="#([^"]+)" class="md-nav__link")([^>]*>(?:(?!</a>).)*</a>\s*<nav class="md-nav")?', re.DOTALL
)
"""A heading in the contents beside a page, and the beginning of the list of those below it, which has its name."""
LINK = '<a class="headerlink"'
HEADING = re.compile(r'<h[1-6] id="([^"]+)" lang="([^"]+)"')
TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)
NOTICE = Markup('<p class="nav-quiet nav-translated">{}</p>\n')
LINKED = Markup('<p class="nav-quiet nav-translated">{} <a href="{}" hreflang="en" lang="en">English</a></p>\n')
MISSING = N_("This page has not been translated yet. What follows is in English.")
OLD = N_("The English page has changed since this translation was made. The English text applies.")
UNREAD = "<!--unread-->"
"""Stands in a guide that no specialist has read."""


class Guides:
    """The guides of docs/ as a site in one language has them.

    Args:
        root: The repository.
        home: The folder that holds region/.
        language: That of the site.
        written: The language of a region's own pages.
    """

    def __init__(self, root: Path, home: Path, language: Language, written: str) -> None:
        self.docs, self.folder = root / "docs", f"{LANGUAGES}/{language.code}/docs"
        self.root, self.home = root, home
        self.language, self.written = language, written
        self.foreign: dict[str, str] = {}
        self.anchors: dict[str, frozenset[str]] = {}
        self.titles: dict[str, str] = {}
        self.old: set[str] = set()
        self.unread: set[str] = set()

    @property
    def is_all_english(self) -> bool:
        """Whether the site and all its guides are in English."""
        return self.language.is_english and not self.foreign

    def language_of(self, path: str) -> str:
        """Give the code of the language that a guide is shown in."""
        return self.foreign.get(path, self.language.code)

    def lay_over(self, files: Files, own: Iterable[File]) -> None:
        """Put translated guides in the place of English ones, and note the state of each.

        Args:
            files: Those of the site.
            own: Those of a region.
        """
        if self.written != self.language.code:
            for file in own:
                name = f"{pages_of(self.language.code)}/{file.src_uri.removeprefix('region/')}"
                if file.src_uri.endswith(".md"):
                    self._lay(file, self.written, self.home, name)
        if self.language.is_english:
            return
        for file in files.documentation_pages():
            if file.abs_src_path and (self.docs / file.src_uri).is_file():
                self._lay(file, "en", self.root, f"{self.folder}/{file.src_uri}")

    def _lay(self, file: File, written: str, base: Path, name: str) -> None:
        """Put a translation in the place of one page, which stays in its language where there is none.

        Args:
            file: The page.
            written: The language of the page.
            base: The repository of the translation.
            name: Its path there.
        """
        if not is_there(base, name):
            self.foreign[file.src_uri] = written
            title = TITLE.search(file.content_string)
            if title and self.language.pgettext("navigation", title[1]) != title[1]:
                self.titles[title[1]] = written
            self.anchors[file.src_uri] = frozenset(anchor for _, anchor in headings(file.content_string))
            return
        text, before = text_of_guide(name, base / name), file.content_string
        file.edit_uri = f"../{name}"
        file.content_string = laid_over(text, before)
        self.old |= {file.src_uri} if made_from(text) != digest(before) else set()
        self.unread |= set() if is_reviewed(text) else {file.src_uri}

    def content(self, html: str, path: str, english: str) -> str:
        """Say in which language a page is, where that is not the one of the site; what is made from data is.

        Args:
            html: The page after Markdown, before the marks of what is made from data are filled.
            path: Of the page, under docs/.
            english: The address of the same page in English; empty where the site has none.
        """
        say = self.language.gettext
        if not self.is_all_english:
            html = html.replace(LINK, f'{LINK} lang="{self.language.code}"')  # its title is in that of the site
        if code := self.foreign.get(path):
            notice = "" if path.startswith("region/") else NOTICE.format(say(MISSING))
            return f'{notice}<div lang="{code}">{MARK.sub(self._back, html)}</div>'
        notice = LINKED.format(say(OLD), english) if english else NOTICE.format(say(OLD))
        return f"{notice if path in self.old else ''}{html}{UNREAD if path in self.unread else ''}"

    def in_words_of(self, url: str, html: str) -> str:
        """Say in which language words are that a guide has given, where that is not the one of the site.

        Args:
            url: The address of the page, seen from the root of its language.
            html: A link with these words.
        """
        paths = (f"{url.rstrip('/')}.md", f"{url}index.md")
        code = next((self.foreign[path] for path in paths if path in self.foreign), "")
        return f'<span lang="{code}">{html}</span>' if code else html

    def contents(self, html: str, path: str) -> str:
        """Say in which language the headings of a guide are, where the contents beside a page name them."""
        code, anchors = self.foreign.get(path, ""), self.anchors.get(path, frozenset())
        codes = {**dict.fromkeys(anchors, code), **dict(HEADING.findall(html))}
        if not codes:
            return html

        def marked(entry: re.Match[str]) -> str:
            spoken = f' lang="{codes.get(entry[2], self.language.code)}"'
            return f"{entry[1]}{spoken}{entry[3]}{spoken}" if entry[3] else f"{entry[1]}{spoken}"

        return ENTRY.sub(marked, html)

    def _back(self, mark: re.Match[str]) -> str:
        """Let what is made from data be in the language of the site again."""
        code = self.language.code
        return f'<span lang="{code}">{mark[3]}</span>' if mark[3] else f'<div lang="{code}">{mark[2]}</div>'
