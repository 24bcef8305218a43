"""What must never be in a published file: numbers and addresses of people, and secrets.

What is public is copied within minutes and kept for good. So the whole text is looked at, comments
and the file's name included, and a message never repeats what was found.
"""

import re
from collections.abc import Callable, Iterator, Set
from itertools import islice, pairwise
from typing import Any

from macros.privacy.addresses import private_addresses
from macros.privacy.identity import identity_numbers
from macros.privacy.plain import Plain, plain, seam
from macros.privacy.secrets import secrets
from macros.privacy.suspects import suspects
from macros.privacy.trace import Trace
from macros.text.characters import MOST
from macros.text.messages import M_, Said
from macros.text.problem import Problem
from macros.text.source import Items, Mapping, Source, spot_of

FIX = M_("take it out of the file, and read /privacy/ before you send anything")
FINDERS: dict[str, Callable[[str], Iterator[Trace]]] = {
    "identity-number": identity_numbers,
    "secret": secrets,
    "private-address": private_addresses,
}
ALL = frozenset(FINDERS)


def private_data(source: Source, kinds: Set[str] = ALL) -> Iterator[Problem]:
    """Find what must never be in a public file, in its text and its name.

    Of each place one thing is reported, and of a file no more than MOST.

    Args:
        kinds: What to look for.
    """
    named = [problem for problem in private_name(source.file) if problem.kind in kinds]
    yield from named or islice(_in_text(source, kinds), MOST)


def private_name(file: str) -> Iterator[Problem]:
    """Find what must never be in the name of a published file; the name is not repeated either."""
    view = plain(file)
    found = [*_traces(view.text, ALL)]
    hidden, done = "", 0
    for _, trace in sorted(found, key=lambda each: each[1]):
        hidden += file[done : max(done, view.origin(trace.start))] + "…"
        done = max(done, view.origin(trace.end))
    for word, trace in found:
        sentence = M_("there is %(what)s in the name of this file", what=trace.what)
        yield Problem(hidden + file[done:], 0, 0, word, sentence, FIX)


def _in_text(source: Source, kinds: Set[str]) -> Iterator[Problem]:
    table = source.file.lower().endswith(".csv")  # where a comma is not that of a decimal
    view = plain(source.text.replace(",", ";") if table else source.text)
    lines = view.text.split("\n")
    ends = [match.start() for match in re.finditer("\n", view.text)]
    reported = set()
    for number, suspected in sorted(suspects(view.text, kinds).items()):
        start = ends[number - 1] + 1 if number else 0
        for word, trace in _traces(lines[number], suspected):
            if not _is_of_a_unit(source.file, word, lines[number][: trace.end]):
                reported.add(number + 1)
                yield _problem(source.file, view, number, start + trace.start, word, trace.what)
    for number, word, what in _over_ends(lines, kinds):
        if number not in reported:
            reported.add(number)
            yield Problem(source.file, number, 1, word, _there_is(what), FIX)


def _problem(file: str, view: Plain, number: int, at: int, word: str, what: Said) -> Problem:
    """Make the problem of a place in the plain text; its column is that of the original text."""
    column = view.origin(at) - view.origin(view.text.rfind("\n", 0, at) + 1)
    return Problem(file, number + 1, column + 1, word, _there_is(what), FIX)


def _there_is(what: Said) -> Said:
    return M_("there is %(what)s here", what=what)


def _traces(line: str, kinds: Set[str]) -> Iterator[tuple[str, Trace]]:
    """Find what is in one plain line, each place once: kind and place."""
    reported: list[Trace] = []
    for word, find in FINDERS.items():
        for trace in find(line) if word in kinds else ():
            if all(trace.end <= other.start or other.end <= trace.start for other in reported[-MOST:]):
                reported.append(trace)
                yield word, trace


def _over_ends(lines: list[str], kinds: Set[str]) -> Iterator[tuple[int, str, Said]]:
    """Find what begins at the end of a line and goes on in the next: number of the line, kind, what."""
    seams = [seam(before, after) for before, after in pairwise(lines)]
    for number, suspected in sorted(suspects("\n".join(text for text, _, _ in seams), kinds - {"secret"}).items()):
        text, first, second = seams[number]
        for word, trace in _traces(text, suspected):
            if trace.start < first and trace.end > second:
                yield number + 1, word, trace.what


OF_A_UNIT = re.compile(
    r"(?:^|[\s{,])[\"']?(?:mail|phone|contact|address|supervision|enforcement|imprint)[\"']?:[^,}]*$"
)


def _is_of_a_unit(file: str, word: str, before: str) -> bool:
    """Say whether an address is in a field of `region.yml` that holds the mailbox or telephone of a unit."""
    return word == "private-address" and file.endswith("region.yml") and bool(OF_A_UNIT.search(before))


def private_values(source: Source, kinds: Set[str] = ALL) -> Iterator[Problem]:
    """Find the same in the values of a file as they will be published, where the file writes them in another way."""
    for value, event in _rewritten(source.data):
        spot = spot_of(event)
        for word, trace in _traces(plain(" ".join(value.split())).text, kinds):
            if not _is_of_a_unit(source.file, word, source.line(spot.line)[: spot.column - 1]):
                yield Problem(source.file, spot.line, spot.column, word, _there_is(trace.what), FIX)


def _rewritten(node: Mapping | Items) -> Iterator[tuple[str, Any]]:
    """List the names and texts of a file that it writes with escapes or on several lines, with the event of each."""
    pairs = node.items() if isinstance(node, Mapping) else enumerate(node)
    for name, value in pairs:
        events: Any = node.events[name]  # type: ignore[index]
        for text, event in zip((name, value), events, strict=True) if isinstance(name, str) else ((value, events),):
            if isinstance(text, str) and (event.style == '"' or event.start_mark.line != event.end_mark.line):
                yield text, event
        if isinstance(value, (Mapping, Items)):
            yield from _rewritten(value)
