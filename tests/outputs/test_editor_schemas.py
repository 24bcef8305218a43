"""What an editor is told about a file agrees with what the check says of it.

The schemas are judged by jsonschema, the files are read by ruamel.yaml: both know nothing of our code. Like
editors, ruamel reads YAML 1.2, where `2026` is a number and `true` a switch.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError

from macros.load.handbook import load
from macros.model.handbook import Handbook
from macros.outputs.editor_schemas import FILES, FOLDER, schemas, stale, text, write
from macros.outputs.json_schema import SHAPES
from macros.text.reader import read
from tests.support.cases import CASES, Case
from tests.support.each import each
from tests.support.paths import HANDBOOK, ROOT

MINIATURE = HANDBOOK
DAY = date(2026, 11, 22)


class Constructor(SafeConstructor):
    """YAML 1.2 has no dates: they stay the text that was written."""


Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def read_as_an_editor(content: str) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = Constructor
    return as_json(reader.load(content))


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {json.dumps(name) if isinstance(name, bool) else str(name): as_json(v) for name, v in value.items()}
    return [as_json(entry) for entry in value] if isinstance(value, list) else value


@functools.cache
def handbook(root: Path) -> Handbook:
    return load(root, DAY)


@functools.cache
def made(root: Path) -> dict[str, dict[str, Any]]:
    return schemas(handbook(root))


def schema_of(file: str) -> str:
    folder, _, name = file.rpartition("/")
    if folder.startswith("projects"):
        return "project.json"
    if file == "region/region.yml":
        return "region.json"
    if folder in ("checklists/countries", "region"):
        return "overlay.json"
    return "area.json" if folder != "checklists" else f"{name.removesuffix('.yml')}.json"


def files(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root).as_posix()
        for top in ("projects", "checklists", "region")
        for path in (root / top).rglob("*.yml")
    )


def refused(root: Path, schema: str, content: str) -> list[str]:
    """List what the schema of the handbook at `root` has against a file."""
    errors = Draft202012Validator(made(root)[schema]).iter_errors(read_as_an_editor(content))
    return [f"{error.json_path}: {error.message}" for error in errors]


# --- the schemas ---


def test_the_committed_schemas_are_fresh() -> None:
    assert stale(ROOT, handbook(ROOT)) == [], "run: python -m macros write"


def test_no_other_schema_is_committed() -> None:
    assert {path.name for path in (ROOT / FOLDER).iterdir()} == made(ROOT).keys()


def test_writing_tells_what_changed_and_then_nothing(tmp_path: Path) -> None:
    written = write(tmp_path, handbook(MINIATURE))
    assert {path.name for path in written} == made(MINIATURE).keys()
    assert write(tmp_path, handbook(MINIATURE)) == []
    assert stale(tmp_path, handbook(MINIATURE)) == []
    written[0].write_text("{}", encoding="utf-8")
    assert stale(tmp_path, handbook(MINIATURE)) == [f"{FOLDER}/{written[0].name}"]
    assert write(tmp_path, handbook(MINIATURE)) == written[:1]


@pytest.mark.parametrize("root", [ROOT, MINIATURE], ids=["ours", "miniature"])
@pytest.mark.parametrize("name", sorted(FILES))
def test_a_schema_is_a_schema(root: Path, name: str) -> None:
    schema = made(root)[name]
    Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == (Draft202012Validator.META_SCHEMA["$id"], name)
    assert schema["title"] and schema["description"]
    assert text(schema) == text(schemas(handbook(root))[name])
    assert text(schema).endswith("}\n")
    assert "x-ref" not in text(schema)
    named = set(re.findall(r'"#/\$defs/([^"]+)"', text(schema)))
    assert named == schema["$defs"].keys(), "every definition is there and used"


def test_the_largest_schema_stays_small() -> None:
    assert max(len(text(schema).encode()) for schema in made(ROOT).values()) < 160_000


def groups(schema: Any) -> Iterator[dict[str, Any]]:
    """Find every place that describes a group, conditions aside."""
    if isinstance(schema, list):
        for entry in schema:
            yield from groups(entry)
    elif isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for name, inner in schema.items():
            if name not in ("if", "then"):
                yield from groups(inner)


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_group_takes_a_name_it_does_not_know(name: str) -> None:
    found = [*groups(made(ROOT)[name])]
    assert found
    for group in found:
        assert group["additionalProperties"] is False or "propertyNames" in group


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_name_has_help(name: str) -> None:
    for group in groups(made(ROOT)[name]):
        for known in ("properties", "patternProperties"):
            for word, inner in group.get(known, {}).items():
                assert inner.get("description"), word


def test_every_item_shows_its_question_when_it_is_done_and_who_owns_it() -> None:
    book, schema = handbook(ROOT), made(ROOT)["project.json"]
    areas = schema["properties"]["status"]["anyOf"][0]["properties"]
    assert areas.keys() == book.areas.keys()
    seen = {
        f"{area}/{word}": shown
        for area in areas
        for word, shown in schema["$defs"][f"area-{area}"]["properties"].items()
    }
    assert seen.keys() == book.items.keys()
    for name, item in book.items.items():
        shown, owner = seen[name], book.frame.partners[item.owner].title
        assert shown["title"] == item.title
        assert item.done_when in shown["description"]
        assert f"\n{'Gate' if item.gate else 'Item'} of stage {item.stage}, " in shown["description"]
        assert f"Owner: {owner}" in shown["description"]


def test_a_question_is_written_once_and_as_plain_text() -> None:
    book = handbook(MINIATURE)
    area = book.areas["team"]
    question = area.items["joint-core-team"].model_copy(update={"done_when": "*All* [three](x) <b>_meet_</b> `now`"})
    changed = area.model_copy(update={"items": {"joint-core-team": question}})
    hostile = Handbook(
        book.frame, {**book.areas, "team": changed}, book.references, book.rules, book.events, book.motions, {}
    )
    shown = schemas(hostile)["project.json"]["$defs"]["area-team"]["properties"]["joint-core-team"]
    assert shown["description"].startswith("Done when: *All* [three](x) <b>_meet_</b> `now`")
    assert "markdownDescription" not in text(schemas(hostile)["project.json"]), "editors make it of the description"


# --- our files ---


@each("file", files(ROOT))
def test_a_file_of_ours_is_accepted(file: str) -> None:
    assert refused(ROOT, schema_of(file), (ROOT / file).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", files(MINIATURE))
def test_a_file_of_the_miniature_is_accepted(file: str) -> None:
    assert refused(MINIATURE, schema_of(file), (MINIATURE / file).read_text(encoding="utf-8")) == []


@each("file", files(ROOT))
def test_the_first_line_leads_an_editor_to_the_schema(file: str) -> None:
    path = ROOT / file
    schema = Path(os.path.relpath(ROOT / FOLDER / schema_of(file), path.parent)).as_posix()
    assert path.read_text(encoding="utf-8").splitlines()[0] == f"# yaml-language-server: $schema={schema}"
    assert (path.parent / schema).is_file()


# --- what the check refuses for its shape ---

SHAPE_KINDS = (
    "bad-name",
    "missing-key",
    "missing-text",
    "not-a-date",
    "not-a-month",
    "not-a-number",
    "not-a-range",
    "not-a-share",
    "not-an-edition",
    "not-yes-or-no",
    "reason-missing",
    "retired-item",
    "too-long",
    "unknown-area",
    "unknown-item",
    "unknown-key",
    "unknown-kind",
    "unknown-status",
    "unknown-word",
    "wrong-type",
)

LISTED = "Items, areas, sources, countries and fields of layers are not listed in the schemas of layers and regions."

BEYOND_A_SCHEMA: dict[str, str] = {
    "not-a-range--months-outside": "A schema does not compare two values.",
    "missing-key--country-title": "One schema serves countries and regions, and a region's title stands elsewhere.",
    "unknown-item--keywords": "A place is a page or an item; a schema knows no pages.",
    **{
        f"{kind}--{place}": LISTED
        for kind, places in {
            "retired-item": [
                "layer",
                "layer-requires",
                "layer-requires-behind",
                "layer-rule",
                "region",
                "requires-also",
            ],
            "unknown-item": [
                "layer",
                "layer-far",
                "layer-requires",
                "layer-requires-far",
                "layer-rule",
                "layer-without-area",
                "requires-also",
            ],
            "unknown-word": [
                "layer-area",
                "layer-area-far",
                "layer-authority",
                "layer-basis",
                "layer-item-source",
                "layer-overrides",
                "layer-releases",
                "layer-source",
                "region-country",
                "region-country-far",
                "region-item",
                "region-item-far",
                "region-source",
                "region-source-far",
            ],
        }.items()
        for place in places
    },
}
"""Cases of these kinds that a schema accepts, each with the reason."""

SHAPED = {name: case for name, case in CASES.items() if case.kind in SHAPE_KINDS}


@each("case", SHAPED.values())
def test_a_mistake_of_shape_is_seen_in_the_editor_too(case: Case) -> None:
    assert case.files
    found = [refused(MINIATURE, schema_of(file), content.decode()) for file, content in case.files.items()]
    assert any(found) == (case.name not in BEYOND_A_SCHEMA), BEYOND_A_SCHEMA.get(case.name, found)


def test_every_kind_and_every_exception_has_a_case() -> None:
    assert {case.kind for case in SHAPED.values()} == {*SHAPE_KINDS}
    assert BEYOND_A_SCHEMA.keys() <= SHAPED.keys()


@pytest.mark.parametrize(
    "answer",
    ["", "met", "not-met", "{status: met, since: 2026, evidence: 4711}", "{status: not-applicable, because: No cells}"],
)
def test_every_form_of_an_answer_is_accepted(answer: str) -> None:
    assert refused(MINIATURE, "project.json", status_file(answer)) == []


@pytest.mark.parametrize(
    "answer",
    ["Met", "yes", "true", "[met]", "{since: 2026}", "not-applicable", "{status: not-applicable, because: }", "{}"],
)
def test_anything_else_is_not(answer: str) -> None:
    assert refused(MINIATURE, "project.json", status_file(answer))


def status_file(answer: str) -> str:
    return (MINIATURE / "projects/retina.yml").read_text().replace("joint-core-team:", f"joint-core-team: {answer}", 1)


# --- one field at a time ---

WRITTEN = """
2012 1.10 true True false null ~ "" "2026" '6' "true" "null" yes no on
2026-03-14 2026-02-30 2026-04-31 2026-01-31 2026-12-30 2024-02-29 2026-02-29 2026-3-4 14.3.2026 2026-03-14T10:00
2026-03 2026-13 2026-00 2026-3 "2026-03" 1899 1900 2099 2100 1899-12 2100-01-01 2026-03-00 20260314
0 6 06 6.0 1e3 -1 +6 9999 10000 0x10 six .5 5. 0.85 0.8512 0,85 85% 10 10.0 10.5 "0.85" .inf
met in-progress Ab a--b a- -a 7a a/b rückstell v2026.1 v2026.10 v2026.100 2026.1 V2026.1 latest [] [a] {}
"""
TEXTS = [*WRITTEN.split(), "", '"  "', '"a b"', "a b", "{a: b}", *("x" * length for length in (48, 49, 600, 601))]

LOST = {
    "text": ["null", "~"],  # an editor sees nothing where the check sees a word
    "name": ["true", "false", "null"],
    "number": ["06", "6.0", "1e3", "+6", "0x10", "5.", "10.0"],  # an editor sees the number, not how it is written
    "share": ["06", "+6", ".5", "5.", "0.8512", "10.0"],
    "switch": ["True"],
    "moment": ["2026-02-29"],  # a schema does not know leap years
    "day": ["2026-02-29"],
}
"""Type of field → texts on which editor and check differ: only because YAML 1.2 or a schema cannot tell."""


@pytest.mark.parametrize("name", SHAPES)
def test_a_field_takes_in_an_editor_what_it_takes_in_the_check(name: str) -> None:
    field, shape = SHAPES[name]
    editor = Draft202012Validator(shape)
    differ = [written for written in TEXTS if editor.is_valid(seen(written)) != is_taken(field, written)]
    assert differ == [written for written in TEXTS if written in LOST.get(name, [])]


def seen(written: str) -> Any:
    try:
        return read_as_an_editor(f"x: {written}")["x"]
    except YAMLError:
        return {}


def is_taken(field: Any, written: str) -> bool:
    source, problems = read("x.yml", f"x: {written}\n".encode())
    try:
        TypeAdapter(field).validate_python(source.data.get("x"))
    except ValidationError:
        return False
    return not problems
