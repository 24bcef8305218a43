"""What is known of a language: its code, how many forms a number asks for, and the head of its catalogues."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural

from macros.language.catalogue import Catalogue


def known(code: str) -> str:
    """Return a code as it was given, if it is that of a language.

    Raises:
        ValueError: a plain sentence, when it is not.
    """
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        raise ValueError(f'"{code}" is not a language. Write its code, such as sv for Swedish.') from None
    return code


def forms_of(code: str) -> int:
    """Say how many forms a text with a number has."""
    return int(get_plural(code.partition("-")[0]).num_plurals)


def first(code: str) -> Catalogue:
    """Make a catalogue that has a head and no entries."""
    plural = get_plural(code.partition("-")[0])
    head = [f"Language: {code}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8"]
    head += ["Content-Transfer-Encoding: 8bit", f"Plural-Forms: {plural.plural_forms}"]
    return Catalogue("".join(f"{line}\n" for line in head))
