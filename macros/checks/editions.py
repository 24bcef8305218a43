"""Rules for editions: in order, and with what was asked before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from macros.checks.checklists import Sources, place
from macros.model.editions import order
from macros.model.handbook import Handbook
from macros.text.messages import M_
from macros.text.problem import Problem, kind


@kind("editions-order")
def editions_are_in_order(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """Editions are listed with the oldest first, and the present one is the newest.

    It is at `edition`, all earlier ones are at `editions`.
    """
    source = sources["navigator"]
    for number, (older, newer) in enumerate(pairwise(handbook.editions)):
        if order(older) >= order(newer):
            at = source.spot(("editions", number))
            sentence = M_("%(older)s is not before %(newer)s", older=older, newer=newer)
            yield source.problem("editions-order", sentence, at, M_("list earlier editions only, the oldest first"))


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
                sentence = M_("what was asked before is missing")
                yield source.problem("meaning-without-before", sentence, at, M_("add was: …"))


@kind("same-question")
def same_questions_have_a_new_name(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A retired item whose question is still asked says under which name.

    With `same-question: true` an old answer counts under the name in `to`.
    """
    for area in handbook.areas.values():
        for word, gone in area.retired.items():
            if gone.same_question and not gone.to:
                source = sources[area.name]
                at = source.spot(("retired", word, "same-question"))
                sentence = M_("it is not said which item asks it now")
                yield source.problem("same-question", sentence, at, M_("add to: area/item"))


EDITION_CHECKS: list[Callable[[Handbook, Sources], Iterator[Problem]]] = [
    editions_are_in_order,
    meaning_changes_tell_what_was,
    same_questions_have_a_new_name,
]
