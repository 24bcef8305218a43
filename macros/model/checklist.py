"""What checklists ask: the frame, and areas with their items.

Field names are the words of the YAML files, with `_` for `-`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from macros.fields.days import Day
from macros.fields.markers import FREE, INTERNAL, ItemField, Names
from macros.fields.types import (
    Edition,
    EditionName,
    Flag,
    FreeText,
    Group,
    ItemNames,
    Line,
    Lines,
    NewName,
    Number,
    PartnerNames,
    Record,
    SourceNames,
    Word,
    a_list,
)
from macros.model.editions import RetirementText, Revision
from macros.model.lead_time import LeadTime
from macros.model.rules import FindingTexts, Thresholds


class Titled(Record):
    """Something with a title and a sentence or two about it."""

    title: FreeText = Field(description="What it is called.")
    about: FreeText = Field(description="A sentence or two that explain it.")


class Stage(Record):
    """One of nine steps, shared by the three tracks. An item is due by the exit of its stage."""

    title: FreeText = Field(description="What the stage is called.")
    entry: FreeText = Field(description="What is in place when it begins.")
    exit: FreeText = Field(description="What is in place when it is passed.")


class Modality(Titled):
    """A kind of product. `donor` is given where the kind alone settles who gives the cells.

    `delivery` lists the ways of changing genes that this kind of product can have; the first is the usual one.
    """

    donor: Annotated[Word | None, Names("donor")] = Field(
        None, description="Who gives the cells, where this kind of product settles it."
    )
    delivery: Annotated[Lines, Names("delivery")] = Field(
        (), description="How genes can be changed in this kind of product, the usual way first. Left out: any way."
    )


class Route(Titled):
    """A lawful way to patients, and the items to which its page shows the longest chain."""

    milestones: ItemNames = Field((), description="Items to which pages show the longest chain, the first one first.")


class Frame(Record):
    """`navigator.yml`: the words that everything else uses, in the order they are shown."""

    edition: Annotated[Edition, FREE] = Field(
        description="The edition of the checklists, with a letter first: v2026.1."
    )
    editions: Annotated[tuple[Edition, ...], BeforeValidator(a_list), FREE] = Field(
        (), description="Earlier editions, the oldest first. Left out: this is the first one."
    )
    tracks: Annotated[dict[NewName, Titled], Group] = Field(
        description="Technical, clinical and commercial, always shown side by side."
    )
    stages: Annotated[dict[Number, Stage], Group] = Field(description="The steps that all tracks share, by number.")
    partners: Annotated[dict[NewName, Titled], Group] = Field(description="Who owns and supports items.")
    roles: Annotated[dict[NewName, Titled], Group] = Field(description="The roles that a hospital has.")
    modalities: Annotated[dict[NewName, Modality], Group] = Field(description="The kinds of product.")
    donors: Annotated[dict[NewName, Titled], Group] = Field(description="Who can give the cells.")
    deliveries: Annotated[dict[NewName, Titled], Group] = Field(
        {}, description="How genes are changed, or that they are not."
    )
    routes: Annotated[dict[NewName, Route], Group] = Field(
        description="The ways by which a product may lawfully reach patients."
    )
    metrics: Annotated[dict[NewName, Titled], Group] = Field(description="Figures that a team may enter.")
    facilities: Annotated[dict[NewName, Titled], Group] = Field(
        {}, description="Shared places whose demand is counted."
    )
    thresholds: Thresholds = Field(description="The numbers of the published rules.")
    findings: FindingTexts = Field(description="The words of each general kind of finding.")


class AppliesTo(Record):
    """The products and routes an item is asked of; empty means all."""

    modalities: Annotated[Lines, Names("modality")] = Field(
        (), description="Kinds of product it is asked of. Left out: all."
    )
    route: Annotated[Line | None, Names("route")] = Field(
        None, description="The route it is asked on. Left out: every route."
    )
    donor: Annotated[Lines, Names("donor")] = Field((), description="Whose cells it is asked of. Left out: anybody's.")
    delivery: Annotated[Lines, Names("delivery")] = Field(
        (), description="For which ways of changing genes it is asked. Left out: all, and where none are changed."
    )


TEXT = ItemField(upgrade="question", layer="locked", moves_results=False, fingerprint=True)
SCOPE = ItemField(upgrade="question", layer="locked", moves_results=True, fingerprint=True)
GATE = ItemField(upgrade="question", layer="replaced", moves_results=True, fingerprint=True)
STAGE = ItemField(upgrade="place", layer="locked", moves_results=True, fingerprint=True)
PLACE = ItemField(upgrade="place", layer="locked", moves_results=True, fingerprint=False)
CARRIED = ItemField(upgrade="setting", layer="replaced", moves_results=True, fingerprint=True)
HELPED = ItemField(upgrade="setting", layer="replaced", moves_results=False, fingerprint=True)
REMARK = ItemField(upgrade="setting", layer="added", moves_results=False, fingerprint=True)
NEED = ItemField(upgrade="setting", layer="locked", moves_results=True, fingerprint=False)
REGULATION = ItemField(upgrade="setting", layer="locked", moves_results=False, fingerprint=False)
SUPPORT = ItemField(upgrade="unreported", layer="added", moves_results=False, fingerprint=False)
HISTORY = ItemField(upgrade="unreported", layer="locked", moves_results=False, fingerprint=False)


class Question(Record):
    """One checkable statement, as an area file holds it."""

    of_items: ClassVar[bool] = True

    title: Annotated[FreeText, TEXT] = Field(description="The statement in a few words, beginning with a verb.")
    why: Annotated[FreeText, TEXT] = Field(
        description="Why it matters, in a sentence or two that a clinician believes."
    )
    done_when: Annotated[FreeText, TEXT] = Field(
        description="How one knows that it is done, so that two people reach the same answer."
    )
    stage: Annotated[Number, Names("stage"), STAGE] = Field(description="The stage by whose end it is due.")
    gate: Annotated[Flag, GATE] = Field(False, description="true: the stage is not passed without it.")
    owner: Annotated[Line, Names("partner"), CARRIED] = Field(description="The partner who answers for it.")
    role: Annotated[Line | None, Names("role"), CARRIED] = Field(
        None, description="Which of the hospital's roles answers for it."
    )
    supports: Annotated[PartnerNames, HELPED] = Field((), description="The partners who help.")
    evidence: Annotated[FreeText, TEXT] = Field(description="What shows it, such as a report.")
    requires: Annotated[ItemNames, NEED] = Field((), description="Items that must be met first, as area/item.")
    unlawful_without: Annotated[ItemNames, NEED] = Field(
        (), description="Those of requires without which beginning this item is against the law."
    )
    applies_to: Annotated[AppliesTo, SCOPE] = Field(
        AppliesTo(), description="Products and routes it is asked of. Left out: all."
    )
    note: Annotated[FreeText | None, REMARK] = Field(None, description="What else one should know.")
    lead_time: Annotated[LeadTime | None, CARRIED] = Field(None, description="How long it usually takes.")
    recurring: Annotated[Literal["yearly"] | None, NEED] = Field(None, description="yearly: it comes back every year.")
    regulatory: Annotated[Flag, REGULATION] = Field(False, description="true: an authority asks for it.")
    facility: Annotated[Line | None, Names("facility"), NEED] = Field(None, description="A shared place that it needs.")
    inheritable: Annotated[Flag, NEED] = Field(
        False, description="true: a region's facility can meet it for all projects."
    )
    valid_months: Annotated[Number | None, NEED] = Field(
        None, description="Months after which its evidence is too old. Left out: an act, which does not age."
    )
    can_be_owed: Annotated[Flag, NEED] = Field(
        False, description="true: it can be delivered after a conditional authorisation."
    )
    sources: Annotated[SourceNames, SUPPORT] = Field((), description="What it rests on: names in references.yml.")
    since: Annotated[EditionName | None, HISTORY] = Field(
        None, description="The edition that asks it first. Left out: the first of all."
    )
    revised: Annotated[tuple[Revision, ...], BeforeValidator(a_list), HISTORY] = Field(
        (), description="How its text has changed since then."
    )


class Place(Record):
    """Where an item stands, as the folder and the name of its file say."""

    of_items: ClassVar[bool] = True

    area: Annotated[str, INTERNAL, PLACE]
    track: Annotated[str, INTERNAL, PLACE]


class SignOff(Record):
    """The role of the specialist who has read and signed an area, and the day."""

    day: Day = Field(description="The day on which the reading ended.")
    role: FreeText = Field(description="A role, not a person: head of quality control at a hospital GMP site.")


class AreaFile(Record):
    """An area file: a group of items within a track. `retired` says where old answers move."""

    title: FreeText = Field(description="What the area is called.")
    intro: FreeText = Field(description="One paragraph that a newcomer understands.")
    items: Annotated[dict[NewName, Question], Group] = Field(description="The items by name. A name never changes.")
    retired: Annotated[dict[NewName, RetirementText], Group] = Field(
        {}, description="Items no longer asked: name, and where its answer moves."
    )
    reviewed: SignOff | None = Field(
        None,
        description="Who in the field has signed off the area. Left out: nobody yet, and its page says so.",
    )
