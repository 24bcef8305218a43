"""What stands at the places of a sentence: the words of the engine as titles, or as links to their pages."""

from collections.abc import Callable, Mapping
from typing import Protocol

from markupsafe import Markup, escape

from macros.model.handbook import Handbook
from macros.model.titles import titles
from macros.text.messages import Kind, Name, Value


class Pages(Protocol):
    """The part of a view that titles and links are made with."""

    @property
    def handbook(self) -> Handbook:
        """The handbook whose titles are shown."""

    def page(self, path: str, anchor: str = "") -> str:
        """Give the address of a page."""


def shown(pages: Pages, values: Mapping[str, Value], links: bool = True) -> dict[str, object]:
    """Put titles in the place of names, as links where they have a page and links are wanted."""
    return {
        place: _titles(pages, value, links) if isinstance(value, Name) else value for place, value in values.items()
    }


def _titles(pages: Pages, name: Name, links: bool) -> Markup:
    page = PAGES.get(name.kind) if links else None
    each: list[str] = [escape(title) for title in titles(pages.handbook, name)]
    if page:
        addresses = (escape(pages.page(*page(word))) for word in name.words)
        each = [f'<a href="{address}">{text}</a>' for address, text in zip(addresses, each, strict=False)]
    return Markup(name.between.join(each) + (" …" if len(name.words) > name.most else ""))  # noqa: S704


PAGES: dict[Kind, Callable[[str], tuple[str, str]]] = {
    "motion": lambda word: ("rules-in-motion", word),
    "route": lambda word: (f"routes/{word}", ""),
    "item": lambda word: (f"areas/{word.partition('/')[0]}", word.partition("/")[2]),
    "modality": lambda word: (f"modalities/{word}", ""),
}
"""Kind of name → path and anchor of its page, where it has one."""
