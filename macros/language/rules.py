"""Rules that translations keep: one small generator each, whose docstring is the rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from macros.language.catalogue import Catalogue, Entry
from macros.language.guides import digest, fit, made_from
from macros.text.messages import M_, Said, as_written
from macros.text.problem import WARNING, Problem, kind, quoted

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
            sentence = M_("the translation lacks %(place)s", place=place)
            yield _problem(file, entry, "other-placeholders", sentence, M_("write it in its place"))
        for place in unknown:
            too_many = M_("%(place)s is there too often", place=place)
            sentence = too_many if place in wanted else M_("the English text has no %(place)s", place=place)
            yield _problem(file, entry, "other-placeholders", sentence, M_("take it out"))


@kind("markup-in-translation")
def translation_is_plain_text(file: str, entry: Entry) -> Iterator[Problem]:
    """A translation in a catalogue is plain text, without HTML that the English text does not have.

    Pages would show the tags as they are written. Write each letter itself, such as `å`.
    """
    for said in entry.said:
        if found := next((tag for tag in HTML.findall(said) if tag not in entry.one + entry.many), ""):
            sentence = M_('the translation has HTML: "%(tag)s"', tag=found)
            yield _problem(file, entry, "markup-in-translation", sentence, M_("write plain text"))


def _problem(file: str, entry: Entry, kind_of_problem: str, sentence: Said, fix: Said) -> Problem:
    named = as_written(entry.context) if entry.context else quoted(entry.one[:60])
    return Problem(file, entry.line, 1, kind_of_problem, sentence, fix, (M_("of %(place)s", place=named),))


@kind("other-headings")
def headings_are_those_of_the_guide(file: str, text: str, english: str) -> Iterator[Problem]:
    """A translated guide has the headings of the English one: as many, in the same order and of the same levels.

    They get the same addresses, so that a link leads to the same place in every language.
    """
    if not fit(text, english):
        old = made_from(text) != digest(english)
        sentence = M_("the headings are not those of the English guide")
        fix = M_("bring the translation up to date") if old else M_("write the same headings, of the same levels")
        yield Problem(file, 0, 0, "other-headings", sentence, fix, severity=WARNING)
