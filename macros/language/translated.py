"""A handbook in another language: the texts that catalogues have, and a note of those that are still English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from macros.language.catalogue import Catalogue, Entry, same
from macros.language.head import form_of, name_of
from macros.language.texts import handbook_texts
from macros.model.handbook import Handbook
from macros.text.messages import Language

INTERFACE = "interface"
"""The catalogue of the words that templates, Python and scripts have; all others hold texts of the handbook."""


class Spoken:
    """Says the texts of a handbook in a language, and notes what it cannot say.

    Args:
        entries: Those of all catalogues of texts.
    """

    def __init__(self, entries: list[Entry]) -> None:
        self.entries: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.current:
                self.entries.setdefault(entry.context, []).append(entry)
        self.missing: set[str] = set()
        self.unread: set[str] = set()

    def __call__(self, context: str, text: str) -> str:
        """Give the translation of a text; the text itself where there is none, or none that is of this text."""
        for entry in self.entries.get(context, ()):
            if same(entry.one, text):
                if not entry.reviewed:
                    self.unread.add(entry.said[0])
                return entry.said[0]
        self.missing.add(text)
        return text


def language_of(code: str, catalogues: Mapping[str, Catalogue], path: str = "") -> Language:
    """Give a language with the words of its interface.

    Args:
        code: Of the language.
        catalogues: Those of the language, by name.
        path: The folder of its pages, seen from the root of the site.
    """
    words = catalogues.get(INTERFACE, Catalogue()).entries
    said = {(entry.context, entry.one): entry.said for entry in words if entry.current}
    return Language(code, said, form_of(code), name=name_of(code), path=path)


def translated(book: Handbook, language: Language, catalogues: Mapping[str, Catalogue]) -> Handbook:
    """Give a handbook in a language; what was computed from the English one is to be computed before."""
    texts = [entry for name, one in catalogues.items() if name != INTERFACE for entry in one.entries]
    say = Spoken(texts)
    made = handbook_texts(book, say)
    spoken = replace(language, foreign=dict.fromkeys(say.missing, "en"), unread=frozenset(say.unread))
    return replace(made, language=spoken)
