"""What checklists ask: the frame, areas with their items, sources and named rules.

Field names are the words of the YAML files, with `_` for `-`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from macros.fields.markers import FREE, INTERNAL, ItemField, Names
from macros.fields.types import (
    Day,
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
    """A kind of product. `donor` is given where the kind alone settles who gives the cells."""

    donor: Annotated[Word | None, Names("donor")] = Field(
        None, description="Who gives the cells, where this kind of product settles it."
    )


class Thresholds(Record):
    """The numbers of the published rules; a region may set its own."""

    imbalance_watch: Number = Field(description="Stages between highest and lowest track from which to watch.")
    imbalance_act: Number = Field(description="Stages between highest and lowest track from which to act.")
    debt: Number = Field(description="Stages that work is ahead of the level from which it counts as debt.")
    silo_share: Number = Field(description="per cent of the items met")
    silo_least: Number = Field(description="items met before shares are judged")
    silo_stages: Number = Field(description="Stages running in which a partner has met nothing.")
    stale_days: Number = Field(description="Days since the last assessment after which the assessment is out of date.")
    start_soon: Number = Field(3, description="months ahead that count as now")
    recent_days: Number = Field(90, description="days back that count as recent changes")


class FindingText(Record):
    """What a kind of finding is called, why it matters and what to do first."""

    title: FreeText = Field(description="What the finding is called.")
    why: FreeText = Field(description="Why it matters.")
    first_move: FreeText = Field(description="What to do first, and who does it.")


class FindingTexts(Record):
    """The words of every general kind of finding."""

    imbalance: FindingText = Field(description="The tracks' levels lie far apart.")
    debt: FindingText = Field(description="Work is far ahead of the level of its own track.")
    hollow: FindingText = Field(description="An item is met while one it requires is open.")
    unlawful: FindingText = Field(description="An item has begun without what the law asks first.")
    owed: FindingText = Field(description="Evidence is owed after a conditional authorisation.")
    silo: FindingText = Field(description="One partner carries nearly everything, or one is missing.")
    stale: FindingText = Field(description="Nobody has looked for a long time.")
    unsupported: FindingText = Field(description="A gate is met without evidence or a date.")
    late: FindingText = Field(description="Items can no longer be met in time for the target.")
    rule_drift: FindingText = Field(description="A rule changes before an item is planned to be met.")


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
    routes: Annotated[dict[NewName, Titled], Group] = Field(
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
    gate: Annotated[Flag, GATE] = Field(False, description="true: the stage is not left without it.")
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


class AreaFile(Record):
    """An area file: a group of items within a track. `retired` says where old answers move."""

    title: FreeText = Field(description="What the area is called.")
    intro: FreeText = Field(description="One paragraph that a newcomer understands.")
    items: Annotated[dict[NewName, Question], Group] = Field(description="The items by name. A name never changes.")
    retired: Annotated[dict[NewName, RetirementText], Group] = Field(
        {}, description="Items no longer asked: name, and where its answer moves."
    )


class Reference(Record):
    """A source. One that is not `confirmed` is never shown as confirmed."""

    title: FreeText = Field(description="The title of the source.")
    publisher: FreeText | None = Field(None, description="Who has published it.")
    number: FreeText | None = Field(None, description="The number of the document.")
    date: FreeText | None = Field(None, description="When it was published, as far as it is known.")
    url: FreeText | None = Field(None, description="Where it can be read.")
    more_urls: Annotated[Lines, FREE] = Field((), description="Further places where it can be read.")
    confirmed: Flag = Field(description="true: somebody has read it at its source.")
    checked: Day = Field(description="The day on which somebody last looked at it.")
    note: FreeText | None = Field(None, description="What is not confirmed, and what else one should know.")


class ReferenceFile(Record):
    """`references.yml`."""

    references: Annotated[dict[NewName, Reference], Group] = Field(
        description="The sources by name. A name never changes."
    )
