"""What the pages show of the checklists: one function per view, ids in, HTML or Markdown out."""

from collections import Counter

from markupsafe import Markup

from macros.model.checklist import AppliesTo
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.rules import KINDS as SOURCE_KINDS
from macros.model.rules import READINGS, best
from macros.text.problem import KINDS
from macros.views.context import PageContext, Registry, as_entities

VIEWS = Registry()


@VIEWS.block
def numbers(context: PageContext) -> Markup:
    """Show how many stages, areas, items and sources the handbook has."""
    gates = sum(item.gate for item in context.handbook.items.values())
    return context.render("numbers", gates=gates)


def items_where(handbook: Handbook, **values: object) -> list[Item]:
    """List items whose fields have the given values, gates first, then by stage."""
    found = [
        item for item in handbook.items.values() if all(getattr(item, name) == value for name, value in values.items())
    ]
    return sorted(found, key=lambda item: (item.stage, not item.gate))


@VIEWS.block
def stages(context: PageContext) -> Markup:
    """Show the nine stages with their gates per track."""
    counts = Counter((item.stage, item.track) for item in context.handbook.items.values())
    gates = Counter((item.stage, item.track) for item in context.handbook.items.values() if item.gate)
    return context.render("stages", counts=counts, gates=gates)


@VIEWS.block
def stage_strip(context: PageContext) -> Markup:
    """Show the stages as the scale of the pictures, each with a link."""
    return context.render("stage_strip")


@VIEWS.block
def stage_head(context: PageContext, number: int) -> Markup:
    """Show what a stage begins and ends with."""
    return context.render("stage_head", stage=context.handbook.frame.stages[number])


@VIEWS.block
def stage_items(context: PageContext, number: int) -> Markup:
    """Show the items of a stage in three tracks side by side."""
    items = {track: items_where(context.handbook, stage=number, track=track) for track in context.handbook.frame.tracks}
    return context.render("stage_items", number=number, items=items)


@VIEWS.block
def areas(context: PageContext) -> Markup:
    """Show all areas, track by track."""
    return context.render("areas")


@VIEWS.block
def area_head(context: PageContext, area: str) -> Markup:
    """Show what an area is about."""
    return context.render("area_head", area=context.handbook.areas[area])


@VIEWS.markdown
def area_items(context: PageContext, area: str) -> str:
    """Show the items of an area, each under a heading of its own."""
    group, searches = context.handbook.areas[area], context.handbook.searches
    parts: list[str] = []
    for item in items_where(context.handbook, area=area):
        address = context.address(f"areas/{area}.md", item.anchor)
        mistake = context.mistake_address(item.title, address)
        html = context.render("item", item=item, search=searches.get(item.name), mistake=mistake)
        parts += _entry(context, item.title, item.anchor, html)
    parts += ["## Not used here { #not-used }"] if group.waived else []
    for word, waived in group.waived.items():
        item = context.handbook.every_item[f"{area}/{word}"]
        parts += _entry(context, item.title, word, context.render("waived_item", item=item, waived=waived))
    parts += ["## No longer asked { #no-longer-asked }"] if group.retired else []
    for word, gone in group.retired.items():
        parts += _entry(context, _in_words(word), word, context.render("retired_item", gone=gone))
    if address := context.edit_address(context.handbook.area_file(area)):
        parts.append(context.stash(context.render("area_source", address=address)))
    return "\n\n".join(parts)


def _entry(context: PageContext, title: str, anchor: str, html: str) -> tuple[str, str]:
    """Write the heading of an entry, and what stands for its HTML."""
    return f"### {as_entities(title)} {{ #{anchor} }}", context.stash(html)


@VIEWS.block
def area_lead_times(context: PageContext, area: str) -> Markup:
    """Show the items of an area that take longest, with what their figures rest on."""
    timed = [item for item in items_where(context.handbook, area=area) if item.lead_time]
    longest = sorted(timed, key=lambda item: -item.lead_time.months if item.lead_time else 0)
    return context.render("area_lead_times", longest=longest[:4])


@VIEWS.inline
def item(context: PageContext, name: str, text: str = "") -> Markup:
    """Link to an item by its full name, also once it is no longer asked; without words, to its title."""
    known = context.handbook.every_item.get(name)
    if known is None and name not in context.handbook.retired:
        raise KeyError(name)
    return context.render("item_link", name=name, text=text or (known.title if known else _in_words(name)))


@VIEWS.inline
def ours(context: PageContext, words: str = "") -> Markup:
    """Mark a statement that rests on no source: our proposal, or what the words say instead."""
    return context.render("ours", words=words)


@VIEWS.block
def partners(context: PageContext) -> Markup:
    """Show the partners and how many items each owns and supports."""
    return context.render("partners", owned=Counter(item.owner for item in context.handbook.items.values()))


@VIEWS.block
def partner_head(context: PageContext, partner: str) -> Markup:
    """Show who a partner is."""
    return context.render("partner_head", partner=partner)


@VIEWS.block
def partner_items(context: PageContext, partner: str) -> Markup:
    """Show what a partner owns and supports at each stage."""
    owned = items_where(context.handbook, owner=partner)
    supported = [item for item in items_where(context.handbook) if partner in item.supports]
    return context.render("partner_items", partner=partner, owned=owned, supported=supported)


@VIEWS.block
def modalities(context: PageContext) -> Markup:
    """Show what products there are."""
    return context.render("titled", folder="modalities", entries=context.handbook.frame.modalities)


@VIEWS.block
def routes(context: PageContext) -> Markup:
    """Show how products reach patients."""
    return context.render("titled", folder="routes", entries=context.handbook.frame.routes)


@VIEWS.block
def modality_head(context: PageContext, modality: str) -> Markup:
    """Show what a kind of product is."""
    return context.render("modality_head", modality=modality)


@VIEWS.block
def modality_items(context: PageContext, modality: str) -> Markup:
    """Show what is asked only of some modalities, and whether this is one of them."""
    settled = context.handbook.frame.modalities[modality].donor
    ways = {*context.handbook.frame.modalities[modality].delivery}
    special = [i for i in items_where(context.handbook) if _of_some(i.applies_to) or i.note]
    asked: list[Item] = []
    not_asked: list[Item] = []
    for item in special:
        to = item.applies_to
        fits = (
            (not to.modalities or modality in to.modalities)
            and (not to.donor or settled is None or settled in to.donor)
            and (not to.delivery or not ways or bool(ways.intersection(to.delivery)))
        )
        (asked if fits else not_asked).append(item)
    return context.render("modality_items", modality=modality, asked=asked, not_asked=not_asked)


def _of_some(to: AppliesTo) -> bool:
    return bool(to.modalities or to.donor or to.delivery)


@VIEWS.block
def route_head(context: PageContext, route: str) -> Markup:
    """Show what a route is."""
    return context.render("route_head", route=route)


@VIEWS.block
def route_items(context: PageContext, route: str) -> Markup:
    """Show what is asked on one route only."""
    special = [item for item in items_where(context.handbook) if item.applies_to.route]
    asked = [item for item in special if item.applies_to.route == route]
    not_asked = [item for item in special if item.applies_to.route != route]
    return context.render("route_items", route=route, asked=asked, not_asked=not_asked)


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
    counts = {kind: dict.fromkeys(READINGS, 0) for kind in (*SOURCE_KINDS, "none")}
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


@VIEWS.markdown
def problems(_: PageContext) -> str:
    """Show every kind of problem with the rule behind it."""
    kinds = "\n\n".join(
        f"<section data-nav-row markdown>\n\n### {name} {{ #{name} }}\n\n{KINDS[name]}\n\n</section>"
        for name in sorted(KINDS)
    )
    return f'<div data-nav-table="" data-nav-rows="kinds" markdown>\n\n{kinds}\n\n</div>'


@VIEWS.block
def thresholds(context: PageContext) -> Markup:
    """Show the numbers of the published rules."""
    return context.render("thresholds")


def _in_words(name: str) -> str:
    """Make words of the name of an item whose title is no longer known."""
    return name.rpartition("/")[2].replace("-", " ").capitalize()
