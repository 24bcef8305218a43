"""Words that pages show in their own language: marked where they are written, translated where they are shown.

`pybabel extract -k NN_:1,2` finds all of them.
"""

import re
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["track", "holder", "motion", "route", "metric", "item", "modality"]
"""What a word of the handbook names; a holder is a role or a partner."""


class Name(NamedTuple):
    """Words of the handbook at a place of a message; a page shows their titles, or links their pages.

    Attributes:
        most: How many are shown.
    """

    kind: Kind
    words: tuple[str, ...]
    between: str = ", "
    most: int = 999


Value: TypeAlias = str | int | float | Name


class Message(NamedTuple):
    """A sentence with named places for values, such as `%(level)s`.

    Attributes:
        many: The form for any number but one, which stands at `%(num)s`; empty where there is one form only.
    """

    one: str
    many: str = ""

    @property
    def places(self) -> set[str]:
        """The names of the values that it needs."""
        return set(re.findall(r"%\((\w+)\)s", self.one + self.many))


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for translation, and return it as it is."""
    return text


def NN_(one: str, many: str) -> Message:  # noqa: N802
    """Mark a sentence that has a form for one and a form for many."""
    return Message(one, many)
