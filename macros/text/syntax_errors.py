"""A YAML parser's complaints in plain words: what is wrong, where, and what to write instead."""

import re
from collections.abc import Sequence

from macros.text.source import Spot

Explanation = tuple[str, Spot, str]  # sentence, place, fix

FIELDS = "status|since|evidence|reviewed|planned|because|note|earlier|until|months|range|basis"
QUOTES = "put quotes around the text"


def explain(problem: str, lines: Sequence[str], spot: Spot, begun: Spot) -> Explanation:
    """Find the likeliest cause of a complaint.

    Args:
        problem: The parser's own words.
        lines: The file.
        spot: Where the parser stopped.
        begun: Where the text, quote or bracket began that it was reading.
    """
    for guess in (_space, _around, _colon_missing, _bracket, _quote, _colon_inside, _escape, _first_letter, _indent):
        if explanation := guess(problem, lines, spot, begun):
            return explanation
    return "this line does not fit the lines above it", spot, "check its indent, quotes and brackets"


def _row(lines: Sequence[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def _space(_: str, lines: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """A name and its colon without a space after it, here or on the line above."""
    for number in (spot.line, spot.line - 1):
        if match := re.match(r"(\s*)([\w-]+:)(?=[^\s:/])", _row(lines, number)):
            at = Spot(number, len(match[1]) + 1, len(match[2]))
            return "a space is missing after the colon", at, f'write "{match[2]} " with a space'
    return None


def _around(_: str, lines: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """Text that goes on after a closing quote or bracket, or begins like one."""
    row = _row(lines, spot.line)
    if match := re.match(r"""\s*(?:- )?[\w-]+:\s+(?:(['"]).*?\1|(\[[^\[\]]*\]|\{[^{}]*\}))\s*(?=[^\s#,}\]])""", row):
        at = Spot(spot.line, match.end() + 1)
        return f"text goes on after the closing {match[1] or match[2][-1]}", at, "put quotes around the whole text"
    if match := re.match(r"\s*[\w-]+:\s+([>|])(?=\s*[^\s>|+#-])", row):
        return f'text cannot begin with "{match[1]}"', Spot(spot.line, match.start(1) + 1), QUOTES
    if row.count("}") > row.count("{") and (extra := row.rfind("}")) >= 0:
        return "this bracket was never opened", Spot(spot.line, extra + 1), "delete it"
    return None


def _indent(_: str, lines: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """A line that begins in another column than the one above it."""
    row = _row(lines, spot.line)
    width = len(row) - len(row.lstrip())
    before = next((r for r in reversed(lines[: spot.line - 1]) if r.strip() and not r.lstrip().startswith("#")), "")
    if re.match(r"\s+[\w-]+:", row) and width not in (len(before) - len(before.lstrip()), 0):
        at = Spot(spot.line, 1, width)
        return "this line begins in another column than those above", at, "begin it where they begin"
    return None


def _colon_missing(problem: str, lines: Sequence[str], spot: Spot, _: Spot) -> Explanation | None:
    """A line of words without a colon, which the parser notices one line later."""
    if "find expected ':'" not in problem and "expected <block end>" not in problem and "block mapping" not in problem:
        return None
    for number in (spot.line, spot.line - 1):
        row = _row(lines, number)
        if re.match(r"\s*[\w-]+(\s+\w|\s*[=\uff1a]|\s*$)", row) and ": " not in row and not row.endswith(":"):
            indent = len(row) - len(row.lstrip())
            return "a colon is missing in this line", Spot(number, indent + 1, len(row.strip())), 'write "name: value"'
    return None


def _bracket(problem: str, lines: Sequence[str], _: Spot, begun: Spot) -> Explanation | None:
    """Something inside brackets: a second colon, a missing comma, an inner bracket, or no end."""
    if "',' or" not in problem and "flow" not in problem:
        return None
    row, start = _row(lines, begun.line), begun.column
    for part in re.finditer(r"[^,]+", row[start:]):
        colons = list(re.finditer(r":(?= )", part[0]))
        if len(colons) > 1:
            at = Spot(begun.line, start + part.start() + colons[1].start() + 1)
            if known := re.search(rf"\s({FIELDS}):(?= )", part[0][colons[0].end() :]):
                place = start + part.start() + colons[0].end() + known.start(1)
                at = Spot(begun.line, place + 1, len(known[1]))
                return f'a comma is missing before "{known[1]}"', at, "write a comma"
            return "there is a colon with a space inside the text", at, QUOTES
        if inner := re.search(r":\s+[^'\"\[{,]*\S\s*([\[{])", part[0]):
            at = Spot(begun.line, start + part.start() + inner.start(1) + 1)
            return f'a bracket "{inner[1]}" is inside the text', at, QUOTES
    bracket = row[start - 1 : start]
    return f"the bracket {bracket} that begins here is not closed", begun, "close it, or put a comma between"


def _quote(problem: str, lines: Sequence[str], _: Spot, begun: Spot) -> Explanation | None:
    """A quote without an end."""
    if "quoted scalar" not in problem and "end of stream" not in problem:
        return None
    quote = _row(lines, begun.line)[begun.column - 1 : begun.column]
    return f"the quote {quote} that begins here is never closed", begun, "close it"


def _colon_inside(problem: str, lines: Sequence[str], spot: Spot, _: Spot) -> Explanation | None:
    """A second colon in a line, or a first one in a line that begins in the wrong column."""
    if "mapping values" not in problem:
        return None
    row = _row(lines, spot.line)
    first = re.match(r"(\s+)[\w-]+:", row[: spot.column])
    if first and first.end() == spot.column:
        at = Spot(spot.line, 1, len(first[1]))
        return "this line begins in another column than those above", at, "begin it where they begin"
    return "there is a colon with a space inside the text", spot, QUOTES


def _escape(problem: str, _: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """A backslash in double quotes."""
    if "escape" not in problem:
        return None
    return "a backslash has a meaning of its own in double quotes", spot, "write / instead, or use single quotes"


def _first_letter(problem: str, lines: Sequence[str], spot: Spot, _: Spot) -> Explanation | None:
    """Text that begins with a letter YAML keeps for itself."""
    if not any(words in problem for words in ("start any token", "alphabetic or numeric", "not allowed")):
        return None
    row = _row(lines, spot.line)
    value = re.match(r"\s*[\w-]+:\s+(\S)", row)
    at = Spot(spot.line, value.start(1) + 1) if value and value[1] in "*&!|>%@`[]{}-?" else spot
    found = row[at.column - 1 : at.column]
    return (f'text cannot begin with "{found}"' if found else "text is missing"), at, QUOTES
