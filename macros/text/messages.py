"""Words that pages show in their own language: marked where they are written, translated where they are shown.

`python -m macros translate` finds all of them, and `Language` has what catalogues say in their place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias
from unicodedata import combining, normalize

Kind: TypeAlias = Literal["track", "holder", "motion", "route", "metric", "item", "modality"]
"""What a word of the handbook names; a holder is a role or a partner."""


class Name(NamedTuple):
    """Words of the handbook at a place of a message; a page shows their titles, or links their pages.

    Attributes:
        most: How many are shown.
    """

    kind: Kind
    words: tuple[str, ...]
    between: str = ", "
    most: int = 999


Value: TypeAlias = str | int | float | Name


class Message(NamedTuple):
    """A sentence with named places for values, such as `%(level)s`.

    Attributes:
        many: The form for any number but one, which stands at `%(num)s`; empty where there is one form only.
    """

    one: str
    many: str = ""

    def of(self, number: int) -> str:
        """Give the English form that a number asks for."""
        return self.many if self.many and number != 1 else self.one

    @property
    def places(self) -> set[str]:
        """The names of the values that it needs."""
        return set(re.findall(r"%\((\w+)\)s", self.one + self.many))


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for translation, and return it as it is."""
    return text


def NN_(one: str, many: str) -> Message:  # noqa: N802
    """Mark a sentence that has a form for one and a form for many."""
    return Message(one, many)


MESSAGE = "message"
"""The context of messages, which tells them from words of pages that are written alike."""


class Said(str):
    """An English text that knows what it was made of, so that it can be said in another language.

    It is sorted, compared and written like any other text. `M_`, `MM_` and `as_written` make one.

    Attributes:
        message: The English text with its places; empty for a text that is the same in every language.
        context: What catalogues tell it by.
        number: The one that it has a form for.
        values: Name of a place → what is in it.
    """

    message = Message("")
    context = MESSAGE
    number = 1
    values: Mapping[str, object] = {}

    @property
    def contexts(self) -> set[str]:
        """The contexts of all that it is made of."""
        inner = (part.contexts for part in self.values.values() if isinstance(part, Said))
        return {self.context}.union(*inner)


def M_(text: str, **values: object) -> Said:  # noqa: N802
    """Mark a message, and fill its named places. A value may be a message itself."""
    return _said(Message(text), values)


def MM_(one: str, many: str, num: int, **values: object) -> Said:  # noqa: N802
    """Mark a message that has a form for one and a form for many, and fill its places; the number has `%(num)s`."""
    return _said(Message(one, many), {"num": num, **values}, num)


def as_written(text: str, context: str = "") -> Said:
    """Give a text that is not ours as a part of a message: what an author has written.

    Args:
        context: That of the text in the catalogues of the handbook; without one it is the same in every language.
    """
    made = Said(text)
    if context:
        made.message, made.context = Message(text), context
    return made


def _said(message: Message, values: Mapping[str, object], number: int = 1) -> Said:
    text = message.of(number)
    made = Said(text % values if values else text)
    made.message, made.values, made.number = message, values, number
    return made


NOTHING = Said()
"""What is said where there is nothing to say."""


@dataclass(frozen=True)
class Language:
    """A language, and what its catalogues say in the place of English words.

    Attributes:
        code: As HTML and catalogues name it, such as `sv`.
        said: Context, empty for most words, and English text → the forms of its translation.
        form: From a number to which of the forms it asks for.
        texts: Texts of the handbook in English → as they are shown, where that is another text.
        foreign: Texts of the handbook that are shown in another language → the code of that one.
        theirs: Texts that teams have written in another language → its code.
        unread: Texts of the handbook as they are shown, of which no specialist has read the translation.
        name: What it calls itself.
        path: The folder of its pages, seen from the root of the site; empty for the root.
    """

    code: str = "en"
    said: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    form: Callable[[int], int] = lambda number: int(number != 1)
    texts: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    name: str = "English"
    path: str = ""

    @property
    def is_english(self) -> bool:
        """Whether it is the language that everything is written in."""
        return self.code == "en"

    def gettext(self, text: str) -> str:
        """Give the words for a text; the text itself where there are none."""
        return self.pgettext("", text)

    def pgettext(self, context: str, text: str) -> str:
        """Give the words for a text in a context, which tells it from others that are written alike."""
        found = self.said.get((context, text))
        return found[0] if found else text

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Give the form of a text that a number asks for."""
        found = self.said.get(("", one))
        return found[self.form(number)] if found else one if number == 1 else many

    def say(self, text: Said) -> Said:
        """Give a message in the language; it stays English where there are no words for it."""
        found = self.said.get((text.context, text.message.one)) if text.message.one else None
        if not found and not text.values:
            return text
        words = found[self.form(text.number) if text.message.many else 0] if found else text.message.of(text.number)
        values = {name: self.say(part) if isinstance(part, Said) else part for name, part in text.values.items()}
        return Said(words % values if values else words)

    @cached_property
    def has_two_forms(self) -> bool:
        """Whether a number asks for one form if it is one, and for another one otherwise, as in English."""
        return all(self.form(number) == (number != 1) for number in range(102))

    def order(self, text: str) -> str:
        """Give the key by which a text is put in its place in a list: letters with marks as the language has them."""
        last = LAST.get(self.code.partition("-")[0], "")
        places = {letter: chr(ord("z") + place) for place, letter in enumerate(last, 1)}
        letters = (places.get(letter, normalize("NFKD", letter)) for letter in normalize("NFC", text.casefold()))
        return "".join(letter for letter in "".join(letters) if not combining(letter))

    def inside(self, title: str) -> str:
        """Write a title as it is written inside a sentence: with a small letter, unless it begins with capitals."""
        keeps = self.code.partition("-")[0] in CAPITALS or title[1:2].isupper()
        return title if keeps else title[:1].lower() + title[1:]


LAST = {"sv": "åäö", "fi": "åäö", "da": "æøå", "nb": "æøå", "nn": "æøå", "no": "æøå"}
"""Language → its letters after z."""
CAPITALS = ("de", "lb")
"""Languages that begin every noun with a capital letter."""

ENGLISH = Language()
