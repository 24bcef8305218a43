"""The files that somebody names on the command line, by the names that problems use."""

import os
from pathlib import Path


def inside(root: Path, home: Path, file: str) -> str:
    """Name a file as problems do: from the folder that holds it."""
    path = Path(os.path.normpath(Path.cwd() / file))
    base = home if path.is_relative_to(home) and not path.is_relative_to(root) else root
    return Path(os.path.relpath(path, base)).as_posix()


def named(root: Path, home: Path, file: str) -> list[str]:
    """List the files that a name stands for: itself, or all YAML files of a folder."""
    name = inside(root, home, file)
    folders = [base / name for base in dict.fromkeys([root, home]) if (base / name).is_dir()]
    if folders:
        found = {inner.relative_to(folder).as_posix() for folder in folders for inner in folder.rglob("*.yml")}
        return sorted(f"{name}/{inner}" for inner in found)
    return [name]


def base_of(root: Path, home: Path, name: str) -> Path | None:
    """Give the folder that a file is named from, be it a link that leads nowhere; None where there is none."""
    return next((base for base in (home, root) if os.path.lexists(base / name)), None)
