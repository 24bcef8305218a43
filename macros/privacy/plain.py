"""A text as a reader of the page would see it: escapes and entities decoded, odd letters made plain. Linear.

Comes in: a text. Goes out: the same lines with the digits, hyphens, spaces and marks that search patterns know, and
for each character the place that it came from.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from macros.text.characters import HIDDEN

CODED = re.compile(
    r"\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|&#[0-9]{1,7};?|&#[xX][0-9A-Fa-f]{1,6};?|&[A-Za-z]{2,12};"
    r"|(?:%[0-9A-Fa-f]{2})+|[\x00-\x08\x0b-\x1f\x7f]+|[^\x00-\x7f]+"
)
SIGNS = re.compile(r"[\\&%\x00-\x08\x0b-\x1f\x7f]|[^\x00-\x7f]")
"""What any of these begins with."""
HYPHENS = {ord(mark): "-" for mark in "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b"}


class Plain(NamedTuple):
    """The plain text, and where each piece of it that differs begins: in the plain text, and in the original one."""

    text: str
    here: list[int]
    there: list[int]

    def origin(self, at: int) -> int:
        """Give the place in the original text of a character of the plain one."""
        piece = bisect_right(self.here, at) - 1
        return at if piece < 0 else self.there[piece] + at - self.here[piece]


def plain(text: str) -> Plain:
    """Make a text plain; its lines stay where they are."""
    if not SIGNS.search(text):  # as in many status files: to look for each kind would take five times as long
        return Plain(text, [0], [0])
    parts: list[str] = []
    here, there, done, length = [0], [0], 0, 0
    for match in CODED.finditer(text):
        new = _decoded(match[0])
        if new == match[0]:
            continue
        before = text[done : match.start()]
        parts += [before, new]
        here += [length + len(before), length + len(before) + len(new)]
        there += [match.start(), match.end()]
        length, done = here[-1], match.end()
    return Plain("".join([*parts, text[done:]]), here, there)


def _decoded(piece: str) -> str:
    if piece[0] == "\\":
        return _simple(_character(piece[2:], 16))
    if piece[0] == "&":
        return _simple(html.unescape(piece)) if not piece.startswith(("&amp", "&lt", "&gt")) else piece
    if piece[0] == "%":
        return _simple(bytes.fromhex(piece.replace("%", "")).decode("utf-8", "replace"))
    return _simple(piece)


def _character(digits: str, base: int) -> str:
    number = int(digits, base)
    return chr(number) if number <= 0x10FFFF else " "


def _simple(text: str) -> str:
    """Write letters, digits, hyphens and spaces in their plain form, in one line; what cannot be seen goes."""
    if "\u00ad" in text or not text.isprintable():
        text = HIDDEN.sub("", text.replace("\n", " ").replace("\t", " "))
    text = unicodedata.normalize("NFKC", text.translate(HYPHENS)).translate(HYPHENS)
    # Other scripts have digits of their own, which are read as these.
    return re.sub(r"[^\x00-\x7f]", lambda mark: _mark(mark[0]), text)


def _mark(mark: str) -> str:
    """Write a digit of another script, or another space, as the plain one."""
    return " " if mark.isspace() else str(int(mark)) if mark.isdecimal() else mark


TAIL, HEAD = 48, 64
BEGINS = re.compile(r"[ \t]*(?:[#>|*][ \t]*)*[\"']?")


def seam(before: str, after: str) -> tuple[str, int, int]:
    """Join the end of a line and the beginning of the next as one text, as YAML and Markdown do.

    Returns:
        The text, how much of it is from the first line, and where the second line's part begins in it; empty where
        nothing can go on from one to the other.
    """
    tail = before.rstrip().removesuffix("\\").rstrip("\"' ")[-TAIL:]
    if tail[-1:].isalpha() and "@" not in after:
        return "", 0, 0  # as nearly always: no need to look closer
    start = BEGINS.match(after)
    head = after[start.end() if start else 0 :][:HEAD]
    if not tail or not head or not GOES_ON.match(tail[-1] + head[:2]):
        return "", 0, 0
    between = "" if tail[-1] in "-@." or head[0] in "-@." else " "
    return f"{tail}{between}{head}", len(tail), len(tail) + len(between)


GOES_ON = re.compile(r"[0-9@.+-]{2}|[0-9][A-Za-z](?![A-Za-z])|@.|.@")
"""The last character of a line and the first two of the next: of letters in a number, no two follow each other."""
