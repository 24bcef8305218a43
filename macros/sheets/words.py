"""The words of a workbook in the language of its reader: names of sheets, and words that are chosen from lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias
from unicodedata import normalize

from macros.model.checklist import Frame
from macros.model.statuses import Status
from macros.text.messages import ENGLISH, N_, Language

ANSWERS, PROJECT, HIDDEN = N_("Answers"), N_("Project"), "Navigator"
"""The sheets of a workbook. The first two have a name in each language; the hidden one has the same in all."""

NAME = re.compile(r"[^\[\]:*?/\\']{1,31}")
"""What spreadsheet programs take for the name of a sheet."""

SPOKEN = {
    Status.MET: N_("Done"),
    Status.IN_PROGRESS: N_("Under way"),
    Status.NOT_MET: N_("Not yet"),
    Status.NOT_APPLICABLE: N_("Does not apply"),
    Status.NOT_ASSESSED: N_("Nobody has looked"),
}
"""The statuses in the words of people who do not write files."""

CHOSEN = tuple(status for status in SPOKEN if status.example)
"""The statuses that a list of a workbook offers; an empty cell says the one that is missing here."""

Words: TypeAlias = Mapping[str, Mapping[str, str]]
"""Field → a word of its list as `key` writes it → what a status file says."""


def sheet_names(language: Language) -> dict[str, str]:
    """Give the names of the sheets in a language; the English ones where a program would not take those."""
    names = {name: language.gettext(name) for name in (ANSWERS, PROJECT)}
    differ = len({HIDDEN.casefold(), *(name.casefold() for name in names.values())}) > len(names)
    return names if differ and all(map(NAME.fullmatch, names.values())) else {name: name for name in names}


def spoken(status: str, language: Language = ENGLISH) -> str:
    """Say a status in the words of people; what is none stays as it is."""
    return next((language.gettext(words) for known, words in SPOKEN.items() if status == known), status)


def words_of(frame: Frame, language: Language) -> Iterator[tuple[str, str, str]]:
    """List the words of the lists of a workbook: field, word, and what a status file says.

    Args:
        frame: In the language.
    """
    yield from (("status", spoken(status, language), str(status)) for status in CHOSEN)
    yield from (("status", str(status), str(status)) for status in CHOSEN)
    yield from (("lead", partner.title, name) for name, partner in frame.partners.items())


def words_of_all(frames: Iterable[tuple[Frame, Language]]) -> Words:
    """Put the words of several languages together; what would mean two things is left out.

    Args:
        frames: The frame in each language, with the language.
    """
    meant: dict[str, dict[str, set[str]]] = {}
    for frame, language in frames:
        for field, word, code in words_of(frame, language):
            meant.setdefault(field, {}).setdefault(key(word), set()).add(code)
    return {
        field: {word: next(iter(codes)) for word, codes in words.items() if len(codes) == 1}
        for field, words in meant.items()
    }


def key(word: str) -> str:
    """Write a word in the way by which it is looked up: capitals and the way of writing an accent do not matter."""
    return normalize("NFC", word).lower()
