"""Regions with real Git: they fork, tailor and take in editions, and nothing of theirs is lost or stops a merge."""

from __future__ import annotations

import functools
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.load.handbook import load
from macros.model.status_file import ProjectKind
from tests.support.region_world import (
    TODAY,
    BuildRegion,
    Said,
    World,
    area,
    command,
    commit,
    contents,
    dump,
    expected,
    git,
    run,
)
from tests.support.site import Page, Site, find, text

CHANGED = {
    ("change", "reworded_and_changed", "changed"),
    ("change", "asked_anew_and_changed", "changed"),
    ("change", "slower_and_changed", "changed"),
    ("change", "retired_and_changed", "retired"),
    ("change", "gate_on", "superfluous"),
    ("waive", "waived_and_reworded", "changed"),
}
RETIRED_LATER = {("waive", "retired_and_waived", "retired")}
STEPS = [("v2026.1", "v2026.2"), ("v2026.1", "v2026.3"), ("v2026.2", "v2026.3")]


def at(world: World, edition: str) -> Path:
    """Give the region's repository once it has merged an edition."""
    return {"v2026.1": world.first, "v2026.2": world.second, "v2026.3": world.third}[edition]


@functools.cache
def report(world: World, old: str, new: str) -> dict[str, Any]:
    said = command(at(world, new), "upstream", old, "--format", "json")
    assert said.status == 0, said
    assert said.err == ""
    return dict(json.loads(said.out))


# --- merging ---


@pytest.mark.parametrize("edition", ["v2026.2", "v2026.3"])
def test_a_merge_changes_nothing_that_is_the_regions_own(world: World, edition: str) -> None:
    mine = {**contents(world.first, "region"), **{f"projects/{n}.yml": b"" for n in ("alpha", "beta")}}
    before, after = (contents(root, "region", "projects", ".github") for root in (world.first, at(world, edition)))
    for path in [*mine, ".github/workflows/region-hello.yml", ".github/CODEOWNERS"]:
        assert after[path] == before[path], path
    changed = {path for path in after if path.startswith("projects/") and after[path] != before.get(path)}
    assert len(changed) == 2, "upstream's own examples came in"


def test_a_merge_brings_everything_of_upstream(world: World) -> None:
    names = git(world.third, "diff", "--name-only", "v2026.3", "HEAD").split("\n")
    own = ("region/", "projects/", ".github/workflows/region-", ".github/CODEOWNERS")
    assert [name for name in names if not name.startswith(own)] == []


def test_an_edition_can_be_skipped(world: World) -> None:
    trees = {git(root, "rev-parse", "HEAD^{tree}") for root in (world.third, world.skipped)}
    assert len(trees) == 1


@pytest.mark.parametrize("edition", ["v2026.2", "v2026.3"])
def test_after_a_merge_nothing_stops_publishing(world: World, edition: str) -> None:
    said = command(at(world, edition), "check", "--format", "json")
    assert said.status == 0, said
    found = problems(said)
    assert {it["severity"] for it in found} <= {"slip", "hint"}
    files = {it["file"] for it in found}
    own = {f"region/{name}" for name in ("overlay.yml", "region.yml", "pages/visit.md")}
    assert files <= own | {"projects/alpha.yml", "projects/beta.yml"}


def problems(said: Said) -> list[dict[str, Any]]:
    data = json.loads(said.out)
    return list(data["problems"] if isinstance(data, dict) else data)


# --- the report ---


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_the_report_says_exactly_what_upstream_has_changed(world: World, old: str, new: str) -> None:
    found, want = report(world, old, new), expected(old, new, world.part)
    assert (found["old"], found["new"]) == (old, new)
    assert set(found["added"]) == want.added
    assert found["reworded"] == want.reworded
    assert found["meaning"] == want.meaning
    assert found["retired"] == want.retired
    assert {name: set(fields) for name, fields in found["settings"].items()} == want.settings
    assert [found[mistake] for mistake in ("silent", "lost", "reused", "moved")] == [[], [], [], []]


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_the_report_names_every_entry_to_look_at_and_no_other(world: World, old: str, new: str) -> None:
    found = {(entry["what"], entry["item"], entry["why"]) for entry in report(world, old, new)["entries"]}
    want = CHANGED | (RETIRED_LATER if new == "v2026.3" else set())
    assert found == {(what, world.part[part], why) for what, part, why in want}


def test_the_report_names_what_is_altered_beside_the_items(world: World) -> None:
    made = report(world, "v2026.1", "v2026.3")
    found = {(it["layer"], it["kind"], it["what"], it["name"]): it["fields"] for it in made["altered"]}
    country = world.part["waived_by_the_country"]
    assert found["", "threshold", "changed", "imbalance-act"] == {"": ["3", "2"]}
    assert list(found["", "partner", "changed", "innovation-office"]) == ["about"]
    assert found["Sweden", "waive", "new", country]["because"][1] == "The agency asks for it later."
    assert {kind for _, kind, what, _ in found if what == "changed"} >= {"rule", "motion"}
    assert made["renamed"] == {"old-guide.md": "new-guide.md"}
    assert set(made["pages"]["new"]) == {"new-guide.md", "second.md"}
    assert set(made["pages"]["gone"]) == {"old-guide.md", "short-lived.md"}
    assert "about.md" in made["pages"]["changed"]
    assert made["pages"]["program"] > 0


def test_the_report_says_what_is_left_in_the_regions_own_files(world: World) -> None:
    part = world.part
    left = {(it["file"], it["kind"], it["sentence"]) for it in report(world, "v2026.1", "v2026.3")["left"]}
    gone = ("retired", "retired_and_changed", "retired_and_waived", "retired_and_provided")
    overlay = {("region/overlay.yml", "retired-item", f'"{part[name]}" is no longer asked') for name in gone}
    region = ("region/region.yml", "retired-item", f'"{part["retired_and_provided"]}" is no longer asked')
    waiver = f'"{part["waived"]}" is required by {third_item(world)}'
    assert left >= {*overlay, region, ("region/overlay.yml", "waived-but-required", waiver)}


def test_the_report_says_which_findings_the_new_numbers_bring(world: World) -> None:
    made = {(it["id"], it["route"]): it["effect"] for it in report(world, "v2026.1", "v2026.3")["projects"]}
    assert any(effect and (effect["opened"] or effect["closed"] or effect["exits"]) for effect in made.values())


def test_adapt_raises_no_edition_while_something_is_left_to_decide(world: World) -> None:
    root = world.copy(world.third, "undecided")
    said = command(root, "adapt", "--all")
    assert said.status == 1
    assert "The edition stays v2026.1 until this is decided.\n" in said.out
    assert f'"{world.part["waived"]}" is required by {third_item(world)} [waived-but-required]' in said.out
    assert f'"{world.part["retired"]}" is no longer asked [retired-item]' in said.out
    overlay = yaml.safe_load((root / "region/overlay.yml").read_text("utf-8"))
    assert overlay["edition"] == "v2026.1"
    assert command(root, "check").status == 0
    # Who raises it nevertheless, or merges between two editions, still publishes.
    path = root / "region/overlay.yml"
    path.write_text(path.read_text("utf-8").replace("edition: v2026.1", "edition: v2026.3"), "utf-8")
    assert command(root, "check").status == 0


def test_the_report_puts_old_new_and_ours_side_by_side(world: World) -> None:
    entries = {entry["item"]: entry for entry in report(world, "v2026.1", "v2026.2")["entries"]}
    slower = entries[world.part["slower_and_changed"]]
    assert list(slower["shared"]) == ["lead-time"]
    assert slower["shared"]["lead-time"][1].startswith("31 months")
    assert slower["ours"] == {"because": "The region does it.", "owner": "region"}
    reworded = entries[world.part["reworded_and_changed"]]
    assert list(reworded["shared"]) == ["done-when"]
    assert reworded["ours"]["note"] == "Write to the unit first."


@pytest.mark.parametrize(("old", "new"), STEPS[:2])
def test_the_report_says_for_each_project_what_to_answer_again(world: World, old: str, new: str) -> None:
    want = expected(old, new, world.part)
    kept = set(want.retired) - {world.part["retired_and_waived"]}
    found = {(it["id"], it["route"]): it for it in report(world, old, new)["projects"]}
    routes = ("hospital-exemption", "central-authorisation")
    assert set(found) == {("alpha", "central-authorisation")} | {("beta", route) for route in routes}
    alpha = found["alpha", "central-authorisation"]
    assert set(alpha["again"]) == set(want.meaning)
    assert set(alpha["new"]) == want.added
    assert alpha["kept"] == {name: want.retired[name] for name in kept}
    answered = {world.part[name] for name in ("asked_anew", "retired", "reworded")}
    for route in routes:
        beta = found["beta", route]
        assert set(beta["again"]) == answered & set(want.meaning)
        assert set(beta["new"]) == want.added
        assert set(beta["kept"]) == {world.part["retired"]}


@pytest.mark.parametrize(("old", "new"), STEPS[:2])
def test_the_report_gives_the_level_before_and_after_and_once_confirmed(world: World, old: str, new: str) -> None:
    book = load(world.upstream, TODAY)
    asked_anew = [f"{area(world.part['reworded'])}/second-gate", world.part["gate_asked_anew"]]
    held: dict[str, int] = {}
    for name in asked_anew:
        item = book.items[name]
        held[item.track] = min(held.get(item.track, 10), item.stage)
    (alpha,) = (it for it in report(world, old, new)["projects"] if it["id"] == "alpha")
    assert alpha["levels"] == {track: [9, 9, held.get(track, 10) - 1] for track in book.frame.tracks}


def test_the_report_is_read_in_a_terminal_and_on_a_forge(world: World) -> None:
    shown = command(world.third, "upstream", "v2026.1").out
    assert shown.startswith("# Upgrade from v2026.1 to v2026.3\n")
    assert f"python -m macros adapt {world.part['reworded_and_changed']}`" in shown
    assert "lead-time 31 months" in shown
    assert not re.search(r"&#\d+;|<!--", shown)
    marked = command(world.third, "upstream", "v2026.1", "--format", "markdown").out
    assert "v2026&#46;1" in marked


def test_a_report_does_not_wait_until_every_problem_is_solved(world: World) -> None:
    root = world.copy(world.third, "with-problems")
    with (root / "region/overlay.yml").open("a", encoding="utf-8") as file:
        file.write("  unmet-need/nothing-like-it: {because: A slip of the pen.}\n")
    (root / "projects/gamma.yml").write_text("title: [\n", "utf-8")
    said = command(root, "upstream", "v2026.1", "--format", "json")
    assert said.status == 0
    assert json.loads(said.out)["projects"] == report(world, "v2026.1", "v2026.3")["projects"]
    assert said.err == "projects/gamma.yml cannot be read and is left out; `check` says why.\n"


def test_an_edition_whose_tag_is_missing_is_asked_for(world: World) -> None:
    said = command(world.third, "upstream", "v2025.9")
    assert said.status == 2
    assert "git fetch upstream --tags" in said.err


def test_what_the_same_edition_was_given_since_a_commit_is_no_mistake(world: World) -> None:
    """A region may take in upstream between two editions."""
    root = world.fork("between")
    before = git(root, "rev-parse", "HEAD")
    name = world.part["changed"]
    path = next((root / "checklists").glob(f"*/{area(name)}.yml"))
    found = re.search(rf"(?m)^  {name.partition('/')[2]}:\n(    .*\n)*?    done-when: .*\n", path.read_text("utf-8"))
    assert found
    new = re.sub(r"(?m)^    done-when: .*\n", "    done-when: In other words.\n", found[0])
    new += "    revised: [{edition: v2026.3, kind: wording, note: Shorter.}]\n"
    path.write_text(path.read_text("utf-8").replace(found[0], new), "utf-8")
    made = json.loads(command(root, "upstream", before, "--format", "json").out)
    assert made["reworded"] == {name: ["Shorter."]}
    assert made["silent"] == []
    git(root, "reset", "--quiet", "--hard")


# --- after the review ---


@pytest.fixture(scope="module")
def reviewed(world: World) -> Path:
    """The region after everything the report asks for was done."""
    root = world.copy(world.third, "reviewed")
    book = load(root, TODAY)
    overlay = yaml.safe_load((root / "region/overlay.yml").read_text("utf-8"))
    for part in ("retired_and_changed", "gate_on"):
        del overlay["change"][world.part[part]]
    del overlay["waive"][world.part["retired_and_waived"]]
    gone = world.part["retired_and_provided"]
    overlay["rules-in-motion"]["fjallmark-law"]["items"].remove(gone)
    for item in [item for items in overlay["add"].values() for item in items.values() if "requires" in item]:
        item["requires"] = [name for name in item["requires"] if name not in book.retired]
    overlay["rules-in-motion"]["fjallmark-law"]["date"] = "2027-05-01"
    overlay["rules-in-motion"]["fjallmark-law"]["checked"] = "2026-10-01"
    dump(root / "region/overlay.yml", overlay)
    overlay["waive"][world.part["waived"]].setdefault("releases", []).append(third_item(world))
    dump(root / "region/overlay.yml", overlay)
    region = root / "region/region.yml"
    region.write_text(region.read_text("utf-8").replace(f"    - {gone}\n", ""), "utf-8")
    assert command(root, "adapt", "--all").status == 0
    for path in (root / "projects/alpha.yml", root / "projects/beta.yml"):
        answers(path, world)
    page = root / "region/pages/visit.md"
    text = page.read_text("utf-8").replace("old-guide", "new-guide")
    page.write_text(text.replace("[the page for a while](../short-lived.md)", "its notes"), "utf-8")
    return root


def third_item(world: World) -> str:
    """Name the item of the third edition that requires one which the region does not use."""
    return f"{area(world.part['changed'])}/third-item"


def answers(path: Path, world: World) -> None:
    """Answer what is new, drop what is no longer asked, and name the new edition, as a team does."""
    lines = path.read_text("utf-8")
    data = yaml.load(lines, yaml.BaseLoader)  # dates stay text
    data["checklist"] = "v2026.3"
    for part in ("retired", "retired_and_changed", "retired_and_provided", "waived_by_the_country"):
        data["status"].get(area(world.part[part]), {}).pop(world.part[part].partition("/")[2], None)
    if path.stem == "alpha":
        for name in expected("v2026.1", "v2026.3", world.part).added:
            met = {"status": "met", "since": "2026-10-01", "evidence": "New"}
            data["status"].setdefault(area(name), {})[name.partition("/")[2]] = met
    dump(path, data)


def test_after_the_review_the_report_asks_for_nothing(reviewed: Path) -> None:
    made = json.loads(command(reviewed, "upstream", "v2026.1", "--format", "json").out)
    assert made["entries"] == []
    assert [it["id"] for it in made["projects"] if it["again"] or it["new"] or it["kept"]] == []
    shown = command(reviewed, "upstream", "v2026.3").out
    for sentence in ("No item has changed.", "Every entry still fits.", "No project has anything to answer again."):
        assert sentence in shown


def test_after_the_review_the_check_has_nothing_to_say(reviewed: Path) -> None:
    said = command(reviewed, "check", "--format", "json")
    assert said.status == 0
    assert problems(said) == []
    assert "edition: v2026.3\n" in (reviewed / "region/overlay.yml").read_text("utf-8")


# --- the site ---


def test_the_site_builds_strictly_after_each_merge(
    world: World, third_site: Site, build_region: BuildRegion, tmp_path: Path
) -> None:
    done = build_region(world.second, tmp_path / "site")
    assert done.returncode == 0, done.stdout
    assert third_site.pages


@pytest.fixture
def pages(third_site: Site) -> dict[str, Page]:
    return third_site.pages


def words(page: Page) -> str:
    (main,) = find(page.tree, "article")
    return text(main)


def test_a_project_shows_both_readings_of_its_levels(pages: dict[str, Page]) -> None:
    shown = words(pages["projects/alpha/"])
    assert "Answered for edition v2026.1; the checklists are at v2026.3." in shown
    assert "level 9 (v2026.1); under v2026.3 2 until these are answered" in shown
    assert "level 9 (v2026.1); the same under v2026.3" in shown


def test_a_project_shows_what_is_new_asked_differently_and_no_longer_asked(
    pages: dict[str, Page], world: World
) -> None:
    shown = words(pages["projects/alpha/"])
    assert "New: " in shown
    assert "Do what edition v2026.2 asks first" in shown
    assert shown.count("Asked differently since:") == len(expected("v2026.1", "v2026.3", world.part).meaning)
    assert "No longer asked; your answers are kept:" in shown
    assert world.part["retired"] in shown


def test_the_region_shows_what_differs_here(pages: dict[str, Page], world: World) -> None:
    shown = words(pages["region/differences/"])
    assert "Fjällmark was last reviewed against edition v2026.1." in shown
    for reason in ("one of us was forgotten", "Not needed here: waived.", "It is a gate here.", "Two units here"):
        assert (reason in shown) is (reason != "Two units here"), reason
    waived = pages[f"areas/{area(world.part['waived'])}/"]
    assert "Not used in Fjällmark: Not needed here: waived." in words(waived)


def test_a_link_to_a_retired_item_still_arrives_and_says_where_it_went(pages: dict[str, Page], world: World) -> None:
    gone = world.part["retired_and_provided"]
    page = pages[f"areas/{area(gone)}/"]
    assert gone.partition("/")[2] in page.ids
    assert "Answered elsewhere since v2026.3. Not asked since edition v2026.3." in words(page)


def test_the_site_is_the_regions(pages: dict[str, Page]) -> None:
    page = pages["region/visit/"]
    assert "Fjällmark Navigator" in text(page.one("title"))
    assert [link for link in page.all("a.md-content__button") if "/edit/main/region/pages/visit.md" in str(link.attrs)]
    assert page.all("article img[src='../assets/house.svg']")
    assert {url.split("/")[1] for url in pages if url.startswith("projects/") and url.count("/") == 2} >= {"alpha"}
    assert {"projects/retinal-cells/", "projects/example-alpha/"}.isdisjoint(pages), "illustrations step aside"


def test_links_of_the_region_lead_to_a_renamed_page_and_stop_nothing_where_one_is_gone(pages: dict[str, Page]) -> None:
    page = pages["region/visit/"]
    assert [text(link) for link in page.all("article a[href='../../new-guide/']")] == ["the old guide"]
    assert "the page for a while" in words(page)
    assert [text(link) for link in page.all("article a[href]") if text(link) == "the page for a while"] == []
    assert "Moved: new-guide" in text(pages["old-guide/"].one("title"))


def test_the_pencil_opens_shared_pages_upstream_and_the_regions_own_in_its_repository(pages: dict[str, Page]) -> None:
    shared, own = "https://forge.example.org/navigator/edit/main/", "https://github.com/fjallmark/navigator/edit/main/"
    for url, start in {
        "about/": f"{shared}docs/about.md",
        "levels/": f"{shared}docs/levels.md",
        "areas/analytics/": f"{shared}docs/areas/analytics.md",
        "areas/supply/": shared,
        "projects/glybera/": f"{shared}projects/glybera.yml",
        "projects/alpha/": f"{own}projects/alpha.yml",
        "region/visit/": f"{own}region/pages/visit.md",
        "region/differences/": f"{own}region/",
    }.items():
        (link,) = pages[url].all("a.md-content__button[rel='edit']") or pages[url].all("a.md-content__button")
        assert str(link.attrs["href"]).startswith(start), url


# --- the guard ---


def test_the_guard_is_content_with_a_region_that_stays_in_its_place(world: World) -> None:
    for root, taken in ((world.first, "v2026.1"), (world.second, "v2026.2"), (world.skipped, "v2026.3")):
        for revision in ("upstream/main", taken):
            assert command(root, "region", "guard", revision) == Said(0, "No file of upstream was edited.\n", "")


def test_the_guard_names_what_was_edited_deleted_and_renamed(world: World) -> None:
    root = world.copy(world.second, "guarded")
    with (root / "README.md").open("a", encoding="utf-8") as file:
        file.write("Ours.\n")
    git(root, "rm", "--quiet", "docs/second.md")
    git(root, "mv", "macros/text/dates.py", "macros/text/tage.py")
    (root / "docs/ours.md").write_text("# Ours\n", "utf-8")
    (root / "region/pages/more.md").write_text("# More\n", "utf-8")
    commit(root, "Edit what is not ours")
    (root / "Makefile").write_text("# not committed yet\n", "utf-8")
    said = command(root, "region", "guard", "upstream/main")
    lines = said.out.splitlines()
    assert said.status == 1
    edited = [line.split(" ")[0] for line in lines if "was edited here" in line]
    assert edited == ["Makefile", "README.md", "docs/second.md", "macros/text/dates.py"]
    assert [line.split(" ")[0] for line in lines if "may put a file" in line] == ["docs/ours.md", "macros/text/tage.py"]


def test_the_guard_fetches_the_branch_that_mkdocs_names_where_no_revision_is_given(world: World) -> None:
    root = world.copy(world.third, "guarded-by-itself")
    git(root, "config", f"url.{world.upstream}.insteadOf", "https://forge.example.org/navigator")
    assert command(root, "region", "guard") == Said(0, "No file of upstream was edited.\n", "")
    with (root / "docs/about.md").open("a", encoding="utf-8") as file:
        file.write("Ours.\n")
    said = command(root, "region", "guard")
    assert said.status == 1
    assert "docs/about.md belongs to upstream and was edited here" in said.out
    git(root, "config", f"url.{root / 'nowhere'}.insteadOf", "https://forge.example.org/navigator")
    git(root, "config", "--unset", f"url.{world.upstream}.insteadOf")
    said = command(root, "region", "guard")
    assert said.status == 2
    assert "cannot be fetched. Name a revision of it, such as upstream/main." in said.err


def test_the_guard_does_not_take_upstreams_own_words_for_an_edit(world: World) -> None:
    """A squashed merge leaves no trace of what it took in, and a fix may come before its edition."""
    root = world.copy(world.first, "squashed")
    git(root, "merge", "--squash", "--quiet", "v2026.2")
    commit(root, "Take in the second edition")
    assert command(root, "region", "guard", "v2026.2").status == 0
    git(root, "checkout", "--quiet", "v2026.3", "--", "README.md")
    commit(root, "Take a fix from the third")
    assert "README.md" not in command(root, "region", "guard", "v2026.3").out


def test_the_guard_says_when_it_cannot_compare(world: World, tmp_path: Path) -> None:
    said = command(world.first, "region", "guard", "upstream/nothing")
    assert said.status == 2
    assert 'no revision "upstream/nothing"' in said.err
    said = command(world.first, "region", "guard", "--", "--all")
    assert (said.status, said.out) == (2, "")
    root = world.copy(world.first, "alone")
    git(root, "checkout", "--quiet", "--orphan", "alone")
    commit(root, "Begin anew")
    said = command(root, "region", "guard", "upstream/main")
    assert said.status == 2
    assert "nothing in common" in said.err
    assert command(tmp_path, "region", "guard", "upstream/main").status == 2


# --- the first files ---

NAMES = [
    "Testland",
    "Skåne",
    "Île-de-France",
    "Provence-Alpes-Côte d'Azur",
    "St. Gallen & Appenzell",
    "yes",
    "null",
    "- a: #b",
    "*all* _of_ `it`",
    '<b>Bold</b> "quoted" {{ 1 / 0 }} {% raw %} [x](javascript:y) \\',
]


@pytest.mark.parametrize("name", NAMES)
def test_what_init_writes_passes_the_check_untouched(world: World, tmp_path: Path, name: str) -> None:
    said = command(world.upstream, "region", "init", name, "--country", "sweden", home=tmp_path)
    assert said.status == 0, said
    assert set(contents(tmp_path, ".")) == {"region/region.yml", "region/overlay.yml", "region/pages/index.md"}
    said = command(world.upstream, "check", "region", home=tmp_path)
    assert said.out.startswith("No problems.\n"), said
    assert load(world.upstream, TODAY, tmp_path).region.name == " ".join(name.split())  # type: ignore[union-attr]


def test_what_init_writes_builds_strictly_untouched_whatever_the_name(
    world: World, build_region: BuildRegion, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert command(world.upstream, "region", "init", NAMES[-1], home=home).status == 0
    done = build_region(world.upstream, tmp_path / "site", home)
    assert done.returncode == 0, done.stdout
    page = Page("region/", (tmp_path / "site/region/index.html").read_text("utf-8"))
    assert f"This is the Navigator of {NAMES[-1]}." in words(page)
    assert page.all("b") == []
    assert page.all("a[href^='javascript']") == []
    for url in ("", "region/differences/"):
        page = Page(url, (tmp_path / f"site/{url}index.html").read_text("utf-8"))
        assert NAMES[-1] in text(page.one("header"))
        assert page.all("b") == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([""], "gives no name"),
        (["Αττική"], "letters from A to Z"),
        (["1st region"], "gives no name"),
        (["A\nB"], "gives no name"),
        (["x" * 60], "at most 48"),
        (["A", "--country", "atlantis"], 'no layer for "atlantis" in checklists/countries/. There is: sweden.'),
        (["A", "--country", "../navigator"], "no layer"),
        (["A", "--address", "http://a.example/"], "not an address"),
        (["A", "--address", 'https://a.example/"\nname: x'], "not an address"),
        (["A", "--thin", "{tmp}/thin", "--upstream", "https://a.example/a b"], "cannot be used as an address"),
        (["A", "--thin", "{tmp}/thin", "--upstream", "$(touch owned)"], "cannot be used as an address"),
    ],
)
def test_init_refuses_what_cannot_work_and_writes_nothing(
    world: World, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    given = [argument.replace("{tmp}", str(tmp_path)) for argument in arguments]
    said = command(world.upstream, "region", "init", *given, home=tmp_path)
    assert said.status == 2
    assert sentence in said.err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("there", ["region/overlay.yml", "region/pages/index.md", "Makefile"])
def test_init_never_writes_over_a_file(world: World, tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("mine", "utf-8")
    said = command(world.upstream, "region", "init", "A", "--thin", str(tmp_path), "--upstream", "https://a.example/a")
    assert said.status == 2
    assert f"{there} exists already; nothing was written." in said.err
    assert contents(tmp_path, ".") == {there: b"mine"}


def test_an_address_gets_its_slash(world: World, tmp_path: Path) -> None:
    assert command(world.upstream, "region", "init", "A", "--address", "https://a.example/b", home=tmp_path).status == 0
    assert "  address: https://a.example/b/\n" in (tmp_path / "region/region.yml").read_text("utf-8")


def test_a_thin_repository_needs_to_know_where_upstream_is(world: World, tmp_path: Path) -> None:
    said = command(world.upstream, "region", "init", "A", "--thin", str(tmp_path))
    assert (said.status, said.err) == (2, "Say where the shared handbook is fetched from: --upstream ADDRESS.\n")
    said = command(world.first, "region", "init", "A", "--thin", str(tmp_path))
    assert said.status == 0
    assert f"repository: {world.upstream}\n" in (tmp_path / "region/upstream.yml").read_text("utf-8")


# --- a folder elsewhere ---


@pytest.fixture
def home(world: World, tmp_path: Path) -> Path:
    """A region in a folder of its own, for the shared handbook elsewhere."""
    assert command(world.upstream, "region", "init", "Nordland", home=tmp_path).status == 0
    product = ["--modality", "allogeneic-cell", "--route", "central-authorisation", "--lead", "hospital"]
    product += ["--summary", "Cells of one donor."]
    said = command(world.upstream, "new", "first", *product, home=tmp_path)
    assert said.status == 0, said
    return tmp_path


def test_a_new_project_goes_to_the_region_and_never_by_the_name_of_another(world: World, home: Path) -> None:
    assert (home / "projects/first.yml").is_file()
    assert git(world.upstream, "status", "--porcelain") == ""
    taken = next((world.upstream / "projects").glob("*.yml")).stem
    product = ["--modality", "allogeneic-cell", "--route", "central-authorisation", "--lead", "hospital"]
    product += ["--summary", "Cells of one donor."]
    for name in ("first", taken):
        said = command(world.upstream, "new", name, *product, home=home)
        assert said.status == 2
        assert f'There is a project "{name}" already' in said.err


def test_an_example_steps_aside_for_a_project_of_the_same_name(world: World, home: Path) -> None:
    example = next((world.upstream / "projects").glob("*.yml"))
    (home / "projects/first.yml").rename(home / "projects" / example.name)
    said = command(world.upstream, "check", home=home)
    assert said.status == 0, said
    assert f"projects/{example.name}: an example of the shared handbook has this name too; yours is shown" in said.out
    assert load(world.upstream, TODAY, home).projects[example.stem].kind is ProjectKind.PROJECT


@pytest.mark.parametrize("how", ["projects/first.yml", "{home}/projects/first.yml", "{relative}/projects/first.yml"])
def test_files_of_the_region_can_be_named_in_every_way(world: World, home: Path, how: str) -> None:
    relative = Path(*[".."] * len(world.upstream.parts[1:]), *home.parts[1:])
    name = how.format(home=home, relative=relative)
    path = home / "projects/first.yml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title:\t"), "utf-8")
    said = command(world.upstream, "check", name, "region/overlay.yml", home=home)
    assert said.status == 1
    assert "projects/first.yml:" in said.out
    said = command(world.upstream, "check", name, "--fix", home=home)
    assert "\t" not in path.read_text("utf-8")
    assert said.status == 0, said
    marked = command(world.upstream, "check", "--format", "github", "--touched", name, home=home)
    assert marked.status == 0


def test_the_regions_own_schema_is_written_beside_it(world: World, home: Path) -> None:
    said = command(world.upstream, "write", home=home)
    assert (said.status, said.out) == (0, "region/schema/project.json is new.\n")
    assert command(world.upstream, "write", home=home).out == "Everything is fresh.\n"
    assert git(world.upstream, "status", "--porcelain") == ""


def test_entries_are_accepted_in_the_region(world: World, home: Path) -> None:
    overlay = home / "region/overlay.yml"
    name = world.part["changed"]
    overlay.write_text(
        overlay.read_text("utf-8").replace("change: {}", f"change: {{{name}: {{because: So.}}}}"), "utf-8"
    )
    said = command(world.upstream, "adapt", name, home=home)
    assert said.status == 0, said
    assert "against: " in overlay.read_text("utf-8")


def test_compare_looks_at_the_regions_history(world: World, home: Path) -> None:
    git(home, "init", "--quiet", "--initial-branch", "main")
    commit(home, "Begin")
    path = home / "projects/first.yml"
    path.write_text(path.read_text("utf-8").replace("    need-statement:", "    need-statement: not-met"), "utf-8")
    said = command(world.upstream, "compare", "HEAD", "--format", "json", home=home)
    assert said.status == 0, said
    assert [change["id"] for change in json.loads(said.out)["projects"]] == ["first"]


def test_an_upgrade_of_the_handbook_elsewhere_is_reported(world: World, home: Path) -> None:
    made = json.loads(command(world.upstream, "upstream", "v2026.1", "--format", "json", home=home).out)
    assert set(made["added"]) == expected("v2026.1", "v2026.3", world.part).added


@pytest.mark.parametrize("words", [["check"], ["write"], ["upstream", "v2026.1"], ["region", "init", "A"]])
def test_a_folder_that_is_not_there_is_named(world: World, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "file").touch()
    for name in ("nothing", "file"):
        said = command(world.upstream, *words, home=tmp_path / name)
        assert said.status == 2
        assert said.err == f'NAVIGATOR_HOME says "{tmp_path / name}", and there is no such folder.\n'


def test_a_folder_that_is_the_repository_itself_is_no_other(world: World, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(world.first)
    for name in (".", world.first, tmp_path / "link"):
        assert command(world.first, "check", home=name) == command(world.first, "check")


PREVIEW = """\
import json, sys
from mkdocs.config import load_config
config = load_config("mkdocs.yml")
config.site_url = "http://127.0.0.1:8000/"
config = config.plugins.on_config(config)
print(json.dumps([config.watch, config.site_url, config.site_name]))
"""


def test_a_preview_watches_the_region_and_keeps_its_own_address(world: World, home: Path) -> None:
    done = run(sys.executable, "-c", PREVIEW, cwd=world.upstream, NAVIGATOR_HOME=str(home))
    assert done.returncode == 0, done.stdout
    watched, address, name = json.loads(done.stdout.splitlines()[-1])
    assert {str(home / "region"), str(home / "projects")} <= set(watched)
    assert (address, name) == ("http://127.0.0.1:8000/", "Nordland Navigator")


def test_a_build_says_that_the_folder_is_not_there(world: World, build_region: BuildRegion, tmp_path: Path) -> None:
    done = build_region(world.upstream, tmp_path / "site", tmp_path / "nothing")
    assert done.returncode == 1
    assert "there is no such folder" in done.stdout
    assert "Traceback" not in done.stdout
