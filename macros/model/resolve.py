"""Layers laid over the shared checklists: country first, then region. One pure function, with provenance.

An item keeps its shared text. What a layer adds to it (`requires-also`, `done-when-also`, `note`, `sources`) is shown
beside the shared text, what it replaces (owner, role, supports, gate, lead time) is remembered with the layer that did
so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from macros.fields.markers import item_fields
from macros.model.checklist import Question
from macros.model.editions import order
from macros.model.handbook import Handbook
from macros.model.items import SHARED, AppliedChange, Area, Layer, ResolvedQuestion, Waived
from macros.model.overlay import OWN_WORDS, Change, LocalItem, Overlay, Waiver
from macros.text.problem import WARNING, Problem
from macros.text.source import Source

V = TypeVar("V")


def resolve(areas: Mapping[str, Area], layers: Sequence[Layer]) -> dict[str, Area]:
    """Lay layers over areas, the first one first.

    What a layer names and the areas do not have is left out; `overlay_checks` tells it. Resolving twice is
    the same as resolving once.
    """
    made = dict(areas)
    for number, layer in enumerate(layers):
        made = _with_areas(made, layer)
        later = {other.id for other in layers[number:]}
        there = _names(made, layer)
        made = {name: _laid(area, layer, later, there) for name, area in made.items()}
        gone = {f"{area.name}/{word}" for area in made.values() for word in (*area.waived, *area.retired)}
        made = {name: _released(area, gone) for name, area in made.items()}
    return made


def _with_areas(areas: Mapping[str, Area], layer: Layer) -> dict[str, Area]:
    """Add the areas of a layer, each after the last one of its track."""
    tracks = list(dict.fromkeys(area.track for area in areas.values()))
    own = (
        Area.model_construct(title=new.title, intro=new.intro, items={}, name=name, track=new.track, layer=layer.id)
        for name, new in layer.overlay.areas.items()
        if name not in areas and new.track in tracks
    )
    together = sorted([*areas.values(), *own], key=lambda area: tracks.index(area.track))
    return {area.name: area for area in together}


def with_words(book: Handbook, layers: Sequence[Layer]) -> Handbook:
    """Add the words that layers bring: to the frame, to the sources, to the named rules and to the rules in motion."""
    overlays = [layer.overlay for layer in layers]
    groups = {name: dict(getattr(book.frame, name)) for name in OWN_WORDS}
    for name, words in groups.items():
        for overlay in overlays:
            words |= {word: new for word, new in getattr(overlay, name).items() if word not in words}
    return replace(
        book,
        frame=book.frame.model_copy(update=groups),
        references=_joined(book.references, [overlay.references for overlay in overlays]),
        rules=_joined(book.rules, [overlay.rules for overlay in overlays]),
        motions=_joined(book.motions, [overlay.rules_in_motion for overlay in overlays]),
        layers=(*book.layers, *layers),
    )


def _joined(first: Mapping[str, V], others: Iterable[Mapping[str, V]]) -> dict[str, V]:
    return {name: value for words in (first, *others) for name, value in words.items()}


def _names(areas: Mapping[str, Area], layer: Layer) -> set[str]:
    """List the items that are asked once a layer has added its own."""
    added = layer.overlay.add
    return {f"{name}/{word}" for name, area in areas.items() for word in (*area.items, *added.get(name, ()))}


def _laid(area: Area, layer: Layer, later: Set[str], there: Set[str]) -> Area:
    """Apply one layer to one area: added, then changed, then waived; never to what it or a later one has added.

    Args:
        there: Full names of what is asked, the layer's own items among them.
    """
    overlay = layer.overlay
    items: dict[str, Question] = {**area.items}
    for word, local in overlay.add.get(area.name, {}).items():
        if word not in items and word not in area.waived:
            items[word] = _added(local, layer.id)
    waived = {**area.waived}
    for word, question in area.items.items():
        name = f"{area.name}/{word}"
        asked = _asked(question)
        if asked.layer in later:
            continue
        if (change := overlay.change.get(name)) and all(done.layer != layer.id for done in asked.changes):
            items[word] = asked = _changed(asked, change, layer.id, there)
        if waiver := overlay.waive.get(name):
            waived[word] = Waived(layer.id, waiver, asked)
            del items[word]
    return area.model_copy(update={"items": items, "waived": waived})


def _asked(question: Question) -> ResolvedQuestion:
    return question if isinstance(question, ResolvedQuestion) else ResolvedQuestion.model_construct(**dict(question))


def _added(local: LocalItem, layer: str) -> ResolvedQuestion:
    return ResolvedQuestion.model_construct(**{**dict(local), "layer": layer})


def _changed(asked: ResolvedQuestion, change: Change, layer: str, there: Set[str]) -> ResolvedQuestion:
    values: dict[str, object] = {name: getattr(change, name) for name in change.replaced}
    if change.owner not in (None, asked.owner) and asked.role:
        values.setdefault("role", None)  # a role is one of the owner before
    fields = tuple(values)
    also = [name for name in change.requires_also if name in there]
    values["requires"] = tuple(dict.fromkeys([*asked.requires, *also]))
    values["sources"] = tuple(dict.fromkeys([*asked.sources, *change.sources]))
    values["changes"] = (*asked.changes, AppliedChange(layer, change, fields))
    if asked.layer == SHARED and asked.shared is None:
        values["shared"] = asked
    return asked.model_copy(update=values)


Q = TypeVar("Q", bound=Question)


def _released(area: Area, gone: set[str]) -> Area:
    """Take out requirements that nobody meets here, of what is asked and of what is waived."""
    items = {word: without(question, gone) for word, question in area.items.items()}
    waived = {word: replace(each, question=without(each.question, gone)) for word, each in area.waived.items()}
    return area.model_copy(update={"items": items, "waived": waived})


REQUIREMENTS = ("requires", "unlawful_without")


def without(question: Q, gone: Collection[str]) -> Q:
    """Take requirements out of a question."""
    if not any(name in gone for name in question.requires):
        return question
    kept = {field: tuple(name for name in getattr(question, field) if name not in gone) for field in REQUIREMENTS}
    return question.model_copy(update=kept)


WRITTEN_AGAINST = item_fields(Question, lambda field: field.fingerprint)
"""Fields of a shared item that a change or waiver was written against."""


def fingerprint(question: Question) -> str:
    """Give eight hexadecimal digits that change when the shared text of an item does."""
    values = question.model_dump(mode="json", include=set(WRITTEN_AGAINST))
    if question.lead_time and not question.lead_time.by_modality:
        del values["lead_time"]["by_modality"]  # as before lead times could differ
    if not question.applies_to.delivery:
        del values["applies_to"]["delivery"]  # as before projects could say how genes are changed
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def entries(overlay: Overlay) -> Iterator[tuple[str, str, Change | Waiver]]:
    """Yield what a layer changes and waives: `change` or `waive`, full name, entry."""
    for name, change in overlay.change.items():
        yield "change", name, change
    for name, waiver in overlay.waive.items():
        yield "waive", name, waiver


@dataclass(frozen=True)
class OverlayContext:
    """A layer, its text, and what it is laid over.

    Attributes:
        book: The shared handbook, with the sources and rules of the layers below.
        below: The areas with the layers below already laid over them.
    """

    layer: Layer
    source: Source
    book: Handbook
    below: Mapping[str, Area]

    def question(self, name: str) -> Question | None:
        """Give what the layers below ask under a full name."""
        area, _, word = name.partition("/")
        return self.below[area].items.get(word) if area in self.below else None

    def waived(self, name: str) -> Waived | None:
        """Give the waiver of a layer below."""
        area, _, word = name.partition("/")
        return self.below[area].waived.get(word) if area in self.below else None

    def title(self, layer: str) -> str:
        """Tell what a layer below is called."""
        return next(other.title for other in self.book.layers if other.id == layer)

    def unreviewed(self) -> Iterator[tuple[str, str, Change | Waiver, str]]:
        """Yield the entries on shared items whose fingerprint is missing or old, each with the present one."""
        for what, name, entry in entries(self.layer.overlay):
            question = self.question(name)
            if question is None or (isinstance(question, ResolvedQuestion) and question.layer != SHARED):
                continue
            shared = (question.shared if isinstance(question, ResolvedQuestion) else None) or question
            if entry.against != (present := fingerprint(shared)):
                yield what, name, entry, present

    @property
    def behind(self) -> bool:
        """Whether the layer was last reviewed against an earlier edition."""
        return order(self.layer.overlay.edition) < order(self.book.frame.edition)

    def caused_upstream(self, problem: Problem) -> Problem:
        """Let what an upgrade can cause be told without stopping anything.

        What has no effect on the site never stops a region, as upstream may change between two editions too; the rest
        does once the layer is reviewed.
        """
        harmless = problem.kind in WITHOUT_EFFECT and not self.layer.file.startswith("checklists/")
        return replace(problem, severity=WARNING) if self.behind or harmless else problem


WITHOUT_EFFECT = frozenset(("changed-twice", "retired-item", "waived-but-required"))
"""Problems that the site resolves by itself: the later layer counts, and nothing waits for what is not asked."""
