"""A field says once, beside itself, what it names and what a change of it means; the rest of the code follows it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import pytest
from pydantic import create_model

from macros.checks.words import vocabulary, words
from macros.fields.markers import FREE, INTERNAL, KINDS, Names
from macros.fields.types import FreeText, Group, Line, Lines, Number, Record, Word
from macros.load.handbook import load
from macros.model.checklist import NEED, AppliesTo, Question
from macros.outputs import editor_schemas
from tests.support.paths import HANDBOOK

PARTNER = Names("partner")


@pytest.mark.parametrize(
    "field",
    [
        Line,
        Word,
        Line | None,
        Lines,
        Annotated[dict[Word, Number], Group],
        Annotated[dict[Annotated[Word, PARTNER], Line], Group],
        Annotated[dict[Word, Annotated[dict[Word, Number], Group]], Group, PARTNER],
    ],
)
def test_a_text_that_does_not_say_what_it_names_is_refused(field: Any) -> None:
    with pytest.raises(TypeError, match=r"^Sheet\.lab: say what this text names"):
        create_model("Sheet", __base__=Record, lab=(field, ...))


@pytest.mark.parametrize(
    "field",
    [
        FreeText,
        Annotated[Line | None, PARTNER],
        Annotated[Lines, FREE],
        Annotated[dict[Word, Number], Group, PARTNER],
        Annotated[dict[Annotated[Word, PARTNER], Annotated[Line, FREE]], Group],
        Annotated[str, INTERNAL],
        Number,
        AppliesTo,
    ],
)
def test_a_text_that_says_it_is_not(field: Any) -> None:
    create_model("Sheet", __base__=Record, lab=(field, ...))


def test_a_kind_of_word_that_nobody_knows_is_refused() -> None:
    field: Any = Annotated[Line, Names("laboratory")]
    with pytest.raises(TypeError, match=r'^Sheet\.lab: "laboratory" is not a kind of word'):
        create_model("Sheet", __base__=Record, lab=(field, ...))


@pytest.mark.parametrize("field", [FreeText, Number, Annotated[Line, PARTNER], AppliesTo])
def test_a_field_of_an_item_that_does_not_say_what_a_change_means_is_refused(field: Any) -> None:
    with pytest.raises(TypeError, match=r"^Longer\.lab: say with ItemField"):
        create_model("Longer", __base__=Question, lab=(field, ...))
    create_model("Longer", __base__=Question, lab=(Annotated[field, NEED], ...))
    create_model("Longer", __base__=Question, lab=(Annotated[field, INTERNAL], ...))


def test_every_kind_has_words_for_the_check_and_for_the_editor() -> None:
    book = load(HANDBOOK, date(2026, 11, 22))
    assert KINDS.keys() - vocabulary(book).keys() == {"answer", "country", "layer"}
    assert KINDS.keys() - editor_schemas.vocabulary(book).keys() == {"answer", "area", "country", "field", "layer"}


def test_words_are_found_with_their_places() -> None:
    class Sheet(Record):
        who: Annotated[Lines, PARTNER] = ()
        by_area: Annotated[
            dict[Word, Annotated[dict[Annotated[Number, Names("stage")], AppliesTo], Group]], Group, Names("area")
        ]

    values = {"who": ["company"], "by-area": {"lab": {"2": {"route": "central", "donor": "patient"}}}}
    found = words(Sheet.model_validate(values), ("sheets", 1))
    assert {(*path, kind, word, is_name) for path, word, kind, is_name in found} == {
        ("sheets", 1, "who", 0, "partner", "company", False),
        ("sheets", 1, "by-area", "lab", "area", "lab", True),
        ("sheets", 1, "by-area", "lab", "2", "stage", "2", True),
        ("sheets", 1, "by-area", "lab", "2", "route", "route", "central", False),
        ("sheets", 1, "by-area", "lab", "2", "donor", 0, "donor", "patient", False),
    }
