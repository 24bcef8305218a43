"""Pages of partners."""

from collections import Counter

from markupsafe import Markup

from macros.charts.heatmap import heatmap
from macros.model.items import Item
from macros.outputs.calendar import AHEAD
from macros.views.checklists.items import items_where
from macros.views.context import PageContext, Registry

VIEWS = Registry()


@VIEWS.block
def partners(context: PageContext) -> Markup:
    """Show the partners and how many items each owns and supports."""
    return context.render("partners", owned=Counter(item.owner for item in context.handbook.items.values()))


@VIEWS.block
def partner_head(context: PageContext, partner: str) -> Markup:
    """Show who a partner is, and when its work comes."""
    return context.render("partner_head", partner=partner, stages=_by_stage(context, partner), ahead=AHEAD)


def _by_stage(context: PageContext, partner: str) -> Markup:
    """Show how much a partner owns and supports at each stage."""

    def rows(item: Item) -> list[tuple[str, int]]:
        parts = {"owns": item.owner == partner, "supports": partner in item.supports}
        return [(part, item.stage) for part, has in parts.items() if has]

    cells = heatmap(context.handbook.items.values(), rows)
    owned = {stage: cell.count for (row, stage), cell in cells.items() if row == "owns"}
    return context.render("partner_stages", cells=cells, busiest=max(owned, key=owned.__getitem__, default=0))


@VIEWS.block
def partner_items(context: PageContext, partner: str) -> Markup:
    """Show what a partner owns and supports at each stage."""
    owned = items_where(context.handbook, owner=partner)
    supported = [item for item in items_where(context.handbook) if partner in item.supports]
    return context.render("partner_items", partner=partner, owned=owned, supported=supported)
