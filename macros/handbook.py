"""The handbook: everything that was read, and what follows from it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter

from macros.answers import Project, StatusFile
from macros.model import AppliesTo, Area, FindingText, Frame, Item, Reference
from macros.rules import BottleneckRule, EventRule, Motion


@dataclass(frozen=True)
class Handbook:
    """Everything that was read, checked across files."""

    frame: Frame
    areas: Mapping[str, Area]
    references: Mapping[str, Reference]
    rules: Mapping[str, BottleneckRule]
    events: Mapping[str, EventRule]
    motions: Mapping[str, Motion]
    projects: Mapping[str, Project]

    @cached_property
    def items(self) -> dict[str, Item]:
        """All items by full name, in the order of tracks, areas and files."""
        return {
            f"{area.name}/{word}": Item.model_construct(
                **dict(question), name=f"{area.name}/{word}", area=area.name, track=area.track
            )
            for area in self.areas.values()
            for word, question in area.items.items()
        }

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
    def retired(self) -> dict[str, str]:
        """Full names that are no longer asked → where the answer moves."""
        return {f"{area.name}/{word}": text for area in self.areas.values() for word, text in area.retired.items()}

    def asked_of(self, project: StatusFile, route: str) -> tuple[Item, ...]:
        """List the items that apply to a project on one of its routes."""
        return self.asked(project.modality, self.donor_of(project), route)

    def donor_of(self, project: StatusFile) -> str | None:
        """Tell who gives the cells: by the modality where it settles that, else as answered."""
        return self.frame.modalities[project.modality].donor or project.donor

    def asked(self, modality: str, donor: str | None, route: str) -> tuple[Item, ...]:
        """List the items asked of one kind of product on one route; kept, as projects share it."""
        key = (modality, donor, route)
        if key not in self._asked:
            self._asked[key] = tuple(
                item for item in self.items.values() if applies(item.applies_to, modality, donor, route)
            )
        return self._asked[key]

    @cached_property
    def _asked(self) -> dict[tuple[str, str | None, str], tuple[Item, ...]]:
        return {}


def applies(to: AppliesTo, modality: str, donor: str | None, route: str) -> bool:
    """Say whether an item is asked of a product; an unanswered donor leaves it asked."""
    return (
        (not to.modalities or modality in to.modalities)
        and (not to.route or to.route == route)
        and (not to.donor or donor is None or donor in to.donor)
    )
