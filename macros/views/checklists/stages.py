"""Pages of stages."""

from collections import Counter

from markupsafe import Markup

from macros.views.checklists.items import items_where
from macros.views.context import PageContext, Registry

VIEWS = Registry()


@VIEWS.block
def numbers(context: PageContext) -> Markup:
    """Show how many stages, areas, items and sources the handbook has."""
    gates = sum(item.gate for item in context.handbook.items.values())
    return context.render("numbers", gates=gates)


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
