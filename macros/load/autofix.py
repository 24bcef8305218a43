"""Mend what is safe to mend in a file. Pure functions."""

import re
from dataclasses import dataclass

from macros.fields.shape import shape
from macros.model.status_file import StatusFile
from macros.text.problem import Problem
from macros.text.reader import read
from macros.text.source import Source

SPACE = re.compile(r"^(\s*)([\w-]+:)(?=[^\s:/])")
BOM = "\ufeff"


@dataclass(frozen=True)
class Fixed:
    """The new text of a file, and what was done, one sentence each, in the order of lines."""

    text: str
    done: tuple[str, ...]


def mend(file: str, text: str) -> Fixed:
    """Mend tabs, spaces at line ends, a missing space after a colon, and statuses that are nearly right.

    Everything else stays as it was: comments, order, quotes and line ends. A mend that would change
    more of what is read than the mistake itself is left out.
    """
    work = _Work(file, text.removeprefix(BOM))
    work.tabs()
    work.missing_spaces()
    work.statuses()
    work.ends_of_lines()
    done = tuple(f"line {line}: {sentence}" for line, sentence in sorted(work.done))
    return Fixed((BOM if text.startswith(BOM) else "") + work.text, done)


class _Work:
    """The lines of one file while they are mended."""

    def __init__(self, file: str, text: str):
        self.file = file
        self.ends = re.findall(r"\r?\n|\Z", text)
        self.lines = re.split(r"\r?\n", text)
        self.done: list[tuple[int, str]] = []

    @property
    def text(self) -> str:
        return "".join(line + end for line, end in zip(self.lines, self.ends, strict=False))

    def read(self, lines: list[str]) -> tuple[Source, list[Problem]]:
        return read(self.file, "\n".join(lines).encode())

    def put(self, number: int, line: str, sentence: str) -> None:
        """Change a line, counted from 0, and say what was done."""
        if line != self.lines[number]:
            self.lines[number] = line
            self.done.append((number + 1, sentence))

    def tabs(self) -> None:
        """Put two spaces for a tab that indents or stands before a comment, else one."""
        for number, line in enumerate(self.lines):
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            rest = re.sub(r"\s*\t\s*(?=#)", "  ", line[len(indent) :]).replace("\t", " ")
            self.put(number, indent.replace("\t", "  ") + rest, "spaces for a tab")

    def missing_spaces(self) -> None:
        """Put a space after a colon where that is what the reader complains about."""
        for _ in self.lines:
            _, problems = self.read(self.lines)
            complaint = next((p for p in problems if p.kind in ("syntax", "no-names") and "space" in p.fix), None)
            if complaint is None or not SPACE.match(self.lines[complaint.line - 1]):
                return
            at = complaint.line - 1
            tried = [*self.lines]
            tried[at] = SPACE.sub(r"\1\2 ", tried[at])
            _, left = self.read(tried)
            near = [p for p in left if p.kind == complaint.kind and p.line <= complaint.line + 1]
            if any(p.line == complaint.line or "space" not in p.fix for p in near):
                return
            self.put(at, tried[at], "a space after the colon")

    def statuses(self) -> None:
        """Put the status that was meant for one that is nearly right."""
        source, problems = self.read(self.lines)
        found = [] if problems else shape(StatusFile, source)
        for problem in sorted(found, reverse=True) if isinstance(found, list) else []:
            meant = re.fullmatch(r'write "([a-z-]+)"', problem.fix)
            line, start = self.lines[problem.line - 1], problem.column - 1
            old = line[start : start + problem.width]
            written = old[1:-1] if old[:1] in ("'", '"') else old
            if problem.kind == "unknown-status" and meant and problem.sentence.startswith(f'"{written}"'):
                new = line[:start] + meant[1] + line[start + problem.width :]
                self.put(problem.line - 1, new, f'"{meant[1]}" for "{old}"')

    def ends_of_lines(self) -> None:
        """Take spaces off the ends of lines, where the file reads the same afterwards."""
        bare = [line.rstrip(" ") for line in self.lines]
        source, problems = self.read(self.lines)
        after, left = self.read(bare)
        if problems or left or source.data != after.data:
            return
        for number, line in enumerate(bare):
            self.put(number, line, "no spaces at the end")
