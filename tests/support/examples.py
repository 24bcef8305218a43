"""How many examples a property is tried with: all of them in `make test`, fewer in `make quick`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SHARE = 5 if os.environ.get("NAVIGATOR_TESTS") == "quick" else 1
"""So many examples are one in the quick loop."""


def some(number: int) -> int:
    """Give the number of examples in this run."""
    return max(1, number // SHARE)


def repeatable(number: int) -> settings:
    """Try a property with the same examples every time."""
    return settings(deadline=None, derandomize=True, database=None, max_examples=some(number))


def often(number: int) -> settings:
    """Try a property with other examples every time, however long one takes."""
    return settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=some(number))
