"""What a site publishes for others: its form is a contract, and parts of a handbook fit together again."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.outputs.api import PATH, SCHEMA, Document, as_json, gather
from tests.support.paths import ROOT, TESTS
from tests.support.portfolio import lines
from tests.support.site import LONG, Build, Site

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
    later = {**frozen("projects-v1.json"), "licence": "CC BY 4.0"}
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


def test_what_does_not_fit_is_not_gathered() -> None:
    first = json.dumps(frozen("projects-v1.json"))
    other = json.dumps({**frozen("projects-v1.json"), "edition": "v2027.1"})
    with pytest.raises(ValueError, match="b has edition v2027"):
        gather([("a", first), ("b", other)])
    with pytest.raises(ValueError, match="is in two of the documents"):
        gather([("a", first), ("b", first)])
    with pytest.raises(ValueError, match="a is not a published document of version 1"):
        gather([("a", "{}")])
    with pytest.raises(ValueError, match="nothing to gather"):
        gather([])


def test_what_is_gathered_can_be_gathered_again() -> None:
    once = gather([("a", json.dumps(frozen("projects-v1.json")))])
    assert gather([("once", as_json(once))]) == once
    assert isinstance(once, Document)
