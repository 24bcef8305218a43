"""Rules that a layer keeps with what it is laid over: one small generator each, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from macros.checks.layer_words import names_are_new, names_have_the_prefix, words_of_a_layer_are_known
from macros.checks.words import ALL_ITEMS, retired
from macros.model.items import SHARED, ResolvedQuestion
from macros.model.overlay import Overlay
from macros.model.resolve import OverlayContext, entries
from macros.text.problem import NOTE, WARNING, Problem, kind, nearest, write
from macros.text.source import Path


def entries_are_items(context: OverlayContext) -> Iterator[Problem]:
    """A layer changes and waives items that the checklists have, under their full names.

    Once an item is retired, the entry has no effect; move it to the item that asks now, or delete it.
    """
    for what, name, _ in entries(context.layer.overlay):
        at = context.source.spot((what, name), name=True)
        if gone := context.book.retired.get(name):
            notes = (gone.moves,)
            problem = context.source.problem(
                "retired-item", f'"{name}" is no longer asked', at, "move or delete it", notes
            )
            yield replace(problem, severity=WARNING)
        elif waived := context.waived(name):
            title = context.title(waived.layer)
            sentence = f'"{title}" does not use "{name}"'
            yield context.caused_upstream(context.source.problem("changed-twice", sentence, at, "delete the entry"))
        elif context.question(name) is None:
            known = [f"{area.name}/{word}" for area in context.below.values() for word in area.items]
            sentence, fix = f'"{name}" is not an item to {what}', write(nearest(name, known))
            yield context.source.problem("unknown-item", sentence, at, fix, () if fix else (ALL_ITEMS,))


@kind("no-reason")
def reasons_are_given(context: OverlayContext) -> Iterator[Problem]:
    """Whoever adds, changes or waives an item says why.

    The reason is shown on the site, so that readers and other regions understand what differs.
    """
    overlay = context.layer.overlay
    paths: list[tuple[str, ...]] = [(what, name) for what, name, entry in entries(overlay) if not entry.because]
    paths += [
        ("add", area, word) for area, items in overlay.add.items() for word, it in items.items() if not it.because
    ]
    for path in paths:
        at = context.source.spot(path, name=True)
        yield context.source.problem("no-reason", f'"{path[-1]}" has no reason', at, "add because: and one sentence")


@kind("changed-twice")
def one_change_of_a_field(context: OverlayContext) -> Iterator[Problem]:
    """A field has one value: where the layer below has changed it, the next layer says that it does so on purpose.

    Write `overrides: [owner]`. An item is changed or waived by one layer, not both.
    """
    overlay = context.layer.overlay
    for name, change in overlay.change.items():
        question = context.question(name)
        if name in overlay.waive:
            at = context.source.spot(("change", name), name=True)
            yield context.source.problem(
                "changed-twice", f'"{name}" is changed and waived', at, "delete one of the two"
            )
        for field in change.replaced:
            below = question.origin(field) if isinstance(question, ResolvedQuestion) else SHARED
            word = field.replace("_", "-")
            if below != SHARED and word not in change.overrides:
                at = context.source.spot(("change", name, word), name=True)
                sentence = f'"{context.title(below)}" has changed {word} of "{name}" already'
                problem = context.source.problem("changed-twice", sentence, at, f'add "overrides: [{word}]"')
                yield context.caused_upstream(problem)


@kind("waived-but-required")
def waived_items_are_released(context: OverlayContext) -> Iterator[Problem]:
    """An item that others require is waived only if the waiver names them.

    Write `releases: [area/item]`: these items no longer wait for it, and that is shown on the site.
    """
    overlay = context.layer.overlay
    for name, waiver in overlay.waive.items():
        needs = [
            other
            for area in context.below.values()
            for word, question in area.items.items()
            if name in question.requires and (other := f"{area.name}/{word}") not in overlay.waive
        ]
        if missing := [other for other in needs if other not in waiver.releases]:
            at = context.source.spot(("waive", name), name=True)
            sentence = f'"{name}" is required by {", ".join(missing)}'
            fix = f'add "releases: [{", ".join(needs)}]", or waive these too'
            yield context.caused_upstream(context.source.problem("waived-but-required", sentence, at, fix))


def requirements_are_asked(context: OverlayContext) -> Iterator[Problem]:
    """What a layer lets an item require is asked here."""
    overlay = context.layer.overlay
    for item, path, name in _requirements(overlay):
        at, waiver = context.source.spot(path), overlay.waive.get(name)
        if gone := context.book.retired.get(name):
            yield context.caused_upstream(retired(context.source, name, gone, at))
        elif context.waived(name) or (waiver and item not in waiver.releases):
            sentence, fix = f'"{name}" is not used here', f"take it out of {path[-2]}"
            problem = context.source.problem("waived-but-required", sentence, at, fix)
            yield context.caused_upstream(problem)
        elif path[0] == "change" and not waiver:  # of an added item this is found once the layer is applied
            yield from _unknown_requirement(context, path, name)


def _requirements(overlay: Overlay) -> Iterator[tuple[str, Path, str]]:
    """Yield what a layer lets items require: item, place in the file, required item."""
    for area, items in overlay.add.items():
        for word, local in items.items():
            for number, name in enumerate(local.requires):
                yield f"{area}/{word}", ("add", area, word, "requires", number), name
    for item, change in overlay.change.items():
        for number, name in enumerate(change.requires_also):
            yield item, ("change", item, "requires-also", number), name


def _unknown_requirement(context: OverlayContext, path: Path, name: str) -> Iterator[Problem]:
    """Report a requirement that neither the checklists nor this layer have."""
    own = [f"{area}/{word}" for area, items in context.layer.overlay.add.items() for word in items]
    known = [*own, *(f"{area.name}/{word}" for area in context.below.values() for word in area.items)]
    if name not in known:
        fix = write(nearest(name, known))
        sentence = f'"{name}" is not an item of the checklists'
        at = context.source.spot(path)
        yield context.source.problem("unknown-item", sentence, at, fix, () if fix else (ALL_ITEMS,))


@kind("not-reviewed")
def entries_were_reviewed(context: OverlayContext) -> Iterator[Problem]:
    """A change or waiver records the shared text that it was written against.

    `python -m macros adapt` writes that down. When the shared text changes, look at both, then run it again.
    """
    for what, name, entry, _ in context.unreviewed():
        at = context.source.spot((what, name), name=True)
        sentence = f'the shared text of "{name}" has changed' if entry.against else "nobody has reviewed this entry"
        first = "compare the two" if entry.against else "see that it fits the shared text"
        where = f" --layer {context.source.file}" * (context.layer.id != "region")
        fix = f"{first}, then run: python -m macros adapt {name}{where}"
        yield replace(context.source.problem("not-reviewed", sentence, at, fix), severity=NOTE)


OVERLAY_CHECKS: list[Callable[[OverlayContext], Iterator[Problem]]] = [
    words_of_a_layer_are_known,
    entries_are_items,
    reasons_are_given,
    names_have_the_prefix,
    names_are_new,
    one_change_of_a_field,
    waived_items_are_released,
    requirements_are_asked,
    entries_were_reviewed,
]
