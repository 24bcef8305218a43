"""The handbook's own style: the words that CONTRIBUTING.md asks to avoid appear in no text that people read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tests.support import independent, prose
from tests.support.each import each
from tests.support.paths import ROOT, TESTS

GUIDE = ROOT / "CONTRIBUTING.md"


class Word(NamedTuple):
    """A word to avoid: what is said instead, how it is found, and a text with it and one without."""

    word: str
    instead: str
    pattern: re.Pattern[str]
    hit: str
    without: str


def _word(word: str, entry: dict[str, str]) -> Word:
    find = re.compile(rf"(?<![\w-])(?:{entry['pattern']})(?![\w-])", re.IGNORECASE)
    return Word(word, entry["instead"], find, entry["hit"], entry["pass"])


GROUPS = independent.plain(TESTS / "repository/style.yml")
WORDS = [_word(word, entry) for group in GROUPS.values() for word, entry in group.items()]
TABLE = "\n".join(
    ["| Avoid | Write |", "| --- | --- |", *(f"| `{word.word}` | {word.instead} |" for word in WORDS)],
)


def found(text: str) -> list[str]:
    """Name the words to avoid that a text has, each with a few letters around it."""
    plain = " ".join(text.split())
    return [
        f"{plain[max(0, m.start() - 30) : m.end() + 30]!r}: write {word.instead}"
        for word in WORDS
        for m in word.pattern.finditer(plain)
    ]


@each("word", WORDS)
def test_a_word_is_found_where_it_is_and_nowhere_else(word: Word) -> None:
    assert word.pattern.search(word.hit)
    assert not word.pattern.search(word.without)


def test_no_text_that_people_read_has_a_word_to_avoid() -> None:
    hits = [f"{place}: {hit}" for place, text in prose.read() for hit in found(text)]
    assert hits == [], "\n".join([f"{len(hits)} texts need other words, see CONTRIBUTING.md:", *hits])


def test_the_guide_for_contributors_lists_the_words(bless: bool) -> None:
    text = GUIDE.read_text("utf-8")
    if bless:
        text = re.sub(r"\| Avoid \| Write \|\n(\|.*\n)+", lambda _: f"{TABLE}\n", text)
        GUIDE.write_text(text, "utf-8")
    assert f"{TABLE}\n" in text, "run this test with --bless"


# --- what counts as text ---


def test_names_code_quotes_and_addresses_are_no_prose() -> None:
    page = """---
title: permit
---

`permit` {{ item("a/permit", "the decision") }} [a](permit.md) { #permit } “a permit” "a permit" <b title="permit">

```text
permit
```
"""
    assert found(prose.of_markdown(page)) == []
    assert found(prose.of_markdown('{{ item("a/b", "the permit") }}'))
    assert found(prose.of_markdown("[The permit](a.md)"))


def test_the_old_words_of_an_item_and_the_titles_of_sources_are_no_prose() -> None:
    item = {"one": {"why": "A permit.", "requires": ["a permit"], "revised": {"why": "Old permit."}}}
    assert list(prose.of_yaml(item)) == [("one.why", "A permit.")]
    source = {"x": {"title": "A permit", "note": "Not read."}}
    assert list(prose.of_yaml(source, source=True)) == [("x.note", "Not read.")]


def test_templates_and_messages_are_prose() -> None:
    assert found(prose.of_template('{{ _("No permit") }}'))
    assert found(prose.of_template("<p>No permit</p>"))
    assert found(prose.of_template('<p class="permit">{{ permit }}</p>')) == []
    module = '''
"""A permit in a docstring of the code."""
TEXT = N_("No permit")

@kind("x")
def rule():
    """A kind of permit."""
    yield source.problem("kind", f"no {word} permit", at)
'''
    assert [line for line, text in prose.of_python(module) if found(text)] == ["6", "3", "8"]


def test_every_place_with_texts_is_read() -> None:
    read = {Path(re.split(r"[ :]", place)[0]) for place, _ in prose.read()}
    some = {"README.md", "docs/levels.md", "checklists/technical/analytics.yml", "checklists/countries/sweden.yml"}
    assert {Path(file) for file in some} <= read
    assert {file.suffix for file in read} == {".md", ".yml", ".j2", ".py"}
