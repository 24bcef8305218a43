"""Rules that `region/region.yml` keeps with the handbook: one small generator each, whose docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from macros.checks.words import retired, unknown_words, vocabulary, words
from macros.fields.publish import strictest
from macros.model.handbook import Handbook
from macros.model.region import RegionFile
from macros.model.status_file import Project, ProjectKind
from macros.privacy.people import has_a_title, is_a_person, is_a_persons_mailbox
from macros.text.messages import M_, as_written
from macros.text.problem import WARNING, Problem, kind, lacking
from macros.text.slugs import web_address
from macros.text.source import Path, Source

OLD_THRESHOLDS = ("stale-evidence-days",)
"""Numbers that earlier editions had: they have no effect, and stop nothing."""

MAILBOX = re.compile(r"[\w.%+'-]{1,64}@[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}")
PHONE = re.compile(r"\+[1-9][0-9 ]{5,20}[0-9]")

NOT_A_UNIT = M_("this looks like a person, not a unit")
NOT_A_ROLE = M_("this looks like a person, not a role")

RegionCheck: TypeAlias = Callable[[RegionFile, Source, Handbook], Iterator[Problem]]


def words_are_known(region: RegionFile, source: Source, book: Handbook) -> Iterator[Problem]:
    """A region uses the handbook's partners, items, thresholds and sources.

    Sources of its own are in `region/overlay.yml` under `references`.
    """
    found = [*words(region, without=("country", "layer"))]
    gone = [word for word in found if word.kind == "known-item" and word.word in book.retired]
    for path, name, *_ in gone:
        yield replace(retired(source, name, book.retired[name], source.spot(path)), severity=WARNING)
    old = [word for word in found if word.kind == "threshold" and word.word in OLD_THRESHOLDS]
    for problem in unknown_words(old, source, book, vocabulary(book)):
        yield replace(problem, severity=WARNING, fix=M_("delete it, it has no effect any more"))
    yield from unknown_words([word for word in found if word not in gone + old], source, book, vocabulary(book))


@kind("provided-without-proof")
def what_is_provided_is_shown(region: RegionFile, source: Source, _: Handbook) -> Iterator[Problem]:
    """A facility that meets items for every project is in place, with a date and evidence.

    Projects inherit these items as met. What differs from product to product is never inherited.
    """
    for name, place in region.facilities.items():
        missing = lacking(place)
        if place.provides and place.status == "in-place" and missing:
            at = source.spot(("facilities", name, "provides"), name=True)
            title = as_written(place.title, f"facilities/{name} title")
            sentence = M_('"%(title)s" meets items for all projects without %(fields)s', title=title, fields=missing)
            yield source.problem("provided-without-proof", sentence, at, M_("add %(fields)s", fields=missing))


@kind("not-inheritable")
def what_is_provided_can_be_inherited(region: RegionFile, source: Source, book: Handbook) -> Iterator[Problem]:
    """A facility meets only items that can be the same for every project.

    Such an item has `inheritable: true` in the checklists. What differs from product to product is each project's
    own work, and a region cannot answer for it.
    """
    for name, facility in region.facilities.items():
        for at, item in enumerate(facility.provides):
            if item in book.every_item and not book.every_item[item].inheritable:
                spot = source.spot(("facilities", name, "provides", at))
                sentence = M_('"%(item)s" is each project\'s own work and cannot be inherited', item=item)
                fix = M_("leave it out; projects answer it themselves")
                yield source.problem("not-inheritable", sentence, spot, fix)


@kind("provided-twice")
def what_is_provided_is_provided_once(region: RegionFile, source: Source, _: Handbook) -> Iterator[Problem]:
    """An item that all projects inherit comes from one facility.

    Its day and its evidence are shown on every project's page. With two, nobody would know which is meant.
    """
    first: dict[str, str] = {}
    for name, place in region.facilities.items():
        for at, item in enumerate(place.provides if place.status == "in-place" else ()):
            if item in first:
                spot = source.spot(("facilities", name, "provides", at))
                sentence = M_('"%(item)s" is provided by "%(facility)s" already', item=item, facility=first[item])
                yield source.problem("provided-twice", sentence, spot, M_("keep it where its evidence is"))
            first.setdefault(item, as_written(place.title, f"facilities/{name} title"))


@kind("not-an-address")
def addresses_can_be_opened(region: RegionFile, source: Source, _: Handbook) -> Iterator[Problem]:
    """An address begins with `https://` and names a host.

    That of the site ends in a slash.
    """
    found: list[tuple[Path, str | None]] = [(("site", "address"), region.site.address)]
    if region.forge:
        found.append((("forge", "address"), region.forge.address))
    for partner, contacts in region.contacts.items():
        found += [(("contacts", partner, at, "address"), contact.address) for at, contact in enumerate(contacts)]
    found += [(("facilities", name, "address"), place.address) for name, place in region.facilities.items()]
    if region.imprint:
        found.append((("imprint", "address"), region.imprint.address))
    if region.licence:
        found.append((("licence", "address"), region.licence.address))
    for path, address in found:
        yield from address_problems(source, path, address, slash=path == ("site", "address"))


def address_problems(source: Source, path: Path, address: str | None, *, slash: bool = False) -> Iterator[Problem]:
    """Say what is wrong with an address; that of a site ends in a slash."""
    if address and not web_address(address):
        at = source.spot(path)
        sentence = M_('"%(address)s" is not an address', address=address)
        yield source.problem("not-an-address", sentence, at, M_("write it as https://…"))
    if slash and address and not address.endswith("/"):
        at = source.spot(path)
        yield source.problem("not-an-address", M_("the address has no slash at its end"), at, M_("add a slash"))


@kind("not-a-mailbox")
def mailboxes_can_be_written_to(region: RegionFile, source: Source, _: Handbook) -> Iterator[Problem]:
    """A mailbox is written as in `atmp@hospital.example`: a name, an @ and a domain, without spaces."""
    for path, mail in _reached(region, "mail"):
        if not MAILBOX.fullmatch(mail):
            fix = M_("write it as in atmp@hospital.example")
            yield source.problem("not-a-mailbox", M_('"%(mail)s" is not a mailbox', mail=mail), source.spot(path), fix)


@kind("not-a-phone-number")
def phone_numbers_can_be_dialled(region: RegionFile, source: Source, _: Handbook) -> Iterator[Problem]:
    """A telephone number has a +, the code of the country, and digits and spaces: `+46 46 17 10 00`."""
    for path, phone in _reached(region, "phone"):
        if not PHONE.fullmatch(phone):
            sentence = M_('"%(phone)s" is not a telephone number', phone=phone)
            fix = M_("write it as in +46 46 17 10 00")
            yield source.problem("not-a-phone-number", sentence, source.spot(path), fix)


@kind("a-person")
def contacts_are_units(region: RegionFile, source: Source, _: Handbook) -> Iterator[Problem]:
    """A contact names a unit and a role, never a person, and a mailbox is that of a unit.

    People change, and a name in a public file is personal data. Write the role, such as `Coordinator for new
    projects`, and a mailbox such as `atmp@hospital.example`.
    """
    for path, what, text in _who(region):
        if has_a_title(text) if what == "unit" else is_a_person(text):
            sentence = NOT_A_UNIT if what == "unit" else NOT_A_ROLE
            problem = source.problem("a-person", sentence, source.spot(path), M_("write unit and role"))
            yield replace(problem, excerpt="")  # a name is not repeated
    for path, mail in _reached(region, "mail"):
        if is_a_persons_mailbox(mail):
            at = source.spot(path)
            sentence = M_("this looks like the mailbox of a person")
            problem = source.problem("a-person", sentence, at, M_("write that of a unit"))
            yield replace(problem, excerpt="", severity=WARNING)


def _who(region: RegionFile) -> Iterator[tuple[Path, str, str]]:
    """Yield every text that names a unit or a role, with its place and which of the two it is."""
    for partner, contacts in region.contacts.items():
        for number, contact in enumerate(contacts):
            yield ("contacts", partner, number, "unit"), "unit", contact.unit
            yield ("contacts", partner, number, "role"), "role", contact.role or ""
    if region.imprint:
        yield ("imprint", "responsible"), "role", region.imprint.responsible or ""


def _reached(region: RegionFile, name: str) -> Iterator[tuple[Path, str]]:
    """Yield every mailbox or every telephone number in the file, with its place.

    Args:
        name: `mail` or `phone`.
    """
    places: list[tuple[Path, object]] = [(("site",), region.site), (("imprint",), region.imprint)]
    for partner, contacts in region.contacts.items():
        places += [(("contacts", partner, at), contact) for at, contact in enumerate(contacts)]
    for path, record in places:
        if text := getattr(record, name, None):
            yield (*path, name), text


REGION_CHECKS: list[RegionCheck] = [
    words_are_known,
    what_is_provided_is_shown,
    what_is_provided_is_provided_once,
    what_is_provided_can_be_inherited,
    addresses_can_be_opened,
    mailboxes_can_be_written_to,
    phone_numbers_can_be_dialled,
    contacts_are_units,
]


@kind("name-of-example")
def name_is_no_examples(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """The name of a region's project does not begin with `example-`.

    Names that do belong to examples that the shared handbook may bring with a later edition, so that none of them ever
    has the name of a project of yours.
    """
    if handbook.region and project.kind is ProjectKind.PROJECT and project.id.startswith(EXAMPLE):
        sentence = M_('names that begin with "%(start)s" belong to examples of the shared handbook', start=EXAMPLE)
        name, now = project.id, project.id.removeprefix(EXAMPLE)
        fix = M_('rename it to "%(now)s.yml", and write "formerly: %(name)s" in it', now=now, name=name)
        yield Problem(source.file, 0, 0, "name-of-example", sentence, fix, severity=WARNING)


EXAMPLE = "example-"


@kind("publish-without-effect")
def what_is_published_is_as_written(project: Project, source: Source, book: Handbook, _: date) -> Iterator[Problem]:
    """What a project says under `publish` is what the site shows of it.

    A region can say in `region/region.yml` how much is shown of all its projects; a project can only show less than
    that. An illustration and a retrospective are always shown in full.
    """
    if project.publish is None:
        return
    region = book.region.publish if book.region else None
    at = source.spot(("publish",))
    if project.kind is not ProjectKind.PROJECT:
        sentence = M_("this kind of file is always shown in full")
        problem = source.problem("publish-without-effect", sentence, at, M_("delete it"))
        yield replace(problem, severity=WARNING)
    elif region and strictest(region, project.publish) != project.publish:
        values = {"theirs": region, "word": project.publish}
        sentence = M_('the region publishes "%(theirs)s", and "%(word)s" would be more', **values)
        fix = M_('write "%(word)s", or delete it', word=region)
        yield replace(source.problem("publish-without-effect", sentence, at, fix), severity=WARNING)
