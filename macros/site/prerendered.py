"""Pages that MkDocs gets as HTML: they pass neither through Markdown nor, one by one, through the theme.

A project's page has headings of ours and HTML of our templates; Markdown would find nothing to do there. And what the
theme puts around it is the same for all of them but for a few words: the theme is asked once for each kind of page.
Without this, a build of 200 projects took up to 1.5 times as long, more with a theme that does more.
"""

import re
from collections.abc import Iterable
from copy import copy
from functools import cache
from itertools import takewhile
from typing import Any

from jinja2 import Environment, TemplateNotFound, pass_context
from markupsafe import Markup, escape
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.site import layout
from macros.site.build import Build
from macros.text.messages import N_
from macros.views.guide import project_description

TEMPLATE = "made.html"
CHANGING = ("title", "description", "canonical_url", "edit_url", "content")
"""What differs between pages of one kind, as attributes of a page."""


class GeneratedPage(Page):
    """A page of headings and views.

    Attributes:
        description: What its head says about it, escaped.
    """

    description = ""

    def __init__(self, generated: layout.Page, build: Build, file: File, config: Any) -> None:
        super().__init__(None, file, config)
        self.generated, self._build = generated, build

    def read_source(self, config: Any) -> None:
        """Take the title, escaped once for every place of the theme, and what the page asks of the theme."""
        title = str(escape(" ".join(self.generated.title.split())))
        self.markdown = ""
        self.meta = {"title": title, "template": TEMPLATE, "render_macros": False, **self.generated.meta}

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


LINK = N_("Permanent link")
"""What the link to a heading is called."""


def dress(env: Environment, files: Files) -> None:
    """Let the theme's environment know what to put around generated pages.

    Args:
        files: Where the theme has no template for generated pages, they get its ordinary one.
    """
    shells: dict[object, list[str]] = {}

    @pass_context
    def dressed(context: Any) -> Markup:
        page = context["page"]
        given = tuple(bool(getattr(page, name)) for name in CHANGING)
        kind = (context["base_url"], repr(page.meta.get("hide")), tuple(link.id for link in page.toc), given)
        if kind not in shells:
            shells[kind] = _shell(env, context)
        values = {_mark(name): str(getattr(page, name) or "") for name in CHANGING}
        return Markup("".join(values.get(part, part) for part in shells[kind]))  # noqa: S704

    env.globals["dressed"] = dressed
    try:
        env.get_template(TEMPLATE)
    except TemplateNotFound:
        for file in files.documentation_pages():
            if isinstance(file.page, GeneratedPage):
                file.page.meta.pop("template", None)


def _shell(env: Environment, context: Any) -> list[str]:
    """Let the theme write a page whose changing parts are marks; returns its pieces, with the marks among them."""
    stub = copy(context["page"])
    for name in CHANGING:
        setattr(stub, name, getattr(stub, name) and _mark(name))
    stub.meta = {**stub.meta, "title": _mark("title"), "description": _mark("description")}
    written = env.get_template("main.html").render({**context.get_all(), "page": stub})
    return re.split(f"({'|'.join(map(_mark, CHANGING))})", written)


def _mark(name: str) -> str:
    return f"made-page-{name.replace('_', '-')}-goes-here"
