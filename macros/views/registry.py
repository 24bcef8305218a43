"""Every view by its name, and how it is shown on a page."""

from dataclasses import replace

from macros.engine.portfolio import Portfolio
from macros.views import explaining, foresight, guide, keys, portfolio, projects, region
from macros.views.checklists import areas, items, languages, partners, products, sources, stages
from macros.views.context import PageContext, View
from macros.views.hub import portfolio as hub_portfolio
from macros.views.hub import regions as hub_regions

HUB = (hub_portfolio, hub_regions)
CHECKLISTS = (areas, stages, partners, products, sources, items, languages)
MODULES = (*CHECKLISTS, projects, portfolio, foresight, explaining, region, guide, keys, *HUB)
VIEWS: dict[str, View] = {name: view for module in MODULES for name, view in module.VIEWS.items()}
"""Name, as pages call it → view."""


class Views:
    """The views of one portfolio.

    Args:
        root: The context of a page that lies at the root of the site.
    """

    def __init__(self, root: PageContext) -> None:
        self.root = root
        self._contexts = {0: root}

    @property
    def portfolio(self) -> Portfolio:
        """The projects that the views show."""
        return self.root.portfolio

    def at(self, url: str) -> PageContext:
        """Give the context of a page by its address, seen from the root of the site, such as `stages/1/`."""
        depth = url.count("/")
        if depth not in self._contexts:
            self._contexts[depth] = replace(self.root, up="../" * depth)
        return self._contexts[depth]

    def show(self, name: str, *arguments: str | int, at: str = "") -> str:
        """Render a view for a page.

        Args:
            name: Of the view.
            arguments: Which stage, area, project …
            at: The address of the page, as `at()` takes it.
        """
        return VIEWS[name].function(self.at(at), *arguments)
