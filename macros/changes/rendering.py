"""The templates of reports: Markdown for a forge or text for a terminal, in the language of the handbook."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from macros.findings.severity import Severity
from macros.model.handbook import Handbook
from macros.model.statuses import WRITTEN
from macros.text.messages import Language
from macros.text.report import printable
from macros.views.templating import environment, speak, words_of

# All but letters, digits, spaces and the marks of plain prose; a full stop inside a word makes an address,
# and what begins a line could begin a list.
ALIVE = re.compile(r"[^A-Za-z0-9 ,;()'\u00a0-\U0010ffff.-]|^[-.0-9]|\.(?=\S)|(?<=^[0-9])\.|(?<=[Gg][Hh])-")

JOINER = "<!-- -->"  # nothing to the reader; breaks what a forge would take for a name or a number of its own


def defused(value: object) -> object:
    """Write text so that no name, address, reference or markup in it comes alive in a comment."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    words = " ".join(value.split())
    return Markup(ALIVE.sub(_entity, words))  # noqa: S704


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};" + JOINER * (match[0] in "@#-")


def on_one_line(value: object) -> object:
    """Write text on one line without characters that steer a terminal or hide themselves."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(letter for letter in " ".join(value.split()) if letter.isprintable())


PLACE = re.compile(r"(%\(\w+\)s)")
ALIVE_IN_WORDS = re.compile(
    rf"{PLACE.pattern}|[^A-Za-z0-9 ,;:()'\u00a0-\U0010ffff.-]|\A[-.0-9]|[.:](?=\S)|(?<=[Gg][Hh])-"
)
"""The same in words of a catalogue, with the places of values, which stay."""


def _defused_words(text: str) -> str:
    """Write the words of a catalogue as other text is written; they have a colon before what they name."""
    return ALIVE_IN_WORDS.sub(lambda match: match[0] if match[1] else _entity(match), text)


class Form(NamedTuple):
    """A way of writing a report.

    Attributes:
        value: Writes a value that a template has.
        words: Writes the words of a catalogue.
        marks: Name → the mark that a template has there.
    """

    value: Callable[[object], object]
    words: Callable[[str], str]
    marks: dict[str, Any]


MARKS = {"strong": Markup("**"), "emphasis": Markup("*"), "h3": Markup("### "), "h4": Markup("#### ")}
PLAIN_MARKS = {"strong": "", "emphasis": "", "h3": Markup("== "), "h4": Markup("-- ")}
MARKDOWN = Form(defused, _defused_words, MARKS)
PLAIN = Form(on_one_line, printable, PLAIN_MARKS)


class Words:
    """The words of a language in a report; values in their places are written as the form has it."""

    def __init__(self, language: Language, form: Form) -> None:
        self.language, self.form = language, form

    def one(self, text: str, **values: object) -> Markup:
        """Give the words for a text."""
        return self._filled(text, self.language.gettext(text), values)

    def many(self, text: str, others: str, number: int, **values: object) -> Markup:
        """Give the form of a text that a number asks for."""
        source = text if number == 1 else others
        return self._filled(source, self.language.ngettext(text, others, number), {"num": number, **values})

    def of_context(self, context: str, text: str, **values: object) -> Markup:
        """Give the words for a text in a context."""
        return self._filled(text, self.language.pgettext(context, text), values)

    def _filled(self, source: str, said: str, values: dict[str, object]) -> Markup:
        said = said if said is source else self.form.words(said)
        parts = PLACE.split(said)
        written = (str(self.form.value(values[part[2:-2]])) if PLACE.fullmatch(part) else part for part in parts)
        return Markup("".join(written))  # noqa: S704


def templates(handbook: Handbook, form: Form) -> Environment:
    """Make the environment of the templates."""
    made = environment("macros.changes", finalize=form.value)
    words_of(made).harmless = form.words
    words = Words(handbook.language, form)
    speak(made, handbook.language).install_gettext_callables(words.one, words.many, pgettext=words.of_context)  # type: ignore[attr-defined]
    made.globals.update(book=handbook, labels={word: status.badge.label for word, status in WRITTEN.items()})
    made.globals.update(form.marks, severities={str(severity): severity.badge.label for severity in Severity})
    made.filters["safe_name"] = _safe_name
    made.filters["said"] = lambda text: handbook.language.texts.get(text, text)
    if form is PLAIN:
        made.autoescape = False
    return made


def rendered(template: str, handbook: Handbook, **values: object) -> str:
    """Render a text that a forge shows: what comes from files is defused, and no two lines in a row are empty."""
    return tidy(templates(handbook, MARKDOWN).get_template(template).render(values))


def tidy(text: str) -> str:
    """Leave no two empty lines in a row, none within a list, and one line break at the end."""
    closed = re.sub(r"(?m)^(- .*)\n\n+(?=- )", r"\1\n", re.sub(r"\n{3,}", "\n\n", text))
    return closed.strip() + "\n"


def _safe_name(name: str) -> Markup:
    """Write the name of an item as it is, for a command to copy; nothing else passes."""
    return Markup(name if re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", name) else "")  # noqa: S704
