"""The language that a command answers in: the one that is asked for, else that of the region, else English."""

from __future__ import annotations

from argparse import ArgumentParser

from macros.cli.command import Place
from macros.load.catalogues import offered
from macros.load.languages import in_language, spoken
from macros.model.handbook import Handbook
from macros.model.region import RegionFile
from macros.site.environment import language_of_environment


def declare_language(parser: ArgumentParser) -> None:
    """Let a command be asked for a language."""
    parser.add_argument("--language", metavar="CODE", help="such as sv; else the first language of the region")


def asked_for(named: str | None, place: Place) -> str:
    """Say which language `--language` asks for, else NAVIGATOR_LANGUAGE; empty for that of the region.

    Raises:
        ValueError: a plain sentence, when there are no catalogues of a language that is asked for.
    """
    known = offered(place.root)
    if named and named not in known:
        raise ValueError(f'There is no translation into "{named}". Write one of {", ".join(known)}.')
    return named or language_of_environment(known)


def language_of(named: str | None, place: Place, region: RegionFile | None) -> str:
    """Say in which language a command answers.

    Args:
        named: What `--language` says; where it says nothing, NAVIGATOR_LANGUAGE counts, then the region.

    Raises:
        ValueError: a plain sentence, when there are no catalogues of a language that is asked for.
    """
    return asked_for(named, place) or (region.languages[0] if region else "en")


def as_asked(handbook: Handbook, named: str | None, place: Place) -> Handbook:
    """Give a handbook in the language that a command answers in.

    Raises:
        ValueError: a plain sentence, when there are no catalogues of a language that is asked for.
        Problems: a catalogue cannot be read.
    """
    code = language_of(named, place, handbook.region)
    return in_language(handbook, *spoken(place.root, place.home, code))
