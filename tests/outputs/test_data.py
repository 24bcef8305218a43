"""What a site publishes as data: every file fits its schema, is listed, and says whose it is."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from macros.engine.portfolio import Portfolio
from macros.engine.report import report_on
from macros.model.checklist import Place, Question
from macros.model.rules import Condition, Motion, Reference
from macros.outputs.api import project as project_data
from macros.outputs.api import report
from macros.outputs.api.frame_records import ConditionRecord, MotionRecord, SourceRecord
from macros.outputs.api.published import CONTENT, REVISION
from macros.outputs.api.records import ItemRecord
from tests.support import independent
from tests.support.each import each
from tests.support.paths import ROOT, TESTS
from tests.support.site import Site
from tests.support.small import TODAY, files_of_each, real
from tests.support.tables import SITE, small_portfolio

ADDRESS = "https://navigator.example.org/"
FOLDER = "api/v1"
SCHEMAS = {"index": "index", "projects": "projects", "checklist": "checklist", "demand": "demand"}


def published(site: Site, path: str) -> Any:
    return json.loads((site.folder / FOLDER / path).read_text("utf-8"))


def closed(schema: Any) -> Any:
    """Forbid every field that a schema does not name."""
    if isinstance(schema, list):
        return [closed(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    own = {"additionalProperties": False} if "properties" in schema and schema.get("type") == "object" else {}
    return {name: closed(value) for name, value in schema.items()} | own


@functools.cache
def validator(folder: Path, name: str) -> Draft202012Validator:
    schema = json.loads((folder / FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(closed(schema))


def complaints(site: Site, path: str, schema: str) -> list[str]:
    found = validator(site.folder, schema).iter_errors(published(site, path))
    return [f"{path}: {error.json_path}: {error.message}" for error in found]


@each("name", SCHEMAS)
def test_a_document_has_what_its_schema_names_and_nothing_else(name: str, site: Site) -> None:
    assert complaints(site, f"{name}.json", SCHEMAS[name]) == []


def test_every_project_has_a_file_that_fits_its_schema(site: Site) -> None:
    rows = published(site, "projects.json")["projects"]
    paths = {row["data"].removeprefix(f"{ADDRESS}{FOLDER}/") for row in rows}
    there = {path.relative_to(site.folder / FOLDER).as_posix() for path in (site.folder / FOLDER).glob("projects/*")}
    assert paths == there
    assert [complaint for path in sorted(paths) for complaint in complaints(site, path, "project")] == []


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def test_the_file_of_a_project_has_its_answers_and_the_report_that_the_command_prints() -> None:
    portfolio = Portfolio(real(), TODAY)
    files = files_of_each(project_data.of_project, portfolio, ADDRESS)
    for project in portfolio.shown:
        found = json.loads(files[f"{FOLDER}/projects/{project.id}.json"])
        reports = [report_on(project, real(), route, day=TODAY) for route in project.route]
        assert found["reports"] == without_nulls(json.loads(report.as_json(reports)))
        assert {answer["item"]: answer["status"] for answer in found["answers"]} == {
            name: answer.status.value for name, answer in real().answers_of(project).items()
        }


def test_the_index_lists_every_file_and_nothing_else(site: Site) -> None:
    index = published(site, "index.json")
    listed = {file["path"] for file in index["files"]}
    schemas = {file["schema_uri"].removeprefix(ADDRESS) for file in index["files"] if file["schema_uri"]}
    there = {path for path in site.files if path.startswith(f"{FOLDER}/")}
    others = {f"{FOLDER}/{name}.schema.json" for name in ("project", "report", "region")}
    assert there - {path for path in there if "/projects/" in path} == listed | schemas | others
    assert all(file["uri"] == ADDRESS + file["path"] for file in index["files"])


@each("path", ["index.json", "projects.json", "checklist.json", "demand.json", "projects/retinal-cells.json"])
def test_every_document_says_its_address_its_day_its_edition_and_its_licence(path: str, site: Site) -> None:
    found = published(site, path)
    assert (found["version"], found["revision"], found["uri"]) == (1, REVISION, f"{ADDRESS}{FOLDER}/{path}")
    assert (found["day"], found["edition"], found["region"]) == (str(TODAY), real().frame.edition, None)
    assert found["licence"] == {"title": "CC BY 4.0", "address": "https://creativecommons.org/licenses/by/4.0/"}


def test_the_licence_of_examples_is_that_of_the_shared_handbook() -> None:
    text = (ROOT / "LICENSE-CONTENT.md").read_text("utf-8")
    assert CONTENT.title in text
    assert CONTENT.address in text


@pytest.mark.parametrize("licence", [None, {"title": "Our terms", "address": "https://terms.example/"}])
def test_a_real_project_has_the_licence_that_its_region_states_or_none(licence: dict[str, str] | None) -> None:
    files = files_of_each(project_data.of_project, small_portfolio(licence), SITE)
    found = [json.loads(text)["licence"] for path, text in files.items() if "/projects/" in path]
    assert found == [licence] * len(small_portfolio().shown)


@each(
    "records",
    [
        ((Question, Place), ItemRecord),
        ((Condition,), ConditionRecord),
        ((Reference,), SourceRecord),
        ((Motion,), MotionRecord),
    ],
)
def test_whatever_a_record_of_the_checklists_has_is_published(records: Any) -> None:
    ours, theirs = records
    fields = {name for record in ours for name in record.model_fields}
    assert fields - theirs.model_fields.keys() == set(), f"add a field to {theirs.__name__}, and to REVISION"


def test_the_checklist_holds_the_items_as_their_files_do(site: Site) -> None:
    items = {item["name"]: item for item in published(site, "checklist.json")["items"]}
    book = independent.read_checklists(ROOT / "checklists")
    assert items.keys() == book.items.keys()
    for name, told in book.items.items():
        found = items[name]
        assert (found["title"], found["done_when"]) == (told["title"], told["done-when"])
        assert (found["stage"], found["gate"]) == (int(told["stage"]), told.get("gate") == "true")
        assert (found["owner"], found["requires"]) == (told["owner"], independent.several(told.get("requires")))
        assert f"areas/{found['area']}/" in site.pages
        assert name.partition("/")[2] in site.pages[f"areas/{found['area']}/"].ids


def test_demand_is_counted_by_project_and_its_items_need_the_facility(site: Site) -> None:
    facility_of = {item["name"]: item["facility"] for item in published(site, "checklist.json")["items"]}
    facilities = published(site, "demand.json")["facilities"]
    assert facilities
    for facility in facilities:
        for quarter in facility["quarters"]:
            assert quarter["projects"] == len({use["project"] for use in quarter["uses"]})
            assert {facility_of[use["item"]] for use in quarter["uses"]} == {facility["facility"]}


# --- growing ---

FIELDS = TESTS / "outputs/published/fields.json"
"""Revision → the fields that its schemas name. A revision that was published never changes."""


def fields_of(schema: Any, name: str) -> set[str]:
    """List the fields of a schema: `Record.field`, or the name of the document."""
    named = {name: schema, **schema.get("$defs", {})}
    return {f"{record}.{field}" for record, about in named.items() for field in about.get("properties", {})}


def test_the_revision_grows_with_each_field_and_no_field_is_removed(site: Site, bless: bool) -> None:
    schemas = {path.name.partition(".")[0]: path for path in (site.folder / FOLDER).glob("*.schema.json")}
    now = sorted({f for name, path in schemas.items() for f in fields_of(json.loads(path.read_text("utf-8")), name)})
    known = json.loads(FIELDS.read_text("utf-8")) if FIELDS.exists() else {}
    if bless:
        known[REVISION] = now
        FIELDS.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    assert known.get(REVISION) == now, "fields were added: raise REVISION, and write them with --bless"
    assert [field for fields in known.values() for field in fields if field not in now] == []


# --- descriptions ---


def test_the_description_for_clients_is_valid_and_names_every_file(site: Site) -> None:
    found = published(site, "openapi.json")
    assert [error.message for error in OpenAPIV31SpecValidator(found).iter_errors()] == []
    listed = {f"/{file['path']}" for file in published(site, "index.json")["files"]}
    assert found["paths"].keys() == listed | {f"/{FOLDER}/projects/{{id}}.json"}


def test_search_engines_are_told_of_the_data_in_words_that_run_nothing(site: Site) -> None:
    page = site.pages["data/"]
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.html, re.DOTALL)
    assert not set("<>&") & set(script)
    told = json.loads(script)
    assert (told["@type"], told["version"], told["dateModified"]) == ("Dataset", real().frame.edition, str(TODAY))
    files = {file["uri"] for file in published(site, "index.json")["files"]}
    assert {download["contentUrl"] for download in told["distribution"]} == files


# --- the examples of the page ---


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    """Serve the site on this machine: its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site.folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


EXAMPLES = re.findall(
    r"^```(sh|python)\n(.*?)^```$", (ROOT / "docs/data.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def test_the_examples_of_the_page_do_what_they_say(served: str, site: Site, tmp_path: Path) -> None:
    said = []
    for language, text in EXAMPLES:
        command = ["sh", "-ec"] if language == "sh" else [sys.executable, "-c"]
        told = text.replace(ADDRESS, served)
        assert served in told
        done = subprocess.run([*command, told], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert (tmp_path / "projects.json").read_bytes() == (site.folder / FOLDER / "projects.json").read_bytes()
    rows = published(site, "projects.json")["projects"]
    assert len(said[1].splitlines()) == len(rows)
    assert all(row["title"] in said[1] for row in rows)
    starts = [line.split()[0] for line in said[2].splitlines()]
    assert starts
    assert starts == sorted(starts)
