"""Calendars, the feed of findings, and the demand on shared facilities."""

from __future__ import annotations

import types
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from uuid import uuid5
from xml.etree import ElementTree

import icalendar
import pytest
from feedgenerator import Atom1Feed
from lxml import etree

from macros.engine.facilities import demand
from macros.engine.report import ProjectReport, report_on
from macros.findings.severity import ASK
from macros.model.region import RegionFile
from macros.model.status_file import ProjectKind
from macros.outputs.calendar import calendar, entries, event
from macros.outputs.feed import entries as feed_entries
from macros.outputs.feed import feed
from macros.outputs.identity import code_of
from tests.support.paths import TESTS
from tests.support.small import SHOWN, TODAY, real, small_handbook, small_project

SITE = "https://navigator.example.org/handbook/"
TOMORROW = date(2026, 11, 23)
ATOM = "{http://www.w3.org/2005/Atom}"

ITEMS: dict[str, dict[str, Any]] = {
    "lab/start": {"title": "Begin, then; wait", "stage": "5", "gate": "true", "lead": "4", "owner": "hospital"},
    "lab/plan": {"stage": "5", "lead": "6", "owner": "company"},
    "lab/late": {"stage": "3", "lead": "2", "owner": "university"},
    "lab/done": {"stage": "3", "lead": "2"},
}
BOOK = small_handbook(ITEMS)
CODE = code_of(BOOK, SITE)
ANSWERS: dict[str, Any] = {
    **dict.fromkeys(ITEMS, "not-met"),
    "lab/plan": {"status": "in-progress", "planned": "2027-03"},
    "lab/done": {**SHOWN, "planned": "2027-04"},
}
WORDS: dict[str, Any] = {
    "assessed": "2026-11-02",
    "targets": {"3": "2026-09", "5": "2028-02"},
    "acknowledged": {"late": {"because": "The board decides in spring.", "until": "2027-03"}},
}


def region_file(**site: str) -> RegionFile:
    return RegionFile.model_validate(
        {"name": "Norra", "site": {"name": "Norra", "address": "https://a.example/", **site}}
    )


def small_look(day: date = TODAY, answers: dict[str, Any] = ANSWERS, **more: Any) -> ProjectReport:
    return report_on(small_project(answers, **{**WORDS, **more}), BOOK, "central", day=day)


def written(reports: list[ProjectReport], day: date = TODAY) -> bytes:
    found = [event(each.project, entry, SITE, CODE, day) for each in reports for entry in entries(each, each.handbook)]
    return calendar("Ours", found)


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def days(content: bytes) -> dict[str, str]:
    """Read a calendar: identifier without its host → day."""
    return {str(event["uid"]).partition("@")[0]: str(event.decoded("dtstart")) for event in events(content)}


# --- calendars ---


def test_a_calendar_holds_the_days_that_matter():
    assert days(written([small_look()])) == {
        "small.lab.start.start": "2027-10-01",  # 2028-02 less four months, on its first day
        "small.lab.plan.planned": "2027-03-31",  # the last day of the planned month
        "small.lab.late.start": "2026-07-01",  # 2026-09 less two months, though that has passed
        "small.target.3": "2026-09-30",
        "small.target.5": "2028-02-29",  # a leap year
        "small.review.late": "2027-03-31",
        "small.assess": "2027-05-01",  # 180 days after 2 November: 28 + 31 + 31 + 28 + 31 + 30 + 1
    }


def test_a_calendar_is_one_that_other_programs_read():
    content = written([small_look()])
    (read,) = icalendar.Calendar.from_ical(content, multiple=True)
    assert (read["version"], str(read["x-wr-calname"])) == ("2.0", "Ours")
    assert read.errors == []
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    by_name = {str(event["uid"]): event for event in events(content)}
    event = by_name[f"small.lab.start.start@{CODE}"]
    assert str(event["summary"]) == "Begin, then; wait: start by the end of this month (Small)"
    assert "by 2028-02 for the target of stage 5" in str(event["description"])
    assert str(event["url"]) == f"{SITE}projects/small/"
    for event in by_name.values():
        assert event.errors == []
        assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
        assert event.decoded("dtstamp") == datetime(2026, 11, 22, tzinfo=UTC)
        (alarm,) = event.walk("VALARM")
        assert (str(alarm["action"]), alarm.decoded("trigger")) == ("DISPLAY", timedelta(days=-7))


def test_a_late_item_keeps_its_entry_in_the_month_in_which_it_had_to_start_and_its_title_says_so():
    for day in (TODAY, date(2026, 12, 31), date(2027, 1, 1)):
        content = written([small_look(day)], day)
        assert days(content)["small.lab.late.start"] == "2026-07-01"
        titles = [str(event["summary"]) for event in events(content)]
        assert [title for title in titles if "late, start now" in title] == ["a: late, start now (Small)"]


def test_what_nobody_has_looked_at_is_not_called_late():
    (entry,) = [
        e for e in events(written([small_look(answers={})])) if str(e["uid"]).startswith("small.lab.late.start")
    ]
    assert str(entry["summary"]).endswith(": look at it (Small)")
    assert str(entry.decoded("dtstart")) == "2026-07-01"


def test_an_item_that_starts_this_month_is_not_called_late():
    titles = [str(event["summary"]) for event in events(written([small_look(targets={"5": "2027-03"})]))]
    assert "Begin, then; wait: start by the end of this month (Small)" in titles


def test_an_entry_keeps_its_identifier_when_built_on_another_day():
    one, other = written([small_look()]), written([small_look(TOMORROW)], TOMORROW)
    assert days(one) == days(other)
    assert one != other, "the stamp tells the day of the build"
    moved = days(written([small_look(targets={"3": "2026-09", "5": "2028-06"})]))
    assert moved.keys() == days(one).keys(), "a target that moves, moves its entry"


def test_the_same_day_gives_the_same_bytes():
    assert written([small_look()]) == written([small_look()])


def real_looks(day: date = TODAY) -> list[ProjectReport]:
    past = ProjectKind.RETROSPECTIVE
    projects = [project for project in real().projects.values() if project.kind is not past]
    return [report_on(project, real(), route, day=day) for project in projects for route in project.route]


def test_no_identifier_stands_twice_in_the_calendars_of_the_real_projects():
    seen = Counter(str(event["uid"]) for event in events(written(real_looks())))
    assert len(seen) > 100
    assert [uid for uid, number in seen.items() if number > 1] == []


def test_a_project_on_two_routes_has_entries_of_its_own_on_each():
    project = small_project(ANSWERS, **WORDS, route=["central", "exemption"])
    both = [report_on(project, BOOK, route, day=TODAY) for route in project.route]
    seen = Counter(str(event["uid"]) for event in events(written(both)))
    assert max(seen.values()) == 1
    assert {"small.central.lab.start.start", "small.exemption.lab.start.start"} <= {u.partition("@")[0] for u in seen}


def test_each_partner_is_reminded_of_what_it_owns_and_the_team_of_the_rest():
    partners = {entry.name: entry.partner for entry in entries(small_look(), BOOK)}
    assert partners == {
        "small/lab/start/start": "hospital",
        "small/lab/plan/planned": "company",
        "small/lab/late/start": "university",
        "small/target/3": "",
        "small/target/5": "",
        "small/review/late": "",
        "small/assess": "university",
    }


# --- the feed ---


def items_of(content: bytes) -> dict[str, ElementTree.Element]:
    found = ElementTree.fromstring(content).findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in found]
    assert len(ids) == len(set(ids)), "no identifier stands twice"
    return dict(zip(ids, found, strict=True))


def fed(*reports: ProjectReport) -> bytes:
    found = [entry for report in reports for entry in feed_entries([report], report.handbook, SITE)]
    return feed("Findings", found, SITE, f"{SITE}feed.xml", CODE)


def named(name: str) -> str:
    """The identifier of an entry."""
    return f"urn:uuid:{uuid5(CODE, name)}"


def test_the_feed_has_an_entry_for_each_finding():
    seen = small_look(acknowledged={})
    kinds = {(finding.kind, finding.subject) for finding in seen.findings}
    assert ("late", "") in kinds
    found = items_of(fed(seen))
    assert len(found) == len(kinds)
    entry = found[named("small/central/late")]
    assert entry.findtext(f"{ATOM}title") == "Watch: Title of late (Small)"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-15T00:00:00+00:00", "the only day in the file"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{SITE}projects/small/#findings"


def test_a_finding_that_is_acknowledged_is_left_out_until_its_month_has_passed():
    name = named("small/central/late")
    assert name not in items_of(fed(small_look()))
    assert name not in items_of(fed(small_look(date(2027, 3, 31))))
    assert name in items_of(fed(small_look(date(2027, 4, 1))))


def test_the_feed_does_not_change_from_day_to_day():
    assert fed(small_look()) == fed(small_look(TOMORROW))
    one, other = fed(*real_looks()), fed(*real_looks(TOMORROW))
    assert items_of(one).keys() == items_of(other).keys()


def test_a_new_assessment_that_changes_nothing_else_makes_no_entry_new():
    assert fed(small_look()) == fed(small_look(assessed="2026-11-20"))
    moved = [
        report_on(report.project.model_copy(update={"assessed": TODAY}), real(), report.assessment.route, day=TODAY)
        for report in real_looks()
    ]
    stale = {"stale", "the-picture-may-be-old"}
    kept = [entry for report in real_looks() for entry in feed_entries([report], real(), SITE)]
    new = {entry for report in moved for entry in feed_entries([report], real(), SITE)}
    assert {entry for entry in new - {*kept} if not stale & {*entry.name.split("/")}} == set()


def test_a_finding_is_dated_by_the_last_dated_change_of_what_it_is_about():
    answers = {
        **ANSWERS,
        "lab/late": {"status": "not-met", "since": "2026-05"},
        "lab/done": {**SHOWN, "since": "2026-09-01"},
    }
    entry = items_of(fed(small_look(answers=answers, acknowledged={})))[named("small/central/late")]
    assert entry.findtext(f"{ATOM}published") == "2026-05-01T00:00:00+00:00"


ATOM_GRAMMAR = etree.RelaxNG(etree.parse(TESTS / "outputs/atom.rng"))


def test_feeds_are_valid_atom():
    """By the grammar of RFC 4287, with a validator that is not ours."""
    for content in (fed(small_look(acknowledged={})), fed(*real_looks()), feed("None", [], SITE, SITE, CODE)):
        ATOM_GRAMMAR.assertValid(etree.fromstring(content))
    for needed in (b"<author>", b"<id>", b"<updated>"):
        without = fed(small_look()).replace(needed, needed.replace(b"<", b"<x"), 1)
        without = without.replace(needed.replace(b"<", b"</"), needed.replace(b"<", b"</x"), 1)
        assert not ATOM_GRAMMAR.validate(etree.fromstring(without)), needed


def test_an_entry_names_its_items():
    found = items_of(fed(small_look(acknowledged={})))[named("small/central/late")]
    assert (found.findtext(f"{ATOM}summary") or "").startswith("Items: a. ")


def test_identifiers_differ_between_sites_and_survive_a_new_address_and_a_new_name():
    sites = ("https://a.example/", "https://b.example/")
    assert len({code_of(BOOK, site) for site in sites}) == 2
    book = replace(BOOK, region=region_file(identity="norra-4f2a91"))
    assert len({code_of(book, site) for site in sites}) == 1
    renamed = written([small_look(id="new-name", formerly=["small"])])
    assert days(renamed).keys() == days(written([small_look()])).keys()
    one, other = fed(small_look(acknowledged={})), fed(small_look(acknowledged={}, id="new-name", formerly=["small"]))
    assert items_of(one).keys() == items_of(other).keys()


def test_the_feed_of_the_real_projects_names_every_finding_to_look_at():
    reports = real_looks()
    spoken = [finding for each in reports for finding in each.findings if finding.severity != ASK]
    unacknowledged = [finding for finding in spoken if not finding.acknowledged]
    assert 0 < len(unacknowledged) < sum(len(each.findings) for each in reports)
    assert len(items_of(fed(*reports))) == len(unacknowledged)


def test_words_of_a_project_cannot_break_the_feed():
    title = 'A <b>"bold"</b> & ]]> title'
    (entry, *_) = items_of(fed(small_look(title=title))).values()
    assert (entry.findtext(f"{ATOM}title") or "").endswith(f"({title})")


def test_two_events_of_a_kind_on_one_day_are_two_entries():
    happened = [
        {"date": "2026-05-04", "kind": "owner-change", "text": text}
        for text in ("The company is sold.", "So is the bank.")
    ]
    words = {"modality": "autologous-cell", "route": "central-authorisation", "events": happened}
    project = small_project({"team/joint-core-team": SHOWN}, **words)
    seen = report_on(project, real(), "central-authorisation", day=TODAY)
    assert sum(finding.kind == "owner-change" for finding in seen.findings) == 2
    name = "small/central-authorisation/owner-change/2026-05-04"
    assert {named(name), named(f"{name}/2")} <= items_of(fed(seen)).keys()


def test_a_partner_that_carries_much_and_is_idle_later_has_two_entries():
    items: dict[str, dict[str, Any]] = {f"lab/early-{word}": {"stage": "1"} for word in "abcdefghij"}
    items |= {"lab/idle-2": {"stage": "2"}, "lab/idle-3": {"stage": "3"}, "care/gate": {"stage": "5", "gate": "true"}}
    answers = {name: SHOWN if "early" in name else "not-met" for name in items}
    seen = report_on(small_project(answers), small_handbook(items), "central", day=TODAY)
    assert [(finding.kind, finding.subject) for finding in seen.findings].count(("silo", "university")) == 2
    name = "small/central/silo/university"
    assert {named(name), named(f"{name}/2")} <= items_of(fed(seen)).keys()


def test_a_feed_without_findings_does_not_read_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            raise LookupError(f"the clock was read, in {tz}")

    one = feed("Findings", [], SITE, f"{SITE}feed.xml", CODE)
    module = "feedgenerator.django.utils.feedgenerator.datetime"
    monkeypatch.setattr(module, types.SimpleNamespace(datetime=Stopped, time=time, timezone=timezone))
    assert items_of(feed("Findings", [], SITE, f"{SITE}feed.xml", CODE)) == items_of(one) == {}
    with pytest.raises(LookupError):  # as a feed of the library itself does
        Atom1Feed("Findings", SITE, "Findings").writeString("utf-8")


# --- facilities ---

NEEDS: dict[str, dict[str, Any]] = {
    "lab/run": {"stage": "5", "lead": "6", "facility": "clean-room"},
    "lab/batch": {"stage": "5", "lead": "4", "facility": "vector-maker"},
    "lab/overdue": {"stage": "3", "lead": "3", "facility": "clean-room"},
    "lab/open-end": {"stage": "9", "lead": "3", "facility": "clean-room"},
    "lab/no-lead": {"stage": "5", "facility": "vector-maker"},
    "lab/met": {"stage": "5", "lead": "3", "facility": "clean-room"},
    "lab/elsewhere": {"stage": "5", "lead": "3"},
}
NEEDED = {
    "clean-room": {
        "2026 Q4": ["lab/overdue"],  # 2026-05 to 2026-08 should be over: now
        "2027 Q3": ["lab/run"],  # from 2028-02 less six months = 2027-08
        "2027 Q4": ["lab/run"],
        "2028 Q1": ["lab/run"],  # up to 2028-02
        "no date": ["lab/open-end"],  # no target at stage 9
    },
    "vector-maker": {
        "2027 Q1": ["lab/batch"],  # planned for 2027-06, less four months = 2027-02
        "2027 Q2": ["lab/batch"],
        "2028 Q1": ["lab/no-lead"],  # in the month of its finish, 2028-02
    },
}


def demanded(*reports: ProjectReport) -> dict[str, dict[str, list[str]]]:
    found = demand(reports, reports[0].handbook)
    return {
        facility: {quarter: [name for _, name in users] for quarter, users in quarters.items()}
        for facility, quarters in found.items()
    }


def needing(**more: Any) -> ProjectReport:
    answers = {
        **dict.fromkeys(NEEDS, "not-met"),
        "lab/met": SHOWN,
        "lab/batch": {"status": "in-progress", "planned": "2027-06"},
        **more.pop("answers", {}),
    }
    words = {"targets": {"3": "2026-08", "5": "2028-02"}, **more}
    project = small_project(answers, **words)
    return report_on(project, small_handbook(NEEDS), project.route[0], day=TODAY)


def test_demand_is_counted_by_quarter():
    found = demanded(needing())
    assert found == NEEDED
    assert [list(quarters) for quarters in found.values()] == [list(quarters) for quarters in NEEDED.values()], (
        "in order"
    )


def test_a_planned_month_in_the_past_asks_for_the_facility_now():
    planned = {"status": "in-progress", "planned": "2026-08"}
    only = {"targets": {}, "answers": {"lab/batch": planned}}
    assert demanded(needing(**only))["vector-maker"] == {"2026 Q4": ["lab/batch"], "no date": ["lab/no-lead"]}


def test_a_stay_that_has_begun_counts_from_now():
    # 2027-02 less six months would be 2026-08, but it is November.
    only = {"targets": {"5": "2027-02"}, "answers": {"lab/overdue": SHOWN}}
    assert demanded(needing(**only))["clean-room"] == {
        "2026 Q4": ["lab/run"],
        "2027 Q1": ["lab/run"],
        "no date": ["lab/open-end"],
    }


def test_projects_that_need_the_same_quarter_stand_together():
    one, other = needing(), needing(id="other", title="Other")
    users = demand([one, other], one.handbook)["clean-room"]["2027 Q4"]
    assert [(project.id, name) for project, name in users] == [("small", "lab/run"), ("other", "lab/run")]


def test_a_project_on_two_routes_needs_a_facility_once():
    project = small_project({}, targets={"5": "2028-02"}, route=["central", "exemption"])
    both = [report_on(project, small_handbook(NEEDS), route, day=TODAY) for route in project.route]
    assert demanded(*both) == demanded(both[0])


def test_a_facility_that_nobody_needs_is_left_out():
    assert demanded(needing(answers=dict.fromkeys(NEEDS, SHOWN))) == {}
