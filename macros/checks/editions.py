"""Rules for editions: in order, and with what was asked before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from macros.checks.checklists import Sources, place
from macros.model.editions import order
from macros.model.handbook import Handbook
from macros.text.problem import Problem, kind


@kind("editions-order")
def editions_are_in_order(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """Editions are listed with the oldest first, and the present one is the newest.

    It stands at `edition`, all earlier ones at `editions`.
    """
    source = sources["navigator"]
    for number, (older, newer) in enumerate(pairwise(handbook.editions)):
        if order(older) >= order(newer):
            at = source.spot(("editions", number))
            sentence = f"{older} is not before {newer}"
            yield source.problem("editions-order", sentence, at, "list earlier editions only, the oldest first")


@kind("meaning-without-before")
def meaning_changes_tell_what_was(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A revision that changes the meaning of an item keeps what `done-when` said before.

    A project whose answer was given before then sees both, and what differs. Write it under `was`.
    """
    for item in handbook.items.values():
        source, path = place(handbook, sources, item)
        for number, revision in enumerate(item.revised):
            if revision.kind == "meaning" and not revision.was:
                at = source.spot((*path, "revised", number))
                yield source.problem("meaning-without-before", "what was asked before is missing", at, "add was: …")


EDITION_CHECKS: list[Callable[[Handbook, Sources], Iterator[Problem]]] = [
    editions_are_in_order,
    meaning_changes_tell_what_was,
]
