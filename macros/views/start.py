"""The page *Start a project*, and how a project is reported."""

from typing import NamedTuple

from markupsafe import Markup

from macros.outputs.first_file import Choice, blank, choices
from macros.outputs.forge import forge_of, new_file_address
from macros.views.context import PageContext
from macros.views.view import Registry

FILE = "projects/my-project.yml"


class Offer(NamedTuple):
    """One first file: where it can be downloaded, and the forge's page that begins it."""

    choice: Choice
    file: str
    address: str


VIEWS = Registry()


@VIEWS.late
def start(context: PageContext) -> Markup:
    """Offer a first file for every product and route, and show one of them."""
    rows: dict[tuple[str, str | None], list[Offer]] = {}
    offers = [_offer(context, choice) for choice in choices(context.handbook)]
    for offer in offers:
        rows.setdefault((offer.choice.modality, offer.choice.donor), []).append(offer)
    return context.render(
        "start",
        rows=rows,
        linked=all(offer.address for offer in offers),
        filled=all("&value=" in offer.address for offer in offers),
        example=offers[0].choice,
        text=blank(context.handbook, offers[0].choice, context.day),
    )


def _offer(context: PageContext, choice: Choice) -> Offer:
    """Say where a first file is to be had; the forge gets the name alone where the text is too long."""
    forge = forge_of(context.edit_uri)
    text = blank(context.handbook, choice, context.day, short=True)
    address = new_file_address(forge, FILE, text) or new_file_address(forge, FILE)
    return Offer(choice, context.file(choice.path), address)


@VIEWS.late
def project_report(context: PageContext, _: str) -> Markup:
    """Say how a change of a project is reported."""
    return context.render("project_report")
