"""The pages of sources, of problems and of the published numbers."""

from markupsafe import Markup

from macros.language.explained import OF_KINDS, in_one_line
from macros.model.items import Item
from macros.model.rules import KINDS as SOURCE_KINDS
from macros.model.rules import READINGS, best
from macros.text.messages import N_
from macros.text.problem import KINDS
from macros.views.context import PageContext, Registry, as_entities, in_english

VIEWS = Registry()


@VIEWS.block
def references(context: PageContext) -> Markup:
    """Show all sources with the items that cite them."""
    cited: dict[str, list[Item]] = {}
    for item in context.handbook.items.values():
        for source in dict.fromkeys([*item.sources, *(item.lead_time.bases if item.lead_time else ())]):
            cited.setdefault(source, []).append(item)
    order = context.handbook.language.order
    entries = dict(sorted(context.handbook.references.items(), key=lambda entry: order(entry[1].title)))
    return context.render("references", entries=entries, cited=cited)


@VIEWS.block
def item_sources(context: PageContext) -> Markup:
    """Count the items by their best source and how it was read; list those without a primary one."""
    book = context.handbook
    counts = {kind: dict.fromkeys(READINGS, 0) for kind in (*SOURCE_KINDS, "none")}
    weak = []
    for item in book.items.values():
        source = best(book.references[name] for name in item.sources)
        kind, reading = (source.counted_kind, source.counted_reading) if source else ("none", READINGS[-1])
        counts[kind][reading] += 1
        if source is None or not source.is_primary:
            weak.append((item, book.searches.get(item.name)))
    return context.render("item_sources", counts=counts, readings=READINGS, weak=weak)


@VIEWS.markdown
def problems(context: PageContext) -> str:
    """Show every kind of problem with the rule behind it; names, and what has no translation, are English."""
    language, heading = context.handbook.language, in_english(context)
    sections = []
    for name in sorted(KINDS):
        key = f"{OF_KINDS}/{name}", in_one_line(KINDS[name])
        said = KINDS[name] if language.is_english else language.pgettext(*key)
        english = ' lang="en"' if heading and key not in language.said else ""
        head = f"### {name} {{ #{name}{heading} }}"
        sections.append(f"<section data-nav-row{english} markdown>\n\n{head}\n\n{said}\n\n</section>")
    kinds, rows = "\n\n".join(sections), as_entities(language.gettext(N_("kinds")))
    return f'<div data-nav-table="" data-nav-rows="{rows}" markdown>\n\n{kinds}\n\n</div>'


@VIEWS.block
def thresholds(context: PageContext) -> Markup:
    """Show the numbers of the published rules."""
    return context.render("thresholds")
