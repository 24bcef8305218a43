"""The longest chain of a product on a route, for a project that begins today with nothing done. Pure functions.

Months are counted from the day on which the project begins. Each item begins when the last of what it requires is met
and takes its typical lead time, so that the chain is the one that no other work can shorten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, TypeAlias

from macros.model.handbook import Handbook
from macros.model.items import Item

NEARLY = 3  # months by which another chain may be shorter and still be named
LONG = 6  # months that an item takes at least to be named as one that nearly decides
DECIDING = 3  # items named first


class Product(NamedTuple):
    """A product on a route. `donor` is None where the modality settles it."""

    modality: str
    donor: str | None
    delivery: str | None
    route: str


Kind: TypeAlias = tuple[str | None, str | None]
"""Who gives the cells, None where the modality settles it, and how genes are changed."""


class Step(NamedTuple):
    """One item of the chain, and when it is met, in months from the beginning."""

    item: Item
    months: int
    end: int


class Near(NamedTuple):
    """An item beside the chain that can be late by few months only."""

    item: Item
    slack: int
    end: int


@dataclass(frozen=True)
class CriticalPath:
    """The longest chain to one item.

    Attributes:
        steps: In their order; the last one is the item that the chain leads to.
        near: Long items on chains that are nearly as long, the tightest first.
    """

    steps: tuple[Step, ...]
    near: tuple[Near, ...]

    @property
    def months(self) -> int:
        """How long the chain is."""
        return self.steps[-1].end

    @property
    def deciding(self) -> tuple[Step, ...]:
        """The steps that take longest, the longest first."""
        return tuple(sorted(self.steps, key=lambda step: -step.months))[:DECIDING]

    def after(self, name: str) -> CriticalPath:
        """Give what follows an item; the whole chain where it does not lead past that item."""
        names = [step.item.name for step in self.steps]
        if name not in names[:-1]:
            return self
        rest = self.steps[names.index(name) + 1 :]
        before = self.steps[names.index(name)].end
        return CriticalPath(rest, tuple(near for near in self.near if near.end > before))


@dataclass(frozen=True)
class Goal:
    """What a chain leads to, on one or several routes.

    Attributes:
        since: The goal before it, from which the chain is shown; empty for the beginning.
    """

    routes: tuple[str, ...]
    item: Item
    since: str
    path: CriticalPath


def products(handbook: Handbook, modality: str) -> Iterator[Kind]:
    """Yield who may give the cells and how genes may be changed, the usual way first."""
    donors: list[str | None] = [*handbook.possible_donors(modality)]
    return product(donors or [None], handbook.frame.modalities[modality].delivery or [None])


def kinds(handbook: Handbook, modality: str) -> list[tuple[tuple[Goal, ...], list[Kind]]]:
    """Find the chains of a kind of product, each with the donors and deliveries it holds for, usual first."""
    found: dict[object, tuple[tuple[Goal, ...], list[Kind]]] = {}
    for donor, delivery in products(handbook, modality):
        reached = goals(handbook, modality, donor, delivery)
        key = tuple((goal.routes, tuple((step.item.name, step.end) for step in goal.path.steps)) for goal in reached)
        found.setdefault(key, (reached, []))[1].append((donor, delivery))
    return [*found.values()]


def goals(handbook: Handbook, modality: str, donor: str | None, delivery: str | None) -> tuple[Goal, ...]:
    """Find the chains to the milestones of all routes; what several routes share is listed once."""
    found: dict[tuple[str, tuple[str, ...]], Goal] = {}
    for route, entry in handbook.frame.routes.items():
        since = ""
        for name in entry.milestones:
            path = critical_path(handbook, Product(modality, donor, delivery, route), name)
            if path is None:
                continue
            shown = path.after(since)
            since_here = since if shown is not path else ""
            key = name, tuple(step.item.name for step in shown.steps)
            routes = (*found[key].routes, route) if key in found else (route,)
            found[key] = Goal(routes, path.steps[-1].item, since_here, shown)
            since = name
    return tuple(found.values())


def critical_path(handbook: Handbook, of: Product, goal: str) -> CriticalPath | None:
    """Find the longest chain to an item, with typical lead times; None where the item is not asked."""
    asked = {item.name: item for item in handbook.asked(of.modality, of.donor, of.route, of.delivery)}
    if goal not in asked:
        return None
    order = [asked[name] for name in handbook.order if name in asked]
    ends: dict[str, int] = {}
    before: dict[str, str] = {}
    for item in order:
        last = max((name for name in item.requires if name in ends), key=lambda name: ends[name], default="")
        before[item.name] = last
        ends[item.name] = ends.get(last, 0) + _months(item)
    chain = [goal]
    while before[chain[-1]]:
        chain.append(before[chain[-1]])
    steps = tuple(Step(asked[name], _months(asked[name]), ends[name]) for name in reversed(chain))
    return CriticalPath(steps, tuple(_near(order, ends, goal, chain)))


def _near(order: list[Item], ends: Mapping[str, int], goal: str, chain: list[str]) -> list[Near]:
    """List long items beside the chain that have little time to spare."""
    after = {goal: 0}  # item → months from its end to the goal, along the longest way
    for item in reversed(order):
        if item.name in after:
            for name in item.requires:
                if name in ends:
                    after[name] = max(after.get(name, 0), after[item.name] + _months(item))
    slack = {item.name: ends[goal] - ends[item.name] - after[item.name] for item in order if item.name in after}
    found = [
        Near(item, slack[item.name], ends[item.name])
        for item in order
        if slack.get(item.name, NEARLY + 1) <= NEARLY and item.name not in chain and _months(item) >= LONG
    ]
    return sorted(found, key=lambda near: near.slack)


def _months(item: Item) -> int:
    return item.lead_time.months if item.lead_time else 0
