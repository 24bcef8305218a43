"""Pages of kinds of product and of routes."""

from markupsafe import Markup

from macros.model.checklist import AppliesTo
from macros.model.items import Item
from macros.views.checklists.items import items_where
from macros.views.context import PageContext, Registry

VIEWS = Registry()


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
