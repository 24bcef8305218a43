"""The clauses of conditions: one object each says when it holds, what it is about, and its sentence for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from macros.assessment.assess import Assessment
from macros.assessment.states import State
from macros.model.rules import Condition
from macros.text.dates import Month
from macros.text.messages import N_, Kind, Name, Value

Truth: TypeAlias = bool | None
"""Whether something holds; None as long as nobody has looked at what it depends on."""


@dataclass(frozen=True)
class Clause:
    """One clause of a condition.

    Attributes:
        sentence: What the page says; `%(name)s` is what the clause names, `%(n)s` the number that belongs to it.
        names: What kind of thing it names.
        holds: Whether its value holds for a project.
        causes: Whether the open items among those it names are what a finding is about; only then can it be unknown.
    """

    sentence: str
    names: Kind
    holds: Callable[[Any, Assessment], Truth]
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


def _is_open(state: State | None) -> Truth:
    """Applicable and answered as open; unknown where nobody has looked."""
    if state is None or not state.unanswered:
        return state is not None and state.answered_open
    return None


def _is_not_started(state: State | None) -> Truth:
    return _is_open(state) if state is None or not state.started else False


def _is_met(state: State | None) -> Truth:
    return state is not None and state.own_met


def _is_started(state: State | None) -> Truth:
    return state is not None and state.started


def _planned_within(name: str, months: int, assessment: Assessment) -> bool:
    state = assessment.states.get(name)
    if state is None or state.answer is None or state.answer.planned is None or not state.open:
        return False
    return state.answer.planned.ordinal - Month.of(assessment.day).ordinal < months


def every(truths: Iterable[Truth]) -> Truth:
    """Join what must hold together: false when one is, else unknown when one is."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def _any(truths: Iterable[Truth]) -> Truth:
    """Join what need not hold together: true when one is, else unknown when one is."""
    listed = list(truths)
    return True in listed or (None if None in listed else not listed)


_Test: TypeAlias = Callable[[State | None], Truth]


def _of(test: _Test, join: Callable[[Iterable[Truth]], Truth] = every) -> Callable[[Iterable[str], Assessment], Truth]:
    return lambda names, on: join(test(on.states.get(name)) for name in names)


CLAUSES: dict[str, Clause] = {
    "done": Clause(N_("met: %(name)s."), "item", _of(_is_met)),
    "started": Clause(N_("met or in progress: %(name)s."), "item", _of(_is_started)),
    "open": Clause(N_("open: %(name)s."), "item", _of(_is_open), causes=True),
    "open_any": Clause(N_("one of these open: %(name)s."), "item", _of(_is_open, _any), causes=True),
    "not_started": Clause(N_("not started: %(name)s."), "item", _of(_is_not_started), causes=True),
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


def holds(condition: Condition, assessment: Assessment) -> Truth:
    """Say whether every clause of a condition that is written holds for a project; None where that is not known.

    Raises:
        KeyError: names a clause that the table lacks.
    """
    if unknown := (written := condition.model_fields_set) - CLAUSES.keys():
        raise KeyError(*unknown)
    return every(
        clause.holds(getattr(condition, name), assessment) for name, clause in CLAUSES.items() if name in written
    )


def sentences(condition: Condition) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Give the sentences of a condition, and what stands at their places."""
    for name, clause in CLAUSES.items():
        yield from clause.sentences(getattr(condition, name))


def items(condition: Condition) -> list[str]:
    """List the full names of the items that a condition looks at."""
    return [item for name, clause in CLAUSES.items() for item in clause.items(getattr(condition, name))]


def causes(condition: Condition, assessment: Assessment, truth: Truth = True) -> Iterator[str]:
    """List the items that are open where a condition looks for open ones; for None, those nobody has looked at."""
    for field, clause in CLAUSES.items():
        names = getattr(condition, field) if clause.causes else ()
        yield from (name for name in names if _is_open(assessment.states.get(name)) is truth)
