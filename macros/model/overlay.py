"""What a country or a region lays over the shared checklists, as its files hold it: plain data.

A layer adds items of its own, changes some fields of shared ones and waives others, each with a reason. What
makes levels comparable cannot be changed: see `LOCKED`.
"""

from __future__ import annotations

from typing import Annotated, NoReturn

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from macros.model.checklist import LeadTime, Question, Reference
from macros.model.fields import (
    Edition,
    Flag,
    Group,
    Line,
    Lines,
    Record,
    Word,
    refuse,
)
from macros.model.rules import Motion
from macros.text.problem import kind


@kind("locked-field")
def _locked(_: object, info: ValidationInfo) -> NoReturn:
    """A layer does not change what makes levels comparable: an item's name, question, track and stage.

    Its title, `why`, `done-when`, evidence and requirements stay too. Say what else holds with you in
    `done-when-also` or `note`, add an item of your own, or waive this one with a reason. A gate is dropped by
    a waiver only.
    """
    name = (info.field_name or "").replace("_", "-")
    refuse("locked-field", f"{name} cannot be changed by a layer", "use done-when-also or note, or waive the item")


Locked = Annotated[None, BeforeValidator(_locked)]
LOCKED = (
    *("title", "track", "stage", "area", "why", "done-when", "evidence", "requires", "applies-to"),
    *("since", "revised", "regulatory", "recurring", "facility"),
)
"""Fields of an item that no layer changes."""


def _reason(what: str) -> Line | None:
    return Field(None, description=f"Why {what}, in a sentence. It is shown on the site.")


class Change(Record):
    """What a layer changes in an item that it did not add."""

    because: Line | None = _reason("it is changed")
    against: Line | None = Field(
        None, description="Fingerprint of the shared text this was written against; `adapt` writes it."
    )
    overrides: Lines = Field((), description="Fields that the layer below has changed too, and this one on purpose.")
    owner: Line | None = Field(None, description="The partner who answers for it here.")
    role: Line | None = Field(None, description="Which of the hospital's roles answers for it here.")
    supports: Lines | None = Field(None, description="The partners who help here.")
    gate: Flag | None = Field(None, description="true: here the stage is not left without it.")
    lead_time: LeadTime | None = Field(None, description="How long it usually takes here.")
    done_when_also: Line | None = Field(None, description="What must hold here besides.")
    note: Line | None = Field(None, description="What one should know here.")
    sources: Lines = Field((), description="Further sources: names in references.")
    title: Locked = None
    track: Locked = None
    stage: Locked = None
    area: Locked = None
    why: Locked = None
    done_when: Locked = None
    evidence: Locked = None
    requires: Locked = None
    applies_to: Locked = None
    since: Locked = None
    revised: Locked = None
    regulatory: Locked = None
    recurring: Locked = None
    facility: Locked = None

    @field_validator("gate")
    @classmethod
    def _stays_a_gate(cls, gate: bool | None) -> bool | None:
        if gate is False:
            refuse("locked-field", "a gate is not dropped by a change", "waive the item, with a reason")
        return gate

    @property
    def replaced(self) -> tuple[str, ...]:
        """The fields that it replaces; what is added to the shared text is not among them."""
        return tuple(name for name in REPLACED if getattr(self, name) is not None)


REPLACED = ("owner", "role", "supports", "gate", "lead_time")
"""Fields of which an item has one value, whoever sets it."""


class LocalItem(Question):
    """An item that a layer adds; its name begins with the layer's prefix."""

    because: Line | None = _reason("it is added")


class Waiver(Record):
    """An item that is not used here."""

    because: Line | None = _reason("it is not used here")
    against: Line | None = Field(
        None, description="Fingerprint of the shared text this was written against; `adapt` writes it."
    )
    releases: Lines = Field((), description="Items that require it, and no longer wait for it.")


class Authority(Record):
    """Who decides a matter."""

    matter: Line = Field(description="What is decided.")
    body: Line = Field(description="Who decides it.")
    basis: Line | None = Field(None, description="The law or rule it rests on.")
    note: Line | None = Field(None, description="What else one should know.")
    sources: Lines = Field((), description="What this rests on: names in references.")
    confirmed: Flag = Field(True, description="false: nobody has read it at its source.")


class Overlay(Record):
    """A layer over the shared checklists: of a country, or of a region."""

    title: Line | None = Field(None, description="What a country is called. A region's name stands in region.yml.")
    prefix: Word = Field(description="Names of the layer's own items, sources and rules begin with this word.")
    edition: Edition = Field(description="The shared edition that this was last reviewed against.")
    references: Annotated[dict[Word, Reference], Group] = Field({}, description="The layer's own sources, by name.")
    authorities: Annotated[dict[Word, Authority], Group] = Field({}, description="Who decides what, by matter.")
    rules_in_motion: Annotated[dict[Word, Motion], Group] = Field({}, description="Its law about to change.")
    add: Annotated[dict[Word, Annotated[dict[Word, LocalItem], Group]], Group] = Field(
        {}, description="Items of its own, by area and name."
    )
    change: Annotated[dict[Line, Change], Group] = Field({}, description="Changed items, by full name: area/item.")
    waive: Annotated[dict[Line, Waiver], Group] = Field({}, description="Items not used here, by full name.")
