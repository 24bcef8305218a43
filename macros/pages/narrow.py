"""HTML of a page → the same, fit for a narrow screen and a slow line. Pure functions.

A table of four columns or more becomes cards on a phone, so each of its cells gets the name of its column. And a short
word with a hyphen in a heading, such as CAR-T, is kept on one line. Browsers do not break at U+2011 either, but who
searches the page for CAR-T would not find it.
"""

import re

from macros.text.direction import with_directions

COLUMNS = 4
"""So many columns do not fit a phone as a table."""

TABLE = re.compile(r"(<table>\s*<thead>)(.*?)(</thead>.*?</table>)", re.DOTALL)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td\b")
TAG = re.compile(r"<[^>]*>")
HEADING = re.compile(r"<h([123])\b[^>]*>.*?</h\1>", re.DOTALL)
SHORT = re.compile(r"(?<![\w&#-])(?:[A-Z]{1,5}\d?-[A-Za-z\d]{1,5}|[A-Za-z]{1,6}-[A-Z]{1,4})(?![\w-])(?=[^<>]*<)")
"""A word with one hyphen, in text and not in a tag; one of its parts is of capital letters."""

SPACED = re.compile(r"(<(script|style|pre|code|textarea)\b.*?</\2>)", re.DOTALL)
"""What shows its spaces."""


def for_narrow_screens(html: str) -> str:
    """Name the column of each cell of wide tables, and keep short words with a hyphen whole in headings."""
    if "<table>" in html:
        html = TABLE.sub(lambda found: found[1] + found[2] + _labelled(found[3], found[2]), html)
    return HEADING.sub(lambda found: SHORT.sub(r'<span class="nav-whole">\g<0></span>', found[0]), html)


def without_indents(html: str) -> str:
    """Take out what only indents lines, outside of what shows its spaces: a third of what the theme writes."""
    parts = SPACED.split(html)  # a text, an element, its name, a text …
    parts[::3] = map(_stripped, parts[::3])
    del parts[2::3]
    return "".join(parts)


def _stripped(text: str) -> str:
    """Take the spaces around the ends of lines, and empty lines; an expression would try each space of the text."""
    first, *lines = text.split("\n")
    if not lines:
        return text
    last = lines.pop()
    return "\n".join([first.rstrip(), *filter(None, map(str.strip, lines)), last.lstrip()])


def _labelled(rows: str, head: str) -> str:
    names = [TAG.sub("", name).strip().replace('"', "&quot;") for name in HEAD.findall(head)]
    return ROW.sub(lambda row: _with_names(row[0], names), rows) if len(names) >= COLUMNS else rows


def _with_names(row: str, names: list[str]) -> str:
    left = iter(names)
    return CELL.sub(lambda cell: f'{cell[0]} data-label="{next(left, "")}"', row)


def finished(html: str) -> str:
    """Make a page fit for phones, without the indents of templates, and mark texts that run from right to left."""
    return with_directions(for_narrow_screens(without_indents(html)))
