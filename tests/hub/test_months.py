"""One line for each month and region: what it counts, which edition is compared, and what is drawn from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from justhtml import JustHTML

from macros.engine.portfolio import Portfolio
from macros.hub.copies import Copies, DocumentState, RegionState
from macros.hub.gathered import Gathered, Network
from macros.hub.months import MonthLine, by_month
from macros.load.network import NetworkFile
from macros.views.context import PageContext
from macros.views.registry import Views
from tests.support.site import find, text
from tests.support.small import TODAY, real

TRACKS = tuple(real().frame.tracks)


def line(month: str, *, act: int = 1, **levels: list[int]) -> MonthLine:
    """Make a line: edition → how many projects are at level 0, 1, … on each track."""
    tracks = {edition.replace("_", "."): dict.fromkeys(TRACKS, numbers) for edition, numbers in levels.items()}
    projects = sum(sum(numbers) for numbers in levels.values())
    return MonthLine(month=month, day=f"{month}-10", projects=projects, act=act, watch=2, levels=tracks)


def test_the_edition_of_most_projects_is_compared_and_only_with_itself() -> None:
    found = by_month(
        [
            line("2026-09", v2026_1=[3, 0, 1], v2026_2=[0, 0, 2]),
            line("2026-10", v2026_1=[1], v2026_2=[0, 1, 3]),
            line("2026-10", act=5, v2026_2=[0, 1]),
        ]
    )
    assert [(m.month, m.regions, m.projects, m.act, m.edition, m.answered) for m in found] == [
        ("2026-09", 1, 6, 1, "v2026.1", 4),
        ("2026-10", 2, 6, 6, "v2026.2", 5),
    ]
    assert [set(month.levels.values()) for month in found] == [{0}, {2}]


def test_a_month_has_one_line_and_a_line_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    copies = Copies(tmp_path, "north")
    assert copies.months() == ()
    for each in (line("2026-10", v2026_1=[1]), line("2026-09", v2026_1=[2]), line("2026-10", act=9, v2026_1=[3])):
        copies.note_month(each)
    assert [(each.month, each.projects, each.act) for each in copies.months()] == [("2026-09", 2, 1), ("2026-10", 3, 9)]
    file = tmp_path / "data/north/months.jsonl"
    file.write_text("no line\n" + file.read_text("utf-8") + '{"month": "2026-13x"}\n', "utf-8")
    assert [each.month for each in copies.months()] == ["2026-09", "2026-10"]


def test_a_state_that_cannot_be_read_is_as_if_nothing_had_been_tried(tmp_path: Path) -> None:
    copies = Copies(tmp_path, "north")
    copies.note(RegionState(documents={"projects.json": DocumentState(tried="2026-11-22")}))
    assert copies.state().documents["projects.json"].tried == "2026-11-22"
    (tmp_path / "data/north/state.json").write_text("{", "utf-8")
    assert copies.state().documents == {}


def trend_page(*lines: MonthLine) -> JustHTML:
    about = NetworkFile.model_validate(
        {
            "name": "Network",
            "address": "https://hub.example.org/",
            "regions": {"north": {"title": "North", "address": "https://north.example.org/"}},
        }
    )
    region = Gathered("north", about.regions["north"], None, None, {}, lines)
    settings: dict[str, Any] = {"network": Network(about, (region,), ())}
    views = Views(PageContext(Portfolio(real(), TODAY), lambda path, anchor: f"/{path}#{anchor}", **settings))
    return JustHTML(views.show("hub_trend"), fragment=True, sanitize=False)


def test_the_months_of_one_edition_are_drawn_and_all_are_in_the_table() -> None:
    page = trend_page(
        line("2026-08", v2026_1=[5]),
        line("2026-09", v2026_2=[0, 1]),
        line("2026-10", v2026_2=[0, 0, 1]),
        line("2026-11", act=4, v2026_2=[0, 0, 0, 1]),
    )
    assert len(find(page, ".nav-path")) == 1
    assert [text(head) for head in find(page, "tr[data-month] th")] == ["2026-11", "2026-10", "2026-09", "2026-08"]
    assert text(find(page, "p")[0]) == "Findings to act on: 1 in 2026-08, 4 in 2026-11. Projects: 5 then, 1 now."
    assert "had answered edition v2026.2" in text(find(page, "p")[1])


def test_without_two_months_that_can_be_compared_nothing_is_drawn() -> None:
    for lines in ((), (line("2026-11", v2026_2=[1]),), (line("2026-10", v2026_1=[1]), line("2026-11", v2026_2=[1]))):
        page = trend_page(*lines)
        assert find(page, ".nav-path") == []
        assert text(page.root).strip()  # type: ignore[arg-type]
