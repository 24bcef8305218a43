"""The clauses of conditions: one object each says when it holds, what it is about, and its sentence for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.engine.assess import Assessment, State
from macros.model.rules import Condition
from macros.text.dates import Month
from macros.text.messages import N_, Kind, Name, Value


@dataclass(frozen=True)
class Clause:
    """One clause of a condition.

    Attributes:
        sentence: What the page says; `%(name)s` is what the clause names, `%(n)s` the number that belongs to it.
        names: What kind of thing it names.
        holds: Whether its value holds for a project.
        causes: Whether the open items among those it names are what a finding is about.
    """

    sentence: str
    names: Kind
    holds: Callable[[Any, Assessment], bool]
    causes: bool = False

    def sentences(self, value: Any) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """Give its sentence, with what stands at its places: once for each name that has a number."""
        if isinstance(value, Mapping):
            yield from ((self.sentence, {"name": Name(self.names, (name,)), "n": n}) for name, n in value.items())
        elif value:
            yield self.sentence, {"name": Name(self.names, (value,) if isinstance(value, str) else value)}

    def items(self, value: Any) -> tuple[str, ...]:
        """Give the full names of the items that it looks at."""
        return tuple(value) if self.names == "item" else ()


def is_open(state: State | None, assessment: Assessment) -> bool:
    """Applicable and not met; in a retrospective only what somebody answered is known to be open."""
    known = state is not None and (state.answer is not None or not assessment.past)
    return known and state is not None and state.open


def _is_not_started(state: State | None, assessment: Assessment) -> bool:
    return state is not None and is_open(state, assessment) and not state.started


def _planned_within(name: str, months: int, assessment: Assessment) -> bool:
    state = assessment.states.get(name)
    if state is None or state.answer is None or state.answer.planned is None or not state.open:
        return False
    return state.answer.planned.ordinal - Month.of(assessment.day).ordinal < months


def _all(test: Callable[[State | None, Assessment], bool]) -> Callable[[Iterable[str], Assessment], bool]:
    return lambda names, on: all(test(on.states.get(name), on) for name in names)


CLAUSES: dict[str, Clause] = {
    "done": Clause(N_("met: %(name)s."), "item", _all(lambda state, _: state is not None and state.counts)),
    "started": Clause(
        N_("met or in progress: %(name)s."), "item", _all(lambda state, _: state is not None and state.started)
    ),
    "open": Clause(N_("open: %(name)s."), "item", _all(is_open), causes=True),
    "open_any": Clause(
        N_("one of these open: %(name)s."),
        "item",
        lambda names, on: not names or any(is_open(on.states.get(name), on) for name in names),
        causes=True,
    ),
    "not_started": Clause(N_("not started: %(name)s."), "item", _all(_is_not_started), causes=True),
    "working_stage": Clause(
        N_("The %(name)s track works on stage %(n)s or later."),
        "track",
        lambda stages, on: all(on.tracks[track].working_stage >= n for track, n in stages.items()),
    ),
    "planned_within": Clause(
        N_("%(name)s is planned less than %(n)s months ahead."),
        "item",
        lambda months, on: all(_planned_within(name, n, on) for name, n in months.items()),
    ),
    "metric_below": Clause(
        N_("%(name)s is below %(n)s."),
        "metric",
        lambda shares, on: all(on.project.metrics.get(n, below) < below for n, below in shares.items()),
    ),
    "route": Clause(N_("Route: %(name)s."), "route", lambda route, on: route in (None, on.route)),
    "modality": Clause(
        N_("Only for: %(name)s."), "modality", lambda kinds, on: not kinds or on.project.modality in kinds
    ),
}
"""Field of a condition → its clause, in the order of the page."""

if differ := Condition.model_fields.keys() ^ CLAUSES.keys():
    raise TypeError(f"a field of Condition without a clause in {__name__}, or a clause without a field: {differ}")


def holds(condition: Condition, assessment: Assessment) -> bool:
    """Say whether every clause of a condition that is written holds for a project.

    Raises:
        KeyError: names a clause that the table lacks.
    """
    if unknown := (written := condition.model_fields_set) - CLAUSES.keys():
        raise KeyError(*unknown)
    for (
        name,
        clause,
    ) in CLAUSES.items():  # a loop, as this runs for each rule and project
        if name in written and not clause.holds(getattr(condition, name), assessment):
            return False
    return True


def sentences(condition: Condition) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Give the sentences of a condition, and what stands at their places."""
    for name, clause in CLAUSES.items():
        yield from clause.sentences(getattr(condition, name))


def items(condition: Condition) -> list[str]:
    """List the full names of the items that a condition looks at."""
    return [item for name, clause in CLAUSES.items() for item in clause.items(getattr(condition, name))]


def causes(condition: Condition, assessment: Assessment) -> Iterator[str]:
    """List the open items by which a condition holds."""
    for field, clause in CLAUSES.items():
        names = getattr(condition, field) if clause.causes else ()
        yield from (name for name in names if is_open(assessment.states.get(name), assessment))
