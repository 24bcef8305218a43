"""The table of statuses: all that is known of a status word stands in its row."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from macros.text.messages import N_


class Badge(NamedTuple):
    """How pages show a word: a symbol that needs no colour, a label to translate, a class of the style sheet."""

    symbol: str
    label: str
    css: str


class Status(StrEnum):
    """How an item stands.

    Attributes:
        started: Work on it has begun.
        met: Begun, and nothing is left; a gate counts only with evidence and a date.
        under_way: Begun, and something is left.
        asked: Begun or left; what is neither is in no count, and needs a reason.
        example: What a status file says, with `$day`, `$planned` and `$evidence`; empty for an empty answer.
        meaning: For whoever writes a status file.
        synonyms: Words that people write instead.
    """

    def __new__(
        cls, word: str, symbol: str, label: str, started: bool, left: bool, example: str, meaning: str, synonyms: str
    ) -> Status:
        """Take a row of the table."""
        status = str.__new__(cls, word)
        status._value_ = word
        status.badge = Badge(symbol, label, f"nav-{word}")
        status.started, status.met, status.under_way = started, started and not left, started and left
        status.asked = started or left
        status.example, status.meaning, status.synonyms = example, meaning, synonyms.split()
        return status

    badge: Badge
    started: bool
    met: bool
    under_way: bool
    asked: bool
    example: str
    meaning: str
    synonyms: list[str]

    # fmt: off
    # word, symbol, label, whether work has begun, whether work is left; example; meaning; synonyms
    MET = ("met", "✓", N_("met"), True, False,
           "{status: met, since: $day, evidence: $evidence}",
           "It holds. A gate also needs evidence and since.",
           "yes done true completed complete finished ok")
    IN_PROGRESS = ("in-progress", "◐", N_("in progress"), True, True,
                   "{status: in-progress, planned: $planned}",
                   "Work has begun; planned is the month in which it will be met.",
                   "partial partly ongoing started begun doing")
    NOT_MET = ("not-met", "✕", N_("not met"), False, True,
               "not-met",
               "Somebody has looked, and it does not hold.",
               "no false unmet open not-started not-done missing")
    NOT_APPLICABLE = ("not-applicable", "–", N_("not applicable"), False, False,
                      '{status: not-applicable, because: "One sentence that says why"}',
                      "It is not asked of this product; because says why.",
                      "na n/a none")
    NOT_ASSESSED = ("not-assessed", "?", N_("not assessed"), False, True,
                    "",
                    "Nobody has looked yet.",
                    "unknown not-assessed ? ~ null")
    # fmt: on


WRITTEN = {str(status): status for status in Status if status.example}
"""The words of a status file; an empty answer says the one that is missing here."""

INHERITED = Badge("✓", N_("met, inherited"), "nav-met")
"""Met by what the region provides."""

CONFIRMED = Badge("✓", N_("met, with its whole stage"), "nav-met")
"""Met because a stage that it belongs to is confirmed as a whole."""

OWED = Badge("◷", N_("owed"), "nav-in-progress")
"""Evidence that is due after a conditional authorisation."""

UNSUPPORTED = Badge("!", N_("met, unsupported"), "nav-unsupported")
"""A gate said to be met, without evidence or without a date."""
