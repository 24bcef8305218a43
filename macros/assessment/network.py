"""The network of remaining work, walked forwards from today and backwards from the targets. Pure functions.

Both walks read the same `Work` of the same items, so that they cannot disagree. Forwards, an item is met `months`
after the last of what it requires, or after now, and not before `not_before`. Backwards, an item is to be met by the
latest start of whatever requires it, and its own latest start lies `months` before that. `not_before` is a date of the
item alone: it is compared with the latest finish and never passed back.

A stage is passed with its gates, so a target is passed back over the gates up to its stage and what these require. An
item due by then that no such gate requires is to be met by the target as well, but it moves no date of what gates wait
for, and begins when that is met at the earliest. So, for each target alone, the gates can be met in time exactly when
nothing that they are or require is late: a chain ends in time just when no item on it begins, or is planned, too late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from macros.assessment.durations import Work

Remaining: TypeAlias = dict[str, Work]
"""Full name → work, each item after those it requires. What is not in it is in place."""


class Finish(NamedTuple):
    """When an item can be met at the earliest, and the item it waits for until then; empty without one."""

    month: int
    after: str


class Bound(NamedTuple):
    """By when an item must be met, and must start; of two the smaller one is the earlier, or the plainer reason.

    Attributes:
        driver: The item whose latest start sets `finish`; empty where a target does.
        target: The stage of the target at the end of the chain.
        held: Whether the target waits for it: it is a gate up to that stage, or such a gate requires it.
    """

    finish: int
    driver: str
    target: int
    start: int
    held: bool


@dataclass(frozen=True, slots=True)
class Network:
    """Both walks over one set of remaining work; months are ordinals.

    Attributes:
        latest: Stage of a target → item → what that target alone asks for; only items that it bounds.
        bounds: Item → the earliest of these.
    """

    remaining: Remaining
    now: int
    targets: Mapping[int, int]
    earliest: Mapping[str, Finish]
    latest: Mapping[int, Mapping[str, Bound]]
    bounds: Mapping[str, Bound]

    def late(self, name: str) -> bool:
        """Say whether an item is past its latest start, or planned after its latest finish."""
        bound, work = self.bounds.get(name), self.remaining[name]
        if bound is None:
            return False
        others = self.latest[bound.target]
        before = [] if bound.held else [n for n in work.item.requires if n in others and others[n].held]
        begin = max((self.earliest[n].month for n in before), default=self.now)
        return max(work.not_before, begin + work.months) > bound.finish

    def past(self, name: str) -> bool:
        """Say whether an item is too late by itself, whatever it waits for, for one of the targets.

        What no gate requires is measured against the target alone. With less remaining work nothing more is past.
        """
        work = self.remaining.get(name)
        if work is None:
            return False
        soonest = max(work.not_before, self.now + work.months)
        found = [
            (bounds[name], month) for stage, month in self.targets.items() if name in (bounds := self.latest[stage])
        ]
        return any(soonest > (bound.finish if bound.held else month) for bound, month in found)

    def waits(self, name: str) -> tuple[str, ...]:
        """Follow an item back over what it waits for, the first to do first."""
        chain = [name]
        while before := self.earliest[chain[-1]].after:
            chain.append(before)
        return tuple(reversed(chain))


def network(remaining: Remaining, targets: Mapping[int, int], now: int) -> Network:
    """Walk both ways.

    Args:
        targets: Stage → the month by which the team wants to pass it.
    """
    latest = {stage: _latest(remaining, stage, month) for stage, month in targets.items()}
    bounds: dict[str, Bound] = {}
    for found in latest.values():
        bounds |= {name: bound for name, bound in found.items() if name not in bounds or bound < bounds[name]}
    return Network(remaining, now, targets, _earliest(remaining, now), latest, bounds)


def _earliest(remaining: Remaining, now: int) -> dict[str, Finish]:
    found: dict[str, Finish] = {}
    for name, (item, months, not_before) in remaining.items():
        month, after = max(not_before, now + months), ""
        for required in item.requires:
            if required in found and found[required].month + months > month:
                month, after = found[required].month + months, required
        found[name] = Finish(month, after)
    return found


def _latest(remaining: Remaining, target: int, month: int) -> dict[str, Bound]:
    bounds: dict[str, Bound] = {}
    by_held: dict[str, tuple[int, str]] = {}  # item → the earliest start of a held one that requires it, and which
    by_other: dict[str, tuple[int, str]] = {}
    for name, (item, months, _) in reversed(remaining.items()):
        due = (month, "") if item.stage <= target else None
        held = name in by_held or (item.gate and due is not None)
        passed = by_held if held else by_other
        reason = passed.get(name, due)
        if reason is None:
            continue
        finish, driver = min(reason, due) if due else reason
        bounds[name] = Bound(finish, driver, target, finish - months, held)
        mine = finish - months, name
        for required in item.requires:
            if required not in passed or mine < passed[required]:
                passed[required] = mine
    return bounds
