"""The environment of our templates: every value escaped, every name known, words to translate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

OPENING, CLOSING = {"lparen", "lbracket", "lbrace"}, {"rparen", "rbracket", "rbrace"}


def environment(**more: Any) -> Environment:
    """Make an environment for our templates; `more` are options of Jinja."""
    return Environment(
        loader=PackageLoader("macros"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", WordsInPlace],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # an environment lives for one build
        **more,
    )


class WordsInPlace(Extension):
    """Puts the words of `{{ _("…") }}` into the template when it is compiled, not each time it is filled.

    `{{ _("stage %(n)s", n=number) }}` becomes `stage {{ number }}`, whose value is escaped as any other. Everything
    else that Jinja's i18n extension knows is left to it: words inside a larger expression, and plurals.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace the tokens of each such output by those of its parts."""
        tokens = iter(stream)
        for token in tokens:
            if token.type != "variable_begin":
                yield token
                continue
            output = [token]
            while output[-1].type != "variable_end":
                output.append(next(tokens))
            yield from _in_place(output) or output


def _in_place(output: list[Token]) -> list[Token]:
    """Take one output apart; nothing where it is more than a call of `_` with a text and named values."""
    begin, *call, end = output
    if [token.type for token in call[:3]] != ["name", "lparen", "string"] or call[0].value != "_":
        return []
    parts = _arguments(call[3:])
    if parts is None:
        return []
    values = {}
    for name, assign, *value in parts:
        if (name.type, assign.type) != ("name", "assign"):
            return []
        values[f"%({name.value})s"] = [begin, *value, end]
    found = []
    for piece in re.split(r"(%\(\w+\)s|%%)", call[2].value):
        found += values.get(piece) or [Token(begin.lineno, "data", "%" if piece == "%%" else piece)]
    return found


def _arguments(tokens: list[Token]) -> list[list[Token]] | None:
    """Split the rest of a call at its commas; None where the call is not the end of the output."""
    parts: list[list[Token]] = []
    depth = 0
    for place, token in enumerate(tokens):
        if token.type in CLOSING and depth == 0:
            return [part for part in parts if part] if place == len(tokens) - 1 else None
        if token.type == "comma" and depth == 0:
            parts.append([])
            continue
        depth += (token.type in OPENING) - (token.type in CLOSING)
        if not parts:
            return None
        parts[-1].append(token)
    return None
