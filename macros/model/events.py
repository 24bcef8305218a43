"""What a team says besides answers: what has happened, what it knows of, and the days a retrospective looks back at."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from macros.fields.days import Day, MonthText, PartialDateText
from macros.fields.markers import Names
from macros.fields.placeholders import is_placeholder
from macros.fields.types import EditionName, FreeText, Group, Line, Record, SourceNames, Word


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


class Acknowledgement(Record):
    """A finding the team knows and lives with: why, and until when."""

    because: FreeText = Field(description="Why the team lives with it.")
    until: MonthText = Field(description="The month in which it comes up again.")

    def holds(self, day: date) -> bool:
        """Say whether it holds on a day: its month has not passed, and its reason is more than a placeholder."""
        return self.until.last_day >= day and not is_placeholder(self.because)


class Confirmation(Record):
    """A stage of a track that is behind the project, confirmed as a whole."""

    since: PartialDateText | None = Field(None, description="The day from which it is behind the project.")
    evidence: FreeText | None = Field(None, description="One document number or link that shows it.")
    checklist: EditionName = Field(description="The edition whose items it stands for.")

    @property
    def supported(self) -> bool:
        """Whether it has a date and evidence; without them it answers nothing."""
        return self.since is not None and self.evidence is not None and not is_placeholder(self.evidence)
