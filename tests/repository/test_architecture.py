"""The page for whoever changes the code: its picture is made from the imports, and what it names is there."""

from __future__ import annotations

import re

from tests.support.packages import RANK, picture
from tests.support.paths import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")


def test_the_picture_of_the_folders_is_that_of_the_imports(bless: bool) -> None:
    path = ROOT / "docs/assets/architecture.svg"
    if bless:
        path.write_text(picture(), "utf-8")
    assert path.read_text("utf-8") == picture(), "draw it anew: pytest tests/repository/test_architecture.py --bless"


def test_every_folder_is_explained() -> None:
    assert [package for package in RANK if f"`{package}`" not in PAGE] == []


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:macros|tests|docs|checklists)/[\w/.-]+)`", PAGE)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
