"""Pages of projects are made in several processes: with the results and messages of one, and no error is lost."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from macros.site.environment import processes_of_environment
from macros.site.made.processes import ProcessError, Processes

JOBS = [f"project-{number:03}" for number in range(40)]
LOG = logging.getLogger("mkdocs.navigator")
# Python warns where threads run, as they do when tests are shared out; builds have none.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def worked(work: Callable[[str], Any], number: int) -> list[Any]:
    processes = Processes(JOBS, work, number)
    try:
        return processes.results()
    finally:
        processes.stop()


def slowly(name: str) -> list[Any]:
    time.sleep(0.002)  # so that every process gets some
    return [name, {"words": name.encode()}, os.getpid()]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_results_come_in_the_order_of_the_jobs_however_many_processes_work(number: int) -> None:
    found = worked(slowly, number)
    assert [result[:2] for result in found] == [[name, {"words": name.encode()}] for name in JOBS]
    assert len({result[2] for result in found}) == number


def only_in_another(harm: Callable[[], Any]) -> Callable[[str], None]:
    """Do harm in each process but this one, which waits until it is done."""
    here = os.getpid()

    def work(_: str) -> None:
        if os.getpid() != here:
            harm()
        time.sleep(0.01)

    return work


def test_an_error_in_another_process_ends_the_build_and_names_the_project() -> None:
    with pytest.raises(
        ProcessError, match=r"^project-\d{3}: ZeroDivisionError: division by zero \(test_processes.py, line \d+\)$"
    ):
        worked(only_in_another(lambda: 1 / 0), 2)


def test_an_error_in_this_process_names_the_project_too() -> None:
    with pytest.raises(ProcessError, match=r"^project-\d{3}: KeyError: 'project-\d{3}' "):
        worked(dict[str, str]().__getitem__, 1)


def test_a_result_that_cannot_be_handed_on_ends_the_build() -> None:
    with pytest.raises(ProcessError, match="plain values"):
        worked(lambda name: [object(), slowly(name)], 2)


def test_a_process_that_is_killed_ends_the_build() -> None:
    with pytest.raises(ProcessError, match="ended from outside"):
        worked(only_in_another(lambda: os.kill(os.getpid(), signal.SIGKILL)), 2)


def test_warnings_of_another_process_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    worked(only_in_another(lambda: LOG.warning("Something is odd.")), 2)
    assert ("mkdocs.navigator", logging.WARNING, "Something is odd.") in caplog.record_tuples


@pytest.mark.parametrize(
    ("said", "projects", "number"),
    [("", 199, 1), ("", 200, 2), ("1", 5000, 1), ("0", 5000, 0), ("3", 1, 3), (" ", 10, 1)],
)
def test_there_are_two_processes_for_many_projects_unless_the_environment_says_how_many(
    said: str, projects: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVIGATOR_PROCESSES", said)
    assert processes_of_environment(projects) == number


@pytest.mark.parametrize("said", ["two", "-1", "1.5", "1000", "²"])
def test_a_number_of_processes_that_is_none_is_refused_in_a_sentence(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVIGATOR_PROCESSES", said)
    with pytest.raises(ValueError, match=rf'^NAVIGATOR_PROCESSES says "{said}"\.'):
        processes_of_environment(10)
