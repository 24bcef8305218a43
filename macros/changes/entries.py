"""Entries of a region's layer that an upgrade of the shared checklists touches. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from macros.load.layers import LAYERS, OVERLAY
from macros.model.editions import Retirement
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.overlay import Change, Overlay, Waiver
from macros.model.resolve import WRITTEN_AGAINST, entries, fingerprint


@dataclass(frozen=True)
class Entry:
    """An entry of a layer to look at.

    Attributes:
        file: The layer it is in.
        what: change or waive.
        why: changed (the shared text is another), retired (the item is no longer asked), lost (the item is gone
            without being retired), superfluous (the shared handbook says the same now) or unreviewed (it has no
            fingerprint).
        fields: Field of the shared item → its old and new value, where they differ.
    """

    file: str
    what: str
    name: str
    title: str
    why: str
    entry: Change | Waiver
    fields: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    retirement: Retirement | None = None


def own_layers(handbook: Handbook, overlay: Overlay | None) -> dict[str, Overlay]:
    """Give the layers that a region writes itself, by file.

    Args:
        overlay: The region's own layer with all that it says, also what the handbook could not use.
    """
    layers = {layer.file: layer.overlay for layer in handbook.layers if layer.file.startswith(f"{LAYERS}/")}
    return {**layers, OVERLAY: overlay} if overlay else layers


def to_review(old: Handbook, new: Handbook, layers: Mapping[str, Overlay]) -> Iterator[Entry]:
    """Find the entries of layers, given by file, that somebody has to look at after an upgrade."""
    for file, what, name, entry in ((file, *each) for file, layer in layers.items() for each in entries(layer)):
        was, now = old.items.get(name), new.items.get(name)
        if why := _why(entry, was, now, name in new.retired):
            yield Entry(
                file=file,
                what=what,
                name=name,
                title=next((item.title for item in (now, was) if item), name),
                why=why,
                entry=entry,
                fields=fields_of(was, now) if was and now and why != "superfluous" else {},
                retirement=new.retired[name] if why == "retired" else None,
            )


def _why(entry: Change | Waiver, was: Item | None, now: Item | None, retired: bool) -> str:
    """Return why an entry is to be looked at, as `Entry.why`; empty where it still fits, or never did."""
    if now is None:
        unexplained = "lost" if was else ""
        return "retired" if retired else unexplained
    if isinstance(entry, Change) and _superfluous(entry, now):
        return "superfluous"
    if entry.against == fingerprint(now):
        return ""
    return "changed" if entry.against else "unreviewed"


def _superfluous(change: Change, now: Item) -> bool:
    """Check whether a change repeats what the shared handbook says now."""
    added = change.done_when_also or change.note or set(change.sources) - set(now.sources)
    added = added or set(change.requires_also) - set(now.requires)
    same = all(getattr(change, name) == getattr(now, name) for name in change.replaced)
    return same and not added and not change.overrides


def fields_of(was: Item, now: Item, names: Iterable[str] = WRITTEN_AGAINST) -> dict[str, tuple[object, object]]:
    """Compare some fields of an item: field → old and new."""
    return {
        name.replace("_", "-"): (getattr(was, name), getattr(now, name))
        for name in names
        if getattr(was, name) != getattr(now, name)
    }
