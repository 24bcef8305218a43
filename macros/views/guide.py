"""The pages *Guide me* and *Start a project*, how a project is reported, and the trail and description of a page."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple
from urllib.parse import urljoin

from markupsafe import Markup

from macros.model.handbook import Handbook, applies
from macros.model.items import Item
from macros.model.status_file import ProjectKind
from macros.outputs.first_file import Choice, blank, choices, deliveries
from macros.outputs.forge import LONGEST_ADDRESS, forge_of, new_file_address, upload_address
from macros.views.context import PageContext, Registry

FILE = "projects/my-project.yml"
VIEWS = Registry()


@VIEWS.late
def guide_me(context: PageContext) -> Markup:
    """Ask four questions, and show the items that fit as cards, stage by stage, gates first."""
    book, tracks = context.handbook, list(context.handbook.frame.tracks)
    items = sorted(book.items.values(), key=lambda item: (item.stage, tracks.index(item.track)))
    rows = [(item, marks(book, item)) for item in items]
    stages = [
        (stage, *([row for row in rows if (row[0].stage, row[0].gate) == (stage, gate)] for gate in (True, False)))
        for stage in book.frame.stages
    ]
    ways = _left_open(book, deliveries)
    return context.render("guide_me", stages=stages, open=_left_open(book, Handbook.possible_donors), ways=ways)


def _left_open(handbook: Handbook, possible: Callable[[Handbook, str], list[str]]) -> dict[str, list[str]]:
    """List the modalities that leave something open, with what is possible for each."""
    return {name: found for name in handbook.frame.modalities if (found := possible(handbook, name))}


def trail(context: PageContext, above: Sequence[tuple[str, str]], title: str, path: str) -> Markup:
    """Show where a page stands: the way from the front page to it. No view, as pages do not call it themselves.

    Args:
        above: The sections above the page: title, and the path of the page that opens each.
        title: Of the page, as HTML.
        path: Of the page under docs/.
    """
    if path == "index.md":
        return Markup("")
    steps = [(name, _opens(context, name, first)) for name, first in above if first != path]
    if path.startswith("meetings/"):
        project = path.removeprefix("meetings/").removesuffix(".md")
        steps.append((context.handbook.projects[project].title, context.page(f"projects/{project}")))
        return context.render("trail", steps=steps, title="")
    return context.render("trail", steps=steps, title=Markup(title))  # noqa: S704


def _opens(context: PageContext, section: str, first: str) -> str:
    """Give the address that a section has; the areas of a track have a heading on the page of all areas."""
    track = next((name for name, track in context.handbook.frame.tracks.items() if track.title == section), "")
    if track and first.startswith("areas/"):
        return context.page("areas/index", track)
    return context.page(first.removesuffix(".md")) if first else ""


def marks(handbook: Handbook, item: Item) -> dict[str, str]:
    """Give the words of an item's row: field of the form → every choice that the item fits.

    A field without an entry fits whatever is chosen. The script compares words and has no rule of its own.
    """
    last = max(handbook.frame.stages)
    words = {
        "modality": list(_modalities(handbook, item)),
        "donor": list(item.applies_to.donor) or None,
        "delivery": list(item.applies_to.delivery) or None,
        "route": [item.applies_to.route] if item.applies_to.route else None,
        "stage": [str(item.stage), *(f"up-to-{stage}" for stage in range(item.stage, last + 1))],
        "partner": [
            *(item.owner, f"{item.owner}-owns"),
            *(word for partner in item.supports for word in (partner, f"{partner}-supports")),
        ],
        "track": [item.track],
        "gates": ["only"] if item.gate else [],
    }
    if len(words["modality"] or []) == len(handbook.frame.modalities):
        del words["modality"]
    return {field: " ".join(choices) for field, choices in words.items() if choices is not None}


def _modalities(handbook: Handbook, item: Item) -> Iterator[str]:
    """Name the kinds of product that an item is asked of on some route, before donor and delivery are known."""
    for name, modality in handbook.frame.modalities.items():
        ways = product(handbook.frame.routes, modality.delivery or [None])
        if any(applies(item.applies_to, name, modality.donor, route, way) for route, way in ways):
            yield name


class Offer(NamedTuple):
    """One first file: where it and its sheet can be downloaded, the forge's page that begins it, and the form."""

    choice: Choice
    file: str
    sheet: str
    address: str
    form: str


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
    sheet = context.file(choice.path.removesuffix(".yml") + ".xlsx")
    return Offer(choice, context.file(choice.path), sheet, address, f"{context.page('change')}?start={choice.name}")


@VIEWS.block
def change_form(context: PageContext) -> Markup:
    """Show where the form *Report a change* begins, and what to do instead where no script runs."""
    forge = forge_of(context.edit_uri)
    about = {
        "up": context.up,
        "day": str(context.day),
        "forge": forge.kind,
        "edit": urljoin(context.edit_uri, "../") if context.edit_uri else "",
        "new": new_file_address(forge, FILE),
        "upload": upload_address(forge, "projects"),
        "longest": LONGEST_ADDRESS,
        "mail": _mailboxes(context.handbook),
        "pages": {name: context.page(path) for name, path in FORM_PAGES.items()},
        "project": context.page("projects/PROJECT"),
        "item": context.page("areas/AREA", "ITEM"),
    }
    return context.render("change_form", about=json.dumps(about))


FORM_PAGES = {
    "projects": "projects/index",
    "start": "start",
    "report": "report",
    "privacy": "privacy",
    "keys": "status-file",
    "change": "change",
}
"""Pages that the form leads to, by the names that its script uses."""


def _mailboxes(handbook: Handbook) -> dict[str, list[str]]:
    """Name the mailbox of each partner that has one here: partner → unit and address."""
    contacts = handbook.region.contacts if handbook.region else {}
    return {
        partner: [found.unit, found.mail]
        for partner, theirs in contacts.items()
        for found in reversed(theirs)
        if found.mail
    }


@VIEWS.late
def project_report(context: PageContext, project: str) -> Markup:
    """Say how a change of a project is reported."""
    return context.render("project_report", project=project)


def project_description(context: PageContext, path: str, project: str) -> Markup:
    """Describe a project in one line: its levels and the day of its assessment.

    Args:
        path: Of the page that is described: the project's own or the one for its meeting.
        project: Its name.
    """
    subject = context.handbook.projects[project]
    past = subject.kind is ProjectKind.RETROSPECTIVE
    reports = () if past else context.portfolio.reports(project)
    levels = [[standing.level for standing in report.assessment.tracks.values()] for report in reports]
    text = context.render(
        "project_description",
        project=subject,
        reports=reports,
        alike=all(each == levels[0] for each in levels),
        meeting=path.startswith("meetings/"),
    )
    return Markup(" ".join(text.split()))  # noqa: S704
