"""The table of severities, the most urgent first."""

from __future__ import annotations

from enum import StrEnum

from macros.model.statuses import Badge
from macros.text.messages import N_


class Severity(StrEnum):
    """How much a finding matters.

    Attributes:
        rank: The place in the order of findings, from 0.
        unfolded: Whether a project's page shows what to do first without a click.
    """

    badge: Badge
    unfolded: bool
    rank: int

    def __new__(cls, word: str, badge: Badge, unfolded: bool) -> Severity:
        """Take a row of the table."""
        severity = str.__new__(cls, word)
        severity._value_ = word
        severity.badge, severity.unfolded, severity.rank = badge, unfolded, len(cls.__members__)
        return severity

    ACT = "act", Badge("◆", N_("Act"), "nav-is-act"), True
    WATCH = "watch", Badge("◇", N_("Watch"), "nav-is-watch"), False
    ASK = "ask", Badge("◌", N_("Ask"), "nav-is-ask"), False


ACT, WATCH, ASK = Severity.ACT, Severity.WATCH, Severity.ASK

ACKNOWLEDGED = Badge("○", N_("Acknowledged"), "nav-is-acknowledged")
"""Shown instead, as long as the team's reason holds."""
