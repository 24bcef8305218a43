"""The pages of a project: they pass neither through Markdown nor, one by one, through the theme.

Such a page has headings of ours and HTML of our templates; Markdown would find nothing to do there. And what the theme
puts around it is the same for all of them but for a few words: the theme is asked once for each kind of page.
"""

import re
from collections.abc import Callable, Iterable
from copy import copy
from functools import cache
from itertools import takewhile
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.site import layout
from macros.site.build import Build
from macros.site.languages.theme import LINK
from macros.site.made.place_of_page import ARTICLE
from macros.views.guide import project_description

CHANGING = ("title", "description", "canonical_url", "edit_url", "content")
"""What differs between pages of one kind, as attributes of a page."""


class MadeFile(File):
    """A file that our writer writes, of a page or other: MkDocs may link to it, and does nothing else with it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._named = False
        super().__init__(*given, **named)
        self._named = bool(self.dest_uri and self.url)  # as those of a page

    def is_documentation_page(self) -> bool:
        """Say whether MkDocs is to write the page; before, whether it has the address of one."""
        return not self._named and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:
        """Copy nothing: our writer writes it."""


class GeneratedPage(Page):
    """A page of headings and views.

    Attributes:
        description: What its head says about it, escaped.
    """

    description = ""

    def __init__(self, generated: layout.Page, build: Build, file: File, config: Any) -> None:
        super().__init__(None, file, config)
        self.generated, self._build = generated, build
        build.of_projects.add(file.dest_uri)

    def read_source(self, config: Any) -> None:
        """Take the title, escaped once for every place of the theme, and what the page asks of the theme."""
        title = str(escape(" ".join(self.generated.title.split())))
        self.markdown = ""
        self.meta = {"title": title, "render_macros": False, **self.generated.meta}

    def render(self, config: Any, files: Files) -> None:
        """Lay out the page: first what search shall find, the rest is put in last."""
        body = self.generated.body
        first = [*takewhile(lambda part: isinstance(part, layout.Call) and not part.is_late, body)]
        rest = body[len(first) :]
        rest_of_page = self._build.deferred.postpone(lambda: self._rendered(rest))
        self.content = f"{self._rendered(first)}\n{rest_of_page}"
        self.description = self.meta["description"] = self._described()
        headings = [part for part in body if isinstance(part, layout.Heading)]
        links = [AnchorLink(self._said(heading), heading.anchor, 2) for heading in headings]
        for link in links[:1]:
            link.active = True  # type: ignore[attr-defined]  # as MkDocs does
        self.toc = TableOfContents(links)
        self.present_anchor_ids = {heading.anchor for heading in headings}
        self.links_to_anchors = {}

    def _described(self) -> str:
        page = self.generated.path.removesuffix(".md")
        return str(project_description(self._build.views.at(self.url), page, page.partition("/")[2]))

    def _said(self, heading: layout.Heading) -> str:
        return str(escape(self._build.language.gettext(heading.text)))

    def _rendered(self, parts: Iterable[layout.Heading | layout.Call]) -> str:
        show, url = self._build.views.show, self.url
        return "\n".join(
            _heading(self._said(part), part.anchor, self._build.language.gettext(LINK))
            if isinstance(part, layout.Heading)
            else show(part.view, *part.arguments, at=url)
            for part in parts
        )


@cache
def _heading(text: str, anchor: str, link: str) -> str:
    """Write a heading as Markdown would."""
    mark = f'<a class="headerlink" href="#{anchor}" title="{escape(link)}">&para;</a>'
    return f'<h2 id="{anchor}">{text}{mark}</h2>'


class Shells:
    """What the theme puts around generated pages, asked for once for each kind of page.

    Args:
        env: The theme's templates.
        finish: Completes what the theme writes, as it does for every other page.
    """

    def __init__(
        self, env: Environment, nav: Navigation, files: Files, config: MkDocsConfig, finish: Callable[[str], str]
    ) -> None:
        self._write = env.get_template("main.html").render
        self._nav, self._config, self._finish = nav, config, finish
        self._pages = files.documentation_pages()
        self._kept: dict[object, list[str]] = {}

    def around(self, page: GeneratedPage, trail: str) -> str:
        """Write the page with what is around it, and the trail that leads to it."""
        given = tuple(bool(getattr(page, name)) for name in CHANGING)
        kind = (page.url.count("/"), repr(page.meta.get("hide")), tuple(link.id for link in page.toc), given)
        if kind not in self._kept:
            self._kept[kind] = self._pieces(page)
        values = {_mark(name): str(getattr(page, name) or "") for name in CHANGING} | {_mark("trail"): trail}
        return "".join(values.get(part, part) for part in self._kept[kind])

    def _pieces(self, page: GeneratedPage) -> list[str]:
        """Let the theme write a page whose changing parts are marks; returns its pieces, with the marks among them."""
        stub = copy(page)
        for name in CHANGING:
            setattr(stub, name, getattr(stub, name) and _mark(name))
        stub.meta = {**stub.meta, "title": _mark("title"), "description": _mark("description")}
        stub.active = True
        written = self._finish(self._write(get_context(self._nav, self._pages, self._config, stub)))
        stub.active = False
        marks = "|".join(map(_mark, (*CHANGING, "trail")))
        return re.split(f"({marks})", written.replace(ARTICLE, f"{_mark('trail')}{ARTICLE}", 1))


def _mark(name: str) -> str:
    return f"made-page-{name.replace('_', '-')}-goes-here"
