"""How much of a project a site shows."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator

from macros.fields.types import refuse, show
from macros.text.problem import kind, nearest, one_of, write


class Extent(StrEnum):
    """How much of a project is published, the most first."""

    FULL = "full"
    WITHOUT_DETAILS = "without-details"
    LEVELS = "levels"
    NONE = "none"


WORDS = [str(extent) for extent in Extent]


@kind("unknown-extent")
def _extent(value: object) -> Extent:
    """What is published of a project is one of four words: full, without-details, levels, none.

    [What is published](regions/publish.md) says what each of them leaves out. A line without a word is refused, because
    nobody would know what it means.
    """
    if value is None:
        refuse("unknown-extent", "a word is missing here", "write one, or delete the line", one_of("a word", WORDS))
    if value not in WORDS:
        sentence, fix = f"{show(value)} does not say how much is published", write(nearest(str(value), WORDS))
        refuse("unknown-extent", sentence, fix, one_of("a word", WORDS))
    return Extent(str(value))


Published: TypeAlias = Annotated[Extent | None, BeforeValidator(_extent)]
"""The field `publish` of a project or a region; None where it is left out."""


def strictest(*extents: Extent | None) -> Extent:
    """Give the one that shows least; all is shown where none is given."""
    return max((extent for extent in extents if extent), key=[*Extent].index, default=Extent.FULL)
