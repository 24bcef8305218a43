"""Parts of a site fit together only where they were built from the same files."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from macros.edit.parts import NOTE, SHARED, Part, merge
from macros.site.build import Build
from macros.site.languages.chosen import Languages
from tests.support.each import each
from tests.support.small import TODAY


def note(root: Path, languages: Languages, number: int = 1, pages: Collection[str] = ()) -> None:
    """Note what a part is, as a build of its pages in one language does."""
    language = SimpleNamespace(path=languages.path)
    parts = {"part": Part(number, 2), "root": root, "home": root, "of_projects": {*pages}}
    tongue = SimpleNamespace(languages=languages)
    build = SimpleNamespace(portfolio=SimpleNamespace(day=TODAY), language=language, tongue=tongue, **parts)
    Build.note_part(cast(Build, build), root / "site" / languages.path)


def code(root: Path, *languages: str) -> str:
    """Give the code of what a part is made from."""
    codes = languages or ("en",)
    note(root, Languages(codes, codes[0]))
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


def test_parts_in_other_languages_do_not_fit(tmp_path: Path) -> None:
    assert (
        len({code(tmp_path, "sv"), code(tmp_path, "en"), code(tmp_path, "sv", "en"), code(tmp_path, "en", "sv")}) == 4
    )


def test_the_pages_of_every_language_are_in_the_merged_site(tmp_path: Path) -> None:
    pages = {1: "projects/one/index.html", 2: "projects/two/index.html"}
    for number in (0, 1, 2):
        for language in ("sv", "en"):
            root, languages = tmp_path / str(number), Languages(("sv", "en"), language)
            mine = {page for part, page in pages.items() if number in (0, part)}
            note(root, languages, number, mine)
            for page in mine if number else ():
                path = root / "site" / languages.path / page
                path.parent.mkdir(parents=True)
                path.write_text(language, "utf-8")
    into = tmp_path / "whole"
    merge([tmp_path / f"{number}/site" for number in (0, 1, 2)], into, ())
    found = {path.relative_to(into).as_posix(): path.read_text("utf-8") for path in into.rglob("*.html")}
    assert found == {f"{folder}{page}": said for folder, said in (("", "sv"), ("en/", "en")) for page in pages.values()}


def test_catalogues_are_among_what_a_site_is_built_from() -> None:
    assert "languages" in SHARED
