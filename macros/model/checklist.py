"""What checklists ask: the frame, areas with their items, sources and named rules.

Field names are the words of the YAML files, with `_` for `-`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from macros.model.editions import RetirementText, Revision
from macros.model.fields import (
    Day,
    Edition,
    Flag,
    Group,
    Line,
    Lines,
    Number,
    Record,
    Word,
    a_list,
    refuse,
)
from macros.text.problem import kind


class Titled(Record):
    """Something with a title and a sentence or two about it."""

    title: Line = Field(description="What it is called.")
    about: Line = Field(description="A sentence or two that explain it.")


class Stage(Record):
    """One of nine steps, shared by the three tracks. An item is due by the exit of its stage."""

    title: Line = Field(description="What the stage is called.")
    entry: Line = Field(description="What is in place when it begins.")
    exit: Line = Field(description="What is in place when it is left.")


class Modality(Titled):
    """A kind of product. `donor` is given where the kind alone settles who gives the cells."""

    donor: Word | None = Field(None, description="Who gives the cells, where this kind of product settles it.")


class Thresholds(Record):
    """The numbers of the published rules; a region may set its own."""

    imbalance_watch: Number = Field(description="Stages between highest and lowest track from which to watch.")
    imbalance_act: Number = Field(description="Stages between highest and lowest track from which to act.")
    debt: Number = Field(description="Stages that work is ahead of the level from which it counts as debt.")
    silo_share: Number = Field(description="per cent of the items met")
    silo_least: Number = Field(description="items met before shares are judged")
    silo_stages: Number = Field(description="Stages running in which a partner has met nothing.")
    stale_days: Number = Field(description="Days since the last assessment after which the picture may be old.")
    stale_evidence_days: Number = Field(description="Days after which the evidence of a met gate may be old.")
    start_soon: Number = Field(3, description="months ahead that count as now")
    recent_days: Number = Field(90, description="days back that count as recent changes")


class FindingText(Record):
    """What a kind of finding is called, why it matters and what to do first."""

    title: Line = Field(description="What the finding is called.")
    why: Line = Field(description="Why it matters.")
    first_move: Line = Field(description="What to do first, and who does it.")


class FindingTexts(Record):
    """The words of every general kind of finding."""

    imbalance: FindingText = Field(description="The tracks' levels lie far apart.")
    debt: FindingText = Field(description="Work is far ahead of the level of its own track.")
    hollow: FindingText = Field(description="An item is met while one it requires is open.")
    silo: FindingText = Field(description="One partner carries nearly everything, or one is missing.")
    stale: FindingText = Field(description="Nobody has looked for a long time.")
    unsupported: FindingText = Field(description="A gate is met without evidence or a date.")
    late: FindingText = Field(description="Items can no longer be met in time for the target.")
    rule_drift: FindingText = Field(description="A rule changes before an item is planned to be met.")


class Frame(Record):
    """`navigator.yml`: the words that everything else uses, in the order they are shown."""

    edition: Edition = Field(description="The edition of the checklists, with a letter first: v2026.1.")
    editions: Annotated[tuple[Edition, ...], BeforeValidator(a_list)] = Field(
        (), description="Earlier editions, the oldest first. Left out: this is the first one."
    )
    tracks: Annotated[dict[Word, Titled], Group] = Field(
        description="Technical, clinical and commercial, always shown side by side."
    )
    stages: Annotated[dict[Number, Stage], Group] = Field(description="The steps that all tracks share, by number.")
    partners: Annotated[dict[Word, Titled], Group] = Field(description="Who owns and supports items.")
    roles: Annotated[dict[Word, Titled], Group] = Field(description="The roles that a hospital has.")
    modalities: Annotated[dict[Word, Modality], Group] = Field(description="The kinds of product.")
    donors: Annotated[dict[Word, Titled], Group] = Field(description="Who can give the cells.")
    routes: Annotated[dict[Word, Titled], Group] = Field(
        description="The ways by which a product may lawfully reach patients."
    )
    metrics: Annotated[dict[Word, Titled], Group] = Field(description="Figures that a team may enter.")
    facilities: Annotated[dict[Word, Titled], Group] = Field({}, description="Shared places whose demand is counted.")
    thresholds: Thresholds = Field(description="The numbers of the published rules.")
    findings: FindingTexts = Field(description="The words of each general kind of finding.")


@kind("not-a-range")
def _range(value: object) -> tuple[object, object]:
    """A range is two numbers of months in brackets, the short one first, as in `[4, 9]`.

    The months that an item usually takes lie between them.
    """
    parts = a_list(value)
    digits = [part for part in parts if isinstance(part, str) and part.isdigit()]
    if len(parts) != 2 or len(digits) != 2 or int(digits[0]) > int(digits[1]):
        refuse("not-a-range", "two numbers belong here, the smaller one first", "write them as in [4, 9]")
    return parts[0], parts[1]


class Duration(Record):
    """Months that an item usually takes, without what it waits for.

    `basis` is "planning assumption" or the name of a source.
    """

    months: Number = Field(description="Months it usually takes, without what it waits for.")
    range: Annotated[tuple[Number, Number], BeforeValidator(_range)] = Field(
        description="The shortest and the longest it takes, in months."
    )
    basis: Line = Field(description='"planning assumption", or the name of a source.')
    note: Line | None = Field(None, description="What takes the time.")

    @field_validator("range")
    @classmethod
    def _contains_the_months(cls, ends: tuple[int, int], info: ValidationInfo) -> tuple[int, int]:
        months = info.data.get("months", ends[0])
        if not ends[0] <= months <= ends[1]:
            refuse("not-a-range", f"the usual {months} months lie outside the range", "let the range contain them")
        return ends


class LeadTime(Duration):
    """How long an item usually takes, and for which kinds of product that differs."""

    by_modality: Annotated[dict[Word, Duration], Group] = Field(
        {}, description="Kinds of product for which it differs. Left out: none."
    )

    @property
    def bases(self) -> tuple[str, ...]:
        """What its figures rest on: sources, or "planning assumption"."""
        return self.basis, *(duration.basis for duration in self.by_modality.values())

    def of(self, modality: str) -> LeadTime:
        """Give the lead time of one kind of product, which differs for none."""
        if modality in self.by_modality:
            return LeadTime.model_construct(**dict(self.by_modality[modality]))
        return self.model_copy(update={"by_modality": {}})


class AppliesTo(Record):
    """The products and routes an item is asked of; empty means all."""

    modalities: Lines = Field((), description="Kinds of product it is asked of. Left out: all.")
    route: Line | None = Field(None, description="The route it is asked on. Left out: every route.")
    donor: Lines = Field((), description="Whose cells it is asked of. Left out: anybody's.")


class Question(Record):
    """One checkable statement, as an area file holds it."""

    title: Line = Field(description="The statement in a few words, beginning with a verb.")
    why: Line = Field(description="Why it matters, in a sentence or two that a clinician believes.")
    done_when: Line = Field(description="How one knows that it is done, so that two people reach the same answer.")
    stage: Number = Field(description="The stage by whose end it is due.")
    gate: Flag = Field(False, description="true: the stage is not left without it.")
    owner: Line = Field(description="The partner who answers for it.")
    role: Line | None = Field(None, description="Which of the hospital's roles answers for it.")
    supports: Lines = Field((), description="The partners who help.")
    evidence: Line = Field(description="What shows it, such as a report.")
    requires: Lines = Field((), description="Items that must be met first, as area/item.")
    applies_to: AppliesTo = Field(AppliesTo(), description="Products and routes it is asked of. Left out: all.")
    note: Line | None = Field(None, description="What else one should know.")
    lead_time: LeadTime | None = Field(None, description="How long it usually takes.")
    recurring: Literal["yearly"] | None = Field(None, description="yearly: it comes back every year.")
    regulatory: Flag = Field(False, description="true: an authority asks for it.")
    facility: Line | None = Field(None, description="A shared place that it needs.")
    sources: Lines = Field((), description="What it rests on: names in references.yml.")
    since: Edition | None = Field(None, description="The edition that asks it first. Left out: the first of all.")
    revised: Annotated[tuple[Revision, ...], BeforeValidator(a_list)] = Field(
        (), description="How its text has changed since then."
    )


class AreaFile(Record):
    """An area file: a group of items within a track. `retired` says where old answers move."""

    title: Line = Field(description="What the area is called.")
    intro: Line = Field(description="One paragraph that a newcomer understands.")
    items: Annotated[dict[Word, Question], Group] = Field(description="The items by name. A name is for ever.")
    retired: Annotated[dict[Word, RetirementText], Group] = Field(
        {}, description="Items no longer asked: name, and where its answer moves."
    )


class Reference(Record):
    """A source. One that is not `confirmed` is never shown as confirmed."""

    title: Line = Field(description="The title of the source.")
    publisher: Line | None = Field(None, description="Who has published it.")
    number: Line | None = Field(None, description="The number of the document.")
    date: Line | None = Field(None, description="When it was published, as far as it is known.")
    url: Line | None = Field(None, description="Where it can be read.")
    more_urls: Lines = Field((), description="Further places where it can be read.")
    confirmed: Flag = Field(description="true: somebody has read it at its source.")
    checked: Day = Field(description="The day on which somebody last looked at it.")
    note: Line | None = Field(None, description="What is not confirmed, and what else one should know.")


class ReferenceFile(Record):
    """`references.yml`."""

    references: Annotated[dict[Word, Reference], Group] = Field(description="The sources by name. A name is for ever.")
