"""The environment of our templates: every value escaped, every name known, words to translate."""

import re
from collections.abc import Callable, Iterator, MutableMapping
from types import CodeType
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.ext import InternationalizationExtension
from jinja2.lexer import Token, TokenStream
from markupsafe import escape

from macros.text.messages import ENGLISH, Language

OPENING, CLOSING = {"lparen", "lbracket", "lbrace"}, {"rparen", "rbracket", "rbrace"}


def environment(package: str = "macros.views", **more: Any) -> Environment:
    """Make an environment for the templates of a package; `more` are options of Jinja."""
    templates = Environment(
        loader=_CompiledOnce(package),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[WordsInPlace],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # an environment lives for one build
        **more,
    )
    templates.filters["inside"] = ENGLISH.inside
    return templates


def with_globals(templates: Environment, **values: Any) -> Environment:
    """Make an environment with the same templates, compiled once for both, and more values that all of them know."""
    overlay = templates.overlay()
    overlay.globals = {**templates.globals, **values}
    return overlay


class _CompiledOnce(PackageLoader):
    """Finds templates and keeps their code for all environments that share it."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self._code: dict[str, CodeType] = {}

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """Load a template with all that it knows in one dictionary: Jinja would walk a chain each time it is filled."""
        if name not in self._code:
            source, file, _ = self.get_source(environment, name)
            self._code[name] = environment.compile(source, name, file)
        return environment.template_class.from_code(environment, self._code[name], dict(globals or {}))


class WordsInPlace(InternationalizationExtension):
    """Jinja's i18n extension, but the words of `{{ _("…") }}` are put into the template when it is compiled.

    `{{ _("stage %(n)s", n=number) }}` becomes `stage {{ number }}`, whose value is escaped as any other; `ngettext`
    becomes a condition. Everything else is left to Jinja, such as words inside a larger expression. When words were
    looked up each time, a build of 200 projects took 1.2 times as long.

    The words are those of the language that is installed when a template is compiled: install it first, with `speak`,
    and make one environment for each language. `harmless` writes what a catalogue says, as HTML where nothing else is
    set. A plural is put in place where the language has two forms as English
    has, and left to Jinja where it has others.
    """

    language = ENGLISH
    harmless: Callable[[str], str] = staticmethod(lambda text: str(escape(text)))

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
            yield from _in_place(output, self._translated) or output

    def _translated(self, function: str, texts: list[str]) -> list[str]:
        """Look up what a function is given; nothing for a plural of more forms than two."""
        context, words = (texts[0], texts[1:]) if function == "pgettext" else ("", texts)
        if len(words) == 1:
            return [self.said(words[0], self.language.pgettext(context, words[0]))]
        if not self.language.has_two_forms:
            return []
        found = [self.language.ngettext(words[0], words[1], number) for number in (1, 2)]
        return [self.said(words[number], text) for number, text in enumerate(found)]

    def said(self, source: str, said: str) -> str:
        """Make what a catalogue says harmless: it is data, while the words of a template are ours."""
        return said if said is source else self.harmless(said)


def words_of(templates: Environment) -> WordsInPlace:
    """Give what an environment knows of its language."""
    return cast(WordsInPlace, templates.extensions[WordsInPlace.identifier])


def speak(templates: Environment, language: Language) -> Environment:
    """Install a language in an environment whose templates are not compiled yet."""
    words = words_of(templates)
    words.language = language
    templates.filters["inside"] = language.inside

    def one(text: str) -> str:
        return words.said(text, language.gettext(text))

    def many(text: str, others: str, number: int) -> str:
        return words.said(text if number == 1 else others, language.ngettext(text, others, number))

    def of_context(context: str, text: str) -> str:
        return words.said(text, language.pgettext(context, text))

    templates.install_gettext_callables(one, many, newstyle=True, pgettext=of_context)  # type: ignore[attr-defined]
    return templates


WORDS = {"_": 1, "ngettext": 2, "pgettext": 2}
"""Function of templates → how many texts it is given."""


def _in_place(output: list[Token], translated: Callable[[str, list[str]], list[str]]) -> list[Token]:
    """Take one output apart; nothing where it is more than one call with texts and named values."""
    begin, function, *call, end = output
    parts = _arguments(call[1:]) if [token.type for token in output[1:3]] == ["name", "lparen"] else None
    many = WORDS.get(function.value, 0)
    texts, rest = (parts[:many], parts[many:]) if parts else ([], [])
    if not texts or any([token.type for token in text] != ["string"] for text in texts):
        return []
    number = rest.pop(0) if function.value == "ngettext" and rest else []
    values = {"%(num)s": [begin, *number, end]} if number else {}
    for name, assign, *value in rest:
        if (name.type, assign.type) != ("name", "assign"):
            return []
        values[f"%({name.value})s"] = [begin, *value, end]
    line = begin.lineno
    filled = [_filled(text, values, line) for text in translated(function.value, [text[0].value for text in texts])]
    if len(filled) < 2:
        return filled[0] if filled else []

    def block(*tokens: Token) -> list[Token]:
        return [Token(line, "block_begin", "{%"), *tokens, Token(line, "block_end", "%}")]

    def word(text: str) -> Token:
        return Token(line, "name", text)

    brackets = Token(line, "lparen", "("), Token(line, "rparen", ")")
    one = Token(line, "eq", "=="), Token(line, "integer", 1)  # type: ignore[arg-type]
    condition = block(word("if"), brackets[0], *number, brackets[1], *one)
    return [*condition, *filled[0], *block(word("else")), *filled[1], *block(word("endif"))]


def _filled(text: str, values: dict[str, list[Token]], line: int) -> list[Token]:
    """Put the outputs of values between the words of a text."""
    found = []
    for piece in re.split(r"(%\(\w+\)s|%%)", text):
        found += values.get(piece) or [Token(line, "data", "%" if piece == "%%" else piece)]
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
