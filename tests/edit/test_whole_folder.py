"""A folder is replaced as a whole: whenever the program is killed, it is the old one or the new one."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path
from unittest import mock

import pytest

from macros.edit import whole_folder
from macros.edit.whole_folder import draft_of, take_the_place
from tests.edit.test_write import killed_at

OLD, NEW = {"index.html": "old", "a/page.html": "old"}, {"index.html": "new", "b/page.html": "new"}
NONE: dict[str, str] = {}
CHANGING = frozenset(("mkdir", "chmod", "rename", "open", "unlink", "rmdir"))


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def read(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def replace(folder: Path, files: dict[str, str]) -> None:
    draft = draft_of(folder)
    assert draft
    take_the_place(write(draft, files), folder)


@pytest.mark.parametrize("before", [NONE, OLD], ids=["the first", "a later one"])
def test_a_folder_takes_the_place_of_another(before: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "site", before)
    replace(tmp_path / "site", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert read(tmp_path / "site") == NEW


def test_it_does_so_where_the_system_cannot_exchange_names(tmp_path: Path) -> None:
    write(tmp_path / "site", OLD)
    with mock.patch.object(whole_folder, "_exchanged", return_value=False):
        replace(tmp_path / "site", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert read(tmp_path / "site") == NEW


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # other threads of the tests do nothing here
@pytest.mark.parametrize("exchanging", [True, False])
def test_killed_at_any_point_the_folder_is_the_old_or_the_new_one(exchanging: bool, tmp_path: Path) -> None:
    """Without the system's help there is one moment with no folder; both are then beside its place."""
    can = whole_folder._exchanged if exchanging else lambda *_: False
    seen = []
    for step in itertools.count():
        folder = write(tmp_path / str(step) / "site", OLD)
        with mock.patch.object(whole_folder, "_exchanged", can):
            killed = killed_at(step, lambda folder=folder: replace(folder, NEW), CHANGING)  # type: ignore[misc]
        found = read(folder) if folder.exists() else None
        beside = [read(path) for path in folder.parent.iterdir() if path != folder]
        assert found in (OLD, NEW) or (not exchanging and OLD in beside and NEW in beside), step
        seen.append(found)
        if not killed:
            break
    assert OLD in seen
    assert seen[-1] == NEW


@pytest.mark.parametrize("exchanging", [True, False])
def test_of_two_that_come_at_once_one_is_there_as_a_whole(exchanging: bool, tmp_path: Path) -> None:
    folder = write(tmp_path / "site", OLD)
    first = draft_of(folder)
    assert first
    write(first, NEW)
    rename = Path.rename

    def come_in_between(path: Path, to: Path) -> Path:
        moved = rename(path, to)
        if path == folder and not once:
            once.append(path)
            replace(folder, OLD)
        return moved

    once: list[Path] = []
    can = whole_folder._exchanged if exchanging else lambda *_: False
    with mock.patch.object(whole_folder, "_exchanged", can), mock.patch.object(Path, "rename", come_in_between):
        replace(folder, {"other.html": "other"})
        take_the_place(first, folder)
    assert read(folder) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_placed_leaves_the_old_one(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", OLD)
    draft = draft_of(folder)
    assert draft
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        if path == draft:
            raise PermissionError(1, "not permitted", str(path))
        return rename(path, to)

    with (
        mock.patch.object(whole_folder, "_exchanged", return_value=False),
        mock.patch.object(Path, "rename", refuse),
        pytest.raises(PermissionError),
    ):
        take_the_place(draft, folder)
    assert read(folder) == OLD


def test_hidden_files_rights_and_a_link_stay(tmp_path: Path) -> None:
    folder = write(tmp_path / "real", {**OLD, ".git/HEAD": "main", ".nojekyll": ""})
    folder.chmod(0o750)
    (tmp_path / "site").symlink_to(folder)
    replace(tmp_path / "site", NEW)
    assert (tmp_path / "site").is_symlink()
    assert read(folder) == {**NEW, ".git/HEAD": "main", ".nojekyll": ""}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_what_a_run_has_left_long_ago_is_removed_and_nothing_else(tmp_path: Path) -> None:
    names = {f".site.{'0' * 16}.draft": False, f".site.{'1' * 16}.draft": True, f".site.x.{'0' * 16}.draft": True}
    for name, new in names.items():
        folder = write(tmp_path / name, OLD)
        os.utime(folder, None if new and ".x." not in name else (0, 0))
    replace(tmp_path / "site", NEW)
    assert {path.name for path in tmp_path.iterdir()} == {"site", *(name for name, stays in names.items() if stays)}


def test_the_root_of_a_disk_is_not_replaced() -> None:
    assert draft_of(Path("/")) is None


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(NotADirectoryError):
        draft_of(tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"
