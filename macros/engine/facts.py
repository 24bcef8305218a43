"""What a finding says: its facts, and the sentence that they stand in. One class each; a class makes itself known.

Titles, reasons and first moves stand in `checklists/navigator.yml`, those of named rules and events in
`checklists/bottlenecks.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, dataclass_transform

from macros.model.checklist import FindingTexts
from macros.text.messages import N_, NN_, Message, Name, Value


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Facts:
    """Numbers and words of a finding: every place of the sentence is a field, and every field has a place.

    Attributes:
        kind: The kind of the finding; empty where it is the name of a rule or of an event.
        sentence: Says it.
    """

    kind: ClassVar[str] = ""
    sentence: ClassVar[Message]

    def __init_subclass__(cls, kind: str = "") -> None:
        """Make a frozen record of a class of facts, and look whether its sentence fits.

        Raises:
            TypeError: names the class, and what it lacks.
        """
        dataclass(frozen=True, kw_only=True)(cls)
        cls.kind = kind
        sentence, fields = getattr(cls, "sentence", Message("")), cls.__annotations__.keys()
        if not sentence.one or sentence.places != fields:
            raise TypeError(f"{cls.__name__}: the sentence has {sorted(sentence.places)}, the facts {sorted(fields)}")
        ALL.append(cls)

    @property
    def values(self) -> Mapping[str, Value]:
        """What stands at the places of the sentence."""
        return vars(self)


ALL: list[type[Facts]] = []


class Imbalance(Facts, kind="imbalance"):
    """Tracks whose levels lie far apart."""

    sentence = Message(
        N_("The %(ahead)s track stands at level %(high)s, the %(behind)s track at level %(low)s: %(spread)s apart.")
    )
    ahead: Name
    high: int
    behind: Name
    low: int
    spread: int


class Debt(Facts, kind="debt"):
    """Work far ahead of the level."""

    sentence = Message(N_("The %(track)s track works on stage %(working)s, but only level %(level)s holds."))
    track: Name
    working: int
    level: int


class Hollow(Facts, kind="hollow"):
    """How many items are met while one they require is open."""

    sentence = NN_(
        "%(num)s item is met while something it requires is open.",
        "%(num)s items are met while something they require is open.",
    )
    num: int


class Unsupported(Facts, kind="unsupported"):
    """How many gates lack proof."""

    sentence = NN_(
        "%(num)s gate is said to be met without evidence or without a date.",
        "%(num)s gates are said to be met without evidence or without a date.",
    )
    num: int


class LargeShare(Facts, kind="silo"):
    """How much of what is met, in per cent, one role or partner owns."""

    sentence = Message(N_("%(who)s owns %(share)s %% of the %(met)s items that are met."))
    who: Name
    share: int
    met: int


class Absence(Facts, kind="silo"):
    """The stages at which a partner has met nothing."""

    sentence = Message(N_("%(who)s has met none of its items at stages %(first)s and %(last)s."))
    who: Name
    first: int
    last: int


class OldAssessment(Facts, kind="stale"):
    """How old the assessment is."""

    sentence = Message(N_("The last assessment is %(days)s days old."))
    days: int


class OldEvidence(Facts, kind="stale"):
    """How many gates rest on evidence of more than so many days."""

    sentence = NN_(
        "The evidence of %(num)s met gate is more than %(days)s days old.",
        "The evidence of %(num)s met gates is more than %(days)s days old.",
    )
    num: int
    days: int


class TwoYearsOldEvidence(Facts, kind="stale"):
    """How many gates rest on evidence of more than two years: what the shared handbook asks."""

    sentence = NN_(
        "The evidence of %(num)s met gate is more than two years old.",
        "The evidence of %(num)s met gates is more than two years old.",
    )
    num: int


class Late(Facts, kind="late"):
    """How many items are late, and the stages of the targets, which do not wait for them."""

    sentence = NN_(
        "%(num)s open item is late for the target of stage %(stages)s.",
        "%(num)s open items are late for the target of stage %(stages)s.",
    )
    num: int
    stages: str


class Missed(Facts, kind="late"):
    """How many items are late, the stages of the targets, and by how many months each of them is missed."""

    sentence = NN_(
        "%(num)s open item is late for the target of stage %(stages)s (months by which it is missed: %(months)s).",
        "%(num)s open items are late for the target of stage %(stages)s (months by which it is missed: %(months)s).",
    )
    num: int
    stages: str
    months: str


class RuleDrift(Facts, kind="rule-drift"):
    """How many items are planned after a rule changes."""

    sentence = NN_(
        "%(num)s item is planned after %(date)s: %(rule)s.", "%(num)s items are planned after %(date)s: %(rule)s."
    )
    num: int
    date: str
    rule: Name


class Happened(Facts):
    """An event, and how many items it touches."""

    sentence = NN_(
        "%(date)s: %(text)s %(num)s item has not been looked at since.",
        "%(date)s: %(text)s %(num)s items have not been looked at since.",
    )
    date: str
    text: str
    num: int


class StillOpen(Facts):
    """The open items by which a named rule speaks."""

    sentence = Message(N_("Open: %(items)s"))
    items: Name


class LowFigure(Facts):
    """A named rule speaks by a figure."""

    sentence = Message(N_("A figure that the team entered is too low."))


class RuleHolds(Facts):
    """A named rule speaks by neither open items nor a figure."""

    sentence = Message(N_("What the rule describes is the case."))


if differ := {facts.kind for facts in ALL if facts.kind} ^ {n.replace("_", "-") for n in FindingTexts.model_fields}:
    raise TypeError(f"a kind of finding without facts in {__name__}, or without words in FindingTexts: {differ}")
