"""A hub over three regions, from the commands of its guide: what is fetched, what is kept, and what its pages show."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from playwright.sync_api import Browser

from tests.support import hub
from tests.support.browser import opened, served, visit
from tests.support.hostile import STRINGS
from tests.support.paths import ROOT
from tests.support.region_world import Said, command, run
from tests.support.site import Build, Page, Site, attributes, find, text
from tests.support.survey import barriers

GUIDE = (ROOT / "docs/regions/hub.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)
NORTH = [hub.difference("trial/first-cohort", "changed", fields=["owner"], gate=True)]
SOUTH = [
    hub.difference("trial/first-cohort", "waived", gate=True),
    *(hub.difference(f"trial/south-{place}", "added", title=word) for place, word in enumerate(STRINGS.values())),
]


@dataclass
class Hub:
    """A repository of a hub, and the server that stands for the sites of all its regions."""

    home: Path
    address: str

    def fetch(self, seconds: float = 20) -> Said:
        instead = [f"{name}={self.address}{name}/" for name in hub.TITLES]
        return command(ROOT, "hub", "fetch", "--seconds", str(seconds), "--instead", *instead, home=self.home)

    def state(self, region: str) -> dict[str, Any]:
        state = json.loads((self.home / f"data/{region}/state.json").read_text("utf-8"))
        found: dict[str, Any] = state["documents"]["projects.json"]
        return found


def begun(folder: Path) -> list[str]:
    """Write the first files as the guide says; returns what was printed."""
    words = next(text for kind, text in BLOCKS if "hub init" in text).split("macros ")[1].strip()
    arguments = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', words)]
    arguments[arguments.index("../hub")] = str(folder)
    said = command(ROOT, *arguments, "--upstream", "https://forge.example.org/navigator.git")
    assert said.status == 0, said
    (folder / "network.yml").write_text(next(text for kind, text in BLOCKS if kind == "yaml"), "utf-8")
    return said.out.splitlines()


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub after two nights: in the second one the site of the south is slow, and that of the west broken."""
    home = tmp_path_factory.mktemp("hub") / "hub"
    begun(home)
    south = hub.hostile(hub.projects("south", hub.EARLIER))
    answers: dict[str, hub.Answer] = {}
    with hub.served(answers) as address:
        made = Hub(home, address)
        answers |= {
            f"north/{hub.PROJECTS}": hub.text({**hub.projects("north"), "mood": "sunny"}),
            f"north/{hub.REGION}": hub.text(hub.region("north", NORTH)),
            f"south/{hub.PROJECTS}": hub.text(south),
            f"south/{hub.REGION}": hub.text(hub.region("south", SOUTH, hub.EARLIER)),
            f"west/{hub.PROJECTS}": hub.text(hub.levels_only(hub.projects("west"), 2)),
        }
        assert made.fetch().status == 0
        answers |= {f"south/{hub.PROJECTS}": hub.dripping, f"west/{hub.PROJECTS}": b"<html>"}
        made.fetch(seconds=1)
        (home / "data/gone").mkdir()
        yield made


def test_the_first_files_are_those_of_the_guide(tmp_path: Path) -> None:
    written = begun(tmp_path / "hub")
    assert written == [f"{name} is written." for name in [
        "network.yml", "upstream.yml", "Makefile", ".gitignore", ".github/workflows/hub.yml", ".github/dependabot.yml"
    ]]  # fmt: skip
    assert set(yaml.safe_load((tmp_path / "hub/network.yml").read_text("utf-8"))["regions"]) == set(hub.TITLES)
    assert "No problems." in command(ROOT, "check", home=tmp_path / "hub").out


def test_every_target_of_the_guide_is_there_and_fetching_runs_the_command(tmp_path: Path) -> None:
    begun(tmp_path / "hub")
    make = shutil.which("make") or "make"
    targets = set(re.findall(r"`?make ([a-z]+)", GUIDE))
    assert targets == {"check", "fetch", "build", "serve"}
    for target in targets:
        assert run(make, "-n", target, cwd=tmp_path / "hub").returncode == 0
    assert "-m macros hub fetch" in run(make, "-n", "fetch", cwd=tmp_path / "hub").stdout


def test_what_is_late_or_broken_keeps_its_last_good_copy(gathered: Hub) -> None:
    assert gathered.state("north") == {
        "tried": "2026-11-22", "kept": "2026-11-22", "problem": "", "unknown": ["mood"]
    }  # fmt: skip
    assert gathered.state("south")["problem"] == "The site did not send the document within 1 seconds."
    assert gathered.state("west")["problem"] == "The document is not JSON: see line 1, column 1."
    for region in hub.TITLES:
        assert gathered.state(region)["kept"] == "2026-11-22"
        copy = json.loads((gathered.home / f"data/{region}/projects.json").read_text("utf-8"))
        assert len(copy["projects"]) + len(copy["levels_only"]) == 100


def test_each_region_has_one_line_for_a_month(gathered: Hub) -> None:
    for region in hub.TITLES:
        lines = (gathered.home / f"data/{region}/months.jsonl").read_text("utf-8").splitlines()
        (line,) = map(json.loads, lines)
        assert (line["month"], line["projects"], line["day"]) == ("2026-11", 100, "2026-11-22")
        (levels,) = line["levels"].values()
        assert {sum(numbers) for numbers in levels.values()} == {100}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--instead", "north=http://evil.example/"], '"north=http://evil.example/" does not fit.'),
        (["--instead", "east=http://127.0.0.1:1/"], '"east" is not in network.yml.'),
        (["--seconds", "-1"], "-1 seconds cannot be waited for."),
        (["--seconds", "nan"], "nan seconds cannot be waited for."),
    ],
)
def test_only_a_server_of_the_same_machine_stands_in_for_a_site_and_nobody_waits_for_ever(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    begun(tmp_path / "hub")
    said = command(ROOT, "hub", "fetch", *arguments, home=tmp_path / "hub")
    assert (said.status, sentence in said.err) == (2, True)


def test_a_repository_without_a_network_or_a_region_has_nothing_to_fetch(tmp_path: Path) -> None:
    said = command(ROOT, "hub", "fetch", home=tmp_path)
    assert (said.status, said.err.startswith("There is no network.yml here.")) == (2, True)
    (tmp_path / "network.yml").write_text("name: A\naddress: https://hub.example.org/\nregions: {}\n", "utf-8")
    said = command(ROOT, "hub", "fetch", home=tmp_path)
    assert (said.status, said.err) == (2, "network.yml names no region yet.\n")


# --- the site ---


@pytest.fixture(scope="module")
def hub_site(gathered: Hub, build: Build, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the hub, built once for all tests of this file."""
    built = build(ROOT, tmp_path_factory.mktemp("built") / "site", NAVIGATOR_HOME=str(gathered.home))
    assert built.status == 0, built.output
    return built


def cells(page: Page, selector: str) -> list[list[str]]:
    return [[text(cell) for cell in find(row, "th, td")] for row in page.all(selector)]


def test_a_hub_has_its_own_pages_and_no_other(hub_site: Site) -> None:
    assert set(hub_site.pages) == {
        "", "404.html", "bottlenecks/", "data/", "demand/", "differences/", "trend/"
    }  # fmt: skip
    assert not [file for file in hub_site.files if file.startswith(("api/", "schema/", "projects/", "assets/form/"))]


def test_every_project_is_shown_once_in_the_part_of_its_edition(hub_site: Site) -> None:
    parts = hub_site.pages[""].all(".nav-portfolio")
    numbers = {attributes(part)["data-nav-table"]: len(find(part, "tr[data-project]")) for part in parts}
    assert numbers == {"": 200, "v2026-1": 100}
    heads = [text(head).removesuffix("¶").strip() for head in hub_site.pages[""].all("h2")]
    assert heads == [f"Edition {hub.EDITION}: 200 projects", f"Edition {hub.EARLIER}: 100 projects"]


def test_of_some_projects_only_levels_are_published_and_some_are_not_shown(hub_site: Site) -> None:
    for number in range(2):
        (row,) = hub_site.pages[""].all(f"tr[data-project='west/p{number:03}']")
        assert text(find(row, "td")[2]) == "not published"
    (west,) = hub_site.pages[""].all("table tr[data-region=west]:not([data-project])")
    assert "100 and 3 that are not shown" in text(west)


def test_every_link_to_elsewhere_leads_to_the_site_of_a_region(hub_site: Site) -> None:
    for page in hub_site.pages.values():
        for link in page.all("a[href]"):
            address = attributes(link)["href"]
            if "://" in address or address.startswith(("javascript:", "data:", "//")):
                assert address.startswith(tuple(hub.SITES.values())), address


def test_every_link_within_the_hub_leads_to_a_page_of_it(hub_site: Site) -> None:
    for page in hub_site.pages.values():
        for link in page.all("a[href], link[rel=stylesheet]"):
            address, _, anchor = urljoin(f"/{page.url}", attributes(link)["href"]).partition("#")
            target = address.partition("?")[0].removeprefix("/")
            if "://" not in address:
                assert target in hub_site.pages or target in hub_site.files, address
            if anchor and target in hub_site.pages and anchor != "__skip":
                assert anchor in hub_site.pages[target].ids, address


def test_hostile_texts_are_text(hub_site: Site) -> None:
    rows = {attributes(row)["data-project"]: row for row in hub_site.pages[""].all("tr[data-project]")}
    for place, word in enumerate(STRINGS.values()):
        (link,) = find(rows[f"south/p{place:03}"], "th a")
        assert text(link) == " ".join(word.split())
        assert attributes(link)["href"] == f"{hub.SITES['south']}projects/p{place:03}/"
    for page in hub_site.pages.values():
        assert not [name for one in page.elements for name in attributes(one) if name.startswith("on")]
        assert page.all("article script, article img, article style") == []
        assert not [entry for entry in page.all("script") if "alert(1)" in text(entry)]


def test_regions_are_compared_item_by_item(hub_site: Site) -> None:
    rows = {row[0].split(" ")[-1]: row[1:] for row in cells(hub_site.pages["differences/"], "tr[data-item]")}
    assert rows["trial/first-cohort"] == ["adapted: owner", "not used, a gate"]
    assert rows["trial/south-0"] == ["–", "added"]
    assert "Region West" in text(hub_site.pages["differences/"].all(".nav-note")[0])


def test_bottlenecks_are_those_of_two_regions_or_more(hub_site: Site) -> None:
    rows = hub_site.pages["bottlenecks/"].all("tr[data-kind]")
    assert rows and {len(find(row, "details")) for row in rows} <= {2, 3}
    counted = [int(attributes(cell)["data-value"]) for row in rows for cell in find(row, 'td[data-label="Projects"]')]
    listed = [len(find(row, "details a")) for row in rows]
    assert counted == listed


def test_demand_of_all_regions_is_added_up(hub_site: Site) -> None:
    page = hub_site.pages["demand/"]
    assert {attributes(figure)["data-facility"] for figure in page.all("figure[data-facility]")} >= {"clean-room"}
    for name, title in hub.TITLES.items():
        links = [link for link in page.all("figure a") if attributes(link)["href"].startswith(hub.SITES[name])]
        assert links and all(text(link).endswith(f"({title})") for link in links)


def test_the_state_of_the_data_has_each_case_with_its_sentence(hub_site: Site) -> None:
    page = hub_site.pages["data/"]
    said = {
        (attributes(row)["data-region"], attributes(entry)["data-document"]): text(entry)
        for row in page.all("tr[data-region]")
        for entry in find(row, "li")
    }
    fetched, kept = "fetched on 2026-11-22.", "The copy of 2026-11-22 is shown. Last tried on 2026-11-22."
    none = "There is no copy that can be shown. Last tried on 2026-11-22."
    assert said == {
        ("north", "projects.json"): f"projects.json: {fetched} It has fields that this hub does not know and does not "
        "show: mood.",
        ("north", "region.json"): f"region.json: {fetched}",
        ("south", "projects.json"): f"projects.json: ◇ The site did not send the document within 1 seconds. {kept}",
        ("south", "region.json"): f"region.json: {fetched}",
        ("west", "projects.json"): f"projects.json: ◇ The document is not JSON: see line 1, column 1. {kept}",
        ("west", "region.json"): f"region.json: ◇ The site has no such document (status 404). {none}",
    }
    notes = " ".join(text(note) for note in page.all(".nav-note"))
    assert f"several editions of the checklists: {hub.EARLIER}, {hub.EDITION}." in notes
    assert "no longer in network.yml" in notes and "gone" in notes


def test_a_reader_filters_by_region_compares_and_reads_the_state(hub_site: Site, browser: Browser) -> None:
    with served(hub_site.folder) as address, opened(browser) as (page, wrong):
        visit(page, address)
        first = page.locator(".nav-portfolio").first
        page.locator("form.nav-filter select[name=region]").first.select_option("west")
        assert first.locator("tr[data-project]:visible").count() == 100
        assert "region=west" in page.url
        script = STRINGS["script"]
        assert page.locator("tr[data-project='south/p000'] th a").inner_text() == script
        page.get_by_role("link", name="How checklists differ").first.click()
        assert "adapted" in page.locator("tr[data-item='trial/first-cohort']").inner_text()
        page.get_by_role("link", name="State of the data").first.click()
        assert "is not JSON" in page.locator("tr[data-region=west]").inner_text()
        for name in ("", "differences/", "data/"):
            visit(page, address + name)
            assert barriers(page, (1280, 320), whole=False) == {1280: [], 320: []}
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            page.set_viewport_size({"width": 1280, "height": 900})
        assert wrong == []
