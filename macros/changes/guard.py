"""The guard: whether a region has edited what upstream ships."""

from pathlib import Path

from macros.changes.git import git


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
    commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{upstream}^{{commit}}")
    if commit is None:
        raise ValueError(f'Git knows no revision "{upstream}" here. Try: git fetch upstream --tags')
    theirs = commit.decode().strip()
    base = git(root, "merge-base", "HEAD", theirs)
    if base is None:
        raise ValueError(f'This repository has nothing in common with "{upstream}", so nothing of it was edited here.')
    differing = _changes(root, theirs)
    changes = {path: what for path, what in _changes(root, base.decode().strip()).items() if path in differing}
    touched = [path for path, what in changes.items() if what != "A"]
    return touched, [path for path, what in changes.items() if what == "A" and not _is_own(path)]


def _changes(root: Path, commit: str) -> dict[str, str]:
    """Compare a commit with the files that lie here: path → what Git says of it."""
    listed = git(root, "diff", "--name-status", "--no-renames", "--no-relative", "-z", commit) or b""
    parts = listed.decode("utf-8", "replace").split("\0")[:-1]
    return dict(zip(parts[1::2], parts[::2], strict=True))


OWN = ("region/", "projects/", "CODEOWNERS", ".github/CODEOWNERS", ".forgejo/", ".gitea/", ".github/workflows/region-")
"""Where a region may put files: upstream never will."""


def _is_own(path: str) -> bool:
    """Say whether a file lies where only a region puts files."""
    return path.startswith(OWN)
