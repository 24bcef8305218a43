"""Editions: what is new is new and not failed, both readings stand until the team confirms, no answer is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.assessment.assess import Assessment, assess
from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport, report_on
from macros.model.editions import order, word_difference
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.views.context import PageContext
from macros.views.region import project_notices
from macros.views.region import word_difference as shown_difference
from tests.support.examples import repeatable
from tests.support.hostile import WORDS
from tests.support.region_site import CHANGED, ONE
from tests.support.site import Site, attributes, text
from tests.support.small import SHOWN, TODAY, small_handbook, small_project

OFTEN = repeatable(60)

OLD, NOW, LATER = "v2026.1", "v2026.2", "v2026.10"


def revised(kind: str, edition: str = NOW, was: str = "Before.") -> dict[str, Any]:
    return {"revised": [{"edition": edition, "kind": kind, "note": "Note.", "was": was}]}


def at(edition: str, items: dict[str, dict[str, Any]]) -> Handbook:
    """Make a small handbook of an edition that has earlier ones."""
    book = small_handbook(items)
    earlier = tuple(name for name in (OLD, NOW, LATER) if order(name) < order(edition))
    return replace(book, frame=book.frame.model_copy(update={"edition": edition, "editions": earlier}))


def gate(stage: int, **more: Any) -> dict[str, Any]:
    return {"stage": str(stage), "gate": "true", **more}


def stand(book: Handbook, answers: dict[str, Any], checklist: str = OLD) -> Assessment:
    return assess(small_project(answers, checklist=checklist), book, "central", day=TODAY)


BEFORE = {"lab/a": gate(1), "lab/b": gate(2), "lab/c": gate(3)}
ALL = dict.fromkeys(BEFORE, "shown")
ASIDE = {"status": "not-applicable", "because": "Not ours."}


@pytest.mark.parametrize(
    ("items", "answers", "level", "renewed", "new"),
    [
        (BEFORE, ALL, 9, 9, ""),
        ({**BEFORE, "lab/n": gate(2, since=NOW)}, ALL, 9, 1, "lab/n"),
        ({**BEFORE, "lab/n": gate(2, since=NOW)}, {**ALL, "lab/c": "not-met"}, 2, 1, "lab/n"),
        ({**BEFORE, "lab/n": gate(3, since=NOW)}, {"lab/a": "shown"}, 1, 1, "lab/n"),
        ({**BEFORE, "lab/n": gate(2, since=NOW)}, {**ALL, "lab/n": "shown"}, 9, 9, ""),
        ({**BEFORE, "lab/n": gate(2, since=NOW)}, {**ALL, "lab/n": "not-met"}, 1, 1, ""),
        ({**BEFORE, "lab/n": {"stage": "2", "since": NOW}}, ALL, 9, 9, "lab/n"),
        ({**BEFORE, "lab/n": gate(2, since=OLD)}, ALL, 1, 1, ""),
        ({**BEFORE, "lab/b": gate(2, **revised("meaning"))}, ALL, 9, 1, ""),
        ({**BEFORE, "lab/b": gate(2, **revised("meaning"))}, {**ALL, "lab/b": ASIDE}, 9, 1, ""),
        ({**BEFORE, "lab/b": gate(2, **revised("wording"))}, ALL, 9, 9, ""),
        ({**BEFORE, "lab/b": gate(2, **revised("meaning", OLD))}, ALL, 9, 9, ""),
        ({**BEFORE, "lab/b": gate(2, **revised("meaning"))}, {"lab/a": "shown"}, 1, 1, ""),
    ],
)
def test_both_readings_stand_until_the_team_confirms(
    items: dict[str, dict[str, Any]], answers: dict[str, Any], level: int, renewed: int, new: str
) -> None:
    assessment = stand(at(NOW, items), answers)
    standing = assessment.tracks["technical"]
    assert (standing.level, standing.renewed_level) == (level, renewed)
    assert [item.name for item in assessment.new] == new.split()


def test_raising_the_edition_confirms() -> None:
    book = at(NOW, {**BEFORE, "lab/n": gate(2, since=NOW), "lab/b": gate(2, **revised("meaning"))})
    confirmed = stand(book, ALL, NOW)
    assert confirmed.new == ()
    assert not any(state.renewed for state in confirmed.states.values())
    assert confirmed.states["lab/n"].status == "not-assessed"
    lab = confirmed.tracks["technical"]
    assert (lab.level, lab.renewed_level) == (1, 1)
    assert [state.item.name for state in lab.blocking] == ["lab/n"]


def test_an_edition_skipped_counts_too_and_ten_comes_after_nine() -> None:
    book = at(LATER, {**BEFORE, "lab/m": gate(1, since=NOW), "lab/n": gate(2, since=LATER)})
    assert [item.name for item in stand(book, ALL, OLD).new] == ["lab/m", "lab/n"]
    assert [item.name for item in stand(book, ALL, NOW).new] == ["lab/n"]
    assert sorted(["v2026.10", "v2026.9", "v2025.12"], key=order) == ["v2025.12", "v2026.9", "v2026.10"]


def test_what_is_new_is_in_no_gap_finding_forecast_or_move() -> None:
    items = {
        **BEFORE,
        "lab/b": gate(2, requires=["lab/n"]),
        "lab/n": gate(1, since=NOW, lead="30"),
        "care/a": gate(1),
        "money/a": gate(1),
    }
    answers = {**ALL, "lab/c": "not-met"}
    book = at(NOW, items)
    before, after = (
        report_on(small_project(answers, checklist=edition, targets={"3": "2027-01"}), book, "central", day=TODAY)
        for edition in (OLD, NOW)
    )
    assert "lab/n" not in mentioned(before)
    assert "lab/n" in mentioned(after)
    counts = [one.assessment.tracks["technical"].counts[1].asked for one in (before, after)]
    assert counts == [1, 2]


def mentioned(seen: ProjectReport) -> set[str]:
    """Name the items that a look asks somebody to do something about."""
    gaps = {state.item.name for track in seen.assessment.tracks for state in seen.assessment.gaps(track, 0, 9)}
    causes = {name for finding in seen.findings for name in finding.items}
    causes |= {name for finding in seen.findings for _, open_items in finding.pairs for name in open_items}
    chains = {name for outlook in seen.forecast.outlook for name in outlook.chain}
    moves = {move.state.item.name for move in seen.moves}
    return gaps | causes | set(seen.forecast.plans) | chains | moves


def test_an_answer_left_empty_does_not_make_a_new_item_failed() -> None:
    book = at(NOW, {**BEFORE, "lab/n": gate(1, since=NOW)})
    assert [item.name for item in stand(book, {**ALL, "lab/n": None}).new] == ["lab/n"]


# --- the same, worked out by taking answers away ---

ITEMS = st.dictionaries(
    st.sampled_from([f"lab/{word}" for word in "abcde"]),
    st.builds(
        lambda stage, is_gate, more: {"stage": str(stage), "gate": str(is_gate).lower(), **more},
        st.integers(1, 4),
        st.booleans(),
        st.sampled_from([{}, {}, {"since": NOW}, revised("meaning"), revised("wording"), revised("meaning", OLD)]),
    ),
    min_size=1,
)
ANSWERS = st.dictionaries(
    st.sampled_from([f"lab/{word}" for word in "abcde"]), st.sampled_from([SHOWN, "met", "not-met", ASIDE, None])
)


@OFTEN
@given(ITEMS, ANSWERS)
def test_the_second_reading_is_what_follows_when_all_is_confirmed_as_it_stands(
    items: dict[str, dict[str, Any]], answers: dict[str, Any]
) -> None:
    book = at(NOW, items)
    answers = {name: answer for name, answer in answers.items() if name in items}
    asked_anew = {name for name, item in items.items() if item.get("revised") == revised("meaning")["revised"]}
    kept = {name: answer for name, answer in answers.items() if name not in asked_anew}
    behind = stand(book, answers).tracks["technical"]
    confirmed = stand(book, kept, NOW).tracks["technical"]
    assert behind.renewed_level == min(behind.level, confirmed.level)


@OFTEN
@given(ITEMS, ANSWERS)
def test_an_upgrade_alone_lowers_no_level(items: dict[str, dict[str, Any]], answers: dict[str, Any]) -> None:
    old = {name: item for name, item in items.items() if "since" not in item}
    answers = {name: answer for name, answer in answers.items() if name in old}
    if old:
        before, after = stand(at(OLD, old), answers), stand(at(NOW, items), answers)
        assert after.tracks["technical"].level == before.tracks["technical"].level
        assert after.states.keys() == before.states.keys()


# --- the difference, word by word ---


@OFTEN
@given(st.text("ab .", max_size=30), st.text("ab .", max_size=30))
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    parts = list(word_difference(old, new))
    assert " ".join(words for what, words in parts if what != "new").split() == old.split()
    assert " ".join(words for what, words in parts if what != "gone").split() == new.split()
    assert all(words for _, words in parts)


def test_a_difference_names_the_words() -> None:
    assert list(word_difference("Kept for five years.", "Kept for at least ten years.")) == [
        ("same", "Kept for"),
        ("gone", "five"),
        ("new", "at least ten"),
        ("same", "years."),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_a_difference_begins_with_what_the_team_has_answered(turned: bool) -> None:
    """A question may have changed twice since, whichever change its author lists first."""
    changes = [
        {"edition": NOW, "kind": "meaning", "note": "One.", "was": "First"},
        {"edition": LATER, "kind": "meaning", "note": "Two.", "was": "Second"},
    ]
    book = at(LATER, {"lab/a": gate(1, revised=changes[::-1] if turned else changes)})
    context = PageContext(Portfolio(book, TODAY), lambda path, _: path)
    assert "<del>" in shown_difference(context, book.items["lab/a"], OLD)
    assert "First" in shown_difference(context, book.items["lab/a"], OLD)
    assert "Second" in shown_difference(context, book.items["lab/a"], NOW)


# --- the page ---


def notices(project: Project, book: Handbook) -> str:
    portfolio = Portfolio(replace(book, projects={project.id: project}), TODAY)
    return project_notices(PageContext(portfolio, lambda path, _: path), project.id)


def test_a_project_of_the_present_edition_has_no_notice() -> None:
    assert notices(small_project(ALL), at(OLD, BEFORE)) == ""
    assert notices(small_project(ALL, checklist=NOW), at(NOW, BEFORE)) == ""


def test_an_edition_that_changes_nothing_for_a_project_says_so() -> None:
    said = notices(small_project(ALL), at(NOW, BEFORE))
    assert "Answered for edition v2026.1; the checklists are at v2026.2." in said
    assert "Nothing that this project is asked has changed in meaning." in said
    assert "until these are answered" not in said


def test_a_retrospective_has_no_notice() -> None:
    assert notices(small_project(ALL, kind="retrospective"), at(NOW, BEFORE)) == ""


def test_each_of_two_routes_has_its_readings() -> None:
    book = at(NOW, {**BEFORE, "lab/n": gate(2, since=NOW, **{"applies-to": {"route": "exemption"}})})
    said = notices(small_project(ALL, route=["central", "exemption"]), book)
    assert said.count("under v2026.2") == 3  # one for each track, on the one route that asks something new
    assert "On the route: exemption" in said


def notice(site: Site, project: str) -> str:
    return text(site.pages[f"projects/{project}/"].one(".nav-notices"))


def test_the_page_shows_both_readings_new_items_and_answers_that_moved(region_site: Site) -> None:
    said = notice(region_site, "earlier")
    assert "Answered for edition v2026.1; the checklists are at v2026.2." in said
    assert "(v2026.1); under v2026.2 0 until these are answered" in said
    assert "New: Ask anew gate." in said
    assert said.count("Asked differently since:") == len(CHANGED)
    assert all(f"unmet-need/gone-{number}: {word}" in said for number, word in WORDS.items())


def test_the_page_shows_how_a_question_differs(region_site: Site) -> None:
    page = region_site.pages["projects/earlier/"]
    gone = [text(part) for part in page.all(".nav-notices del")]
    assert sorted(words.removeprefix("gone: ").removeprefix("was_") for words in gone) == [*WORDS.values()]
    assert len(page.all(".nav-notices ins")) == len(WORDS)
    tags = [text(tag) for tag in page.all(".nav-tag")]
    assert tags.count("asked differently since") >= len(WORDS)


def test_new_items_are_in_no_list_of_gaps_on_the_page(region_site: Site) -> None:
    for project, times in (("earlier", 1), ("present", 2)):
        links = region_site.pages[f"projects/{project}/"].all("article a[href]")
        to_new = [link for link in links if attributes(link)["href"].endswith("#asked-anew")]
        assert (len(to_new) == 1) == (times == 1), project


def test_the_page_of_a_confirmed_project_has_one_reading(region_site: Site) -> None:
    said = notice(region_site, "present")
    assert "Answered for edition" not in said
    assert "asked differently" not in said.lower()


@pytest.mark.parametrize("project", ["earlier", "present"])
def test_the_page_names_the_level_of_the_region_and_what_is_inherited(region_site: Site, project: str) -> None:
    page = region_site.pages[f"projects/{project}/"]
    said = text(page.one(".nav-notices"))
    assert f"With the gates of Plainword{ONE} as well: technical" in said
    assert "The levels in the picture are those that all regions share." in said
    assert f"({WORDS['06']})" in said.partition("Inherited from the region:")[2]
    marked = [text(status) for status in page.all(".nav-item-list .nav-status.nav-met")]
    assert "✓ met, inherited" in marked
