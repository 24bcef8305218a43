"""The environment of our templates: every value escaped, every name known, words to translate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

OPENING, CLOSING = {"lparen", "lbracket", "lbrace"}, {"rparen", "rbracket", "rbrace"}


def environment(package: str = "macros.views", **more: Any) -> Environment:
    """Make an environment for the templates of a package; `more` are options of Jinja."""
    return Environment(
        loader=PackageLoader(package),
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

    `{{ _("stage %(n)s", n=number) }}` becomes `stage {{ number }}`, whose value is escaped as any other; `ngettext`
    becomes a condition. Everything else that Jinja's i18n extension knows is left to it, such as words inside a larger
    expression.
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
    """Take one output apart; nothing where it is more than one call with texts and named values."""
    begin, function, *call, end = output
    parts = _arguments(call[1:]) if [token.type for token in output[1:3]] == ["name", "lparen"] else None
    many = {"_": 1, "ngettext": 2}.get(function.value, 0)
    texts, rest = (parts[:many], parts[many:]) if parts else ([], [])
    if not texts or any([token.type for token in text] != ["string"] for text in texts):
        return []
    number = rest.pop(0) if many == 2 and rest else []
    values = {"%(num)s": [begin, *number, end]} if number else {}
    for name, assign, *value in rest:
        if (name.type, assign.type) != ("name", "assign"):
            return []
        values[f"%({name.value})s"] = [begin, *value, end]
    filled = [_filled(text[0], values) for text in texts]
    if many == 1:
        return filled[0]

    def block(*tokens: Token) -> list[Token]:
        return [Token(begin.lineno, "block_begin", "{%"), *tokens, Token(begin.lineno, "block_end", "%}")]

    def word(text: str) -> Token:
        return Token(begin.lineno, "name", text)

    brackets = Token(begin.lineno, "lparen", "("), Token(begin.lineno, "rparen", ")")
    one = Token(begin.lineno, "eq", "=="), Token(begin.lineno, "integer", 1)  # type: ignore[arg-type]
    condition = block(word("if"), brackets[0], *number, brackets[1], *one)
    return [*condition, *filled[0], *block(word("else")), *filled[1], *block(word("endif"))]


def _filled(text: Token, values: dict[str, list[Token]]) -> list[Token]:
    """Put the outputs of values between the words of a text."""
    found = []
    for piece in re.split(r"(%\(\w+\)s|%%)", text.value):
        found += values.get(piece) or [Token(text.lineno, "data", "%" if piece == "%%" else piece)]
    return found


def _arguments(tokens: list[Token]) -> list[list[Token]] | None:
    """Split what a call is given at its commas; None where the call is not the end of the output."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for place, token in enumerate(tokens):
        if token.type in CLOSING and depth == 0:
            return [part for part in parts if part] if place == len(tokens) - 1 else None
        if token.type == "comma" and depth == 0:
            parts.append([])
            continue
        depth += (token.type in OPENING) - (token.type in CLOSING)
        parts[-1].append(token)
    return None
