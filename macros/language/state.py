"""How far the translation into a language is: what is current, out of date, missing, and read by a specialist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.language.catalogue import Catalogue, Entry, same
from macros.language.own import region_texts
from macros.language.texts import Listed, handbook_texts
from macros.language.translated import WORDS
from macros.model.handbook import Handbook

REGION = "region"
"""The catalogue of a region's own texts."""


@dataclass(frozen=True)
class Part:
    """How far one catalogue is, or the guides together; `old` and `missing` name texts.

    Attributes:
        name: Of the catalogue; `guides` for the guides.
        total: How many texts it has.
        unread: How many translations are shown that no specialist has read.
    """

    name: str
    total: int
    old: tuple[str, ...]
    missing: tuple[str, ...]
    unread: int

    @property
    def current(self) -> int:
        """How many texts are shown in the language."""
        return self.total - len(self.old) - len(self.missing)


@dataclass(frozen=True)
class State:
    """How far the translation into a language is."""

    code: str
    parts: tuple[Part, ...]

    @property
    def whole(self) -> Part:
        """All parts together."""
        old, missing = (tuple(n for part in self.parts for n in getattr(part, field)) for field in ("old", "missing"))
        total, unread = (sum(getattr(part, field) for part in self.parts) for field in ("total", "unread"))
        return Part("", total, old, missing, unread)


def texts_of(book: Handbook) -> dict[str, str]:
    """Give the texts of a handbook in English: context → text."""
    say = Listed()
    handbook_texts(book, say)
    if book.region:
        region_texts(book.region, say)
    return {context: entry.one for context, entry in say.entries.items()}


def parts_of(catalogues: Mapping[str, Catalogue], texts: Mapping[str, str]) -> Iterator[Part]:
    """Say how far each catalogue is.

    Args:
        catalogues: Those of a language, by name.
        texts: Those of the handbook in English: context → text.
    """
    known: set[str] = set()
    for name, catalogue in catalogues.items():
        entries = [entry for entry in catalogue.entries if name in WORDS or entry.context in texts]
        known |= {entry.context for entry in entries}
        yield _part(name, entries, texts if name not in WORDS else {})
    if new := tuple(context for context in texts if context not in known):
        yield Part("new", len(new), (), new, 0)


def _part(name: str, entries: list[Entry], texts: Mapping[str, str]) -> Part:
    missing = tuple(_named(entry) for entry in entries if not entry.translated)
    shown = [entry for entry in entries if entry.current and same(entry.one, texts.get(entry.context, entry.one))]
    kept = {id(entry) for entry in shown}
    old = tuple(_named(entry) for entry in entries if entry.translated and id(entry) not in kept)
    unread = 0 if name in WORDS else sum(not entry.reviewed for entry in shown)
    return Part(name, len(entries), old, missing, unread)


def _named(entry: Entry) -> str:
    return entry.context if not entry.one or " " in entry.context else entry.one


def guides_part(states: Mapping[str, str], unread: int) -> Part:
    """Put the guides together.

    Args:
        states: Path → `missing`, `old`, or empty for one that is current.
        unread: How many of those that are shown no specialist has read.
    """
    old, missing = (tuple(path for path, state in states.items() if state == word) for word in ("old", "missing"))
    return Part("guides", len(states), old, missing, unread)


@dataclass(frozen=True)
class MadeOld:
    """What changed English texts make of the translations into a language.

    Attributes:
        own: Translations of a region that are old now, by name and field.
        shared: How many translations of the shared handbook are old and not made anew yet.
    """

    language: str
    own: tuple[str, ...]
    shared: int

    def __bool__(self) -> bool:
        return bool(self.own or self.shared)


def made_old(
    code: str, catalogues: Mapping[str, Catalogue], before: Mapping[str, str], after: Mapping[str, str]
) -> MadeOld:
    """Say which translations no longer fit, because the English text has changed.

    Args:
        code: Of the language.
        catalogues: Those of the language, by name.
        before: The texts in English, as they were: context → text.
        after: The same, as they are.
    """
    changed = {name for name, text in after.items() if name in before and not same(before[name], text)}
    every = [(name, entry) for name, one in catalogues.items() for entry in one.entries if entry.context in changed]
    fresh = {entry.context for _, entry in every if entry.current and same(entry.one, after[entry.context])}
    old = [(name, entry.context) for name, entry in every if entry.translated and entry.context not in fresh]
    own = dict.fromkeys(context for name, context in old if name == REGION)
    return MadeOld(code, tuple(own), len({context for name, context in old if name != REGION and context not in own}))
