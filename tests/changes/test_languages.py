"""Reports are in the language of the region, whatever catalogues its two states have; for programs in English."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from macros.changes.comparison import Comparison
from macros.changes.diff import compare
from macros.changes.diff_text import as_markdown, as_text
from macros.changes.upgrade_text import as_markdown as upgrade_as_markdown
from macros.cli.compare import run_compare
from macros.cli.main import main
from macros.language.catalogue import Catalogue, Entry, read
from macros.language.own import of_projects
from macros.language.state import texts_of
from macros.language.translated import REPORTS, WORDS, language_of
from macros.load.handbook import load
from macros.load.languages import in_language
from macros.model.handbook import Handbook
from macros.text.messages import Language
from tests.changes.test_compare import DAY, EDITS, RETINA, edit, elements, every_change, lay, rendered, texts
from tests.changes.test_upgrade import report, states
from tests.support.each import each
from tests.support.paths import ROOT, TESTS

__all__ = ["states"]
PLACE = re.compile(r"(%\(\w+\)s)")
CODES = re.compile(r"[a-z0-9-]+/[a-z0-9-]+|formerly: \w+|\w+ → macula|\((?:[a-z-]+(?:, )?)+\)")
"""Names of items, of projects and of fields, which are the same in every language."""


@cache
def catalogues() -> dict[str, Catalogue]:
    return {name: read((ROOT / f"languages/sv/{name}.po").read_text("utf-8")) for name in WORDS}


def entries() -> Iterable[Entry]:
    return (entry for catalogue in catalogues().values() for entry in catalogue.entries)


def in_other_letters(text: str) -> str:
    """The text as in a language without the letters of English, with its placeholders."""
    parts = PLACE.split(text)
    return "".join(part if PLACE.fullmatch(part) else re.sub("[A-Za-z]", "ö", part) for part in parts)


@cache
def made_up() -> Language:
    forms = {
        (entry.context, entry.one): tuple(map(in_other_letters, filter(None, (entry.one, entry.many))))
        for entry in entries()
    }
    return Language("sv", forms)


def ours_of(text: str, *books: Handbook) -> str:
    """A report without what the handbook and its projects say themselves."""
    theirs = {own for book in books for own in texts_of(book).values()}
    theirs |= {own for book in books for own, _ in of_projects(book)}
    left = html.unescape(text)
    for own in sorted(theirs, key=len, reverse=True):
        left = left.replace(own, "")
    return left


@every_change
def test_a_comparison_has_no_words_of_ours_that_are_not_marked(change: str, handbook: Path, after: Path) -> None:
    lay(change, after)
    old, new = (load(root, DAY) for root in (handbook, after))
    text = as_markdown(compare(old, new, day=DAY), replace(new, language=made_up()))
    assert re.findall("[A-Za-z]{2,}", CODES.sub("", ours_of(text, old, new))) == []


@pytest.fixture
def after(handbook: Path) -> Path:
    """A second copy of the miniature handbook, to change."""
    return Path(shutil.copytree(handbook, handbook.parent / "after"))


def english_in(text: str) -> list[str]:
    """The words of ours, three and more in a row, that a report in Swedish still has in English."""
    forms = (form for entry in entries() for form in (entry.one, entry.many))
    pieces = {piece.strip(" :;,.()") for form in forms for piece in PLACE.split(form)}
    return sorted(piece for piece in pieces if len(piece.split()) > 2 and piece in text)


def swedish(book: Handbook) -> Handbook:
    return in_language(book, language_of("sv", catalogues()), catalogues())


@every_change
def test_a_comparison_in_swedish_has_no_sentence_in_english(change: str, handbook: Path, after: Path) -> None:
    lay(change, after)
    old, new = (load(root, DAY) for root in (handbook, after))
    for write in (as_markdown, as_text):
        assert english_in(ours_of(write(compare(old, new, day=DAY), swedish(new)), old, new)) == []


def test_the_report_on_an_upgrade_in_swedish_has_no_sentence_in_english(states: tuple[Path, Path]) -> None:
    upgraded, book = report(*states)
    text = html.unescape(upgrade_as_markdown(upgraded, swedish(book)))
    assert text.startswith("# Uppgradering från v2026.1 till v2026.2\n")
    assert "lead-time 9 månader (6 till 18), planeringsantagande i stället för 12 månader" in text
    assert english_in(ours_of(text, book)) == []


def test_every_word_of_reports_is_translated_into_swedish() -> None:
    assert [entry.one for entry in catalogues()[REPORTS].entries if not entry.current] == []


# --- which language ---

Run = Callable[..., str]


@pytest.fixture
def run(handbook: Path, after: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Compare a Swedish region with a change to it; only the program has catalogues, none of the two states has."""
    monkeypatch.delenv("NAVIGATOR_LANGUAGE", raising=False)
    old = Path(shutil.copytree(handbook, handbook.parent / "old"))
    for root in (handbook, old, after):
        shutil.copytree(TESTS / "checks/sound/region", root, dirs_exist_ok=True)
        with (root / "region/region.yml").open("a", encoding="utf-8") as file:
            file.write("languages: [sv, en]\n")
    for name in WORDS:
        path = handbook / f"languages/sv/{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"languages/sv/{name}.po", path)
    edit(after, *EDITS["level-up"])

    def command(form: str = "markdown", language: str | None = None) -> str:
        assert run_compare(handbook, str(old), str(after), form, language=language) == 0
        return capsys.readouterr().out

    return command


SAID = "- Besvarad för första gången, uppfylld: Form a joint core team\n"
IN_ENGLISH = "- Answered for the first time, met: Form a joint core team\n"


def test_a_comparison_is_in_the_first_language_of_the_region(run: Run) -> None:
    assert SAID in run()
    assert SAID in run("text")


def test_another_language_is_the_one_that_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert IN_ENGLISH in run(language="en")
    monkeypatch.setenv("NAVIGATOR_LANGUAGE", "en")
    assert IN_ENGLISH in run()
    assert SAID in run(language="sv")


def test_a_language_without_catalogues_is_refused_with_those_that_there_are(run: Run) -> None:
    with pytest.raises(ValueError, match=r'There is no translation into "da"\. Write one of en, sv\.'):
        run(language="da")


def test_what_programs_read_stays_as_it_is(run: Run) -> None:
    assert json.loads(run("json")) == json.loads(run("json", language="sv")) == json.loads(run("json", language="en"))


def test_in_english_no_catalogue_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.load.catalogues.read", lambda _: pytest.fail("a catalogue was read"))
    assert IN_ENGLISH in run(language="en")


def test_the_report_on_a_project_is_in_the_language_too(
    run: Run, handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert SAID in run()
    monkeypatch.chdir(handbook)
    assert main(["report", RETINA]) == 0
    said = capsys.readouterr().out
    assert english_in(ours_of(" ".join(said.split()), load(handbook, DAY))) == []
    assert "Nivåer\n" in said
    assert "\nIakttagelser\n" in said


HOSTILE = ("@anna", "[a](https://evil.example)", "<b>a</b>", "www.example.org", "`code`", "#1 GH-2", ":smile:", "1. a")


@pytest.fixture
def level_up(handbook: Path, after: Path) -> tuple[Comparison, Handbook]:
    edit(after, *EDITS["level-up"])
    old, new = (load(root, DAY) for root in (handbook, after))
    return compare(old, new, day=DAY), new


@each("words", HOSTILE)
def test_words_of_a_catalogue_come_alive_in_no_comment(words: str, level_up: tuple[Comparison, Handbook]) -> None:
    comparison, book = level_up
    forms = {(entry.context, entry.one): (f"{words} {entry.one}",) for entry in entries() if not entry.many}
    text = as_markdown(comparison, replace(book, language=Language("sv", forms)))
    assert elements(rendered(text)) == elements(rendered(as_markdown(comparison, book)))
    assert words in "".join(texts(rendered(text).root))
    assert not re.search(r"(?<![\w`])@\w|(?<!&)#\d|GH-\d|:smile:|www\.", text)
