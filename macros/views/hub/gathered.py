"""What the views of a hub share: what was gathered, and titles of findings."""

from collections.abc import Mapping

from macros.hub.gathered import Network
from macros.views.context import PageContext


def network_of(context: PageContext) -> Network:
    """Give what the hub has gathered; only its own pages ask for it."""
    assert context.network  # noqa: S101
    return context.network


def title_of(kind: str, context: PageContext, titles: Mapping[str, str]) -> str:
    """Give the title of a finding: that of the shared handbook, else that of the region's own rule, else its name."""
    texts = context.handbook.finding_texts
    return texts[kind].title if kind in texts else titles.get(kind, kind)
