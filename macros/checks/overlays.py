"""Rules that a layer keeps with what it is laid over: one small generator each, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from macros.checks.layer_words import names_are_new, names_have_the_prefix, words_of_a_layer_are_known
from macros.checks.words import ALL_ITEMS, retired
from macros.model.items import SHARED, ResolvedQuestion
from macros.model.overlay import Overlay
from macros.model.resolve import OverlayContext, entries
from macros.text.messages import M_, Said, as_written
from macros.text.problem import NOTE, WARNING, Problem, kind, nearest, write
from macros.text.source import Path


def entries_are_items(context: OverlayContext) -> Iterator[Problem]:
    """A layer changes and waives items that the checklists have, under their full names.

    Once an item is retired, the entry has no effect; move it to the item that asks now, or delete it.
    """
    for what, name, _ in entries(context.layer.overlay):
        at = context.source.spot((what, name), name=True)
        if gone := context.book.retired.get(name):
            problem = replace(retired(context.source, name, gone, at), fix=M_("move or delete it"))
            yield replace(problem, severity=WARNING)
        elif waived := context.waived(name):
            sentence = M_('"%(layer)s" does not use "%(name)s"', layer=_layer(context, waived.layer), name=name)
            yield context.caused_upstream(context.source.problem("changed-twice", sentence, at, M_("delete the entry")))
        elif context.question(name) is None:
            known = [f"{area.name}/{word}" for area in context.below.values() for word in area.items]
            sentence, fix = _not_an_item(name, what), write(nearest(name, known))
            yield context.source.problem("unknown-item", sentence, at, fix, () if fix else (ALL_ITEMS,))


def _layer(context: OverlayContext, layer: str) -> Said:
    """Give the title of a layer."""
    return as_written(context.title(layer), f"layers/{layer} title")


def _not_an_item(name: str, what: str) -> Said:
    if what == "change":
        return M_('"%(name)s" is not an item to change', name=name)
    return M_('"%(name)s" is not an item to waive', name=name)


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
        sentence = M_('"%(name)s" has no reason', name=path[-1])
        yield context.source.problem("no-reason", sentence, at, M_("add because: and one sentence"))


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
            sentence = M_('"%(name)s" is changed and waived', name=name)
            yield context.source.problem("changed-twice", sentence, at, M_("delete one of the two"))
        for field in change.replaced:
            below = question.origin(field) if isinstance(question, ResolvedQuestion) else SHARED
            word = field.replace("_", "-")
            if below != SHARED and word not in change.overrides:
                at = context.source.spot(("change", name, word), name=True)
                values = {"layer": _layer(context, below), "field": word, "name": name}
                sentence = M_('"%(layer)s" has changed %(field)s of "%(name)s" already', **values)
                fix = M_('add "overrides: [%(field)s]"', field=word)
                problem = context.source.problem("changed-twice", sentence, at, fix)
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
            sentence = M_('"%(name)s" is required by %(items)s', name=name, items=", ".join(missing))
            fix = M_('add "releases: [%(items)s]", or waive these too', items=", ".join(needs))
            yield context.caused_upstream(context.source.problem("waived-but-required", sentence, at, fix))


def requirements_are_asked(context: OverlayContext) -> Iterator[Problem]:
    """What a layer lets an item require is asked here."""
    overlay = context.layer.overlay
    for item, path, name in _requirements(overlay):
        at, waiver = context.source.spot(path), overlay.waive.get(name)
        if gone := context.book.retired.get(name):
            yield context.caused_upstream(retired(context.source, name, gone, at))
        elif context.waived(name) or (waiver and item not in waiver.releases):
            sentence = M_('"%(name)s" is not used here', name=name)
            fix = M_("take it out of %(field)s", field=path[-2])
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
        sentence = M_('"%(name)s" is not an item of the checklists', name=name)
        at = context.source.spot(path)
        yield context.source.problem("unknown-item", sentence, at, fix, () if fix else (ALL_ITEMS,))


@kind("not-reviewed")
def entries_were_reviewed(context: OverlayContext) -> Iterator[Problem]:
    """A change or waiver records the shared text that it was written against.

    `python -m macros adapt` writes that down. When the shared text changes, look at both, then run it again.
    """
    for what, name, entry, _ in context.unreviewed():
        at = context.source.spot((what, name), name=True)
        where = f" --layer {context.source.file}" * (context.layer.id != "region")
        command = f"python -m macros adapt {name}{where}"
        if entry.against:
            sentence = M_('the shared text of "%(name)s" has changed', name=name)
            fix = M_("compare the two, then run: %(command)s", command=command)
        else:
            sentence = M_("nobody has reviewed this entry")
            fix = M_("see that it fits the shared text, then run: %(command)s", command=command)
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
