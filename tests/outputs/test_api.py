"""What a site publishes for others: its form is a contract, and parts of a handbook fit together again."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.engine.portfolio import Portfolio
from macros.model.items import Layer
from macros.model.overlay import Overlay
from macros.model.region import RegionFile
from macros.model.resolve import resolve
from macros.outputs.api.gather import gather
from macros.outputs.api.projects import PATH, SCHEMA, Document, document
from macros.outputs.api.published import as_json
from macros.outputs.api.region import region_files
from tests.support.paths import ROOT, TESTS
from tests.support.portfolio import lines
from tests.support.site import LONG, Build, Site
from tests.support.small import TODAY, question, small_handbook, small_project

FROZEN = TESTS / "outputs/published"
"""The schema and a document as they were published first. They never change; a new version gets new ones."""


def published(site: Site, path: str) -> Any:
    return json.loads((site.folder / path).read_text("utf-8"))


@cache
def frozen(name: str) -> Any:
    return json.loads((FROZEN / name).read_text("utf-8"))


def complaints(schema: Any, found: Any) -> list[str]:
    Draft202012Validator.check_schema(schema)
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(found)]


def test_the_published_document_fits_its_schema(site: Site) -> None:
    assert complaints(published(site, SCHEMA), published(site, PATH)) == []


def test_whoever_read_the_first_document_can_read_this_one(site: Site) -> None:
    assert complaints(frozen("projects-v1.schema.json"), published(site, PATH)) == []


def test_the_first_document_can_still_be_gathered(site: Site) -> None:
    first = frozen("projects-v1.json")
    assert complaints(published(site, SCHEMA), first) == []
    assert [project.id for project in gather([("first", json.dumps(first))]).projects] == ["retinal-cells"]


def test_fields_of_a_later_version_are_passed_over() -> None:
    later = {**frozen("projects-v1.json"), "of-a-later-revision": "x"}
    assert gather([("later", json.dumps(later))]) == gather([("first", json.dumps(frozen("projects-v1.json")))])


def test_every_project_is_published_with_what_its_page_shows(site: Site) -> None:
    rows = lines(site.pages["projects/"].tree)
    document = published(site, PATH)
    current = [project for project in document["projects"] if project["kind"] != "retrospective"]
    shown = {(p["id"], p["route"]): {name: t["level"] for name, t in p["tracks"].items()} for p in current}
    assert shown == {key: line.levels for key, line in rows.items()}
    home = document["sites"][0]
    assert [p["page"] for p in document["projects"] if p["page"].removeprefix(home) not in site.pages] == []


# --- parts ---


PARTS = {"one": "[a-g]*", "two": "[h-z]*"}


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, build: Build) -> dict[str, Path]:
    """Sites of two parts of the projects."""
    folders = {name: tmp_path_factory.mktemp(name) / "site" for name in PARTS}
    for name, folder in folders.items():
        built = build(ROOT, folder, NAVIGATOR_PROJECTS=PARTS[name])
        assert built.status == 0, built.output
    return folders


def test_parts_that_are_gathered_are_the_whole(site: Site, parts: dict[str, Path]) -> None:
    command = [sys.executable, "-m", "macros", "gather", *(str(folder / PATH) for folder in parts.values())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == published(site, PATH)


def test_a_page_of_a_part_is_the_page_of_the_whole(site: Site, parts: dict[str, Path]) -> None:
    for folder in parts.values():
        pages = [p.relative_to(folder) for p in folder.glob("projects/*/index.html")]
        assert len(pages) > 1
        assert [p for p in pages if (folder / p).read_bytes() != (site.folder / p).read_bytes()] == []


def test_what_does_not_fit_is_left_out_and_said_and_the_rest_is_gathered() -> None:
    first = frozen("projects-v1.json")
    more = {**first, "stages": 12, "projects": []}
    texts = {"a": first, "b": first, "c": {}, "d": more}
    found = gather([*((name, json.dumps(text)) for name, text in texts.items()), ("e", ""), ("f", "{")])
    assert [project.id for project in found.projects] == ["retinal-cells"]
    said = [reason.partition(" is left out: ")[::2] for reason in found.left_out]
    assert [name for name, _ in said] == ["b", "c", "d", "e", "f"]
    reasons = (
        "is in two of the documents",
        "version 1: version",
        "has 12 stages",
        "cannot be read",
        "version 1: the text",
    )
    assert [(name, part) for (name, reason), part in zip(said, reasons, strict=True) if part not in reason] == []


def test_without_a_document_there_is_nothing_to_gather() -> None:
    with pytest.raises(ValueError, match=r"^There is nothing to gather\.$"):
        gather([])
    with pytest.raises(ValueError, match="a is left out: it is not a published document of version 1"):
        gather([("a", "{}")])


def test_what_is_gathered_can_be_gathered_again() -> None:
    once = gather([("a", json.dumps(frozen("projects-v1.json")))])
    assert gather([("once", as_json(once))]) == once
    assert isinstance(once, Document)


# --- editions ---

GATE = {"stage": "1", "gate": "true"}
ITEMS: dict[str, dict[str, Any]] = {
    "lab/a": {**GATE, "inheritable": "true"},
    "lab/b": {**GATE, "stage": "2"},
    "lab/second": {**GATE, "stage": "2", "since": "v2026.2"},
    "lab/third": {**GATE, "stage": "1", "since": "v2026.3"},
    "lab/waived": GATE,
    "lab/waived-elsewhere": {**GATE, "applies-to": {"route": "exemption"}},
}
EDITIONS = ("v2026.1", "v2026.2", "v2026.3")


def site_at(edition: str) -> Document:
    """Publish a region's site at one edition, with projects that answered it and those before it."""
    whole = portfolio_at(edition)
    assert whole.handbook.region
    return document(whole, whole.handbook.region.site.address)


def portfolio_at(edition: str) -> Portfolio:
    known = EDITIONS[: EDITIONS.index(edition) + 1]
    items = {name: item for name, item in ITEMS.items() if item.get("since", EDITIONS[0]) in known}
    own = {"lab": {"x-own": question({**GATE, "stage": "2"})}}
    waive = {name: {"because": "Not here."} for name in ("lab/waived", "lab/waived-elsewhere")}
    overlay = Overlay.model_validate({"prefix": "x", "edition": edition, "waive": waive, "add": own})
    layer = Layer("region", "X", "region/overlay.yml", overlay)
    place = {"title": "P", "status": "in-place", "since": "2025-01-01", "evidence": "E", "provides": ["lab/a"]}
    name = f"region-{edition.replace('.', '-')}"
    site = {"name": name, "address": f"https://{name}.example/"}
    region = RegionFile.model_validate({"name": name, "site": site, "facilities": {"p": place}})
    book = small_handbook(items)
    frame = book.frame.model_copy(update={"edition": edition, "editions": known[:-1]})
    projects = {
        f"of-{number}": small_project({"lab/b": "shown"}, checklist=answered, id=f"of-{number}")
        for number, answered in enumerate(known, 1)
    }
    areas = resolve(book.areas, [layer])
    whole = replace(book, frame=frame, areas=areas, layers=(layer,), region=region, projects=projects)
    return Portfolio(whole, TODAY)


def test_each_row_says_the_edition_it_answered_and_its_levels_under_each() -> None:
    found = site_at("v2026.3")
    rows = {project.checklist: project for project in found.projects}
    levels = {answered: row.tracks["technical"] for answered, row in rows.items()}
    assert {row.edition for row in rows.values()} == {"v2026.3"}
    assert [levels[edition].level for edition in EDITIONS] == [9, 1, 0]
    assert {answered: track.own_level for answered, track in levels.items()} == {
        "v2026.1": 1,
        "v2026.2": 1,
        "v2026.3": 0,
    }
    assert {track.renewed_level for track in levels.values()} == {0}
    assert {track.possible_level for track in levels.values()} == {9, 2}
    for row in rows.values():
        assert (row.inherited, row.waived_gates, row.region) == (["lab/a"], ["lab/waived"], "region-v2026-3")


def test_sites_on_three_editions_are_gathered_and_each_row_keeps_its_own() -> None:
    sites = [site_at(edition) for edition in EDITIONS]
    found = gather((site.sites[0], as_json(site)) for site in sites)
    assert (found.edition, found.left_out, len(found.sites)) == ("v2026.3", [], 3)
    assert found.projects == [project for site in sites for project in site.projects]
    assert [(project.edition, project.checklist) for project in found.projects] == [
        (edition, answered) for edition in EDITIONS for answered in EDITIONS[: EDITIONS.index(edition) + 1]
    ]
    assert complaints(Document.model_json_schema(), json.loads(as_json(found))) == []
    assert complaints(frozen("projects-v1.schema.json"), json.loads(as_json(found))) == []


def test_a_region_says_what_it_has_and_what_differs_there() -> None:
    files = dict(region_files(portfolio_at("v2026.3"), "https://x.example/"))
    found = json.loads(files["api/v1/region.json"])
    assert complaints(json.loads(files["api/v1/region.schema.json"]), found) == []
    assert (found["region"], found["uri"]) == ("region-v2026-3", "https://x.example/api/v1/region.json")
    assert [(place["name"], place["since"], place["provides"]) for place in found["facilities"]] == [
        ("p", "2025-01-01", ["lab/a"])
    ]
    assert {(each["name"], each["change"], each["because"]) for each in found["differences"]} == {
        ("lab/x-own", "added", None),
        ("lab/waived", "waived", "Not here."),
        ("lab/waived-elsewhere", "waived", "Not here."),
    }
    assert [layer["licence"] for layer in found["layers"]] == [None]


def test_a_site_without_a_region_has_the_schema_of_one_only() -> None:
    nobody = replace(portfolio_at("v2026.1").handbook, region=None)
    assert [path for path, _ in region_files(Portfolio(nobody, TODAY), "")] == ["api/v1/region.schema.json"]


def test_an_older_site_is_gathered_with_the_edition_of_its_document() -> None:
    found = gather([("old", json.dumps(frozen("projects-v1.json"))), ("new", as_json(site_at("v2026.3")))])
    (old, *_) = found.projects
    assert (old.edition, old.checklist, old.waived_gates) == (frozen("projects-v1.json")["edition"], None, None)
