"""Rules that translations keep: one small generator each, whose docstring is the rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from macros.language.catalogue import Catalogue, Entry
from macros.language.guides import digest, fit, made_from
from macros.language.head import forms_of
from macros.text.messages import M_, MM_, Said, as_written
from macros.text.problem import WARNING, Problem, kind, quoted

PLACE = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
HTML = re.compile(r"<[a-zA-Z/!]|&#?\w+;")
ABOUT = re.compile(r"(^Language: *|charset=)([\w-]+)", re.MULTILINE)
KEEP_ONE = M_("keep one of the two entries")
NUMBER = "%(num)s"
"""The place of a number, which the form for one may write as a word."""


def catalogue_problems(file: str, catalogue: Catalogue, code: str) -> Iterator[Problem]:
    """Find what is wrong with a catalogue of a language, and with its translations that pages show."""
    yield from head_is_that_of_the_language(file, catalogue, code)
    yield from translated_once(file, catalogue)
    for entry in catalogue.entries:
        if entry.current:
            wrong = [*forms_are_those_of_the_language(file, entry, code)] if entry.many else []
            yield from wrong or places_are_those_of_the_text(file, entry)
            yield from translation_is_plain_text(file, entry)


@kind("other-head")
def head_is_that_of_the_language(file: str, catalogue: Catalogue, code: str) -> Iterator[Problem]:
    """The head of a catalogue says no other language than its folder does, and no other encoding than UTF-8.

    Translation programs go by it, and would save the file in a way that pages cannot be made from.
    """
    for name, said in ABOUT.findall(catalogue.head):
        wanted = "UTF-8" if name == "charset=" else code
        if said.lower().partition("_")[0] not in (wanted.lower(), code.partition("-")[0]):
            sentence = M_('the head of the catalogue says "%(words)s"', words=f"{name}{said}")
            fix = M_('write "%(word)s"', word=f"{name}{wanted}")
            yield Problem(file, catalogue.line, 1, "other-head", sentence, fix)


@kind("translated-twice")
def translated_once(file: str, catalogue: Catalogue) -> Iterator[Problem]:
    """A catalogue has a text of one name and field once. Of two entries, it would be unclear which one pages show."""
    known: dict[tuple[str, str], int] = {}
    for entry in catalogue.entries:
        line = known.setdefault((entry.context, entry.one), entry.line)
        if line != entry.line:
            sentence = M_("this text is there already, in line %(line)s", line=line)
            yield _problem(file, entry, "translated-twice", sentence, KEEP_ONE)


@kind("other-forms")
def forms_are_those_of_the_language(file: str, entry: Entry, code: str) -> Iterator[Problem]:
    """A text with a number has as many forms as the language needs: two in Swedish, for one and for many.

    The English text has a form for one (`msgid`) and a form for many (`msgid_plural`).
    """
    if len(entry.said) != (forms := forms_of(code)):
        sentence = MM_(
            "the translation has %(num)s form, and the language needs %(forms)s",
            "the translation has %(num)s forms, and the language needs %(forms)s",
            len(entry.said),
            forms=forms,
        )
        wanted = as_written(", ".join(f"msgstr[{number}]" for number in range(forms)))
        yield _problem(file, entry, "other-forms", sentence, M_("write %(names)s", names=wanted))


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
