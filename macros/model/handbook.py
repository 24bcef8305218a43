"""The handbook: everything that was read, and what follows from it alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from typing import get_args

from macros.model.checklist import AppliesTo, Frame, Question
from macros.model.editions import Retirement, order
from macros.model.items import SHARED, Area, Item, Layer, Waived
from macros.model.region import RegionFile
from macros.model.rules import BottleneckRule, EventRule, FindingText, Motion, Reference, Search
from macros.model.status_file import Answer, Project, StatusFile
from macros.model.statuses import Status
from macros.text.messages import ENGLISH, Kind, Language, Name


@dataclass(frozen=True)
class Handbook:
    """Everything that was read, checked across files.

    `layers` are laid over `areas` already, the country's before the region's; `region` is None in the shared
    handbook. The texts are in `language`; `languages` are those that there are catalogues for.
    """

    frame: Frame
    areas: Mapping[str, Area]
    references: Mapping[str, Reference]
    rules: Mapping[str, BottleneckRule]
    events: Mapping[str, EventRule]
    motions: Mapping[str, Motion]
    projects: Mapping[str, Project]
    layers: tuple[Layer, ...] = ()
    region: RegionFile | None = None
    searches: Mapping[str, Search] = field(default_factory=dict)
    keywords: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    language: Language = ENGLISH
    languages: tuple[str, ...] = ("en",)

    @cached_property
    def items(self) -> dict[str, Item]:
        """All items asked here by full name, in the order of tracks, areas and files."""
        return {
            f"{area.name}/{word}": _placed(question, word, area)
            for area in self.areas.values()
            for word, question in area.items.items()
        }

    @cached_property
    def waived(self) -> dict[str, Waived]:
        """The items that are not used here, by full name."""
        return {f"{area.name}/{word}": waived for area in self.areas.values() for word, waived in area.waived.items()}

    @cached_property
    def every_item(self) -> dict[str, Item]:
        """All items with a place on the pages: those asked, and those not used here."""
        gone = {
            f"{area.name}/{word}": _placed(waived.question, word, area)
            for area in self.areas.values()
            for word, waived in area.waived.items()
        }
        return {**self.items, **gone}

    @cached_property
    def inherited(self) -> dict[str, Answer]:
        """What the region provides for all its projects: full name of an item → the answer that follows."""
        places = self.region.facilities.values() if self.region else ()
        return {
            name: Answer(status=Status.MET, since=place.since, evidence=place.evidence, note=place.title)
            for place in places
            if place.status == "in-place"
            for name in place.provides
        }

    @cached_property
    def editions(self) -> tuple[str, ...]:
        """All editions there have been, the oldest first."""
        return (*self.frame.editions, self.frame.edition)

    @cached_property
    def has_local_gates(self) -> bool:
        """Whether anything is a gate only here, so that the region has a level of its own."""
        return any(item.gate and not item.shared_gate for item in self.items.values())

    def origin(self, group: str, name: str) -> str:
        """Tell the layer that a word of the frame, an area or a named rule comes from; `SHARED` for shared ones.

        Args:
            group: `routes`, `areas` or another group of a layer.
        """
        return next((layer.id for layer in self.layers if name in getattr(layer.overlay, group)), SHARED)

    def comparable(self, project: StatusFile, route: str) -> bool:
        """Say whether levels can be compared with those elsewhere: not on a route or for a product of a layer's own."""
        return not (self.origin("modalities", project.modality) or self.origin("routes", route))

    def area_file(self, name: str) -> str:
        """Name the file that holds an area: its own, or that of the layer that added it."""
        area = self.areas[name]
        own = (layer.file for layer in self.layers if layer.id == area.layer)
        return next(own, f"checklists/{area.track}/{name}.yml")

    def layer_title(self, layer: str) -> str:
        """Tell what a layer is called on pages."""
        return next(entry.title for entry in self.layers if entry.id == layer)

    @cached_property
    def needed_by(self) -> dict[str, tuple[str, ...]]:
        """Full name → the items that require it."""
        back: dict[str, list[str]] = {name: [] for name in self.items}
        for name, item in self.items.items():
            for required in item.requires:
                back[required].append(name)
        return {name: tuple(names) for name, names in back.items()}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All full names, what is required before what requires it."""
        return tuple(TopologicalSorter({name: item.requires for name, item in self.items.items()}).static_order())

    @cached_property
    def finding_texts(self) -> dict[str, FindingText]:
        """Kind of finding → its words: general kinds, named rules and events."""
        general = self.frame.findings
        named = {name.replace("_", "-"): getattr(general, name) for name in type(general).model_fields}
        return {**named, **self.rules, **self.events}

    @cached_property
    def retired(self) -> dict[str, Retirement]:
        """Full names that are no longer asked → where the answer moves."""
        return {f"{area.name}/{word}": gone for area in self.areas.values() for word, gone in area.retired.items()}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Full names that are no longer asked → the item that asks the same question now."""
        return {name: gone.to for name, gone in self.retired.items() if gone.same_question and gone.to}

    def answers_of(self, project: Project) -> Mapping[str, Answer]:
        """Give a project's own answers by the names of today; an answer under the new name wins."""
        given = project.answers
        if self.renamed.keys().isdisjoint(given):
            return given
        return {self.renamed[name]: answer for name, answer in given.items() if name in self.renamed} | given

    def asked_by(self, item: Item, edition: str) -> bool:
        """Say whether an edition asked an item, under this name or under an earlier one."""
        return not item.since or order(item.since) <= order(edition) or item.name in self.renamed.values()

    def asked_of(self, project: StatusFile, route: str) -> tuple[Item, ...]:
        """List the items that apply to a project on one of its routes."""
        return self.asked(project.modality, project.donor, route, self.delivery_of(project))

    def possible_donors(self, modality: str) -> list[str]:
        """Name who may give the cells; nobody where the modality settles it."""
        settled = self.frame.modalities[modality].donor
        return [] if settled else [donor for donor in self.frame.donors if donor != "none"]

    def delivery_of(self, project: StatusFile) -> str | None:
        """Say how genes are changed: as answered, else in the usual way of the modality; None where that says none."""
        return project.delivery or next(iter(self.frame.modalities[project.modality].delivery), None)

    def asked(self, modality: str, donor: str | None, route: str, delivery: str | None = None) -> tuple[Item, ...]:
        """List the items asked of one kind of product on one route, with its lead times; kept, as projects share it.

        Args:
            donor: Who gives the cells; the modality decides where it settles that.
            delivery: How genes are changed; None for the usual way of the modality.
        """
        donor = self.frame.modalities[modality].donor or donor
        delivery = delivery or next(iter(self.frame.modalities[modality].delivery), None)
        key = (modality, donor, route, delivery)
        if key not in self._asked:
            self._asked[key] = tuple(
                _timed(item, modality)
                for item in self.items.values()
                if applies(item.applies_to, modality, donor, route, delivery)
            )
        return self._asked[key]

    def waived_gates(self, project: StatusFile, route: str) -> tuple[str, ...]:
        """List the shared gates that a project would have on a route and that are not used here."""
        donor = self.frame.modalities[project.modality].donor or project.donor
        product = (project.modality, donor, route, self.delivery_of(project))
        gates = ((name, self.every_item[name]) for name in self.waived)
        return tuple(name for name, item in gates if item.shared_gate and applies(item.applies_to, *product))

    @cached_property
    def _asked(self) -> dict[tuple[str, str | None, str, str | None], tuple[Item, ...]]:
        return {}


def _placed(question: Question, word: str, area: Area) -> Item:
    """Give a question its place."""
    values = dict(question)
    shared = values.get("shared") or question
    return Item.model_construct(
        **values,
        name=f"{area.name}/{word}",
        area=area.name,
        track=area.track,
        shared_gate=not values.get("layer") and shared.gate,
    )


def _timed(item: Item, modality: str) -> Item:
    """Give an item the lead time that it has for a kind of product."""
    if item.lead_time is None or not item.lead_time.by_modality:
        return item
    return item.model_copy(update={"lead_time": item.lead_time.of(modality)})


def applies(to: AppliesTo, modality: str, donor: str | None, route: str, delivery: str | None) -> bool:
    """Say whether an item is asked of a product; a donor or a delivery that nobody knows leaves it asked."""
    return (
        (not to.modalities or modality in to.modalities)
        and (not to.route or to.route == route)
        and (not to.donor or donor is None or donor in to.donor)
        and (not to.delivery or delivery is None or delivery in to.delivery)
    )


TITLES: dict[Kind, Callable[[Handbook, str], str]] = {
    "track": lambda book, word: book.language.inside(book.frame.tracks[word].title),
    "holder": lambda book, word: (book.frame.roles if word in book.frame.roles else book.frame.partners)[word].title,
    "motion": lambda book, word: book.motions[word].title,
    "route": lambda book, word: book.frame.routes[word].title,
    "metric": lambda book, word: book.frame.metrics[word].title,
    "item": lambda book, word: book.every_item[word].title,
    "modality": lambda book, word: book.frame.modalities[word].title,
}

if differ := TITLES.keys() ^ set(get_args(Kind)):
    raise TypeError(f"a kind of name without a title in {__name__}: {differ}")


def titles(handbook: Handbook, name: Name) -> list[str]:
    """Give the titles of those words of a name that are shown."""
    return [TITLES[name.kind](handbook, word) for word in name.words[: name.most]]
