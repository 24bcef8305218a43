"""What Git knows: two states of the repository, and whether a region has edited what upstream ships."""

import hashlib
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from unicodedata import category

FOLDERS = ("checklists", "projects", "region")
SHARED = ("docs", "macros", "mkdocs.yml")
LINK = b"120000"  # Git's mode of a symbolic link
OWN = ("region/", "projects/", "CODEOWNERS", ".github/CODEOWNERS", ".forgejo/", ".gitea/", ".github/workflows/region-")
"""Where a region may put files: upstream never will."""


@contextmanager
def state(root: Path, name: str) -> Iterator[Path]:
    """Give a folder that holds a state: the folder itself, or a revision written out for a while.

    Args:
        root: The repository, or the folder in it that holds the handbook.
        name: A folder, or what Git takes for a revision.

    Raises:
        ValueError: with a sentence, where the name is neither.
    """
    if _is_folder(root, name):
        yield root / name
        return
    commit = _commit(root, name)
    if not commit:
        hint = " Editions are tags: git fetch upstream --tags" if re.fullmatch(r"v\d{4}\.\d+", name) else ""
        raise ValueError(f'"{name}" is neither a folder with checklists nor a revision that Git knows.{hint}')
    blobs = _blobs(root, commit)
    if odd := next(_odd(blobs), None):
        raise ValueError(f'"{name}" cannot be compared: {odd}.')
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        (target / "projects").mkdir()
        for path, content in _files(root, blobs):
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        yield target


@dataclass(frozen=True)
class Pages:
    """What differs between two states in what is written by hand, by path below docs/.

    Attributes:
        program: How many files of the program and of the site's look differ.
    """

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    program: int = 0

    def __bool__(self) -> bool:
        return self != Pages()


def pages(root: Path, old: str, new: str) -> Pages:
    """Compare the guides and the program of two states, as `state` takes them."""
    was, now = (_digests(root, name) for name in (old, new))
    differing = [path for path in sorted({**was, **now}) if was.get(path) != now.get(path)]
    guides = {path: path.removeprefix("docs/") for path in differing if re.fullmatch(r"docs/.*\.md", path)}
    return Pages(
        new=tuple(name for path, name in guides.items() if path not in was),
        gone=tuple(name for path, name in guides.items() if path not in now),
        changed=tuple(name for path, name in guides.items() if path in was and path in now),
        program=len(differing) - len(guides),
    )


def _is_folder(root: Path, name: str) -> bool:
    return any((root / name / folder).is_dir() for folder in ("checklists", "region"))


def _digests(root: Path, name: str) -> dict[str, str]:
    """Give Git's names for the contents of the guides and the program, without what is made from the checklists."""
    if _is_folder(root, name):
        top = root / name
        files = [it for part in SHARED for it in (top / part, *(top / part).rglob("*")) if it.is_file()]
        found = {it.relative_to(top).as_posix(): it.read_bytes() for it in files}
        digests = {path: hashlib.sha1(b"blob %d\0" % len(it) + it).hexdigest() for path, it in found.items()}  # noqa: S324
    else:
        listed = git(root, "ls-tree", "-r", "-z", _commit(root, name), "--", *SHARED) or b""
        entries = [entry.decode("utf-8", "surrogateescape").partition("\t") for entry in listed.split(b"\0")[:-1]]
        digests = {path: about.split(" ")[2] for about, _, path in entries}
    left_out = re.compile(r"docs/schema/|docs/CODEOWNERS|(.*/)?(__pycache__|\.[^/]*)(/|$)")
    return {path: digest for path, digest in digests.items() if not left_out.match(path)}


class _Blob(NamedTuple):
    """A file of a revision, as Git lists it. Its path is what somebody else has written, and is not trusted."""

    mode: bytes
    name: bytes
    path: str


def _blobs(root: Path, commit: str) -> list[_Blob]:
    listed = git(root, "ls-tree", "-r", "-z", commit, "--", *FOLDERS) or b""
    found = []
    for about, _, path in (entry.partition(b"\t") for entry in listed.split(b"\0")[:-1]):
        mode, kind, name = about.split(b" ")
        if kind == b"blob":
            found.append(_Blob(mode, name, path.decode("utf-8", "surrogateescape")))
    return found


def _odd(blobs: list[_Blob]) -> Iterator[str]:
    """Say what in a revision is not written to the disk: links, and paths that Git itself would not check out."""
    files = Counter(blob.path for blob in blobs)
    for mode, _, path in blobs:
        if any(map(_unsafe, path.split("/"))):
            yield f'it has a file "{path}", which would be outside its folder or belong to Git'
        if mode == LINK:
            yield f'"{path}" in it is a link, not a file or folder'
        if path in FOLDERS:
            yield f'"{path}" in it is a file, not a folder'
        if files[path] > 1 or any(str(above) in files for above in PurePosixPath(path).parents):
            yield f'it has "{path}" twice, or as a file and as a folder'


def _unsafe(part: str) -> bool:
    """Say whether a part of a path leads elsewhere, or some system would take it for Git's own folder."""
    plain = "".join(letter for letter in part if category(letter) != "Cf").casefold().rstrip(". ")
    return not plain or plain == ".git" or bool(re.search(r"^git~\d|[\\:\0]", plain))


def _files(root: Path, blobs: list[_Blob]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a revision: path, content; all are asked for at once."""
    answer = git(root, "cat-file", "--batch", given=b"".join(blob.name + b"\n" for blob in blobs)) or b""
    at = 0
    for blob in blobs:
        start = answer.find(b"\n", at) + 1
        about = answer[at:start].split()
        if len(about) != 3:
            raise ValueError(
                f'Git does not have the content of "{blob.path}" here. Fetch it first: git fetch --unshallow'
            )
        size = int(about[2])
        yield blob.path, answer[start : start + size]
        at = start + size + 1


def _commit(root: Path, name: str) -> str:
    """Find the commit that a revision names; empty where Git knows none."""
    found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return (found or b"").decode().strip()


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Run Git in a repository; None when it refuses."""
    done = subprocess.run(["git", "-C", str(root), *arguments], input=given, capture_output=True, check=False)  # noqa: S603, S607
    return None if done.returncode else done.stdout


def edited(root: Path, upstream: str) -> tuple[list[str], list[str]]:
    """Compare a region's files, as they lie here, with the upstream they have last taken in.

    Args:
        upstream: A revision of upstream, such as `upstream/main`.

    Returns:
        Files that upstream ships and the region has edited or deleted; files it has added where upstream may add
        some one day. What upstream has itself in the same words by now is in neither.

    Raises:
        ValueError: a plain sentence, when Git does not know the revision or the two have nothing in common.
    """
    theirs = _commit(root, upstream)
    if not theirs:
        raise ValueError(f'Git knows no revision "{upstream}" here. Try: git fetch upstream --tags')
    base = git(root, "merge-base", "HEAD", theirs)
    if base is None:
        raise ValueError(f'This repository has nothing in common with "{upstream}", so nothing of it was edited here.')
    differing = _changes(root, theirs)
    changes = {path: what for path, what in _changes(root, base.decode().strip()).items() if path in differing}
    touched = [path for path, what in changes.items() if what != "A"]
    return touched, [path for path, what in changes.items() if what == "A" and not path.startswith(OWN)]


def _changes(root: Path, commit: str) -> dict[str, str]:
    """Compare a commit with the files that lie here: path → what Git says of it."""
    listed = git(root, "diff", "--name-status", "--no-renames", "--no-relative", "-z", commit) or b""
    parts = listed.decode("utf-8", "replace").split("\0")[:-1]
    return dict(zip(parts[1::2], parts[::2], strict=True))
