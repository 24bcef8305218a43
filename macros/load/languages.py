"""The handbook in another language, and how far each translation is."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from macros.language.catalogue import Catalogue
from macros.language.guides import digest, is_reviewed, made_from
from macros.language.head import known
from macros.language.rules import headings_are_those_of_the_guide
from macros.language.state import REGION, MadeOld, Part, State, guides_part, made_old, parts_of, texts_of
from macros.language.translated import (
    INTERFACE,
    PROBLEMS,
    frame_in,
    is_all_english,
    language_of,
    messages_in,
    translated,
)
from macros.load.catalogues import LANGUAGES, catalogues, offered, pages_of
from macros.load.region import first_language
from macros.model.checklist import Frame
from macros.model.handbook import Handbook
from macros.text.characters import not_utf8
from macros.text.messages import ENGLISH, M_, Language
from macros.text.problem import Problem, kind, names_texts
from macros.text.report import Problems, stops
from macros.text.source import Source

FRAME = "frame"
PAGES = "region/pages"


def translations(root: Path, home: Path) -> Iterator[Problem]:
    """Find what is wrong with the catalogues and the guides of all languages."""
    for code in offered(root):
        found: list[Problem] = [*folder_is_a_language(code)]
        catalogues(root, home, code, found)
        yield from found
        for base, folder, english in ((root, f"{LANGUAGES}/{code}/docs", "docs"), (home, pages_of(code), PAGES)):
            for path in sorted((base / folder).rglob("*.md")):
                yield from _guide(
                    path.relative_to(base).as_posix(), path, base / english / path.relative_to(base / folder)
                )


def _guide(file: str, path: Path, english: Path) -> Iterator[Problem]:
    """Find what is wrong with one translated guide, or one translated page of a region."""
    yield from guide_has_a_place(file, there=english.is_file())
    if english.is_file():
        try:
            text = text_of_guide(file, path)
        except Problems as wrong:
            yield from wrong.problems
        else:
            yield from headings_are_those_of_the_guide(file, text, english.read_bytes().decode("utf-8-sig", "replace"))


def text_of_guide(file: str, path: Path) -> str:
    """Read a translated guide.

    Args:
        file: Its path in the repository.
        path: Where it lies.

    Raises:
        Problems: it is not saved as UTF-8.
    """
    raw = path.read_bytes()
    if wrong := [*not_utf8(Source(file, ""), raw)]:
        raise Problems(wrong)
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


@kind("folder-of-no-language")
def folder_is_a_language(code: str) -> Iterator[Problem]:
    """A folder in `languages/` is named after a language, by its code: `languages/sv/`."""
    try:
        known(code)
    except ValueError:
        sentence = M_('"%(word)s" is not the code of a language', word=code)
        fix = M_("give the folder the code of its language")
        yield Problem(f"{LANGUAGES}/{code}", 0, 0, "folder-of-no-language", sentence, fix)


@kind("guide-without-place")
def guide_has_a_place(file: str, *, there: bool) -> Iterator[Problem]:
    """A translated guide has the path of the English one: `languages/sv/docs/report.md` of `docs/report.md`.

    So has a page of a region: `region/languages/sv/pages/index.md` of `region/pages/index.md`.
    """
    if not there:
        fix = M_("give it the path of the English guide, or delete it")
        yield Problem(file, 0, 0, "guide-without-place", M_("there is no English guide of this path"), fix)


Spoken: TypeAlias = tuple[Language, Mapping[str, Catalogue]]
"""A language with the words of its interface, and all its catalogues by name."""


def spoken(root: Path, home: Path, code: str, path: str = "", only: Collection[str] = ()) -> Spoken:
    """Give a language with the words of its interface, and all its catalogues.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        code: Of the language.
        path: The folder of its pages, seen from the root of the site.
        only: The names of the catalogues that are wanted; empty for all.

    Raises:
        Problems: a catalogue cannot be read.
        ValueError: a plain sentence, when there is no such language.
    """
    found: list[Problem] = []
    read = catalogues(root, home, code, found, only)
    if stops(found):
        raise Problems(found)
    return (replace(ENGLISH, path=path) if code == "en" else language_of(known(code), read, path)), read


def of_reader(root: Path, home: Path, asked: str, found: Collection[Problem]) -> Language:
    """Give the language in which problems are said; no more is read than they need.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        asked: The code of the one that is asked for; empty for the first of the region, or else English.
        found: The problems.
    """
    code = asked or first_language(home)
    if code == "en" or code not in offered(root):
        return ENGLISH
    only = () if any(map(names_texts, found)) else (PROBLEMS,)
    return messages_in(code, catalogues(root, home, code, [], only))


def in_language(book: Handbook, language: Language, catalogues: Mapping[str, Catalogue]) -> Handbook:
    """Give a handbook in a language; one in English stays as it is."""
    if language.is_english and is_all_english(book):
        return replace(book, language=language)
    return translated(book, language, catalogues)


def frames(root: Path, home: Path, book: Handbook) -> Iterator[tuple[Frame, Language]]:
    """Give the frame of a handbook in every language that there are catalogues for, with the language.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        book: The handbook before it is translated.
    """
    names = {INTERFACE, FRAME, REGION, *(layer.id for layer in book.layers)}
    for code in offered(root):
        language, read = spoken(root, home, code, only=names)
        yield frame_in(book, language, read), language


def in_language_with_former(
    book: Handbook, former: Handbook, language: Language, catalogues: Mapping[str, Catalogue]
) -> Handbook:
    """Give a handbook in a language, which also knows the texts of a former state of the handbook."""
    made = in_language(book, language, catalogues)
    if language.is_english:
        return made
    texts = {**in_language(former, language, catalogues).language.texts, **made.language.texts}
    return replace(made, language=replace(made.language, texts=texts))


def states(root: Path, home: Path, english: Handbook, have: Mapping[str, Mapping[str, Catalogue]]) -> list[State]:
    """Say how far the translation into each language is.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        english: The handbook before it is translated.
        have: The catalogues that have been read: code of a language → name → catalogue.
    """
    texts = texts_of(english)
    return [
        State(
            code,
            (*parts_of(have.get(code) or catalogues(root, home, code, []), texts), _guides(root, home, code, english)),
        )
        for code in offered(root)
        if code != "en"
    ]


def upgraded(root: Path, home: Path, was: Handbook, now: Handbook) -> tuple[MadeOld, ...]:
    """Say which translations an edition makes old, for each language in which it makes any.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        was: The handbook in English under the old edition.
        now: The same under the new one.
    """
    before, after = texts_of(was), texts_of(now)
    found = (made_old(code, catalogues(root, home, code, []), before, after) for code in offered(root) if code != "en")
    return tuple(filter(None, found))


def _guides(root: Path, home: Path, code: str, book: Handbook) -> Part:
    """Say how far the guides in a language are, and the pages of a region that are not written in it."""
    found, unread = {}, 0
    every = [*_pairs(root / "docs", root / LANGUAGES / code / "docs", "")]
    if book.region and book.region.written_in != code:
        every += _pairs(home / PAGES, home / pages_of(code), "region/")
    for name, path, there in every:
        text, english = (each.read_text("utf-8-sig", "replace") if each.is_file() else "" for each in (there, path))
        old = bool(text) and made_from(text) != digest(english)
        found[name] = "missing" if not text else "old" if old else ""
        unread += bool(text) and not is_reviewed(text)
    return guides_part(found, unread)


def _pairs(written: Path, said: Path, below: str) -> Iterator[tuple[str, Path, Path]]:
    """List the guides of a folder: path on the site, file, and file of the translation."""
    for path in sorted(written.rglob("*.md")):
        name = path.relative_to(written).as_posix()
        if not name.startswith(STAY_ENGLISH):
            yield f"{below}{name}", path, said / name


STAY_ENGLISH = ("regions/skane/", "decisions.md", "speed.md", "changelog.md", "architecture.md", "zensical.md")
"""Guides that nobody translates: for those who change the code, and an example."""
