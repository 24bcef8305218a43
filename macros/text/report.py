"""Problems printed as text, and the exception that carries them."""

from collections.abc import Iterable

from macros.text.messages import ENGLISH, M_, MM_, Language, Said
from macros.text.problem import ERROR, NOTE, WARNING, Problem, in_language

EXCERPT = 110  # characters of a line that are shown

LESSER = {WARNING: M_("a slip"), NOTE: M_("a hint")}
"""Severity → what a message says of one that stops nothing."""


class Problems(Exception):
    """Everything that is wrong, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(stops(problems))
        super().__init__(report(self.problems))

    def said(self, language: Language) -> str:
        """Write everything in a language."""
        return report(self.problems, language)


def stops(found: Iterable[Problem]) -> list[Problem]:
    """List what stops publishing, in order, each once."""
    return sorted({problem for problem in found if problem.severity == ERROR})


def report(found: Iterable[Problem], language: Language = ENGLISH) -> str:
    """Write everything as text in a language, with a last line that counts it; empty without anything."""
    listed = sorted(set(found))
    if not listed:
        return ""
    counts = []
    for severity in (ERROR, WARNING, NOTE):
        if some := [problem for problem in listed if problem.severity == severity]:
            files = MM_("%(num)s file", "%(num)s files", len({problem.file for problem in some}))
            counts.append(M_("%(problems)s in %(files)s.", problems=_count(len(some), severity), files=files))
    if stops(listed):
        counts.append(M_("Nothing was published."))
    return "\n\n".join([*(text(problem, language) for problem in listed), " ".join(map(language.say, counts))])


def _count(number: int, severity: str) -> Said:
    if severity == ERROR:
        return MM_("%(num)s problem", "%(num)s problems", number)
    if severity == WARNING:
        return MM_("%(num)s slip", "%(num)s slips", number)
    return MM_("%(num)s hint", "%(num)s hints", number)


def text(problem: Problem, language: Language = ENGLISH) -> str:
    """Write one problem as the command line prints it, in a language."""
    problem = in_language(problem, language)
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    number = str(problem.line) if problem.line else ""
    edge = " " * len(number)
    severity = "" if problem.severity == ERROR else f", {language.say(LESSER[problem.severity])}"
    rows = [f"{place}: {problem.sentence} [{problem.kind}]{severity}"]
    if problem.line and problem.excerpt:
        excerpt, column = _shorten(problem.excerpt, problem.column)
        rows.append(f"{number} | {excerpt}")
        carets = "^" * max(1, min(problem.width, len(excerpt) - column + 1))
        rows.append(f"{edge} | {' ' * (column - 1)}{carets} {problem.fix}".rstrip())
    elif problem.fix:
        rows.append(f"{edge} = {problem.fix}")
    rows += [f"{edge} = {note}" for note in problem.notes]
    aid = language.say(M_("help: %(address)s", address=f"/problems/#{problem.kind}"))
    rows.append(f"{edge} = {aid}")
    return "\n".join(printable(row).rstrip() for row in rows)


def printable(text: str) -> str:
    """Replace what a terminal would obey or hide, so that a message is what it looks like."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _shorten(line: str, column: int) -> tuple[str, int]:
    if len(line) <= EXCERPT:
        return line, column
    start = max(0, min(column - EXCERPT // 2, len(line) - EXCERPT))
    cut = ("…" if start else "") + line[start : start + EXCERPT] + ("…" if start + EXCERPT < len(line) else "")
    return cut, column - start + bool(start)
