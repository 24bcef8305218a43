"""Two states of the repository: folders, or revisions that Git knows."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def state(root: Path, name: str) -> Iterator[Path]:
    """Give a folder that holds a state: the folder itself, or a revision unpacked for a while.

    Args:
        root: The repository.
        name: A folder, or what Git takes for a revision.

    Raises:
        ValueError: with a sentence, where the name is neither.
    """
    if (root / name / "checklists").is_dir():
        yield root / name
        return
    command = ["git", "-C", str(root), "archive", "--format=tar", "--end-of-options", name, "checklists", "projects"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise ValueError(f'"{name}" is neither a folder with checklists nor a revision that Git knows.')
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)
