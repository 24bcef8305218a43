"""Two states of the repository: folders, or revisions that Git knows."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = ("checklists", "projects", "region")
LINK = b"120000"  # Git's mode of a symbolic link


@contextmanager
def state(root: Path, name: str) -> Iterator[Path]:
    """Give a folder that holds a state: the folder itself, or a revision written out for a while.

    Args:
        root: The repository, or the folder in it that holds the handbook.
        name: A folder, or what Git takes for a revision.

    Raises:
        ValueError: with a sentence, where the name is neither.
    """
    if any((root / name / folder).is_dir() for folder in ("checklists", "region")):
        yield root / name
        return
    commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if commit is None:
        hint = " Editions are tags: git fetch upstream --tags" if re.fullmatch(r"v\d{4}\.\d+", name) else ""
        raise ValueError(f'"{name}" is neither a folder with checklists nor a revision that Git knows.{hint}')
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        (target / "projects").mkdir()
        for path, link, content in _files(root, commit.decode().strip()):
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if link:  # written as what it is, and refused when it is read
                file.symlink_to(content.decode("utf-8", "replace"))
            else:
                file.write_bytes(content)
        yield target


def _files(root: Path, commit: str) -> Iterator[tuple[str, bool, bytes]]:
    """Yield the files of a revision: path, whether it is a link, content; all are asked for at once."""
    listed = git(root, "ls-tree", "-r", "-z", commit, "--", *FOLDERS) or b""
    entries = [entry.partition(b"\t") for entry in listed.split(b"\0")[:-1]]
    blobs = [(*about.split(b" "), path) for about, _, path in entries if about.split(b" ")[1] == b"blob"]
    answer = git(root, "cat-file", "--batch", given=b"".join(name + b"\n" for _, _, name, _ in blobs)) or b""
    at = 0
    for mode, _, _, path in blobs:
        start = answer.index(b"\n", at) + 1
        size = int(answer[at:start].split(b" ")[2])
        yield path.decode("utf-8", "surrogateescape"), mode == LINK, answer[start : start + size]
        at = start + size + 1


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Run Git in a repository; None when it refuses."""
    done = subprocess.run(["git", "-C", str(root), *arguments], input=given, capture_output=True, check=False)  # noqa: S603, S607
    return None if done.returncode else done.stdout
