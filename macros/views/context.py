"""What a view is given: the projects, templates and links as seen from a page; and how pages get to call it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import Markup, escape

from macros.engine.portfolio import Portfolio
from macros.hub.gathered import Network
from macros.language.state import State
from macros.model.handbook import Handbook, titles
from macros.outputs import ONCE
from macros.outputs.forge import forge_of, mistake_address
from macros.text import messages
from macros.text.slugs import web_address
from macros.views.fragments import Fragments
from macros.views.templating import environment, speak, with_globals

F = TypeVar("F", bound=Callable[..., Markup])
M = TypeVar("M", bound=Callable[..., str])


@dataclass(frozen=True)
class PageContext:
    """What a view is given. Pages that lie equally deep in the site share one, as their links are the same.

    Attributes:
        address: From the source path of a page and an anchor to an address, seen from the root of the site.
        edit_uri: The forge's address that edits docs/ in the repository of the projects; empty where it is not known.
        shared_edit_uri: The same where the shared files are; another one for a thin repository.
        site: The address of the site; empty where it is not known.
        stash: Puts HTML aside until Markdown is done, and returns what stands for it.
        base: The templates, before they know how deep the page lies.
        up: The way from the page to the root of the site, such as `../../`.
        network: What a hub has gathered; None on the site of a region.
        states: Gives how far each translation is.
    """

    portfolio: Portfolio
    address: Callable[[str, str], str]
    edit_uri: str = ""
    shared_edit_uri: str = ""
    site: str = ""
    stash: Callable[[str], str] = str
    base: Environment | None = None
    up: str = ""
    network: Network | None = None
    states: Callable[[], Sequence[State]] = tuple

    def __post_init__(self) -> None:
        """Make the templates, in the language of the handbook, where nobody has given any."""
        if self.base is None:
            object.__setattr__(self, "base", speak(environment(), self.handbook.language))

    @cached_property
    def handbook(self) -> Handbook:
        """The handbook that the projects belong to."""
        return self.portfolio.handbook

    @property
    def day(self) -> date:
        """The day that the pages speak of."""
        return self.portfolio.day

    @cached_property
    def templates(self) -> Environment:
        """The templates with what all of them are given; see the docstring of the package."""
        assert self.base  # noqa: S101
        templates = with_globals(
            self.base,
            book=self.handbook,
            frame=self.handbook.frame,
            day=self.day,
            view=self,
            web=web_address,
            shown=self._shown,
            language=self.handbook.language,
        )
        Fragments(templates)  # which adds itself, as `kept`
        return templates

    @cached_property
    def kept(self) -> Fragments:
        """The fragments that are rendered once for all these pages."""
        return self.templates.globals["kept"]  # type: ignore[return-value]

    def render(self, template: str, **values: Any) -> Markup:
        """Fill a template; the result is HTML."""
        return Markup(self.templates.get_template(f"{template}.html.j2").render(values))  # noqa: S704

    # --- words of the engine ---

    def _shown(self, values: Mapping[str, messages.Value], links: bool = True) -> dict[str, object]:
        """Put titles in the place of names, as links where they have a page and links are wanted."""
        return {
            place: self._titles(value, links) if isinstance(value, messages.Name) else value
            for place, value in values.items()
        }

    def _titles(self, name: messages.Name, links: bool) -> Markup:
        page = PAGES.get(name.kind) if links else None
        each: list[str] = [escape(title) for title in titles(self.handbook, name)]
        if page:
            addresses = (escape(self.page(*page(word))) for word in name.words)
            each = [f'<a href="{address}">{text}</a>' for address, text in zip(addresses, each, strict=False)]
        return Markup(name.between.join(each) + (" …" if len(name.words) > name.most else ""))  # noqa: S704

    # --- links ---

    def page(self, path: str, anchor: str = "") -> str:
        """Give the address of a page by its path under docs/, without `.md`."""
        return self._link(f"{path}.md", anchor)

    def file(self, path: str) -> str:
        """Give the address of a file that is not a page, by its path in the site."""
        up = "../" if self.handbook.language.path and path.startswith(ONCE) else ""
        return up + self._link(path, "")

    def subscription(self, path: str) -> str:
        """Give the address at which calendar programs subscribe to a file; empty where the site has none."""
        scheme, found, rest = self.site.partition("://")
        return f"webcal://{rest}{path}" if found and scheme in ("http", "https") else ""

    def item_page(self, name: str) -> str:
        """Give the address of an item's guidance."""
        area, _, word = name.partition("/")
        return self.page(f"areas/{area}", word)

    def _link(self, path: str, anchor: str) -> str:
        return f"{self.up}{self.address(path, anchor)}" or "./"

    def links(self, names: Iterable[str], between: str = "; ") -> Markup:
        """Link the pages of items, by their full names; what stands between them is HTML."""
        items, link = self.handbook.every_item, self.kept.item_link
        return Markup(between.join(link(items[name]) for name in names))  # noqa: S704

    def mistake_address(self, title: str, url: str) -> str:
        """Give the address at which a mistake is reported; see `forge.mistake_address`.

        Args:
            title: Of the page or item.
            url: Its address, seen from the root of the site.
        """
        region = self.handbook.region
        mailbox = region.site.mail if region else None
        return mistake_address(forge_of(self.edit_uri), mailbox, title, f"{self.site}{url}")

    def edit_address(self, path: str) -> str:
        """Give the forge's page that edits a file, a shared one or a region's; empty where the forge is not known."""
        base = self.edit_uri if path.startswith("region/") else self.shared_edit_uri
        return urljoin(base, f"../{path}") if base else ""


PAGES: dict[messages.Kind, Callable[[str], tuple[str, str]]] = {
    "motion": lambda word: ("rules-in-motion", word),
    "route": lambda word: (f"routes/{word}", ""),
    "item": lambda word: (f"areas/{word.partition('/')[0]}", word.partition("/")[2]),
    "modality": lambda word: (f"modalities/{word}", ""),
}
"""Kind of name → path and anchor of its page, where it has one."""


def as_entities(text: str) -> str:
    """Write text so that Markdown, attribute lists and HTML leave it alone."""
    words = " ".join(text.split())
    return re.sub(r"[^A-Za-z0-9 \u00c0-\U0010ffff]", lambda match: f"&#{ord(match[0])};", words)


def in_english(context: PageContext) -> str:
    """Say in the attribute list of a heading that it is a name, which is English, on a page in another language."""
    return "" if context.handbook.language.is_english else " lang=en"


class Kind(Enum):
    """What a view returns, and when a page gets it."""

    BLOCK = "HTML, kept away from Markdown and put in when that is done"
    INLINE = "the same, inside a sentence"
    LATE = "HTML, put in last: outside Markdown and the search index"
    MARKDOWN = "Markdown"


class View(NamedTuple):
    """A function of a context and the arguments of a call, and where its result goes.

    Attributes:
        of_all_projects: Whether it shows other projects than those that it is asked for by their names.
    """

    function: Callable[..., str]
    kind: Kind
    of_all_projects: bool = False


def of_all_projects(function: M) -> M:
    """Say of a view that it may show any project, so that its page is made anew after an edit of one of them."""
    function.of_all_projects = True  # type: ignore[attr-defined]
    return function


class Registry(dict[str, View]):
    """Views by the name of their function, which is how pages call them. The methods are decorators."""

    def block(self, function: F) -> F:
        """Register a view whose HTML is put in after Markdown."""
        return self._register(function, Kind.BLOCK)

    def inline(self, function: F) -> F:
        """Register a view whose HTML stands inside a sentence."""
        return self._register(function, Kind.INLINE)

    def late(self, function: F) -> F:
        """Register a view whose HTML is put in last."""
        return self._register(function, Kind.LATE)

    def markdown(self, function: M) -> M:
        """Register a view that returns Markdown."""
        return self._register(function, Kind.MARKDOWN)

    def _register(self, function: M, kind: Kind) -> M:
        self[function.__name__] = View(function, kind, hasattr(function, "of_all_projects"))
        return function
