"""Many small cases in one test: quicker to collect and to run than a test for each, and what fails is named as well."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

MOST = 10
"""So many failures are shown whole."""


def each(names: str, cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call a test with every case, as `pytest.mark.parametrize` does, but as one test.

    It fails with an ExceptionGroup of what went wrong, each with its case as a note.

    Args:
        names: The arguments of the test that a case gives, with commas between them.
        cases: What they are: tuples where there are several. The other arguments are fixtures; all cases share them.
    """
    arguments = [name.strip() for name in names.split(",")]
    listed = [case if len(arguments) > 1 else (case,) for case in cases]
    assert listed, "there are cases"

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(test)

        @functools.wraps(test)
        def run(**fixtures: Any) -> None:
            failed = []
            for case in listed:
                try:
                    test(**dict(zip(arguments, case, strict=True)), **fixtures)
                except Exception as error:
                    error.add_note(f"case: {', '.join(map(repr, case))}"[:400])
                    failed.append(error)
            if failed:
                raise ExceptionGroup(f"{len(failed)} of {len(listed)} cases fail", failed[:MOST])

        fixtures = [parameter for name, parameter in signature.parameters.items() if name not in arguments]
        run.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return run

    return decorate
