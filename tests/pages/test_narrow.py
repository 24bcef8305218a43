"""Pages on a phone: cells of wide tables know their columns, and short words with a hyphen in headings do not break."""

from __future__ import annotations

import re

from macros.pages.narrow import for_narrow_screens
from tests.support.each import each


def table(columns: int) -> str:
    head = "".join(f"<th>Name <em>{n}</em></th>" for n in range(columns))
    row = "".join(f'<td style="text-align: right;">{n}</td>' for n in range(columns))
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n<tr>{row}</tr>\n<tr>{row}</tr>\n</tbody>\n</table>"


def test_each_cell_of_a_wide_table_has_the_name_of_its_column() -> None:
    names = re.findall(r'<td data-label="([^"]*)"', for_narrow_screens(table(4)))
    assert names == [f"Name {n}" for n in range(4)] * 2


def test_a_name_with_quotes_is_one_attribute() -> None:
    html = table(4).replace("Name <em>0</em>", 'The "name"')
    assert '<td data-label="The &quot;name&quot;"' in for_narrow_screens(html)


OTHERS = [table(3), table(4).replace("<table>", '<table class="nav-table">'), "<p>CAR-T</p>", "<h2>A follow-up</h2>"]


@each("html", OTHERS)
def test_other_tables_and_words_stay_as_they_are(html: str) -> None:
    assert for_narrow_screens(html) == html


@each("word", ["CAR-T", "T-cell", "AAV-1", "pre-GMP", "TCR-T"])
def test_a_short_word_with_a_hyphen_in_a_heading_is_kept_whole(word: str) -> None:
    html = f'<h1 id="car-T">A {word} product<a href="#A-1" title="A-1">¶</a></h1>'
    assert for_narrow_screens(html) == html.replace(f" {word} ", f' <span class="nav-whole">{word}</span> ')


@each("word", ["follow-up", "CAR-T-cell", "2026-11-28", "first-in-human", "Glybera-after"])
def test_other_words_may_break(word: str) -> None:
    html = f"<h2>A {word} product</h2>"
    assert for_narrow_screens(html) == html
