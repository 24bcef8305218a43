"""What a workbook is made from: the questions in the order of rows, and what a project says already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.text.messages import N_


@dataclass(frozen=True)
class Sheet:
    """What a workbook is made from.

    Attributes:
        about: What it is for: project or the words of its product, as the hidden sheet says it.
        items: The questions, in the order of rows.
        answers: Full name of an item → the fields that the file has.
        head: What the file says about the project.
    """

    title: str
    about: Mapping[str, str]
    items: Sequence[Item]
    answers: Mapping[str, Mapping[str, str]]
    head: Mapping[str, Any]


def of_project(handbook: Handbook, name: str, data: Mapping[str, Any], upto: int | None = None) -> Sheet:
    """Take a project: `data` is its file as plain values."""
    project = handbook.projects[name]
    items = {item.name: item for route in project.route for item in handbook.asked_of(project, route)}
    answers = {
        f"{area}/{item}": {"status": answer} if isinstance(answer, str) else answer
        for area, group in (data.get("status") or {}).items()
        for item, answer in (group or {}).items()
        if answer
    }
    about = {"project": name, "edition": handbook.frame.edition}
    return Sheet(project.title, about, _by_stage(items.values(), upto), answers, data)


def blank(handbook: Handbook, product: Mapping[str, str], upto: int | None = None) -> Sheet:
    """Take a kind of product that has no project yet: modality, donor and delivery where open, routes with spaces."""
    modality, routes = product["modality"], product["route"].split()
    donor, delivery = product.get("donor"), product.get("delivery")
    items = {item.name: item for route in routes for item in handbook.asked(modality, donor, route, delivery)}
    about = {"edition": handbook.frame.edition, **product}
    frame = handbook.frame
    language = handbook.language
    words = [frame.modalities[modality].title, *(frame.routes[route].title for route in routes)]
    if donor:
        who = language.inside(frame.donors[donor].title)
        words.insert(1, language.gettext(N_("cells from %(who)s")) % {"who": who})
    if delivery:
        words.append(frame.deliveries[delivery].title)
    title = language.gettext(N_("New project: %(product)s")) % {"product": ", ".join(words)}
    return Sheet(title, about, _by_stage(items.values(), upto), {}, {})


def _by_stage(items: Iterable[Item], upto: int | None) -> list[Item]:
    return sorted((item for item in items if upto is None or item.stage <= upto), key=lambda item: item.stage)


def of_everything(handbook: Handbook) -> Sheet:
    """Take every question, from which the blank workbooks are cut."""
    title = handbook.language.gettext(N_("New project"))
    about = {"edition": handbook.frame.edition}
    return Sheet(title, about, _by_stage(handbook.items.values(), None), {}, {})
