"""YAML text → plain values that know their line and column.

Every scalar stays the text its author wrote: no type is guessed, nothing is resolved, and
what YAML would change in silence (equal keys, aliases, tags, text after #) is refused.
"""

from sys import intern
from typing import Any

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from macros.text.characters import HIDDEN, MAX_BYTES, hidden, not_utf8, text_problems, too_large
from macros.text.messages import M_
from macros.text.problem import Problem
from macros.text.restrictions import MAX_DEPTH, Stop, YamlRules
from macros.text.source import Items, Mapping, Source, Spot, Value, spot_of

# libyaml is seven times faster. Only its events are used: composing nodes from deep nesting ends the process.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(file: str, raw: bytes, limit: int = MAX_BYTES) -> tuple[Source, list[Problem]]:
    """Read one YAML file.

    Args:
        file: The name that problems carry, relative to the repository.
        raw: The bytes of the file.
        limit: The most bytes it may have.

    Returns:
        The source, its `data` complete only when the list of problems is empty.
    """
    source = Source(file, "")
    if problems := [*too_large(source, raw, limit)] or [*not_utf8(source, raw)]:
        return source, problems
    source.text = raw.decode("utf-8-sig")
    if problems := text_problems(source):
        return source, problems
    reader = Reader(source)
    reader.run()
    return source, reader.problems


class Reader(YamlRules):
    """Build values from the parser's events, noting every problem on the way."""

    def __init__(self, source: Source):
        super().__init__(source)
        self.next = Loader(source.text).get_event

    def run(self) -> None:
        """Read the one document of the file into `source.data`."""
        try:
            self.next()
            start = self.next()
            if isinstance(start, StreamEndEvent):
                return self.empty(Spot(1, 1))
            self.directives(start)
            first = self.next()
            data = self.value(first, 1)
            self.next()
            self.one_document(self.next())
            if isinstance(data, Mapping):
                self.source.data = data
            elif data is None:
                at = spot_of(first)  # behind the last line where the file has no other
                self.empty(at if at.line <= self.source.text.count("\n") + 1 else Spot(1, 1))
            else:
                self.no_names(spot_of(first))
        except Stop:
            pass
        except yaml.YAMLError as error:
            self.syntax(error)
        # PyYAML also raises these on odd input (measured with generated text).
        except (ValueError, AttributeError, IndexError, RecursionError, UnicodeError):
            self.note("syntax", M_("this file cannot be read as YAML"), Spot(1, 1))
        return None

    def value(self, event: Any, depth: int) -> Value:
        """Build the value that begins with `event`."""
        if event.anchor is not None:
            self.anchor(event, spot_of(event))
            if isinstance(event, AliasEvent):
                return None
        if event.tag is not None:
            self.tag(spot_of(event))
        if isinstance(event, ScalarEvent):
            if self.marked or event.style == '"':
                return self.scalar(event)
            return event.value or ("" if event.style else None)
        if depth > MAX_DEPTH:
            self.too_deep(spot_of(event))
        return self.mapping(depth) if isinstance(event, MappingStartEvent) else self.items(depth)

    def scalar(self, event: ScalarEvent) -> str | None:
        """Take the text of a scalar as it is; an empty one without quotes is None."""
        if event.style:
            if self.marked:
                self.cut_after(event)
            text: str = event.value  # in which only an escape can hide what the text of the file does not hold
            if not text.isprintable() and (found := HIDDEN.search(text)):
                self.problems.append(hidden(self.source, spot_of(event), found[0]))
            elif event.style == '"' and not text.isprintable():
                self.escaped(spot_of(event))
            return text
        if event.end_mark and event.end_mark.line in self.marked:
            self.cut_text(event)
        return event.value or None

    def mapping(self, depth: int) -> Mapping:
        """Build a group of names and values."""
        result = Mapping()
        while not isinstance(first := self.next(), MappingEndEvent):
            name = self.value(first, depth + 1)
            second = self.next()
            value = self.value(second, depth + 1)
            if not isinstance(name, str):
                self.name_not_text(spot_of(first))
            elif name in result:
                self.duplicate(name, spot_of(first), result.name_at(name))
            else:
                name = intern(name)  # the same names stand in every file
                result[name] = value
                result.events[name] = first, second
        if self.marked:
            self.cut_after(first)
        return result

    def items(self, depth: int) -> Items:
        """Build a list."""
        result = Items()
        while not isinstance(event := self.next(), SequenceEndEvent):
            result.append(self.value(event, depth + 1))
            result.events.append(event)
        if self.marked:
            self.cut_after(event)
        return result
