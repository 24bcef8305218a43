"""Work on a list of jobs in several processes, with the results and messages of one.

The processes are forked when everything that they share is made. Each takes the next piece of the list as soon as it
has finished one, so it does not matter how much else one of them has to do. Results are put together in the order of
the list.
"""

import logging
import marshal
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from typing import Any

PIECES = 400
"""Into how many pieces a list is divided at most."""
LOG = logging.getLogger("mkdocs")


class ProcessError(RuntimeError):
    """A process has ended before its work was done; says with which job, where that is known."""


class Processes:
    """The processes that work on a list.

    Args:
        jobs: The names of the jobs.
        work: Does one job; its result consists of plain values.
        number: How many processes, with this one.
    """

    def __init__(self, jobs: Sequence[str], work: Callable[[str], Any], number: int) -> None:
        size = max(1, -(-len(jobs) // PIECES))
        self._pieces = [jobs[start : start + size] for start in range(0, len(jobs), size)]
        self._work = work
        self._next, giver = os.pipe()
        os.write(giver, b"".join(place.to_bytes(4, "big") for place in range(len(self._pieces))))
        os.close(giver)
        self._others: dict[int, int] = {}  # process → where its results are read
        sys.stdout.flush()
        sys.stderr.flush()
        for _ in range(number - 1):
            self._fork()

    def results(self) -> list[Any]:
        """Work as well until no piece is left, and give all results in the order of the jobs.

        Raises:
            ProcessError: another process could not do its work.
        """
        done = dict(self._taken())
        os.close(self._next)
        for process, source in [*self._others.items()]:
            with os.fdopen(source, "rb") as pipe:
                told = pipe.read()
            self._others.pop(process)
            os.waitpid(process, 0)
            if not told:
                raise ProcessError("A process that makes pages of projects was ended from outside.")
            theirs, messages, failed = marshal.loads(told)  # noqa: S302  # from a process of our own
            for name, level, text in messages:
                logging.getLogger(name).log(level, text)
            if failed:
                raise ProcessError(failed)
            done |= theirs
        return [result for place in sorted(done) for result in done[place]]

    def stop(self) -> None:
        """End the other processes, because the build has failed."""
        for process in self._others:
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def _taken(self, alone: Callable[[], bool] = bool) -> Iterator[tuple[int, list[Any]]]:
        """Take one piece after the other: its place, and the results of its jobs."""
        while not alone() and (place := os.read(self._next, 4)):
            number = int.from_bytes(place, "big")
            yield number, [self._done(job) for job in self._pieces[number]]

    def _done(self, job: str) -> Any:
        try:
            return self._work(job)
        except Exception as error:
            place = extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}, line {place.lineno}"
            raise ProcessError(f"{job}: {type(error).__name__}: {error} ({where})") from error

    def _fork(self) -> None:
        source, target = os.pipe()
        parent = os.getpid()
        if process := os.fork():
            os.close(target)
            self._others[process] = source
            return
        status = 1
        try:
            told = self._all_told(lambda: os.getppid() != parent)  # nobody waits for the results any more
            with os.fdopen(target, "wb") as pipe:
                pipe.write(told)
            status = 0
        finally:
            os._exit(status)

    def _all_told(self, alone: Callable[[], bool]) -> bytes:
        """Do the work of another process: results, messages, and why it failed."""
        heard = _Heard()
        LOG.handlers, LOG.propagate = [heard], False
        done: dict[int, list[Any]] = {}
        failed = ""
        try:
            done.update(self._taken(alone))
        except ProcessError as error:
            failed = str(error)
        try:
            return marshal.dumps((done, heard.messages, failed))
        except ValueError:
            return marshal.dumps(({}, heard.messages, "What is made for a project does not consist of plain values."))


class _Heard(logging.Handler):
    """Keeps messages, so that the first process can print and count them."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))
