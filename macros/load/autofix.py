"""Mend in a status file what is certain, and nothing else. Pure functions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.edit.lines import MOST_TRIALS, Judge, Lines
from macros.fields.shape import shape
from macros.model.status_file import StatusFile
from macros.text.problem import Problem
from macros.text.reader import read

BOM = "\ufeff"
MOST_ROUNDS = 10


@dataclass(frozen=True)
class Fixed:
    """The new text of a file, and what was done, one sentence each, in the order of lines."""

    text: str
    done: tuple[str, ...]


def mend(file: str, text: str, judge: Judge | None = None) -> Fixed:
    """Mend spaces and tabs, and words that can mean only one thing: case, known synonyms, dates with one reading.

    Everything else stays as it was: comments, order, quotes and line ends. What is only probable is left to the
    author, and so is a mend after which the file could not be read.

    Args:
        judge: Finds what is wrong with a text; by itself the reader and the record of a status file do.
    """
    work = _Work(file, text.removeprefix(BOM))
    judge = judge or (lambda tried: by_itself(file, tried))
    work.wide_spaces()
    work.tabs(judge)
    work.missing_spaces()
    work.words(judge)
    work.ends_of_lines()
    done = tuple(f"line {line}: {sentence}" for line, sentence in sorted(work.done, key=lambda line: line[0]))
    return Fixed((BOM if text.startswith(BOM) else "") + work.text, done)


def _in_one_line(problem: Problem) -> bool:
    """Say whether a replacement is certain, and all that it replaces is underlined: no text that goes on below."""
    start = problem.column - 1
    whole = problem.width > 1 or problem.sentence.startswith(f'"{problem.excerpt[start : start + 1]}"')
    return problem.certain and whole


def by_itself(file: str, text: str) -> list[Problem]:
    """Find what is wrong with a status file that can be seen without a handbook."""
    source, problems = read(file, text.encode())
    found = problems or shape(StatusFile, source)
    return found if isinstance(found, list) else []


class _Work(Lines):
    """The lines of one file while they are mended, also in what they say."""

    def words(self, judge: Judge) -> None:
        """Put what was certainly meant for words that are not used here."""
        left: set[tuple[int, str]] = set()
        trials = iter(range(MOST_TRIALS))
        for _ in range(MOST_ROUNDS):
            found = judge(self.text)
            if not (certain := [p for p in found if _in_one_line(p) and (p.line, p.excerpt) not in left]):
                return
            left |= {(p.line, p.excerpt) for p in self._unfit(sorted(certain, reverse=True), judge, trials)}

    def _unfit(self, certain: list[Problem], judge: Judge, trials: Iterator[int]) -> list[Problem]:
        """Make all replacements with which the file can be read, from below; returns the others.

        Those that spoil it are found by halves. When the trials are used up, all that is left is among the others.
        """
        if next(trials, None) is None:
            return certain
        if self._replaced(certain, judge(self.text), judge):
            return []
        if len(certain) == 1:
            return certain
        middle = len(certain) // 2
        return self._unfit(certain[:middle], judge, trials) + self._unfit(certain[middle:], judge, trials)

    def _replaced(self, problems: Iterable[Problem], before: Iterable[Problem], judge: Judge) -> bool:
        """Make the replacements, unless the file could not be read with them."""
        lines, told = [*self.lines], []
        for problem in sorted(problems, reverse=True):
            number, start = problem.line - 1, problem.column - 1
            line, end = lines[number], problem.column - 1 + problem.width
            lines[number] = line[:start] + problem.instead + line[end:]
            told.append((number + 1, f'"{problem.instead}" for "{line[start:end]}"'))
        after = judge(self.with_lines(dict(enumerate(lines))).text)
        if _of_structure(after) - _of_structure(before):
            return False
        self.lines = lines
        self.done += told
        return True


STRUCTURE = frozenset(("syntax", "duplicate-key", "no-names", "name-not-text", "text-cut", "anchor", "tag"))
"""Kinds of problem that a replaced word can cause but never reveal: the reader finds them before all others."""


def _of_structure(problems: Iterable[Problem]) -> set[tuple[int, str]]:
    return {(problem.line, problem.sentence) for problem in problems if problem.kind in STRUCTURE}
