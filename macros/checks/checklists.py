"""Rules that span files: one small generator each, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from macros.model.checklist import LeadTime, Question
from macros.model.editions import Retirement
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.text.problem import Problem, kind, nearest, one_of, write
from macros.text.source import Path, Source, Spot

Sources: TypeAlias = Mapping[str, Source]  # by the name of the file: navigator, references, analytics …

ASSUMPTION = "planning assumption"
BY_MODALITY = "by-modality"  # a group whose names are words of ours
ALL_ITEMS = "all items: /areas/"
PAGES = {"item": ALL_ITEMS, "area": "all areas: /areas/", "source": "all sources: /references/"}
"""Where a reader finds the words that are too many to list."""


def place(handbook: Handbook, sources: Sources, item: Item) -> tuple[Source, Path]:
    """Tell the file that an item stands in, and where: an area's, or that of the layer that added it."""
    if item.layer:
        file = next(layer.file for layer in handbook.layers if layer.id == item.layer)
        return sources[file], ("add", item.area, item.anchor)
    return sources[item.area], ("items", item.anchor)


def unknown(source: Source, at: Path, word: str, what: str, words: Iterable[str], name: bool = False) -> Problem:
    """Say that a word is not one of those that its place knows."""
    known = [str(word) for word in words]
    article = "an" if what[0] in "aeiou" else "a"
    fix, notes = write(nearest(word, known)), one_of(f"{article} {what}", known)
    if not fix and not notes:
        notes = (PAGES.get(what, "see the template: /start/"),)
    return source.problem("unknown-word", f'"{word}" is not {article} {what}', source.spot(at, name), fix, notes)


def retired(source: Source, name: str, gone: Retirement, at: Spot) -> Problem:
    """Say that an item is no longer asked, and where its answer moves."""
    return source.problem("retired-item", f'"{name}" is no longer asked', at, notes=(gone.moves,))


@kind("unknown-word")
def words_are_known(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A stage, partner, role, modality, route, donor, metric, source or edition is one of ours.

    The words stand in `checklists/navigator.yml`, the sources in `checklists/references.yml`.
    """
    frame = handbook.frame
    for area in handbook.areas.values():
        if area.track not in frame.tracks:
            yield wrong_track(sources[area.name], area.track, frame.tracks)
    for item in handbook.items.values():
        source, at = place(handbook, sources, item)
        for path, value, what, words in _words_of(item, handbook):
            if value not in words:
                yield unknown(source, (*at, *path), value, what, words, name=path[-2:-1] == (BY_MODALITY,))
    for name, modality in frame.modalities.items():
        if modality.donor and modality.donor not in frame.donors:
            path = ("modalities", name, "donor")
            yield unknown(sources["navigator"], path, modality.donor, "donor", frame.donors)


def _words_of(question: Question, handbook: Handbook) -> Iterator[tuple[Path, str, str, Iterable[str]]]:
    frame, to = handbook.frame, question.applies_to
    yield ("stage",), str(question.stage), "stage", [str(stage) for stage in frame.stages]
    yield ("owner",), question.owner, "partner", frame.partners
    if question.role:
        yield ("role",), question.role, "role", frame.roles
    if to.route:
        yield ("applies-to", "route"), to.route, "route", frame.routes
    if question.facility:
        yield ("facility",), question.facility, "facility", frame.facilities
    for number, revision in enumerate(question.revised):
        yield ("revised", number, "edition"), revision.edition, "edition", handbook.editions
    if question.since:
        yield ("since",), question.since, "edition", handbook.editions
    if question.lead_time:
        yield from words_of_lead_time(question.lead_time, frame.modalities, handbook.references)
    lists: list[tuple[Path, tuple[str, ...], str, Iterable[str]]] = [
        (("supports",), question.supports, "partner", frame.partners),
        (("sources",), question.sources, "source", handbook.references),
        (("applies-to", "modalities"), to.modalities, "modality", frame.modalities),
        (("applies-to", "donor"), to.donor, "donor", frame.donors),
    ]
    for path, values, what, words in lists:
        for number, value in enumerate(values):
            yield (*path, number), value, what, words


def words_of_lead_time(
    lead: LeadTime, modalities: Iterable[str], references: Iterable[str]
) -> Iterator[tuple[Path, str, str, Iterable[str]]]:
    """Yield the words of a lead time: where each stands in the item, the word, what it names, what is known."""
    sources = [ASSUMPTION, *references]
    yield ("lead-time", "basis"), lead.basis, "source", sources
    for name, duration in lead.by_modality.items():
        yield ("lead-time", BY_MODALITY, name), name, "modality", modalities
        yield ("lead-time", BY_MODALITY, name, "basis"), duration.basis, "source", sources


@kind("unknown-item", "retired-item")
def required_items_exist(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """An item that is named is an item that is asked.

    Its full name is `area/item`. A retired item tells where its answer has moved.
    """
    for item in handbook.items.values():
        source, at = place(handbook, sources, item)
        for number, name in enumerate(item.requires):
            yield from item_exists(handbook, source, (*at, "requires", number), name)


def item_exists(handbook: Handbook, source: Source, path: Path, name: str) -> Iterator[Problem]:
    """Say that a name is not that of an item, or of one that is no longer asked."""
    if name in handbook.retired:
        yield retired(source, name, handbook.retired[name], source.spot(path))
    elif name not in handbook.every_item:
        fix = write(nearest(name, handbook.items))
        sentence = f'"{name}" is not an item of the checklists'
        yield source.problem("unknown-item", sentence, source.spot(path), fix, () if fix else (ALL_ITEMS,))


@kind("requires-later-stage")
def requirements_come_first(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """An item requires only items of its own stage or of an earlier one.

    Otherwise a stage could not be left before the next one is reached.
    """
    for item in handbook.items.values():
        for number, name in enumerate(item.requires):
            required = handbook.items.get(name)
            if required and required.stage > item.stage:
                source, path = place(handbook, sources, item)
                at = source.spot((*path, "requires", number))
                sentence = f'"{name}" is due at stage {required.stage}, after stage {item.stage} of this item'
                yield source.problem("requires-later-stage", sentence, at, "move one of the two items")


@kind("cycle")
def no_cycles(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """Items do not wait for each other in a circle.

    None of them could ever be met first. Take out the requirement that is not strict.
    """
    settled: set[str] = set()
    for start in handbook.items:
        path: list[str] = []
        waiting = [iter([start])]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                if path:
                    settled.add(path.pop())
            elif name in path:
                circle = [*path[path.index(name) :], name]
                item = handbook.items[path[-1]]
                source, path_to = place(handbook, sources, item)
                at = source.spot((*path_to, "requires", item.requires.index(name)))
                sentence = "these items wait for each other" if len(circle) > 2 else "this item waits for itself"
                yield source.problem("cycle", sentence, at, "take one requirement out", (" → ".join(circle),))
            elif name not in settled and name in handbook.items:
                path.append(name)
                waiting.append(iter(handbook.items[name].requires))


@kind("item-twice")
def names_are_unique(handbook: Handbook, sources: Sources) -> Iterator[Problem]:
    """A name is used for one item only, for ever.

    The name of a retired item is not given to a new one, or old answers would count for it.
    """
    for name in handbook.retired:
        if name in handbook.items:
            item = handbook.items[name]
            source, path = place(handbook, sources, item)
            at = source.spot(path, name=True)
            yield source.problem("item-twice", f'"{item.anchor}" is retired', at, "choose a new name")


@kind("wrong-track")
def wrong_track(source: Source, track: str, tracks: Iterable[str]) -> Problem:
    """An area file lies in the folder of its track.

    The folders are `technical`, `clinical` and `commercial`.
    """
    where = f'"{track}" is not a track' if track else "an area file needs the folder of its track"
    fix = f"move the file into one of: {', '.join(tracks)}"
    return Problem(source.file, 0, 0, "wrong-track", where, fix)


CHECKLIST_CHECKS: list[Callable[[Handbook, Sources], Iterator[Problem]]] = [
    words_are_known,
    required_items_exist,
    requirements_come_first,
    no_cycles,
    names_are_unique,
]
