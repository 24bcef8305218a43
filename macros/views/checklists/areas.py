"""Pages of areas."""

from markupsafe import Markup

from macros.views.checklists.items import in_words, items_where
from macros.views.context import PageContext, Registry, as_entities

VIEWS = Registry()


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
        parts += _entry(context, in_words(word), word, context.render("retired_item", gone=gone))
    if address := context.edit_address(f"checklists/{group.track}/{area}.yml"):
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
