"""Words and items that a layer names: one small generator for each rule, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from macros.checks.checklists import BY_MODALITY, retired, unknown, words_of_lead_time
from macros.model.overlay import REPLACED, Change
from macros.model.resolve import OverlayContext
from macros.text.problem import Problem
from macros.text.source import Path

Named: TypeAlias = tuple[Path, str, str, Iterable[str]]  # where a word stands, the word, what it names, what is known

FIELDS = tuple(name.replace("_", "-") for name in REPLACED)


def words_of_changes_are_known(context: OverlayContext) -> Iterator[Problem]:
    """A layer uses the partners, roles and sources of the handbook, or sources of its own.

    Its own sources stand under `references`.
    """
    overlay = context.layer.overlay
    references = {**context.book.references, **overlay.references}
    words: list[Named] = []
    for name, change in overlay.change.items():
        words += _words_of(("change", name), change, context, references)
    for matter, authority in overlay.authorities.items():
        words += _each(("authorities", matter, "sources"), authority.sources, "source", references)
    for name, waiver in overlay.waive.items():
        own = [f"{area}/{word}" for area, items in overlay.add.items() for word in items]
        known = [f"{area.name}/{word}" for area in context.below.values() for word in {**area.items, **area.waived}]
        there = [released for released in waiver.releases if released not in context.book.retired]
        words += _each(("waive", name, "releases"), there, "item", known + own)
    for path, value, what, known_words in words:
        if value not in known_words:
            yield unknown(context.source, path, value, what, known_words, name=path[-2:-1] == (BY_MODALITY,))


def _words_of(
    at: tuple[str, ...], change: Change, context: OverlayContext, references: Iterable[str]
) -> Iterator[Named]:
    frame = context.book.frame
    if change.owner:
        yield (*at, "owner"), change.owner, "partner", frame.partners
    if change.role:
        yield (*at, "role"), change.role, "role", frame.roles
    if change.lead_time:
        for path, value, what, known in words_of_lead_time(change.lead_time, frame.modalities, references):
            yield (*at, *path), value, what, known
    yield from _each((*at, "supports"), change.supports or (), "partner", frame.partners)
    yield from _each((*at, "sources"), change.sources, "source", references)
    yield from _each((*at, "overrides"), change.overrides, "field", FIELDS)


def _each(at: tuple[str, ...], values: Iterable[str], what: str, known: Iterable[str]) -> Iterator[Named]:
    for place, value in enumerate(values):
        yield (*at, place), value, what, known


def own_items_wait_for_what_is_asked(context: OverlayContext) -> Iterator[Problem]:
    """An item that a layer adds requires items that are asked here."""
    overlay = context.layer.overlay
    for area, items in overlay.add.items():
        for word, local in items.items():
            for place, name in enumerate(local.requires):
                path = ("add", area, word, "requires", place)
                waiver = overlay.waive.get(name)
                if gone := context.book.retired.get(name):
                    yield context.caused_upstream(retired(context.source, name, gone, context.source.spot(path)))
                elif context.waived(name) or (waiver and f"{area}/{word}" not in waiver.releases):
                    sentence = f'"{name}" is not used here'
                    problem = context.source.problem(
                        "waived-but-required", sentence, context.source.spot(path), "take it out of requires"
                    )
                    yield context.caused_upstream(problem)
