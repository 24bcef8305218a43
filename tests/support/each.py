"""Many small cases in one test: quicker to collect than a test for each, and every case that fails is still named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

MOST = 10
"""So many failures are shown whole."""


def check_each(cases: Iterable[Any] | Mapping[str, Any], check: Callable[..., object]) -> None:
    """Run a check on every case, and fail with those that fail.

    Args:
        cases: The cases; in a mapping, under their names. A tuple is spread over the arguments of the check.
        check: Fails by an exception, as a test does.

    Raises:
        ExceptionGroup: What went wrong, each with the name of its case.
    """
    named = list(cases.items()) if isinstance(cases, Mapping) else [(repr(case), case) for case in cases]
    assert named, "there are cases"
    failed: dict[str, Exception] = {}
    for name, case in named:
        try:
            check(*case) if isinstance(case, tuple) else check(case)
        except Exception as error:
            error.add_note(f"case: {name}")
            failed[name] = error
    if failed:
        names = ", ".join(failed)
        raise ExceptionGroup(f"{len(failed)} of {len(named)} cases fail: {names}", [*failed.values()][:MOST])
