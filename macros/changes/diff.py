"""What a change means, in the field's words: two handbooks, before and after. Pure functions.

Effects of two kinds are kept apart. *The project changed* compares both versions of a status file
under the checklists before; *the rules changed* compares the new status file under both checklists.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from macros.changes.comparison import Comparison, Effect, RuleChange
from macros.changes.effects import differing, effects_of, missing
from macros.changes.project_diff import fits, project_changes
from macros.engine.portfolio import shown
from macros.fields.markers import item_fields
from macros.fields.publish import strictest
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.region import Facility
from macros.model.resolve import without


def compare(before: Handbook, after: Handbook, *, day: date) -> Comparison:
    """Say what a change means; the same handbook twice gives nothing."""
    return Comparison(
        projects=tuple(project_changes(before, after, day)),
        rules=_rules(before, after, day),
        titles={kind: text.title for kind, text in {**before.finding_texts, **after.finding_texts}.items()},
    )


MEANING = item_fields(Item, lambda field: field.moves_results)


def _rules(before: Handbook, after: Handbook, day: date) -> RuleChange:
    old, new = before.items, after.items
    both = {name: (old[name], new[name]) for name in new if name in old}
    waived, waived_before = _waived(after), _waived(before)
    given_up = missing(waived, waived_before)
    released = tuple(name for name, (was, now) in both.items() if _required(was, given_up) - _required(now, given_up))
    both |= {name: (without(both[name][0], given_up), both[name][1]) for name in released}
    meaning = {name: fields for name, pair in both.items() if (fields := _fields(*pair))}
    added = missing(missing(new, old), waived_before)
    gone = missing(missing(old, new), waived)
    change = RuleChange(
        added=added,
        retired={name: after.retired[name].moves for name in gone if name in after.retired},
        removed=missing(gone, after.retired),
        meaning=meaning,
        wording=missing((name for name, (was, now) in both.items() if dict(was) != dict(now)), meaning),
        own_gates=tuple(name for name in added if new[name].gate and not new[name].shared_gate),
        waived={name: waived[name] for name in given_up},
        released=released,
        used_again=missing(waived_before, waived),
        facilities=differing(_facilities(before, after)),
        publish=_published(before, after),
        rules=tuple(_other_rules(before, after)),
    )
    return replace(change, moved=_moved(before, after, day)) if change else change


def _waived(book: Handbook) -> dict[str, str]:
    """Give the items that a layer does not use, each with the reason."""
    areas = book.areas.values()
    return {f"{area.name}/{word}": gone.waiver.because or "" for area in areas for word, gone in area.waived.items()}


def _facilities(before: Handbook, after: Handbook) -> dict[str, tuple[str, str]]:
    """Say of each facility of the region what it is and which items it meets, before and after."""
    places = [book.region.facilities if book.region else {} for book in (before, after)]
    named = {name: place.title for one in places for name, place in one.items()}
    return {title: (_facility(places[0].get(name)), _facility(places[1].get(name))) for name, title in named.items()}


def _published(before: Handbook, after: Handbook) -> tuple[str, ...]:
    """Say how much the region publishes of its projects, before and after; nothing where that is the same."""
    was, now = (strictest(book.region.publish if book.region else None) for book in (before, after))
    return () if was == now else (str(was), str(now))


def _facility(place: Facility | None) -> str:
    return " ".join([place.status, *place.provides]) if place else ""


def _required(item: Item, names: Collection[str]) -> set[str]:
    return {name for name in item.requires if name in names}


def _fields(old: Item, new: Item) -> tuple[str, ...]:
    return tuple(name for name in MEANING if getattr(old, name) != getattr(new, name))


def _other_rules(before: Handbook, after: Handbook) -> Iterator[str]:
    """Name what changed in the checklists beside items and sources."""
    thresholds = before.frame.thresholds == after.frame.thresholds
    same = {
        "thresholds": thresholds,
        "named rules": dict(before.rules) == dict(after.rules),
        "events": dict(before.events) == dict(after.events),
        "rules in motion": dict(before.motions) == dict(after.motions),
        "the frame": before.frame == after.frame or not thresholds,
    }
    return (name for name, is_same in same.items() if not is_same)


def _moved(before: Handbook, after: Handbook, day: date) -> dict[str, tuple[Effect, ...]]:
    """Find the projects whose result the rules alone move."""
    fitting = [project for project in shown(after) if fits(project, before)]
    effects = {project.id: effects_of(project, project, before, after, day) for project in fitting}
    return {name: found for name, found in effects.items() if found}
