"""`translate` writes all catalogues of a language, or none."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.region_world import command


def copied(root: Path) -> Path:
    for name in ("macros", "docs"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in ("checklists", "languages"):
        shutil.copytree(ROOT / name, root / name)
    return root


def test_a_catalogue_that_cannot_be_read_is_named_and_none_is_written(tmp_path: Path) -> None:
    root = copied(tmp_path)
    first, last = root / "languages/sv/analytics.po", root / "languages/sv/unmet-need.po"
    first.write_text(first.read_text("utf-8").replace("\n\n", "\n\n\n"), "utf-8")
    last.write_bytes(last.read_bytes() + b'\nmsgid "open\n')
    before = first.read_bytes()
    said = command(root, "translate", "sv")
    assert said.status == 1
    assert "languages/sv/unmet-need.po:" in said.err + said.out
    assert "this line is not part of a catalogue" in said.err + said.out
    assert first.read_bytes() == before


def test_a_catalogue_with_a_mark_of_the_byte_order_is_written_without_it(tmp_path: Path) -> None:
    root = copied(tmp_path)
    file = root / "languages/sv/frame.po"
    before = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n"))
    assert command(root, "translate", "sv").status == 0
    assert file.read_bytes() == before


def test_english_is_no_translation_of_the_handbook(tmp_path: Path) -> None:
    said = command(copied(tmp_path), "translate", "en")
    assert (said.status, said.err.strip().startswith("The handbook is written in English.")) == (2, True)
    assert not (tmp_path / "languages/en").exists()
