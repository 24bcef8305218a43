"""Two states of the repository: folders, or revisions that Git knows."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = ("checklists", "projects")


@contextmanager
def state(root: Path, name: str) -> Iterator[Path]:
    """Give a folder that holds a state: the folder itself, or a revision written out for a while.

    Args:
        root: The repository.
        name: A folder, or what Git takes for a revision.

    Raises:
        ValueError: with a sentence, where the name is neither.
    """
    if (root / name / "checklists").is_dir():
        yield root / name
        return
    tree = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{tree}}")
    if tree is None:
        raise ValueError(f'"{name}" is neither a folder with checklists nor a revision that Git knows.')
    with tempfile.TemporaryDirectory() as folder:
        # An index of its own: that of the repository stays as it is. Links are written as links and refused later.
        index = f"{folder}/index"
        _git(root, "read-tree", tree.decode().strip(), index=index)
        files = _git(root, "ls-files", "-z", "--", *FOLDERS, index=index) or b""
        target = Path(folder) / "state"
        (target / "projects").mkdir(parents=True)
        _git(root, "checkout-index", "-z", "--stdin", "--force", f"--prefix={target}/", given=files, index=index)
        yield target


def _git(root: Path, *arguments: str, given: bytes = b"", index: str = "") -> bytes | None:
    """Run Git in a repository; None when it refuses."""
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(root), *arguments],  # noqa: S607
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "GIT_INDEX_FILE": index} if index else None,
    )
    return None if done.returncode else done.stdout
