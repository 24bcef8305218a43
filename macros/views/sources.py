"""What the pages show of the sources: one function per view."""

from markupsafe import Markup

from macros.model.items import Item
from macros.model.sources import KINDS, READINGS, best
from macros.views.context import PageContext, Registry

VIEWS = Registry()


@VIEWS.block
def references(context: PageContext) -> Markup:
    """Show all sources with the items that cite them."""
    cited: dict[str, list[Item]] = {}
    for item in context.handbook.items.values():
        for source in dict.fromkeys([*item.sources, *(item.lead_time.bases if item.lead_time else ())]):
            cited.setdefault(source, []).append(item)
    entries = dict(sorted(context.handbook.references.items(), key=lambda entry: entry[1].title.casefold()))
    return context.render("references", entries=entries, cited=cited)


@VIEWS.block
def item_sources(context: PageContext) -> Markup:
    """Count the items by their best source and how it was read; list those without a primary one."""
    book = context.handbook
    counts = {kind: dict.fromkeys(READINGS, 0) for kind in (*KINDS, "none")}
    weak = []
    for item in book.items.values():
        source = best(book.references[name] for name in item.sources)
        kind, reading = (source.counted_kind, source.counted_reading) if source else ("none", READINGS[-1])
        counts[kind][reading] += 1
        if source is None or not source.is_primary:
            weak.append((item, book.searches.get(item.name)))
    return context.render("item_sources", counts=counts, readings=READINGS, weak=weak)


@VIEWS.inline
def cite(context: PageContext, source: str, text: str) -> Markup:
    """Link words of a page to a source; one that is not confirmed says so."""
    return context.render("cite", key=source, text=text)
