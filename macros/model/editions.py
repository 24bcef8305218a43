"""Editions of the checklists: since when an item is asked, how it was revised, and where its answer moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from macros.fields.markers import Names
from macros.fields.types import EditionName, Flag, FreeText, Line, Record


class Revision(Record):
    """One change of an item's text. After a change of *meaning* the question has to be answered again."""

    edition: EditionName = Field(description="The edition in which the text changed.")
    kind: Literal["wording", "meaning"] = Field(
        description="wording: old answers remain valid. meaning: the question has to be answered again."
    )
    note: FreeText = Field(description="What has changed, in a sentence.")
    was: FreeText | None = Field(None, description="What done-when said before; needed where the meaning has changed.")


class Retirement(Record):
    """An item that is no longer asked."""

    moves: FreeText = Field(description="Where the answer moves, in a sentence.")
    edition: EditionName | None = Field(None, description="The edition from which it is no longer asked.")
    to: Annotated[Line | None, Names("known-item")] = Field(
        None, description="The item that asks it now, as area/item, where there is one."
    )
    same_question: Flag = Field(False, description="true: an old answer counts under the name in to.")


def short_form(value: object) -> object:
    """Read a sentence alone as where the answer moves."""
    return {"moves": value} if isinstance(value, str) else value


RetirementText = Annotated[Retirement, BeforeValidator(short_form)]


def order(edition: str) -> tuple[int, int]:
    """Give an edition's place among others: v2026.10 comes after v2026.9."""
    year, _, number = edition.removeprefix("v").partition(".")
    return int(year), int(number)


def meaning_changes(revised: Iterable[Revision], edition: str) -> list[Revision]:
    """List the changes of meaning since an edition, the first one first."""
    later = (change for change in revised if change.kind == "meaning" and order(change.edition) > order(edition))
    return sorted(later, key=lambda change: order(change.edition))


def was_asked(revised: Iterable[Revision], edition: str) -> str:
    """Say what an item asked in an edition: its words before the first change of meaning since; empty for none."""
    return next((change.was for change in meaning_changes(revised, edition) if change.was), "")


def word_difference(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Compare two texts word by word.

    Yields:
        `same`, `gone` or `new`, and the words; together they make both texts.
    """
    was, now = old.split(), new.split()
    for what, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", " ".join(was[a:b])
            continue
        if a < b:
            yield "gone", " ".join(was[a:b])
        if c < d:
            yield "new", " ".join(now[c:d])
