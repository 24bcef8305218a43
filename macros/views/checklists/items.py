"""Items: which fit, links to them, and what a statement rests on."""

from markupsafe import Markup

from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.views.context import PageContext, Registry

VIEWS = Registry()


def items_where(handbook: Handbook, **values: object) -> list[Item]:
    """List items whose fields have the given values, gates first, then by stage."""
    found = [
        item for item in handbook.items.values() if all(getattr(item, name) == value for name, value in values.items())
    ]
    return sorted(found, key=lambda item: (item.stage, not item.gate))


@VIEWS.inline
def item(context: PageContext, name: str, text: str = "") -> Markup:
    """Link to an item by its full name, also once it is no longer asked; without words, to its title."""
    known = context.handbook.every_item.get(name)
    if known is None and name not in context.handbook.retired:
        raise KeyError(name)
    return context.render("item_link", name=name, text=text or (known.title if known else in_words(name)))


@VIEWS.inline
def ours(context: PageContext, words: str = "") -> Markup:
    """Mark a statement that rests on no source: our proposal, or what the words say instead.

    On a page that says so once (`unless`), the mark is shown only in a paragraph that also names a source.
    """
    return context.render("ours", words=words)


@VIEWS.block
def unless(context: PageContext) -> Markup:
    """Say once for a page that what names no source is our proposal; the heads of guides do so too."""
    return context.render("unless")


@VIEWS.inline
def cite(context: PageContext, source: str, text: str) -> Markup:
    """Link words of a page to a source; one that is not confirmed says so."""
    return context.render("cite", key=source, text=text)


def in_words(name: str) -> str:
    """Make words of the name of an item whose title is no longer known."""
    return name.rpartition("/")[2].replace("-", " ").capitalize()
