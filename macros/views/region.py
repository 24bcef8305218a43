"""What the pages show of a region: who is who, what it provides, and what differs from the shared handbook."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from macros.model import editions
from macros.model.handbook import Handbook
from macros.model.items import AppliedChange, Item
from macros.model.status_file import Project, ProjectKind
from macros.text.messages import N_, NN_
from macros.views.context import PageContext, Registry


@dataclass(frozen=True)
class Difference:
    """One item that a layer has added, changed or waived.

    Attributes:
        what: added, changed or waived.
        layer: The layer, by its name.
        fields: Field → shared value and value here, as text.
    """

    what: str
    item: Item
    layer: str
    because: str
    fields: dict[str, tuple[str, str]]
    applied: AppliedChange | None = None


VIEWS = Registry()


@VIEWS.block
def region_set_up(context: PageContext) -> Markup:
    """Show who each partner is here, what the region provides and who decides what."""
    authorities = [
        (layer.title, entry) for layer in context.handbook.layers for entry in layer.overlay.authorities.values()
    ]
    region = context.handbook.region
    if region:
        authorities += [(region.name, entry) for entry in region.authorities.values()]
    theirs = {
        name: [project for project in context.portfolio.shown if project.hospital == name]
        for name in (region.hospitals if region else ())
    }
    return context.render("region_set_up", region=region, authorities=authorities, theirs=theirs)


@VIEWS.block
def region_differences(context: PageContext) -> Markup:
    """List everything that differs from the shared handbook, with its reason."""
    book, found = context.handbook, differences(context.handbook)
    layers = []
    for layer in reversed(book.layers):
        mine = [difference for difference in found if difference.layer == layer.id]
        groups = {what: [d for d in mine if d.what == what] for what in ("added", "changed", "waived")}
        layers.append((layer, groups, context.edit_address(layer.file)))
    return context.render("region_differences", layers=layers, region=book.region, names=FIELDS)


@VIEWS.block
def welcome(context: PageContext) -> Markup:
    """Show the region's words for the home page; nothing where it has none."""
    region = context.handbook.region
    words = region.site.welcome if region else None
    return context.render("welcome", words=words) if words else Markup()


@VIEWS.block
def region_imprint(context: PageContext) -> Markup:
    """Show who publishes the site."""
    return context.render("region_imprint", region=context.handbook.region)


@VIEWS.block
def region_accessibility(context: PageContext) -> Markup:
    """Show the accessibility statement."""
    region = context.handbook.region
    contact = region.accessibility.contact if region and region.accessibility else ""
    mailbox = contact if re.fullmatch(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", contact) else ""
    return context.render("region_accessibility", region=region, mailbox=mailbox)


def differences(handbook: Handbook) -> list[Difference]:
    """List added, changed and waived items, layer by layer."""
    found = []
    for item in handbook.every_item.values():
        if item.layer:
            found.append(Difference("added", item, item.layer, item.because or "", {}))
        for applied in item.changes:
            fields = {name: _values(handbook, item, applied, name) for name in applied.fields}
            because = applied.change.because or ""
            found.append(Difference("changed", item, applied.layer, because, fields, applied))
    for name, waived in handbook.waived.items():
        because = waived.waiver.because or ""
        found.append(Difference("waived", handbook.every_item[name], waived.layer, because, {}))
    return found


FIELDS = {
    "owner": N_("Owner"),
    "role": N_("Role"),
    "supports": N_("Supported by"),
    "gate": N_("Gate"),
    "lead_time": N_("Lead time"),
}
"""Field that a layer can replace → what pages call it."""


def _values(book: Handbook, item: Item, applied: AppliedChange, field: str) -> tuple[str, str]:
    shared = item.shared or item
    return _in_words(book, getattr(shared, field), field), _in_words(book, getattr(applied.change, field), field)


def _in_words(book: Handbook, value: object, field: str) -> str:
    frame, language = book.frame, book.language
    if value is None or value == ():
        return language.pgettext("what differs", "none")
    if field in ("owner", "supports"):
        names = (value,) if isinstance(value, str) else value
        return ", ".join(frame.partners[name].title for name in names)  # type: ignore[attr-defined]
    if field == "role":
        return frame.roles[str(value)].title
    if field == "gate":
        return language.gettext(N_("a gate") if value else N_("no gate"))
    months: Any = getattr(value, "months", value)
    low, high = getattr(value, "range", (months, months))
    one, many = NN_("%(num)s month", "%(num)s months")
    said = language.ngettext(one, many, months) % {"num": months}
    return said + (language.gettext(N_(" (%(low)s to %(high)s)")) % {"low": low, "high": high} if low != high else "")


@VIEWS.block
def project_notices(context: PageContext, project: str) -> Markup:
    """Show what a reader must know before the picture: another edition, a level of the region's own."""
    subject, reports = context.handbook.projects[project], context.portfolio.reports(project)
    if subject.kind is ProjectKind.RETROSPECTIVE:
        return Markup()
    states = [state for report in reports for state in report.assessment.states.values()]
    behind = [
        report
        for report in reports
        if report.assessment.new or any(state.renewed for state in report.assessment.states.values())
    ]
    inherited = {state.item.name: state for state in states if state.inherited}.values()
    own = context.handbook.has_local_gates
    alone = _only_here(context.handbook, subject)
    if not (own or inherited or alone or subject.checklist != context.handbook.frame.edition):
        return Markup()
    moved = {name: context.handbook.retired[name] for name in subject.answers if name in context.handbook.retired}
    return context.render(
        "project_notices",
        project=subject,
        reports=reports,
        behind=behind,
        own=own,
        alone=alone,
        inherited=inherited,
        moved=moved,
        word_difference=partial(word_difference, context),
    )


def _only_here(book: Handbook, project: Project) -> list[str]:
    """Name the kind of product and the routes of a project that a layer has added."""
    frame, modality = book.frame, project.modality
    product = [frame.modalities[modality].title] if book.origin("modalities", modality) else []
    return product + [frame.routes[route].title for route in project.route if book.origin("routes", route)]


def word_difference(context: PageContext, item: Item, edition: str) -> Markup:
    """Show how the question has changed in meaning since an edition: words gone and words new."""
    was, language = editions.was_asked(item.revised, edition), context.handbook.language
    if language.is_english or item.done_when in language.foreign:
        return context.render("word_difference", parts=editions.word_difference(was, item.done_when))
    earlier = Markup('<span lang="en">{}</span>').format(was)  # of former words there is no translation
    return context.render("word_difference", parts=[("gone", earlier), ("new", item.done_when)])
