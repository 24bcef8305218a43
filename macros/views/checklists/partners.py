"""Pages of partners."""

from collections import Counter

from markupsafe import Markup

from macros.views.checklists.items import items_where
from macros.views.context import PageContext, Registry

VIEWS = Registry()


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
