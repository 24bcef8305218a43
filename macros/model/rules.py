"""Numbers and words of the published rules, named rules, events, rules in motion, sources and searches: plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from macros.fields.days import Day
from macros.fields.markers import FREE, Names
from macros.fields.types import (
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
    Share,
    SourceNames,
    Word,
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


class Condition(Record):
    """When a named rule applies: all clauses that are written must be met.

    `open` is applicable and not met; `started` met or in progress; `not_started` applicable
    and neither. What does not apply is none of these.
    """

    done: ItemNames = Field((), description="Items that are all met.")
    started: ItemNames = Field((), description="Items that are all met or in progress.")
    open: ItemNames = Field((), description="Items that all apply and are not met.")
    open_any: ItemNames = Field((), description="Items of which at least one applies and is not met.")
    not_started: ItemNames = Field((), description="Items that all apply and have not begun.")
    working_stage: Annotated[dict[Word, Annotated[Number, Names("stage")]], Group, Names("track")] = Field(
        {}, description="Track: the stage that its work has reached."
    )
    planned_within: Annotated[dict[Line, Number], Group, Names("item")] = Field(
        {}, description="Item: it is planned within so many months."
    )
    modality: Annotated[Lines, Names("modality")] = Field((), description="The kinds of product.")
    route: Annotated[Line | None, Names("route")] = Field(None, description="The route.")
    metric_below: Annotated[dict[Word, Share], Group, Names("metric")] = Field(
        {}, description="Figure: it was entered and is below this."
    )


class BottleneckRule(FindingText):
    """A named rule: it applies when one of its conditions is met."""

    who: PartnerNames = Field(description="The partners who move first.")
    sources: SourceNames = Field((), description="What it rests on: names in references.yml.")
    act: tuple[Condition, ...] = Field((), description="Act when one of these conditions is met.")
    watch: tuple[Condition, ...] = Field((), description="Watch when one of these conditions is met.")


class EventRule(FindingText):
    """What a kind of event asks for: a review of the items it touches."""

    who: PartnerNames = Field(description="The partners who move first.")
    items: ItemNames = Field(description="The items to look at again.")


class RuleFile(Record):
    """`bottlenecks.yml`."""

    rules: Annotated[dict[NewName, BottleneckRule], Group] = Field(description="The named rules.")
    events: Annotated[dict[NewName, EventRule], Group] = Field(
        {}, description="What can happen to a project, and what then needs another look."
    )


class Motion(Record):
    """A law or guideline that is about to change, and the items it touches."""

    title: FreeText = Field(description="The law or guideline.")
    date: Day | None = Field(None, description="The day from which it applies, if there is one.")
    state: FreeText = Field(description="How far it has come.")
    effect: FreeText = Field(description="What it changes for a project.")
    items: ItemNames = Field((), description="The items it touches.")
    confirmed: Flag = Field(description="true: somebody has read it at its source.")
    checked: Day = Field(description="The day on which somebody last looked at it.")
    sources: SourceNames = Field((), description="Where this is from: names in references.yml.")


class MotionFile(Record):
    """`rules-in-motion.yml`."""

    rules: Annotated[dict[NewName, Motion], Group] = Field(description="What is about to change, by name.")


KINDS = ("law", "guideline", "authority", "peer-reviewed", "other")
"""Kinds of source, the weightiest first."""

READINGS = ("at-source", "through-another", "not-read")
"""How a source was read, the best first."""


class Reference(Record):
    """A source. One that is not `confirmed` is never shown as confirmed."""

    title: FreeText = Field(description="The title of the source.")
    publisher: FreeText | None = Field(None, description="Who has published it.")
    number: FreeText | None = Field(None, description="The number of the document.")
    date: FreeText | None = Field(None, description="When it was published, as far as it is known.")
    kind: Literal["law", "guideline", "authority", "peer-reviewed", "other"] | None = Field(
        None, description="law, guideline, authority (another text of an authority), peer-reviewed or other."
    )
    url: FreeText | None = Field(
        None, description="Where it can be read: for a law or a guideline, at the body that issued it."
    )
    more_urls: Annotated[Lines, FREE] = Field((), description="Further places where it can be read.")
    reading: Literal["at-source", "through-another", "not-read"] | None = Field(
        None, description="at-source (at the body or journal that issued it), through-another or not-read."
    )
    confirmed: Flag = Field(description="true: somebody has read it at its source.")
    checked: Day = Field(description="The day on which somebody last looked at it.")
    note: FreeText | None = Field(None, description="What is not confirmed, and what else one should know.")

    @property
    def counted_kind(self) -> str:
        """The kind that it counts as; one that does not say counts as other."""
        return self.kind or "other"

    @property
    def counted_reading(self) -> str:
        """The reading that it counts as; one that does not say counts by whether it is confirmed."""
        return self.reading or ("at-source" if self.confirmed else "not-read")

    @property
    def is_primary(self) -> bool:
        """Whether it is a law, a guideline, another text of an authority or a peer-reviewed paper."""
        return self.counted_kind != "other"


class ReferenceFile(Record):
    """`references.yml`."""

    references: Annotated[dict[NewName, Reference], Group] = Field(
        description="The sources by name. A name never changes."
    )


class Search(Record):
    """What was searched for an item, what was found, and what rests on no source."""

    searched: FreeText = Field(description="What was searched for.")
    found: FreeText = Field(description="What was found, and how it was read.")
    ours: FreeText | None = Field(
        None, description="The part of the item that rests on no source, in a sentence that says so."
    )
    checked: Day = Field(description="The day of the search.")


class SearchFile(Record):
    """`searches.yml`."""

    searches: Annotated[dict[Line, Search], Group, Names("item")] = Field(
        description="The searches by the full name of the item: area/item."
    )


class MovedFile(Record):
    """`moved.yml`: pages that were renamed. Old addresses and the links of regions lead to the present page."""

    pages: Annotated[dict[FreeText, FreeText], Group] = Field(
        {}, description="Former path below docs/: present path, such as `review.md: reviewing.md`."
    )


class KeywordFile(Record):
    """`keywords.yml`: words that people type and pages do not have."""

    keywords: Annotated[dict[NewName, Annotated[dict[FreeText, Annotated[Lines, FREE]], Group]], Group] = Field(
        description="Language, then a page such as `first-week.md` or an item such as `area/item`: words that find it."
    )

    ignored: Annotated[dict[NewName, Annotated[Lines, FREE]], Group] = Field(
        {}, description="Language: small words of a question that say nothing about what is looked for."
    )

    def by_place(self) -> dict[str, str]:
        """Give the words of every language by the page or item that they find."""
        found: dict[str, list[str]] = {}
        for places in self.keywords.values():
            for place, words in places.items():
                found.setdefault(place, []).extend(words)
        return {place: ", ".join(words) for place, words in found.items()}


def best(references: Iterable[Reference]) -> Reference | None:
    """Choose the best of several sources: a primary one, then the best read one, then a law before the others."""

    def place(reference: Reference) -> tuple[bool, int, int]:
        reading, kind = READINGS.index(reference.counted_reading), KINDS.index(reference.counted_kind)
        return not reference.is_primary, reading, kind

    return min(references, key=place, default=None)
