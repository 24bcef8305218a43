"""How much of a project a site shows."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator

from macros.fields.types import refuse, show
from macros.text.messages import M_
from macros.text.problem import kind, nearest, one_of, write


class Extent(StrEnum):
    """How much of a project is published, the most first."""

    FULL = "full"
    WITHOUT_DETAILS = "without-details"
    LEVELS = "levels"
    NONE = "none"


WORDS = [str(extent) for extent in Extent]
LISTED = one_of(M_("a word"), WORDS)


@kind("unknown-extent")
def _extent(value: object) -> Extent:
    """What is published of a project is one of four words: full, without-details, levels, none.

    [What is published](regions/publish.md) says what each of them leaves out. A line without a word is refused, because
    nobody would know what it means.
    """
    if value is None:
        refuse("unknown-extent", M_("a word is missing here"), M_("write one, or delete the line"), LISTED)
    if value not in WORDS:
        sentence = M_("%(value)s does not say how much is published", value=show(value))
        refuse("unknown-extent", sentence, write(nearest(str(value), WORDS)), LISTED)
    return Extent(str(value))


Published: TypeAlias = Annotated[Extent | None, BeforeValidator(_extent)]
"""The field `publish` of a project or a region; None where it is left out."""


def strictest(*extents: Extent | None) -> Extent:
    """Give the one that shows least; all is shown where none is given."""
    return max((extent for extent in extents if extent), key=[*Extent].index, default=Extent.FULL)
