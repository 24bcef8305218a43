"""The pages of a hub, and their order."""

from macros.load.network import NETWORK, NetworkFile
from macros.site.layout import Call, Page

PAGES = {
    "bottlenecks.md": ("Bottlenecks that regions share", "hub_bottlenecks"),
    "demand.md": ("Demand on facilities", "hub_demand"),
    "differences.md": ("How checklists differ", "hub_differences"),
    "trend.md": ("Levels and findings over time", "hub_trend"),
    "data.md": ("State of the data", "hub_state"),
}
"""Path of a page, below the first one → its title and its view."""


def pages(network: NetworkFile) -> list[Page]:
    """Make the pages of a hub, in the order of the navigation."""
    meta = {"hide": ["toc", "navigation"]}
    calls = (Call("hub_summary"), Call("hub_portfolio"))
    first = Page("index.md", network.name, calls, NETWORK, "hub", meta=meta)
    others = (Page(path, title, (Call(view),), NETWORK, "hub", meta=meta) for path, (title, view) in PAGES.items())
    return [first, *others]


def navigation() -> list[dict[str, str]]:
    """List the pages as MkDocs wants them."""
    return [{"All regions": "index.md"}, *({title: path} for path, (title, _) in PAGES.items())]
