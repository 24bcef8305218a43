"""What must never be in a published file: numbers and addresses of people, and secrets.

What is public is copied within minutes and kept for good. So the whole text is looked at, comments
and the file's name included, and a message never repeats what was found.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Set
from itertools import islice
from typing import Any

from macros.privacy.addresses import private_addresses
from macros.privacy.identity import identity_numbers
from macros.privacy.plain import Plain, plain, seam
from macros.privacy.secrets import secrets
from macros.privacy.trace import Trace
from macros.text.characters import MOST
from macros.text.problem import Problem
from macros.text.source import Items, Mapping, Source, Value, spot_of

FIX = "take it out of the file, and read /privacy/ before you send anything"
FINDERS: dict[str, Callable[[str], Iterator[Trace]]] = {
    "identity-number": identity_numbers,
    "secret": secrets,
    "private-address": private_addresses,
}
ALL = frozenset(FINDERS)

IDENTITY, SECRET, ADDRESS = FINDERS

# Without one of these a line holds nothing of the kind: most lines need no closer look. They are searched in small
# letters, each for itself over the whole text, which is fastest for those that begin plainly.
CUES: list[tuple[str, re.Pattern[str]]] = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        (IDENTITY, r"[0-9](?:[ ._/:,+-]{0,4}[0-9]){8}"),
        (IDENTITY, r"[0-9]{2}\.?[0-9]{3}\.?[0-9]{3}[- ]?[a-z]"),
        (IDENTITY, r"[0-9]{6}[ ._/:,+a-y-]{1,4}[0-9a-y][0-9]{2,3}"),
        (IDENTITY, r"[0-9]-[0-9a-y][0-9]{3}"),
        (IDENTITY, r"[xyz]-?[0-9]{7}"),
        (ADDRESS, r"[+0](?<![\w./-].)[(0-9]"),
        (ADDRESS, r"[+0_](?<!\w.)[ _][0-9]"),
        (ADDRESS, r"(?:tel|tlf|tfn|fon|nr|phone|mob|mobile?|fax|call|ring|puh|s\u00edmi)[.:]? {0,2}\(?[0-9]"),
        (ADDRESS, r"[(\[{<](?:at?|snabel-?a|arroba)[)\]}>]"),
        (ADDRESS, r"at [\w-]+(?:\.\w| dot | punkt )"),
        (SECRET, r"[a-z0-9](?<![a-z0-9].)[\w-]{23,27}\.[\w-]{6}\."),
        (SECRET, r"[0-9]{8}:aa"),
        (SECRET, r"[sa][kc][0-9a-f]{32}"),
    )
]
WORDS: dict[str, list[str]] = {
    ADDRESS: ["@", "%40", "_at_", "snabel"],
    SECRET: ["key", "token", "secret", "pass", "pwd", "kennwort", "l\u00f6senord", "kodeord", "adgangs", "contrase"]
    + ["wachtwoord", "salasana", "lykilor", "slack", "akia", "asia", "abia", "acca", "glpat", "gldt", "glrt", "gloas"]
    + ["glptt", "glft", "glsoat", "glimt", "glagent", "glcbt", "glffct", "xox", "xapp", "eyj", "pypi", "npm_", "hf_"]
    + ["gho_", "ghp_", "ghr_", "ghs_", "ghu_", "github_pat", "lin_api", "sk-", "k_live", "k_test", "aiza", "ya29", "_v1_"]
    + ["atatt", "shpat", "shpca", "shppa", "shpss", "dckr", "sg.", "bearer", "authoriz", "sig=", "signature=", "auth="]
    + ["code=", "wifi", "wi-fi", "pin-kod", "pinkod", "://", "accountk"],
}


def _suspects(text: str) -> dict[int, set[str]]:
    """Number the lines, from 0, that deserve a closer look, each with the kinds to look for."""
    folded = text.casefold()  # may have other places, but the same lines
    ends = [match.start() for match in re.finditer("\n", folded)]
    found: dict[int, set[str]] = {}

    def note(kind: str, at: int) -> int:
        """Note the line of a place; returns where the next line begins."""
        line = bisect_right(ends, at)
        found.setdefault(line, set()).add(kind)
        return ends[line] if line < len(ends) else len(folded)

    for kind, cue in CUES:
        at = 0
        while match := cue.search(folded, at):
            at = note(kind, match.start())
    for kind, words in WORDS.items():
        for word in words:
            at = folded.find(word)
            while at >= 0:
                at = folded.find(word, note(kind, at))
    return found


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
        yield Problem(hidden + file[done:], 0, 0, word, f"there is {trace.what} in the name of this file", FIX)


def _in_text(source: Source, kinds: Set[str]) -> Iterator[Problem]:
    view = plain(source.text)
    lines = view.text.split("\n")
    ends = [match.start() for match in re.finditer("\n", view.text)]
    reported = set()
    for number, suspected in sorted(_suspects(view.text).items()):
        start = ends[number - 1] + 1 if number else 0
        for word, trace in _traces(lines[number], kinds & suspected):
            if not _is_of_a_unit(source.file, word, lines[number][: trace.start]):
                reported.add(number + 1)
                yield _problem(source.file, view, number, start + trace.start, word, trace.what)
    for number, word, what in _over_ends(lines, kinds):
        if number not in reported:
            reported.add(number)
            yield Problem(source.file, number, 1, word, f"there is {what} here", FIX)


def _problem(file: str, view: Plain, number: int, at: int, word: str, what: str) -> Problem:
    """Make the problem of a place in the plain text; its column is that of the original text."""
    column = view.origin(at) - view.origin(view.text.rfind("\n", 0, at) + 1)
    return Problem(file, number + 1, column + 1, word, f"there is {what} here", FIX)


def _traces(line: str, kinds: Set[str]) -> Iterator[tuple[str, Trace]]:
    """Find what is in one plain line, each place once: kind and place."""
    reported: list[Trace] = []
    for word, find in FINDERS.items():
        for trace in find(line) if word in kinds else ():
            if all(trace.end <= other.start or other.end <= trace.start for other in reported[-MOST:]):
                reported.append(trace)
                yield word, trace


def _over_ends(lines: list[str], kinds: Set[str]) -> Iterator[tuple[int, str, str]]:
    """Find what begins at the end of a line and goes on in the next: number of the line, kind, what."""
    for number, (before, after) in enumerate(zip(lines, lines[1:], strict=False), 1):
        text, first, second = seam(before, after)
        for word, trace in _traces(text, kinds - {"secret"}) if text else ():
            if trace.start < first and trace.end > second:
                yield number, word, trace.what


OF_A_UNIT = re.compile(r"(?:^|[\s{,])(?:mail|phone|contact|address|supervision|enforcement|imprint)[\"']?:[^,}]*$")


def _is_of_a_unit(file: str, word: str, before: str) -> bool:
    """Say whether an address is in a field of `region.yml` that holds the mailbox or telephone of a unit."""
    return word == "private-address" and file.endswith("region.yml") and bool(OF_A_UNIT.search(before))


def private_values(source: Source, kinds: Set[str] = ALL) -> Iterator[Problem]:
    """Find the same in the values of a file as they will be published, where the file writes them in another way."""
    for value, event in _values(source.data):
        if event.style == '"' or event.start_mark.line != event.end_mark.line:
            spot = spot_of(event)
            for word, trace in _traces(plain(" ".join(value.split())).text, kinds):
                if not _is_of_a_unit(source.file, word, source.line(spot.line)[: spot.column - 1]):
                    yield Problem(source.file, spot.line, spot.column, word, f"there is {trace.what} here", FIX)


def _values(node: Value) -> Iterator[tuple[str, Any]]:
    """List every name and text of a file, with the parser's event of each."""
    pairs = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, Items) else ()
    for name, value in pairs:
        events = node.events[name] if isinstance(name, str) else (None, node.events[name])
        if isinstance(name, str):
            yield name, events[0]
        if isinstance(value, str):
            yield value, events[1]
        yield from _values(value)
