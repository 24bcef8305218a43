"""What a new edition of the shared checklists asks of a region: items, overlay entries, projects. Pure functions."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from macros.assessment.assess import Assessment, assess
from macros.changes.effects import missing
from macros.changes.project_diff import fits
from macros.fields.markers import item_fields
from macros.model.checklist import AppliesTo
from macros.model.editions import Retirement, Revision, order
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.lead_time import Duration, LeadTime
from macros.model.overlay import Change, Overlay, Waiver
from macros.model.resolve import WRITTEN_AGAINST, entries, fingerprint
from macros.model.status_file import Project, ProjectKind


@dataclass(frozen=True)
class Entry:
    """An overlay entry to look at.

    Attributes:
        what: change or waive.
        why: changed (the shared text is another), retired (the item is no longer asked), lost (the item is gone
            without being retired), superfluous (the shared handbook says the same now) or unreviewed (it has no
            fingerprint).
        fields: Field of the shared item → its old and new value, as text, where they differ.
    """

    what: str
    name: str
    title: str
    why: str
    entry: Change | Waiver
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    retirement: Retirement | None = None


@dataclass(frozen=True)
class ProjectUpgrade:
    """What one project on one route has to look at again.

    Attributes:
        levels: Track → level before, level after, level once the new edition is confirmed as it stands.
        again: Answered items whose question has another meaning.
        new: Items not asked before.
        kept: Answers to items that are no longer asked.
    """

    id: str
    title: str
    route: str
    levels: Mapping[str, tuple[int, int, int]]
    again: tuple[str, ...]
    new: tuple[str, ...]
    kept: Mapping[str, Retirement]

    def __bool__(self) -> bool:
        moved = any(len(set(levels)) > 1 for levels in self.levels.values())
        return bool(self.again or self.new or self.kept or moved)


@dataclass(frozen=True)
class Upgrade:
    """Everything a region looks at after an upgrade.

    Attributes:
        reworded, meaning: Item → its revisions since the old edition.
        settings: Item → what else is different and leaves its question as it is: field → old and new value.
        silent: Items whose text changed without a revision that says so.
        lost: Items that vanished without being retired.
        reused: New items under the name of a retired one.
        moved: Items whose track or stage is another.
        titles: Full name of an item → its title, in the new edition where it is there.
    """

    old: str
    new: str
    added: tuple[str, ...]
    reworded: Mapping[str, tuple[Revision, ...]]
    meaning: Mapping[str, tuple[Revision, ...]]
    retired: Mapping[str, Retirement]
    settings: Mapping[str, Mapping[str, tuple[str, str]]]
    silent: tuple[str, ...]
    lost: tuple[str, ...]
    reused: tuple[str, ...]
    moved: tuple[str, ...]
    entries: tuple[Entry, ...]
    projects: tuple[ProjectUpgrade, ...]
    titles: Mapping[str, str]

    @property
    def mistakes(self) -> bool:
        """Whether upstream has broken a promise: names, stages and announced changes."""
        return bool(self.silent or self.lost or self.reused or self.moved)


Pairs: TypeAlias = Mapping[str, tuple[Item, Item]]  # item → as it was, as it is

# Fields of an item by what the report says when they change.
QUESTION = item_fields(Item, lambda field: field.upgrade == "question")
SETTINGS = item_fields(Item, lambda field: field.upgrade == "setting")
PLACE = item_fields(Item, lambda field: field.upgrade == "place")


def upgrade(
    old: Handbook, new: Handbook, before: Handbook, after: Handbook, overlay: Overlay | None, *, day: date
) -> Upgrade:
    """Compare two editions for one region.

    Args:
        old, new: The shared handbooks.
        before, after: The same with the region's layers and its projects of today.
        overlay: The region's own layer.
    """
    was, now = old.items, new.items
    both = {name: (was[name], item) for name, item in now.items() if name in was}
    gone = missing(was, now)
    wording, meaning = (_revised(both, old.frame.edition, meaning=meaning) for meaning in (False, True))
    return Upgrade(
        old=old.frame.edition,
        new=new.frame.edition,
        added=missing(now, was),
        reworded=wording,
        meaning=meaning,
        retired={name: new.retired[name] for name in gone if name in new.retired},
        settings={name: found for name, pair in both.items() if (found := _settings(*pair, new.retired))},
        silent=missing(_changed(both, QUESTION), {**wording, **meaning}),
        lost=missing(gone, new.retired),
        reused=tuple(name for name in now if name in old.retired),
        moved=_changed(both, PLACE),
        entries=tuple(_entries(old, new, overlay)) if overlay else (),
        projects=tuple(_projects(before, after, day)),
        titles={name: item.title for name, item in {**before.every_item, **after.every_item}.items()},
    )


def _changed(both: Pairs, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(item for item, pair in both.items() if _fields(*pair, names))


def _revised(both: Pairs, edition: str, *, meaning: bool) -> dict[str, tuple[Revision, ...]]:
    """List the items that were revised since an edition, in meaning or in wording alone."""
    found = {name: _since(*pair, edition) for name, pair in both.items()}
    return {
        name: revisions
        for name, revisions in found.items()
        if revisions and meaning == any(revision.kind == "meaning" for revision in revisions)
    }


def _since(was: Item, now: Item, edition: str) -> tuple[Revision, ...]:
    """List the revisions of later editions, and those that the same edition has been given since."""
    later = [revision for revision in now.revised if order(revision.edition) >= order(edition)]
    return tuple(it for it in later if order(it.edition) > order(edition) or it not in was.revised)


def _entries(old: Handbook, new: Handbook, overlay: Overlay) -> Iterator[Entry]:
    for what, name, entry in entries(overlay):
        was, now = old.items.get(name), new.items.get(name)
        if why := _why(entry, was, now, name in new.retired):
            yield Entry(
                what=what,
                name=name,
                title=next((item.title for item in (now, was) if item), name),
                why=why,
                entry=entry,
                fields=_fields(was, now) if was and now and why != "superfluous" else {},
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


def _fields(was: Item, now: Item, names: Iterable[str] = WRITTEN_AGAINST) -> dict[str, tuple[str, str]]:
    return {
        name.replace("_", "-"): (as_text(getattr(was, name)), as_text(getattr(now, name)))
        for name in names
        if getattr(was, name) != getattr(now, name)
    }


def _settings(was: Item, now: Item, retired: Container[str]) -> dict[str, tuple[str, str]]:
    """Compare them; that an item no longer waits for a retired one is reported with that one."""
    requires = tuple(name for name in was.requires if name not in retired)
    return _fields(was.model_copy(update={"requires": requires}), now, SETTINGS)


def as_text(value: object) -> str:
    """Write a field's value for people to compare."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    if isinstance(value, Duration):
        note = f"; {value.note}" if value.note else ""
        usual = f"{value.months} months ({value.range[0]} to {value.range[1]}), {value.basis}{note}"
        differing = value.by_modality if isinstance(value, LeadTime) else {}
        return "; ".join([usual, *(f"{name}: {as_text(duration)}" for name, duration in differing.items())])
    if isinstance(value, AppliesTo):
        parts = (value.modalities, [value.route or ""], value.donor, value.delivery)
        return "; ".join(filter(None, map(" or ".join, parts))) or "all"
    return {"True": "yes", "False": "no"}.get(str(value), str(value))


def _projects(before: Handbook, after: Handbook, day: date) -> Iterator[ProjectUpgrade]:
    for project in after.projects.values():
        if project.kind is not ProjectKind.RETROSPECTIVE and fits(project, before) and fits(project, after):
            upgrades = (_project(project, route, before, after, day) for route in project.route)
            yield from filter(None, upgrades)


def _project(project: Project, route: str, before: Handbook, after: Handbook, day: date) -> ProjectUpgrade:
    was, now = (assess(project, book, route, day=day) for book in (before, after))
    return ProjectUpgrade(
        id=project.id,
        title=project.title,
        route=route,
        levels={track: _levels(track, was, now) for track in now.tracks},
        again=tuple(name for name, state in now.states.items() if state.renewed),
        new=tuple(item.name for item in now.new),
        kept={name: after.retired[name] for name in project.answers if name in after.retired},
    )


def _levels(track: str, was: Assessment, now: Assessment) -> tuple[int, int, int]:
    return was.tracks[track].level, now.tracks[track].level, now.tracks[track].renewed_level
