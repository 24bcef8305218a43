"""Rules that a layer keeps with what it is laid over: one small generator each, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from macros.checks.checklists import ALL_ITEMS, unknown
from macros.checks.overlay_words import own_items_wait_for_what_is_asked, words_of_changes_are_known
from macros.model.items import SHARED, Asked
from macros.model.resolve import Laid, entries
from macros.text.problem import HINT, SLIP, Problem, kind, nearest, write


def edition_is_known(laid: Laid) -> Iterator[Problem]:
    """A layer names the shared edition that it was last reviewed against.

    It is one of the editions that the checklists have had.
    """
    if laid.layer.overlay.edition not in laid.book.editions:
        known = laid.book.editions
        yield unknown(laid.source, ("edition",), laid.layer.overlay.edition, "edition", known)


def entries_are_items(laid: Laid) -> Iterator[Problem]:
    """A layer changes and waives items that the checklists have, under their full names.

    Once an item is retired, the entry has no effect; move it to the item that asks now, or delete it.
    """
    for what, name, _ in entries(laid.layer.overlay):
        at = laid.source.spot((what, name), name=True)
        if gone := laid.book.retired.get(name):
            notes = (gone.moves,)
            problem = laid.source.problem(
                "retired-item", f'"{name}" is no longer asked', at, "move or delete it", notes
            )
            yield replace(problem, severity=SLIP)
        elif waived := laid.waived(name):
            title = laid.title(waived.layer)
            sentence = f'"{title}" does not use "{name}"'
            yield laid.of_upstream(laid.source.problem("changed-twice", sentence, at, "delete the entry"))
        elif laid.question(name) is None:
            known = [f"{area.name}/{word}" for area in laid.below.values() for word in area.items]
            sentence, fix = f'"{name}" is not an item to {what}', write(nearest(name, known))
            yield laid.source.problem("unknown-item", sentence, at, fix, () if fix else (ALL_ITEMS,))
    for area in laid.layer.overlay.add:
        if area not in laid.below:
            yield unknown(laid.source, ("add", area), area, "area", laid.below, name=True)


@kind("no-reason")
def reasons_are_given(laid: Laid) -> Iterator[Problem]:
    """Whoever adds, changes or waives an item says why.

    The reason stands on the site, so that readers and other regions understand what differs.
    """
    overlay = laid.layer.overlay
    paths: list[tuple[str, ...]] = [(what, name) for what, name, entry in entries(overlay) if not entry.because]
    paths += [
        ("add", area, word) for area, items in overlay.add.items() for word, it in items.items() if not it.because
    ]
    for path in paths:
        at = laid.source.spot(path, name=True)
        yield laid.source.problem("no-reason", f'"{path[-1]}" has no reason', at, "add because: and one sentence")


@kind("prefix-missing")
def names_have_the_prefix(laid: Laid) -> Iterator[Problem]:
    """The names that a layer gives begin with its prefix.

    So they never clash with names that the shared checklists, or another layer, give later.
    """
    prefix = f"{laid.layer.overlay.prefix}-"
    for path in _given_names(laid):
        if not path[-1].startswith(prefix):
            at = laid.source.spot(path, name=True)
            sentence = f'"{path[-1]}" does not begin with "{prefix}"'
            rest = path[-1].removeprefix(laid.layer.overlay.prefix).lstrip("-") or path[-1]
            yield laid.source.problem("prefix-missing", sentence, at, write(f"{prefix}{rest}"))


def _given_names(laid: Laid) -> Iterator[tuple[str, ...]]:
    overlay = laid.layer.overlay
    yield from (("add", area, word) for area, items in overlay.add.items() for word in items)
    yield from (("references", name) for name in overlay.references)
    yield from (("rules-in-motion", name) for name in overlay.rules_in_motion)


@kind("name-in-use")
def names_are_new(laid: Laid) -> Iterator[Problem]:
    """A name that a layer gives has never been used before, not even by a retired item.

    Otherwise old answers would count for a new question. Nor do two layers share a prefix.
    """
    overlay = laid.layer.overlay
    if same := [layer.title for layer in laid.book.layers if layer.overlay.prefix == overlay.prefix]:
        at = laid.source.spot(("prefix",))
        yield laid.source.problem(
            "name-in-use", f'"{overlay.prefix}" is the prefix of "{same[0]}"', at, "choose another"
        )
    for path in _given_names(laid):
        area = laid.below.get(path[1])
        taken = {
            "add": area is not None and path[-1] in {**area.items, **area.waived, **area.retired},
            "references": path[-1] in laid.book.references,
            "rules-in-motion": path[-1] in laid.book.motions,
        }
        if taken[path[0]]:
            at = laid.source.spot(path, name=True)
            yield laid.source.problem("name-in-use", f'"{path[-1]}" is in use', at, "choose another name")


@kind("changed-twice")
def one_change_of_a_field(laid: Laid) -> Iterator[Problem]:
    """A field has one value: where the layer below has changed it, the next layer says that it does so on purpose.

    Write `overrides: [owner]`. An item is changed or waived by one layer, not both.
    """
    overlay = laid.layer.overlay
    for name, change in overlay.change.items():
        question = laid.question(name)
        if name in overlay.waive:
            at = laid.source.spot(("change", name), name=True)
            yield laid.source.problem("changed-twice", f'"{name}" is changed and waived', at, "delete one of the two")
        for field in change.replaced:
            below = question.origin(field) if isinstance(question, Asked) else SHARED
            word = field.replace("_", "-")
            if below != SHARED and word not in change.overrides:
                at = laid.source.spot(("change", name, word), name=True)
                sentence = f'"{laid.title(below)}" has changed {word} of "{name}" already'
                problem = laid.source.problem("changed-twice", sentence, at, f'add "overrides: [{word}]"')
                yield laid.of_upstream(problem)


@kind("waived-but-required")
def waived_items_are_released(laid: Laid) -> Iterator[Problem]:
    """An item that others require is waived only if the waiver names them.

    Write `releases: [area/item]`: these items no longer wait for it, and that is shown on the site.
    """
    overlay = laid.layer.overlay
    for name, waiver in overlay.waive.items():
        needs = [
            other
            for area in laid.below.values()
            for word, question in area.items.items()
            if name in question.requires and (other := f"{area.name}/{word}") not in overlay.waive
        ]
        if missing := [other for other in needs if other not in waiver.releases]:
            at = laid.source.spot(("waive", name), name=True)
            sentence = f'"{name}" is required by {", ".join(missing)}'
            fix = f'add "releases: [{", ".join(needs)}]", or waive these too'
            yield laid.of_upstream(laid.source.problem("waived-but-required", sentence, at, fix))


@kind("not-reviewed")
def entries_were_reviewed(laid: Laid) -> Iterator[Problem]:
    """A change or waiver remembers the shared text that it was written against.

    `python -m macros adapt` writes that down. When the shared text changes, look at both, then run it again.
    """
    for what, name, entry, _ in laid.unreviewed():
        at = laid.source.spot((what, name), name=True)
        sentence = f'the shared text of "{name}" has changed' if entry.against else "nobody has reviewed this entry"
        first = "compare the two" if entry.against else "see that it fits the shared text"
        where = f" --layer {laid.source.file}" * (laid.layer.id != "region")
        fix = f"{first}, then run: python -m macros adapt {name}{where}"
        yield replace(laid.source.problem("not-reviewed", sentence, at, fix), severity=HINT)


OVERLAY_CHECKS: list[Callable[[Laid], Iterator[Problem]]] = [
    edition_is_known,
    entries_are_items,
    reasons_are_given,
    names_have_the_prefix,
    names_are_new,
    one_change_of_a_field,
    waived_items_are_released,
    words_of_changes_are_known,
    own_items_wait_for_what_is_asked,
    entries_were_reviewed,
]
