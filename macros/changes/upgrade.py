"""What a new edition of the shared checklists asks of a region: items, overlay entries, projects. Pure functions."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from macros.assessment.assess import Assessment, assess
from macros.changes.altered import Altered, altered
from macros.changes.comparison import Effect
from macros.changes.effects import effects_of, missing
from macros.changes.entries import Entry, fields_of, own_layers, to_review
from macros.changes.git import Pages
from macros.changes.project_diff import fits
from macros.fields.markers import item_fields
from macros.language.state import MadeOld
from macros.model.editions import Retirement, Revision, order
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.overlay import Overlay
from macros.model.resolve import without
from macros.model.status_file import Project, ProjectKind
from macros.text.problem import NOTE, Problem

NOTHING = Pages()


@dataclass(frozen=True)
class ProjectUpgrade:
    """What one project on one route has to look at again.

    Attributes:
        levels: Track → level before, level after, level once the new edition is confirmed as it stands.
        again: Answered items whose question has another meaning.
        new: Items not asked before.
        kept: Answers to items that are no longer asked.
        effect: What the new edition does to findings, gates and months; None where nothing moves.
    """

    id: str
    title: str
    route: str
    levels: Mapping[str, tuple[int, int, int]]
    again: tuple[str, ...]
    new: tuple[str, ...]
    kept: Mapping[str, Retirement]
    effect: Effect | None = None

    def __bool__(self) -> bool:
        moved = any(len(set(levels)) > 1 for levels in self.levels.values())
        return bool(self.again or self.new or self.kept or moved or self.effect)


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
        altered: What else of the shared handbook differs.
        renamed: Former path of a page → its present one.
        pages: What else differs in the guides, and in the program.
        left: What `check` says of the region's own files under the new edition.
        translations: The translations that the new edition makes old, by language.
        titles: Full name of an item → its title, in the new edition where it is there.
        findings: Kind of finding → its title, of either edition.
    """

    old: str
    new: str
    added: tuple[str, ...]
    reworded: Mapping[str, tuple[Revision, ...]]
    meaning: Mapping[str, tuple[Revision, ...]]
    retired: Mapping[str, Retirement]
    settings: Mapping[str, Mapping[str, tuple[object, object]]]
    silent: tuple[str, ...]
    lost: tuple[str, ...]
    reused: tuple[str, ...]
    moved: tuple[str, ...]
    altered: tuple[Altered, ...]
    renamed: Mapping[str, str]
    pages: Pages
    entries: tuple[Entry, ...]
    left: tuple[Problem, ...]
    translations: tuple[MadeOld, ...]
    projects: tuple[ProjectUpgrade, ...]
    titles: Mapping[str, str]
    findings: Mapping[str, str]

    @property
    def mistakes(self) -> bool:
        """Whether upstream has broken a promise: names, stages and announced changes."""
        return bool(self.silent or self.lost or self.reused or self.moved)

    @property
    def same_items(self) -> bool:
        """Whether no item has changed."""
        return not (self.added or self.reworded or self.meaning or self.retired or self.settings or self.mistakes)

    @property
    def nothing(self) -> bool:
        """Whether no page of the region differs, but for the name of the edition."""
        return self.same_items and not (self.altered or self.renamed or self.pages or self.projects)


Pairs: TypeAlias = Mapping[str, tuple[Item, Item]]  # item → as it was, as it is

# Fields of an item by what the report says when they change.
QUESTION = item_fields(Item, lambda field: field.upgrade == "question")
SETTINGS = (*item_fields(Item, lambda field: field.upgrade == "setting"), "sources")
PLACE = item_fields(Item, lambda field: field.upgrade == "place")


def upgrade(
    old: Handbook,
    new: Handbook,
    before: Handbook,
    after: Handbook,
    overlay: Overlay | None,
    *,
    day: date,
    pages: Pages = NOTHING,
    said: Iterable[Problem] = (),
    translations: tuple[MadeOld, ...] = (),
) -> Upgrade:
    """Compare two editions for one region.

    Args:
        old, new: The shared handbooks.
        before, after: The same with the region's layers and its projects of today.
        overlay: The region's own layer.
        pages: What differs in the guides and in the program.
        said: What `check` says under the new edition.
        translations: Those that the new edition makes old.
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
        altered=tuple(_altered(old, new, before, after, {*wording, *meaning})),
        renamed={name: page for name, page in new.moved.items() if old.moved.get(name) != page},
        pages=pages,
        entries=tuple(to_review(old, new, own_layers(before, overlay))),
        left=tuple(sorted(it for it in set(said) if it.file.startswith("region/") and _asks(it))),
        translations=translations,
        projects=tuple(_projects(_closed(before), _closed(after), day)),
        titles={name: item.title for name, item in {**before.every_item, **after.every_item}.items()},
        findings={kind: text.title for kind, text in {**before.finding_texts, **after.finding_texts}.items()},
    )


def _asks(problem: Problem) -> bool:
    """Say whether a region should hear of a problem after an upgrade: of hints only that its layer is shipped now."""
    return problem.severity != NOTE or problem.kind == "layer-shipped"


def _altered(
    old: Handbook, new: Handbook, before: Handbook, after: Handbook, revised: Container[str]
) -> Iterator[Altered]:
    """List what is altered, without what the report says of items already."""
    for each in altered(old, new, before.layers, after.layers):
        told = each.kind == "retired" and each.what == "new"
        if not told and not (each.kind == "history" and each.name in revised):
            yield each


def _changed(both: Pairs, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(item for item, pair in both.items() if fields_of(*pair, names))


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


def _settings(was: Item, now: Item, retired: Container[str]) -> dict[str, tuple[object, object]]:
    """Compare them; that an item no longer waits for a retired one is reported with that one."""
    requires = tuple(name for name in was.requires if name not in retired)
    return fields_of(was.model_copy(update={"requires": requires}), now, SETTINGS)


def _closed(book: Handbook) -> Handbook:
    """Leave out requirements that an edition does not have; a layer may be written for another one."""
    known = book.items.keys()
    areas = {}
    for name, area in book.areas.items():
        items = {word: without(item, {*item.requires} - known) for word, item in area.items.items()}
        areas[name] = area.model_copy(update={"items": items})
    return replace(book, areas=areas)


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
        effect=next((it for it in effects_of(project, project, before, after, day) if it.route == route), None),
    )


def _levels(track: str, was: Assessment, now: Assessment) -> tuple[int, int, int]:
    return was.tracks[track].level, now.tracks[track].level, now.tracks[track].renewed_level
