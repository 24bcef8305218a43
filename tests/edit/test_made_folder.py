"""An export removes only what an export has made, and nothing of the handbook, of Git or of anybody else."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.edit.made_folder import MARKER, refilled
from tests.edit.test_whole_folder import CHANGING
from tests.edit.test_write import killed_at
from tests.support.git import git


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(folder: Path, *paths: str, repository: Path = Path("/nowhere")) -> None:
    """Make files in a folder as an export does; each holds its own path."""
    with refilled(folder, [repository]) as draft:
        for path in paths:
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_text(path)


def made(folder: Path) -> set[str]:
    return {path for path in contents(folder) if path != MARKER}


def thesis(folder: Path) -> Path:
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/thesis.md").write_text("ten years")
    return folder


def worktree(base: Path) -> Path:
    (base / "empty").mkdir()
    git(base, "init", "-q", "empty")
    return base / "empty"


def linked(base: Path) -> Path:
    (base / "link").symlink_to(base / "handbook")
    return base / "link"


def file(base: Path) -> Path:
    (base / "file").write_text("mine")
    return base / "file"


def bare(base: Path) -> Path:
    git(base, "init", "-q", "--bare", "bare")
    return base / "bare"


def other_marker(base: Path) -> Path:
    """A folder whose list was written by somebody else and names what is outside."""
    (base / "other").mkdir()
    (base / "other" / MARKER).write_text("docs/index.md\n../handbook/projects/retina.yml\n")
    return base / "other"


def through_a_link(base: Path) -> Path:
    """An earlier export whose folder of pages has become a link to something else."""
    thesis(base / "thesis")
    fill(base / "exported", "docs/thesis.md")
    (base / "exported/docs/thesis.md").unlink()
    (base / "exported/docs").rmdir()
    (base / "exported/docs").symlink_to(base / "thesis/docs")
    return base / "exported"


REFUSED: dict[str, tuple[Callable[[Path], Path | str], str]] = {
    "an empty name": (lambda _: "", "Name a folder."),
    "a name of spaces": (lambda _: "  ", "Name a folder."),
    "the repository": (lambda _: ".", "holds the sources of the handbook"),
    "the repository in full": (lambda base: base / "handbook", "holds the sources of the handbook"),
    "a link to the repository": (linked, "holds the sources of the handbook"),
    "the folder above": (lambda _: "..", "holds the sources of the handbook"),
    "the root": (lambda _: "/", "holds the sources of the handbook"),
    "a folder of sources": (lambda _: "docs/new", "is in a folder of sources"),
    "Git's own folder": (lambda _: ".git/new", "is in a folder of sources"),
    "projects": (lambda _: "projects", "is in a folder of sources"),
    "somebody's texts": (lambda base: thesis(base / "thesis"), "holds no export"),
    "a work tree": (worktree, "belongs to Git"),
    "a bare repository": (bare, "belongs to Git"),
    "a file": (file, "is not a folder"),
    "a list that leads outside": (other_marker, "would be outside it"),
    "a link in the place of its pages": (through_a_link, "would be outside it"),
}


@pytest.mark.parametrize(("place", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_folder_that_is_no_export_is_refused_and_stays_as_it_is(
    place: Callable[[Path], Path | str],
    sentence: str,
    handbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(handbook)
    folder = place(handbook.parent)
    before = contents(handbook.parent)
    assert main(["export", str(folder)]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert contents(handbook.parent) == before


@pytest.mark.parametrize("folder", ["/proc/navigator", "/dev/null", "x" * 5000])
def test_a_place_that_cannot_be_a_folder_is_refused_in_a_sentence(
    folder: str, handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(handbook)
    assert main(["export", folder]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_export_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    fill(tmp_path, "mkdocs.yml", "docs/index.md", "docs/old/page.md")
    fill(tmp_path, "mkdocs.yml", "docs/index.md", "docs/new.md")
    assert made(tmp_path) == {"mkdocs.yml", "docs/index.md", "docs/new.md"}
    assert not (tmp_path / "docs/old").exists()


def test_what_somebody_else_has_put_there_stays(tmp_path: Path) -> None:
    fill(tmp_path, "docs/index.md", "docs/old/page.md")
    for path in ("mine.txt", "docs/old/mine.md", "site/index.html"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("mine")
    fill(tmp_path, "docs/index.md")
    assert made(tmp_path) == {"docs/index.md", "mine.txt", "docs/old/mine.md", "site/index.html"}


def test_a_file_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    fill(tmp_path, "docs/index.md")
    (tmp_path / "docs/retina.md").write_text("mine")
    with pytest.raises(ValueError, match=r"retina\.md was not made by an export"):
        fill(tmp_path, "docs/index.md", "docs/retina.md")
    assert (tmp_path / "docs/retina.md").read_text() == "mine"
    assert made(tmp_path) == {"docs/index.md", "docs/retina.md"}


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    fill(tmp_path, "docs/index.md")
    before = contents(tmp_path)
    with pytest.raises(RuntimeError), refilled(tmp_path, []) as draft:
        (draft / "half").write_text("half")
        raise RuntimeError
    assert contents(tmp_path) == before


def test_an_export_that_was_stopped_can_be_repeated(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), refilled(tmp_path / "exported", []):
        raise KeyboardInterrupt
    fill(tmp_path / "exported", "docs/index.md")
    assert made(tmp_path / "exported") == {"docs/index.md"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # other threads of the tests do nothing here
def test_killed_at_any_moment_the_folder_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    pages, seen = [f"docs/{number}.md" for number in range(8)], []

    def exported(name: str) -> Path:
        folder = tmp_path / name / "exported"
        fill(folder, *pages[:5])
        (folder / "mine.txt").write_text("mine")
        return folder

    old, new = contents(exported("old")), exported("new")
    fill(new, *pages[3:])
    states = [old, contents(new)]
    for step in itertools.count():
        folder = exported(str(step))
        killed = killed_at(step, lambda folder=folder: fill(folder, *pages[3:]), CHANGING)  # type: ignore[misc]
        seen.append(states.index(contents(folder)))
        if not killed:
            break
    assert len(seen) > 30
    assert seen == sorted(seen), "the old one until the new one is there"
    assert {*seen} == {0, 1}
