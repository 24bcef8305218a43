"""Git for tests: as somebody nobody knows, whatever the machine's own settings are."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(root: Path, *command: str) -> str:
    """Run Git, which must succeed, and give what it prints."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *who, *command], cwd=root, env={**os.environ, **alone}, capture_output=True, text=True, check=True
    )
    return done.stdout
