"""How projects answer: statuses, answers and status files."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field

from macros.fields import (
    Day,
    Edition,
    Group,
    Line,
    MomentText,
    MonthText,
    Number,
    Record,
    Share,
    Word,
    Words,
    a_list,
    a_text,
    refuse,
    show,
)
from macros.kinds import kind, nearest, one_of, write


class Status(StrEnum):
    """How an item stands. No answer at all is *not assessed*."""

    MET = "met"
    IN_PROGRESS = "in-progress"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"


@kind("unknown-status")
def _status(value: object) -> Status:
    """A status is one of four words: met, in-progress, not-met, not-applicable.

    Leave the answer empty as long as nobody has looked: that is *not assessed*, which is
    not the same as not met.
    """
    text = a_text(value)
    words = [str(status) for status in Status]
    if text not in words:
        near = {
            "no": "not-met",
            "yes": "met",
            "done": "met",
            "n/a": "not-applicable",
            "partial": "in-progress",
        }
        fix = write(near.get(text.lower()) or nearest(text, words))
        refuse("unknown-status", f"{show(value)} is not a status", fix, one_of("a status", words))
    return Status(text)


class Earlier(Record):
    """How an item stood before: a status it had from `since` until the next one."""

    status: Annotated[Status, BeforeValidator(_status)]
    since: MomentText
    evidence: Line | None = None
    note: Line | None = None


class Answer(Record):
    """One project's answer to one item."""

    status: Annotated[Status, BeforeValidator(_status)]
    since: MomentText | None = Field(None, description="The day from which this status holds")
    evidence: Line | None = Field(None, description="Document number or link that shows it. No patient data.")
    reviewed: MomentText | None = Field(None, description="The day on which the evidence was last looked at")
    planned: MonthText | None = Field(None, description="The month in which it will be met")
    because: Line | None = Field(None, description="One sentence; needed for not-applicable")
    note: Line | None = None
    earlier: Annotated[tuple[Earlier, ...], BeforeValidator(a_list)] = Field(
        (), description="How it stood before, where that is worth keeping: above all when it was set back"
    )


def _long_form(value: object) -> object:
    return {"status": value} if isinstance(value, str) else value


AnswerText = Annotated[Answer | None, BeforeValidator(_long_form)]


class Acknowledgement(Record):
    """A finding the team knows and lives with: why, and until when."""

    because: Line
    until: MonthText


class Event(Record):
    """Something that happened to the project, such as a change of owner."""

    date: Day
    kind: Word
    text: Line


class Reading(Record):
    """A day on which a retrospective looks back, and what is worth knowing about it."""

    day: MomentText
    note: Line


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
        refuse("unknown-kind", f"{show(value)} is not a kind of project", fix, one_of("a kind", words))
    return ProjectKind(str(value))


class StatusFile(Record):
    """How one project stands."""

    checklist: Edition
    kind: Annotated[ProjectKind, BeforeValidator(_project_kind)] = ProjectKind.PROJECT
    title: Line
    summary: Line
    modality: Word
    donor: Word | None = None
    route: Words = Field(min_length=1)
    lead: Word
    contact: Line | None = None
    assessed: Day
    targets: Annotated[dict[Number, MonthText], Group] = {}
    metrics: Annotated[dict[Word, Share], Group] = {}
    status: Annotated[dict[Word, Annotated[dict[Word, AnswerText], Group]], Group] = {}
    events: Annotated[tuple[Event, ...], BeforeValidator(a_list)] = ()
    readings: Annotated[tuple[Reading, ...], BeforeValidator(a_list)] = ()
    acknowledged: Annotated[dict[Word, Acknowledgement], Group] = {}


class Project(StatusFile):
    """A status file with its name, which is also its address."""

    id: str

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers that were given, by the full names of their items."""
        return {
            f"{area}/{item}": answer
            for area, answers in self.status.items()
            for item, answer in answers.items()
            if answer
        }
