"""Parts of a site fit together only where they were built from the same files."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from macros.edit.parts import NOTE, SHARED, Part
from macros.site.build import Build
from tests.support.each import each
from tests.support.small import TODAY


def code(root: Path) -> str:
    """Give the code of what a part is made from."""
    parts = {"part": Part(1, 2), "root": root, "home": root, "of_projects": set[str]()}
    build = cast(Build, SimpleNamespace(portfolio=SimpleNamespace(day=TODAY), **parts))
    Build.note_part(build, root / "site")
    return str(json.loads((root / "site" / NOTE).read_text("utf-8"))["made-from"])


@each("folder", [*SHARED, "region"])
def test_a_change_of_any_file_that_a_site_is_built_from_makes_another_part(folder: str, tmp_path: Path) -> None:
    file = tmp_path / folder if "." in folder else tmp_path / folder / "sv/file.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("one", "utf-8")
    before = code(tmp_path)
    assert code(tmp_path) == before
    file.write_text("two", "utf-8")
    assert code(tmp_path) != before


def test_catalogues_are_among_what_a_site_is_built_from() -> None:
    assert "languages" in SHARED
