"""Status files in places where nobody reads them: in the root of the repository, in Projects/, in docs/projects/."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from macros.privacy.scan import private_name
from macros.text.characters import MAX_BYTES
from macros.text.messages import M_
from macros.text.problem import Problem, kind
from macros.text.slugs import as_word

READ = frozenset(("projects", "checklists", "region"))
"""Folders at the top whose files are judged when they are read."""

OTHERS = frozenset(("macros", "tests", "node_modules", "site", "preview", "exported"))
"""Folders at the top with code, or with what is made from the handbook."""

NAMES = re.compile(r"\.(ya?ml|ya?ml\.txt|txt)$", re.IGNORECASE)
LINES = (b"checklist:", b"modality:", b"status:")


def stray(root: Path) -> Iterator[Problem]:
    """Find the status files of a repository that are in no folder of status files."""
    for top in sorted(root.iterdir()) if root.is_dir() else ():
        if top.name.startswith(".") or top.name in READ or top.is_symlink():
            continue
        if not top.is_dir():
            yield from _judged(root, top)
        elif top.name not in OTHERS and not (top / "pyvenv.cfg").exists() and not (top / "checklists").exists():
            for folder, folders, files in os.walk(top):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(files):
                    yield from _judged(root, Path(folder, name))


def _judged(root: Path, path: Path) -> Iterator[Problem]:
    if NAMES.search(path.name) and looks_like_one(path):
        yield from list(private_name(path.relative_to(root).as_posix())) or misplaced(root, path)


@kind("misplaced")
def misplaced(root: Path, path: Path) -> Iterator[Problem]:
    """A status file is in `projects/`, at the top of the repository.

    In any other place it is not read, and its project has no page. The folder is written in small letters.
    """
    name = as_word(path.name.split(".")[0])
    there = (root / "projects" / f"{name}.yml").exists()
    fix = M_("move it to %(file)s", file=f"projects/{name}.yml")
    if not name:
        fix = M_("move it to projects/, under a name such as retina.yml")
    elif there:
        fix = M_("keep it or %(file)s, which is there already", file=f"projects/{name}.yml")
    file = os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
    yield Problem(file, 0, 0, "misplaced", M_("this is a status file, and it is not read here"), fix)


def looks_like_one(path: Path) -> bool:
    """Say whether a file has the first names of a status file at the beginnings of lines."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return False
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")  # UTF-16 has one at every letter
    except OSError:
        return False
    lines = text.replace(b"\r", b"\n").split(b"\n")
    return all(any(line.startswith(name) for line in lines) for name in LINES)
