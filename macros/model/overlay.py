"""What a country or a region lays over the shared checklists, as its files hold it: plain data.

A layer adds items of its own, changes some fields of shared ones and waives others, each with a reason. It can also
add words that the shared frame lacks: see `OWN_WORDS`. What makes levels comparable cannot be changed: see `LOCKED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from macros.fields.languages import LanguageCode
from macros.fields.markers import Names, item_fields
from macros.fields.types import (
    EditionName,
    Flag,
    FreeText,
    Group,
    ItemNames,
    Line,
    Lines,
    NewName,
    PartnerNames,
    Record,
    SourceNames,
    Word,
    refuse,
)
from macros.model.checklist import SUPPORT, Modality, Place, Question, Route, Titled
from macros.model.lead_time import LeadTime
from macros.model.rules import BottleneckRule, Motion, Reference
from macros.text.messages import M_, Said

LOCKED = frozenset(
    name.replace("_", "-")
    for record in (Question, Place)
    for name in item_fields(record, lambda field: field.layer == "locked")
)
"""Fields of an item that no layer changes, as files name them."""


def _reason(what: str) -> FreeText | None:
    return Field(None, description=f"Why {what}, in a sentence. It is shown on the site.")


class Change(Record):
    """What a layer changes in an item that it did not add."""

    locked: ClassVar[Mapping[str, Said]] = dict.fromkeys(LOCKED, M_("use done-when-also or note, or waive the item"))

    because: FreeText | None = _reason("it is changed")
    against: FreeText | None = Field(
        None, description="Fingerprint of the shared text this was written against; `adapt` writes it."
    )
    overrides: Annotated[Lines, Names("field")] = Field(
        (), description="Fields that the layer below has changed too, and this one on purpose."
    )
    owner: Annotated[Line | None, Names("partner")] = Field(None, description="The partner who answers for it here.")
    role: Annotated[Line | None, Names("role")] = Field(
        None, description="Which of the hospital's roles answers for it here."
    )
    supports: PartnerNames | None = Field(None, description="The partners who help here.")
    gate: Flag | None = Field(None, description="true: here the stage is not passed without it.")
    lead_time: LeadTime | None = Field(None, description="How long it usually takes here.")
    requires_also: ItemNames = Field((), description="Items that must be met first here, besides the shared ones.")
    done_when_also: FreeText | None = Field(None, description="What must hold here besides.")
    note: FreeText | None = Field(None, description="What one should know here.")
    sources: SourceNames = Field((), description="Further sources: names in references.")

    @field_validator("gate")
    @classmethod
    def _stays_a_gate(cls, gate: bool | None) -> bool | None:
        if gate is False:
            refuse("locked-field", M_("a gate is not dropped by a change"), M_("waive the item, with a reason"))
        return gate

    @property
    def replaced(self) -> tuple[str, ...]:
        """The fields that it replaces; what is added to the shared text is not among them."""
        return tuple(name for name in REPLACED if getattr(self, name) is not None)


REPLACED = tuple(
    name for name in Change.model_fields if name in item_fields(Question, lambda field: field.layer == "replaced")
)
"""Fields of which an item has one value, whoever sets it."""

if missing := {*item_fields(Question, lambda field: field.layer != "locked")} - Change.model_fields.keys():
    raise TypeError(f"Change has no field for what a layer may change: {', '.join(sorted(missing))}")


class LocalItem(Question):
    """An item that a layer adds; its name begins with the layer's prefix."""

    because: Annotated[FreeText | None, SUPPORT] = _reason("it is added")


class Waiver(Record):
    """An item that is not used here."""

    because: FreeText | None = _reason("it is not used here")
    against: FreeText | None = Field(
        None, description="Fingerprint of the shared text this was written against; `adapt` writes it."
    )
    releases: Annotated[Lines, Names("known-item")] = Field(
        (), description="Items that require it, and no longer wait for it."
    )


class Authority(Record):
    """Who decides a matter."""

    matter: FreeText = Field(description="What is decided.")
    body: FreeText = Field(description="Who decides it.")
    basis: FreeText | None = Field(None, description="The law or rule it rests on.")
    note: FreeText | None = Field(None, description="What else one should know.")
    sources: SourceNames = Field((), description="What this rests on: names in references.")
    confirmed: Flag = Field(True, description="false: nobody has read it at its source.")


class LocalArea(Record):
    """An area that a layer adds; its items are those that the layer adds to it."""

    title: FreeText = Field(description="What the area is called.")
    intro: FreeText = Field(description="One paragraph that a newcomer understands.")
    track: Annotated[Word, Names("track")] = Field(description="The track that it belongs to.")


class Overlay(Record):
    """A layer over the shared checklists: of a country, or of a region."""

    locked: ClassVar[Mapping[str, Said]] = {
        **dict.fromkeys(("tracks", "stages"), M_("levels of all regions are counted by them, so they stay shared")),
        **dict.fromkeys(
            ("donors", "deliveries"), M_("what is asked of a product follows from them, so they stay shared")
        ),
        **dict.fromkeys(("findings", "events"), M_("all regions share them; add a named rule under rules")),
        "roles": M_("all regions share the roles of a hospital; name the unit under contacts in region/region.yml"),
        **dict.fromkeys(("facilities", "thresholds", "hospitals", "contacts"), M_("write it in region/region.yml")),
        **dict.fromkeys(("items", "retired"), M_("write items under add, with their area")),
    }

    title: FreeText | None = Field(None, description="What a country is called. A region's name is in region.yml.")
    written_in: LanguageCode = Field("en", description="The language in which the texts of this file are written.")
    prefix: NewName = Field(description="Names of the layer's own items, sources and rules begin with this word.")
    edition: EditionName = Field(description="The shared edition that this was last reviewed against.")
    references: Annotated[dict[NewName, Reference], Group] = Field({}, description="The layer's own sources, by name.")
    authorities: Annotated[dict[NewName, Authority], Group] = Field({}, description="Who decides what, by matter.")
    rules_in_motion: Annotated[dict[NewName, Motion], Group] = Field({}, description="Its law about to change.")
    partners: Annotated[dict[NewName, Titled], Group] = Field({}, description="Partners that only exist here.")
    modalities: Annotated[dict[NewName, Modality], Group] = Field(
        {}, description="Kinds of product of its own. Levels of their projects are not compared with those elsewhere."
    )
    routes: Annotated[dict[NewName, Route], Group] = Field(
        {}, description="Lawful ways to patients here. Levels on them are not compared with those elsewhere."
    )
    metrics: Annotated[dict[NewName, Titled], Group] = Field({}, description="Figures that only teams here enter.")
    areas: Annotated[dict[NewName, LocalArea], Group] = Field({}, description="Areas of its own, each in a track.")
    rules: Annotated[dict[NewName, BottleneckRule], Group] = Field({}, description="Named rules of its own.")
    add: Annotated[dict[Word, Annotated[dict[NewName, LocalItem], Group]], Group, Names("area")] = Field(
        {}, description="Items of its own, by area and name."
    )
    change: Annotated[dict[Line, Change], Group, Names("item")] = Field(
        {}, description="Changed items, by full name: area/item."
    )
    waive: Annotated[dict[Line, Waiver], Group, Names("item")] = Field(
        {}, description="Items not used here, by full name."
    )


OWN_WORDS = ("partners", "modalities", "routes", "metrics")
"""Groups of the frame to which a layer adds words; the layer's groups have the same names."""
