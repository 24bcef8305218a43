"""Words and items that a layer names: one small generator for each rule, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from macros.checks.checklists import ASSUMPTION, retired, unknown
from macros.model.overlay import REPLACED, Change
from macros.model.resolve import Laid
from macros.text.problem import Problem
from macros.text.source import Path

Named: TypeAlias = tuple[Path, str, str, Iterable[str]]  # where a word stands, the word, what it names, what is known

FIELDS = tuple(name.replace("_", "-") for name in REPLACED)


def words_of_changes_are_known(laid: Laid) -> Iterator[Problem]:
    """A layer uses the partners, roles and sources of the handbook, or sources of its own.

    Its own sources stand under `references`.
    """
    overlay = laid.layer.overlay
    references = {**laid.book.references, **overlay.references}
    words: list[Named] = []
    for name, change in overlay.change.items():
        words += _words_of(("change", name), change, laid, references)
    for matter, authority in overlay.authorities.items():
        words += _each(("authorities", matter, "sources"), authority.sources, "source", references)
    for name, waiver in overlay.waive.items():
        own = [f"{area}/{word}" for area, items in overlay.add.items() for word in items]
        known = [f"{area.name}/{word}" for area in laid.below.values() for word in {**area.items, **area.waived}]
        there = [released for released in waiver.releases if released not in laid.book.retired]
        words += _each(("waive", name, "releases"), there, "item", known + own)
    for path, value, what, known_words in words:
        if value not in known_words:
            yield unknown(laid.source, path, value, what, known_words)


def _words_of(at: tuple[str, ...], change: Change, laid: Laid, references: Iterable[str]) -> Iterator[Named]:
    frame = laid.book.frame
    if change.owner:
        yield (*at, "owner"), change.owner, "partner", frame.partners
    if change.role:
        yield (*at, "role"), change.role, "role", frame.roles
    if change.lead_time:
        yield (*at, "lead-time", "basis"), change.lead_time.basis, "source", [ASSUMPTION, *references]
    yield from _each((*at, "supports"), change.supports or (), "partner", frame.partners)
    yield from _each((*at, "sources"), change.sources, "source", references)
    yield from _each((*at, "overrides"), change.overrides, "field", FIELDS)


def _each(at: tuple[str, ...], values: Iterable[str], what: str, known: Iterable[str]) -> Iterator[Named]:
    for place, value in enumerate(values):
        yield (*at, place), value, what, known


def own_items_wait_for_what_is_asked(laid: Laid) -> Iterator[Problem]:
    """An item that a layer adds requires items that are asked here."""
    overlay = laid.layer.overlay
    for area, items in overlay.add.items():
        for word, local in items.items():
            for place, name in enumerate(local.requires):
                path = ("add", area, word, "requires", place)
                waiver = overlay.waive.get(name)
                if gone := laid.book.retired.get(name):
                    yield laid.of_upstream(retired(laid.source, name, gone, laid.source.spot(path)))
                elif laid.waived(name) or (waiver and f"{area}/{word}" not in waiver.releases):
                    sentence = f'"{name}" is not used here'
                    problem = laid.source.problem(
                        "waived-but-required", sentence, laid.source.spot(path), "take it out of requires"
                    )
                    yield laid.of_upstream(problem)
