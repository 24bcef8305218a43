"""A site in three languages: Swedish, English, and one that is written from right to left and has few texts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.language.catalogue import read, written
from macros.language.head import first
from tests.support.once import Shared
from tests.support.paths import ROOT
from tests.support.site import Site, build_site

CODES = ("sv", "en", "fa")
FEW = 20
"""Texts of the third language; the rest falls back."""


def made_up(text: str) -> str:
    """A text in letters that run from right to left, with its placeholders."""
    return "".join(f" {word} " if "%" in word else "اب" for word in text.split(" "))


def write_site(root: Path) -> None:
    """Copy the handbook with the worked region of Skåne, and make up a third language."""
    for name in ("macros", "docs", "checklists", "languages", "projects"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "docs/regions/skane", root / "region")
    file = root / "region/region.yml"
    file.write_text(file.read_text("utf-8").replace("languages: [sv, en]", f"languages: [{', '.join(CODES)}]"), "utf-8")
    for name, few in {"interface": FEW - 5, "frame": 5}.items():
        catalogue = read((ROOT / f"languages/sv/{name}.po").read_text("utf-8"))
        for place, entry in enumerate(catalogue.entries):
            some = place < few and not entry.many
            entry.said = (made_up(entry.one),) if some else ("",) * (2 if entry.many else 1)
        catalogue.head = first("fa").head
        path = root / f"languages/fa/{name}.po"
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(catalogue), "utf-8")


@pytest.fixture(scope="session")
def spoken_site(shared: Shared) -> Site:
    """The site, built strictly, with two projects."""

    def make(folder: Path) -> str:
        write_site(folder / "root")
        made = build_site(folder / "root", folder / "site", NAVIGATOR_PROJECTS="car-t* glybera")
        assert made.status == 0, made.output
        return made.output

    folder, output = shared.made("languages", make)
    return Site(folder / "site", 0, output)
