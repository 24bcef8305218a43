"""Values of a file read as a record, and what does not fit said in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

from pydantic import ValidationError

from macros.fields.markers import fields_of, is_record
from macros.fields.near_words import same_word
from macros.fields.types import Record, show
from macros.text.messages import M_, Said
from macros.text.problem import Problem, kind, nearest, one_of, quoted, write
from macros.text.source import Source

R = TypeVar("R", bound=Record)


def shape(record: type[R], source: Source) -> R | list[Problem]:
    """Read the whole file as one record, or list everything that does not fit."""
    try:
        return record.model_validate(source.data)
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
        # Where the name is wrong, nothing is said of a value that is missing behind it.
        names = {mistake["loc"][:-1] for mistake in mistakes if mistake["loc"][-1:] == ("[key]",)}
        found = {_problem(record, source, m) for m in mistakes if m["loc"] not in names or m["input"] is not None}
        return sorted(_once(found))


def _once(found: set[Problem]) -> Iterator[Problem]:
    """Leave out what follows from another problem: a name that is missing because it was misspelt."""
    meant = {problem.instead.partition(":")[0] for problem in found if problem.kind == "unknown-key"}
    commas = {problem.line for problem in found if problem.sentence == COMMA}
    for problem in found:
        missing = problem.kind == "missing-key" and problem.sentence.split('"')[1] in meant
        if not missing and (problem.line not in commas or problem.sentence == COMMA):
            yield problem


def _problem(record: type[Record], source: Source, mistake: Mapping[str, Any]) -> Problem:
    path = [step for step in mistake["loc"] if step != "[key]"]
    if (say := TRANSLATIONS.get(mistake["type"])) is not None:
        return say(record, source, path, mistake)
    words = mistake.get("ctx", {})
    at = source.spot(path, name=mistake["loc"][-1] == "[key]")
    if "sentence" in words:
        problem = source.problem(mistake["type"], words["sentence"], at, words["fix"], words["notes"])
        return replace(problem, instead=words["instead"], certain=words["certain"])
    return source.problem("wrong-type", M_("%(value)s does not fit here", value=show(mistake["input"])), at)


@kind("unknown-key")
def unknown_key(record: type[Record], source: Source, path: list[Any], _: object) -> Problem:
    """A name is one of those that this place knows.

    Otherwise a misspelt name would be dropped without a message, with everything under it.
    """
    name, here = str(path[-1]), _record_at(record, path[:-1])
    if issubclass(here, Record) and name in here.locked:
        return locked_field(source, path, name, here.locked[name])
    known = [known.replace("_", "-") for known in fields_of(here)]
    at, row = source.spot(path, name=True), source.spot(path[:-1])
    in_braces = source.line(at.line)[row.column - 1 : row.column] == "{"
    alone = in_braces and source.at(path) is None
    joined = re.match(r"([\w-]+)[:=](?=\S)", name)
    if joined and (same := same_word(joined[1], known)):
        fix = M_('write "%(same)s: " with a colon and a space', same=same)
        problem = source.problem("unknown-key", M_("a space is missing after the colon"), at, fix)
        return replace(problem, instead=f"{same}: {name[joined.end() :]}", certain=alone)
    if alone and (before := _name_before(source, path)):
        begin = source.spot([*path[:-1], before], name=True)
        width = at.column + at.width - begin.column if begin.line == at.line else begin.width
        fix = M_('write "%(before)s: %(name)s"', before=before, name=name)
        return source.problem("unknown-key", COMMA, begin._replace(width=width), fix)
    near, same = nearest(name, known), same_word(name, known)
    if alone and near in ("", *source.at(path[:-1])):
        fix = M_("put quotes around the whole text, as it holds a comma")
        return source.problem("unknown-key", M_('"%(name)s" has no colon', name=name), at, fix)
    sentence = M_('"%(name)s" is not a name that is used here', name=name)
    every = M_("every name, with an example: /status-file/")
    elsewhere = M_("the names that are used here are in the template: /start/")
    most = 24 if source.file.startswith("region/") else 14
    notes = one_of(M_("a name"), known, most) or (every if source.file.startswith("projects/") else elsewhere,)
    problem = source.problem("unknown-key", sentence, at, write(same or near), notes)
    return replace(problem, instead=same or near, certain=bool(same))


COMMA = M_("there is a comma here instead of a colon")


def _name_before(source: Source, path: list[Any]) -> str:
    """Give the name before this one, where it has no value: `{status, met}`."""
    group = source.at(path[:-1])
    names = [*group]
    before = names[names.index(path[-1]) - 1] if names[0] != path[-1] else ""
    return before if before and group[before] is None else ""


@kind("locked-field")
def locked_field(source: Source, path: list[Any], name: str, fix: Said) -> Problem:
    """A layer does not change what makes levels comparable: an item's name, question, track and stage.

    Nor does it add tracks or stages, by which levels are counted.

    Its title, `why`, `done-when`, evidence and requirements stay too. Say what else holds with you in
    `requires-also`, `done-when-also` or `note`, add an item of your own, or waive this one with a reason. A gate is
    dropped by a waiver only.
    """
    sentence = M_("%(field)s cannot be changed by a layer", field=name)
    return source.problem("locked-field", sentence, source.spot(path, name=True), fix)


@kind("missing-key")
def missing_key(_: object, source: Source, path: list[Any], __: object) -> Problem:
    """Names that every file or group needs are there.

    The message says which one is missing.
    """
    at = source.spot(path[:-1])
    in_braces = source.line(at.line)[at.column - 1 : at.column] == "{"
    fix = M_('add a line "%(name)s: …"', name=path[-1])
    if in_braces:
        fix = M_('write "%(name)s: …" inside the braces', name=path[-1])
    return source.problem("missing-key", M_('"%(name)s" is missing', name=path[-1]), at, fix)


def wrong_type(_: object, source: Source, path: list[Any], mistake: Mapping[str, Any]) -> Problem:
    """Say what belongs in a place that holds something of another form."""
    say, fix = WANTED[mistake["type"]]
    return source.problem("wrong-type", say(show(mistake["input"])), source.spot(path), fix)


def unknown_choice(_: object, source: Source, path: list[Any], mistake: Mapping[str, Any]) -> Problem:
    """Say which of a few fixed words belong in a place."""
    *some, last = map(quoted, str(mistake["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", "))
    allowed = M_("%(some)s or %(last)s", some=", ".join(some), last=last) if some else last
    sentence = M_("%(value)s does not fit here", value=show(mistake["input"]))
    return source.problem("wrong-type", sentence, source.spot(path), M_("write %(words)s", words=allowed))


Translation = Callable[[type[Record], Source, list[Any], Mapping[str, Any]], Problem]

WANTED: dict[str, tuple[Callable[[Said], Said], Said]] = {
    **dict.fromkeys(
        ("model_type", "dataclass_type", "dict_type"),
        (
            lambda found: M_('"name: value" belongs here, not %(value)s', value=found),
            M_("write it in braces, or on lines below"),
        ),
    ),
    "tuple_type": (
        lambda found: M_("a list belongs here, not %(value)s", value=found),
        M_("begin each entry with a hyphen, or write [one, two]"),
    ),
    "too_short": (lambda found: M_("at least one word belongs here, not %(value)s", value=found), M_("write one")),
}

TRANSLATIONS: dict[str, Translation] = {
    **dict.fromkeys(("extra_forbidden", "unexpected_keyword_argument"), unknown_key),
    "missing": missing_key,
    "literal_error": unknown_choice,
    **dict.fromkeys(WANTED, wrong_type),
}


def _record_at(record: type[Record], path: list[Any]) -> type:
    """Find the record that stands at `path`."""
    here: Any = record
    for step in path:
        here = _step(here, step)
    found = _record(here)
    assert found is not None  # noqa: S101 - only a record refuses a name
    return found


def _step(annotation: Any, step: object) -> Any:
    if (record := _record(annotation)) is not None:
        return fields_of(record)[str(step).replace("-", "_")]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _step(args[0], step)
    if origin is dict:
        return args[1]
    return args[0] if args else None


def _record(annotation: Any) -> type | None:
    if is_record(annotation):
        return cast(type, annotation)
    if get_origin(annotation) in (dict, tuple):
        return None
    found = (_record(inner) for inner in get_args(annotation))
    return next((record for record in found if record), None)
