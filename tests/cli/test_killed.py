"""A command that is killed leaves each file as it was or as it was to become."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest

from macros.cli.main import main
from tests.edit.test_write import killed_at
from tests.support.paths import HANDBOOK
from tests.support.site import EPOCH

PUTTING = frozenset(("fsync", "fchmod", "chmod", "replace", "link", "unlink", "mkdir"))
NEVER = 1_000_000
NEW = "new cornea --modality allogeneic-cell --route central-authorisation --lead university"


def files(root: Path) -> dict[str, bytes]:
    """Read what is there, without hidden drafts."""
    paths = [path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def spoilt(folder: Path) -> Path:
    """Copy the miniature handbook, with a slip that can be mended."""
    root = Path(shutil.copytree(HANDBOOK, folder))
    path = root / "projects/retina.yml"
    path.write_text(path.read_text("utf-8").replace("retention-samples: not-met", "retention-samples: not-met  "))
    return root


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # other threads of the tests do nothing here
@pytest.mark.parametrize("command", ["sheet retina", "check --fix", NEW])
def test_killed_at_any_moment_each_file_is_the_old_or_the_new_one(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    old, new, seen = files(spoilt(tmp_path / "old")), dict[str, bytes](), set()
    for step in itertools.chain([NEVER], itertools.count()):
        root = spoilt(tmp_path / str(step))
        monkeypatch.chdir(root)
        killed = killed_at(step, lambda: main(command.split()), PUTTING)  # type: ignore[arg-type]
        found = files(root)
        new = new or found
        assert [path for path in {*old, *new, *found} if found.get(path) not in (old.get(path), new.get(path))] == []
        seen.add((killed, found == new))
        if not killed and step != NEVER:
            break
    assert new != old
    assert seen == {(True, False), (True, True), (False, True)}, "it was killed before and after"
