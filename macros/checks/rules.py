"""Rules that the files of named rules, events and rules in motion keep with the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from macros.checks.checklists import Sources
from macros.checks.words import unknown_words, vocabulary, words
from macros.fields.types import Record
from macros.model.handbook import Handbook
from macros.text.messages import M_
from macros.text.problem import Problem, kind


@kind("kind-twice")
def kinds_are_unique(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A finding, a named rule and an event have names of their own.

    A name is what a team acknowledges; two rules with one name could not be distinguished.
    """
    seen = {name.replace("_", "-") for name in type(handbook.frame.findings).model_fields}
    for group, names in (("rules", handbook.rules), ("events", handbook.events)):
        for name in names:
            if name in seen:
                at = sources["bottlenecks"].spot((group, name), name=True)
                sentence = M_('"%(name)s" is used already', name=name)
                yield sources["bottlenecks"].problem("kind-twice", sentence, at, M_("choose another name"))
            seen.add(name)


def rules_use_known_words(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """Named rules, events and rules in motion name items and words of the checklists."""
    known = vocabulary(handbook)
    groups: dict[tuple[str, str], Mapping[str, Record]] = {
        ("bottlenecks", "rules"): handbook.rules,
        ("bottlenecks", "events"): handbook.events,
        ("rules-in-motion", "rules"): handbook.motions,
    }
    for (file, group), records in groups.items():
        for name, record in records.items():
            # A clause is shown where its value stands, also for a name in it.
            found = [word._replace(is_name=False) for word in words(record, (group, name))]
            yield from unknown_words(found, sources[file], handbook, known)


RULE_CHECKS: list[Callable[[Handbook, Sources], Iterator[Problem]]] = [kinds_are_unique, rules_use_known_words]
