"""One file: its text, and plain values that know their line and column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from macros.text.messages import NOTHING, Said
from macros.text.problem import Problem

Path: TypeAlias = Sequence[str | int]
Value: TypeAlias = Any  # None, str, Mapping or Items


class Spot(NamedTuple):
    """A place in a file: line and column from 1, and how many characters it covers."""

    line: int
    column: int
    width: int = 1


def spot_of(event: Any) -> Spot:
    """Find the place of a parser's event."""
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    width = end.column - column if end.line == line else 1
    return Spot(line + 1, column + 1, width if width > 0 else 1)


class Mapping(dict[str, Value]):
    """Names and values, with the parser's events of both: their places are needed only where something is wrong."""

    __slots__ = ("events",)

    def __init__(self) -> None:
        self.events: dict[str, tuple[Any, Any]] = {}

    def name_at(self, name: str) -> Spot:
        """Find the place of a name."""
        return spot_of(self.events[name][0])

    def value_at(self, name: str) -> Spot:
        """Find the place of the value of a name."""
        return spot_of(self.events[name][1])


class Items(list[Value]):
    """A list, with the parser's event of each entry."""

    __slots__ = ("events",)

    def __init__(self) -> None:
        self.events: list[Any] = []

    def value_at(self, number: int) -> Spot:
        """Find the place of an entry."""
        return spot_of(self.events[number])


@dataclass
class Source:
    """One file: its text, the values read from it, and where each of them stands."""

    file: str
    text: str
    data: Mapping = field(default_factory=Mapping)
    _lines_of: str | None = field(default=None, init=False, repr=False, compare=False)
    _lines: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    def spot(self, path: Path, name: bool = False) -> Spot:
        """Find the place of the value (or of its name) at `path`; else of its nearest parent."""
        here, node = Spot(1, 1), self.data
        for step in path:
            if isinstance(node, Mapping) and step in node:
                here = (node.name_at if name and step == path[-1] else node.value_at)(str(step))
            elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
                here = node.value_at(step)
            else:
                break
            node = node[step]  # type: ignore[index]
        return here

    def at(self, path: Path) -> Value:
        """Give the value at `path`; None where there is none."""
        node: Value = self.data
        for step in path:
            if not isinstance(node, (Mapping, Items)) or (isinstance(node, Items) and not isinstance(step, int)):
                return None
            try:
                node = node[step]  # type: ignore[index]
            except (KeyError, IndexError):
                return None
        return node

    def line(self, number: int) -> str:
        """Give a line of the text as it was written; empty after the last one."""
        if self._lines_of is not self.text:
            self._lines_of = self.text
            self._lines = [line.rstrip("\r") for line in self.text.split("\n")]  # here, so that problems share them
        return self._lines[number - 1] if number <= len(self._lines) else ""

    def problem(self, kind: str, sentence: Said, at: Spot, fix: Said = NOTHING, notes: Sequence[Said] = ()) -> Problem:
        """Make a problem of this file at a place in it."""
        return Problem(self.file, at.line, at.column, kind, sentence, fix, tuple(notes), at.width, self.line(at.line))

    def matches(self, pattern: str) -> Iterator[tuple[Spot, str]]:
        """Find a pattern in the text: the place and the characters, line by line; ^ and $ are those of lines."""
        if not re.search(pattern, self.text.replace("\r\n", "\n"), re.MULTILINE):
            return
        for number, line in enumerate(self.text.split("\n"), 1):
            for match in re.finditer(pattern, line.removesuffix("\r")):
                yield Spot(number, match.start() + 1, max(1, len(match[0]))), match[0]
