"""JSON Schemas, so that an editor explains, completes and checks the YAML files while they are written.

They are made from the records, and their words from the handbook. `python -m macros check` stays the judge: an
editor knows one file at a time, and neither days nor rules.
"""

import json
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from macros.checks.words import ASSUMPTION
from macros.edit.write import write_whole
from macros.language.head import name_of
from macros.model.checklist import AreaFile, Frame, Titled
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.overlay import Overlay
from macros.model.region import RegionFile
from macros.model.rules import KeywordFile, MotionFile, MovedFile, ReferenceFile, RuleFile, SearchFile, Thresholds
from macros.model.status_file import LONG_FORM, StatusFile
from macros.model.statuses import WRITTEN
from macros.outputs.json_schema import NOTHING, SHAPES, Schema, Vocabulary, closed, definition, describe, unoffered
from macros.text.problem import or_list

FOLDER = "docs/schema/v1"
OF_REGION = "region/schema"
"""A region asks more, or less, than the shared schemas know; it keeps one of its own for its status files."""

FILES: dict[str, tuple[Any, str, str]] = {
    "project.json": (StatusFile, "Status file", "The answers of one project: a file in projects/."),
    "area.json": (AreaFile, "Area", "A group of items within a track: a file in checklists/<track>/."),
    "navigator.json": (Frame, "Frame", "The words that everything else uses: checklists/navigator.yml."),
    "references.json": (ReferenceFile, "Sources", "What items and rules rest on: checklists/references.yml."),
    "searches.json": (SearchFile, "Searches", "What was searched for items: checklists/searches.yml."),
    "keywords.json": (KeywordFile, "Keywords", "What people type: checklists/keywords.yml and region/keywords.yml."),
    "moved.json": (MovedFile, "Renamed pages", "Former and present paths of pages: checklists/moved.yml."),
    "bottlenecks.json": (RuleFile, "Named rules", "Bottlenecks and events: checklists/bottlenecks.yml."),
    "rules-in-motion.json": (MotionFile, "Rules in motion", "Law about to change: checklists/rules-in-motion.yml."),
    "overlay.json": (Overlay, "Layer", "A layer over the checklists: checklists/countries/*.yml, region/overlay.yml."),
    "region.json": (RegionFile, "Region", "Who a region is and what it has: region/region.yml."),
}
"""File name → the record it is made from, its title and its description."""

UNLISTED: Mapping[Any, Set[str]] = {
    Overlay: {"source", "basis", "item", "known-item"},  # a layer has items and sources of its own
    RegionFile: {"source", "basis", "item"},
    StatusFile: {"source", "known-item"},  # only a retrospective names sources, and every editor fetches the schema
}
"""Kinds of word that the schema of a record does not list."""

GIVEN: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)+$"}  # begins with the prefix of a layer
ANY: Schema = {"$ref": "#/$defs/text"}
OPEN: Mapping[Any, Mapping[str, Schema]] = {
    Overlay: {**dict.fromkeys(("partner", "modality", "route", "metric"), GIVEN), "facility": ANY},
    RegionFile: {"partner": GIVEN, "known-item": ANY},
}
"""Kinds of word of which the schema of a record offers the shared ones → what others look like; layers bring them."""

MANY = 12  # more words than an editor's message can list


def schemas(handbook: Handbook) -> dict[str, Schema]:
    """Make the schema of every kind of file, by the name of the schema's file."""
    words = vocabulary(handbook)
    return {name: _schema(name, handbook, words) for name in FILES}


def text(schema: Schema) -> str:
    """Write a schema as JSON, the same for the same handbook."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write(root: Path, handbook: Handbook) -> list[Path]:
    """Write the schemas under `root`; returns the files that changed."""
    changed = _changed(root, handbook)
    for path, content in changed.items():
        write_whole(path, content.encode())
    return [*changed]


def stale(root: Path, handbook: Handbook) -> list[str]:
    """Name the schemas under `root` that are missing or no longer what the handbook says."""
    return [path.relative_to(root).as_posix() for path in _changed(root, handbook)]


def _changed(root: Path, handbook: Handbook) -> dict[Path, str]:
    result = {root / FOLDER / name: text(schema) for name, schema in schemas(handbook).items()}
    if handbook.region:
        result = {root / OF_REGION / "project.json": result[root / FOLDER / "project.json"]}
    return {
        path: content
        for path, content in result.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != content
    }


def vocabulary(handbook: Handbook) -> dict[str, Vocabulary]:
    """List the words of each kind, with what they mean."""
    frame = handbook.frame
    titled: dict[str, Mapping[str, Titled]] = {
        "track": frame.tracks,
        "partner": frame.partners,
        "role": frame.roles,
        "modality": frame.modalities,
        "donor": frame.donors,
        "delivery": frame.deliveries,
        "route": frame.routes,
        "metric": frame.metrics,
        "facility": frame.facilities,
    }
    hospitals = handbook.region.hospitals if handbook.region else {}
    references = {name: reference.title for name, reference in handbook.references.items()}
    return {
        **{kind: {word: f"{it.title}. {it.about}" for word, it in group.items()} for kind, group in titled.items()},
        "hospital": {name: f"{it.title}. {it.about or ''}".strip() for name, it in hospitals.items()},
        "edition": dict.fromkeys(reversed(handbook.editions), "An edition of these checklists."),
        "stage": {number: f"{stage.title}. {stage.exit}" for number, stage in frame.stages.items()},
        "finding": {name: f"{finding.title}. {finding.why}" for name, finding in handbook.finding_texts.items()},
        "event": {name: f"{event.title}. {event.why}" for name, event in handbook.events.items()},
        "source": references,
        "basis": {ASSUMPTION: "Nobody has measured it; a region can set its own.", **references},
        "language": {code: name_of(code) for code in handbook.languages},
        "item": {name: item.title for name, item in handbook.items.items()},
        "known-item": {name: item.title for name, item in handbook.every_item.items()},
        "threshold": {
            name.replace("_", "-"): field.description or "" for name, field in Thresholds.model_fields.items()
        },
    }


def _schema(name: str, handbook: Handbook, words: dict[str, Vocabulary]) -> Schema:
    record, title, description = FILES[name]
    words = {kind: known for kind, known in words.items() if known and kind not in UNLISTED.get(record, {"known-item"})}
    result = describe(record, words)
    if record is StatusFile:
        result["$defs"] |= _answers(handbook)
        result["properties"]["status"] |= _areas(handbook)
        result["$defs"]["confirmed"] = _stages(handbook)
        result["properties"]["confirmed"] |= _tracks(handbook)
    used: set[str] = set()
    result = _settle(result, used)
    ours = {"nothing": unoffered("null")} | {kind: shape for kind, (_, shape) in SHAPES.items()}
    ours |= {definition(kind): _enum(definition(kind), meanings) for kind, meanings in words.items()}
    ours["status"] = _enum("status", {word: status.meaning for word, status in WRITTEN.items()})
    for kind, others in OPEN.get(record, {}).items():
        ours[definition(kind)] = {"anyOf": [_enum(definition(kind), words[kind]), others]}
    definitions = result.pop("$defs", {}) | {kind: ours[kind] for kind in sorted(used) if kind in ours}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name}
    return {**head, "title": title, "description": description, **result, "$defs": definitions}


def _settle(schema: Any, used: set[str]) -> Any:
    """Turn every `x-ref` into a `$ref`, noting the definitions that are used."""
    if isinstance(schema, list):
        return [_settle(entry, used) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    settled = {key: _settle(value, used) for key, value in schema.items() if key != "x-ref"}
    if "x-ref" in schema:
        used.add(schema["x-ref"])
        settled["$ref"] = f"#/$defs/{schema['x-ref']}"
    return settled


def _enum(kind: str, words: Vocabulary) -> Schema:
    result: Schema = {"enum": [*words], "enumDescriptions": [*words.values()]}
    return result if len(words) <= MANY else {**result, "errorMessage": f"No {kind} of the handbook has this name."}


def _tracks(handbook: Handbook) -> Schema:
    """Name every track that stages of can be confirmed as a whole, or nothing yet."""
    tracks = handbook.frame.tracks
    groups = {name: {"description": tracks[name].title, "x-ref": "confirmed"} for name in tracks}
    return {"anyOf": [closed(groups), NOTHING]}


def _stages(handbook: Handbook) -> Schema:
    """Name every stage that can be confirmed as a whole, or nothing yet."""
    stages = handbook.frame.stages
    group = {number: {"description": stages[number].title, "x-ref": "Confirmation"} for number in stages}
    return {"anyOf": [closed(group), NOTHING]}


def _areas(handbook: Handbook) -> Schema:
    """Name every area: a closed group of its items, or nothing yet."""
    areas = {
        name: {"title": area.title, "description": area.intro, "anyOf": [{"x-ref": f"area-{name}"}, NOTHING]}
        for name, area in handbook.areas.items()
    }
    return {"anyOf": [closed(areas), NOTHING]}


def _answers(handbook: Handbook) -> Schema:
    """Name every item, so that pointing at an answer shows its question, and the forms of an answer."""
    groups: Schema = {
        f"area-{name}": closed({word: _question(handbook, handbook.items[f"{name}/{word}"]) for word in area.items})
        for name, area in handbook.areas.items()
    }
    short = _enum("answer", {word: status.meaning for word, status in WRITTEN.items() if status.asked})
    forms = (LONG_FORM.format(word) for word, status in WRITTEN.items() if not status.asked)
    short["errorMessage"] = f"Write {or_list(short['enum'])}, or {or_list(forms)}."
    return {"answer": {"anyOf": [short, {"x-ref": "Answer"}, NOTHING]}} | groups


def _question(handbook: Handbook, item: Item) -> Schema:
    frame = handbook.frame
    role = f" ({frame.roles[item.role].title})" if item.role else ""
    due = f"{'Gate' if item.gate else 'Item'} of stage {item.stage}, {frame.stages[item.stage].title}."
    facts = f"{due} Owner: {frame.partners[item.owner].title}{role}."
    done = f"{item.done_when} {item.note}" if item.note else item.done_when
    # One text for all editors: those that show Markdown make it of a description, with every mark kept as it is.
    return {"title": item.title, "description": f"Done when: {done}\n{facts}", "x-ref": "answer"}
