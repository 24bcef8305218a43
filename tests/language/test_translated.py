"""A handbook in another language: what is shown, what falls back, and what stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from macros.fields.types import Record
from macros.language.catalogue import Catalogue, Entry, read
from macros.language.state import made_old, parts_of, texts_of
from macros.language.texts import OF_RECORD, PROSE, Listed, handbook_texts, listed
from macros.language.translated import language_of, translated
from macros.language.words import words
from macros.load.handbook import shared
from macros.load.layers import of_countries
from macros.model.handbook import Handbook
from macros.model.region import RegionFile
from macros.text.messages import ENGLISH, Language
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.small import real, small_handbook

BOOK = small_handbook({"lab/start": {"stage": "3", "title": "Begin the work"}, "lab/plan": {"stage": "3"}})
TITLE = Entry("lab/start title", "Begin the work", said=("Börja arbetet",))


def spoken(*entries: Entry, book: Handbook = BOOK) -> Handbook:
    catalogues = {"lab": Catalogue(entries=[*entries])}
    return translated(book, language_of("sv", catalogues), catalogues)


def test_a_text_is_the_one_of_the_catalogue_and_another_one_stays_english() -> None:
    made = spoken(TITLE)
    assert made.items["lab/start"].title == "Börja arbetet"
    assert made.items["lab/plan"].title == BOOK.items["lab/plan"].title
    assert made.language.foreign[BOOK.items["lab/plan"].title] == "en"
    assert "Börja arbetet" not in made.language.foreign


@each(
    "entry",
    [
        replace(TITLE, fuzzy=True),
        replace(TITLE, one="Begin other work"),
        replace(TITLE, said=("",)),
        replace(TITLE, context="lab/start why"),
    ],
)
def test_a_translation_of_another_text_is_not_shown(entry: Entry) -> None:
    made = spoken(entry)
    assert made.items["lab/start"].title == "Begin the work"
    assert made.language.foreign["Begin the work"] == "en"


def test_a_reworded_comma_keeps_its_translation() -> None:
    assert spoken(replace(TITLE, one="Begin, the work")).items["lab/start"].title == "Börja arbetet"


def test_what_a_specialist_has_read_is_told_apart() -> None:
    assert spoken(TITLE).language.unread == {"Börja arbetet"}
    assert spoken(replace(TITLE, remarks=("reviewed: nurse, 2026-11-20",))).language.unread == frozenset()


def test_only_texts_differ() -> None:
    made = spoken(TITLE)
    for name, item in BOOK.items.items():
        other = made.items[name]
        assert (item.stage, item.gate, item.requires, item.owner) == (
            other.stage,
            other.gate,
            other.requires,
            other.owner,
        )
    assert BOOK.items["lab/start"].title == "Begin the work"


def test_a_region_may_write_its_own_texts_in_another_language() -> None:
    site = {"name": "Norra", "address": "https://a.example/", "welcome": "Välkommen hit."}
    region = RegionFile.model_validate({"name": "Norra", "written-in": "sv", "site": site})
    swedish = spoken(book=replace(BOOK, region=region))
    assert "Välkommen hit." not in swedish.language.foreign
    english = translated(replace(BOOK, region=region), ENGLISH, {})
    assert english.language.foreign["Välkommen hit."] == "sv"


def test_how_far_a_translation_is_names_what_is_old_and_what_is_missing() -> None:
    entries = [TITLE, Entry("lab/plan title", "Earlier words", said=("Ord",)), Entry("lab/plan why", "Why.")]
    texts = {**texts_of(BOOK), "lab/plan why": "Why."}
    lab, new = parts_of({"lab": Catalogue(entries=entries)}, texts)
    assert (lab.current, lab.old, lab.missing, lab.unread) == (1, ("lab/plan title",), ("lab/plan why",), 1)
    assert new.missing == tuple(context for context in texts if context not in {entry.context for entry in entries})


@each("words", ("en: ä Åre ärlig Bo Zoo", "sv: Ada Bo Zoo Åre ä ärlig Östen", "da: Ada ärlig Zoo æon øl Åre"))
def test_lists_are_in_the_order_of_the_language(words: str) -> None:
    code, _, listed = words.partition(": ")
    assert sorted(listed.split(), key=Language(code).order) == listed.split()


def test_an_edition_makes_translations_old_whose_english_text_it_changes() -> None:
    before = {"a title": "One", "a why": "Two", "b title": "Three", "b why": "Four", "c title": "Five"}
    after = {"a title": "One!", "a why": "Another", "b title": "Other", "b why": "New", "d title": "Six"}
    made = {context: Entry(context, text, said=("Ord",)) for context, text in before.items()}
    anew = Entry("b why", "New", said=("Nytt",))
    shared = Catalogue(entries=[made["a title"], made["a why"], anew, made["c title"]])
    catalogues = {"lab": shared, "region": Catalogue(entries=[made["b title"]])}
    found = made_old("sv", catalogues, before, after)
    assert (found.own, found.shared) == (("b title",), 1)
    assert not made_old("sv", catalogues, before, before)


def wanted() -> dict[str, list[Entry]]:
    countries = {file.rpartition("/")[2][:-4]: layer for file, layer in of_countries(ROOT, {}, []).items() if layer}
    return {**words(ROOT), **dict(listed(shared(ROOT), countries))}


def test_the_catalogues_hold_the_texts_of_today() -> None:
    for language in (path for path in (ROOT / "languages").iterdir() if path.is_dir()):
        for name, entries in wanted().items():
            there = read((language / f"{name}.po").read_text("utf-8")).entries
            keys = [[(entry.context, entry.one) for entry in some] for some in (there, entries)]
            assert keys[0] == keys[1], f"run: python -m macros translate {language.name}"


def test_every_text_that_anybody_may_choose_is_translated_or_is_a_name_a_number_or_an_address() -> None:
    """What is not translated is listed here, so that a new field is thought of."""
    stays = {
        *("edition", "editions", "url", "publisher", "number", "date", "more_urls", "against", "checked"),
        *("was", "prefix", "written_in"),
    }
    found: set[str] = set()

    def look(record: type[Record]) -> None:
        for name, field in record.model_fields.items():
            if name not in PROSE | OF_RECORD.get(record, frozenset()) and "FREE" in repr(field.metadata):
                found.add(name)

    say: Callable[[str, str], str] = Listed()
    handbook_texts(real(), say)
    for area in real().areas.values():
        for item in area.items.values():
            look(type(item))
    for motion in real().motions.values():
        look(type(motion))
    assert found <= stays
