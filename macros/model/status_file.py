"""How projects answer: answers and status files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from macros.fields.days import Day, MonthText, PartialDateText
from macros.fields.markers import INTERNAL, Names
from macros.fields.placeholders import is_placeholder
from macros.fields.publish import Extent, Published
from macros.fields.types import (
    EditionName,
    Flag,
    FreeText,
    Group,
    Line,
    Lines,
    NewName,
    Number,
    Record,
    Share,
    Word,
    a_list,
    a_text,
    refuse,
    show,
)
from macros.model.events import Acknowledgement, Confirmation, Event, Outcome, Reading
from macros.model.statuses import LONG_FORM as LONG_FORM
from macros.model.statuses import STATUSES, WRITTEN, Status, meant
from macros.text.messages import M_
from macros.text.problem import kind, nearest, one_of, or_list, write


@kind("unknown-status")
def _status(value: object) -> Status:
    """A status is one of four words: met, in-progress, not-met, not-applicable.

    Leave the answer empty as long as nobody has looked: that is *not assessed*, which is
    not the same as not met.
    """
    if isinstance(value, list):
        refuse("wrong-type", M_("one status belongs here, not a list"), M_("write one of them"), STATUSES)
    text = "" if value is None else a_text(value)
    if text not in WRITTEN:
        fix, instead = meant(text)
        sentence = M_("%(value)s is not a status", value=show(value))
        refuse("unknown-status", sentence, fix, STATUSES, instead=instead, certain=bool(instead))
    return WRITTEN[text]


class Earlier(Record):
    """How an item stood before: a status it had from `since` until the next one."""

    status: Annotated[Status, BeforeValidator(_status)] = Field(description="The status at that time.")
    since: PartialDateText = Field(description="The day from which that status held.")
    evidence: FreeText | None = Field(None, description="Document number or link that shows it.")
    note: FreeText | None = Field(
        None, description="What else one should know, without names of people or patient data."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One project's answer to one item. There are many: as a `Record` each would take five times the memory."""

    __pydantic_config__: ClassVar[ConfigDict] = Record.model_config

    status: Annotated[
        Status,
        BeforeValidator(_status),
        Field(description=f"{or_list(WRITTEN)}. Empty: nobody has looked yet."),
    ]
    since: Annotated[PartialDateText | None, Field(description="The day from which this status holds")] = None
    evidence: Annotated[
        FreeText | None, Field(description="Document number or link that shows it. No patient data.")
    ] = None
    reviewed: Annotated[
        PartialDateText | None, Field(description="The day on which the evidence was last looked at")
    ] = None
    planned: Annotated[MonthText | None, Field(description="The month in which it will be met")] = None
    because: Annotated[FreeText | None, Field(description="One sentence; needed for not-applicable")] = None
    note: Annotated[
        FreeText | None, Field(description="What else one should know, without names of people or patient data.")
    ] = None
    owed: Annotated[
        Flag, Field(description="true: owed after a conditional authorisation; planned is the month it is due")
    ] = False
    earlier: Annotated[
        tuple[Earlier, ...],
        BeforeValidator(a_list),
        Field(description="Former statuses, where they are worth keeping: above all if it was set back"),
    ] = ()

    @property
    def has_evidence(self) -> bool:
        """Whether something shows it; a placeholder shows nothing."""
        return self.evidence is not None and not is_placeholder(self.evidence)

    @property
    def given(self) -> bool:
        """Whether it says anything; not applicable for a reason that is a placeholder does not."""
        return self.status.asked or self.because is None or not is_placeholder(self.because)


def _long_form(value: object) -> object:
    if isinstance(value, str):
        return SHORT.get(value, {"status": value})
    if isinstance(value, list):
        ticked = [str(entry).casefold() for entry in value] in (["x"], ["✓"], ["✔"])
        other = M_("write one of them") if any(value) else M_("leave it empty")
        fix = M_('write "met" if it is done') if ticked else other
        refuse("wrong-type", M_("a status belongs here, not a list"), fix, STATUSES)
    return value


SHORT = {text: Answer(status=status) for text, status in WRITTEN.items()}
"""Answers of one word are one record, however many projects give them."""


AnswerText = Annotated[Answer | None, BeforeValidator(_long_form)]


class ProjectKind(StrEnum):
    """Whether a file is about a real project, is made up, or reads the past from public sources."""

    PROJECT = "project"
    ILLUSTRATION = "illustration"
    RETROSPECTIVE = "retrospective"


@kind("unknown-kind")
def _project_kind(value: object) -> ProjectKind:
    """A file is about a project, an illustration or a retrospective.

    Your own project needs no `kind`. An illustration is made up; a retrospective reads a
    past project from public sources at a stated date.
    """
    words = [str(kind) for kind in ProjectKind]
    if value not in words:
        fix = write(nearest(str(value), words))
        refuse(
            "unknown-kind",
            M_("%(value)s is not a kind of project", value=show(value)),
            fix,
            one_of(M_("a kind"), words),
        )
    return ProjectKind(str(value))


class StatusFile(Record):
    """How one project stands."""

    checklist: EditionName = Field(description="The edition of the checklists that these answers were given for.")
    kind: Annotated[ProjectKind, BeforeValidator(_project_kind)] = Field(
        ProjectKind.PROJECT,
        description="Only where it is an illustration (made up) or a retrospective (the past).",
    )
    title: FreeText = Field(description="The project in a few words.")
    summary: FreeText = Field(description="One sentence that a newcomer understands.")
    modality: Annotated[Line, Names("modality")] = Field(description="The kind of product.")
    donor: Annotated[Line | None, Names("donor")] = Field(
        None, description="Who gives the cells. Needed where the kind of product leaves it open."
    )
    delivery: Annotated[Line | None, Names("delivery")] = Field(
        None, description="How genes are changed. Needed only where it is not the usual way of this kind of product."
    )
    formerly: Annotated[tuple[NewName, ...], BeforeValidator(a_list)] = Field(
        (), description="Names that the project's file had before. Its old addresses lead to the new one."
    )
    route: Annotated[Lines, AfterValidator(lambda routes: tuple(dict.fromkeys(routes))), Names("route")] = Field(
        min_length=1, description="How the product will lawfully reach patients; two in brackets if both are possible."
    )
    lead: Annotated[Line, Names("partner")] = Field(description="The partner who leads the project.")
    publish: Published = Field(
        None, description=f"How much of it the site shows: {or_list(Extent)}. Left out: as much as the region says."
    )
    hospital: Annotated[Line | None, Names("hospital")] = Field(
        None, description="The hospital in which it is done, where the region lists several."
    )
    contact: FreeText | None = Field(
        None, description="A role, not a person: ATMP coordinator, Department of Ophthalmology."
    )
    assessed: Day = Field(description="The day on which somebody last went through these answers.")
    targets: Annotated[dict[Number, MonthText], Group, Names("stage")] = Field(
        {}, description="Stage, and the month by which the team wants to pass it."
    )
    metrics: Annotated[dict[Word, Share], Group, Names("metric")] = Field(
        {}, description="Figures, where the team has them."
    )
    confirmed: Annotated[
        dict[Word, Annotated[dict[Number, Confirmation], Group, Names("stage")]], Group, Names("track")
    ] = Field({}, description="Track, stage, and what shows that all up to it is behind the project.")
    status: Annotated[dict[Word, Annotated[dict[Word, AnswerText], Group, Names("answer")]], Group, Names("area")] = (
        Field({}, description="The answers, by area and item. Leave empty what nobody has looked at.")
    )
    events: Annotated[tuple[Event, ...], BeforeValidator(a_list)] = Field(
        (), description="What has happened to the project, such as a change of owner."
    )
    readings: Annotated[tuple[Reading, ...], BeforeValidator(a_list)] = Field(
        (), description="Days to look back at, in a retrospective."
    )
    outcome: Outcome | None = Field(None, description="How the story ended, in a retrospective.")
    acknowledged: Annotated[dict[Word, Acknowledgement], Group, Names("finding")] = Field(
        {}, description="Findings that the team knows and lives with, each with a reason and a month."
    )


class Project(StatusFile):
    """A status file with its name, which is also its address."""

    id: Annotated[str, INTERNAL]

    @property
    def in_full(self) -> bool:
        """Whether nothing that the team has written is left out."""
        return self.publish in (None, Extent.FULL)

    @property
    def confirmations(self) -> Iterator[tuple[str, int, Confirmation]]:
        """Track, stage and proof of what is confirmed as a whole."""
        return ((track, stage, whole) for track, stages in self.confirmed.items() for stage, whole in stages.items())

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers that were given, by the full names of their items."""
        return {
            f"{area}/{item}": answer
            for area, answers in self.status.items()
            for item, answer in answers.items()
            if answer and answer.given
        }
