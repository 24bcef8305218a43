"""What has happened to a project, and the days that a retrospective looks back at."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.fields.markers import Names
from macros.fields.types import Day, FreeText, Group, Line, PartialDateText, Record, SourceNames, Word


class Event(Record):
    """Something that happened to the project, such as a change of owner."""

    date: Day = Field(description="The day on which it happened.")
    kind: Annotated[Line, Names("event")] = Field(description="What kind of thing has happened.")
    text: FreeText = Field(description="What has happened, in a sentence.")
    reviewed: Day | None = Field(None, description="The day on which what it touches was looked at again.")


class Reading(Record):
    """A day on which a retrospective looks back, and what is worth knowing about it."""

    day: PartialDateText = Field(description="The day that is looked back at.")
    note: FreeText = Field(description="What is worth knowing about that day.")


class Outcome(Record):
    """How the story of a retrospective ended, and which findings the end is about."""

    date: PartialDateText = Field(description="The day on which it ended, or on which the last thing known happened.")
    text: FreeText = Field(description="How it ended, in one or two sentences.")
    sources: SourceNames = Field(min_length=1, description="The sources that say so, by their names in references.yml.")
    findings: Annotated[dict[Word, FreeText], Group, Names("finding")] = Field(
        {},
        description="Findings that the end is about, each with the sentence that shows it. Leave it empty if the "
        "sources do not show it: only these findings are said to have named the end before it came.",
    )
