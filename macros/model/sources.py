"""Sources, and what was searched where an item has no law, guideline, authority's text or peer-reviewed paper.

Field names are the words of the YAML files, with `_` for `-`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from macros.model.fields import Day, Flag, FreeText, Group, Line, Lines, NewName, Record
from macros.model.markers import FREE, Names

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
        description="The sources by name. A name is for ever."
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


def best(references: Iterable[Reference]) -> Reference | None:
    """Choose the best of several sources: a primary one, then the best read one, then a law before the others."""

    def place(reference: Reference) -> tuple[bool, int, int]:
        reading, kind = READINGS.index(reference.counted_reading), KINDS.index(reference.counted_kind)
        return not reference.is_primary, reading, kind

    return min(references, key=place, default=None)
