"""The smallest piece of a text that has to be replaced so that a value changes; see `splice.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from macros.edit.nodes import Entry, Node, SpliceError, tree
from macros.edit.values import TO_A_FILE, Path, index_of, is_answer, plain, rank, written


class Piece:
    """A text of which one piece is replaced."""

    def __init__(self, text: str):
        self.text = text
        self.tree = tree(text)

    def find(self, path: Path) -> Node | None:
        """Find the value at a path; None where there is none."""
        node = self.tree
        for step in path:
            if node.kind == "list":
                if step == "+":
                    return None
                node = node.items[index_of(node.items, step)]
            elif (entry := node.get(step)) is None:
                return None
            else:
                node = entry.node
        return node

    def set(self, path: Path, value: Any) -> str:
        """Give the text with a value at a path; None removes what is there."""
        node, parent = self.tree, self.tree
        holder: Entry | None = None
        for number, step in enumerate(path):
            rest = path[number:]
            if node.kind == "text" and holder is not None:
                return self.text if value is None else self.begin(parent, holder, path, rest, value)
            if node.kind == "list" and holder is not None:
                if step == "+" or len(rest) == 1:
                    return self.in_list(node, holder, step, value)
                node = node.items[index_of(node.items, step)]
            elif (entry := node.get(step)) is None:
                return self.text if value is None else self.insert(node, path, rest, value)
            else:
                parent, holder, node = node, entry, entry.node
        assert holder is not None  # noqa: S101 - the last step of a path is a name
        if value is None:
            return self.blank(parent, holder) if is_answer(path) else self.remove(parent, holder)
        return self.replace(holder, value)

    # --- what is added ---

    def begin(self, parent: Node, holder: Entry, path: Path, rest: Path, value: Any) -> str:
        """Put the first entry under a name that has none."""
        if parent.flow or (len(rest) == 1 and not isinstance(value, Mapping) and not is_answer(path)):
            return self.replace(holder, _nested(rest, value))
        lines = self.lines(path, rest, value, parent.column + self.step())
        return self.line_after(holder.node.end, lines)

    def insert(self, node: Node, path: Path, rest: Path, value: Any) -> str:
        """Put a new name into a group, after the last one that comes before it in the order of names."""
        deep = len(path) > len(rest)
        new = rank(rest[0], deep)
        before = [entry for entry in node.entries if rank(entry.name, deep) <= new]
        if not node.flow:
            at = (before or node.entries)[-1].node.end
            return self.line_after(at, self.lines(path, rest, value, node.column))
        text = f"{rest[0]}: {written(_nested(rest[1:], value), rest[0])}"
        if node.entries and not before:
            return self.cut(node.entries[0].start, node.entries[0].start, f"{text}, ")
        return self.in_braces(node, before[-1].node if before else None, text)

    def in_braces(self, node: Node, before: Node | None, text: str) -> str:
        """Put an entry within braces or brackets."""
        if before is None:
            return self.cut(node.start + 1, node.start + 1, text)
        # Directly after a colon, a comma would belong to the name.
        return self.cut(before.end, before.end, f"{' ' * before.empty}, {text}")

    def lines(self, path: Path, rest: Path, value: Any, column: int) -> list[str]:
        """Write new lines that begin in a column, a line for each step of the path."""
        if len(rest) > 1 and rest[-1] != "+" and not isinstance(value, Mapping) and not is_answer(path):
            rest, value = rest[:-1], {rest[-1]: value}
        found = []
        for number, step in enumerate(rest):
            mark = "-" if step == "+" else f"{step}:"
            last = f" {written(value, step)}" if number == len(rest) - 1 else ""
            found.append(f"{' ' * (column + number * self.step())}{mark}{last}")
        return found

    def in_list(self, node: Node, holder: Entry, step: str, value: Any) -> str:
        """Add an entry to a list, or remove one."""
        if step == "+" and node.flow:
            return self.in_braces(node, node.items[-1] if node.items else None, written(value, holder.name))
        if step == "+":
            return self.line_after(node.end, [f"{' ' * node.column}- {written(value, holder.name)}"])
        number = index_of(node.items, step)
        if value is not None:
            raise SpliceError(f"This entry of a list cannot be replaced for certain. {TO_A_FILE}")
        item = node.items[number]
        if node.flow:
            return self.out_of_braces(item.start, node.items, number)
        hyphen = self.text.rfind("-", 0, item.start)
        if self.text[self.line_start(hyphen) : hyphen].strip():
            raise SpliceError(f"This entry of a list cannot be removed for certain. {TO_A_FILE}")
        text = self.without_lines(hyphen, item.end)
        return text if len(node.items) > 1 else f"{text[: holder.colon]} []{text[holder.colon :]}"

    # --- what is replaced or removed ---

    def replace(self, holder: Entry, value: Any) -> str:
        """Put a value where another one is, or none."""
        node, new = holder.node, written(value, holder.name)
        if plain(node.data) == plain(value):
            return self.text
        if node.empty:
            comment = re.match(" *#", self.text[holder.colon :])
            return self.cut(node.end, node.end, f" {new}{' ' * max(0, 3 - len(comment[0])) if comment else ''}")
        self.guard(holder)
        if node.kind == "text" or node.flow:
            return self.cut(node.start, node.end, new)
        return self.cut(holder.colon, node.end, f" {new}")

    def blank(self, parent: Node, holder: Entry) -> str:
        """Leave nothing behind a colon."""
        self.guard(holder)
        return self.cut(holder.node.start if parent.flow else holder.colon, holder.node.end, "")

    def guard(self, holder: Entry) -> None:
        """Refuse to remove a comment."""
        old = self.text[holder.colon : holder.node.end]
        if "\n" in old and "#" in old:
            raise SpliceError(f'There is a comment within "{holder.name}", which would be lost. {TO_A_FILE}')

    def remove(self, parent: Node, entry: Entry) -> str:
        """Remove a name with its value."""
        number = parent.entries.index(entry)
        if parent.flow:
            return self.out_of_braces(entry.start, [inner.node for inner in parent.entries], number)
        if not self.text[self.line_start(entry.start) : entry.start].strip():
            return self.without_lines(entry.start, entry.node.end)
        following = parent.entries[number + 1].start if number + 1 < len(parent.entries) else entry.start
        if self.text[entry.node.end : following].strip() or following == entry.start:
            raise SpliceError(f'"{entry.name}" cannot be removed for certain. {TO_A_FILE}')
        return self.cut(entry.start, following, "")

    def out_of_braces(self, start: int, nodes: Sequence[Node], number: int) -> str:
        """Remove an entry from braces or brackets, with one comma."""
        end = nodes[number].end
        after = re.compile(r" *,\s*").match(self.text, end)
        if number == 0 or (after and number + 1 < len(nodes)):
            comma = re.compile(" *,").match(self.text, end)
            whole = after and self.text[after.end() : after.end() + 1] not in "#"
            found = after if whole else comma
            return self.cut(start, found.end() if found and number + 1 < len(nodes) else end, "")
        before = nodes[number - 1]
        between = self.text[before.end : start]
        return self.cut(start if "#" in between else before.end, end, " " * before.empty * ("#" not in between))

    # --- characters ---

    def cut(self, start: int, end: int, new: str) -> str:
        """Replace characters."""
        return self.text[:start] + new + self.text[end:]

    def line_start(self, at: int) -> int:
        """Find where the line of a character begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_after(self, at: int, lines: list[str]) -> str:
        """Put lines after the line of a character; one that is the last without an end leaves it so."""
        found = re.compile(r"\r?\n|\Z").search(self.text, at)
        assert found is not None  # noqa: S101 - the end of the text is found at last
        first = re.search(r"\r?\n", self.text)
        end = found[0] or (first[0] if first else "\n")
        return self.cut(found.start(), found.start(), "".join(end + line for line in lines))

    def without_lines(self, start: int, end: int) -> str:
        """Remove the lines from one character to another."""
        begin, found = self.line_start(start), self.text.find("\n", end)
        if found >= 0:
            return self.cut(begin, found + 1, "")
        before = begin - 1 - (self.text[begin - 2 : begin] == "\r\n") if begin else 0
        return self.cut(before, len(self.text), "")

    def step(self) -> int:
        """Find by how many spaces the lines of this file are moved to the right."""
        below = (entry.node for entry in self.tree.entries if entry.node.kind == "map" and not entry.node.flow)
        return next((node.column - self.tree.column for node in below), 2)


def _nested(rest: Path, value: Any) -> Any:
    for step in reversed(rest):
        value = [value] if step == "+" else {step: value}
    return value
