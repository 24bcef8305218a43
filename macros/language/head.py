"""What is known of a language: its code, how it writes numbers of things, and the head of its catalogues.

Babel is imported where it is needed: a site in English and `check` are a thirtieth of a second quicker without it.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable

from macros.language.catalogue import Catalogue


def known(code: str) -> str:
    """Return a code as it was given, if it is that of a language.

    Raises:
        ValueError: a plain sentence, when it is not.
    """
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        raise ValueError(f'"{code}" is not a language. Write its code, such as sv for Swedish.') from None
    return code


def name_of(code: str) -> str:
    """Say what a language calls itself, with a capital letter where it has some; the code of one that nobody knows."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


def direction_of(code: str) -> str:
    """Say in which direction a language is written: `ltr`, or `rtl` from right to left."""
    from babel import Locale

    return Locale.parse(code, sep="-").text_direction


def forms_of(code: str) -> int:
    """Say how many forms a text with a number has."""
    from babel.messages.plurals import get_plural

    return int(get_plural(code.partition("-")[0]).num_plurals)


def form_of(code: str) -> Callable[[int], int]:
    """Give the function from a number to the form that it asks for; never from a catalogue, which is data."""
    from babel.messages.plurals import get_plural

    return gettext.c2py(get_plural(code.partition("-")[0]).plural_expr)


def first(code: str) -> Catalogue:
    """Make a catalogue that has a head and no entries."""
    from babel.messages.plurals import get_plural

    plural = get_plural(code.partition("-")[0])
    head = [f"Language: {code}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8"]
    head += ["Content-Transfer-Encoding: 8bit", f"Plural-Forms: {plural.plural_forms}"]
    return Catalogue("".join(f"{line}\n" for line in head))
