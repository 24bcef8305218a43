"""Kinds of problem, and the record of one: where it is, what it is, what to write instead."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeVar

from macros.text.messages import M_, MESSAGE, NOTHING, Language, Said, as_written

ERROR, WARNING, NOTE = "problem", "slip", "hint"

Rule = TypeVar("Rule", bound=Callable[..., object])

KINDS: dict[str, str] = {}
"""Kind of problem → the docstring of the rule that finds it, shown on *Problems and fixes*."""


def kind(*names: str) -> Callable[[Rule], Rule]:
    """Register a rule: its docstring explains each of the kinds of problem it finds."""

    def register(rule: Rule) -> Rule:
        for name in names:
            KINDS[name] = inspect.cleandoc(rule.__doc__ or "").partition("\n\nArgs:")[0]
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
    sentence: Said
    fix: Said = NOTHING
    notes: tuple[Said, ...] = ()
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


def in_language(problem: Problem, language: Language) -> Problem:
    """Say a problem in a language; the words of its author stay as they are."""
    if language.is_english:
        return problem
    say, notes = language.say, tuple(map(language.say, problem.notes))
    return replace(problem, sentence=say(problem.sentence), fix=say(problem.fix), notes=notes)


def names_texts(problem: Problem) -> bool:
    """Say whether a problem names texts of the handbook, which other catalogues have than that of messages."""
    return any(part.contexts - {MESSAGE} for part in (problem.sentence, problem.fix, *problem.notes))


def one_of(what: Said, words: Iterable[str], most: int = 10) -> tuple[Said, ...]:
    """Make the note that lists the allowed words, if there are few enough to read."""
    listed = list(words)
    return (M_("%(what)s is one of: %(words)s", what=what, words=", ".join(listed)),) if 0 < len(listed) <= most else ()


def or_list(words: Iterable[str]) -> Said:
    """List words in a sentence: `a, b or c`."""
    *first, last = words
    return M_("%(some)s or %(last)s", some=", ".join(first), last=last) if first else as_written(last)


def lacking(record: object, fields: Iterable[str] = ("since", "evidence")) -> Said | None:
    """Name the fields that a record lacks, which are two at most: `since and evidence`; None if it has them."""
    missing = [name for name in fields if not getattr(record, name)]
    if len(missing) > 1:
        return M_("%(some)s and %(last)s", some=missing[0], last=missing[1])
    return as_written(missing[0]) if missing else None


def quoted(word: str) -> Said:
    """Put a word in quotes, as messages show it."""
    return M_('"%(word)s"', word=word)


def write(word: str) -> Said:
    """Turn a word into the instruction under the caret; empty stays empty."""
    return M_('write "%(word)s"', word=word) if word else NOTHING
