"""A region outside the European Union with two hospitals, made by the guides alone, in both shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.newcomer import Newcomer
from tests.support.region_world import command, git, run, shared_handbook, with_environment
from tests.support.site import Page, Site, text

pytestmark = pytest.mark.builds
ROUTE = "routes/testonia-national-authorisation/"


def in_a_fork(upstream: Path, folder: Path) -> Newcomer:
    git(folder.parent, "clone", "--quiet", str(upstream), str(folder))
    with_environment(folder)
    made = Newcomer(folder, upstream)
    made.type('.venv/bin/python -m macros region init "Testland"')
    return made


def in_a_thin_repository(upstream: Path, folder: Path) -> Newcomer:
    words = ("region", "init", "Testland", "--thin", str(folder), "--upstream", str(upstream))
    assert command(upstream, *words).status == 0
    commit_of = git(upstream, "rev-parse", "HEAD")
    done = run("make", f".navigator/{commit_of}", cwd=folder)
    assert done.returncode == 0, done.stdout
    with_environment(folder / ".navigator")
    return Newcomer(folder, upstream, thin=True)


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_handbook(tmp_path_factory.mktemp("upstream") / "navigator")


@pytest.fixture(scope="module", params=[in_a_fork, in_a_thin_repository])
def pages(request: pytest.FixtureRequest, upstream: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    made = request.param(upstream, tmp_path_factory.mktemp("region") / "testland")
    made.follow("layers.md")
    made.follow("additions.md")
    project = made.place / "projects/blood-cells.yml"
    written = project.read_text("utf-8")
    assert "# hospital: north  # one of: north, south" in written
    project.write_text(written.replace("# hospital: north ", "hospital: north "), "utf-8")
    made.type("make check")
    assert "No problems." in made.said["make check"], made.said["make check"]
    made.type("make build")
    return Site(made.place / (".navigator/site" if made.thin else "site"), 0, "").pages


def words(page: Page) -> str:
    return text(page.one("article"))


def test_what_only_the_country_has_is_on_the_pages_and_named_as_its_own(pages: dict[str, Page]) -> None:
    assert "Only in Testonia: levels of these projects are not compared" in words(pages[ROUTE])
    assert "Only in Testonia" in words(pages["partners/testonia-blood-service/"])
    assert "testonia-agency-decision" in pages["areas/testonia-access/"].ids
    assert "testonia-late-agency-meeting" in pages["rules/"].ids
    shown = words(pages["region/differences/"])
    assert shown.index("Testland") < shown.index("Routes only here (1)")
    assert "checklists/countries" not in shown
    assert "Who decides" in words(pages["region/set-up/"]) and "Medicines agency of Testonia" in words(
        pages["region/set-up/"]
    )


def test_levels_on_a_route_of_ones_own_are_said_to_be_not_comparable(pages: dict[str, Page]) -> None:
    shown = words(pages["projects/blood-cells/"])
    assert "The levels of this project are not compared with those of other regions" in shown
    assert "National authorisation in Testonia" in shown


def test_a_project_names_its_hospital_and_shows_whom_to_ask_there(pages: dict[str, Page]) -> None:
    project, set_up = words(pages["projects/blood-cells/"]), words(pages["region/set-up/"])
    assert "Northern hospital, unit for advanced therapies" in project
    assert "Southern hospital, cell laboratory" not in project
    assert "+999 20 123 456" in set_up
    assert "Projects: Blood cells" in set_up and "No project names this hospital." in set_up


def test_the_portfolio_can_be_filtered_by_hospital(pages: dict[str, Page]) -> None:
    page = pages["projects/"]
    assert [text(option) for option in page.all("select[name=hospital] option")] == [
        *("all", "Northern hospital", "Southern hospital")
    ]
    assert len(page.all("tr[data-project=blood-cells][data-hospital=north]")) == 1


def test_demand_on_a_facility_of_the_region_is_counted(pages: dict[str, Page]) -> None:
    assert "Clean room of the southern hospital" in words(pages["areas/manufacturing/"]) + words(pages["projects/"])
