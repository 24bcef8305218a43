"""JSON of strangers → plain values within bounds, or one sentence that says what does not fit. Pure functions."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn

DEEP = 20
"""Levels of lists and objects inside each other."""
LONG_LIST = 20_000
"""Entries of one list or object."""
LONG_TEXT = 2_000
"""Characters of one text."""
LARGE = 1_000_000
"""The largest number, above and below zero."""
SHOWN = 60
"""Characters of a name or place in a message."""


class Unfit(ValueError):
    """A document is not used; says why in one sentence."""


def values_of(raw: bytes) -> Any:
    """Read JSON.

    Raises:
        Unfit: it is no JSON, or one of its values is beyond what a hub reads.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Unfit("The document is not UTF-8.") from None
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Unfit(f"The document is not JSON: see line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise Unfit("The document has lists in lists without end.") from None
    except Unfit:
        raise
    except ValueError:  # a number with thousands of digits
        raise Unfit("The document has a number that is too large.") from None
    _bounded(value, "")
    return value


def shown(text: str) -> str:
    """Shorten a text of strangers for a message, and leave out what a terminal would obey."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[: SHOWN + 1])
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its names and values; programs do not agree on which of two values counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise Unfit(f'The document has the name "{shown(twice)}" twice in one object.')
    return found


def _no_number(word: str) -> NoReturn:
    raise Unfit(f"The document has {word}, which is not a number in JSON.")


def _bounded(value: Any, place: str, depth: int = 0) -> None:
    where = f" at {shown(place)}" if place else ""
    if isinstance(value, str) and len(value) > LONG_TEXT:
        raise Unfit(f"The text{where} has {len(value):,} characters. A hub reads at most {LONG_TEXT:,}.")
    if isinstance(value, int | float) and not -LARGE <= value <= LARGE:
        raise Unfit(f"The number{where} is too large.")
    if not isinstance(value, dict | list):
        return
    if depth == DEEP:
        raise Unfit(f"The document has more than {DEEP} lists or objects inside each other.")
    if len(value) > LONG_LIST:
        raise Unfit(f"The list{where} has {len(value):,} entries. A hub reads at most {LONG_LIST:,}.")
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        _bounded(name, place, depth + 1)
        _bounded(inner, f"{place}.{name}".lstrip("."), depth + 1)
