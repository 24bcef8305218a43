"""The page *Guide me*: every item with what it is asked of, so that a choice only hides rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from macros.model.handbook import applies
from macros.model.items import Item
from macros.outputs.first_file import donors
from macros.views.base import View, late


class FindingViews(View):
    """Views by which readers find what concerns them."""

    @late
    def guide_me(self) -> Markup:
        """Show all items as one checklist, with a form that a script uses to show only what applies."""
        tracks = list(self.handbook.frame.tracks)
        items = sorted(
            self.handbook.items.values(), key=lambda item: (item.stage, tracks.index(item.track), not item.gate)
        )
        return self.render(
            "guide_me",
            rows=[(item, self.marks(item)) for item in items],
            open={name: found for name in self.handbook.frame.modalities if (found := donors(self.handbook, name))},
        )

    def trail(self, above: Sequence[tuple[str, str]], title: str, path: str) -> Markup:
        """Show where a page stands: the way from the front page to it.

        Args:
            above: The sections above the page: title, and the path of the page that opens each.
            title: Of the page, as HTML.
            path: Of the page under docs/.
        """
        if path == "index.md":
            return Markup("")
        steps = [(name, self._opens(name, first)) for name, first in above if first != path]
        if path.startswith("meetings/"):
            project = path.removeprefix("meetings/").removesuffix(".md")
            steps.append((self.handbook.projects[project].title, self.page(f"projects/{project}")))
            return self.render("trail", steps=steps, title="")
        return self.render("trail", steps=steps, title=Markup(title))  # noqa: S704

    def _opens(self, section: str, first: str) -> str:
        """Give the address that a section has; the areas of a track have a heading on the page of all areas."""
        track = next((name for name, track in self.handbook.frame.tracks.items() if track.title == section), "")
        if track and first.startswith("areas/"):
            return self.page("areas/index", track)
        return self.page(first.removesuffix(".md")) if first else ""

    def marks(self, item: Item) -> dict[str, str]:
        """Give the words of an item's row: field of the form → every choice that the item fits.

        A field without an entry fits whatever is chosen. The script compares words and has no rule of its own.
        """
        last = max(self.handbook.frame.stages)
        words = {
            "modality": list(self._modalities(item)),
            "donor": list(item.applies_to.donor) or None,
            "route": [item.applies_to.route] if item.applies_to.route else None,
            "stage": [str(item.stage), *(f"up-to-{stage}" for stage in range(item.stage, last + 1))],
            "partner": [
                *(item.owner, f"{item.owner}-owns"),
                *(word for partner in item.supports for word in (partner, f"{partner}-supports")),
            ],
            "track": [item.track],
            "gates": ["only"] if item.gate else [],
        }
        if len(words["modality"] or []) == len(self.handbook.frame.modalities):
            del words["modality"]
        return {field: " ".join(choices) for field, choices in words.items() if choices is not None}

    def _modalities(self, item: Item) -> Iterator[str]:
        """Name the kinds of product that an item is asked of on some route, before the donor is known."""
        for name, modality in self.handbook.frame.modalities.items():
            if any(applies(item.applies_to, name, modality.donor, route) for route in self.handbook.frame.routes):
                yield name
