"""A YAML parser's complaints in plain words: what is wrong, where, and what to write instead."""

import re
from collections.abc import Callable, Sequence

from macros.text.messages import M_, MM_, Said
from macros.text.problem import write
from macros.text.source import Spot

Explanation = tuple[Said, Spot, Said]  # sentence, place, fix

FIELDS = "status|since|evidence|reviewed|planned|because|note|earlier|until|months|range|basis"
QUOTES = M_("put quotes around the text")
COLON_AND_SPACE = M_("the text contains a colon and a space")
CURLY = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
MOST_IN_NAME = 2  # words of a line that may have lost its colon


def explain(problem: str, lines: Sequence[str], spot: Spot, begun: Spot) -> Explanation:
    """Find the likeliest cause of a complaint.

    Args:
        problem: The parser's own words.
        lines: The file.
        spot: Where the parser stopped.
        begun: Where the text, quote or bracket began that it was reading.
    """
    for guess in GUESSES:
        if explanation := guess(problem, lines, spot, begun):
            return explanation
    return M_("this line does not fit the lines above it"), spot, M_("check its indent, quotes and brackets")


def _row(lines: Sequence[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def _space(_: str, lines: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """A name and its colon without a space after it, here or on the line above."""
    for number in (spot.line, spot.line - 1):
        if match := re.match(r"(\s*)([\w-]+:)(?=[^\s:/])", _row(lines, number)):
            at = Spot(number, len(match[1]) + 1, len(match[2]))
            return M_("a space is missing after the colon"), at, M_('write "%(name)s " with a space', name=match[2])
    return None


def _copied(_: str, lines: Sequence[str], spot: Spot, begun: Spot) -> Explanation | None:
    """Marks of other programs: round brackets, semicolons, emphasis, curly quotes, a question mark."""
    row = _row(lines, begun.line)
    value = re.match(r"(\s*[\w-]+:\s+)(\S.*)", row) or re.match(r"(\s*[\w-]+:\s+)(\S.*)", row := _row(lines, spot.line))
    if not value:
        return None
    line = begun.line if row == _row(lines, begun.line) else spot.line
    at, text = len(value[1]), value[2]
    if re.match(rf"\((?:{FIELDS}):", text):
        return M_("round brackets do not make a group"), Spot(line, at + 1), M_("write { and } instead of ( and )")
    if match := re.search(rf";(?=\s*(?:{FIELDS}):)", text):
        sentence = M_("there is a semicolon here instead of a comma")
        return sentence, Spot(line, at + match.start() + 1), M_("write commas instead")
    if match := re.fullmatch(r"(\*+|`+)([\w-][^*`]*)\1\s*", text):
        sentence = M_('"%(sign)s" is not shown as emphasis here', sign=match[1])
        return sentence, Spot(line, at + 1, len(text)), write(match[2])
    if re.fullmatch(r"\?\s*", text):
        fix = M_("delete it: an empty answer means that nobody has looked")
        return M_('"?" is not an answer'), Spot(line, at + 1), fix
    if match := re.search(f"(?<=: )[{CURLY}]", row):
        sentence = M_("%(sign)s is not read as a quote", sign=match[0])
        return sentence, Spot(line, match.start() + 1), M_('write " before and after the text')
    return None


def _around(_: str, lines: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """Text that goes on after a closing quote or bracket, or begins like one."""
    row = _row(lines, spot.line)
    if match := re.match(r"""\s*(?:- )?[\w-]+:\s+(?:(['"]).*?\1|(\[[^\[\]]*\]|\{[^{}]*\}))\s*(?=[^\s#,}\]])""", row):
        at = Spot(spot.line, match.end() + 1)
        fix = (
            M_("put double quotes around the whole text") if match[1] == "'" else M_("put quotes around the whole text")
        )
        return M_("text goes on after the closing %(sign)s", sign=match[1] or match[2][-1]), at, fix
    if match := re.match(r"\s*[\w-]+:\s+([>|])(?=\s*[^\s>|+#-])", row):
        return M_('text cannot begin with "%(sign)s"', sign=match[1]), Spot(spot.line, match.start(1) + 1), QUOTES
    if row.count("}") > row.count("{") and (extra := row.rfind("}")) >= 0:
        return M_("this bracket was never opened"), Spot(spot.line, extra + 1), M_("delete it")
    return None


def _indent(_: str, lines: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """A line that begins in another column than the one above it."""
    row = _row(lines, spot.line)
    width = _width(row)
    before = next((r for r in reversed(lines[: spot.line - 1]) if r.strip() and not r.lstrip().startswith("#")), "")
    if re.match(r"\s+[\w-]+:", row) and width not in (_width(before), 0):
        return _first_of_group(lines, spot) or _other_column(spot.line, width)
    return None


def _other_column(line: int, width: int) -> Explanation:
    sentence = M_("this line is indented differently from those above")
    return sentence, Spot(line, 1, max(1, width)), M_("indent it like them")


def _width(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _first_of_group(lines: Sequence[str], spot: Spot) -> Explanation | None:
    """Blame the first line of a group, where those below it agree on another column."""
    wanted = _width(_row(lines, spot.line))
    first, parent = 0, 0
    for number in range(spot.line - 1, 0, -1):
        row = _row(lines, number)
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        if row.endswith(":") and (_width(row) < wanted or first):
            parent = _width(row)
            break
        if first:
            return None
        first = number
    below = next((_width(row) for row in lines[spot.line :] if re.match(r"\s+[\w-]+:", row)), 0)
    usual = wanted in (parent + 2, below)
    if not first or _width(_row(lines, first)) == wanted or not usual:
        return None
    sentence = M_("this line is indented differently from those below")
    fix = MM_("indent it with %(num)s space", "indent it with %(num)s spaces", wanted)
    return sentence, Spot(first, 1, max(1, _width(_row(lines, first)))), fix


def _colon_missing(problem: str, lines: Sequence[str], spot: Spot, _: Spot) -> Explanation | None:
    """A line of words without a colon, which the parser notices one line later."""
    if "find expected ':'" not in problem and "expected <block end>" not in problem and "block mapping" not in problem:
        return None
    for number in (spot.line, spot.line - 1):
        row = _row(lines, number)
        if re.match(r"\s*[\w-]+(\s+\w|\s*[=\uff1a]|\s*$)", row) and ": " not in row and not row.endswith(":"):
            at = Spot(number, len(row) - len(row.lstrip()) + 1, len(row.strip()))
            goes_on = re.match(r"\s*[\w-]+: +[^\s{\[|>'\"].*", _row(lines, number - 1))
            if goes_on and len(row.split()) > MOST_IN_NAME and "=" not in row:
                fix = M_("if it goes on with the text above, put it at the end of that line")
                return M_("this line has no name"), at, fix
            return M_("a colon is missing in this line"), at, M_('write "name: value"')
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
                return M_('a comma is missing before "%(word)s"', word=known[1]), at, M_("write a comma")
            return COLON_AND_SPACE, at, QUOTES
        if inner := re.search(r":\s+[^'\"\[{,]*\S\s*([\[{])", part[0]):
            at = Spot(begun.line, start + part.start() + inner.start(1) + 1)
            return M_('the text contains a bracket "%(sign)s"', sign=inner[1]), at, QUOTES
    bracket = row[start - 1 : start]
    sentence = M_("the bracket %(sign)s that begins here is not closed", sign=bracket)
    return sentence, begun, M_("close it, or put a comma between")


def _open_quote(problem: str, lines: Sequence[str], _: Spot, begun: Spot) -> Explanation | None:
    """A quote without an end in the line, which runs on to the next one somewhere below."""
    row = _row(lines, begun.line)
    rest = re.sub(
        r"""(?<=[:,{\[] )"(?:[^"\\]|\\.)*"(?=\s*[,}\]]|\s*$)|(?<=[:,{\[] )'[^']*'(?=\s*[,}\]]|\s*$)""", _blank, row
    )
    if "flow" not in problem and "quoted" not in problem and "',' or" not in problem:
        return None
    if match := re.search(r"""(?<=[:,{\[] )(?:"(?=[^"]*$)|'(?=[^']*$))""", rest):
        at = Spot(begun.line, match.start() + 1)
        return _never_closed(match[0]), at, M_("write %(sign)s behind the text too", sign=match[0])
    return None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _quote(problem: str, lines: Sequence[str], _: Spot, begun: Spot) -> Explanation | None:
    """A quote without an end."""
    if "quoted scalar" not in problem and "end of stream" not in problem:
        return None
    quote = _row(lines, begun.line)[begun.column - 1 : begun.column]
    return _never_closed(quote), begun, M_("close it")


def _never_closed(quote: str) -> Said:
    return M_("the quote %(sign)s that begins here is never closed", sign=quote)


def _colon_inside(problem: str, lines: Sequence[str], spot: Spot, _: Spot) -> Explanation | None:
    """A second colon in a line, or a first one in a line that begins in the wrong column."""
    if "mapping values" not in problem:
        return None
    row = _row(lines, spot.line)
    first = re.match(r"(\s+)[\w-]+:", row[: spot.column])
    if first and first.end() == spot.column:
        return _other_column(spot.line, len(first[1]))
    return COLON_AND_SPACE, spot, QUOTES


def _escape(problem: str, lines: Sequence[str], spot: Spot, __: Spot) -> Explanation | None:
    """A backslash in double quotes."""
    if "escape" not in problem and "hexdecimal" not in problem:
        return None
    row = _row(lines, spot.line)
    first = row.rfind("\\", 0, spot.column)
    return backslash(Spot(spot.line, first + 1) if first >= 0 else spot)


def backslash(at: Spot) -> Explanation:
    """Explain a backslash in double quotes."""
    return M_("a backslash has a meaning of its own in double quotes"), at, M_("write / instead, or use single quotes")


def _first_letter(problem: str, lines: Sequence[str], spot: Spot, _: Spot) -> Explanation | None:
    """Text that begins with a letter YAML keeps for itself."""
    if not any(words in problem for words in ("start any token", "alphabetic or numeric", "not allowed")):
        return None
    row = _row(lines, spot.line)
    value = re.match(r"\s*[\w-]+:\s+(\S)", row)
    here = row[spot.column - 1 : spot.column] in tuple("*&!|>%@`")
    at = Spot(spot.line, value.start(1) + 1) if not here and value and value[1] in "*&!|>%@`[]{}-?" else spot
    found = row[at.column - 1 : at.column]
    sentence = M_('text cannot begin with "%(sign)s"', sign=found) if found else M_("text is missing")
    return sentence, at, QUOTES


GUESSES: list[Callable[[str, Sequence[str], Spot, Spot], Explanation | None]] = [
    _escape,
    _space,
    _copied,
    _around,
    _colon_missing,
    _open_quote,
    _bracket,
    _quote,
    _colon_inside,
    _first_letter,
    _indent,
]
