"""What is wrong, in plain words: records read from values, and problems printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import ValidationError

from macros.fields import Record, names_of, show
from macros.kinds import HINT, PROBLEM, SLIP, Problem, kind, nearest, one_of, write
from macros.source import Source

R = TypeVar("R", bound=Record)

EXCERPT = 110  # characters of a line that are shown


class Problems(Exception):
    """Everything that is wrong, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(stops(problems))
        super().__init__(report(self.problems))


def stops(found: Iterable[Problem]) -> list[Problem]:
    """List what stops publishing, in order, each once."""
    return sorted({problem for problem in found if problem.severity == PROBLEM})


def report(found: Iterable[Problem]) -> str:
    """Write everything as text, with a last line that counts it; empty without anything."""
    listed = sorted(set(found))
    if not listed:
        return ""
    counts = []
    for severity in (PROBLEM, SLIP, HINT):
        some = [problem for problem in listed if problem.severity == severity]
        if some:
            files = len({problem.file for problem in some})
            counts.append(f"{_count(len(some), severity)} in {_count(files, 'file')}.")
    end = " ".join([*counts, *(["Nothing was published."] if stops(listed) else [])])
    return "\n\n".join([*map(text, listed), end])


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def text(problem: Problem) -> str:
    """Say one problem as the command line prints it."""
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    number = str(problem.line) if problem.line else ""
    edge = " " * len(number)
    severity = "" if problem.severity == PROBLEM else f", a {problem.severity}"
    rows = [f"{place}: {problem.sentence} [{problem.kind}]{severity}"]
    if problem.line and problem.excerpt:
        excerpt, column = _shorten(problem.excerpt, problem.column)
        rows.append(f"{number} | {excerpt}")
        carets = "^" * max(1, min(problem.width, len(excerpt) - column + 1))
        rows.append(f"{edge} | {' ' * (column - 1)}{carets} {problem.fix}".rstrip())
    elif problem.fix:
        rows.append(f"{edge} = {problem.fix}")
    rows += [f"{edge} = {note}" for note in problem.notes]
    rows.append(f"{edge} = help: /problems/#{problem.kind}")
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


def shape(record: type[R], source: Source) -> R | list[Problem]:
    """Read the whole file as one record, or list everything that does not fit."""
    try:
        return record.model_validate(source.data)
    except ValidationError as error:
        found = {_problem(record, source, mistake) for mistake in error.errors(include_url=False)}
        # A misspelt name is told once, not also as the name that is missing.
        meant = {problem.fix for problem in found if problem.kind == "unknown-key"}
        return sorted(p for p in found if p.kind != "missing-key" or write(p.sentence.split('"')[1]) not in meant)


def _problem(record: type[Record], source: Source, mistake: Mapping[str, Any]) -> Problem:
    path = [step for step in mistake["loc"] if step != "[key]"]
    if (say := TRANSLATIONS.get(mistake["type"])) is not None:
        return say(record, source, path, mistake)
    words = mistake.get("ctx", {})
    at = source.spot(path, name=mistake["loc"][-1] == "[key]")
    if "sentence" in words:
        return source.problem(mistake["type"], words["sentence"], at, words["fix"], words["notes"])
    return source.problem("wrong-type", f"{show(mistake['input'])} does not fit here", at)


@kind("unknown-key")
def unknown_key(record: type[Record], source: Source, path: list[Any], _: object) -> Problem:
    """A name is one of those that this place knows.

    A misspelt name would otherwise be dropped in silence, with all that stands under it.
    """
    name, known = str(path[-1]), names_at(record, path[:-1])
    at, row = source.spot(path, name=True), source.spot(path[:-1])
    in_braces = source.line(at.line)[row.column - 1 : row.column] == "{"
    joined = re.match(r"([\w-]+)[:=](?=\S)", name)
    if joined and joined[1] in known:
        fix = f'write "{joined[1]}: " with a colon and a space'
        return source.problem("unknown-key", "a space is missing after the colon", at, fix)
    if in_braces and source.at(path) is None and nearest(name, known) not in ("", *source.at(path[:-1])):
        pass
    elif in_braces and source.at(path) is None:
        fix = "put quotes around the whole text, as it holds a comma"
        return source.problem("unknown-key", f'"{name}" stands alone', at, fix)
    fix = write(nearest(name, known))
    sentence = f'"{name}" is not a name that is used here'
    notes = one_of("a name", known, 14) or ("names that are used here stand in the template: /start/",)
    return source.problem("unknown-key", sentence, source.spot(path, name=True), fix, notes)


@kind("missing-key")
def missing_key(_: object, source: Source, path: list[Any], __: object) -> Problem:
    """Names that every file or group needs are there.

    The message says which one is missing.
    """
    at = source.spot(path[:-1])
    in_braces = source.line(at.line)[at.column - 1 : at.column] == "{"
    fix = f'write "{path[-1]}: …" inside the braces' if in_braces else f'add a line "{path[-1]}: …"'
    return source.problem("missing-key", f'"{path[-1]}" is missing', at, fix)


def wrong_type(_: object, source: Source, path: list[Any], mistake: Mapping[str, Any]) -> Problem:
    """Say what belongs in a place that holds something of another form."""
    wanted, fix = WANTED[mistake["type"]]
    sentence = f"{wanted} here, not {show(mistake['input'])}"
    return source.problem("wrong-type", sentence, source.spot(path), fix)


def unknown_choice(_: object, source: Source, path: list[Any], mistake: Mapping[str, Any]) -> Problem:
    """Say which of a few fixed words belong in a place."""
    allowed = str(mistake["ctx"]["expected"])
    sentence = f"{show(mistake['input'])} does not fit here"
    return source.problem("wrong-type", sentence, source.spot(path), f"write {allowed}".replace("'", '"'))


Translation = Callable[[type[Record], Source, list[Any], Mapping[str, Any]], Problem]

WANTED = {
    **dict.fromkeys(
        ("model_type", "dataclass_type", "dict_type"),
        ('"name: value" belongs', "write it in braces, or on lines below"),
    ),
    "tuple_type": ("a list belongs", "begin each entry with a hyphen, or write [one, two]"),
    "too_short": ("at least one word belongs", "write one"),
}

TRANSLATIONS: dict[str, Translation] = {
    **dict.fromkeys(("extra_forbidden", "unexpected_keyword_argument"), unknown_key),
    "missing": missing_key,
    "literal_error": unknown_choice,
    **dict.fromkeys(WANTED, wrong_type),
}


def names_at(record: type[Record], path: list[Any]) -> list[str]:
    """List the names that the record at `path` knows."""
    here: Any = record
    for step in path:
        here = _step(here, step)
    found = _record(here)
    return [name for name, annotation in names_of(found).items() if annotation is not type(None)] if found else []


def _step(annotation: Any, step: object) -> Any:
    if (record := _record(annotation)) is not None:
        return names_of(record)[str(step)]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _step(args[0], step)
    if origin is dict:
        return args[1]
    return args[0] if args else None


def _record(annotation: Any) -> type | None:
    if isinstance(annotation, type) and (issubclass(annotation, Record) or hasattr(annotation, "__pydantic_config__")):
        return annotation
    if get_origin(annotation) in (dict, tuple):
        return None
    found = (_record(inner) for inner in get_args(annotation))
    return next((record for record in found if record), None)
