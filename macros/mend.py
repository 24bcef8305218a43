"""Mend what is safe in a file, and nothing else. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from macros.answers import StatusFile
from macros.problems import shape
from macros.reader import read

SPACE = re.compile(r"^(\s*)([\w-]+:)(?=[^\s:/])")


@dataclass(frozen=True)
class Mended:
    """The new text of a file, and what was done, one sentence each."""

    text: str
    done: tuple[str, ...]


def mend(file: str, text: str) -> Mended:
    """Mend tabs, spaces at line ends, a missing space after a colon, and statuses that are nearly right.

    Everything else stays as it was: comments, order, quotes and line ends.
    """
    done: list[str] = []
    ends = re.findall(r"\r?\n|\Z", text)
    lines = [_line(line, number, done) for number, line in enumerate(re.split(r"\r?\n", text), 1)]
    for _ in range(len(lines)):
        at = _missing_space(file, lines)
        if at is None:
            break
        lines[at] = SPACE.sub(r"\1\2 ", lines[at])
        done.append(f"line {at + 1}: a space after the colon")
    _statuses(file, lines, done)
    mended = "".join(line + end for line, end in zip(lines, ends, strict=False))
    return Mended(mended, tuple(done))


def _line(line: str, number: int, done: list[str]) -> str:
    indent = re.match(r"[ \t]*", line)
    plain = (indent[0].replace("\t", "  ") if indent else "") + line[indent.end() if indent else 0 :].replace("\t", " ")
    if plain != line:
        done.append(f"line {number}: spaces for a tab")
    if plain.rstrip(" ") != plain:
        done.append(f"line {number}: no spaces at the end")
    return plain.rstrip(" ")


def _missing_space(file: str, lines: list[str]) -> int | None:
    """Find the line, if any, whose colon the reader complains about."""
    _, problems = read(file, "\n".join(lines).encode())
    for problem in problems:
        if problem.kind in ("syntax", "no-names") and "space" in problem.fix:
            return problem.line - 1 if SPACE.match(lines[problem.line - 1]) else None
    return None


def _statuses(file: str, lines: list[str], done: list[str]) -> None:
    """Put the status that was meant for one that is nearly right."""
    source, problems = read(file, "\n".join(lines).encode())
    found = [] if problems else shape(StatusFile, source)
    if not isinstance(found, list):
        return
    for problem in sorted(found, reverse=True):
        word = re.fullmatch(r'write "([a-z-]+)"', problem.fix)
        if problem.kind == "unknown-status" and word:
            line, start = lines[problem.line - 1], problem.column - 1
            old = line[start : start + problem.width]
            lines[problem.line - 1] = line[:start] + word[1] + line[start + problem.width :]
            done.append(f'line {problem.line}: "{word[1]}" for "{old}"')
