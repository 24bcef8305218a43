"""The page of all projects, with 120 invented ones: what a reader finds at once, and what is behind each number."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from invented import invent
from justhtml import JustHTML

from macros.engine.facilities import demand
from macros.engine.portfolio import Portfolio
from macros.findings.severity import ACT, ASK
from macros.model.status_file import Project
from macros.views.context import PageContext
from macros.views.registry import Views
from tests.support.each import each
from tests.support.portfolio import at_levels, counts, lines
from tests.support.site import attributes, find, text
from tests.support.small import TODAY, real

MANY = 120
VIEWS: tuple[str, ...] = ("portfolio_summary", "portfolio", "facility_demand", "shared_findings", "shared_gaps")
VIEWS += ("portfolio_trend", "portfolio_histories")


def views(number: int, *more: Project) -> Views:
    """Make the views of invented projects, some on two routes."""
    projects = [
        Project.model_validate({**plain, "id": f"p{place:03}", **({"route": BOTH} if place % 40 == 7 else {})})
        for place, plain in enumerate(invent(real(), number))
    ]
    book = replace(real(), projects={project.id: project for project in (*projects, *more)})
    return Views(PageContext(Portfolio(book, TODAY), lambda path, anchor: f"/{path}#{anchor}"))


BOTH = list(real().frame.routes)


@pytest.fixture(scope="module")
def made() -> Views:
    return views(MANY)


@pytest.fixture(scope="module")
def page(made: Views) -> JustHTML:
    return JustHTML("".join(made.show(name) for name in VIEWS), fragment=True, sanitize=False)


def test_it_says_how_many_need_what(made: Views, page: JustHTML) -> None:
    everyone = [made.portfolio.reports(project.id) for project in made.portfolio.current]
    limit = real().frame.thresholds
    expected = {
        "projects": MANY,
        "act": sum(any(r.count(ACT) for r in reports) for reports in everyone),
        "late": sum(any(o.late for r in reports for o in r.forecast.outlook) for reports in everyone),
        "apart": sum(any(r.assessment.spread >= limit.imbalance_act for r in reports) for reports in everyone),
        "out-of-date": sum((TODAY - r[0].project.assessed).days >= limit.stale_days for r in everyone),
    }
    assert counts(page) == expected
    assert all(0 < number < MANY for name, number in expected.items() if name != "projects")


def test_each_number_leads_to_the_rows_it_counts(page: JustHTML) -> None:
    rows = [attributes(row) for row in find(page, ".nav-portfolio tbody tr") if "data-nav-more" not in attributes(row)]
    assert len(rows) == MANY
    shown = find(page, ".nav-counts a[href*='?'], .nav-heatmap a")
    assert shown
    for link in shown:
        field, value = re.fullmatch(r".*\?(\w+)=([\w-]+)#current", attributes(link)["href"]).groups()  # type: ignore[union-attr]
        assert int(text(link).split(" ")[0]) == sum(value in row[f"data-{field}"].split() for row in rows)


def test_it_says_which_track_is_behind(page: JustHTML) -> None:
    levels = at_levels(page)
    assert {sum(numbers) for numbers in levels.values()} == {MANY}
    half = {track: next(n for n in range(10) if 2 * sum(numbers[: n + 1]) >= MANY) for track, numbers in levels.items()}
    said = text(find(page, ".nav-heatmap caption")[0])
    (track, level) = re.fullmatch(
        r"(\w+) is behind: in at least half of the projects it is at level (\d) or lower\.", said
    ).groups()  # type: ignore[union-attr]
    assert half[track.lower()] == int(level) == min(half.values()) < max(half.values())


def test_who_is_furthest_apart_is_in_red_unless_it_is_not_certain(page: JustHTML) -> None:
    found = lines(page)
    widest = max(line.apart[0] for line in found.values())
    assert widest >= 4
    said = Counter(line.apart[1] for line in found.values() if line.apart[0] >= 3)
    assert said["act"] > 5
    assert said["ask"] > 5
    for row in find(page, ".nav-portfolio tbody tr"):
        (svg,) = find(row, "svg")
        red = "nav-is-act" in attributes(svg).get("class", "")
        assert red == ("act" in text(find(row, "td")[1]))


def test_projects_most_in_need_come_first_and_forty_of_them_are_open(page: JustHTML) -> None:
    found = lines(page)
    order: dict[str, tuple[int, int, int, str]] = {}
    for (project, _), line in found.items():
        act, apart, watch, title = order.get(project, (0, 0, 0, line.title))  # the title is that of the first line
        order[project] = min(act, -line.act), min(apart, -line.apart[0]), min(watch, -line.watch), title
    assert list(order) == sorted(order, key=order.__getitem__)
    (fold,) = find(page, ".nav-portfolio > details")
    folded = [row for row in find(fold, "tbody tr") if "data-nav-more" not in attributes(row)]
    assert len(folded) == MANY - 40
    assert text(find(fold, "summary")[0]) == "80 more projects, less in need"


def test_a_project_on_two_routes_is_one_row_with_two_lines(made: Views, page: JustHTML) -> None:
    several = [project.id for project in made.portfolio.current if len(project.route) > 1]
    assert several
    assert {project for (project, route) in lines(page) if route == BOTH[1]} >= set(several)
    more = [row for row in find(page, ".nav-portfolio tbody tr") if "data-nav-more" in attributes(row)]
    assert len(more) == len(several)


def test_every_line_leads_to_its_project_and_names_what_to_begin_with(made: Views, page: JustHTML) -> None:
    texts = made.portfolio.handbook.finding_texts
    for (project, route), line in lines(page).items():
        (report,) = [r for r in made.portfolio.reports(project) if r.assessment.route == route]
        said = [f for f in report.findings if not f.acknowledged and f.severity != ASK]
        assert line.first == (texts[said[0].kind].title if said else "none")
    links = [attributes(find(row, "th a")[0])["href"] for row in find(page, ".nav-portfolio tbody tr")]
    assert set(links) == {f"/projects/p{place:03}.md#" for place in range(MANY)}


def test_it_says_when_a_facility_is_most_in_demand_and_by_whom(made: Views, page: JustHTML) -> None:
    wanted = demand(made.portfolio.all_reports(), made.portfolio.handbook)["clean-room"]
    last = "2031 Q3"
    numbers = {quarter: len({p.id for p, _ in users}) for quarter, users in wanted.items() if quarter <= last}
    most = max(numbers.values())
    (figure,) = [
        each for each in find(page, "figure[data-facility]") if attributes(each)["data-facility"] == "clean-room"
    ]
    said = text(find(figure, "figcaption")[0])
    first = next(quarter for quarter, number in numbers.items() if number == most)
    assert said.startswith(f"GMP clean room: most at once {most}, in {first}")
    drawn = [text(number) for number in find(figure, "svg text")]
    assert str(most) in drawn
    for row in find(figure, "tbody tr"):
        users = {project.id for project, _ in wanted[attributes(row)["data-quarter"]]}
        assert int(text(find(row, "td")[0])) == len(users) == len(find(row, "a"))


@each("table", ["findings", "gaps"])
def test_every_project_behind_a_shared_number_can_be_read(page: JustHTML, table: str) -> None:
    (shared,) = find(page, f"[data-nav-table='{table}']")
    rows = find(shared, "tbody tr")
    assert len(rows) > 15
    for row in rows:
        cell = next(cell for cell in find(row, "td") if attributes(cell)["data-label"] in ("In", "Open in"))
        said = re.match(r"(\d+) of 120", text(cell))
        assert said
        assert len(find(cell, "a")) == int(said[1]) > 1


def test_what_the_team_acknowledges_is_neither_to_act_on_nor_red() -> None:
    (plain,) = invent(real(), 29)[28:]
    both = {
        name: Project.model_validate({**plain, "id": name, "acknowledged": given})
        for name, given in (
            ("open", {}),
            ("said", {"imbalance": {"because": "Agreed by the steering group.", "until": "2027-06"}}),
        )
    }
    book = replace(real(), projects=both)
    shown = Views(PageContext(Portfolio(book, TODAY), lambda path, anchor: f"/{path}#{anchor}"))
    tree = JustHTML(shown.show("portfolio_summary") + shown.show("portfolio"), fragment=True, sanitize=False)
    found = {project: line for (project, _), line in lines(tree).items()}
    assert found["open"].apart == (found["said"].apart[0], "act")
    assert found["said"].apart[1] == "acknowledged"
    assert found["open"].act == found["said"].act + 1
    assert counts(tree)["apart"] == 2, "the levels are as far apart as before"


def test_an_assessment_for_another_edition_and_one_out_of_date_are_marked() -> None:
    old, new = invent(real(), 2)
    old |= {"checklist": real().editions[0], "assessed": "2025-11-01"}
    new |= {"assessed": str(TODAY)}
    book = replace(
        real(), projects={n: Project.model_validate({**p, "id": n}) for n, p in (("old", old), ("new", new))}
    )
    shown = Views(PageContext(Portfolio(book, TODAY), lambda path, anchor: f"/{path}#{anchor}"))
    rows = find(JustHTML(shown.show("portfolio"), fragment=True, sanitize=False), ".nav-portfolio tbody tr")
    said = {attributes(row)["data-project"]: text(find(row, "td")[4]) for row in rows}
    assert said == {"old": f"2025-11-01 out of date for edition {real().editions[0]}", "new": str(TODAY)}


def test_histories_are_a_list_of_links_without_levels() -> None:
    shown = Views(PageContext(Portfolio(real(), TODAY), lambda path, anchor: f"/{path}#{anchor}"))
    tree = JustHTML(shown.show("portfolio_histories"), fragment=True, sanitize=False)
    past = [p.title for p in real().projects.values() if p.kind.value == "retrospective"]
    assert [text(find(entry, "a")[0]) for entry in find(tree, "li")] == past
    assert find(tree, "svg, table, .nav-levels") == []


def test_without_a_project_it_says_so() -> None:
    empty = Views(PageContext(Portfolio(replace(real(), projects={}), TODAY), lambda path, anchor: f"/{path}#{anchor}"))
    said = [text(p) for p in find(JustHTML("".join(empty.show(v) for v in VIEWS), fragment=True, sanitize=False), "p")]
    assert said == [
        "There is no project yet.",
        "No item that is not yet met needs a shared facility.",
        "No finding is shared by two projects.",
        "No item is missing in two projects.",
        "There are not yet two quarters with answers that have a day.",
    ]


def test_the_last_quarter_of_the_trend_is_today_as_the_rest_of_the_page_has_it(made: Views, page: JustHTML) -> None:
    row = [text(cell) for cell in find(page, ".nav-path ~ details tr")[-1].query("th, td")]  # type: ignore[arg-type]
    dated = [p for p in made.portfolio.current if any(a.since for a in p.answers.values())]
    assert row[:2] == ["today", str(len(dated))]
    assert row[-1] == str(counts(page)["apart"])
