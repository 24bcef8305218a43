"""Rules on the words of a layer: those that it uses, and those that it gives. Small generators, as elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from macros.checks.words import unknown_words, vocabulary, words
from macros.model.handbook import Handbook
from macros.model.overlay import OWN_WORDS
from macros.model.resolve import OverlayContext, with_words
from macros.text.messages import M_, as_written
from macros.text.problem import Problem, kind, write

LATER = ("add", "rules-in-motion", "rules")
"""What a layer adds and what may name its own items: its words are looked at once the layer is applied."""


def words_of_a_layer_are_known(context: OverlayContext) -> Iterator[Problem]:
    """A layer uses the partners, roles, areas, editions and sources of the handbook, or some of its own.

    Its own sources are under `references`.
    """
    overlay, book = context.layer.overlay, context.book
    there = [f"{area.name}/{word}" for area in context.below.values() for word in {**area.items, **area.waived}]
    known = vocabulary(with_words(book, [context.layer])) | {
        "area": {**context.below, **overlay.areas},
        "known-item": there + [f"{area}/{word}" for area, items in overlay.add.items() for word in items],
    }
    found = [
        word
        for word in words(overlay, without=("item",))
        if (word.path[0] not in LATER or word.kind == "area")
        and not (word.kind == "known-item" and word.word in book.retired)
    ]
    yield from unknown_words(found, context.source, book, known)


def words_are_known_once_laid(context: OverlayContext, laid: Handbook) -> Iterator[Problem]:
    """The routes, named rules and rules in motion of a layer name items and words of the handbook with the layer.

    Args:
        laid: That handbook.
    """
    found = [
        word._replace(is_name=False)  # a clause is shown where its value stands, also for a name in it
        for word in words(context.layer.overlay)
        if word.path[0] in ("rules-in-motion", "rules") or (word.path[0] == "routes" and word.kind == "item")
    ]
    for problem in unknown_words(found, context.source, laid, vocabulary(laid)):
        yield context.caused_upstream(problem) if problem.kind == "retired-item" else problem


@kind("prefix-missing")
def names_have_the_prefix(context: OverlayContext) -> Iterator[Problem]:
    """The names that a layer gives begin with its prefix.

    So they never clash with names that the shared checklists, or another layer, give later.
    """
    prefix = f"{context.layer.overlay.prefix}-"
    for path in _given_names(context):
        if not path[-1].startswith(prefix):
            at = context.source.spot(path, name=True)
            sentence = M_('"%(name)s" does not begin with "%(prefix)s"', name=path[-1], prefix=prefix)
            rest = path[-1].removeprefix(context.layer.overlay.prefix).lstrip("-") or path[-1]
            yield context.source.problem("prefix-missing", sentence, at, write(f"{prefix}{rest}"))


def _given_names(context: OverlayContext) -> Iterator[tuple[str, ...]]:
    overlay = context.layer.overlay
    yield from (("add", area, word) for area, items in overlay.add.items() for word in items)
    for group in ("references", "rules_in_motion", "areas", "rules", *OWN_WORDS):
        yield from ((group.replace("_", "-"), name) for name in getattr(overlay, group))


@kind("name-in-use")
def names_are_new(context: OverlayContext) -> Iterator[Problem]:
    """A name that a layer gives has never been used before, not even by a retired item.

    Otherwise old answers would count for a new question. Nor do two layers share a prefix.
    """
    overlay, book = context.layer.overlay, context.book
    if same := [
        as_written(layer.title, f"layers/{layer.id} title")
        for layer in book.layers
        if layer.overlay.prefix == overlay.prefix
    ]:
        at = context.source.spot(("prefix",))
        sentence = M_('"%(prefix)s" is the prefix of "%(layer)s"', prefix=overlay.prefix, layer=same[0])
        yield context.source.problem("name-in-use", sentence, at, M_("choose another"))
    taken = {
        "references": book.references,
        "rules-in-motion": book.motions,
        "areas": context.below,
        "rules": book.finding_texts,
        **{group: getattr(book.frame, group) for group in OWN_WORDS},
    }
    for path in _given_names(context):
        area = context.below.get(path[1])
        items = {**area.items, **area.waived, **area.retired} if area else {}
        if path[-1] in (items if path[0] == "add" else taken[path[0]]):
            at = context.source.spot(path, name=True)
            sentence = M_('"%(name)s" is in use', name=path[-1])
            yield context.source.problem("name-in-use", sentence, at, M_("choose another name"))
