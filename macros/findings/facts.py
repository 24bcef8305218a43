"""What a finding says: its facts, and the sentence that they stand in. One class each; a class makes itself known.

Titles, reasons and first moves stand in `checklists/navigator.yml`, those of named rules and events in
`checklists/bottlenecks.yml`.
"""

from __future__ import annotations

from macros.findings.fact import ALL, Facts
from macros.model.rules import FindingTexts
from macros.text.messages import N_, NN_, Message, Name


class NotLookedAt(Facts):
    """What would matter if it turned out to be open."""

    sentence = Message(N_("Not looked at yet: %(items)s"))
    items: Name


class Imbalance(Facts, kind="imbalance"):
    """A level and a gate answered as open that lie far apart."""

    sentence = Message(
        N_(
            "The %(ahead)s track is at level %(high)s, and the %(behind)s track can be at level %(low)s at most: "
            "%(spread)s apart."
        )
    )
    ahead: Name
    high: int
    behind: Name
    low: int
    spread: int


class ImbalanceNotKnown(Facts, kind="imbalance"):
    """Levels that lie far apart as long as nobody has looked at some gates."""

    sentence = NN_(
        "The %(ahead)s track is at level %(high)s. The %(behind)s track is confirmed to level %(low)s only, as "
        "%(num)s gate has not been looked at.",
        "The %(ahead)s track is at level %(high)s. The %(behind)s track is confirmed to level %(low)s only, as "
        "%(num)s gates have not been looked at.",
    )
    ahead: Name
    high: int
    behind: Name
    low: int
    num: int


class Debt(Facts, kind="debt"):
    """Work far ahead of a gate that is open."""

    sentence = Message(
        N_("The %(track)s track works on stage %(working)s, while a gate of stage %(stage)s is not met.")
    )
    track: Name
    working: int
    stage: int


class DebtNotKnown(Facts, kind="debt"):
    """Work far ahead of gates that nobody has looked at."""

    sentence = NN_(
        "The %(track)s track works on stage %(working)s and is confirmed to level %(level)s only, as %(num)s gate has "
        "not been looked at.",
        "The %(track)s track works on stage %(working)s and is confirmed to level %(level)s only, as %(num)s gates "
        "have not been looked at.",
    )
    track: Name
    working: int
    level: int
    num: int


class Hollow(Facts, kind="hollow"):
    """How many items are met while one they require is open."""

    sentence = NN_(
        "%(num)s item is met while something that it requires is not met.",
        "%(num)s items are met while something that they require is not met.",
    )
    num: int


class Unlawful(Facts, kind="unlawful"):
    """Work that has begun, and what it cannot lawfully begin without."""

    sentence = Message(N_("Begun: %(begun)s. Not met: %(items)s"))
    begun: Name
    items: Name


class Owed(Facts, kind="owed"):
    """What is owed, and the month by which the first of it is due."""

    sentence = Message(N_("Owed, due %(month)s: %(items)s"))
    month: str
    items: Name


class OwedTooLate(Facts, kind="owed"):
    """What is owed and is overdue, has no month, or has not begun."""

    sentence = Message(N_("Owed, and overdue, without a month or not begun: %(items)s"))
    items: Name


class Unsupported(Facts, kind="unsupported"):
    """How many gates lack proof."""

    sentence = NN_(
        "%(num)s gate is reported as met without evidence or without a date.",
        "%(num)s gates are reported as met without evidence or without a date.",
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
    """How many items rest on evidence that no longer holds."""

    sentence = NN_(
        "The evidence of %(num)s met item is older than it is valid. Look at it again and fill in its field reviewed.",
        "The evidence of %(num)s met items is older than it is valid. Look at it again and fill in the field reviewed "
        "of each.",
    )
    num: int


class Late(Facts, kind="late"):
    """How many items are late, and the stages of the targets, which do not wait for them."""

    sentence = NN_(
        "%(num)s item is late for the target of stage %(stages)s.",
        "%(num)s items are late for the target of stage %(stages)s.",
    )
    num: int
    stages: str


class Missed(Facts, kind="late"):
    """How many items are late, the stages of the targets, and by how many months each of them is missed."""

    sentence = NN_(
        "%(num)s item is late for the target of stage %(stages)s; months missed: %(months)s.",
        "%(num)s items are late for the target of stage %(stages)s; months missed: %(months)s.",
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


class HappenedAlone(Facts):
    """An event after which nobody has entered a review."""

    sentence = Message(N_("%(date)s: %(text)s No review has been entered since."))
    date: str
    text: str


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
