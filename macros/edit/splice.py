"""Changes put into the text of a status file: every comment, order, quote and line end that is not touched stays.

A change is `{"path": [...], "fields": {...}}` or `{"path": [...], "value": ...}`. Fields that are given replace those
that are there, a field that is None is removed, the others stay. `docs/assets/form/splice.js` does the same in the
browser; `tests/edit/splice/` holds the cases of both.

A path is the one of the file. For an answer, area and item are enough: `["materials", "vector-route"]`. The step `"+"`
means a new entry of a list. An answer that becomes None stays in the file with nothing behind its colon.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from macros.edit.nodes import NAME, SpliceError
from macros.edit.pieces import Piece
from macros.edit.values import HEAD, LISTS, TO_A_FILE, Path, index_of, is_answer, ordered, plain
from macros.text.reader import read

__all__ = ["HEAD", "SpliceError", "apply"]

Change: TypeAlias = Mapping[str, Any]


def apply(text: str, changes: Sequence[Change]) -> str:
    """Put changes into the text of a status file, one after the other.

    Raises:
        SpliceError: nothing is changed; a sentence says why.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    meant = _data(body)
    for change in changes:
        path, given = _path(change), _given(change)
        _mean(meant, path, given)
        body = _changed(body, path, given)
    if plain(_data(body)) != plain(meant):
        raise SpliceError(f"The change cannot be put into this file for certain. {TO_A_FILE}")
    return mark + body


def _data(text: str) -> Any:
    try:
        source, problems = read("", text.encode())
    except UnicodeEncodeError:
        raise SpliceError("The file holds half a letter, which cannot be saved.") from None
    if problems:
        first = problems[0]
        raise SpliceError(f"Line {max(1, first.line)}: {first.sentence}. Correct this first.")
    return _long({name: _copy(value) for name, value in source.data.items()})


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _long(data: Any) -> Any:
    """Write answers of one word as groups, so that both forms are equal."""
    areas = data.get("status")
    for answers in areas.values() if isinstance(areas, dict) else ():
        for item, answer in answers.items() if isinstance(answers, dict) else ():
            if isinstance(answer, str):
                answers[item] = {"status": answer}
    return data


# --- what is meant ---


def _path(change: Change) -> Path:
    path = [str(step) for step in change.get("path", ())]
    if len(path) > 1 and path[0] not in HEAD:
        path = ["status", *path]
    steps = path[:-1] if path[-1:] == ["+"] else path
    if not steps or not all(NAME.fullmatch(step) for step in steps) or (len(path) == 1 and path[0] not in HEAD):
        raise SpliceError(f'"{"/".join(path)}" is not a place in a status file.')
    return path


def _given(change: Change) -> Any:
    """Give a group of fields, or the value, in a list of one."""
    if isinstance(fields := change.get("fields"), Mapping):
        return {str(name): value for name, value in fields.items()}
    if "value" not in change and "fields" not in change:
        raise SpliceError("A change names neither fields nor a value.")
    return [change.get("value", fields)]


def _mean(data: Any, path: Path, given: Any) -> None:
    """Make the change in the values."""
    here = data
    for step in path[:-1]:
        if isinstance(here, dict):
            if here.get(step) is None:
                here[step] = [] if step in LISTS else {}
            here = here[step]
        elif isinstance(here, list):
            here = here[index_of(here, step)]
    last: Any = path[-1]
    if isinstance(here, list):
        if last == "+":
            here.append(None)
        last = index_of(here, str(len(here) - 1) if last == "+" else last)
    elif not isinstance(here, dict) or last == "+":
        raise SpliceError(f'"{path[-2]}" does not hold what is to be changed. {TO_A_FILE}')
    before = None if isinstance(here, dict) and last not in here else here[last]
    after = _after(path, before, given)
    if after is None and isinstance(here, list):
        del here[last]
    else:
        here[last] = after


def _after(path: Path, before: Any, given: Any) -> Any:
    if isinstance(given, list):
        (value,) = copy.deepcopy(given)
        return {"status": value} if is_answer(path) and isinstance(value, str) else value
    if before is not None and not isinstance(before, dict):
        raise SpliceError(f'"{path[-1]}" does not hold what is to be changed. {TO_A_FILE}')
    return plain({**(before or {}), **given})


# --- the text ---


def _changed(text: str, path: Path, given: Any) -> str:
    if len(path) > 3 and (one := Piece(text).find(path[:3])) and one.kind == "text" and not one.empty:
        text = Piece(text).set(path[:3], {"status": one.value})  # an answer of one word gets its braces
    found = Piece(text).find(path)
    if given == [None] and is_answer(path) and found and found.kind == "map" and not found.flow:
        given = dict.fromkeys(found.data)  # line by line, so that comments between the lines stay
    if isinstance(given, list):
        return Piece(text).set(path, given[0])
    if found is None or found.kind != "map":
        before = {"status": found.value} if found and found.value is not None else {}
        fields = {name: value for name, value in {**before, **given}.items() if value is not None}
        if fields == before:
            return text
        short = is_answer(path) and list(fields) == ["status"]
        return Piece(text).set(path, fields["status"] if short else fields or None)
    if is_answer(path) and found.flow and plain({**found.data, **given}) is None:
        return Piece(text).set(path, None)
    for name in ordered(given, deep=True):
        text = Piece(text).set([*path, name], given[name])
    return text
