"""Catalogues: what is read and written, and what a change of the English text makes of a translation."""

from __future__ import annotations

import io

import pytest
from babel.messages.pofile import read_po

from macros.language.catalogue import Catalogue, Entry, NotACatalogue, merged, read, same, written
from macros.language.head import first, form_of, forms_of, known, name_of
from macros.load.catalogues import catalogue_of
from macros.text.problem import Problem
from tests.support.each import each
from tests.support.paths import ROOT

WHY = Entry(
    "lab/start why", "One, two and three.", said=("Ett, två och tre.",), remarks=("reviewed: nurse, 2026-11-20",)
)
ODD = 'a "quoted" word, a \\ and\na line, %(n)s å'


def now(text: str, entry: Entry = WHY) -> Entry:
    """What becomes of a translation when the English text has become another one."""
    return merged([entry], [Entry("lab/start why", text)], 2)[0]


def test_what_is_written_is_read_again_and_is_what_other_programs_read() -> None:
    entries = [
        WHY,
        Entry("", ODD, said=(ODD,), fuzzy=True, former="other"),
        Entry("", "%(num)s a", "%(num)s b", ("x", "y")),
    ]
    catalogue = Catalogue(first("sv").head, ("A remark.",), entries)
    text = written(catalogue)
    assert written(read(text)) == text
    theirs = {message.id: message for message in read_po(io.BytesIO(text.encode())) if message.id}
    assert theirs[ODD].string == ODD
    assert theirs[ODD].fuzzy
    assert theirs["%(num)s a", "%(num)s b"].string == ("x", "y")
    assert theirs["One, two and three."].context == "lab/start why"


def test_lines_that_other_programs_wrap_are_read() -> None:
    (entry,) = read('msgid ""\n"one "\n"two"\nmsgstr ""\n"ett "\n"två"\n').entries
    assert (entry.one, entry.said) == ("one two", ("ett två",))


def test_entries_need_no_empty_line_between_them() -> None:
    entries = read(
        'msgid "a"\nmsgstr "b"\n# reviewed: nurse, 2026-11-20\nmsgid "c"\nmsgstr "d"\n#~ msgid "e"\n'
    ).entries
    assert [(entry.one, entry.said, entry.reviewed, entry.line) for entry in entries] == [
        ("a", ("b",), False, 1),
        ("c", ("d",), True, 3),
    ]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_catalogue_is_read_however_an_editor_ends_its_lines(mark: str, ends: str) -> None:
    found: list[Problem] = []
    text = f"{mark}{written(Catalogue(first('sv').head, (), [WHY]))}".replace("\n", ends)
    made = catalogue_of("languages/sv/a.po", text.encode(), found, of_region=False)
    assert made and found == []
    assert [(entry.context, entry.said) for entry in made.entries] == [(WHY.context, WHY.said)]


def test_what_must_not_be_published_is_looked_for_in_the_catalogue_of_a_region() -> None:
    found: list[Problem] = []
    text = 'msgctxt "region/site welcome"\nmsgid "Welcome"\nmsgstr "Ring 19121212-1212"\n'
    assert catalogue_of("region/languages/sv.po", text.encode(), found, of_region=True) is None
    assert [(problem.line, problem.kind) for problem in found] == [(3, "identity-number")]


@each("line", ["msgid one", 'msgid "one', 'msgid "on"e"', "one", 'message "one"'])
def test_a_line_that_is_none_of_a_catalogue_is_named(line: str) -> None:
    with pytest.raises(NotACatalogue) as refused:
        read(f'msgid "a"\nmsgstr "b"\n\n{line}\n')
    assert refused.value.line == 4


@pytest.mark.parametrize(
    ("text", "current", "reviewed"),
    [
        ("One, two and three.", True, True),
        ("One two, and three", True, True),
        ("One, two and four.", False, False),
        ("One, two and 3.5.", False, False),
    ],
)
def test_a_changed_meaning_makes_a_translation_old_and_a_comma_does_not(
    text: str, current: bool, reviewed: bool
) -> None:
    made = now(text)
    assert (made.current, made.reviewed) == (current, reviewed)
    assert made.said == WHY.said
    assert made.former == ("" if current and text == WHY.one else "" if current else WHY.one)


def test_an_old_translation_stays_old_until_somebody_looks_and_is_current_again_with_its_first_text() -> None:
    old = now("One and four.")
    older = now("One and five.", old)
    assert (older.fuzzy, older.former) == (True, WHY.one)
    assert now(WHY.one, older).current


def test_texts_are_matched_by_context_and_never_by_likeness() -> None:
    old = [Entry("", "One item", said=("En punkt",)), Entry("a why", "One.", said=("Ett.",))]
    made = merged(old, [Entry("", "One items"), Entry("b why", "One.")], 2)
    assert [entry.said for entry in made] == [("",), ("",)]


def test_a_number_in_a_text_is_part_of_its_meaning() -> None:
    assert same("At least 3 runs: none fails.", "At least 3 runs, none fails")
    assert not same("1.5 months", "15 months")
    assert not same("Level 2", "Level 3")


def test_every_language_has_a_name_and_its_forms() -> None:
    assert [name_of(code) for code in ("sv", "de", "fa")] == ["Svenska", "Deutsch", "فارسی"]
    assert forms_of("pl") == 3
    assert [form_of("sv")(number) for number in (0, 1, 2)] == [1, 0, 1]
    with pytest.raises(ValueError, match='"klingon" is not a language'):
        known("klingon")


@each("path", sorted((ROOT / "languages").rglob("*.po")))
def test_the_catalogues_of_the_handbook_are_in_the_form_that_is_written(path: object) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    assert written(read(text)) == text


def test_words_of_one_context_keep_their_own_translations() -> None:
    words = [Entry("navigation", one, said=(said,)) for one, said in (("Home", "Hem"), ("Areas", "Områden"))]
    found = merged(words, [Entry("navigation", "Home"), Entry("navigation", "Areas")], 2)
    assert [(entry.said, entry.fuzzy) for entry in found] == [(("Hem",), False), (("Områden",), False)]
