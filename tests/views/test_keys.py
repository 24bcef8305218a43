"""The page *What a status file can say*: every key of the model, each with an example that `check` accepts."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from macros.checks.projects import PROJECT_CHECKS
from macros.fields.markers import fields_of, is_record
from macros.fields.shape import shape
from macros.model.region import RegionFile
from macros.model.status_file import Project, StatusFile
from macros.text.reader import read
from macros.views.keys import EXAMPLES, example
from tests.support.each import each
from tests.support.small import TODAY, real

REGION = RegionFile.model_validate(
    {
        "name": "Here",
        "site": {"name": "Here", "address": "https://example.org/"},
        "hospitals": {"university-hospital": {"title": "University hospital"}},
    }
)
NEEDED = ("checklist", "title", "summary", "modality", "route", "lead", "assessed")


def record_within(about: object) -> object:
    if is_record(about):
        return about
    return next((inner for part in get_args(about) if (inner := record_within(part))), None)


def test_every_key_has_an_example_and_every_example_a_key() -> None:
    keys = set()
    for name, about in fields_of(StatusFile).items():
        keys.add(name)
        if inner := record_within(about):
            keys |= {f"{name}.{word.replace('_', '-')}" for word in fields_of(inner)}
    assert keys == EXAMPLES.keys()


@each("name", [name for name in EXAMPLES if "." not in name])
def test_an_example_is_accepted(name: str) -> None:
    lines = {key: example(real(), key, str(TODAY)) for key in dict.fromkeys((*NEEDED, name))}
    if name in ("donor", "delivery"):
        lines |= {"modality": "modality: ex-vivo-gene-modified-cell", "donor": "donor: patient"}
    if name == "outcome":
        lines["kind"] = "kind: retrospective"
    source, problems = read("projects/x.yml", "".join(f"{line}\n" for line in lines.values()).encode())
    status = shape(StatusFile, source)
    assert problems == []
    assert isinstance(status, StatusFile), status
    project = Project.model_construct(**dict(status), id="x")
    book = replace(real(), region=REGION) if name == "hospital" else real()
    assert [problem for check in PROJECT_CHECKS for problem in check(project, source, book, TODAY)] == []
