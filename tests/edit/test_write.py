"""A file is written as a whole or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import itertools
import os
import re
import resource
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from macros.cli.main import main
from macros.edit.write import NotWritten, write_whole
from tests.support.packages import PATHS

OLD, NEW = b"old\n" * 3000, b"new\n" * 90_000  # more than any buffer holds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "retina.yml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


CHANGING = frozenset(("open", "write", "flush", "close", "__exit__", "fsync", "chmod", "fchmod"))
CHANGING |= frozenset(("replace", "rename", "link", "unlink", "mkdir", "rmdir"))
"""What changes files, as Python calls it: between two of these calls nothing changes on the disk."""


def of_a_text(called: Any) -> bool:
    """Say whether it is the method of a text, as `replace` may be."""
    return isinstance(getattr(called, "__self__", None), str)


def killed_at(step: int, work: Callable[[], None], calls: frozenset[str] = CHANGING) -> bool:
    """Do the work in a child that is killed before or after its call of this number; False if it ends.

    Args:
        calls: The names of those that are counted.
    """
    child = os.fork()
    if not child:
        count = itertools.count()

        def watch(_frame: object, event: str, called: Any) -> None:
            counts = event in ("c_call", "c_return") and called.__name__ in calls and not of_a_text(called)
            if counts and next(count) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.setprofile(watch)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # other threads of the tests do nothing here
@pytest.mark.parametrize("there", [True, False], ids=["an old file", "a new file"])
def test_killed_at_any_point_the_file_is_the_old_or_the_new_one(there: bool, tmp_path: Path) -> None:
    seen = set()
    for step in itertools.count():
        folder = tmp_path / str(step)
        folder.mkdir()
        path = folder / "retina.yml"
        if there:
            path.write_bytes(OLD)
        killed = killed_at(step, lambda path=path: write_whole(path, NEW, new=not there))  # type: ignore[misc]
        found = path.read_bytes() if path.exists() else None
        assert found in (OLD if there else None, NEW), step
        assert all(name.startswith(".") for name in names(folder) if name != "retina.yml"), "a draft is hidden"
        seen.add((killed, found))
        if not killed:
            break
    assert seen == {(True, OLD if there else None), (True, NEW), (False, NEW)}, "it was killed before and after"
    assert names(folder) == ["retina.yml"]


CALLS = ["os.open", "os.fdopen", "os.fsync", "pathlib.Path.chmod", "pathlib.Path.replace"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()], ids=["full", "stopped"])
def test_where_a_call_fails_the_old_file_is_there_and_no_draft(call: str, error: BaseException, path: Path) -> None:
    with mock.patch(call, side_effect=error), pytest.raises((NotWritten, KeyboardInterrupt)):
        write_whole(path, NEW)
    assert (names(path.parent), path.read_bytes()) == (["retina.yml"], OLD)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_that_does_not_fit_is_not_written(path: Path) -> None:
    """The limit of the process stands for a full disk: it comes in the middle of the content."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
        try:
            write_whole(path, NEW)
        except NotWritten as error:
            os._exit(7 if str(error).endswith("is as it was before: it is too large for this disk.") else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert (names(path.parent), path.read_bytes()) == (["retina.yml"], OLD)


# --- what stays as it was ---


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_of_a_file_is_kept(mode: int, path: Path) -> None:
    path.chmod(mode)
    write_whole(path, NEW)
    assert (stat.S_IMODE(path.stat().st_mode), path.read_bytes()) == (mode, NEW)


def test_a_new_file_has_the_mode_that_the_user_has_set(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_whole(tmp_path / "deep/new.yml", b"")
    assert (tmp_path / "deep/new.yml").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yml"
    link.symlink_to(path)
    write_whole(link, NEW)
    assert (link.is_symlink(), path.read_bytes()) == (True, NEW)


@pytest.mark.parametrize("what", ["file", "link"])
def test_a_new_file_never_replaces_what_is_there(what: str, path: Path, tmp_path: Path) -> None:
    if what == "link":
        path.unlink()
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write_whole(path, NEW, new=True)
    assert names(tmp_path) == ["retina.yml"]


def test_a_new_file_that_comes_in_between_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "new.yml"

    def come_in_between(*_: object) -> None:
        path.write_bytes(OLD)

    with mock.patch("macros.edit.write._mode", side_effect=come_in_between), pytest.raises(FileExistsError):
        write_whole(path, NEW, new=True)
    assert (names(tmp_path), path.read_bytes()) == (["new.yml"], OLD)


def test_a_disk_without_links_gets_a_new_file_too(tmp_path: Path) -> None:
    refused = OSError(errno.EPERM, "Operation not permitted")
    with mock.patch("pathlib.Path.hardlink_to", side_effect=refused):
        write_whole(tmp_path / "new.yml", NEW, new=True)
    assert (names(tmp_path), (tmp_path / "new.yml").read_bytes()) == (["new.yml"], NEW)


# --- what a person is told ---

SENTENCES = {
    errno.ENOSPC: "the disk is full",
    errno.EACCES: "this place may not be written to",
    errno.EROFS: "this place may not be written to",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the system says: Input/output error",
}


@pytest.mark.parametrize(("number", "reason"), SENTENCES.items())
def test_the_reason_is_said_in_a_sentence(number: int, reason: str, path: Path) -> None:
    error = OSError(number, os.strerror(number))
    with mock.patch("os.fsync", side_effect=error), pytest.raises(NotWritten) as raised:
        write_whole(path, NEW)
    assert str(raised.value) == f"{path} was not written and is as it was before: {reason}."


def test_a_file_where_a_folder_is_needed_is_said(path: Path) -> None:
    with pytest.raises(NotWritten, match="a file and a folder have the same name"):
        write_whole(path / "inner.yml", NEW)


def test_a_read_only_file_stays(path: Path) -> None:
    with mock.patch("os.access", return_value=False), pytest.raises(NotWritten, match="may not be written to"):
        write_whole(path, NEW)
    assert path.read_bytes() == OLD


@pytest.fixture
def full(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A handbook on a disk that is full."""
    monkeypatch.chdir(handbook)
    text = (handbook / "projects/retina.yml").read_text("utf-8")
    (handbook / "projects/retina.yml").write_text(
        text.replace("retention-samples: not-met", "retention-samples: not-met  "), "utf-8"
    )
    with mock.patch("os.fsync", side_effect=OSError(errno.ENOSPC, "No space left on device")):
        yield handbook


NEW_PROJECT = "new cornea --modality allogeneic-cell --route central-authorisation --lead university"


@pytest.mark.parametrize("command", ["check --fix", NEW_PROJECT, "write", "region init Bergen", "sheet retina"])
def test_a_command_says_that_the_disk_is_full_and_ends_as_with_other_errors(
    command: str, full: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (full / "projects").iterdir()}
    assert main(command.split()) == 2
    assert capsys.readouterr().err.endswith(" was not written and is as it was before: the disk is full.\n")
    assert {path: path.read_bytes() for path in (full / "projects").iterdir()} == before


def test_only_one_folder_of_the_code_writes_files() -> None:
    """But for temporary folders: revisions that are compared, a region that is tried, and the draft of a site."""
    changing = r"\.write_(?:bytes|text)\(|\bshutil\.(?!rmtree)|\.(?:rename|replace)\(\w+\)|\bwrite_file\(|symlink_to\("
    found = {name for name, path in PATHS.items() if re.search(changing, path.read_text("utf-8"))}
    others = {name for name in found if not name.startswith("macros.edit.")}
    assert others == {"macros.changes.git", "macros.cli.adapt", "macros.site.made.serving", "macros.site.made.writer"}


def test_a_region_that_cannot_be_written_whole_is_not_begun(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at the second file. What is asked of it for a folder is not counted by its answer."""
    monkeypatch.chdir(handbook)
    full = OSError(errno.ENOSPC, "No space left on device")
    with mock.patch("os.fsync", side_effect=[None, None, full]):
        assert main(["region", "init", "Bergen"]) == 2
    assert [path for path in (handbook / "region").rglob("*") if path.is_file()] == []
    assert main(["region", "init", "Bergen"]) == 0
