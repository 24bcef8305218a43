"""Rules that the files of named rules, events and rules in motion keep with the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from macros.checks.checklists import Sources, item_exists, unknown
from macros.model.handbook import Handbook
from macros.model.rules import Condition
from macros.text.problem import Problem, kind
from macros.text.source import Path

Named = tuple[Path, str, str]  # where a word stands, what it names, the word

ITEM_CLAUSES = ("done", "started", "open", "open_any", "not_started")


@kind("kind-twice")
def kinds_are_unique(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A finding, a named rule and an event have names of their own.

    A name is what a team acknowledges; two of one name could not be told apart.
    """
    seen = {name.replace("_", "-") for name in type(handbook.frame.findings).model_fields}
    for group, names in (("rules", handbook.rules), ("events", handbook.events)):
        for name in names:
            if name in seen:
                at = sources["bottlenecks"].spot((group, name), name=True)
                yield sources["bottlenecks"].problem(
                    "kind-twice", f'"{name}" is used already', at, "choose another name"
                )
            seen.add(name)


def rules_use_known_words(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """Named rules, events and rules in motion speak of items and words of ours."""
    for file, found in (("bottlenecks", _rule_words(handbook)), ("rules-in-motion", _motion_words(handbook))):
        known = _known(handbook)
        for path, what, word in found:
            if what == "item":
                yield from item_exists(handbook, sources[file], path, word)
            elif word not in known[what]:
                yield unknown(sources[file], path, word, what, known[what])


def _known(handbook: Handbook) -> dict[str, Iterable[str]]:
    frame = handbook.frame
    return {
        "partner": frame.partners,
        "source": handbook.references,
        "track": frame.tracks,
        "stage": [str(stage) for stage in frame.stages],
        "modality": frame.modalities,
        "route": frame.routes,
        "metric": frame.metrics,
    }


def _rule_words(handbook: Handbook) -> Iterator[Named]:
    for name, rule in handbook.rules.items():
        yield from _list(("rules", name, "who"), "partner", rule.who)
        yield from _list(("rules", name, "sources"), "source", rule.sources)
        for strength in ("act", "watch"):
            for number, condition in enumerate(getattr(rule, strength)):
                yield from _condition_words(("rules", name, strength, number), condition)
    for name, event in handbook.events.items():
        yield from _list(("events", name, "who"), "partner", event.who)
        yield from _list(("events", name, "items"), "item", event.items)


def _condition_words(at: tuple[str | int, ...], condition: Condition) -> Iterator[Named]:
    for clause in ITEM_CLAUSES:
        yield from _list((*at, clause.replace("_", "-")), "item", getattr(condition, clause))
    for item in condition.planned_within:
        yield (*at, "planned-within", item), "item", item
    for track, stage in condition.working_stage.items():
        yield (*at, "working-stage", track), "track", track
        yield (*at, "working-stage", track), "stage", str(stage)
    for metric in condition.metric_below:
        yield (*at, "metric-below", metric), "metric", metric
    yield from _list((*at, "modality"), "modality", condition.modality)
    if condition.route:
        yield (*at, "route"), "route", condition.route


def _motion_words(handbook: Handbook) -> Iterator[Named]:
    for name, motion in handbook.motions.items():
        yield from _list(("rules", name, "sources"), "source", motion.sources)
        yield from _list(("rules", name, "items"), "item", motion.items)


def _list(at: tuple[str | int, ...], what: str, words: Iterable[str]) -> Iterator[Named]:
    for place, word in enumerate(words):
        yield (*at, place), what, word


RULE_CHECKS: list[Callable[[Handbook, Sources], Iterator[Problem]]] = [kinds_are_unique, rules_use_known_words]
