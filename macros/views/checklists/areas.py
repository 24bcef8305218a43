"""Pages of areas."""

from markupsafe import Markup

from macros.charts.heatmap import heatmap
from macros.charts.ranges import ranges
from macros.charts.relations import relations
from macros.text.messages import N_
from macros.views.checklists.items import in_words, items_where
from macros.views.context import PageContext, Registry, as_entities

DARKEST = 4  # items of an area and a stage from which a cell is as dark as any
LONGEST = 8  # items of an area whose lead times are drawn
VIEWS = Registry()


@VIEWS.block
def areas(context: PageContext) -> Markup:
    """Show all areas, track by track, with how much is due at each stage."""
    cells = heatmap(context.handbook.items.values(), lambda item: [(item.area, item.stage)], most=DARKEST)
    return context.render("areas", cells=cells)


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
        around = relations(context.handbook, item)
        html = context.render("item", item=item, search=searches.get(item.name), mistake=mistake, around=around)
        parts += _entry(context, item.title, item.anchor, html)
    say = context.handbook.language.gettext
    parts += [_heading(context, 2, say(N_("Not used here")), "not-used")] if group.waived else []
    for word, waived in group.waived.items():
        item = context.handbook.every_item[f"{area}/{word}"]
        parts += _entry(context, item.title, word, context.render("waived_item", item=item, waived=waived))
    parts += [_heading(context, 2, say(N_("No longer asked")), "no-longer-asked")] if group.retired else []
    for word, gone in group.retired.items():
        parts += _entry(context, in_words(word), word, context.render("retired_item", gone=gone))
    if address := context.edit_address(context.handbook.area_file(area)):
        parts.append(context.stash(context.render("area_source", address=address)))
    return "\n\n".join(parts)


def _entry(context: PageContext, title: str, anchor: str, html: str) -> tuple[str, str]:
    """Write the heading of an entry, and what stands for its HTML."""
    return _heading(context, 3, title, anchor), context.stash(html)


def _heading(context: PageContext, level: int, title: str, anchor: str) -> str:
    """Write a heading in the language of the handbook, which may not be that of the guide around it."""
    language = context.handbook.language
    spoken = "" if language.is_english else f" lang={language.code}"
    return f"{'#' * level} {as_entities(title)} {{ #{anchor}{spoken} }}"


@VIEWS.block
def area_lead_times(context: PageContext, area: str) -> Markup:
    """Show how long the items of an area take that take longest, with what the figures rest on."""
    return context.render("area_lead_times", drawn=ranges(items_where(context.handbook, area=area), LONGEST))
