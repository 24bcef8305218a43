"""The text beside a picture says what the picture shows: read without its strips, a page that explains is whole."""

from __future__ import annotations

import re
from html import unescape

import pytest

from macros.engine.portfolio import Portfolio
from macros.engine.replay import replayed
from macros.views.context import PageContext
from macros.views.registry import Views
from tests.support.small import TODAY, real

PAST = ["glybera", "strimvelis", "alofisel", "til-therapy"]


def shown(view: str, *arguments: str) -> str:
    return Views(PageContext(Portfolio(real(), TODAY), lambda path, _: path)).show(view, *arguments)


def without_pictures(html: str) -> str:
    """Read a view as somebody does who sees no picture."""
    html = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" .", ".").replace(" ,", ",")


@pytest.mark.parametrize("name", PAST)
def test_the_text_of_a_history_says_how_it_ended_and_how_long_before_it_was_named(name: str) -> None:
    past, text = replayed(real().projects[name], real()), without_pictures(shown("project_history", name))
    outcome = past.project.outcome
    assert outcome
    assert text.startswith(outcome.text)
    assert all(real().references[source].title in text for source in outcome.sources)
    counted = re.findall(r"(\d+) months? before the end", text)
    assert counted == [str(one.before) for one in past.named] * 2, "in the sentence and in the row, and nowhere else"
    for one in past.raised:
        assert real().finding_texts[one.first.kind].title in text
        assert all(f"{reading.day}. {reading.note}" in text for reading, _ in one.seen)


@pytest.mark.parametrize("name", PAST)
def test_every_circle_of_a_history_has_its_place_in_the_list(name: str) -> None:
    html = shown("project_history", name)
    circles = re.findall(r"<circle [^>]*/><text [^>]*>(\d+)</text>", html)
    listed = re.search(r'<ol class="nav-moments">(.*?)</ol>', html, re.DOTALL)
    assert listed
    months = re.findall(r"<li><strong>([\d-]+)</strong>", listed[1])
    assert circles == [str(number) for number in range(1, len(months) + 1)]


@pytest.mark.parametrize("name", PAST)
def test_a_mark_is_said_in_the_row_beside_it(name: str) -> None:
    for row in re.findall(r"<li data-kind=.*?</li>", shown("project_history", name), re.DOTALL):
        if "nav-strip" in row:
            marks = re.findall(r"#nav-mark-(act|watch)", row)
            said = without_pictures(row)
            days = re.search(r"to act on: ([\d, -]+)", said), re.search(r"to watch: ([\d, -]+)", said)
            found = [len(re.findall(r"\d{4}", each[1])) if each else 0 for each in days]
            assert found == [marks.count("act"), marks.count("watch")]


def test_the_history_on_the_home_page_has_its_end_its_months_and_a_way_on() -> None:
    text = without_pictures(shown("one_history", "alofisel"))
    assert "was withdrawn from the EU market on 13 December 2024" in text
    assert "81 months before the end" in text
    assert 'href="histories.md"' in shown("one_history", "alofisel")
    assert shown("one_history", "no-such-project") == ""


def test_a_source_of_an_end_that_was_not_read_is_not_shown_as_confirmed() -> None:
    assert "unconfirmed" in without_pictures(shown("project_history", "strimvelis"))
    assert "unconfirmed" not in without_pictures(shown("project_history", "alofisel"))


def test_every_rule_in_motion_is_said_beside_the_line_of_time() -> None:
    listed = re.search(r'<ol class="nav-strips nav-motions">(.*?)</ol>', shown("rules_in_motion"), re.DOTALL)
    assert listed
    rows = [without_pictures(row) for row in re.findall(r"<li>(.*?)</li>", listed[1], re.DOTALL)]
    assert len(rows) == len(real().motions)
    for motion in real().motions.values():
        (row,) = [row for row in rows if row.startswith(motion.title)]
        assert (f"from {motion.date}" if motion.date else "no date") in row
        assert ("unconfirmed" in row) == (not motion.confirmed)


def test_the_worked_examples_say_what_the_text_of_their_pages_says() -> None:
    forecast, levels = without_pictures(shown("forecast_example")), without_pictures(shown("levels_example"))
    assert "Before the slip: stage 5 could be passed by 2027-11, and the target is 2028-02." in forecast
    assert "Stage 5 could be passed by 2028-04 at the earliest, 2 months after the target." in forecast
    assert "2026-11 to 2027-08, needed by 2027-06: late, 2 months after it is needed" in forecast
    assert forecast.count("late,") == 1
    assert levels.startswith("The example: level 1, possible level 2, working stage 3")


def test_the_picture_of_the_model_has_its_counts_in_a_table() -> None:
    text = without_pictures(shown("model_picture"))
    total, across = map(int, re.findall(r"Of (\d+) requirements between items, (\d+) lead", text)[0])
    rows = [[int(n) for n in row] for row in re.findall(r"(?:Technical|Clinical|Commercial) (\d+) (\d+) (\d+)", text)]
    assert sum(map(sum, rows)) == total
    assert sum(map(sum, rows)) - sum(rows[n][n] for n in range(3)) == across
