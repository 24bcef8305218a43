"""Rules that translations keep: one small generator each, whose docstring is the rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from macros.language.catalogue import Catalogue, Entry
from macros.language.guides import digest, fit, made_from
from macros.text.problem import WARNING, Problem, kind

PLACE = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
HTML = re.compile(r"<[a-zA-Z/!]|&#?\w+;")
NUMBER = "%(num)s"
"""The place of a number, which the form for one may write as a word."""


def catalogue_problems(file: str, catalogue: Catalogue) -> Iterator[Problem]:
    """Find what is wrong with the translations of a catalogue that pages show."""
    for entry in catalogue.entries:
        if entry.current:
            yield from places_are_those_of_the_text(file, entry)
            yield from translation_is_plain_text(file, entry)


@kind("other-placeholders")
def places_are_those_of_the_text(file: str, entry: Entry) -> Iterator[Problem]:
    """A translation has the same placeholders as the English text, such as `%(month)s`.

    A placeholder that is missing leaves out a value; one that is not known would be shown as it is.
    """
    texts = (entry.one, *[entry.many] * (len(entry.said) - 1))
    for said, text in zip(entry.said, texts, strict=True):
        wanted, found = (Counter(PLACE.findall(each)) for each in (text, said))
        loose = {NUMBER: 1} if entry.many else {}
        missing, unknown = wanted - found - Counter(loose), found - wanted - Counter(loose)
        for place in missing:
            yield _problem(file, entry, "other-placeholders", f"the translation lacks {place}", "write it in its place")
        for place in unknown:
            sentence = f"the English text has no {place}" if place not in wanted else f"{place} is there too often"
            yield _problem(file, entry, "other-placeholders", sentence, "take it out")


@kind("markup-in-translation")
def translation_is_plain_text(file: str, entry: Entry) -> Iterator[Problem]:
    """A translation in a catalogue is plain text, without HTML.

    Pages would show the tags as they are written. Write each letter itself, such as `å`.
    """
    for said in entry.said:
        if found := HTML.search(said):
            sentence = f'the translation has HTML: "{found[0]}"'
            yield _problem(file, entry, "markup-in-translation", sentence, "write plain text")


def _problem(file: str, entry: Entry, kind_of_problem: str, sentence: str, fix: str) -> Problem:
    where = f"of {entry.context}" if entry.context else f'of "{entry.one[:60]}"'
    return Problem(file, entry.line, 1, kind_of_problem, sentence, fix, (where,))


@kind("other-headings")
def headings_are_those_of_the_guide(file: str, text: str, english: str) -> Iterator[Problem]:
    """A translated guide has the headings of the English one: as many, in the same order and of the same levels.

    They get the same addresses, so that a link leads to the same place in every language.
    """
    if not fit(text, english):
        old = made_from(text) != digest(english)
        sentence = "the headings are not those of the English guide"
        fix = "bring the translation up to date" if old else "write the same headings, of the same levels"
        yield Problem(file, 0, 0, "other-headings", sentence, fix, severity=WARNING)
