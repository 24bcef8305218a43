"""`region/region.yml`, as the file holds it: who a region is and what it has."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from macros.fields.days import Day, PartialDateText
from macros.fields.languages import LanguageCode
from macros.fields.markers import FREE, Names
from macros.fields.publish import Extent, Published
from macros.fields.types import (
    Flag,
    FreeText,
    Group,
    Lines,
    NewName,
    Number,
    Record,
    SourceNames,
    Word,
    a_list,
    refuse,
    show,
)
from macros.model.overlay import Authority
from macros.text.messages import M_
from macros.text.problem import kind, or_list


class Contact(Record):
    """Where a partner is reached: a unit and a role, never a person."""

    unit: FreeText = Field(description="Institution and unit.")
    hospital: Annotated[Word | None, Names("hospital")] = Field(
        None, description="The hospital whose projects it is for. Left out: those of all."
    )
    role: FreeText | None = Field(None, description="The role to ask for, not a person's name.")
    address: FreeText | None = Field(None, description="A page: https://…")
    mail: FreeText | None = Field(None, description="A mailbox of the unit, not of a person.")
    phone: FreeText | None = Field(None, description="A telephone number of the unit, with +, digits and spaces.")
    about: FreeText | None = Field(None, description="What it helps with.")
    sources: SourceNames = Field((), description="What this rests on: names in references.")
    confirmed: Flag = Field(True, description="false: nobody has read it at its source.")


class Hospital(Record):
    """A hospital of a region that has more than one; the status file of a project names it."""

    title: FreeText = Field(description="What it is called.")
    about: FreeText | None = Field(None, description="What one should know of it.")


class Facility(Record):
    """A place or service that the region has, and the items it already meets for its projects."""

    title: FreeText = Field(description="What it is called.")
    status: Literal["in-place", "planned", "not-here"] = Field(description="in-place, planned or not-here.")
    since: PartialDateText | None = Field(None, description="The day from which it is in place.")
    evidence: FreeText | None = Field(None, description="Document number or link that shows it.")
    about: FreeText | None = Field(None, description="What it offers, and to whom.")
    provides: Annotated[Lines, Names("known-item")] = Field(
        (), description="Items that projects inherit as met, as area/item."
    )
    address: FreeText | None = Field(None, description="A page: https://…")
    sources: SourceNames = Field((), description="What this rests on: names in references.")
    confirmed: Flag = Field(True, description="false: nobody has read it at its source.")


class SiteData(Record):
    """How the region's site is called and where it stands."""

    name: FreeText = Field(description="The title of the site.")
    address: FreeText = Field(description="Its address, with a slash at the end: https://…/")
    identity: Annotated[Word | None, FREE] = Field(
        None,
        description="A word by which calendars and feeds are told from those of other sites. Set once, never changed: "
        "it stays when the address does not. Left out: the address.",
    )
    mail: FreeText | None = Field(
        None,
        description="A mailbox of a unit, not of a person: readers report mistakes on the pages to it. Left out: "
        "they are led to a new issue in the repository.",
    )
    welcome: FreeText | None = Field(None, description="A sentence or two for the home page, above the picture.")
    footer: FreeText | None = Field(None, description="A sentence for the foot of every page, before the shared one.")


class Forge(Record):
    """Where the repository is."""

    kind: Literal["github", "gitlab", "forgejo"] = Field(description="github, gitlab or forgejo.")
    address: FreeText = Field(description="The repository's page: https://…")
    branch: FreeText = Field("main", description="The branch that is published.")


@kind("not-a-colour")
def _colour(value: object) -> str:
    """A colour is written as six hexadecimal digits in quotes, as in `"#0b4f6c"`.

    White text on the primary colour has a contrast of at least 4.5 to 1.
    """
    text = str(value).lower()
    if len(text) != 7 or text[0] != "#" or set(text[1:]) - set("0123456789abcdef"):
        refuse("not-a-colour", M_("%(value)s is not a colour", value=show(value)), M_('write it as in "#0b4f6c"'))
    if _contrast_with_white(text) < 4.5:
        sentence = M_("%(value)s is too light for white text on it", value=show(value))
        refuse("not-a-colour", sentence, M_("choose a darker one"))
    return text


def _contrast_with_white(colour: str) -> float:
    """Compute the contrast with white as WCAG 2.2 defines it: 1 to 21."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


class Accessibility(Record):
    """What the accessibility statement says of this site, as Decision (EU) 2018/1523 asks for it."""

    status: Literal["full", "partial", "none"] = Field(description="How far WCAG 2.2 AA is met: full, partial, none.")
    assessed: Day = Field(description="The day on which that was last looked at.")
    contact: FreeText = Field(description="Where a reader reports an obstacle: a page or a mailbox of a unit.")
    answered_within: Number | None = Field(None, description="The number of days within which a report is answered.")
    prepared: Day | None = Field(None, description="The day on which the statement was prepared.")
    method: Literal["self-assessment", "third-party"] | None = Field(
        None, description="How it was assessed: self-assessment or third-party."
    )
    supervision: FreeText | None = Field(None, description="Who supervises, and where one complains.")
    supervision_address: FreeText | None = Field(None, description="The page of whoever supervises: https://…")
    known: FreeText | None = Field(None, description="What is known not to work.")
    burden: FreeText | None = Field(None, description="What would be a disproportionate burden to change, and why.")
    outside: FreeText | None = Field(None, description="What the law does not ask to be accessible.")


class Licence(Record):
    """The terms under which others may use what a region publishes about its projects."""

    title: FreeText = Field(description="What it is called, such as CC BY 4.0.")
    address: FreeText = Field(description="Where it can be read: https://…")


class Imprint(Record):
    """Who publishes the site; in some countries the law asks for it."""

    publisher: FreeText = Field(description="The organisation and the unit that publish the site.")
    postal: FreeText | None = Field(None, description="The postal address, in one line.")
    number: FreeText | None = Field(None, description="The number under which the organisation is registered.")
    responsible: FreeText | None = Field(None, description="The role that is responsible for the content.")
    mail: FreeText | None = Field(None, description="A mailbox of the unit, not of a person.")
    phone: FreeText | None = Field(None, description="A telephone number of the unit, with +, digits and spaces.")
    address: FreeText | None = Field(None, description="A page: https://…")
    about: FreeText | None = Field(None, description="What else the law asks for.")


class RegionFile(Record):
    """`region/region.yml`: who the region is and what it has."""

    name: FreeText = Field(description="What the region is called.")
    country: Annotated[Word | None, Names("country")] = Field(
        None, description="A country layer in region/layers/ or checklists/countries/, by its file's name."
    )
    layers: Annotated[Lines, Names("layer")] = Field(
        (), description="Further layers in region/layers/, by their files' names. Each lies over the one before."
    )
    languages: Annotated[Lines, Names("language")] = Field(
        ("en",),
        description="Languages of the site by their codes. The first is that of its root, each further one is below a "
        "folder of its name. Left out: English.",
    )
    written_in: LanguageCode = Field("en", description="The language in which the texts of this file are written.")
    site: SiteData = Field(description="Name and address of the site.")
    forge: Forge | None = Field(None, description="Where the repository is.")
    publish: Published = Field(
        None, description=f"How much of each project the site shows: {or_list(Extent)}. Left out: full."
    )
    logo: FreeText | None = Field(None, description="A picture in region/assets/, such as logo.svg.")
    favicon: FreeText | None = Field(
        None, description="A small square picture in region/assets/ for tabs of the browser, such as favicon.svg."
    )
    colour: Annotated[str, BeforeValidator(_colour), FREE] | None = Field(
        None, description='The site\'s colour: "#0b4f6c".'
    )
    hospitals: Annotated[dict[NewName, Hospital], Group] = Field(
        {}, description="Hospitals, where there is more than one. A project says which with hospital."
    )
    contacts: Annotated[
        dict[Word, Annotated[tuple[Contact, ...], BeforeValidator(a_list)]], Group, Names("partner")
    ] = Field({}, description="Who each partner is here, and how to reach it.")
    facilities: Annotated[dict[NewName, Facility], Group] = Field({}, description="What the region already provides.")
    authorities: Annotated[dict[NewName, Authority], Group] = Field({}, description="Local agencies and committees.")
    thresholds: Annotated[dict[Word, Number], Group, Names("threshold")] = Field(
        {}, description="Numbers of the rules that differ here."
    )
    licence: Licence | None = Field(
        None, description="The licence of what the region publishes as data. Left out: none is stated."
    )
    imprint: Imprint | None = Field(None, description="Who publishes the site.")
    accessibility: Accessibility | None = Field(None, description="Data of the accessibility statement.")
