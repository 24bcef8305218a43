"""Parts of a site that fit together are merged; others are refused, and nothing is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.edit.parts import NOTE, Part, made_from, merge, parsed, write_note
from tests.support import examples

SHARED = {"index.html": "Home", "assets/a.css": "a", "projects/index.html": "All"}
PAGES = {f"projects/{name}/index.html": name for name in ("one", "two", "three", "four", "five")}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Three parts and what they share; the third has a page besides that nobody asks for."""
    folders = [tmp_path / f"parts/{number}" for number in range(4)]
    for number, folder in enumerate(folders):
        part = Part(number, 3)
        mine = {page: PAGES[page] for page in part.slice(PAGES)}
        own = mine if number else {}
        extra = {"projects/example/index.html": "An example"} if number == 3 else {}
        write(folder, {**SHARED, **({"index.html": f"Home of {number}"} if number else {}), **own, **extra})
        write_note(folder, part, "code", {**mine, **extra} if number else PAGES)
    return folders


def merged(parts: list[Path], into: Path) -> dict[str, str]:
    merge(parts, into, ())
    return {path.relative_to(into).as_posix(): path.read_text("utf-8") for path in into.rglob("*") if path.is_file()}


def test_the_parts_become_one_site(parts: list[Path], tmp_path: Path) -> None:
    assert merged(parts, tmp_path / "site") == {**SHARED, **PAGES}
    assert merged([*reversed(parts)], tmp_path / "site") == {**SHARED, **PAGES}, "in any order, over an earlier site"


def note(folder: Path, **changed: object) -> None:
    said = json.loads((folder / NOTE).read_text("utf-8")) | {name.replace("_", "-"): v for name, v in changed.items()}
    (folder / NOTE).write_text(json.dumps(said), "utf-8")


def have_a_page_twice(parts: list[Path], content: str) -> None:
    write(parts[2], {"projects/five/index.html": content})
    note(parts[2], pages=["projects/five/index.html", *parsed_pages(parts[2])])


def parsed_pages(part: Path) -> list[str]:
    return list(json.loads((part / NOTE).read_text("utf-8"))["pages"])


FAULTS: dict[str, tuple[Callable[[list[Path]], object], str]] = {
    "what all share is missing": (lambda parts: parts.pop(0), "Part 0/3 is missing"),
    "a part is missing": (lambda parts: parts.pop(2), "Part 2/3 is missing"),
    "a part is named twice": (lambda parts: parts.append(parts[1]), "There are 5 parts in place of 4"),
    "a part of another number": (lambda parts: note(parts[3], part="3/4"), "There are 4 parts|is missing"),
    "of another commit": (lambda parts: note(parts[2], made_from="x"), "Part 2/3 was built from other files"),
    "a page is lost": (lambda parts: (parts[1] / "projects/five/index.html").unlink(), "five/index.html is in no part"),
    "a page differs": (lambda parts: have_a_page_twice(parts, "Another"), "five/index.html differs between parts"),
    "a folder of something else": (lambda parts: (parts[1] / NOTE).unlink(), "is not a part that"),
    "a note of something else": (lambda parts: (parts[1] / NOTE).write_text("[]"), "is not a part that"),
    "a path that leads out": (lambda parts: note(parts[0], pages=["../../outside.html"]), "is not a part that"),
    "a path from the root": (lambda parts: note(parts[0], pages=["/etc/passwd"]), "is not a part that"),
    "a number that is none": (lambda parts: note(parts[0], part="7"), "is not a part that"),
    "a folder that is not there": (lambda parts: shutil.rmtree(parts[3]), "is not a part that"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_parts_that_do_not_fit_are_refused(fault: str, parts: list[Path], tmp_path: Path) -> None:
    spoil, said = FAULTS[fault]
    spoil(parts)
    with pytest.raises(ValueError, match=said):
        merge(parts, tmp_path / "site", ())
    assert not (tmp_path / "site").exists()


def test_a_page_that_two_parts_have_alike_does_no_harm(parts: list[Path], tmp_path: Path) -> None:
    have_a_page_twice(parts, "five")
    assert merged(parts, tmp_path / "site") == {**SHARED, **PAGES}


@pytest.mark.parametrize(
    ("into", "said"), [("parts", "holds the parts"), ("parts/1", "holds the parts"), ("other", "is not empty")]
)
def test_a_folder_that_holds_something_else_is_not_replaced(
    into: str, said: str, parts: list[Path], tmp_path: Path
) -> None:
    write(tmp_path / "other", {"letter.txt": "Mine"})
    with pytest.raises(ValueError, match=said):
        merge(parts, tmp_path / into, ())
    assert (tmp_path / "other/letter.txt").read_text("utf-8") == "Mine"


def test_the_sources_are_never_replaced(parts: list[Path], tmp_path: Path) -> None:
    write(tmp_path / "repository", {"docs/index.md": "# Home"})
    for folder in ("repository", "repository/docs"):
        with pytest.raises(ValueError, match="Name another folder"):
            merge(parts, tmp_path / folder, [tmp_path / "repository"])


@examples.often(50)
@given(st.lists(st.text("abc-", min_size=1, max_size=4), unique=True), st.integers(1, 9))
def test_every_project_is_in_one_part_and_parts_are_equally_large(names: list[str], of: int) -> None:
    slices = [Part(number, of).slice(names) for number in range(1, of + 1)]
    assert sorted(name for part in slices for name in part) == sorted(names)
    assert max(map(len, slices)) - min(map(len, slices)) <= 1
    assert Part(0, of).slice(names) == sorted(names)


@pytest.mark.parametrize("text", ["1", "0/0", "5/4", "1/2/3", "-1/2", "a/b", "1/99999"])
def test_a_part_that_is_not_written_rightly_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"PART says .* Write 1/4"):
        parsed(text)


def test_the_code_of_the_sources_changes_with_every_file_and_word(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "A", "docs/b.md": "B", "mkdocs.yml": "x"})
    sources = [tmp_path / "docs", tmp_path / "mkdocs.yml", tmp_path / "region"]
    codes = [made_from(sources, "day"), made_from(sources, "another day")]
    write(tmp_path, {"docs/__pycache__/a.pyc": "made by Python"})
    assert made_from(sources, "day") == codes[0]
    for name, content in (("docs/a.md", "C"), ("mkdocs.yml", "y"), ("region/region.yml", "z"), ("docs/c.md", "")):
        write(tmp_path, {name: content})
        codes.append(made_from(sources, "day"))
    assert len(set(codes)) == len(codes)
