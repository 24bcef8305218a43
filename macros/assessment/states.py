"""How one item stands in one project, and where its answer comes from. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from macros.model.editions import meaning_changes
from macros.model.events import Confirmation
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import Answer, Project, ProjectKind
from macros.model.statuses import CONFIRMED, INHERITED, OWED, UNSUPPORTED, Badge, Status


class Through(StrEnum):
    """Where the answer to an item comes from; the first that there is holds."""

    OWN = "own"
    CONFIRMATION = "confirmation"
    FACILITY = "facility"


class State(NamedTuple):
    """One applicable item in one project.

    Attributes:
        counts: Whether it counts as met: a gate needs evidence and a date as well.
        through: Whether the project answered it itself, confirmed its stage as a whole, or inherits it.
        renewed: Whether the meaning of the question has changed since it was answered.
    """

    item: Item
    answer: Answer | None
    status: Status
    counts: bool
    through: Through = Through.OWN
    renewed: bool = False

    @property
    def inherited(self) -> bool:
        """What the region provides for all its projects: never a project's own work."""
        return self.through is Through.FACILITY

    @property
    def unanswered(self) -> bool:
        """Asked of the project, and nobody has looked yet."""
        return self.answer is None

    @property
    def answered_open(self) -> bool:
        """Looked at, and not met; what is owed is a debt of its own."""
        return self.answer is not None and self.status.asked and not self.status.met and not self.owed

    @property
    def owed(self) -> bool:
        """Evidence that an authority lets the project deliver later: it holds no level, and is not met."""
        return self.answer is not None and is_owed(self.item, self.answer)

    @property
    def holds(self) -> bool:
        """Asked, neither counted as met nor owed: a gate holds its stage."""
        return self.open and not self.owed

    @property
    def own_met(self) -> bool:
        """Counted as met by the project itself, not by what the region provides."""
        return self.counts and not self.inherited

    @property
    def unsupported(self) -> bool:
        """A gate said to be met, without evidence or without a date."""
        return self.status.met and not self.counts

    @property
    def open(self) -> bool:
        """Asked of the project and not counted as met."""
        return not self.counts and self.status.asked

    @property
    def started(self) -> bool:
        """Met or in progress by the project's own work."""
        return self.status.started and not self.inherited

    @property
    def badge(self) -> Badge:
        """How pages show it."""
        if self.unsupported or self.owed:
            return UNSUPPORTED if self.unsupported else OWED
        return {Through.FACILITY: INHERITED, Through.CONFIRMATION: CONFIRMED}.get(self.through, self.status.badge)


Source: TypeAlias = tuple[Through, Callable[[Item], Answer | None]]
"""Where an answer comes from, and how to find that to an item."""


def answers(project: Project, handbook: Handbook) -> list[Source]:
    """List where the answer to an item can come from, the one that holds before others first."""
    own = handbook.answers_of(project)
    sources: list[Source] = [(Through.OWN, lambda item: own.get(item.name))]
    whole = [(track, stage, each) for track, stage, each in project.confirmations if each.supported]
    if whole:
        whole.sort(key=lambda entry: entry[1])
        sources.append((Through.CONFIRMATION, lambda item: _confirmed(item, whole, handbook)))
    if project.kind is not ProjectKind.RETROSPECTIVE and handbook.inherited:
        sources.append((Through.FACILITY, lambda item: handbook.inherited.get(item.name)))
    return sources


def _confirmed(item: Item, whole: list[tuple[str, int, Confirmation]], handbook: Handbook) -> Answer | None:
    """Answer an item by the first stage, confirmed as a whole, that it belongs to."""
    for track, stage, each in whole:
        if track == item.track and item.stage <= stage and handbook.asked_by(item, each.checklist):
            return Answer(status=Status.MET, since=each.since, evidence=each.evidence)
    return None


def state_of(item: Item, sources: Iterable[Source], behind: str) -> State:
    """Tell how one item stands.

    Args:
        behind: The edition that the project's own answers were given for; empty where it is the present one.
    """
    for through, find in sources:
        if answer := find(item):
            asked_anew = behind and through is not Through.FACILITY and _asked_differently(item, behind)
            return State(item, answer, answer.status, counts_as_met(item, answer), through, bool(asked_anew))
    return State(item, None, Status.NOT_ASSESSED, False)


def _asked_differently(item: Item, behind: str) -> bool:
    return bool(meaning_changes(item.revised, behind))


def counts_as_met(item: Item, answer: Answer) -> bool:
    """Say whether an answer counts: a gate also needs evidence and a date."""
    supported = not item.gate or (answer.has_evidence and answer.since is not None)
    return answer.status.met and supported


def is_owed(item: Item, answer: Answer) -> bool:
    """Say whether an answer is a debt: open evidence of an item that can be delivered later."""
    return answer.owed and item.can_be_owed and answer.status.asked and not answer.status.met
