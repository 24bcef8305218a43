"""The page *Start a project*, how to report an item, and the command that writes a first file."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from macros.outputs.first_file import Choice, blank, choices, report_lines
from macros.outputs.forge import forge_of, new_file_address
from macros.views.base import View, late

FILE = "projects/my-project.yml"


class Offer(NamedTuple):
    """One first file: where it can be downloaded, and the forge's page that begins it."""

    choice: Choice
    file: str
    address: str


class StartViews(View):
    """Views of how a project starts and how an item is reported."""

    @late
    def start(self) -> Markup:
        """Offer a first file for every product and route, and show one of them."""
        rows: dict[tuple[str, str | None], list[Offer]] = {}
        offers = [self._offer(choice) for choice in choices(self.handbook)]
        for offer in offers:
            rows.setdefault((offer.choice.modality, offer.choice.donor), []).append(offer)
        return self.render(
            "start",
            rows=rows,
            linked=all(offer.address for offer in offers),
            filled=all("&value=" in offer.address for offer in offers),
            example=offers[0].choice,
            text=blank(self.handbook, offers[0].choice, self.day),
        )

    def _offer(self, choice: Choice) -> Offer:
        """Say where a first file is to be had; the forge gets the name alone where the text is too long."""
        forge = forge_of(self.edit_uri)
        text = blank(self.handbook, choice, self.day, short=True)
        address = new_file_address(forge, FILE, text) or new_file_address(forge, FILE)
        return Offer(choice, self.file(choice.path), address)

    @late
    def project_report(self, _: str) -> Markup:
        """Say how a change of a project is reported."""
        return self.render("project_report")

    @late
    def report_item(self, name: str) -> Markup:
        """Show the line to write for each status of an item, folded; kept, as many projects show it."""
        if name not in self._reports:
            item = self.handbook.items[name]
            lines = report_lines(item, self.day).values()
            self._reports[name] = self.render("start_report", item=item, lines=lines)
        return self._reports[name]

    @cached_property
    def _reports(self) -> dict[str, Markup]:
        return {}
