"""Pages of stages."""

from markupsafe import Markup

from macros.charts.heatmap import heatmap
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
    """Show the nine stages, with how much of each track is due at each."""
    cells = heatmap(context.handbook.items.values(), lambda item: [(item.stage, item.track)])
    return context.render("stages", cells=cells)


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
