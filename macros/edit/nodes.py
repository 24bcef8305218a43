"""YAML text → nodes that know between which characters they stand, so that a piece of the text can be replaced.

Only text that `reader.read` accepts without problems comes here. What cannot be replaced for certain is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent, YAMLError

from macros.text.reader import Loader

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


class SpliceError(ValueError):
    """The text is not changed; says why in a sentence."""


@dataclass
class Node:
    """A value of a text.

    Attributes:
        kind: A text (also an empty one), a group of names, or a list.
        start, end: The first character, and the one after the last.
        flow: In braces or brackets; for a text, within them.
        column: Where the names or hyphens of a block begin.
        value: What a text says; None where there is nothing.
        block: A text that begins with | or >.
        entries: The names and values of a group.
        items: The entries of a list.
    """

    kind: Literal["text", "map", "list"]
    start: int
    end: int
    flow: bool = False
    column: int = 0
    value: str | None = None
    block: bool = False
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether there is nothing here."""
        return self.kind == "text" and self.value is None

    def get(self, name: str) -> Entry | None:
        """Find an entry of a group."""
        return next((entry for entry in self.entries if entry.name == name), None)

    @property
    def data(self) -> Any:
        """The values alone."""
        if self.kind == "map":
            return {entry.name: entry.node.data for entry in self.entries}
        return [item.data for item in self.items] if self.kind == "list" else self.value


@dataclass
class Entry:
    """A name with its value: `colon` is the place after the colon."""

    name: str
    start: int
    colon: int
    node: Node


@lru_cache(8)
def tree(text: str) -> Node:
    """Read a text that the reader accepts; raises SpliceError where something cannot be replaced for certain."""
    try:
        return _Tree(text).root()
    except YAMLError:
        raise SpliceError("The file cannot be read for certain. Edit the file itself.") from None


class _Tree:
    def __init__(self, text: str):
        self.text = text
        self.next = Loader(text).get_event
        self.starts = [0, *(found.end() for found in re.finditer(r"\n", text))]

    def place(self, mark: Any) -> int:
        return self.starts[mark.line] + int(mark.column) if mark.line < len(self.starts) else len(self.text)

    def refuse(self, at: int, sentence: str) -> SpliceError:
        return SpliceError(f"Line {self.text.count(chr(10), 0, at) + 1}: {sentence}.")

    def root(self) -> Node:
        self.next()
        start = self.next()
        if getattr(start, "explicit", False):
            raise self.refuse(self.place(start.start_mark), "a line of three hyphens is not understood here")
        node = self.node(self.next(), -1)
        if getattr(self.next(), "explicit", False):
            raise self.refuse(len(self.text), "a line of three points is not understood here")
        if node.kind != "map" or node.flow:
            raise self.refuse(node.start, "the file does not consist of lines with a name and a value")
        return node

    def node(self, event: Any, column: int) -> Node:
        """Read the value that begins with an event, under names that begin in a column."""
        start, end = self.place(event.start_mark), self.place(event.end_mark)
        if isinstance(event, ScalarEvent):
            if event.style in ("|", ">"):
                return Node("text", start, self.block_end(start, column), value=event.value, block=True)
            value = event.value if event.style or event.value else None
            return Node("text", start, start if value is None else end, value=value)
        node = Node("map" if isinstance(event, MappingStartEvent) else "list", start, end, bool(event.flow_style))
        if node.kind == "map":
            node.entries = list(self.entries(node))
        elif isinstance(event, SequenceStartEvent):
            node.items = list(self.items(node))
        return node

    def entries(self, node: Node) -> Iterator[Entry]:
        event: Any = None
        while not isinstance(event := self.next(), MappingEndEvent):
            start, end = self.place(event.start_mark), self.place(event.end_mark)
            before = self.text[:start].rstrip(" ")[-1:]
            name = self.text[start:end]
            plain = name[1:-1] if event.style else name
            if before == "?" or self.text[end : end + 1] != ":" or plain != event.value or not NAME.fullmatch(plain):
                raise self.refuse(start, "this name is written in a way that is not understood here")
            column = node.column if node.flow else self.column(start)
            node.column = column
            value = self.node(self.next(), column)
            if value.empty:
                value.start = value.end = end + 1
            yield Entry(plain, start, end + 1, value)
            node.end = value.end
        if node.flow:
            node.end = self.place(event.end_mark)

    def items(self, node: Node) -> Iterator[Node]:
        event: Any = None
        while not isinstance(event := self.next(), SequenceEndEvent):
            start = self.place(event.start_mark)
            hyphen = self.text.rfind("-", self.line_start(start), start)
            if not node.flow and (hyphen < 0 or self.text[hyphen + 1 : start].strip(" ")):
                raise self.refuse(start, "this entry of a list is written in a way that is not understood here")
            if not node.flow:
                node.column = self.column(hyphen)
            item = self.node(event, node.column)
            if item.empty:
                raise self.refuse(start, "this entry of a list is empty")
            yield item
            node.end = item.end
        if node.flow:
            node.end = self.place(event.end_mark)

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def column(self, at: int) -> int:
        return at - self.line_start(at)

    def block_end(self, start: int, column: int) -> int:
        """Find where a text that begins with | or > ends: after its last line that is not empty."""
        end = at = self.line_end(start)
        while at < len(self.text):
            line_end = self.line_end(at + 1)
            line = self.text[at + 1 : line_end]
            if line.strip():
                if len(line) - len(line.lstrip(" ")) <= column:
                    break
                end = line_end
            at = line_end
        return end - (self.text[end - 1 : end] == "\r")

    def line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found
