"""A command that is killed leaves each file as it was or as it was to become."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest

from macros.cli.main import main
from tests.edit.test_write import CHANGING, killed_at
from tests.support.paths import HANDBOOK
from tests.support.site import EPOCH

PUTTING = frozenset(("fsync", "fchmod", "chmod", "replace", "link", "unlink", "mkdir"))
NEVER = 1_000_000
COMMANDS = {
    "sheet retina": (PUTTING, 1),
    "check --fix": (PUTTING, 1),
    "new cornea --modality allogeneic-cell --route central-authorisation --lead university": (PUTTING, 1),
    "visit retina --raise --holds all": (CHANGING, 4),
    "adapt --all": (PUTTING, 1),
}
"""Command, the calls that it is killed before and after, and at every which of these moments."""
REGION = """name: Bergen
site: {name: Navigator Bergen, address: https://bergen.example/, identity: bergen}
contacts: {}
facilities: {}
"""
OVERLAY = """title: Bergen
prefix: bergen
edition: v2026.1
change:
  analytics/retention-samples: {because: It is ours., owner: university}
"""


def files(root: Path) -> dict[str, bytes]:
    """Read what is there, without hidden drafts."""
    paths = [path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def spoilt(folder: Path) -> Path:
    """Copy the miniature handbook, with a slip that can be mended, a new edition, and an overlay of the last one."""
    root = Path(shutil.copytree(HANDBOOK, folder))
    for file, old, new in (
        ("projects/retina.yml", "retention-samples: not-met", "retention-samples: not-met  "),
        ("checklists/navigator.yml", "edition: v2026.1", "edition: v2026.2\neditions: [v2026.1]"),
    ):
        path = root / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    (root / "region").mkdir()
    (root / "region/region.yml").write_text(REGION, "utf-8")
    (root / "region/overlay.yml").write_text(OVERLAY, "utf-8")
    return root


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # other threads of the tests do nothing here
@pytest.mark.parametrize(("command", "calls", "apart"), [(name, *how) for name, how in COMMANDS.items()], ids=COMMANDS)
def test_killed_at_any_moment_each_file_is_the_old_or_the_new_one(
    command: str, calls: frozenset[str], apart: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    old, new, seen = files(spoilt(tmp_path / "old")), dict[str, bytes](), set()
    monkeypatch.chdir(spoilt(tmp_path / "loaded"))
    main(command.split())  # what it imports is there for each child
    for step in itertools.chain([NEVER], itertools.count(0, apart)):
        root = spoilt(tmp_path / str(step))
        monkeypatch.chdir(root)
        killed = killed_at(step, lambda: main(command.split()), calls)  # type: ignore[arg-type]
        found = files(root)
        new = new or found
        assert [path for path in {*old, *new, *found} if found.get(path) not in (old.get(path), new.get(path))] == []
        seen.add((killed, found == new))
        if not killed and step != NEVER:
            break
    assert new != old
    assert seen == {(True, False), (True, True), (False, True)}, "it was killed before and after"
