"""Rules that span files: one small generator each, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from macros.checks.words import unknown_words, vocabulary, words
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.text.messages import M_, as_written
from macros.text.problem import Problem, kind
from macros.text.source import Path, Source

Sources: TypeAlias = Mapping[str, Source]  # by the name of the file: navigator, references, analytics …


def place(handbook: Handbook, sources: Sources, item: Item) -> tuple[Source, Path]:
    """Tell the file that an item stands in, and where: an area's, or that of the layer that added it."""
    if item.layer:
        file = next(layer.file for layer in handbook.layers if layer.id == item.layer)
        return sources[file], ("add", item.area, item.anchor)
    return sources[item.area], ("items", item.anchor)


def requirement(handbook: Handbook, sources: Sources, item: Item, number: int) -> tuple[Source, Path]:
    """Tell where one of the requirements of an item stands: with the item, or in the layer that has added it."""
    name = item.requires[number]
    for applied in item.changes:
        if name in applied.change.requires_also and not (item.shared and name in item.shared.requires):
            file = next(layer.file for layer in handbook.layers if layer.id == applied.layer)
            return sources[file], ("change", item.name, "requires-also", applied.change.requires_also.index(name))
    source, path = place(handbook, sources, item)
    return source, (*path, "requires", number)


def words_are_known(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """The frame, the items, and what is said of retired ones name words of ours."""
    frame, known = handbook.frame, vocabulary(handbook)
    yield from unknown_words(words(frame), sources["navigator"], handbook, known)
    for area in handbook.areas.values():
        if area.track not in frame.tracks:
            yield wrong_track(sources[area.name], area.track, frame.tracks)
        for name, gone in area.retired.items():
            yield from unknown_words(words(gone, ("retired", name)), sources[area.name], handbook, known)
    for item in handbook.items.values():
        source, at = place(handbook, sources, item)
        yield from unknown_words(words(item, at), source, handbook, known)


@kind("requires-later-stage")
def requirements_come_first(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """An item requires only items of its own stage or of an earlier one.

    Otherwise a stage could not be passed before the next one is reached.
    """
    for item in handbook.items.values():
        for number, name in enumerate(item.requires):
            required = handbook.items.get(name)
            if required and required.stage > item.stage:
                source, path = requirement(handbook, sources, item, number)
                at = source.spot(path)
                sentence = M_(
                    '"%(name)s" is due at stage %(later)s, after stage %(stage)s of this item',
                    name=name,
                    later=required.stage,
                    stage=item.stage,
                )
                fix = M_("take it out") if path[0] == "change" else M_("move one of the two items")
                yield source.problem("requires-later-stage", sentence, at, fix)


@kind("unlawful-without")
def what_the_law_asks_first_is_required(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """What an item cannot lawfully begin without is among the items it requires.

    Every name under `unlawful-without` is also under `requires`.
    """
    for item in handbook.items.values():
        for number, name in enumerate(item.unlawful_without):
            if name not in item.requires:
                source, path = place(handbook, sources, item)
                at = source.spot((*path, "unlawful-without", number))
                sentence = M_('"%(name)s" is not required by this item', name=name)
                yield source.problem("unlawful-without", sentence, at, M_("name it under requires too"))


@kind("cycle")
def no_cycles(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """Items do not wait for each other in a circle.

    None of them could ever be met first. Take out the requirement that is not strict.
    """
    asked = handbook.items
    waits = [(name, required) for name, item in asked.items() for required in item.requires if required in asked]
    while circle := _circle(asked, waits):
        last, first = circle[-2:]
        source, path = requirement(handbook, sources, asked[last], asked[last].requires.index(first))
        at = source.spot(path)
        sentence = M_("these items wait for each other") if len(circle) > 2 else M_("this item waits for itself")
        yield source.problem("cycle", sentence, at, M_("take one requirement out"), (as_written(" → ".join(circle)),))
        waits = [wait for wait in waits if wait != (last, first)]


def _circle(names: Iterable[str], waits: Iterable[tuple[str, str]]) -> list[str]:
    """Find items each of which waits for the next, the first one again at the end; empty where there are none."""
    sorter = TopologicalSorter(dict.fromkeys(names, ()))
    for name, required in waits:
        sorter.add(required, name)  # so that a circle is followed along what is required
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@kind("item-twice")
def names_are_unique(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A name is used for one item only, permanently.

    The name of a retired item is not given to a new one, or old answers would count for it.
    """
    for name in handbook.retired:
        if name in handbook.items:
            item = handbook.items[name]
            source, path = place(handbook, sources, item)
            at = source.spot(path, name=True)
            sentence = M_('"%(name)s" is retired', name=item.anchor)
            yield source.problem("item-twice", sentence, at, M_("choose a new name"))


@kind("wrong-track")
def wrong_track(source: Source, track: str, tracks: Iterable[str]) -> Problem:
    """An area file is in the folder of its track.

    The folders are `technical`, `clinical` and `commercial`.
    """
    where = M_('"%(track)s" is not a track', track=track) if track else M_("an area file needs the folder of its track")
    fix = M_("move the file into one of: %(tracks)s", tracks=", ".join(tracks))
    return Problem(source.file, 0, 0, "wrong-track", where, fix)


CHECKLIST_CHECKS: list[Callable[[Handbook, Sources], Iterator[Problem]]] = [
    words_are_known,
    requirements_come_first,
    what_the_law_asks_first_is_required,
    no_cycles,
    names_are_unique,
]
