"""A revision is read without trust in its paths: nothing is written outside, no link is followed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from macros.changes.git import state
from macros.cli.main import main
from tests.support.git import git

FILE, LINK, FOLDER = "100644", "120000", "40000"
Entries = list[tuple[str, bytes, Any]]
"""Mode, name, and content: bytes, or entries of their own."""


def stored(root: Path, kind: str, content: bytes) -> str:
    """Put an object into a repository as it is; Git looks at nothing."""
    done = subprocess.run(
        ["git", "hash-object", "-t", kind, "-w", "--stdin", "--literally"], cwd=root, input=content, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().strip()


def tree(root: Path, entries: Entries) -> str:
    """Store a tree, also one that Git would not check out."""
    lines = b""
    for mode, name, content in entries:
        inner = tree(root, content) if isinstance(content, list) else stored(root, "blob", content)
        lines += mode.encode() + b" " + name + b"\0" + bytes.fromhex(inner)
    return stored(root, "tree", lines)


def revision(root: Path, entries: Entries) -> str:
    who = b"author Somebody <somebody@example.org> 0 +0000\ncommitter Somebody <somebody@example.org> 0 +0000\n"
    return stored(root, "commit", b"tree " + tree(root, entries).encode() + b"\n" + who + b"\ncrafted\n")


@pytest.fixture
def repository(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The miniature handbook with its Git, which is also what a temporary folder would be beside."""
    git(handbook, "init", "-q", "-b", "main")
    git(handbook, "add", ".")
    git(handbook, "commit", "-qm", "first")
    monkeypatch.chdir(handbook)
    (handbook.parent / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(handbook.parent / "temporary"))
    return handbook


def put(path: bytes, content: bytes, mode: str = FILE) -> Entries:
    """Name a file by its path, with its folders; two slashes are part of a name."""
    first, _, rest = path.partition(b"/")
    return [(FOLDER, first, put(rest, content, mode))] if rest else [(mode, first, content)]


TEXT = b"written\n"
CRAFTED: dict[str, tuple[Entries, str]] = {
    "a path that leads up": (put(b"projects/../../OWNED", TEXT), "outside its folder"),
    "a name with a slash": ([(FOLDER, b"projects", [(FILE, b"../../OWNED", TEXT)])], "outside its folder"),
    "an absolute name": ([(FOLDER, b"projects", [(FILE, b"/tmp/OWNED", TEXT)])], "outside its folder"),
    "the folder itself": (put(b"projects/./a.yml", TEXT), "outside its folder"),
    "Git's folder": (put(b"projects/.git/config", TEXT), "belong to Git"),
    "Git's folder in capitals": (put(b"region/.GIT/config", TEXT), "belong to Git"),
    "Git's folder on a Mac": (put("region/.g\u200cit/config".encode(), TEXT), "belong to Git"),
    "Git's folder on Windows": (put(b"region/git~1/config", TEXT), "belong to Git"),
    "Git's folder with a dot": (put(b"region/.git. ./config", TEXT), "belong to Git"),
    "a folder of Windows": (put(b"projects/..\\..\\OWNED", TEXT), "outside its folder"),
    "a disk of Windows": (put(b"projects/C:OWNED", TEXT), "outside its folder"),
    "a link and a folder": (
        [(FOLDER, b"projects", [(LINK, b"a", b"../.."), (FOLDER, b"a", [(FILE, b"OWNED", TEXT)])])],
        "is a link",
    ),
    "a file and a folder": (
        [(FOLDER, b"projects", [(FILE, b"a", TEXT), (FOLDER, b"a", [(FILE, b"b", TEXT)])])],
        "as a file and as a folder",
    ),
    "a file twice": ([(FOLDER, b"projects", [(FILE, b"a.yml", TEXT), (FILE, b"a.yml", b"")])], "twice"),
    "a link in the place of a file": (put(b"projects/a.yml", b"/etc/passwd", LINK), "is a link"),
    "a link in the place of a folder": (put(b"projects", b"/etc", LINK), "is a link"),
    "a file in the place of a folder": (put(b"projects", TEXT), "is a file, not a folder"),
    "a region that is a file": (put(b"region", TEXT), "is a file, not a folder"),
    "a region that is a link": (put(b"region", b"/etc", LINK), "is a link"),
}


@pytest.mark.parametrize("command", ["compare", "upstream"])
@pytest.mark.parametrize(("entries", "sentence"), CRAFTED.values(), ids=CRAFTED)
def test_a_crafted_revision_is_refused_in_a_sentence_and_writes_nothing(
    command: str,
    entries: Entries,
    sentence: str,
    repository: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = revision(repository, entries)
    before = sorted(path for path in repository.parent.rglob("*") if ".git/objects" not in str(path))
    assert main([command, name]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert sorted(path for path in repository.parent.rglob("*") if ".git/objects" not in str(path)) == before
    assert not os.path.lexists("/tmp/OWNED")


def test_hidden_files_that_are_not_gits_are_read(repository: Path) -> None:
    names = (".gitkeep", ".gitignore", "..hidden")
    name = revision(repository, [(FOLDER, b"projects", [(FILE, name.encode(), TEXT) for name in sorted(names)])])
    with state(repository, name) as folder:
        assert {path.name for path in (folder / "projects").iterdir()} == set(names)


def test_content_that_git_does_not_have_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = git(repository, "rev-parse", "HEAD:projects/retina.yml").strip()
    (repository / ".git/objects" / name[:2] / name[2:]).unlink()
    assert main(["compare", "HEAD"]) == 2
    assert 'does not have the content of "projects/retina.yml"' in capsys.readouterr().err


@pytest.mark.usefixtures("repository")
def test_a_name_that_is_too_long_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("compare", "upstream"):
        assert main([command, "x" * 5000]) == 2
        assert capsys.readouterr().err.count("\n") == 1
