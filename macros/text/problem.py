"""Kinds of problem, and the record of one: where it is, what it is, what to write instead."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

ERROR, WARNING, NOTE = "problem", "slip", "hint"

Rule = TypeVar("Rule", bound=Callable[..., object])

KINDS: dict[str, str] = {}
"""Kind of problem → the docstring of the rule that finds it, shown on *Problems and fixes*."""


def kind(*names: str) -> Callable[[Rule], Rule]:
    """Register a rule: its docstring explains each of the kinds of problem it finds."""

    def register(rule: Rule) -> Rule:
        for name in names:
            KINDS[name] = inspect.cleandoc(rule.__doc__ or "")
        return rule

    return register


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    Lines and columns count from 1; both are 0 when the mistake is the file itself.
    `width` is the number of characters underlined, `excerpt` the line as it was written; it is
    empty where the line must not be repeated. A `severity` of ERROR stops publishing,
    WARNING and NOTE do not. `instead` is what to write in place of what is underlined; it is `certain` where the
    author can have meant nothing else.
    """

    file: str
    line: int
    column: int
    kind: str
    sentence: str
    fix: str = ""
    notes: tuple[str, ...] = ()
    width: int = 1
    excerpt: str = ""
    severity: str = ERROR
    instead: str = ""
    certain: bool = False


def nearest(word: str, words: Iterable[str]) -> str:
    """Find the allowed word that was probably meant; empty when none is near."""
    folded = {known.casefold(): known for known in words}
    written = word.casefold().replace("_", "-").replace(" ", "-")
    if written.isdigit():
        return ""
    # Short words resemble each other by chance.
    cutoff = 0.6 if len(written) > 5 else 0.72
    return next((folded[near] for near in get_close_matches(written, folded, 1, cutoff)), "")


def one_of(what: str, words: Iterable[str], most: int = 10) -> tuple[str, ...]:
    """Make the note that lists the allowed words, if there are few enough to read."""
    listed = list(words)
    return (f"{what} is one of: {', '.join(listed)}",) if 0 < len(listed) <= most else ()


def or_list(words: Iterable[str]) -> str:
    """List words in a sentence: `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def quoted(word: str) -> str:
    """Put a word in quotes, as messages show it."""
    return f'"{word}"'


def write(word: str) -> str:
    """Turn a word into the instruction under the caret; empty stays empty."""
    return f'write "{word}"' if word else ""
