"""A handbook in another language: the texts that catalogues have, and a note of those that are still English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from macros.language.catalogue import Catalogue, Entry, same
from macros.language.head import form_of, name_of
from macros.language.own import of_projects, region_texts, texts_of_region, titles_of_sources, written
from macros.language.texts import frame_texts, handbook_texts
from macros.model.checklist import Frame
from macros.model.handbook import Handbook
from macros.model.region import RegionFile
from macros.text.messages import Language

INTERFACE, PROBLEMS, REPORTS = "interface", "problems", "reports"
WORDS = (INTERFACE, PROBLEMS, REPORTS)
"""The catalogues of the words that templates, Python and scripts have; all others hold texts of the handbook."""


class Spoken:
    """Says the texts of a handbook in a language, and notes what it cannot say.

    Args:
        code: Of the language.
        entries: Those of all catalogues of texts.
        written: Texts that are not written in English → the code of their language.
    """

    def __init__(self, code: str, entries: list[Entry], written: Mapping[str, str]) -> None:
        self.code, self.written = code, written
        self.entries: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.current:
                self.entries.setdefault(entry.context, []).append(entry)
        self.texts: dict[str, str] = {}
        self.foreign: dict[str, str] = {}
        self.unread: set[str] = set()

    def __call__(self, context: str, text: str) -> str:
        """Give the translation of a text; the text itself where there is none, or none that is of this text."""
        source = self.written.get(text, "en")
        if source == self.code:
            return text
        for entry in self.entries.get(context, ()):
            if same(entry.one, text):
                if not entry.reviewed:
                    self.unread.add(entry.said[0])
                self.texts[text] = entry.said[0]
                return entry.said[0]
        self.foreign[text] = source
        return text


def language_of(code: str, catalogues: Mapping[str, Catalogue], path: str = "") -> Language:
    """Give a language with the words of its pages, messages and reports.

    Args:
        code: Of the language.
        catalogues: Those of the language, by name.
        path: The folder of its pages, seen from the root of the site.
    """
    return Language(code, _said(catalogues, WORDS), form_of(code), name=name_of(code), path=path)


def messages_in(code: str, catalogues: Mapping[str, Catalogue]) -> Language:
    """Give a language with all that messages of `check` say, also the texts of the handbook that they name."""
    return Language(code, _said(catalogues, catalogues), form_of(code))


def _said(catalogues: Mapping[str, Catalogue], names: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    words = (entry for name in names for entry in catalogues.get(name, Catalogue()).entries)
    return {(entry.context, entry.one): entry.said for entry in words if entry.current}


def translated(book: Handbook, language: Language, catalogues: Mapping[str, Catalogue]) -> Handbook:
    """Give a handbook in a language; what was computed from the English one is to be computed before."""
    say = Spoken(language.code, _texts(catalogues), written(book))
    made = handbook_texts(book, say)
    if book.region:
        made = replace(made, region=region_texts(book.region, say))
    others = chain(of_projects(book), titles_of_sources(book))
    ours = {text for forms in language.said.values() for text in forms}
    theirs = {text: code for text, code in others if code != language.code and text not in ours}
    unread = frozenset(say.unread)
    spoken = replace(language, texts=say.texts, foreign=say.foreign, theirs=theirs, unread=unread)
    return replace(made, language=spoken)


def frame_in(book: Handbook, language: Language, catalogues: Mapping[str, Catalogue]) -> Frame:
    """Give the frame of a handbook in a language."""
    return frame_texts(book.frame, Spoken(language.code, _texts(catalogues), written(book)))


def region_in(region: RegionFile, language: Language, catalogues: Mapping[str, Catalogue]) -> RegionFile:
    """Give a region's file in a language."""
    theirs = {entry.one: region.written_in for entry in texts_of_region(region, ())}
    return region_texts(region, Spoken(language.code, _texts(catalogues), theirs))


def _texts(catalogues: Mapping[str, Catalogue]) -> list[Entry]:
    return [entry for name, one in catalogues.items() if name not in WORDS for entry in one.entries]


def is_all_english(book: Handbook) -> bool:
    """Whether no text of a handbook is written in another language."""
    return not written(book) and not (book.region and book.region.written_in != "en")
