"""Texts in scripts that run from right to left: their elements say so, so that a mixed title keeps its order."""

import re

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
ANY = re.compile("[^\x00-\u058f\u0900-\ufb1c\ufe00-\ufe6f\ufefd-\U0010ffff]")  # quicker than the same without ^
OPENING = re.compile(
    rf"<(?!(?:script|style|title|textarea|html|body)\b)([a-z][a-z0-9]*)(?=[\s>])(?![^>]*\sdir=)([^>]*)>"
    rf"(?=[^<]*[{RIGHT_TO_LEFT}])"
)


def with_directions(html: str) -> str:
    """Let the browser find the direction of each element whose own text holds letters that run from right to left."""
    return OPENING.sub(r'<\1 dir="auto"\2>', html) if ANY.search(html) else html
