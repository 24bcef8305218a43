"""The class of what a finding says: its facts, and the sentence that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, dataclass_transform

from macros.text.messages import Message, Value


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Facts:
    """Numbers and words of a finding: every place of the sentence is a field, and every field has a place.

    Attributes:
        kind: The kind of the finding; empty where it is the name of a rule or of an event.
        sentence: Says it.
    """

    kind: ClassVar[str] = ""
    sentence: ClassVar[Message]

    def __init_subclass__(cls, kind: str = "") -> None:
        """Make a frozen record of a class of facts, and look whether its sentence fits.

        Raises:
            TypeError: names the class, and what it lacks.
        """
        dataclass(frozen=True, kw_only=True)(cls)
        cls.kind = kind
        sentence, fields = getattr(cls, "sentence", Message("")), cls.__annotations__.keys()
        if not sentence.one or sentence.places != fields:
            raise TypeError(f"{cls.__name__}: the sentence has {sorted(sentence.places)}, the facts {sorted(fields)}")
        ALL.append(cls)

    @property
    def values(self) -> Mapping[str, Value]:
        """What stands at the places of the sentence."""
        return vars(self)


ALL: list[type[Facts]] = []
