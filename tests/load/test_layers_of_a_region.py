"""Layers in a region's own repository: whose counts, in which order, and who is told of those that are shipped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.load.handbook import survey
from macros.model.handbook import Handbook
from macros.text.problem import NOTE, Problem
from tests.support.paths import HANDBOOK
from tests.support.small import TODAY

SITE = "site: {name: Navigator of Fyn, address: https://navigator.example.org/}\n"
OWN, SHIPPED = "region/layers/denmark.yml", "checklists/countries/denmark.yml"


def layer(prefix: str, done: str) -> str:
    return f"""title: {prefix.title()}
prefix: {prefix}
edition: v2026.1
add:
  analytics:
    {prefix}-batch-record:
      {{title: Keep the record, why: It is asked for., done-when: {done}, stage: 2, owner: hospital, evidence: Record,
        because: The law asks for it.}}
"""


def look(root: Path, files: dict[str, str]) -> tuple[Handbook, list[Problem]]:
    """Read the miniature handbook with these files of a region, and only these."""
    shutil.copytree(HANDBOOK, root, dirs_exist_ok=True)
    for name in (OWN, SHIPPED):
        (root / name).unlink(missing_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    book, problems = survey(root, TODAY)
    assert book is not None
    return book, problems


def test_a_shipped_layer_of_the_same_name_counts_once_the_own_one_is_deleted(tmp_path: Path) -> None:
    region = {"region/region.yml": f"name: Fyn\ncountry: denmark\n{SITE}"}
    own = {OWN: layer("denmark", "It is kept.")}
    shipped = {SHIPPED: layer("denmark", "It is kept and signed.")}
    name, seen = "analytics/denmark-batch-record", []
    for files in (region | own, region | own | shipped, region | shipped):
        book, problems = look(tmp_path, files)
        assert {problem.severity for problem in problems} <= {NOTE}
        kinds = [problem.kind for problem in problems]
        seen.append((book.layers[0].file, book.items[name].done_when, "layer-shipped" in kinds))
    assert seen == [
        (OWN, "It is kept.", False),
        (OWN, "It is kept.", True),
        (SHIPPED, "It is kept and signed.", False),
    ]


def test_the_country_comes_first_then_further_layers_in_their_order_then_the_region(tmp_path: Path) -> None:
    files = {f"region/layers/{name}.yml": layer(name, "It is kept.") for name in ("north", "denmark", "islands")}
    files["region/region.yml"] = f"name: Fyn\ncountry: denmark\nlayers: [north, islands, denmark]\n{SITE}"
    files["region/overlay.yml"] = "prefix: fyn\nedition: v2026.1\n"
    book, problems = look(tmp_path, files)
    assert problems == []
    assert [layer.id for layer in book.layers] == ["denmark", "north", "islands", "region"]


@pytest.mark.parametrize("in_a_region", [False, True])
def test_only_whoever_can_review_a_shipped_layer_is_told_that_it_has_to_be_reviewed(
    in_a_region: bool, tmp_path: Path
) -> None:
    change = "change: {analytics/retention-samples: {because: Law., note: Keep them.}}\n"
    files = {SHIPPED: f"title: Denmark\nprefix: denmark\nedition: v2026.1\n{change}"}
    region = {"region/region.yml": f"name: Fyn\ncountry: denmark\n{SITE}"} if in_a_region else {}
    told = [problem.kind for problem in look(tmp_path, files | region)[1]]
    assert told == ([] if in_a_region else ["not-reviewed"])
