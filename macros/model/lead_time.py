"""How long an item usually takes, and for which kinds of product that differs."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from macros.fields.markers import Names
from macros.fields.types import FreeText, Group, Line, Number, Record, Word, a_list, refuse
from macros.text.messages import M_, MM_
from macros.text.problem import kind


@kind("not-a-range")
def _range(value: object) -> tuple[object, object]:
    """A range is two numbers of months in brackets, the short one first, as in `[4, 9]`.

    The months that an item usually takes lie between them.
    """
    parts = a_list(value)
    digits = [part for part in parts if isinstance(part, str) and part.isdigit()]
    if len(parts) != 2 or len(digits) != 2 or int(digits[0]) > int(digits[1]):
        refuse("not-a-range", M_("two numbers belong here, the smaller one first"), M_("write them as in [4, 9]"))
    return parts[0], parts[1]


class Duration(Record):
    """Months that an item usually takes, without what it waits for.

    `basis` is "planning assumption" or the name of a source.
    """

    months: Number = Field(description="Months it usually takes, without what it waits for.")
    range: Annotated[tuple[Number, Number], BeforeValidator(_range)] = Field(
        description="The shortest and the longest it takes, in months."
    )
    basis: Annotated[Line, Names("basis")] = Field(description='"planning assumption", or the name of a source.')
    note: FreeText | None = Field(None, description="What takes the time.")

    @field_validator("range")
    @classmethod
    def _contains_the_months(cls, ends: tuple[int, int], info: ValidationInfo) -> tuple[int, int]:
        months = info.data.get("months", ends[0])
        if not ends[0] <= months <= ends[1]:
            sentence = MM_(
                "the usual month lies outside the range", "the usual %(num)s months lie outside the range", months
            )
            refuse("not-a-range", sentence, M_("let the range contain them"))
        return ends


class LeadTime(Duration):
    """How long an item usually takes, and for which kinds of product that differs."""

    by_modality: Annotated[dict[Annotated[Word, Names("modality")], Duration], Group] = Field(
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
