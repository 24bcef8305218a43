"""The four histories, turned back to their readings: what the handbook would have said with what was public then."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import yaml

from macros.assessment.history import project_at
from macros.engine.report import ProjectReport, report_on
from macros.findings.finding import Finding
from macros.findings.severity import ACT, WATCH
from macros.model.status_file import Project, ProjectKind
from macros.text.dates import PartialDate
from tests.support.paths import ROOT
from tests.support.small import TODAY, real

PAST = ["glybera", "strimvelis", "alofisel", "til-therapy"]


def plain(name: str) -> dict[str, Any]:
    """Read a status file as the text its author wrote, below all that `macros` makes of it."""
    return dict(yaml.load((ROOT / f"projects/{name}.yml").read_text("utf-8"), Loader=yaml.BaseLoader))


READINGS = [(name, reading["day"]) for name in PAST for reading in plain(name).get("readings", [])]


def last(text: str) -> date:
    return PartialDate.parse(text).last


def replayed(name: str, day: str) -> ProjectReport:
    """Look at a past project on the day of a reading, as the page *Four histories, and how they ended* does."""
    project = real().projects[name]
    return report_on(project_at(project, last(day), project.assessed), real(), project.route[0], day=TODAY)


def to_act_on(name: str, day: str) -> dict[str, Finding]:
    return {finding.kind: finding for finding in replayed(name, day).findings if finding.severity == ACT}


def written_answers(name: str) -> dict[str, dict[str, Any]]:
    """List a file's answers in their long form, by full name."""
    return {
        f"{area}/{word}": {"status": answer} if isinstance(answer, str) else answer
        for area, group in plain(name)["status"].items()
        for word, answer in group.items()
        if answer
    }


def known_on(name: str, day: date) -> dict[str, tuple[str, str]]:
    """Work out from the text of a file what each item's last known status was on a day: status and since."""
    known = {}
    for item, answer in written_answers(name).items():
        states = [(last(state["since"]), state) for state in [*answer.get("earlier", []), answer]]
        held = [(since, number) for number, (since, _) in enumerate(states) if since <= day]
        if held:
            state = states[max(held)[1]][1]
            known[item] = (state["status"], state["since"])
    return known


def test_the_four_histories_are_the_retrospectives():
    past = {name for name, project in real().projects.items() if project.kind is ProjectKind.RETROSPECTIVE}
    assert past == set(PAST)


@pytest.mark.parametrize("name", PAST)
def test_a_history_has_readings_in_order_up_to_the_day_it_is_assessed(name: str) -> None:
    days = [last(day) for file, day in READINGS if file == name]
    assert len(days) >= 2
    assert days == sorted(set(days))
    assert days[-1] <= date.fromisoformat(plain(name)["assessed"])


@pytest.mark.parametrize("name", PAST)
def test_every_answer_rests_on_a_fact_that_was_known_when_it_was_assessed(name: str) -> None:
    assessed = date.fromisoformat(plain(name)["assessed"])
    for item, answer in written_answers(name).items():
        for state in [*answer.get("earlier", []), answer]:
            assert state.get("evidence"), item
            assert last(state["since"]) <= assessed, item


@pytest.mark.parametrize("name", PAST)
def test_earlier_answers_stand_in_order_before_the_present_one(name: str) -> None:
    for item, answer in written_answers(name).items():
        days = [last(state["since"]) for state in [*answer.get("earlier", []), answer]]
        assert days == sorted(set(days)), item


@pytest.mark.parametrize(("name", "day"), READINGS)
def test_a_replay_uses_no_answer_that_came_later(name: str, day: str) -> None:
    project = real().projects[name]
    turned_back = project_at(project, last(day), project.assessed)
    used = {item: (str(a.status), str(a.since)) for item, a in turned_back.answers.items()}
    assert used == known_on(name, last(day))
    assert used, "something was public"
    assert all(last(since) <= last(day) for _, since in used.values())


@pytest.mark.parametrize(("name", "day"), READINGS)
def test_a_replay_is_looked_at_on_the_day_of_its_reading(name: str, day: str) -> None:
    seen = replayed(name, day)
    assert seen.assessment.day == last(day)
    assert seen.forecast.plans == {}
    asked = {item for finding in seen.findings for item in finding.items}
    assert asked <= known_on(name, last(day)).keys(), "a finding rests on what nobody had answered"


@pytest.mark.parametrize(("name", "day"), READINGS)
def test_an_event_is_not_known_before_its_day(name: str, day: str) -> None:
    later = [event["kind"] for event in plain(name).get("events", []) if last(event["date"]) > last(day)]
    subjects = {finding.subject for finding in replayed(name, day).findings if finding.kind in later}
    assert all(date.fromisoformat(subject) <= last(day) for subject in subjects)


@pytest.mark.parametrize("name", PAST)
def test_the_last_reading_of_a_history_says_what_its_own_page_says(name: str) -> None:
    day = [day for file, day in READINGS if file == name][-1]
    project: Project = real().projects[name]
    assert last(day) == project.assessed, "the file is read on its last day"
    own = report_on(project, real(), project.route[0], day=TODAY)
    assert replayed(name, day).findings == own.findings


# --- what the histories rest on ---

NO_SOURCES = (
    *("beursonline", "debeurs", "iex.nl", "reddit", "vice.com", "wikipedia"),
    *("5dok", "dailypopulous", "docplayer", "docslib", "fdokument", "vdocument", "vdokument"),
)
"""Forums, and sites that show copies of what others published."""


@pytest.mark.parametrize("name", PAST)
def test_no_history_rests_on_a_forum_or_a_mirror(name: str) -> None:
    for item, answer in written_answers(name).items():
        for state in [*answer.get("earlier", []), answer]:
            assert not any(host in state["evidence"] for host in NO_SOURCES), (item, state["evidence"])


@pytest.mark.parametrize("name", PAST)
def test_a_history_says_where_a_document_was_not_seen_at_its_source(name: str) -> None:
    for item, answer in written_answers(name).items():
        for state in [*answer.get("earlier", []), answer]:
            if not state["evidence"].startswith("http"):
                assert re.search(r"[Nn]ot seen at|, not at|Read as (a copy|copies)", state["note"]), item


# --- what the histories show ---

ACTS: dict[tuple[str, str], set[str]] = {
    ("glybera", "2010-01"): {
        "demand-cannot-carry-the-upkeep",
        "national-dossier-too-late",
        "nobody-takes-over",
        "trial-that-cannot-answer-the-payer",
    },
    ("glybera", "2012-11"): {
        "application-not-complete",
        "borrowed-evidence-or-money",
        "demand-cannot-carry-the-upkeep",
        "effect-may-not-last",
        "national-dossier-too-late",
        "no-register-for-the-first-patients",
        "nobody-takes-over",
    },
    ("glybera", "2015-05"): {
        "borrowed-evidence-or-money",
        "demand-cannot-carry-the-upkeep",
        "effect-may-not-last",
        "no-register-for-the-first-patients",
        "nobody-takes-over",
    },
    ("strimvelis", "2016-05"): {
        "demand-cannot-carry-the-upkeep",
        "nobody-takes-over",
        "one-site-no-back-up",
        "shelf-life-does-not-reach",
        "supply-not-counted-again",
    },
    ("strimvelis", "2018-04"): {
        "demand-cannot-carry-the-upkeep",
        "nobody-takes-over",
        "one-site-no-back-up",
        "shelf-life-does-not-reach",
        "supply-not-counted-again",
    },
    ("alofisel", "2018-03"): {"borrowed-evidence-or-money"},
    ("alofisel", "2019-01"): {"borrowed-evidence-or-money", "effect-may-not-last"},
}
"""What each reading finds to act on. A change of rules, items or sources may add to it, and takes nothing away."""


@pytest.mark.parametrize(("name", "day"), READINGS)
def test_no_act_of_a_history_is_lost(name: str, day: str) -> None:
    assert ACTS.get((name, day), set()) <= to_act_on(name, day).keys()


def test_glybera_at_its_filing_had_a_hole_on_the_commercial_track():
    found = to_act_on("glybera", "2010-01")
    commercial = {
        kind
        for kind, finding in found.items()
        if kind in real().rules and any(real().items[item].track == "commercial" for item in finding.items)
    }
    assert commercial & {"nobody-takes-over", "demand-cannot-carry-the-upkeep", "national-dossier-too-late"}


@pytest.mark.parametrize("kind", ["shelf-life-does-not-reach", "one-site-no-back-up", "nobody-takes-over"])
def test_strimvelis_at_its_authorisation_had_three_holes(kind: str) -> None:
    assert kind in to_act_on("strimvelis", "2016-05")


def test_alofisel_after_its_authorisation_lived_on_borrowed_evidence():
    found = to_act_on("alofisel", "2019-01")
    assert "trial/confirmatory-trial" in found["borrowed-evidence-or-money"].items


@pytest.mark.parametrize("day", [day for name, day in READINGS if name == "til-therapy"])
def test_til_therapy_was_never_out_of_step(day: str) -> None:
    assert "imbalance" not in to_act_on("til-therapy", day)


@pytest.mark.parametrize(("day", "severity"), [("2015-07", None), ("2019-03", None), ("2023-01", WATCH)])
def test_til_therapy_held_a_permit_whose_renewal_was_under_way(day: str, severity: str | None) -> None:
    found = {finding.kind: finding for finding in replayed("til-therapy", day).findings}
    finding = found.get("exemption-without-a-future")
    assert (finding and finding.severity) == severity
    assert finding is None or finding.items == ("strategy/exemption-renewal",)


def test_the_readings_that_the_page_is_about_are_there():
    assert {("glybera", "2010-01"), ("strimvelis", "2016-05"), ("alofisel", "2019-01")} <= set(READINGS)
    assert sum(name == "til-therapy" for name, _ in READINGS) >= 2


# --- how the histories ended ---


@pytest.mark.parametrize("name", PAST)
def test_every_history_says_how_it_ended_and_on_which_source(name: str) -> None:
    outcome = plain(name)["outcome"]
    assert outcome["text"].endswith((".", "?"))
    assert set(outcome["sources"]) <= real().references.keys()


@pytest.mark.parametrize("name", PAST)
def test_an_end_names_only_findings_that_a_reading_had_raised_before_it(name: str) -> None:
    outcome = plain(name)["outcome"]
    raised = {finding.kind for file, day in READINGS if file == name for finding in replayed(name, day).findings}
    assert set(outcome.get("findings", {})) <= raised
