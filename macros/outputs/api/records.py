"""The document `api/v1/checklist.json` and its items, in the words of the checklists with `_` for `-`."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel, Field

from macros.outputs.api.frame_records import (
    AreaRecord,
    EventRecord,
    FindingTextRecord,
    ModalityWord,
    MotionRecord,
    RouteWord,
    RuleRecord,
    SourceRecord,
    StageRecord,
    Word,
)
from macros.outputs.api.published import EDITION, Head, Published
from macros.outputs.api.region import LayerRecord
from macros.text.dates import Month, PartialDate


def plain(value: Any) -> Any:
    """Turn a record of the handbook into plain values: days and months into text, tuples into lists."""
    if isinstance(value, BaseModel):
        return {name: plain(each) for name, each in value}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, PartialDate):
        return value.text
    return str(value) if isinstance(value, (date, Month)) else value


class DurationRecord(Published):
    """How long something usually takes, in months."""

    months: int = Field(ge=0, description="Months it usually takes, without what it waits for.")
    range: list[int] = Field(description="The shortest and the longest it takes.")
    basis: str = Field(description='"planning assumption", or the name of a source.')
    note: str | None = Field(description="What takes the time.")


class LeadTimeRecord(DurationRecord):
    """How long an item usually takes."""

    by_modality: dict[str, DurationRecord] = Field(description="Kinds of product for which it differs.")


class AppliesToRecord(Published):
    """What an item is asked of; an empty list means all."""

    modalities: list[str] = Field(description="Kinds of product.")
    route: str | None = Field(description="The route; null: every route.")
    donor: list[str] = Field(description="Whose cells.")
    delivery: list[str] = Field(description="Ways of changing genes.")


class RevisionRecord(Published):
    """One change of an item's text."""

    edition: str = Field(pattern=EDITION, description="The edition in which the text changed.")
    kind: Literal["wording", "meaning"] = Field(description="wording: old answers remain valid.")
    note: str = Field(description="What has changed.")
    was: str | None = Field(description="What `done_when` said before.")


class ChangeRecord(Published):
    """What a layer has changed in an item."""

    layer: str = Field(description="The layer.")
    fields: list[str] = Field(description="The fields of the item that have their value from this layer.")
    because: str | None = Field(description="Why.")
    done_when_also: str | None = Field(description="What must hold there besides.")
    requires_also: list[str] = Field(description="Items that must be met first there, besides the shared ones.")
    note: str | None = Field(description="What one should know there.")
    sources: list[str] = Field(description="Further sources.")


class ItemRecord(Published):
    """One checkable statement, as it is asked on this site."""

    name: str = Field(description="Its name, `area/item`. It never changes.")
    uri: str = Field(description="The address of its guidance.")
    area: str = Field(description="Its area.")
    track: str = Field(description="Its track.")
    stage: int = Field(gt=0, description="The stage by whose end it is due.")
    title: str = Field(description="The statement in a few words.")
    why: str = Field(description="Why it matters.")
    done_when: str = Field(description="How one knows that it is done.")
    gate: bool = Field(description="true: the stage is not passed without it.")
    shared_gate: bool = Field(description="true: it is a gate everywhere, and counts for the level.")
    owner: str = Field(description="The partner who answers for it.")
    role: str | None = Field(description="Which of the hospital's roles answers for it.")
    supports: list[str] = Field(description="The partners who help.")
    evidence: str = Field(description="What shows it.")
    requires: list[str] = Field(description="Items that must be met first.")
    unlawful_without: list[str] = Field(description="Those of `requires` that are legal conditions of beginning it.")
    applies_to: AppliesToRecord = Field(description="Products and routes it is asked of.")
    note: str | None = Field(description="What else one should know.")
    lead_time: LeadTimeRecord | None = Field(description="How long it usually takes; null: not known.")
    recurring: Literal["yearly"] | None = Field(description="yearly: it comes back every year.")
    regulatory: bool = Field(description="true: an authority asks for it.")
    facility: str | None = Field(description="A shared place that it needs.")
    inheritable: bool = Field(description="true: a region's facility can meet it for all projects.")
    valid_months: int | None = Field(description="Months after which its evidence is too old; null: it does not age.")
    can_be_owed: bool = Field(description="true: it can be delivered after a conditional authorisation.")
    sources: list[str] = Field(description="What it rests on: names of sources.")
    unsourced: str | None = Field(description="The part of it that rests on no source; null: not said.")
    since: str | None = Field(description="The edition that asked it first; null: the first of all.")
    revised: list[RevisionRecord] = Field(description="How its text has changed.")
    layer: str = Field(description="The layer that added it; empty for the shared checklists.")
    because: str | None = Field(description="Why a layer added it.")
    changes: list[ChangeRecord] = Field(description="What layers have changed in it, in the order of the layers.")


class WaivedRecord(Published):
    """An item that is not used on this site."""

    name: str = Field(description="Its name, `area/item`.")
    title: str = Field(description="The statement in a few words.")
    layer: str = Field(description="The layer that waives it.")
    because: str | None = Field(description="Why.")
    releases: list[str] = Field(description="Items that required it, and no longer wait for it.")


class RetiredRecord(Published):
    """An item that is no longer asked."""

    name: str = Field(description="Its name, `area/item`.")
    moves: str = Field(description="Where the answer moves.")
    edition: str | None = Field(description="The edition from which it is no longer asked; null: not said.")
    to: str | None = Field(description="The item that asks it now; null: none.")
    same_question: bool = Field(description="true: an old answer counts under the name in `to`.")


class ChecklistDocument(Head):
    """Everything that is asked on this site, and by which rules answers are judged."""

    layers: list[LayerRecord] = Field(description="The layers over the shared checklists, each over the one before.")
    editions: list[str] = Field(description="All editions there have been, the oldest first.")
    stages: list[StageRecord] = Field(description="The stages.")
    tracks: list[Word] = Field(description="The tracks.")
    partners: list[Word] = Field(description="Who owns and supports items.")
    roles: list[Word] = Field(description="The roles that a hospital has.")
    modalities: list[ModalityWord] = Field(description="The kinds of product.")
    donors: list[Word] = Field(description="Who can give the cells.")
    deliveries: list[Word] = Field(description="How genes are changed, or that they are not.")
    routes: list[RouteWord] = Field(description="The ways by which a product may lawfully reach patients.")
    metrics: list[Word] = Field(description="Figures that a team may enter.")
    facilities: list[Word] = Field(description="Shared places whose demand is counted.")
    thresholds: dict[str, int] = Field(description="The numbers of the rules.")
    areas: list[AreaRecord] = Field(description="The areas.")
    items: list[ItemRecord] = Field(description="The items that are asked, in the order of the checklists.")
    waived: list[WaivedRecord] = Field(description="Items that are not used on this site.")
    retired: list[RetiredRecord] = Field(description="Items that are no longer asked.")
    findings: list[FindingTextRecord] = Field(description="The general kinds of finding.")
    rules: list[RuleRecord] = Field(description="The named rules.")
    events: list[EventRecord] = Field(description="What can happen to a project.")
    motions: list[MotionRecord] = Field(description="Rules in motion.")
    sources: list[SourceRecord] = Field(description="The sources.")
