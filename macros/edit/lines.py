"""Mend spaces and tabs in a YAML text, where only one reading is possible. Pure functions."""

import re
from collections.abc import Callable
from itertools import islice, product, takewhile

from macros.text.characters import pasted_cells
from macros.text.problem import Problem
from macros.text.reader import read
from macros.text.source import Source, Value

SPACE = re.compile(r"^(\s*)([\w-]+:)(?=[^\s:/])")
SPACED = re.compile(r"^( *)[\w-]+:[^\W\d_][^:#]*$")
"""Such a line that has a plain text behind the colon, which ends with the line."""
WIDE = "\u00a0\u2009\u202f"
WIDE_SPACES = re.compile(f"(?<=:)[{WIDE}]+")
WIDTHS = (2, 4, 8)  # what a tab is worth in the programs that people use
MOST_READINGS = 30  # of one file, when it is tried what a tab is worth
MOST_TRIALS = 50  # of one kind in one file; what is left after them is left to the author


Judge = Callable[[str], list[Problem]]
"""A text → all that is wrong with it."""


class Lines:
    """The lines of one file while they are mended.

    Attributes:
        done: The lines that were changed, counted from 1, each with a sentence that says how.
    """

    def __init__(self, file: str, text: str):
        self.file = file
        self.ends = re.findall(r"\r?\n|\Z", text)
        self.lines = re.split(r"\r?\n", text)
        self.done: list[tuple[int, str]] = []

    @property
    def text(self) -> str:
        """The text with the line ends that it had."""
        return "".join(line + end for line, end in zip(self.lines, self.ends, strict=False))

    def read(self, lines: list[str]) -> tuple[Source, list[Problem]]:
        """Read other lines in place of these."""
        return read(self.file, "\n".join(lines).encode())

    def put(self, number: int, line: str, sentence: str) -> None:
        """Change a line, counted from 0, and say what was done."""
        if line != self.lines[number]:
            self.lines[number] = line
            self.done.append((number + 1, sentence))

    def wide_spaces(self) -> None:
        """Put ordinary spaces for others, before the first word of a line and behind a colon."""
        for number, line in enumerate(self.lines):
            rest = line.lstrip(f" \t{WIDE}")
            indent = re.sub(f"[{WIDE}]", " ", line[: len(line) - len(rest)])
            self.put(number, indent + WIDE_SPACES.sub(" ", rest), "ordinary spaces")

    def tabs(self, judge: Judge) -> None:
        """Put spaces for tabs: one within a line, two before a comment, and as many as fit before its first word."""
        tabbed = []
        for number, line in enumerate(self.lines):
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            rest = line[len(indent) :]
            if "\t" in rest and not pasted_cells(rest):
                rest = re.sub(r"\s*\t\s*(?=#)", "  ", rest).replace("\t", " ")
                self.put(number, indent + rest, "spaces for a tab")
            if "\t" in indent:
                tabbed.append(number)
        if tabbed and (fitting := self._fitting(tabbed, judge)):
            for number in tabbed:
                self.put(number, fitting[number], "spaces for a tab")

    def _fitting(self, tabbed: list[int], judge: Judge) -> dict[int, str] | None:
        """Find the indents with which the file can be read, if all that are possible read the same.

        Where they do not, the one about which `judge` has nothing to say.
        """
        groups = [[tabbed[0]]]
        for number in tabbed[1:]:
            if all(not line.strip() for line in self.lines[groups[-1][-1] + 1 : number]):
                groups[-1].append(number)
            else:
                groups.append([number])
        found: list[tuple[dict[int, str], Value]] = []
        for widths in islice(product(WIDTHS, repeat=len(groups)), MOST_READINGS):
            tried = {
                number: self.lines[number].replace("\t", " " * width, self._indent_tabs(number))
                for group, width in zip(groups, widths, strict=True)
                for number in group
            }
            other = self.with_lines(tried)
            other.missing_spaces()
            source, problems = other.read(other.lines)
            if not problems and all(source.data != values for _, values in found):
                found.append((tried, source.data))
        if len(found) > 1:
            found = [(tried, values) for tried, values in found if not self._blamed(tried, judge)]
        return found[0][0] if len(found) == 1 else None

    def with_lines(self, changed: dict[int, str]) -> "Lines":
        """Give a copy in which some lines are others."""
        return Lines(self.file, "\n".join(changed.get(number, line) for number, line in enumerate(self.lines)))

    def _blamed(self, changed: dict[int, str], judge: Judge) -> bool:
        return any(problem.line - 1 in changed for problem in judge(self.with_lines(changed).text))

    def _indent_tabs(self, number: int) -> int:
        line = self.lines[number]
        return line[: len(line) - len(line.lstrip(" \t"))].count("\t")

    def missing_spaces(self) -> None:
        """Put a space after a colon where that is what the reader complains about."""
        for _ in range(MOST_TRIALS):
            _, problems = self.read(self.lines)
            complaint = next((p for p in problems if p.kind in ("syntax", "no-names") and "space" in p.fix), None)
            if complaint is None or not SPACE.match(self.lines[complaint.line - 1]):
                return
            run = self._alike(complaint.line - 1)
            if not any(self._spaced(numbers, complaint.kind) for numbers in (run, run[:1])):
                return

    def _alike(self, number: int) -> range:
        """Find the lines from this one on that lack the space too, in the same group: they are next."""
        begin = SPACED.match(self.lines[number])
        rest = islice(self.lines, number + 1, None) if begin else ()
        same = takewhile(lambda line: (found := SPACED.match(line)) and found[1] == begin[1], rest)  # type: ignore[index]
        return range(number, number + 1 + sum(1 for _ in same))

    def _spaced(self, numbers: range, kind: str) -> bool:
        """Put a space into these lines, unless the reader still complains about them or about what follows."""
        tried = [*self.lines]
        for number in numbers:
            tried[number] = SPACE.sub(r"\1\2 ", tried[number])
        near = [p for p in self.read(tried)[1] if p.kind == kind and p.line <= numbers[-1] + 2]
        if any(p.line - 1 in numbers or "space" not in p.fix for p in near):
            return False
        for number in numbers:
            self.put(number, tried[number], "a space after the colon")
        return True

    def ends_of_lines(self) -> None:
        """Take spaces off the ends of lines, where the file reads the same afterwards."""
        bare = [line.rstrip(" ") for line in self.lines]
        source, problems = self.read(self.lines)
        after, left = self.read(bare)
        if problems or left or source.data != after.data:
            return
        for number, line in enumerate(bare):
            self.put(number, line, "no spaces at the end")
