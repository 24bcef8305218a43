"""The language that a command answers in: the one that is asked for, else that of the region, else English."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace

from macros.cli.command import Place
from macros.load.languages import in_language, offered, spoken
from macros.model.handbook import Handbook
from macros.model.region import RegionFile
from macros.site.environment import language_of_environment


def declare_language(parser: ArgumentParser) -> None:
    """Let a command be asked for a language."""
    parser.add_argument("--language", metavar="CODE", help="such as sv; else the first language of the region")


def language_of(named: str | None, place: Place, region: RegionFile | None) -> str:
    """Say in which language a command answers.

    Args:
        named: What `--language` says; where it says nothing, NAVIGATOR_LANGUAGE counts, then the region.

    Raises:
        ValueError: a plain sentence, when there are no catalogues of a language that is asked for.
    """
    known = offered(place.root)
    if named and named not in known:
        raise ValueError(f'There is no translation into "{named}". Write one of {", ".join(known)}.')
    return named or language_of_environment(known) or (region.languages[0] if region else "en")


def as_asked(handbook: Handbook, named: str | None, place: Place) -> Handbook:
    """Give a handbook in the language that a command answers in.

    Raises:
        ValueError: a plain sentence, when there are no catalogues of a language that is asked for.
        Problems: a catalogue cannot be read.
    """
    code = language_of(named, place, handbook.region)
    return in_language(handbook, *spoken(place.root, place.home, code))


def as_asked_of_both(after: Handbook, before: Handbook, named: str | None, place: Place) -> Handbook:
    """Give a handbook in the language that a command answers in, with the words of an earlier state of it too.

    Raises:
        ValueError: a plain sentence, when there are no catalogues of a language that is asked for.
        Problems: a catalogue cannot be read.
    """
    language, catalogues = spoken(place.root, place.home, language_of(named, place, after.region))
    made = in_language(after, language, catalogues)
    if language.is_english:
        return made
    former = in_language(before, language, catalogues).language.texts
    return replace(made, language=replace(made.language, texts={**former, **made.language.texts}))
